package rules

import (
	"embed"
	"slices"
	"strings"
	"sync"
)

//go:embed data/holders_*.tsv
var holdersFS embed.FS

// HoldersAsOf is the last day, ISO 8601, that the table of office holders knows of. A term without an end was running on
// that day; what holds for a later document is a guess.
const HoldersAsOf = "2025-11-30"

// Person is an entry of the tables data/holders_*.tsv: one human being with all terms of office that are known.
type Person struct {
	// ID is "official/" with the Wikidata item where it is certain, else with NameJa.
	ID string
	// NameJa is the full name as Japanese news writes it most often, without the space between kanji names; NameEn the
	// name in English use. Never empty.
	NameJa, NameEn string
	// Wikidata is the item id (Q22686) where Wikidata (CC0) knows the same name in the same office, or "".
	Wikidata string
	// Variants are the other full forms that news uses (transliterations, kanji and kana), in the file's order.
	Variants []string
	// Surname is what news writes with 氏 or an office after the first mention: ベッセント, 習, スー・チー. Never empty.
	Surname string
	// Shorts are Surname and its variants, Surname first. Never empty.
	Shorts []string
	// Terms are the person's terms of office by From, then by their order in the file. Never empty.
	Terms []Term
	// File and Line say where the entry stands.
	File string
	Line int
}

// Term is a time in office.
type Term struct {
	// Country is the id of the country (country/USA), or "" when Org is set.
	Country string
	// Org is the id of the body (organization/Q1065), or "" when Country is set.
	Org string
	// Office is the canonical form of an office of Offices.
	Office string
	// From and To are the first and the last day in office, ISO 8601, or a month (2004-07) or year where the day is not certain.
	// To is "" when the term was running at HoldersAsOf.
	From, To string
	// Acting marks a term as acting head: 大統領代行, 暫定大統領.
	Acting bool
	// Post is the id of the country to which an ambassador is sent, "" for another office: country/JPN for the 駐日大使.
	Post string
	// Line is where the term stands in the person's file.
	Line int
}

// Where is the id of the term's country or body.
func (t Term) Where() string {
	if t.Country != "" {
		return t.Country
	}
	return t.Org
}

// Running reports whether the term may cover a day, a full date (2025-10-27): certain is false on a day of the month or year that the
// table names only as the one in which the term began or ended.
func (t Term) Running(day string) (running, certain bool) {
	if day < t.From || t.To != "" && day[:len(t.To)] > t.To {
		return false, true
	}
	vague := func(end string) bool { return end != "" && len(end) < len(day) && strings.HasPrefix(day, end) }
	return true, !vague(t.From) && !vague(t.To)
}

// Holder is a person in one of his or her terms.
type Holder struct {
	Person *Person
	Term   Term
}

// HolderTable is the parsed and validated tables. It is immutable and safe for concurrent use; callers must not change
// what its methods return.
type HolderTable struct {
	offices *OfficeTable
	people  []*Person
	byWhere map[string][]Holder
	byName  map[string][]*Person
	byShort map[string][]*Person
	byID    map[string]*Person
	leaders map[string][]string
}

// Holders is the embedded table.
var Holders = sync.OnceValue(func() *HolderTable {
	t, err := LoadHolders(holdersFS, Offices(), KnownWhere)
	if err != nil {
		panic(err) // the embedded files are validated by a test
	}
	return t
})

// People lists every person in the order of the files. Each person stands once, with all terms.
func (t *HolderTable) People() []*Person { return t.people }

// Person is the person with this id, or nil.
func (t *HolderTable) Person(id string) *Person { return t.byID[id] }

// Named lists the people with this full name or variant, also when it is written with other separators (・ ＝ space, none)
// or with ヴ for バ and long vowels differently; nil when there is none. Several are rare, and in the order of the files.
func (t *HolderTable) Named(name string) []*Person { return t.byName[FoldName(name)] }

// Surnamed lists the people whom news may call by this short name, in the order of the files; nil when there is none.
func (t *HolderTable) Surnamed(short string) []*Person { return t.byShort[FoldName(short)] }

// TermsIn lists the terms in a country (country/USA) or body, by From, then in the order of the files.
func (t *HolderTable) TermsIn(where string) []Holder { return t.byWhere[where] }

// HolderOf is the holder of an office of a country or body on a day (2025-10-27). Office is any form of an office: the
// holder of that very office is taken first; for a foreign, defence or finance minister the holder of the country's
// office of that kind (米外相: the 国務長官), and so for 首相. An acting holder counts where nobody holds the office. An empty
// where stands for the office's home (Office.Home).
// It is false when nobody or more than one person is known to hold the office on the day, when the day lies in a month
// or year of change whose day the table does not know, and when day is not a full date. On a day of handing over it is the successor.
// It is false too for diplomats of whom a country has many (大使, 特使): see AmbassadorOf.
func (t *HolderTable) HolderOf(where, office, day string) (Holder, bool) {
	if len(day) < len("2006-01-02") {
		return Holder{}, false
	}
	day = day[:len("2006-01-02")]
	o, ok := t.offices.Get(office)
	if !ok {
		return Holder{}, false
	}
	if o.Kind == OfficeDiplomat && !o.Unique {
		return Holder{}, false
	}
	if where == "" {
		where = o.Home
	}
	same := func(h Holder) bool { return h.Term.Office == o.Ja }
	if base, ok := strings.CutSuffix(o.Ja, "代行"); ok { // 大統領代行 is who acts as 大統領
		same = func(h Holder) bool { return h.Term.Acting && h.Term.Office == base }
	}
	h, ok, running := t.holder(where, day, same)
	if running {
		return h, ok
	}
	kind := func(h Holder) bool {
		k, _ := t.offices.Get(h.Term.Office)
		return k.Kind == o.Kind
	}
	switch o.Kind {
	case OfficeHeadOfGovernment:
		if slices.ContainsFunc(t.byWhere[where], same) { // the office exists and is vacant
			return Holder{}, false
		}
		fallthrough
	case OfficeForeignMinister, OfficeDefenceMinister, OfficeFinanceMinister:
		h, ok, _ = t.holder(where, day, kind)
		return h, ok
	}
	return Holder{}, false
}

// holder is the one holder on the day among the terms that match, ok when there is one and the day is certain; running
// says that any of them may run on the day.
func (t *HolderTable) holder(where, day string, match func(Holder) bool) (best Holder, ok, running bool) {
	for _, h := range t.byWhere[where] { // by From: a successor comes after the one who left
		if !match(h) {
			continue
		}
		runs, certain := h.Term.Running(day)
		if !runs {
			continue
		}
		office, _ := t.offices.Get(h.Term.Office)
		switch {
		case best.Person == nil || best.Term.Acting && !h.Term.Acting:
			best, ok = h, certain
		case h.Term.Acting && !best.Term.Acting:
		case best.Person == h.Person:
			ok = ok || certain
		case !office.Unique || !certain && !ok:
			ok = false
		case certain: // the day of handing over, or the day on which a month's vague term must have ended
			best, ok = h, true
		}
		running = true
	}
	return best, ok, running
}

// AmbassadorOf is the ambassador of a country in another one (both country/XXX) on a day, under the same conditions as HolderOf.
func (t *HolderTable) AmbassadorOf(country, post, day string) (Holder, bool) {
	if len(day) < len("2006-01-02") || post == "" {
		return Holder{}, false
	}
	h, ok, _ := t.holder(country, day[:len("2006-01-02")], func(h Holder) bool { return h.Term.Post == post })
	return h, ok
}

// LeaderOf is the person who meets other countries' leaders (首脳) for a country on a day: its president, prime minister or
// supreme leader, as data/holders_leaders.tsv says, under the same conditions as HolderOf.
func (t *HolderTable) LeaderOf(country, day string) (Holder, bool) {
	for _, office := range t.leaders[country] {
		if h, ok := t.HolderOf(country, office, day); ok {
			return h, true
		}
	}
	return Holder{}, false
}

// FoldName is a name reduced to what its ways of writing share: without separators, readings of ヴ as バ row, without long
// vowel marks when four or more characters are left. Two people may share a folded name.
func FoldName(name string) string {
	folded := nameFolder.Replace(name)
	short := strings.ReplaceAll(folded, "ー", "")
	if len([]rune(short)) >= 4 {
		return short
	}
	return folded
}

var nameFolder = strings.NewReplacer("・", "", "＝", "", "=", "", " ", "", "　", "", "-", "", "‐", "",
	"ヴァ", "バ", "ヴィ", "ビ", "ヴェ", "ベ", "ヴォ", "ボ", "ヴュ", "ビュ", "ヴ", "ブ")

func (t *HolderTable) index() {
	t.byWhere = make(map[string][]Holder)
	t.byName = make(map[string][]*Person)
	t.byShort = make(map[string][]*Person)
	t.byID = make(map[string]*Person)
	add := func(m map[string][]*Person, form string, p *Person) {
		k := FoldName(form)
		if !slices.Contains(m[k], p) {
			m[k] = append(m[k], p)
		}
	}
	for _, p := range t.people {
		t.byID[p.ID] = p
		add(t.byName, p.NameJa, p)
		for _, v := range p.Variants {
			add(t.byName, v, p)
		}
		for _, s := range p.Shorts {
			add(t.byShort, s, p)
		}
		for _, term := range p.Terms {
			t.byWhere[term.Where()] = append(t.byWhere[term.Where()], Holder{p, term})
		}
	}
	for _, hs := range t.byWhere {
		slices.SortStableFunc(hs, func(a, b Holder) int { return strings.Compare(a.Term.From, b.Term.From) })
	}
}
