package entity

import (
	"slices"
	"strings"

	"github.com/entente-kg/entente/extract/mention"
	"github.com/entente-kg/entente/extract/rules"
	"github.com/entente-kg/entente/schema"
)

// title resolves an office without a name: first to a person of the document, then by the table of office holders.
func (d *document) title(i int, m *mention.Mention) {
	if len(m.Titles) == 0 {
		return
	}
	t := m.Titles[0]
	o := office(t.Office)
	if m.Relative == "同" && o.Kind == rules.OfficeSpokesperson && d.sameSpokesman(i) {
		return
	}
	if m.Relative == "両" {
		d.bothHolders(i, m, o)
		return
	}
	countries := m.Countries
	antecedent := -1
	if m.Relative == "同国" && len(countries) == 0 {
		if c, a := d.nearestCountry(i, 2, nil); c != "" {
			countries, antecedent = []string{c}, a
		}
	}
	if len(m.Orgs) == 1 && len(countries) == 0 && d.grouping(i, m.Orgs[0], o) {
		return
	}
	if m.Plural && len(countries) < 2 && m.Number != 1 {
		return
	}
	if len(countries) > 1 && len(m.Orgs) == 0 {
		for _, c := range countries {
			d.holder(i, m, o, t.Mark, []string{c}, -1)
		}
		return
	}
	d.holder(i, m, o, t.Mark, countries, antecedent)
}

// grouping resolves the leaders or ministers of a grouping of states to the grouping, as which they act: G7首脳, G20財務相.
func (d *document) grouping(i int, org string, o rules.Office) bool {
	g, ok := rules.OrganizationByID(org)
	if !ok || g.Kind != "grouping" || d.mentions[i].Rule == "title-in-event" {
		return false
	}
	switch o.Kind {
	case rules.OfficeForeignMinister, rules.OfficeDefenceMinister, rules.OfficeFinanceMinister:
	default:
		if o.Ja != "首脳" {
			return false
		}
	}
	d.refer(i, d.organizationEntity(g), -1, 0.85, "grouping")
	return true
}

// sameSpokesman resolves 同報道官 to whatever the unnamed spokesman spoke for who was mentioned last.
func (d *document) sameSpokesman(i int) bool {
	for k := len(d.history) - 1; k >= 0; k-- {
		h := d.history[k]
		switch {
		case d.mentions[i].Sentence-h.sentence > 4:
			return false
		case d.mentions[h.mention].Spokesman:
			d.refer(i, h.entity, h.mention, 0.85, "same-spokesman")
			return true
		case d.personOf[h.mention] != nil && len(d.personOf[h.mention].titles) > 0 && office(d.personOf[h.mention].titles[0].Office).Kind == rules.OfficeSpokesperson:
			return false
		}
	}
	return false
}

// holder resolves one office of one country or body (or of none named).
func (d *document) holder(i int, m *mention.Mention, o rules.Office, mark string, countries []string, antecedent int) {
	where := append(slices.Clone(countries), m.Orgs...)
	if p, last := d.holderInDocument(i, m, o, mark, where); p != nil {
		certainty := 0.95
		if len(where) == 0 {
			certainty = 0.85
		}
		d.refer(i, d.personEntity(p), last, certainty, "title")
		return
	}
	if mark == "former" || mark == "next" || mark == "acting" || m.Relative == "同" && len(where) == 0 {
		return
	}
	for _, w := range m.Orgs {
		if d.fromTable(i, w, o, antecedent, 0.9) {
			return
		}
	}
	if len(countries) > 0 {
		d.fromTable(i, countries[0], o, antecedent, 0.9)
		return
	}
	if len(m.Orgs) > 0 || !o.Alone {
		return
	}
	// No country named: that of an office which only one country has, the nearest in the sentence, or Japan's in news of Japan.
	if c := o.Home; c != "" {
		d.fromTable(i, c, o, -1, 0.85)
		return
	}
	if !o.Unique {
		return
	}
	has := func(c string) bool { _, ok := rules.Holders().HolderOf(c, o.Ja, d.day); return ok }
	if c, a := d.ministryBefore(i, has); c != "" {
		d.fromTable(i, c, o, a, 0.75)
		return
	}
	if c, a := d.nearestCountry(i, 0, has); c != "" && o.Ja == "大統領" {
		d.fromTable(i, c, o, a, 0.7)
		return
	}
	if c := d.main(); c != "" && has(c) && (c == japan || d.weightOf[japan] == 0 || o.Ja == "大統領") {
		d.fromTable(i, c, o, -1, 0.65)
		return
	}
	if o.Ja != "大統領" && (d.weightOf[japan] > 0 || len(d.weightOf) == 0) {
		d.fromTable(i, japan, o, -1, 0.6)
	}
}

// ministryBefore is the country of the ministry that the sentence of mention i names last before it, whose own head an office without
// a country is: ロシア国防省によると、国防相は. "" for none.
func (d *document) ministryBefore(i int, ok func(string) bool) (country string, antecedent int) {
	for k := len(d.history) - 1; k >= 0 && d.history[k].sentence == d.mentions[i].Sentence; k-- {
		h := d.history[k]
		e := d.entities[h.entity]
		o, known := rules.OrganizationByID(e.ID)
		if (strings.HasPrefix(d.mentions[h.mention].Class, "ministry:") || known && o.Kind == "ministry") && e.Country != "" && ok(e.Country) {
			return e.Country, h.mention
		}
	}
	return "", -1
}

// fromTable resolves by the table of office holders on the document's date.
func (d *document) fromTable(i int, where string, o rules.Office, antecedent int, certainty float64) bool {
	if d.day == "" {
		return false
	}
	h, ok := rules.Holders().HolderOf(where, o.Ja, d.day)
	if titles := d.mentions[i].Titles; len(titles) > 0 && titles[0].Post != "" {
		h, ok = rules.Holders().AmbassadorOf(where, titles[0].Post, d.day)
	}
	if o.Ja == "首脳" || o.Ja == "国家元首" {
		h, ok = rules.Holders().LeaderOf(where, d.day)
	}
	if !ok {
		return false
	}
	if d.day > rules.HoldersAsOf {
		certainty *= 0.7
	}
	d.refer(i, d.holderEntity(h), antecedent, certainty, "office-table")
	return true
}

// holderEntity is the entity of a person of the table, with the office and country of the term.
func (d *document) holderEntity(h rules.Holder) int {
	for _, p := range d.persons {
		if p.gaz == h.Person {
			p.official = true
			return d.personEntity(p)
		}
	}
	o := office(h.Term.Office)
	return d.entity(h.Person.ID, func() schema.Entity {
		return schema.Entity{
			Type: schema.Official, Name: h.Person.NameEn, NameJa: h.Person.NameJa, Wikidata: h.Person.Wikidata,
			Office: o.Ja, OfficeEn: o.En, Country: h.Term.Country,
		}
	})
}

// holderInDocument is the person of the document whom the title names: the office and what is known of the country agree.
// The one mentioned last before is taken, else the first after.
func (d *document) holderInDocument(i int, m *mention.Mention, o rules.Office, mark string, where []string) (*person, int) {
	var best *person
	at, after, class := -1, false, -1
	for _, p := range d.persons {
		if !p.official || !d.holds(p, o, mark, where) || !servesIn(p, m.Titles) {
			continue
		}
		c := 0
		if m.Relative != "同" {
			c = 2 * d.runs(p, o, mark)
			if len(where) > 0 && shares(p.countries, where) {
				c++
			}
		}
		if c < class {
			continue
		}
		if c > class {
			best, at, after, class = nil, -1, false, c
		}
		for _, k := range p.mentions {
			switch {
			case k < i && (k > at || after):
				best, at, after = p, k, false
			case k > i && at < 0:
				best, at, after = p, k, true
			}
		}
	}
	// 同首相: the last one indeed, and before.
	if m.Relative == "同" && after {
		return nil, -1
	}
	return best, at
}

// servesIn reports whether nothing that the document says of p speaks against the post that a title names: the 駐ロシア大使 is not
// the 駐日大使.
func servesIn(p *person, titles []mention.Title) bool {
	if len(titles) == 0 || titles[0].Post == "" {
		return true
	}
	for _, t := range p.titles {
		if t.Post != "" && t.Post != titles[0].Post {
			return false
		}
	}
	return true
}

// runs says what the table knows of p in the office on the document's date: 2 that he or she holds it, 0 that it is over or
// to come, 1 nothing.
func (d *document) runs(p *person, o rules.Office, mark string) int {
	if p.gaz == nil || d.day == "" || mark != "" {
		return 1
	}
	known := false
	for _, t := range p.gaz.Terms {
		q := office(t.Office)
		if q.Ja != o.Ja && q.Kind != o.Kind {
			continue
		}
		known = true
		if running, _ := t.Running(d.day); running {
			return 2
		}
	}
	if known {
		return 0
	}
	return 1
}

// holds reports whether the document gives p the office (or one that stands for it), in one of the places of where.
func (d *document) holds(p *person, o rules.Office, mark string, where []string) bool {
	countries := slices.Clone(p.countries)
	if p.gaz != nil {
		for _, t := range p.gaz.Terms {
			countries = append(countries, t.Where())
		}
	}
	if p.entity >= 0 {
		countries = append(countries, d.entities[p.entity].Country)
	}
	countries = append(countries, p.orgs...)
	if len(where) > 0 && !shares(countries, where) {
		if len(p.countries) > 0 || p.gaz != nil {
			return false
		}
		if c := d.countryByContext(p); c != "" && !slices.Contains(where, c) {
			return false
		}
		if len(d.persons) > 6 {
			return false
		}
	}
	for _, t := range p.titles {
		q := office(t.Office)
		if (t.Mark == "former") != (mark == "former") || (mark == "new" || mark == "next" || mark == "acting") && t.Mark != mark {
			continue
		}
		if q.Ja == o.Ja {
			return true
		}
		if q.Kind == o.Kind && len(where) > 0 {
			switch o.Kind {
			case rules.OfficeForeignMinister, rules.OfficeDefenceMinister, rules.OfficeFinanceMinister:
				return true
			}
		}
		// 長官 for 財務長官, 大臣 for 外務大臣, 主席 for 国家主席, 議長 for 下院議長.
		if len([]rune(o.Ja)) == 2 && strings.HasSuffix(q.Ja, o.Ja) && o.Ja != "首相" {
			return true
		}
		if o.Ja == "大臣" && (q.Kind == rules.OfficeMinister || q.Kind == rules.OfficeForeignMinister || q.Kind == rules.OfficeDefenceMinister || q.Kind == rules.OfficeFinanceMinister) {
			return true
		}
		if o.Ja == "首脳" || o.Ja == "国家元首" {
			switch q.Kind {
			case rules.OfficeHeadOfState, rules.OfficeHeadOfGovernment, rules.OfficeLeader:
				return true
			}
		}
	}
	// Named without office, but the table says that he or she holds it.
	if mark == "" && p.gaz != nil && d.day != "" && len(where) > 0 {
		for _, t := range p.gaz.Terms {
			if running, _ := t.Running(d.day); running && t.Office == o.Ja {
				return true
			}
		}
	}
	return false
}

// bothHolders resolves 両外相, 両大統領, 日韓両首脳.
func (d *document) bothHolders(i int, m *mention.Mention, o rules.Office) {
	if len(m.Countries) >= 2 {
		for _, c := range m.Countries {
			d.holder(i, m, o, "", []string{c}, -1)
		}
		return
	}
	found, at := d.officialsTogether(i, 2, func(e *node) bool {
		q := office(e.Office)
		if p := d.personWith(e); p != nil {
			return d.holds(p, o, "", nil)
		}
		return q.Ja == o.Ja || q.Kind == o.Kind && o.Kind == rules.OfficeForeignMinister
	})
	if len(found) == 2 {
		for k := range found {
			d.refer(i, found[k], at[k], 0.9, "both-holders")
		}
		return
	}
	if pair, at := d.countriesBefore(i, 2); len(pair) == 2 {
		for k, c := range pair {
			d.holder(i, m, o, "", []string{c}, at[k])
		}
	}
}

// personWith is the person of the document whose entity e is, nil for none.
func (d *document) personWith(e *node) *person {
	for _, p := range d.persons {
		if p.entity >= 0 && d.entities[p.entity] == e {
			return p
		}
	}
	return nil
}
