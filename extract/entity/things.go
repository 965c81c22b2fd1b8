package entity

import (
	"slices"
	"strings"

	"github.com/entente-kg/entente/extract/mention"
	"github.com/entente-kg/entente/extract/rules"
	"github.com/entente-kg/entente/schema"
)

func (d *document) organization(i int, m *mention.Mention) {
	if word, ok := strings.CutPrefix(m.Class, "ministry:"); ok {
		d.ministry(i, m, word)
		return
	}
	if len(m.Candidates) == 0 {
		id := "organization/" + m.Name
		country := ""
		if len(m.Countries) > 0 {
			country = m.Countries[0]
		}
		e := d.entity(id, func() schema.Entity {
			return schema.Entity{Type: schema.Organization, Name: m.Name, NameJa: m.Name, Country: country}
		})
		d.refer(i, e, -1, 0.8, "pattern")
		return
	}
	best := d.bestOrganization(i, m)
	if best.ID == "" {
		return
	}
	if country, ok := d.namesake(best, m.Name); ok {
		c, _ := rules.CountryByID(country)
		e := d.entity(namesakeID(c, m.Name), func() schema.Entity {
			return schema.Entity{Type: schema.Organization, Name: c.NameJa + m.Name, NameJa: c.NameJa + m.Name, Country: country}
		})
		d.refer(i, e, -1, 0.6, "context")
		return
	}
	certainty := 1.0
	if len(m.Candidates) > 1 {
		certainty = 0.8
	}
	d.refer(i, d.organizationEntity(best), -1, certainty, "name")
}

// ambiguousAlias reports whether the table has a name of o marked as one of several things.
func ambiguousAlias(o rules.Organization, name string) bool {
	return slices.ContainsFunc(o.Aliases, func(a rules.Alias) bool { return a.Text == name && a.Ambiguous })
}

// namesake is the country whose body an ambiguous name means where that of o is another's: 大統領警護隊 of a country that the document
// does not name, 民主党 in news about Albania.
func (d *document) namesake(o rules.Organization, name string) (country string, ok bool) {
	main := d.main()
	if main == "" || o.Country == "" || o.Country == main || o.Kind == "medium" || o.Kind == "company" || !ambiguousAlias(o, name) {
		return "", false
	}
	if d.weightOf[o.Country] == 0 {
		return main, o.Kind != "party" || o.Country != japan || d.weightOf[main] > 3
	}
	return main, (o.Kind == "party" || o.Kind == "agency") && d.weightOf[main] >= 3*(d.weightOf[o.Country]+d.bodiesOf(o.Country))
}

func namesakeID(c rules.Country, name string) string { return "organization/" + c.NameJa + name }

// bodiesOf counts the mentions of parties, ministries and parliaments of a country whose names no other country's bodies have.
func (d *document) bodiesOf(country string) int {
	n := 0
	for i := range d.mentions {
		m := &d.mentions[i]
		if m.Kind != mention.Organization || len(m.Candidates) != 1 {
			continue
		}
		o, ok := rules.OrganizationByID(m.Candidates[0])
		if ok && o.Country == country && (o.Kind == "party" || o.Kind == "ministry" || o.Kind == "parliament") && !ambiguousAlias(o, m.Name) {
			n++
		}
	}
	return n
}

// bestOrganization is the organisation that a form of several bodies means here (民主党, 社民党): one of the countries that the
// document names most, Japan's among equals. Names out of use on the day come last.
func (d *document) bestOrganization(i int, m *mention.Mention) rules.Organization {
	best, score := rules.Organization{}, -1000
	for _, id := range m.Candidates {
		o, ok := rules.OrganizationByID(id)
		if !ok {
			continue
		}
		s := 0
		if len(m.Candidates) > 1 {
			s = 2 * (d.weightOf[o.Country] + d.bodiesOf(o.Country))
			if o.Country == japan {
				s++ // news in Japanese means Japan's when it says nothing
			}
			if c, _ := d.nearestCountry(i, 1, func(c string) bool { return c == o.Country }); c != "" {
				s += 5
			}
		}
		for _, a := range o.Aliases {
			if a.Text == m.Name && !inUse(a, d.day) {
				s -= 50
			}
		}
		if s > score {
			best, score = o, s
		}
	}
	return best
}

// ambiguousOrganizations decides which body a person's or title's mention names, where its form is that of several.
func (d *document) ambiguousOrganizations() {
	for i := range d.mentions {
		o := &d.mentions[i]
		if o.Kind != mention.Organization || len(o.Candidates) < 2 || !o.Nested {
			continue
		}
		best := d.bestOrganization(i, o)
		if country, ok := d.namesake(best, o.Name); ok {
			c, _ := rules.CountryByID(country)
			best.ID, best.Country = namesakeID(c, o.Name), country
		}
		for k := i - 1; k >= 0 && d.mentions[k].Sentence == o.Sentence; k-- {
			m := &d.mentions[k]
			if m.Kind != mention.Person && m.Kind != mention.TitleOnly && m.Kind != mention.Expert || !m.Span.Contains(o.Span) {
				continue
			}
			m.Orgs = slices.Clone(m.Orgs)
			for j := range m.Orgs {
				if slices.Contains(o.Candidates, m.Orgs[j]) {
					m.Orgs[j] = best.ID
				}
			}
			if len(m.Countries) == 0 && best.Country != "" {
				m.Countries = []string{best.Country}
			}
			break
		}
	}
}

func (d *document) organizationEntity(o rules.Organization) int {
	return d.entity(o.ID, func() schema.Entity {
		return schema.Entity{Type: schema.Organization, Name: o.Name, NameJa: o.NameJa, Wikidata: o.Wikidata, Country: o.Country}
	})
}

// ministry resolves 外務省: that of the country beside it, else the one that the document named, else of the country named
// last in the sentence, else Japan's where Japan has one of that name.
func (d *document) ministry(i int, m *mention.Mention, word string) {
	all := rules.Ministries()
	k := slices.IndexFunc(all, func(x rules.Ministry) bool { return x.Canonical == word })
	if k < 0 {
		return
	}
	country, antecedent, certainty := "", -1, 1.0
	if len(m.Countries) > 0 {
		country = m.Countries[0]
	}
	main := d.main()
	if country == "" && rules.Words().JapaneseBodies.Has(word) && (main == japan || main == "") {
		country, certainty = japan, 0.8
	}
	if country == "" && word == "議会" && m.Name == "国会" && d.bodiesOf(japan) > 0 {
		country, certainty = japan, 0.8
	}
	for h := len(d.history) - 1; h >= 0 && country == ""; h-- {
		x := &d.mentions[d.history[h].mention]
		if x.Class == m.Class && x.Kind == mention.Organization {
			country, antecedent, certainty = d.entities[d.history[h].entity].Country, d.history[h].mention, 0.9
		}
	}
	if country == "" {
		certainty = 0.75
		country, antecedent = d.nearestCountry(i, 0, nil)
	}
	if country == "" {
		country, certainty = main, 0.6
	}
	c, ok := rules.CountryByID(country)
	if !ok {
		return
	}
	o := rules.MinistryOf(c, all[k])
	d.refer(i, d.organizationEntity(o), antecedent, certainty, "ministry")
}

func (d *document) place(i int, m *mention.Mention) {
	if len(m.Candidates) > 0 {
		if p, ok := rules.PlaceByID(m.Candidates[0]); ok {
			e := d.entity(p.ID, func() schema.Entity {
				return schema.Entity{Type: schema.Place, Name: p.Name, NameJa: p.NameJa, Wikidata: p.Wikidata, Country: p.Country}
			})
			d.refer(i, e, -1, 1, "name")
			return
		}
	}
	if !isName(m.Name) {
		return
	}
	country := ""
	if len(m.Countries) > 0 {
		country = m.Countries[0]
	}
	certainty := 0.8
	if m.Rule == "region" {
		certainty = 0.7
	}
	e := d.entity("place/"+m.Name, func() schema.Entity {
		return schema.Entity{Type: schema.Place, Name: m.Name, NameJa: m.Name, Country: country}
	})
	d.refer(i, e, -1, certainty, "pattern")
}

// inUse reports whether a name was in use on the day; an empty day is any day.
func inUse(a rules.Alias, day string) bool {
	return day == "" || (a.From == "" || day >= a.From) && (a.To == "" || day <= a.To || strings.HasPrefix(day, a.To))
}
