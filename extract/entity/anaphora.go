package entity

import (
	"slices"
	"strings"

	"github.com/entente-kg/entente/extract/mention"
	"github.com/entente-kg/entente/extract/rules"
	"github.com/entente-kg/entente/schema"
)

// anaphor resolves 両国, 両首脳, 三者, 同国, 同氏, 彼. What speaks of the speaker (私, わが国) is left to whoever knows who speaks.
func (d *document) anaphor(i int, m *mention.Mention) {
	class, head, _ := strings.Cut(m.Class, ":")
	if len(m.Countries) >= 2 { // 日中両国
		for _, c := range m.Countries {
			if class == "leader" {
				d.holder(i, m, office("首脳"), "", []string{c}, -1)
			} else if e, ok := d.countryEntity(c); ok {
				d.refer(i, e, -1, 1, "both-countries")
			}
		}
		return
	}
	switch class {
	case "country":
		d.countryAnaphor(i, m)
	case "leader":
		d.leaders(i, m)
	case "person":
		d.personAnaphor(i, m)
	case "organization":
		d.last(i, schema.Organization, head, m.Number, "same-organization")
	case "agreement":
		d.last(i, schema.Agreement, head, m.Number, "same-agreement")
	case "event":
		d.last(i, schema.Event, head, m.Number, "same-event")
	case "place":
		d.last(i, schema.Place, head, m.Number, "same-place")
	case "any":
		d.parties(i, m)
	}
}

func (d *document) countryAnaphor(i int, m *mention.Mention) {
	if m.Number == 1 {
		if c, a := d.nearestCountry(i, 3, nil); c != "" {
			if e, ok := d.countryEntity(c); ok {
				d.refer(i, e, a, 0.9, "same-country")
			}
		}
		return
	}
	pair, at := d.countriesBefore(i, m.Number)
	rule := "both-countries"
	if m.Number > 2 {
		rule = "listed-countries"
	}
	for k, c := range pair {
		if e, ok := d.countryEntity(c); ok {
			d.refer(i, e, at[k], 0.85, rule)
		}
	}
}

// countriesBefore are the n countries that a word like 両国 stands for: those of the nearest sentence that names just n, else
// the n named last; nil when there are not as many. Officials stand for their countries.
func (d *document) countriesBefore(i, n int) (ids []string, at []int) {
	if n < 2 {
		return nil, nil
	}
	type set struct {
		ids []string
		at  []int
	}
	var gathered set
	sentence := -1
	var here set
	flush := func() (set, bool) {
		if len(here.ids) == n {
			return here, true
		}
		return set{}, false
	}
	for k := len(d.history) - 1; k >= 0; k-- {
		h := d.history[k]
		if d.mentions[i].Sentence-h.sentence > 8 {
			break
		}
		if h.sentence != sentence {
			if s, ok := flush(); ok {
				return reverse(s.ids), reverse(s.at)
			}
			if len(gathered.ids) >= n && n > 2 {
				break
			}
			sentence, here = h.sentence, set{}
		}
		c := ""
		switch e := d.entities[h.entity]; e.Type {
		case schema.Country:
			c = e.ID
		case schema.Official:
			c = e.Country
		}
		if !strings.HasPrefix(c, "country/") {
			continue
		}
		if !slices.Contains(here.ids, c) {
			here.ids, here.at = append(here.ids, c), append(here.at, h.mention)
		}
		if !slices.Contains(gathered.ids, c) {
			gathered.ids, gathered.at = append(gathered.ids, c), append(gathered.at, h.mention)
		}
	}
	if s, ok := flush(); ok {
		return reverse(s.ids), reverse(s.at)
	}
	if n == 2 && len(gathered.ids) >= 2 || len(gathered.ids) == n {
		return reverse(gathered.ids[:n]), reverse(gathered.at[:n])
	}
	return nil, nil
}

func reverse[T any](in []T) []T {
	out := slices.Clone(in)
	slices.Reverse(out)
	return out
}

// leaders resolves 両首脳: the two heads named last, else those of the two countries.
func (d *document) leaders(i int, m *mention.Mention) {
	var found, at []int
	for k := len(d.history) - 1; k >= 0 && len(found) < 2; k-- {
		h := d.history[k]
		if d.mentions[i].Sentence-h.sentence > 8 {
			break
		}
		e := d.entities[h.entity]
		if e.Type != schema.Official || slices.Contains(found, h.entity) {
			continue
		}
		switch office(e.Office).Kind {
		case rules.OfficeHeadOfState, rules.OfficeHeadOfGovernment, rules.OfficeLeader:
			found, at = append(found, h.entity), append(at, h.mention)
		}
	}
	if len(found) == 2 {
		for k := 1; k >= 0; k-- {
			d.refer(i, found[k], at[k], 0.9, "both-leaders")
		}
		return
	}
	pair, pos := d.countriesBefore(i, 2)
	for k, c := range pair {
		d.holder(i, m, office("首脳"), "", []string{c}, pos[k])
	}
}

// personAnaphor resolves 同氏, 彼, 両氏: the people named last. One who is no Official in between leaves it unresolved.
func (d *document) personAnaphor(i int, m *mention.Mention) {
	want := max(1, m.Number)
	if m.Number == 0 {
		return // 彼ら, 彼女ら
	}
	var found []*person
	var at []int
	for k := i - 1; k >= 0 && len(found) < want; k-- {
		if d.mentions[i].Sentence-d.mentions[k].Sentence > 4 {
			break
		}
		if d.mentions[k].Kind == mention.TitleOnly && want == 1 && len(d.refs[k]) == 1 {
			d.refer(i, d.refs[k][0].Entity, k, 0.8, "same-person")
			return
		}
		p := d.personOf[k]
		if p == nil || slices.Contains(found, p) {
			continue
		}
		found, at = append(found, p), append(at, k)
	}
	if len(found) < want {
		return
	}
	for k := want - 1; k >= 0; k-- {
		if !found[k].official {
			return
		}
	}
	rule := "same-person"
	if want > 1 {
		rule = "both-people"
	}
	for k := want - 1; k >= 0; k-- {
		d.refer(i, d.personEntity(found[k]), at[k], 0.85, rule)
	}
}

// last resolves 同省, 同協定, 同市 to the last entity of a type whose name has the head word.
func (d *document) last(i int, t schema.EntityType, head string, n int, rule string) {
	var found, at []int
	for k := len(d.history) - 1; k >= 0 && len(found) < max(1, n); k-- {
		h := d.history[k]
		if d.mentions[i].Sentence-h.sentence > 6 {
			break
		}
		e := d.entities[h.entity]
		if e.Type != t || slices.Contains(found, h.entity) {
			continue
		}
		if head != "" && !strings.HasSuffix(e.NameJa, head) && !strings.HasSuffix(d.mentions[h.mention].Name, head) && !headKinds(e, head) {
			continue
		}
		found, at = append(found, h.entity), append(at, h.mention)
	}
	if len(found) < max(1, n) {
		return
	}
	for k := len(found) - 1; k >= 0; k-- {
		d.refer(i, found[k], at[k], 0.85, rule)
	}
}

// headKinds reports whether 同社, 同紙, 同市 may mean an entity whose name does not say so.
func headKinds(e *node, head string) bool {
	if o, ok := rules.OrganizationByID(e.ID); ok {
		switch head {
		case "社":
			return o.Kind == "company" || o.Kind == "medium"
		case "紙", "局", "テレビ", "通信":
			return o.Kind == "medium"
		case "党":
			return o.Kind == "party"
		case "機関", "機構":
			return o.Kind == "igo" || o.Kind == "organ" || o.Kind == "agency"
		case "省", "庁":
			return o.Kind == "ministry"
		}
		return false
	}
	if p, ok := rules.PlaceByID(e.ID); ok {
		switch head {
		case "市":
			return p.Kind == "city" || p.Kind == "capital"
		case "島":
			return p.Kind == "island"
		}
	}
	return false
}

// parties resolves 双方, 両者, 三者: the n actors of one type of the nearest sentence that names just n of them, people before
// countries before bodies.
func (d *document) parties(i int, m *mention.Mention) {
	n := m.Number
	if n < 2 {
		return
	}
	for back := 0; back <= 4; back++ {
		for _, t := range [...]schema.EntityType{schema.Official, schema.Country, schema.Organization} {
			var found, at []int
			for _, h := range d.history {
				if h.sentence != d.mentions[i].Sentence-back || d.entities[h.entity].Type != t || slices.Contains(found, h.entity) {
					continue
				}
				if d.mentions[h.mention].Nested && t == schema.Country {
					continue
				}
				found, at = append(found, h.entity), append(at, h.mention)
			}
			if len(found) == n {
				for k := range found {
					d.refer(i, found[k], at[k], 0.8, "parties")
				}
				return
			}
		}
	}
	if pair, at := d.countriesBefore(i, n); len(pair) == n {
		for k, c := range pair {
			if e, ok := d.countryEntity(c); ok {
				d.refer(i, e, at[k], 0.7, "parties")
			}
		}
	}
}
