package entity

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/entente-kg/entente/extract/mention"
	"github.com/entente-kg/entente/extract/rules"
	"github.com/entente-kg/entente/schema"
)

// person is one human being of the document.
type person struct {
	name      string // the fullest form, as the document has it
	full      bool   // name has a given name too
	forms     []string
	gaz       *rules.Person
	countries []string
	orgs      []string
	titles    []mention.Title
	mentions  []int
	official  bool
	private   bool
	entity    int // -1 until made
}

// people clusters the named people of the document: full names first, then short ones.
func (d *document) people() {
	var short []int
	for i := range d.mentions {
		m := &d.mentions[i]
		if m.Kind != mention.Person && m.Kind != mention.Expert || m.Name == "" {
			continue
		}
		if isFull(m.Name) {
			d.join(i, d.byFullName(m))
		} else {
			short = append(short, i)
		}
	}
	for _, i := range short {
		d.join(i, d.byShortName(i, &d.mentions[i]))
	}
	for _, p := range d.persons {
		d.link(p)
		d.judge(p)
	}
}

// join adds mention i to p, or to a new person when p is nil.
func (d *document) join(i int, p *person) {
	m := &d.mentions[i]
	if p == nil {
		p = &person{entity: -1}
		d.persons = append(d.persons, p)
	}
	if !p.full && isFull(m.Name) || p.name == "" || p.full == isFull(m.Name) && utf8.RuneCountInString(m.Name) > utf8.RuneCountInString(p.name) {
		p.name, p.full = m.Name, isFull(m.Name)
	}
	if !slices.Contains(p.forms, m.Name) {
		p.forms = append(p.forms, m.Name)
	}
	for _, c := range m.Countries {
		if !slices.Contains(p.countries, c) {
			p.countries = append(p.countries, c)
		}
	}
	for _, o := range m.Orgs {
		if !slices.Contains(p.orgs, o) {
			p.orgs = append(p.orgs, o)
		}
	}
	p.titles = append(p.titles, m.Titles...)
	p.mentions = append(p.mentions, i)
	for _, t := range m.Titles {
		if o := office(t.Office); o.Ja == "" && m.Kind == mention.Person {
			p.official = true // the head of a department of a body or state
		} else if o.Actor {
			p.official = true
		} else {
			p.private = true
		}
	}
	if m.Kind == mention.Expert {
		p.private = true
	}
	d.personOf[i] = p
}

// isFull reports whether a name has a given name beside the surname: by ・, or by its length in kanji.
func isFull(name string) bool {
	if strings.ContainsAny(name, "・=") {
		return true
	}
	if len(rules.Holders().Named(name)) > 0 && len(rules.Holders().Surnamed(name)) == 0 {
		return true
	}
	n := utf8.RuneCountInString(name)
	first, _ := utf8.DecodeRuneInString(name)
	if first >= 0x4E00 && first <= 0x9FFF {
		return n >= 4 || n >= 2 && rules.EastAsianSurnames()[string(first)] && len(rules.Holders().Surnamed(name)) == 0 && n == 3 ||
			n == 3 && len(rules.Holders().Surnamed(name)) == 0
	}
	return false
}

// byFullName finds the person of the same full name.
func (d *document) byFullName(m *mention.Mention) *person {
	key := rules.FoldName(m.Name)
	for _, p := range d.persons {
		for _, f := range p.forms {
			if rules.FoldName(f) == key || isFull(f) && alike(f, m.Name) {
				return p
			}
		}
	}
	// Two variants of one entry of the table.
	for _, g := range rules.Holders().Named(m.Name) {
		for _, p := range d.persons {
			for _, f := range p.forms {
				if slices.Contains(rules.Holders().Named(f), g) {
					return p
				}
			}
		}
	}
	return nil
}

// byShortName finds the person whom a surname or given name calls: one whose full name has it and whose office and
// country agree, the one mentioned last before, else after.
func (d *document) byShortName(i int, m *mention.Mention) *person {
	var best *person
	score := 0
	for _, p := range d.persons {
		s := d.calls(p, m)
		if s == 0 {
			continue
		}
		s *= 1000
		s += 500 * d.agree(p, m)
		if d.agree(p, m) < 0 {
			continue
		}
		// Nearer is better, before better than after.
		last := -1
		for _, k := range p.mentions {
			if k < i {
				last = k
			}
		}
		if last >= 0 {
			s += 200 - min(199, (i-last))
		} else {
			s += 1
		}
		if s > score {
			best, score = p, s
		}
	}
	return best
}

// calls says how well a short name calls p: 3 the same form, 2 a piece of the full name, 1 a variant of a piece; 0 not.
func (d *document) calls(p *person, m *mention.Mention) int {
	best := 0
	for _, f := range p.forms {
		switch {
		case f == m.Name || rules.FoldName(f) == rules.FoldName(m.Name):
			best = max(best, 3)
		case pieceOf(f, m.Name):
			best = max(best, 2)
		case !isFull(f) && alike(f, m.Name), alike(lastPiece(f), m.Name) && strings.ContainsAny(f, "・="):
			best = max(best, 1)
		default:
			for _, g := range rules.Holders().Named(f) {
				if slices.Contains(rules.Holders().Surnamed(m.Name), g) {
					best = max(best, 2)
				}
			}
		}
	}
	return best
}

// agree compares what is said of a person: -1 against, 0 nothing, 1 office or country the same, 2 both.
func (d *document) agree(p *person, m *mention.Mention) int {
	n := 0
	if len(p.countries) > 0 && len(m.Countries) > 0 {
		if !shares(p.countries, m.Countries) {
			return -1
		}
		n++
	}
	same, differ := false, false
	for _, t := range m.Titles {
		o := office(t.Office)
		for _, u := range p.titles {
			q := office(u.Office)
			switch {
			case o.Ja == q.Ja || o.Kind == q.Kind && o.Kind != rules.OfficeMinister:
				same = true
			case o.Actor != q.Actor:
				differ = true
			}
		}
	}
	if same {
		n++
	} else if differ && len(p.titles) > 0 {
		return -1
	}
	return n
}

func shares(a, b []string) bool {
	for _, x := range a {
		if slices.Contains(b, x) {
			return true
		}
	}
	return false
}

// pieceOf reports whether short is the surname (or another piece) of full: ベッセント of スコット・ベッセント, 岸田 of 岸田文雄.
func pieceOf(full, short string) bool {
	if full == short {
		return false
	}
	for _, sep := range [...]string{"・", "="} {
		for _, piece := range strings.Split(full, sep) {
			if piece == short {
				return true
			}
		}
		if strings.HasSuffix(full, sep+short) {
			return true
		}
	}
	first, _ := utf8.DecodeRuneInString(full)
	if strings.HasSuffix(full, short) && rules.EastAsianSurnames()[string(first)] && utf8.RuneCountInString(short) == 2 && utf8.RuneCountInString(full) == 3 {
		return true // 与正氏 of 金与正
	}
	if first >= 0x4E00 && first <= 0x9FFF && strings.HasPrefix(full, short) {
		n, k := utf8.RuneCountInString(full), utf8.RuneCountInString(short)
		return n <= 4 && n-k <= 2 && (k >= 2 || rules.EastAsianSurnames()[short]) || n >= 5 && k >= 2 && n-k <= 3
	}
	return false
}

func lastPiece(name string) string {
	if i := strings.LastIndexAny(name, "・="); i >= 0 {
		_, w := utf8.DecodeRuneInString(name[i:])
		return name[i+w:]
	}
	return name
}

// alike reports whether two names in katakana are spellings of one: グリーア, グリア; スー・チー, スーチー.
func alike(a, b string) bool {
	x, y := skeleton(a), skeleton(b)
	return x == y && utf8.RuneCountInString(x) >= 3
}

func skeleton(s string) string {
	first, _ := utf8.DecodeRuneInString(s)
	if first < 'ァ' || first > 'ヺ' {
		return s
	}
	return skeletonFolder.Replace(rules.FoldName(s))
}

var skeletonFolder = strings.NewReplacer("ー", "", "ッ", "", "ァ", "ア", "ィ", "イ", "ゥ", "ウ", "ェ", "エ", "ォ", "オ", "ャ", "ヤ", "ュ", "ユ", "ョ", "ヨ",
	"ウア", "ワ", "ジエ", "ゼ", "シエ", "セ", "チエ", "チ", "テイ", "チ", "デイ", "ジ", "ヅ", "ズ", "ヂ", "ジ", "ウイ", "イ", "ウエ", "エ", "ウオ", "オ", "・", "", "=", "")

// named resolves a person's mention.
func (d *document) named(i int, m *mention.Mention) {
	p := d.personOf[i]
	if p == nil || !p.official {
		return
	}
	rule := "name"
	if m.Name != p.name {
		rule = "surname"
	}
	certainty := 1.0
	if p.gaz == nil && !p.full {
		certainty = 0.9
	}
	e := d.personEntity(p)
	for _, t := range m.Titles {
		if o := office(t.Office); !o.Actor {
			continue
		}
		if t.Mark == "former" || t.Mark == "next" {
			d.entities[e].former++
		} else {
			d.entities[e].current++
		}
	}
	antecedent := -1
	if rule == "surname" && p.mentions[0] != i && p.mentions[0] < i {
		antecedent = p.mentions[0]
	}
	d.refer(i, e, antecedent, certainty, rule)
}

// personEntity is the index of p's entity.
func (d *document) personEntity(p *person) int {
	if p.entity >= 0 {
		return p.entity
	}
	id, make := d.personRecord(p)
	p.entity = d.entity(id, func() schema.Entity { return make })
	return p.entity
}

func (d *document) personRecord(p *person) (string, schema.Entity) {
	e := schema.Entity{Type: schema.Official, NameJa: p.name}
	for _, i := range p.mentions { // as the text writes it: the name is folded (大澤 as 大沢)
		if m := &d.mentions[i]; m.Name == p.name && !m.NameSpan.Empty() {
			e.NameJa = m.NameSpan.In(d.doc.In(m.Part))
			break
		}
	}
	e.Name = e.NameJa
	for _, t := range p.titles {
		if o := office(t.Office); o.Actor && o.Ja != "" && (e.Office == "" || t.Mark == "" && office(e.Office).Kind == rules.OfficeGeneric) {
			e.Office, e.OfficeEn = o.Ja, o.En
		} else if o.Ja == "" && e.Office == "" {
			e.Office = t.Office
		}
	}
	for _, c := range p.countries {
		if strings.HasPrefix(c, "country/") && (e.Country == "" || p.gaz != nil && servedIn(p.gaz, c)) {
			e.Country = c
			if p.gaz == nil || servedIn(p.gaz, c) {
				break
			}
		}
	}
	if g := p.gaz; g != nil {
		e.NameJa, e.Name, e.Wikidata = g.NameJa, g.NameEn, g.Wikidata
		t := termOn(g, d.day)
		if e.Office == "" {
			o := office(t.Office)
			e.Office, e.OfficeEn = o.Ja, o.En
		}
		if e.Country == "" {
			e.Country = t.Country
		}
		return g.ID, e
	}
	id := "official/" + p.name
	if !p.full {
		// A surname is no name to unify people by over documents: the country and the office go into the id.
		if c, ok := rules.CountryByID(e.Country); ok {
			id += "/" + strings.TrimPrefix(c.ID, "country/")
		}
		if e.Office != "" {
			id += "/" + e.Office
		}
	}
	return id, e
}

// administration resolves トランプ政権 to the state that the leader governs.
func (d *document) administration(i int, m *mention.Mention) {
	for _, p := range d.persons {
		if d.calls(p, m) == 0 || !p.official {
			continue
		}
		e := d.personEntity(p)
		if c, ok := d.countryEntity(d.entities[e].Country); ok {
			d.refer(i, c, p.mentions[0], 0.95, "administration")
			return
		}
	}
	country, best := "", 0
	for _, g := range append(slices.Clone(rules.Holders().Named(m.Name)), rules.Holders().Surnamed(m.Name)...) {
		for _, t := range g.Terms {
			k := office(t.Office).Kind
			if t.Country == "" || k != rules.OfficeHeadOfState && k != rules.OfficeHeadOfGovernment && k != rules.OfficeLeader {
				continue
			}
			s := 1
			if d.day != "" {
				if running, _ := t.Running(d.day); running {
					s = 3
				} else if t.To != "" && t.To < d.day {
					s = 2
				}
			}
			if d.weightOf[t.Country] > 0 {
				s += 2
			}
			if s > best {
				country, best = t.Country, s
			}
		}
	}
	if c, ok := d.countryEntity(country); ok {
		d.refer(i, c, -1, 0.9, "administration")
	}
}
