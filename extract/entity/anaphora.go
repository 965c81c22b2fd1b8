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
		if len(d.refs[i]) == 0 && (head == "会議" || head == "会合") {
			d.lastMeeting(i)
		}
		if len(d.refs[i]) == 0 {
			d.held(i, m, head)
		}
	case "place":
		d.last(i, schema.Place, head, m.Number, "same-place")
	case "any":
		d.parties(i, m)
	}
}

func (d *document) countryAnaphor(i int, m *mention.Mention) {
	if m.Number == 1 {
		c, a := d.topicBefore(i)
		if c == "" {
			c, a = d.nearestCountry(i, 3, nil)
		}
		if c == japan { // news in Japanese does not call Japan 同国 when it has named another
			if other, at := d.nearestCountry(i, 3, func(c string) bool { return c != japan }); other != "" {
				c, a = other, at
			}
		}
		if c != "" {
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

// topicBefore is the country that was the topic of the sentence before, which 同国は at the start of a sentence goes on with; "" for
// none, and for Japan.
func (d *document) topicBefore(i int) (country string, antecedent int) {
	m := &d.mentions[i]
	text := d.doc.In(m.Part)
	for k := range d.sents {
		if s := &d.sents[k]; s.Index == m.Sentence && (s.Span.Start != m.Span.Start || !strings.HasPrefix(text[m.Span.End:], "は")) {
			return "", -1
		}
	}
	for k := i - 1; k >= 0 && d.mentions[k].Sentence >= m.Sentence-1; k-- {
		x := &d.mentions[k]
		if x.Sentence == m.Sentence-1 && x.Part == m.Part && x.Kind == mention.Country && !x.Nested && len(x.Countries) == 1 && x.Countries[0] != japan && strings.HasPrefix(text[x.Span.End:], "は") {
			return x.Countries[0], k
		}
	}
	return "", -1
}

// side is a mention that stands for a country, as one party among others.
type side struct {
	mention int
	country string
}

// sides are the mentions of a sentence, before mention i, that stand for countries, in text order: countries, and officials of
// theirs. Countries that only say where (マレーシアの首都, 韓国で) are left out.
func (d *document) sides(sentence, i int) []side {
	var out []side
	for k := range d.mentions {
		m := &d.mentions[k]
		if m.Sentence > sentence || k >= i {
			break
		}
		if m.Sentence != sentence || m.Proxy == "people" || m.Nested && !d.inEvent(k) {
			continue
		}
		switch m.Kind {
		case mention.Country:
			if c := d.countryOf(k); c != "" && !d.where(m) {
				out = append(out, side{k, c})
			}
		case mention.Person, mention.TitleOnly:
			if m.Rule == "title-in-event" {
				continue
			}
			if c := d.countryOf(k); c != "" {
				out = append(out, side{k, c})
			} else {
				for _, r := range d.refs[k] { // 両首相
					if c := d.entityCountry(r.Entity); c != "" {
						out = append(out, side{k, c})
					}
				}
			}
		case mention.Anaphor:
			for _, r := range d.refs[k] {
				if c := d.entityCountry(r.Entity); c != "" {
					out = append(out, side{k, c})
				}
			}
		}
	}
	return out
}

// inEvent reports whether a nested mention lies in 米中首脳会談 or 日中両国, which names no one but the countries.
func (d *document) inEvent(k int) bool {
	for j := k - 1; j >= 0 && d.mentions[j].Sentence == d.mentions[k].Sentence; j-- {
		if m := &d.mentions[j]; !m.Nested {
			return m.Span.Contains(d.mentions[k].Span) && m.Rule == "title-in-event"
		}
	}
	return false
}

// countryOf is the country that a mention stands for: what it was resolved to, else what the text says.
func (d *document) countryOf(k int) string {
	if len(d.refs[k]) == 1 {
		if c := d.entityCountry(d.refs[k][0].Entity); c != "" {
			return c
		}
	}
	m := &d.mentions[k]
	if len(m.Countries) == 1 {
		return m.Countries[0]
	}
	if p := d.personOf[k]; p != nil {
		if len(p.countries) > 0 {
			return p.countries[0]
		}
		if p.gaz != nil {
			return termOn(p.gaz, d.day).Country
		}
		return d.countryByContext(p)
	}
	return ""
}

// countryByContext is the country of a person to whom the text gives none: that of an office which only one has, else the one
// named last before in the sentence that introduces the person, else the first of the sentence before it.
func (d *document) countryByContext(p *person) string {
	if p.private && !p.official {
		return ""
	}
	for _, t := range p.titles {
		if c := office(t.Office).Home; strings.HasPrefix(c, "country/") && t.Mark == "" {
			return c
		}
	}
	at := p.mentions[0]
	sentence := d.mentions[at].Sentence
	before, last := "", ""
	for k := 0; k < at; k++ {
		m := &d.mentions[k]
		if m.Kind != mention.Country || len(m.Countries) == 0 || m.Nested || m.Rule == "bare-government" {
			continue
		}
		switch m.Sentence {
		case sentence:
			last = m.Countries[0]
		case sentence - 1:
			if before == "" && !d.where(m) {
				before = m.Countries[0]
			}
		}
	}
	if last != "" {
		return last
	}
	return before
}

func (d *document) entityCountry(e int) string {
	switch x := d.entities[e]; x.Type {
	case schema.Country:
		return x.ID
	case schema.Official:
		return x.Country
	}
	return ""
}

// where reports whether a country's mention only says where something is: マレーシアの首都, 韓国で, タイ南部の.
func (d *document) where(m *mention.Mention) bool {
	rest := d.doc.In(m.Part)[m.Span.End:]
	for _, w := range [...]string{"の首都", "首都", "の都市", "南部", "北部", "東部", "西部", "中部", "沖", "国内", "で", "・", "の町", "の村", "に滞在", "を訪問中", "西岸"} {
		if !strings.HasPrefix(rest, w) {
			continue
		}
		if w == "・" || w == "で" {
			next := strings.TrimPrefix(rest, w)
			if w == "で" && (strings.HasPrefix(next, "は") || strings.HasPrefix(next, "あ") || strings.HasPrefix(next, "合意")) {
				return false
			}
			if w == "・" && d.countryStartsAt(m.Sentence, m.Span.End+len(w)) {
				return false
			}
		}
		return true
	}
	return false
}

func (d *document) countryStartsAt(sentence, offset int) bool {
	for k := range d.mentions {
		if x := &d.mentions[k]; x.Sentence == sentence && x.Span.Start == offset {
			return x.Kind == mention.Country || x.Kind == mention.Person
		}
	}
	return false
}

// pairIn are the two countries that a sentence sets side by side before mention i: the last two joined by と or the like, else
// the only two that it names; nil for none.
func (d *document) pairIn(sentence, i int) (ids []string, at []int) {
	all := d.sides(sentence, i)
	for k := len(all) - 1; k > 0; k-- {
		a, b := all[k-1], all[k]
		if a.country != b.country && d.joined(a.mention, b.mention) {
			// A list of three or more is no pair.
			if k >= 2 && all[k-2].country != a.country && d.joined(all[k-2].mention, a.mention) {
				continue
			}
			return []string{a.country, b.country}, []int{a.mention, b.mention}
		}
	}
	for _, s := range all {
		if !slices.Contains(ids, s.country) {
			ids, at = append(ids, s.country), append(at, s.mention)
		}
	}
	if len(ids) != 2 {
		return nil, nil
	}
	return ids, at
}

// joined reports whether nothing but a word that coordinates stands between two mentions.
func (d *document) joined(a, b int) bool {
	x, y := &d.mentions[a], &d.mentions[b]
	if x.Part != y.Part || x.Span.End > y.Span.Start {
		return a == b || x.Span == y.Span
	}
	switch d.doc.In(x.Part)[x.Span.End:y.Span.Start] {
	case "", "と", "・", "、", "や", "および", "及び", "対", "とは", "ら", "らと", "氏と", "との", "と、", "並びに", "vs":
		return true
	}
	return false
}

// countriesBefore are the n countries that a word like 両国 stands for: for two, the nearest pair that a sentence sets side by
// side; for more, those of the nearest sentence that names just n. Else the n named last, nil when there are not as many.
func (d *document) countriesBefore(i, n int) (ids []string, at []int) {
	if n < 2 {
		return nil, nil
	}
	var gathered []side
	from := d.mentions[i].Sentence
	for sentence := from; sentence >= 0 && sentence >= from-8; sentence-- {
		if sentence < from && d.besides(sentence) {
			continue
		}
		if n == 2 {
			if ids, at := d.pairIn(sentence, i); ids != nil {
				return ids, at
			}
		}
		var here []side
		all := d.sides(sentence, i)
		for k := len(all) - 1; k >= 0; k-- {
			s := all[k]
			same := func(t side) bool { return t.country == s.country }
			if !slices.ContainsFunc(here, same) {
				here = append(here, s)
			}
			if !slices.ContainsFunc(gathered, same) {
				gathered = append(gathered, s)
			}
		}
		if len(here) == n {
			return split(here)
		}
	}
	if n == 2 && len(gathered) >= 2 || len(gathered) == n {
		return split(gathered[:n])
	}
	return nil, nil
}

// besides reports whether a sentence tells of those who were beside the parties: who witnessed, mediated or sat in.
func (d *document) besides(sentence int) bool {
	if sentence >= len(d.sents) || d.sents[sentence].Index != sentence {
		return false
	}
	text := d.sents[sentence].Span.In(d.doc.In(d.sents[sentence].Part))
	for _, w := range [...]string{"立ち会", "仲介し", "同席し", "仲裁し"} {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// split gives the countries and mentions of sides that were gathered backwards.
func split(sides []side) (ids []string, at []int) {
	for k := len(sides) - 1; k >= 0; k-- {
		ids, at = append(ids, sides[k].country), append(at, sides[k].mention)
	}
	return ids, at
}

// leaders resolves 両首脳: the nearest two heads that one sentence names, else those of the two countries.
func (d *document) leaders(i int, m *mention.Mention) {
	found, at := d.officialsTogether(i, 2, func(e *node) bool {
		switch office(e.Office).Kind {
		case rules.OfficeHeadOfState, rules.OfficeHeadOfGovernment, rules.OfficeLeader:
			return true
		}
		return false
	})
	if len(found) == 2 {
		for k := range found {
			d.refer(i, found[k], at[k], 0.9, "both-leaders")
		}
		return
	}
	pair, pos := d.countriesBefore(i, 2)
	for k, c := range pair {
		d.holder(i, m, office("首脳"), "", []string{c}, pos[k])
	}
}

// officialsTogether are the n officials that ok accepts of the nearest sentence before mention i that names just n such, in text
// order; else the n named last; nil when there are not as many within eight sentences.
func (d *document) officialsTogether(i, n int, ok func(*node) bool) (entities, at []int) {
	var gathered, gatheredAt []int
	from := d.mentions[i].Sentence
	for sentence := from; sentence >= 0 && sentence >= from-8; sentence-- {
		var here, hereAt []int
		for k := len(d.history) - 1; k >= 0; k-- {
			h := d.history[k]
			if h.sentence < sentence {
				break
			}
			if h.sentence != sentence || h.mention >= i || d.entities[h.entity].Type != schema.Official || !ok(d.entities[h.entity]) {
				continue
			}
			if !slices.Contains(here, h.entity) {
				here, hereAt = append(here, h.entity), append(hereAt, h.mention)
			}
			if !slices.Contains(gathered, h.entity) {
				gathered, gatheredAt = append(gathered, h.entity), append(gatheredAt, h.mention)
			}
		}
		if len(here) == n {
			slices.Reverse(here)
			slices.Reverse(hereAt)
			return here, hereAt
		}
	}
	if len(gathered) < n {
		return nil, nil
	}
	gathered, gatheredAt = gathered[:n], gatheredAt[:n]
	slices.Reverse(gathered)
	slices.Reverse(gatheredAt)
	return gathered, gatheredAt
}

// personAnaphor resolves 同氏, 彼, 両氏: the people named last. One who is no Official in between leaves it unresolved.
func (d *document) personAnaphor(i int, m *mention.Mention) {
	if m.Number == 0 {
		return // 彼ら, 彼女ら
	}
	if m.Number > 1 {
		found, at := d.officialsTogether(i, m.Number, func(*node) bool { return true })
		for k := range found {
			d.refer(i, found[k], at[k], 0.85, "both-people")
		}
		return
	}
	k := d.personBefore(i, strings.HasPrefix(d.text(i), "彼"))
	if k < 0 {
		return
	}
	if p := d.personOf[k]; p != nil {
		if p.official {
			d.refer(i, d.personEntity(p), k, 0.85, "same-person")
		}
		return
	}
	d.refer(i, d.refs[k][0].Entity, k, 0.8, "same-person")
}

// personBefore is the mention of the person whom 同氏 or 彼 at i means, -1 for none: in the same sentence the one named last,
// but not the subject of the very clause (A氏も同氏に); in the one before, for 彼, its topic.
func (d *document) personBefore(i int, pronoun bool) int {
	m := &d.mentions[i]
	text := d.doc.In(m.Part)
	last := -1
	for k := i - 1; k >= 0; k-- {
		x := &d.mentions[k]
		if m.Sentence-x.Sentence > 4 || last >= 0 && x.Sentence < d.mentions[last].Sentence {
			break
		}
		person := d.personOf[k] != nil || len(d.refs[k]) == 1 && d.entities[d.refs[k][0].Entity].Type == schema.Official
		if !person || x.Part != m.Part {
			continue
		}
		rest := text[x.Span.End:]
		topic := strings.HasPrefix(rest, "は") || strings.HasPrefix(rest, "も")
		if x.Sentence == m.Sentence {
			between := text[x.Span.End:m.Span.Start]
			if (topic || strings.HasPrefix(rest, "が")) && !strings.Contains(between, "、") && len(between) < 40 {
				continue
			}
			return k
		}
		if !pronoun {
			return k
		}
		if topic {
			return k
		}
		if last < 0 {
			last = k
		}
	}
	return last
}
