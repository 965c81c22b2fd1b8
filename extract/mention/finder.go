package mention

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/entente-kg/entente/extract/chunk"
	"github.com/entente-kg/entente/extract/morph"
	"github.com/entente-kg/entente/extract/rules"
	"github.com/entente-kg/entente/extract/wording"
	"github.com/entente-kg/entente/schema"
)

// Finder finds mentions. It is immutable and safe for concurrent use.
type Finder struct {
	lex *rules.Lexicon[rules.LexTerm]
	// relative has the words that stand for what was named before.
	relative *rules.Lexicon[rules.Anaphor]
}

// New builds the lexicon of all gazetteers, and of more terms, which takes milliseconds.
func New(more ...rules.LexEntry) (*Finder, error) {
	var b rules.LexiconBuilder[rules.Anaphor]
	for _, a := range rules.Anaphors() {
		b.Add(a.Word, a)
	}
	return &Finder{lex: rules.NewGazetteer(wording.Fold, more...), relative: b.Build()}, nil
}

// Document finds the mentions of a document's sentences, numbered in text order; a mention that holds others comes before
// them. Names that one sentence gives with an office are found bare (ベッセントは) in all others.
// texts are the sentences' wordings (wording.Document).
func (f *Finder) Document(sents []chunk.Sentence, texts []wording.Text) []Mention {
	runs := make([]*run, len(sents))
	var all []Mention
	known := newKnown()
	for i := range sents {
		runs[i] = f.run(sents[i], texts[i])
		runs[i].find()
		known.learn(runs[i])
	}
	lex := known.lexicon()
	country, korean := "", false
	for _, r := range runs {
		first := country == ""
		country = r.northSouth(country, korean)
		korean = korean || first && slices.Contains(koreas, country)
		if known.firm == 0 {
			r.dropLone()
		}
		r.bare(lex, known)
		all = append(all, r.finish()...)
	}
	for i := range all {
		all[i].Index = i
	}
	return all
}

// dropLone takes back countries in one character in a document that names no country or office in full: 米 is rice there.
func (r *run) dropLone() {
	r.out = slices.DeleteFunc(r.out, func(d draft) bool { return r.lone(&d) })
}

// lone reports a country in one character with nothing beside it that shows it to be one, not even another.
func (r *run) lone(d *draft) bool {
	if d.Kind != Country || d.Rule != "one-kanji" || d.Proxy != "" || utf8.RuneCountInString(d.Name) != 1 {
		return false
	}
	before, after := r.ending(d.from), r.starting(d.to)
	if strings.HasPrefix(r.n[d.from:], "日中") || d.Name == "中" && strings.HasSuffix(r.n[:d.from], "日") {
		return true // by day
	}
	return (before == nil || before.kind != rules.TermKanji) && (after == nil || after.kind != rules.TermKanji)
}

// Sentence is Document for one sentence by itself.
func (f *Finder) Sentence(s chunk.Sentence) []Mention {
	return f.Document([]chunk.Sentence{s}, []wording.Text{wording.Of(s)})
}

// run is the work on one sentence. Offsets are bytes of n, the normalised wording.
type run struct {
	*Finder
	s     chunk.Sentence
	w     wording.Text
	n     string
	items []item
	// startAt and endAt give the item that starts or ends at a byte, +1; 0 for none.
	startAt, endAt []int32
	out            []draft
}

// item is a term of the lexicon where it stands, or several put together (中国外務省).
type item struct {
	kind     rules.TermKind
	from, to int
	term     rules.LexTerm
	proxy    string
	// country is the item's country id; more further ones (日米両国).
	country string
	more    []string
	// relative is 同 for 同国, 同省; class what it stands for.
	relative bool
	class    string
	number   int
	used     bool
	// alts are the ids of all organisations, countries or places that the form may mean, the chosen one's kind only; city is
	// that of the place of a capital's name.
	alts []string
	city string
}

// draft is a mention with offsets into n.
type draft struct {
	Mention
	from, to         int
	head             int
	nameFrom, nameTo int
	titles           []titleAt
	// official reports that the draft gives an office that acts.
	official bool
}

type titleAt struct {
	from, to int
	title    Title
	office   *rules.Office
}

func (f *Finder) run(s chunk.Sentence, w wording.Text) *run {
	n := len(w.Norm) + 1
	at := make([]int32, 2*n)
	return &run{Finder: f, s: s, w: w, n: w.Norm, startAt: at[:n], endAt: at[n:]}
}

func (r *run) find() {
	r.scan()
	r.combine()
	r.index()
	r.persons()
	r.agreements()
	r.rest()
}

func (r *run) index() {
	clear(r.startAt)
	clear(r.endAt)
	for i := range r.items {
		r.startAt[r.items[i].from] = int32(i + 1)
		r.endAt[r.items[i].to] = int32(i + 1)
	}
}

func (r *run) starting(at int) *item {
	if at < 0 || at >= len(r.startAt) || r.startAt[at] == 0 {
		return nil
	}
	return &r.items[r.startAt[at]-1]
}

func (r *run) ending(at int) *item {
	if at < 0 || at >= len(r.endAt) || r.endAt[at] == 0 {
		return nil
	}
	return &r.items[r.endAt[at]-1]
}

// taken reports whether [from,to) overlaps a mention found before.
func (r *run) taken(from, to int) bool {
	for i := range r.out {
		if r.out[i].from < to && from < r.out[i].to {
			return true
		}
	}
	return false
}

func (r *run) add(d draft) { r.out = append(r.out, d) }

// finish turns the drafts into mentions, in text order, the longer of two that start together first.
func (r *run) finish() []Mention {
	slices.SortStableFunc(r.out, func(a, b draft) int {
		return cmp.Or(a.from-b.from, b.to-a.to)
	})
	out := make([]Mention, 0, len(r.out))
	end := 0
	for i := range r.out {
		d := &r.out[i]
		m := d.Mention
		m.Sentence, m.Part = r.s.Index, r.s.Part
		m.Span = r.w.Span(d.from, d.to)
		m.Head = r.w.Span(max(d.head, d.from), d.to)
		if d.nameTo > d.nameFrom {
			m.NameSpan = r.w.Span(d.nameFrom, d.nameTo)
		}
		for _, t := range d.titles {
			t.title.Span = r.w.Span(t.from, t.to)
			m.Titles = append(m.Titles, t.title)
		}
		m.Nested = d.to <= end
		end = max(end, d.to)
		if m.Certainty == 0 {
			m.Certainty = 1
		}
		if m.Span.Empty() {
			continue
		}
		out = append(out, m)
	}
	return out
}

// Spans of a mention's source, for callers that hold the document only.
func (m Mention) Text(d schema.Document) string { return m.Span.In(d.In(m.Part)) }

// rest makes mentions of the items that no other mention has used, and nested ones of those inside others.
func (r *run) rest() {
	for i := range r.items {
		it := &r.items[i]
		if r.insidePerson(it) {
			continue
		}
		if r.ownName(it) || r.afterDot(it) {
			continue
		}
		d := draft{from: it.from, to: it.to, head: it.from}
		d.Name = r.n[it.from:it.to]
		d.nameFrom, d.nameTo = it.from, it.to
		switch {
		case it.relative:
			if it.used {
				continue
			}
			d.Kind, d.Name, d.nameTo = Anaphor, "", it.from
			d.Class, d.Number, d.Proxy = it.class, it.number, it.proxy
			d.Rule = "anaphor"
			d.Spokesman = it.proxy == "spokesman"
			d.Countries = it.countries()
			if strings.HasPrefix(r.n[it.from:it.to], "同") {
				d.Relative = "同"
			}
		case it.kind == rules.TermCountry && it.country == "":
			if r.taken(it.from, it.to) {
				continue
			}
			d.Kind, d.Proxy, d.Rule = Country, it.proxy, "bare-government"
			if strings.HasSuffix(r.n[:it.from], "同") {
				d.from, d.head, d.Relative = it.from-len("同"), it.from-len("同"), "同"
			}
		case it.kind == rules.TermCountry:
			d.Kind, d.Proxy, d.Rule = Country, it.proxy, "country"
			d.Countries = it.countries()
			d.Candidates = distinct(append(d.Countries, it.alts...))
			if r.capitalAsPlace(it) {
				d.Kind, d.Proxy, d.Rule = Place, "", "capital"
				d.Countries = []string{it.country}
				d.Candidates = distinct([]string{it.city})
			}
		case it.kind == rules.TermKanji:
			d.Kind, d.Proxy, d.Rule = Country, it.proxy, "one-kanji"
			d.Countries = it.countries()
			d.Candidates = d.Countries
		case it.kind == rules.TermOrganization:
			d.Kind, d.Rule = Organization, "organization"
			d.Candidates = distinct(append([]string{it.term.ID}, it.alts...))
			if it.country != "" && len(d.Candidates) < 2 {
				d.Countries = []string{it.country}
			}
			if it.term.Ministry != nil {
				d.Class = "ministry:" + it.term.Ministry.Canonical
			}
			d.Spokesman = it.proxy == "spokesman"
		case it.kind == rules.TermMinistry:
			d.Kind, d.Rule = Organization, "ministry"
			d.Class = "ministry:" + it.term.Ministry.Canonical
			d.Spokesman = it.proxy == "spokesman"
		case it.kind == rules.TermPlace:
			d.Kind, d.Rule = Place, "place"
			d.Candidates = []string{it.term.ID}
			if it.country != "" {
				d.Countries = []string{it.country}
			}
		case it.kind == rules.TermPerson:
			if it.used || r.taken(it.from, it.to) {
				continue
			}
			d.Kind, d.Rule = Person, "gazetteer"
			d.Candidates = []string{it.term.ID}
		default:
			continue
		}
		if d.Kind == Place || d.Kind == Country && d.Proxy == "" {
			d.to = r.vicinityEnd(d.to)
		}
		r.add(d)
	}
	r.regions()
}

// vicinityEnd takes a direction or the like after a place into its mention, so that the mention ends where the phrase does:
// ガザ地区南部, タイ国境付近.
func (r *run) vicinityEnd(to int) int {
	for range 3 {
		end := to
		for _, w := range rules.Words().Vicinity.All() {
			if strings.HasPrefix(r.n[to:], w) && r.w.Starts(to) && (r.w.Ends(to+len(w)) || !isKanji(firstRune(r.n[to+len(w):]))) && r.starting(to) == nil {
				end = to + len(w)
				break
			}
		}
		if end == to {
			return to
		}
		to = end
	}
	return to
}

// regions finds places that the dictionary knows as such and the gazetteer does not: 泉佐野市, ティモール島.
func (r *run) regions() {
	done := 0
	for k := range r.s.Tokens {
		t := &r.s.Tokens[k]
		if t.POS[2] != "地域" || t.Kind != morph.Plain {
			continue
		}
		i, end := r.w.TokenStart(k), r.w.TokenEnd(k)
		if i < done || i == end || r.taken(i, end) {
			continue
		}
		to := end
		for to < len(r.n) {
			u := &r.s.Tokens[r.w.Token(to)]
			if u.POS[1] == "接尾" && u.POS[2] == "地域" && u.Norm != "行" || u.POS[2] == "地域" && u.Kind == morph.Plain && to > i {
				to = r.tokenEnd(to)
				continue
			}
			break
		}
		if utf8.RuneCountInString(r.n[i:to]) >= 2 && !r.isCountryName(i, to) && !r.insideName(to) && !r.taken(i, to) && r.starting(i) == nil {
			d := draft{from: i, to: to, head: i, nameFrom: i, nameTo: to}
			d.Kind, d.Name, d.Rule, d.Certainty = Place, r.n[i:to], "region", 0.7
			r.add(d)
		}
		done = to
	}
}

// isCountryName reports whether [from,to) is a country's name, which scan has refused here.
func (r *run) isCountryName(from, to int) bool {
	return slices.ContainsFunc(r.lex.Get(r.n[from:to]), func(t rules.LexTerm) bool { return t.Kind == rules.TermCountry })
}

// tokenEnd is where the token that holds byte i ends.
func (r *run) tokenEnd(i int) int {
	if i >= len(r.n) {
		return i
	}
	return r.w.TokenEnd(r.w.Token(i))
}

// afterDot reports a country or place that is the second piece of another name: ラジオ・ニュージーランド.
func (r *run) afterDot(it *item) bool {
	s, ok := strings.CutSuffix(r.n[:it.from], "・")
	if !ok || it.relative || r.taken(it.from, it.to) || it.kind != rules.TermCountry && it.kind != rules.TermPlace || !isKatakana(firstRune(r.n[it.from:])) || !isKatakana(lastRune(s)) {
		return false
	}
	return r.ending(len(s)) == nil && !strings.HasPrefix(r.n[it.to:], "・")
}

// ownName makes an organisation of a country's name and what follows it in one compound, where that is a body's name: セルビア急進党,
// 日本筆記具工業会, 日本カーリット. It reports whether it did; the country is then none of its own.
func (r *run) ownName(it *item) bool {
	if !isCountry(it) || it.used || it.country == "" || it.proxy != "" || it.kind == rules.TermKanji || r.taken(it.from, it.to) {
		return false
	}
	end, last := it.to, ""
	first := true
	for end < len(r.n) && end-it.to < 60 && r.w.Starts(end) && !r.w.Gap(end) {
		t := &r.s.Tokens[r.w.Token(end)]
		if t.POS[0] != "名詞" && t.POS[0] != "接頭詞" || t.POS[1] == "非自立" || t.POS[1] == "副詞可能" || t.Kind == morph.Number || t.Kind == morph.OneKanji {
			break
		}
		if first && r.n[it.from:it.to] == "日本" && isKatakana(firstRune(t.Norm)) && !r.commonWord(end) {
			last = "社"
		}
		first = false
		if x := r.starting(end); x != nil && !(x.kind == rules.TermOrganization && x.term.Class == "party") && (x.kind == rules.TermOffice || x.kind == rules.TermOrganization || x.kind == rules.TermHead || x.kind == rules.TermNamed || isCountry(x)) {
			return false
		}
		end += len(t.Norm)
	}
	if end == it.to || end > len(r.n) || r.taken(it.to, end) {
		return false
	}
	for _, w := range rules.Words().BodyEndings.All() {
		if strings.HasSuffix(r.n[it.to:end], w) {
			last = w
			break
		}
	}
	if last == "" {
		return false
	}
	for k := range r.items { // 民主党 in シンガポール民主党
		if x := &r.items[k]; x.from >= it.to && x.to <= end {
			x.kind, x.used = rules.TermTrap, true
		}
	}
	d := draft{from: it.from, to: end, head: it.from, nameFrom: it.from, nameTo: end}
	d.Kind, d.Name, d.Rule, d.Certainty = Organization, r.n[it.from:end], "pattern", 0.6
	d.Countries = []string{it.country}
	r.add(d)
	return true
}

// commonWord reports whether the katakana at byte i after 日本 is a common noun: メーカー, チーム.
func (r *run) commonWord(i int) bool {
	end := i
	for end < len(r.n) && isKatakana(firstRune(r.n[end:])) {
		end += len("ア")
	}
	return rules.Words().CommonAfterJapan.Has(r.n[i:end])
}

// insidePerson reports whether an item is a piece of a person's name: チャド in チャド・ライアン容疑者.
func (r *run) insidePerson(it *item) bool {
	for i := range r.out {
		d := &r.out[i]
		if (d.Kind == Person || d.Kind == Expert) && d.nameFrom <= it.from && it.to <= d.nameTo {
			return true
		}
	}
	return false
}

func (it *item) countries() []string {
	if it.country == "" {
		return slices.Clone(it.more)
	}
	return append([]string{it.country}, it.more...)
}

// capitalAsPlace reports whether a capital's name means the city here: by its particle.
func (r *run) capitalAsPlace(it *item) bool {
	if it.term.Alias.Kind != rules.AliasCapital || it.proxy != "" && it.proxy != "capital" {
		return false
	}
	after := r.n[it.to:]
	if strings.HasPrefix(after, "によると") || strings.HasPrefix(after, "によれば") {
		return true // 東京(新聞)によると
	}
	for _, p := range [...]string{"は", "が", "も", "との", "とは", "に対し", "への圧力", "による", "、"} {
		if strings.HasPrefix(after, p) {
			if p == "、" && r.s.Kind != schema.Headline {
				return true
			}
			return !r.diplomatic(it)
		}
	}
	return true
}

// diplomatic reports whether the sentence of a capital's name speaks of what states do: it names another country, or one of
// these words.
func (r *run) diplomatic(capital *item) bool {
	for i := range r.items {
		if it := &r.items[i]; isCountry(it) && it.country != capital.country {
			return true
		}
	}
	if capital.country == "country/JPN" {
		return false // 東京は晴れ, 東京は人口が: as a rule the city in Japanese news
	}
	return rules.Words().StateActs.In(r.n)
}
