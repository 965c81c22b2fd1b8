package rules

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed data/offices.tsv
var officesTSV string

// OfficeKind groups offices that news uses for one another: 外相, 外務大臣, 国務長官 and 外交部長 are one kind.
type OfficeKind string

// The kinds of office.
const (
	OfficeHeadOfState      OfficeKind = "head-of-state"
	OfficeHeadOfGovernment OfficeKind = "head-of-government"
	OfficeLeader           OfficeKind = "leader" // a supreme leader beside or above the formal heads: 最高指導者, 総書記
	OfficeForeignMinister  OfficeKind = "foreign-minister"
	OfficeDefenceMinister  OfficeKind = "defence-minister"
	OfficeFinanceMinister  OfficeKind = "finance-minister"
	OfficeMinister         OfficeKind = "minister" // any other member of a cabinet
	OfficeDeputy           OfficeKind = "deputy"   // 副大統領, 副首相, 次官, 副長官 and below
	OfficeAide             OfficeKind = "aide"     // 補佐官, 秘書官, 顧問 of a government
	OfficeLegislator       OfficeKind = "legislator"
	OfficeParty            OfficeKind = "party"
	OfficeMilitary         OfficeKind = "military"
	OfficeDiplomat         OfficeKind = "diplomat"
	OfficeIGOHead          OfficeKind = "igo-head"
	OfficeSpokesperson     OfficeKind = "spokesperson"
	OfficeRoyal            OfficeKind = "royal"
	OfficeReligious        OfficeKind = "religious"
	OfficeJudge            OfficeKind = "judge"
	OfficeCentralBank      OfficeKind = "central-bank"
	OfficeGovernor         OfficeKind = "governor"
	OfficeMayor            OfficeKind = "mayor"
	OfficeAgency           OfficeKind = "agency"    // heads of agencies, bureaus, secretariats
	OfficeInsurgent        OfficeKind = "insurgent" // leaders of armed groups
	OfficeGeneric          OfficeKind = "generic"   // 元首, 首脳, 指導者, 高官: says a rank and no office
	OfficePrivate          OfficeKind = "private"   // traps: 教授, 社長, 選手, 容疑者 …
)

var officeKinds = []OfficeKind{
	OfficeHeadOfState, OfficeHeadOfGovernment, OfficeLeader, OfficeForeignMinister, OfficeDefenceMinister,
	OfficeFinanceMinister, OfficeMinister, OfficeDeputy, OfficeAide, OfficeLegislator, OfficeParty, OfficeMilitary,
	OfficeDiplomat, OfficeIGOHead, OfficeSpokesperson, OfficeRoyal, OfficeReligious, OfficeJudge, OfficeCentralBank,
	OfficeGovernor, OfficeMayor, OfficeAgency, OfficeInsurgent, OfficeGeneric, OfficePrivate,
}

// Office is an entry of data/offices.tsv.
type Office struct {
	// Ja is the office's canonical Japanese form, as news writes it most often: 外相, 国務長官. It is the key.
	Ja string
	// En is the English gloss: foreign minister. Never empty.
	En string
	// Rank orders offices by protocol, 1 (head of state) to 9 (no official).
	Rank int
	// Kind groups offices that stand for one another.
	Kind OfficeKind
	// Aliases are other Japanese forms of the same office: 外務大臣, 外務相. No form belongs to two offices.
	Aliases []string
	// Unique says that a country or body has one holder at a time.
	Unique bool
	// Actor says that a holder acts in politics, diplomacy or war, and so is an Official; false for 教授, 社長, 選手.
	Actor bool
	// Alone says that the bare title may stand for a person (外相は…), given a country or what the text said before.
	Alone bool
	// Home is the id of the country or body whose office it is where the text names none (国務長官: country/USA,
	// 欧州委員長: the European Union), "" for an office of many.
	Home string
	// Body is the id of the body that a person named with the office is of where the text names none (欧州委員長: the Commission),
	// "" for none: Home where that is a body.
	Body string
	// Line is the entry's line in data/offices.tsv, from 1.
	Line int
}

// OfficeTable is a parsed and validated table of offices. It is immutable and safe for concurrent use.
type OfficeTable struct {
	all    []Office
	byForm map[string]int
	forms  []string
}

// Offices is the embedded table.
var Offices = sync.OnceValue(func() *OfficeTable {
	t, err := ParseOffices("data/offices.tsv", officesTSV, KnownWhere)
	if err != nil {
		panic(err) // the embedded file is validated by a test
	}
	return t
})

// All lists the offices in the file's order. The caller must not change it.
func (t *OfficeTable) All() []Office { return t.all }

// Forms lists every form of every office, canonical or alias, longest first, then in byte order: the order in which a
// matcher should try them. The caller must not change it.
func (t *OfficeTable) Forms() []string { return t.forms }

// Get is the office that this form, canonical or alias, names.
func (t *OfficeTable) Get(form string) (Office, bool) {
	i, ok := t.byForm[form]
	if !ok {
		return Office{}, false
	}
	return t.all[i], true
}

// ParseOffices reads a table of offices: one a line, fields Ja, En, Rank, Kind, flags (letters of "uan": unique, alone,
// no actor; or -), Aliases (joined by |, or -; may be missing), Home and Body (as where resolves them; - or missing for none), separated by
// tabs. Empty lines and lines that start with # are
// skipped. Every fault is reported as name:line with what was expected.
func ParseOffices(name, data string, where WhereResolver) (*OfficeTable, error) {
	t := &OfficeTable{byForm: make(map[string]int)}
	for line, text := range tsvLines(data) {
		o, err := parseOffice(text, where)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, line, err)
		}
		o.Line = line
		for _, form := range append([]string{o.Ja}, o.Aliases...) {
			if first, ok := t.byForm[form]; ok {
				return nil, fmt.Errorf("%s:%d: %q is a form of %s already (line %d): name it once", name, line, form, t.all[first].Ja, t.all[first].Line)
			}
			t.byForm[form] = len(t.all)
			t.forms = append(t.forms, form)
		}
		t.all = append(t.all, o)
	}
	slices.SortFunc(t.forms, longestFirst)
	return t, nil
}

func parseOffice(text string, where WhereResolver) (Office, error) {
	f := strings.Split(text, "\t")
	if len(f) < 5 || len(f) > 8 {
		return Office{}, fmt.Errorf("%d fields, want Ja, En, Rank, Kind, flags and perhaps aliases, home and body, separated by tabs", len(f))
	}
	o := Office{Ja: f[0], En: f[1], Kind: OfficeKind(f[3]), Actor: true}
	if o.Ja == "" || o.En == "" {
		return Office{}, fmt.Errorf("want a Japanese form and an English gloss")
	}
	rank, err := strconv.Atoi(f[2])
	if err != nil || rank < 1 || rank > 9 {
		return Office{}, fmt.Errorf("rank %q, want 1 to 9", f[2])
	}
	o.Rank = rank
	if !slices.Contains(officeKinds, o.Kind) {
		return Office{}, fmt.Errorf("kind %q, want one of %v", f[3], officeKinds)
	}
	if f[4] != "-" {
		for _, flag := range f[4] {
			switch flag {
			case 'u':
				o.Unique = true
			case 'a':
				o.Alone = true
			case 'n':
				o.Actor = false
			default:
				return Office{}, fmt.Errorf("flag %q, want u (unique), a (alone), n (no actor) or -", flag)
			}
		}
	}
	if len(f) > 5 && f[5] != "-" {
		if o.Aliases, err = splitNames(f[5]); err != nil {
			return Office{}, err
		}
	}
	for i, id := range []*string{&o.Home, &o.Body} {
		if len(f) > 6+i && f[6+i] != "-" {
			if *id, err = where(f[6+i]); err != nil {
				return Office{}, err
			}
		}
	}
	if strings.HasPrefix(o.Body, "country/") {
		return Office{}, fmt.Errorf("body %q, want @ and the name of a body", f[7])
	}
	if o.Body == "" && !strings.HasPrefix(o.Home, "country/") {
		o.Body = o.Home
	}
	return o, nil
}

// splitNames opens a field of names joined by |.
func splitNames(field string) ([]string, error) {
	names := strings.Split(field, "|")
	for i, n := range names {
		if n == "" || strings.TrimSpace(n) != n {
			return nil, fmt.Errorf("names %q: number %d is empty or has white space around it", field, i+1)
		}
	}
	return names, nil
}

// tsvLines yields the lines of a table with their numbers from 1, without comments, empty lines and trailing white space.
func tsvLines(data string) func(yield func(int, string) bool) {
	return func(yield func(int, string) bool) {
		n := 0
		for text := range strings.Lines(data) {
			n++
			text = strings.TrimRight(text, " \t\r\n")
			if text == "" || strings.HasPrefix(text, "#") {
				continue
			}
			if !yield(n, text) {
				return
			}
		}
	}
}

func longestFirst(a, b string) int {
	if len(a) != len(b) {
		return len(b) - len(a)
	}
	return strings.Compare(a, b)
}
