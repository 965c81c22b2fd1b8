package entity

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/entente-kg/entente/extract/rules"
)

// link finds a person in the table of holders.
func (d *document) link(p *person) {
	if p.full {
		var named []*rules.Person
		for _, f := range p.forms {
			for _, g := range rules.Holders().Named(f) {
				if !slices.Contains(named, g) {
					named = append(named, g)
				}
			}
		}
		best, score := (*rules.Person)(nil), 0
		for _, g := range named {
			if s := d.fits(p, g) + 10; s > score {
				best, score = g, s
			}
		}
		if best == nil {
			best = d.transliterated(p)
		}
		if best != nil && !(p.private && !p.official) {
			p.gaz = best
		}
		return
	}
	// A surname alone: an office, a country and the date must speak for one person of the table.
	var best *rules.Person
	score, ties := 0, 0
	for _, f := range p.forms {
		for _, g := range rules.Holders().Surnamed(f) {
			s := d.fits(p, g)
			switch {
			case s > score:
				best, score, ties = g, s, 1
			case s == score && s > 0 && g != best:
				ties++
			}
		}
	}
	need := 4
	if p.private && !p.official {
		need = 8
	}
	if best != nil && score >= need && ties == 1 {
		p.gaz = best
		return
	}
	if h := d.surnamedHolder(p); h != nil {
		p.gaz = h
		return
	}
	// The only bearer of a surname in katakana, in a document about his or her country: one who is yet to take office.
	if p.private && !p.official {
		return
	}
	for _, f := range p.forms {
		c, _ := utf8.DecodeRuneInString(f)
		all := rules.Holders().Surnamed(f)
		if len(all) == 1 && c >= 'ァ' && c <= 'ヺ' && utf8.RuneCountInString(f) >= 3 && servedIn(all[0], d.main()) && d.fits(p, all[0]) >= 0 {
			p.gaz = all[0]
			return
		}
	}
}

// surnamedHolder is the holder of p's office on the document's date whose surname of one character p is called by (王外相), of the
// countries that the text gives p or, when it gives none, of those that the document names; nil for none or several.
func (d *document) surnamedHolder(p *person) *rules.Person {
	if c, w := utf8.DecodeRuneInString(p.name); w != len(p.name) || !rules.EastAsianSurnames()[string(c)] || d.day == "" {
		return nil
	}
	where := p.countries
	if len(where) == 0 {
		where = d.countries
	}
	var found *rules.Person
	for _, t := range p.titles {
		for _, c := range where {
			h, ok := rules.Holders().HolderOf(c, office(t.Office).Ja, d.day)
			if !ok || t.Mark != "" || !strings.HasPrefix(h.Person.NameJa, p.name) {
				continue
			}
			if found != nil && found != h.Person {
				return nil
			}
			found = h.Person
		}
	}
	return found
}

// transliterated is the holder of p's very office and country on the document's date who has p's surname and a given name that
// begins alike: ジャミーソン・グリーア is ジェミソン・グリア. nil for none.
func (d *document) transliterated(p *person) *rules.Person {
	if !strings.Contains(p.name, "・") {
		return nil
	}
	surname := lastPiece(p.name)
	for _, t := range p.titles {
		o := office(t.Office)
		if t.Mark != "" || !o.Actor || d.day == "" {
			continue
		}
		for _, c := range append(slices.Clone(p.countries), p.orgs...) {
			h, ok := rules.Holders().HolderOf(c, o.Ja, d.day)
			if !ok || !strings.Contains(h.Person.NameJa, "・") {
				continue
			}
			a, _ := utf8.DecodeRuneInString(skeleton(p.name))
			b, _ := utf8.DecodeRuneInString(skeleton(h.Person.NameJa))
			for _, s := range h.Person.Shorts {
				if a == b && (alike(s, surname) || skeleton(s) == skeleton(surname)) {
					return h.Person
				}
			}
		}
	}
	return nil
}

// fits says how well what the document says of p agrees with an entry of the table; negative when it speaks against it.
func (d *document) fits(p *person, g *rules.Person) int {
	score := 0
	countries := map[string]bool{}
	now := false
	for _, t := range g.Terms {
		countries[t.Where()] = true
		running := false
		if d.day != "" {
			running, _ = t.Running(d.day)
		}
		now = now || running
		for _, u := range p.titles {
			o, q := office(u.Office), office(t.Office)
			if o.Ja != q.Ja && (o.Kind != q.Kind || o.Kind == rules.OfficeMinister || o.Kind == rules.OfficeDeputy || o.Kind == rules.OfficeParty) && !(o.Ja == "大臣" || o.Ja == "長官" || o.Ja == "主席") {
				continue
			}
			s := 3
			if running && u.Mark == "" {
				s = 6
			} else if u.Mark == "former" && t.To != "" && d.day > t.To {
				s = 5
			} else if d.day != "" && t.From > d.day {
				s = 1
			}
			score = max(score, s)
		}
	}
	if len(p.countries) > 0 {
		hit := false
		for _, c := range p.countries {
			hit = hit || countries[c]
		}
		if hit {
			score += 3
		} else if len(p.countries) == 1 && !anyOrg(countries) {
			score -= 6
		}
	} else {
		for c := range countries {
			if d.weightOf[c] > 0 {
				score++
				break
			}
		}
	}
	for _, o := range p.orgs {
		if countries[o] {
			score += 3
		}
	}
	if now {
		score++
		if len(p.titles) == 0 && highOffice(g, d.day) && (d.namesOne(countries) || len(rules.Holders().Surnamed(p.name)) == 1 && p.honoured(d)) {
			score += 3
		}
	}
	return score
}

// honoured reports whether a mention of p has 氏.
func (p *person) honoured(d *document) bool {
	for _, i := range p.mentions {
		if d.mentions[i].Honorific == "氏" {
			return true
		}
	}
	return false
}

// namesOne reports whether the document names one of the countries or bodies.
func (d *document) namesOne(where map[string]bool) bool {
	for c := range where {
		if d.weightOf[c] > 0 || !strings.HasPrefix(c, "country/") {
			return true
		}
	}
	return false
}

func anyOrg(m map[string]bool) bool {
	for k := range m {
		if !strings.HasPrefix(k, "country/") {
			return true
		}
	}
	return false
}

// highOffice reports whether a person leads a state, a government or its diplomacy on the day: such a one needs no
// introduction in the news.
func highOffice(g *rules.Person, day string) bool {
	for _, t := range g.Terms {
		if running, _ := t.Running(day); !running {
			continue
		}
		switch office(t.Office).Kind {
		case rules.OfficeHeadOfState, rules.OfficeHeadOfGovernment, rules.OfficeLeader, rules.OfficeForeignMinister:
			return true
		}
	}
	return false
}

func servedIn(g *rules.Person, country string) bool {
	for _, t := range g.Terms {
		if t.Country == country {
			return true
		}
	}
	return false
}

// termOn is the term that runs on the day, else the last one before it, else the first.
func termOn(g *rules.Person, day string) rules.Term {
	best := g.Terms[0]
	for _, t := range g.Terms {
		if day == "" || t.From <= day {
			best = t
		}
		if running, _ := t.Running(day); day != "" && running {
			return t
		}
	}
	return best
}
