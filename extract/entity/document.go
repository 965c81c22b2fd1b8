package entity

import (
	"slices"
	"strings"
	"time"

	"github.com/entente-kg/entente/extract/chunk"
	"github.com/entente-kg/entente/extract/mention"
	"github.com/entente-kg/entente/extract/rules"
	"github.com/entente-kg/entente/schema"
)

// document is the work on one document.
type document struct {
	doc      schema.Document
	sents    []chunk.Sentence
	mentions []mention.Mention
	day      string // the document's date, "" when unknown
	refs     [][]Referent

	entities []*node
	byID     map[string]int
	persons  []*person
	personOf []*person // by mention, nil for none
	history  []seen
	// weightOf counts the mentions of each country; countries are its keys in text order.
	weightOf  map[string]int
	countries []string
}

// node is an entity being built.
type node struct {
	schema.Entity
	aliases map[string]bool
	former  int
	current int
}

// seen is a mention that was resolved, in text order.
type seen struct {
	mention  int
	entity   int
	sentence int
}

func newDocument(doc schema.Document, sents []chunk.Sentence, mentions []mention.Mention) *document {
	d := &document{doc: doc, sents: sents, mentions: mentions, byID: map[string]int{}, weightOf: map[string]int{}}
	if len(doc.Published) >= len(time.DateOnly) {
		if _, err := time.Parse(time.DateOnly, doc.Published[:len(time.DateOnly)]); err == nil {
			d.day = doc.Published[:len(time.DateOnly)]
		}
	}
	d.refs = make([][]Referent, len(mentions))
	d.personOf = make([]*person, len(mentions))
	for i := range mentions {
		if mentions[i].Kind == mention.Country {
			for _, c := range mentions[i].Countries {
				if d.weightOf[c]++; d.weightOf[c] == 1 {
					d.countries = append(d.countries, c)
				}
			}
		}
	}
	return d
}

// entity is the index of the entity with this id, made by make when it is new.
func (d *document) entity(id string, make func() schema.Entity) int {
	if i, ok := d.byID[id]; ok {
		return i
	}
	e := make()
	e.ID = id
	d.byID[id] = len(d.entities)
	d.entities = append(d.entities, &node{Entity: e, aliases: map[string]bool{}})
	return len(d.entities) - 1
}

// refer records that mention m means an entity.
func (d *document) refer(m, entity, antecedent int, certainty float64, rule string) {
	for _, r := range d.refs[m] {
		if r.Entity == entity {
			return
		}
	}
	d.refs[m] = append(d.refs[m], Referent{Entity: entity, Antecedent: antecedent, Certainty: certainty * d.mentions[m].Certainty, Rule: rule})
	if d.mentions[m].Proxy != "people" { // 同国 is no nationals' country
		d.history = append(d.history, seen{mention: m, entity: entity, sentence: d.mentions[m].Sentence})
	}
}

// resolve resolves one mention, given all before it.
func (d *document) resolve(i int) {
	m := &d.mentions[i]
	switch m.Kind {
	case mention.Country:
		d.country(i, m)
	case mention.Organization:
		d.organization(i, m)
	case mention.Place:
		d.place(i, m)
	case mention.Person, mention.Expert:
		d.named(i, m)
	case mention.TitleOnly:
		d.title(i, m)
	case mention.Agreement:
		d.agreement(i, m)
	case mention.Event:
		d.event(i, m)
	case mention.Anaphor:
		d.anaphor(i, m)
	}
}

// text is the wording of a mention.
func (d *document) text(i int) string { return d.mentions[i].Text(d.doc) }

// countryEntity is the index of a country.
func (d *document) countryEntity(id string) (int, bool) {
	c, ok := rules.CountryByID(id)
	if !ok {
		return 0, false
	}
	return d.entity(id, func() schema.Entity {
		return schema.Entity{Type: schema.Country, Name: c.Name, NameJa: c.NameJa, ISO3: c.ISO3, Wikidata: c.Wikidata}
	}), true
}

func (d *document) country(i int, m *mention.Mention) {
	if m.Rule == "bare-government" {
		d.bareGovernment(i, m)
		return
	}
	if m.Proxy == "administration" && len(m.Countries) == 0 {
		d.administration(i, m)
		return
	}
	id := ""
	if len(m.Countries) > 0 {
		id = m.Countries[0]
	}
	if len(m.Candidates) > 1 { // コンゴ: the one that the document names otherwise
		for _, c := range m.Candidates {
			if d.weightOf[c] > d.weightOf[id] {
				id = c
			}
		}
	}
	if len(m.Candidates) == 1 && m.Proxy == "" && d.doubtful(id, m.Name) {
		return
	}
	if e, ok := d.countryEntity(id); ok {
		rule := "name"
		if m.Proxy != "" {
			rule = m.Proxy
		}
		d.refer(i, e, -1, 1, rule)
	}
}

// doubtful reports ジョージア in a document about the United States that calls Georgia by no other name: the state, as a rule.
func (d *document) doubtful(id, name string) bool {
	if name != "ジョージア" || d.main() != "country/USA" {
		return false
	}
	for k := range d.mentions {
		if m := &d.mentions[k]; m.Kind == mention.Country && m.Name != name && slices.Contains(m.Countries, id) {
			return false
		}
	}
	return true
}

// bareGovernment resolves 政府 and 軍政 without a country: the one that the sentence names first, else that of the government
// named last, else the document's main one.
func (d *document) bareGovernment(i int, m *mention.Mention) {
	country, antecedent, certainty := "", -1, 0.8
	if m.Relative == "同" {
		country, antecedent = d.nearestCountry(i, 2, nil)
	}
	interim := m.Proxy == "administration" || strings.HasPrefix(m.Name, "暫定") // set up by whom the text told of
	if country == "" && interim {                                             // 軍政: the one that was called so before
		for k := i - 1; k >= 0 && country == ""; k-- {
			if x := &d.mentions[k]; x.Kind == mention.Country && len(x.Countries) == 1 && x.Proxy == m.Proxy && strings.HasSuffix(d.text(k), m.Name) {
				country, antecedent = x.Countries[0], k
			}
		}
	}
	for _, s := range d.sides(m.Sentence, i) {
		if country == "" && d.mentions[s.mention].Kind == mention.Country && !(interim && d.facing(s.mention, i)) {
			country, antecedent = s.country, s.mention
		}
	}
	if main := d.main(); country == "" && d.dominates(main) {
		country, certainty = main, 0.75
	}
	for k := len(d.history) - 1; k >= 0 && country == ""; k-- {
		x := &d.mentions[d.history[k].mention]
		if m.Sentence-x.Sentence > 6 {
			break
		}
		if x.Kind == mention.Country && (x.Proxy == "government" || x.Proxy == "administration") {
			country, antecedent = d.entityCountry(d.history[k].entity), d.history[k].mention
		}
	}
	if country == "" {
		country, certainty = d.main(), 0.65
	}
	if country == "" {
		return
	}
	if e, ok := d.countryEntity(country); ok {
		d.refer(i, e, antecedent, certainty, "bare-government")
	}
}

// facing reports whether the country of mention k is the subject of a sentence in which mention i is none: what it does is done to
// another's (ナイジェリアも軍政の承認を見送った).
func (d *document) facing(k, i int) bool {
	a, b := &d.mentions[k], &d.mentions[i]
	text := d.doc.In(b.Part)
	subject := func(rest string) bool {
		return strings.HasPrefix(rest, "は") || strings.HasPrefix(rest, "が") || strings.HasPrefix(rest, "も")
	}
	return a.Part == b.Part && subject(text[a.Span.End:]) && !subject(text[b.Span.End:])
}

// dominates reports whether a document names a country at least twice as often as any other.
func (d *document) dominates(country string) bool {
	for c, n := range d.weightOf {
		if c != country && 2*n > d.weightOf[country] {
			return false
		}
	}
	return d.weightOf[country] > 0
}

// finish fixes ids, names and aliases, and keeps only entities that a mention refers to, in order of first mention.
func (d *document) finish(out *Resolution) {
	order := make([]int, len(d.entities))
	for i := range order {
		order[i] = -1
	}
	n := 0
	for m := range d.refs {
		for k := range d.refs[m] {
			e := &d.refs[m][k]
			if order[e.Entity] < 0 {
				order[e.Entity] = n
				n++
			}
			if name := aliasOf(&d.mentions[m], d.doc); name != "" && (d.refs[m][k].Antecedent < 0 || d.mentions[m].Kind == mention.Person) {
				d.entities[e.Entity].aliases[name] = true
			}
			e.Entity = order[e.Entity]
		}
	}
	out.Entities = make([]schema.Entity, n)
	out.Former = make([]bool, n)
	for i, node := range d.entities {
		if order[i] < 0 {
			continue
		}
		e := node.Entity
		for a := range node.aliases {
			e.Aliases = append(e.Aliases, a)
		}
		slices.Sort(e.Aliases)
		out.Entities[order[i]] = e
		out.Former[order[i]] = node.former > 0 && node.current == 0
	}
}

// aliasOf is the name by which a mention calls its entity: the name without office and honorific.
func aliasOf(m *mention.Mention, doc schema.Document) string {
	switch m.Kind {
	case mention.TitleOnly, mention.Anaphor:
		return ""
	}
	if m.NameSpan.Empty() || m.Proxy != "" && m.Proxy != "capital" && m.Proxy != "seat" {
		return ""
	}
	if m.Spokesman {
		return ""
	}
	return m.NameSpan.In(doc.In(m.Part))
}

// office is the table's office of a form, the zero Office for none.
func office(form string) rules.Office {
	o, _ := rules.Offices().Get(form)
	return o
}

// nearestCountry is the country named last before mention i: in its own sentence, else in the ones before, no further back
// than back sentences; "" for none. Only countries that ok accepts count.
func (d *document) nearestCountry(i, back int, ok func(string) bool) (id string, antecedent int) {
	for k := len(d.history) - 1; k >= 0; k-- {
		h := d.history[k]
		if d.mentions[i].Sentence-h.sentence > back {
			break
		}
		e := d.entities[h.entity]
		c := ""
		switch e.Type {
		case schema.Country:
			c = e.ID
		case schema.Official:
			c = e.Country
		}
		if c != "" && (ok == nil || ok(c)) {
			return c, h.mention
		}
	}
	return "", -1
}

// main is the country that the document names most, Japan among equals, else the one named first; "" when it names none.
func (d *document) main() string {
	best := ""
	for _, c := range d.countries {
		if best == "" || d.weightOf[c] > d.weightOf[best] || d.weightOf[c] == d.weightOf[best] && c == japan {
			best = c
		}
	}
	return best
}

const japan = "country/JPN"

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func isName(s string) bool { return strings.TrimSpace(s) != "" }
