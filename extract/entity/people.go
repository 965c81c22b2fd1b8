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

// judge decides whether a person is an Official: by an office that acts, by the table of holders, or because what is said
// of the name is politics. An office that clubs and companies have too (委員長, 専務理事) needs support.
func (d *document) judge(p *person) {
	strong := false
	for _, t := range p.titles {
		if o := office(t.Office); o.Actor && o.Ja != "" && !weakOffices[o.Ja] || o.Ja == "" && p.official && len(p.orgs)+len(p.countries) > 0 {
			strong = true
		}
	}
	if p.gaz != nil || strong {
		p.official = true
		return
	}
	weak := p.official
	p.official = false
	if p.private && !weak {
		return
	}
	for _, o := range p.orgs {
		if g, ok := rules.OrganizationByID(o); ok && politicalKinds[g.Kind] || strings.HasPrefix(o, "ministry:") {
			p.official = true
			return
		}
	}
	if p.private {
		return
	}
	support := 0
	for _, i := range p.mentions {
		m := &d.mentions[i]
		if m.Honorific == "" && m.Rule == "bare-gazetteer" {
			continue
		}
		support = max(support, d.politics(m.Sentence))
	}
	if d.offices() > 0 {
		support++
	}
	switch {
	case weak:
		p.official = support >= 1 && len(p.countries) > 0 || support >= 2
	case d.offices() > 2 && len(d.weightOf) > 1 && !d.privateLife(p):
		p.official = true // one who is only called 氏 in news of states
	default:
		p.official = support >= 2
	}
}

// privateLife reports whether a sentence that names p is of another trade than politics.
func (d *document) privateLife(p *person) bool {
	for _, i := range p.mentions {
		for k := range d.sents {
			if d.sents[k].Index != d.mentions[i].Sentence {
				continue
			}
			text := d.sents[k].Span.In(d.doc.In(d.sents[k].Part))
			for _, w := range privateWords {
				if strings.Contains(text, w) {
					return true
				}
			}
		}
	}
	return false
}

// weakOffices are offices that clubs, companies and associations have as well.
var weakOffices = map[string]bool{"専務理事": true, "理事": true, "事務局長": true, "事務局次長": true, "委員長": true, "副委員長": true, "代表": true, "副代表": true, "総裁": true, "局長": true, "次長": true,
	"議長": true, "副議長": true, "幹部": true, "師": true, "候補": true, "委員会委員長": true, "首席代表": true, "名誉領事": true, "将軍": true, "提督": true, "指導者": true, "活動家": true, "トップ": true, "オブザーバー": true, "書記長": true, "書記": true, "書記局長": true,
	"裁判官": true, "検察官": true, "総監督": true, "親善大使": true, "特別報告者": true, "官僚": true, "参与": true, "事務総長": true, "主席": true}

var politicalKinds = map[string]bool{"igo": true, "organ": true, "party": true, "armed": true, "ministry": true, "parliament": true, "forces": true, "alliance": true, "grouping": true, "court": true, "agency": true}

// politicalWords in the sentence of a name say that its bearer acts in politics; privateWords, that he or she does not.
var (
	politicalWords = []string{"大統領選", "総選挙", "知事選", "市長選", "議員選", "衆院選", "参院選", "立候補", "党首", "首相", "外交", "政界", "政治家", "閣僚", "特使", "国会", "政権", "入閣", "内閣", "大統領", "外相", "議員", "党代表", "総裁選"}
	privateWords   = []string{"監督", "選手", "歌手", "俳優", "女優", "作家", "投手", "打者", "球団", "試合", "リーグ", "優勝", "映画", "音楽", "社長", "会社", "教授", "研究", "医師", "騎手", "調教師", "厩舎", "漫画", "声優", "タレント", "アナウンサー", "警察官", "容疑", "逮捕", "被害者", "遺族", "次男", "次女", "著者", "証言", "サッカー", "学者", "経済学", "五輪", "オリンピック", "野球", "引退試合", "ワールドカップ", "W杯", "受賞", "ノーベル", "脚本", "小説", "演奏", "建築家", "実業家"}
)

// politics says how political a sentence is: 2 with a word of politics, 0 with none or with one of another trade.
func (d *document) politics(index int) int {
	for i := range d.sents {
		if d.sents[i].Index != index {
			continue
		}
		text := d.sents[i].Span.In(d.doc.In(d.sents[i].Part))
		for _, w := range privateWords {
			if strings.Contains(text, w) {
				return 0
			}
		}
		for _, w := range politicalWords {
			if strings.Contains(text, w) {
				return 2
			}
		}
		for _, w := range [...]string{"当選", "候補", "会談", "与党", "野党", "交渉団"} {
			if strings.Contains(text, w) {
				return 1
			}
		}
	}
	return 0
}

// offices counts the mentions of strong offices in the document.
func (d *document) offices() int {
	n := 0
	for i := range d.mentions {
		for _, t := range d.mentions[i].Titles {
			if o := office(t.Office); o.Actor && o.Ja != "" && !weakOffices[o.Ja] {
				n++
			}
		}
	}
	return n
}

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
