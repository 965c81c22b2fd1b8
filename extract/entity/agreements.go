package entity

import (
	"slices"
	"strconv"
	"strings"

	"github.com/entente-kg/entente/extract/mention"
	"github.com/entente-kg/entente/extract/rules"
	"github.com/entente-kg/entente/schema"
)

// agreement resolves a mention of an agreement. One with a name of its own is that; others are told apart by what they are
// (停戦合意 and 停戦協定 are of one family) and by their parties. A mention without parties is the one of its family that the
// document has named, or whose parties the document gives elsewhere.
func (d *document) agreement(i int, m *mention.Mention) {
	if n, ok := rules.NamedThing(first(m.Candidates)); ok && m.Rule == "named" {
		d.refer(i, d.entity("agreement/"+n.NameJa, func() schema.Entity {
			return schema.Entity{Type: schema.Agreement, Name: n.Name, NameJa: n.NameJa}
		}), -1, 1, "name")
		return
	}
	h, _ := rules.HeadWord(m.Class)
	// 核合意 is イラン核合意 in a document that names Iran.
	for _, n := range rules.NamedThings() {
		place, ok := strings.CutSuffix(n.NameJa, m.Name)
		if !ok || n.Event || place == "" || generic(m.Name, h) && m.Name != "核合意" {
			continue
		}
		if c, ok := d.countryNamed(place); ok && d.weightOf[c] > 0 {
			d.refer(i, d.entity("agreement/"+n.NameJa, func() schema.Entity {
				return schema.Entity{Type: schema.Agreement, Name: n.Name, NameJa: n.NameJa}
			}), -1, 0.85, "name")
			return
		}
	}
	if m.Rule == "bare-head" {
		if e, at := d.lastHeaded(i, schema.Agreement, h); e >= 0 {
			d.refer(i, e, at, 0.8, "same-agreement")
			return
		}
	}
	key, parties, certainty := d.partiesOf(i, m, h)
	name := m.Name
	id := "agreement/" + name
	switch {
	case key != "":
		id = "agreement/" + h.Family + ":" + key
		if h.Family == h.Word && name != h.Word { // no family: the whole name tells it
			id = "agreement/" + name + ":" + key
		}
	case generic(name, h):
		id += "@" + d.doc.ID // 停戦協定 of nobody named: this document's own
	}
	e := d.entity(id, func() schema.Entity {
		return schema.Entity{Type: schema.Agreement, Name: englishName(name, h, parties), NameJa: japaneseName(name, h, parties)}
	})
	d.refer(i, e, -1, certainty, "head")
}

func first(s []string) string {
	if len(s) == 0 {
		return ""
	}
	return s[0]
}

// generic reports whether a name says no more than its head: 停戦協定, 新たな貿易協定.
func generic(name string, h rules.Head) bool {
	rest := strings.TrimSuffix(name, h.Word)
	return rest == "" || rules.Words().GenericBeforeHead.Has(rest)
}

// partiesOf are the parties of an agreement as a key (JPN-USA) and a list: those that the phrase names, else the two
// countries of its sentence, else those that the document's other mentions of the family have when they agree.
func (d *document) partiesOf(i int, m *mention.Mention, h rules.Head) (key string, parties []string, certainty float64) {
	if parties = partiesNamed(m); len(parties) >= 2 {
		return partyKey(parties), parties, 1
	}
	if h.Word == "決議" || h.Word == "決議案" {
		return "", m.Countries, 0.8 // who is for or against it is no party
	}
	open := len(m.Countries) == 0 && (generic(m.Name, h) || h.Family != h.Word)
	if open && generic(m.Name, h) {
		if pair := d.pairOf(m.Sentence); len(pair) == 2 {
			return partyKey(pair), pair, 0.85
		}
	}
	if open {
		keys := map[string][]string{}
		for k := range d.mentions {
			x := &d.mentions[k]
			if g, _ := rules.HeadWord(x.Class); x.Kind != mention.Agreement || g.Family != h.Family || k == i {
				continue
			}
			if p := partiesNamed(x); len(p) >= 2 {
				keys[partyKey(p)] = p
			} else if p := d.pairOf(x.Sentence); len(p) == 2 {
				keys[partyKey(p)] = p
			}
		}
		if len(keys) == 1 {
			for k, p := range keys {
				return k, p, 0.85
			}
		}
		if pair, _ := d.countriesBefore(i, 2); len(pair) == 2 && h.Family != h.Word {
			return partyKey(pair), pair, 0.65
		}
	}
	return "", m.Countries, 0.8
}

// partiesNamed are the countries and bodies that a mention itself names as parties. What adopts (国連安保理決議) is none.
func partiesNamed(m *mention.Mention) []string {
	parties := slices.Clone(m.Countries)
	for _, o := range m.Orgs {
		if g, ok := rules.OrganizationByID(o); ok && (g.Kind == "armed" || g.Kind == "party" || g.Kind == "igo" && len(m.Orgs)+len(m.Countries) > 1) {
			parties = append(parties, o)
		}
	}
	return parties
}

// pairOf are the two countries (or a country and an armed group) that a sentence names, nil when it names fewer or more.
func (d *document) pairOf(sentence int) []string {
	if pair, _ := d.pairIn(sentence, len(d.mentions)); len(pair) == 2 {
		return pair
	}
	var out []string
	for k := range d.mentions {
		x := &d.mentions[k]
		if x.Sentence != sentence || x.Nested {
			continue
		}
		id := ""
		switch {
		case x.Kind == mention.Country && !d.where(x):
			id = d.countryOf(k)
		case x.Kind == mention.Organization:
			if g, ok := rules.OrganizationByID(first(x.Candidates)); ok && g.Kind == "armed" {
				id = g.ID
			}
		}
		if id != "" && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	if len(out) != 2 {
		return nil
	}
	return out
}

func partyKey(countries []string) string {
	var codes []string
	for _, c := range countries {
		c = strings.TrimPrefix(c, "country/")
		codes = append(codes, strings.TrimPrefix(c, "organization/"))
	}
	slices.Sort(codes)
	return strings.Join(slices.Compact(codes), "-")
}

// englishName is the gloss of an agreement found by its head, with its parties: Thailand–Cambodia ceasefire agreement. A
// name with more in it than the gloss says stays Japanese.
func englishName(name string, h rules.Head, parties []string) string {
	if h.En == "" || !generic(name, h) && len(parties) == 0 {
		return name
	}
	var names []string
	for _, p := range parties {
		if c, ok := rules.CountryByID(p); ok {
			names = append(names, c.Name)
		} else if o, ok := rules.OrganizationByID(p); ok {
			names = append(names, o.Name)
		}
	}
	if len(names) < 2 {
		return name
	}
	slices.Sort(names)
	return strings.Join(names, "–") + " " + h.En
}

func japaneseName(name string, h rules.Head, parties []string) string {
	if !generic(name, h) || len(parties) < 2 {
		return name
	}
	var names []string
	for _, p := range parties {
		if c, ok := rules.CountryByID(p); ok {
			names = append(names, c.NameJa)
		} else if o, ok := rules.OrganizationByID(p); ok {
			names = append(names, o.NameJa)
		}
	}
	slices.Sort(names)
	return strings.Join(names, "・") + "の" + name
}

// lastHeaded is the last agreement or event before mention i that a bare 協定 or 会議 may mean.
func (d *document) lastHeaded(i int, t schema.EntityType, h rules.Head) (entity, at int) {
	for k := len(d.history) - 1; k >= 0; k-- {
		x := d.history[k]
		e := d.entities[x.entity]
		if e.Type != t {
			continue
		}
		name := d.mentions[x.mention].Name
		g, _ := rules.HeadWord(d.mentions[x.mention].Class)
		if strings.HasSuffix(name, h.Word) || strings.HasSuffix(e.NameJa, h.Word) || g.Family == h.Family && g.Word != "" {
			return x.entity, x.mention
		}
	}
	return -1, -1
}

// event resolves a mention of an event. A recurring one is told apart by its edition or its year: the one in its name or
// before it, else the document's.
func (d *document) event(i int, m *mention.Mention) {
	h, _ := rules.HeadWord(m.Class)
	if m.Rule == "bare-head" {
		if e, at := d.lastHeaded(i, schema.Event, h); e >= 0 {
			d.refer(i, e, at, 0.8, "same-event")
			return
		}
	}
	name, en := m.Name, m.Name
	edition := ""
	if k := strings.Index(name, "回"); k > 0 && (strings.HasPrefix(name, "第") || name[0] >= '0' && name[0] <= '9') {
		edition = strings.TrimPrefix(name[:k], "第")
		name = name[k+len("回"):]
		en = name
	}
	if n, ok := rules.NamedThing(first(m.Candidates)); ok {
		name, en = n.NameJa, n.Name
	} else if len(m.Countries) >= 2 && h.En != "" {
		var names []string
		for _, p := range m.Countries {
			if c, ok := rules.CountryByID(p); ok {
				names = append(names, c.Name)
			}
		}
		en = strings.Join(names, "–") + " " + h.En
	}
	id, certainty := "event/"+name, 0.9
	if m.Rule == "bare-head" && name == h.Word || m.Rule == "common-head" && len(m.Countries)+len(m.Orgs) == 0 {
		id, certainty = id+"@"+d.doc.ID, 0.6
	} else {
		year := d.yearBefore(m)
		switch {
		case edition != "":
			id += ":" + edition
			en = ordinal(edition) + " " + en
		case year != "":
			id += ":" + year
			en += " " + year
		case len(d.day) >= 4:
			id += ":" + d.day[:4]
			en += " " + d.day[:4]
		}
	}
	e := d.entity(id, func() schema.Entity {
		return schema.Entity{Type: schema.Event, Name: en, NameJa: m.Name}
	})
	d.refer(i, e, -1, certainty, "name")
}

func ordinal(n string) string {
	k, err := strconv.Atoi(n)
	if err != nil {
		return n
	}
	suffix := "th"
	if k%100 < 11 || k%100 > 13 {
		switch k % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return n + suffix
}

// yearBefore is the year that stands before an event's name: 2019年のG20サミット, 昨年のG7サミット; "" for none.
func (d *document) yearBefore(m *mention.Mention) string {
	text := d.doc.In(m.Part)[:m.Span.Start]
	text = strings.TrimSuffix(text, "の")
	if rest, ok := strings.CutSuffix(text, "年"); ok && len(rest) >= 4 {
		y := rest[len(rest)-4:]
		if _, err := strconv.Atoi(y); err == nil {
			return y
		}
	}
	if len(d.day) < 4 {
		return ""
	}
	y, _ := strconv.Atoi(d.day[:4])
	for word, step := range map[string]int{"昨年": -1, "去年": -1, "来年": 1, "今年": 0, "一昨年": -2} {
		if strings.HasSuffix(text, word) && !(word == "昨年" && strings.HasSuffix(text, "一昨年")) {
			return strconv.Itoa(y + step)
		}
	}
	return ""
}

// countryNamed is the country of this Japanese name.
func (d *document) countryNamed(ja string) (string, bool) {
	for _, c := range rules.Countries() {
		if c.NameJa == ja {
			return c.ID, true
		}
	}
	return "", false
}
