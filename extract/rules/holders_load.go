package rules

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

// LoadHolders reads every data/holders_*.tsv of a file system. A file is made of people and their terms:
//
//	Name<TAB>English name<TAB>Wikidata item or -[<TAB>variants joined by |]
//	<TAB>where<TAB>office<TAB>from<TAB>to or -[<TAB>acting, or in and the country where an ambassador serves]
//
// A kanji name has a space after the surname (安倍 晋三); the surname of a name with ・ is its last part. A variant that
// starts with = is a short form (=スー・チー); the first of them is the surname. Where is an ISO 3166-1 alpha-3 code, or @
// and the name of a body, as the resolver knows them. holders_leaders.tsv holds code<TAB>offices joined by |.
// Every fault is reported as file:line with what was expected.
func LoadHolders(fsys fs.FS, offices *OfficeTable, where WhereResolver) (*HolderTable, error) {
	files, err := fs.Glob(fsys, "data/holders_*.tsv")
	if err != nil {
		return nil, err
	}
	t := &HolderTable{offices: offices, leaders: make(map[string][]string)}
	ids := make(map[string]*Person)
	for _, name := range files { // Glob sorts
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		if path.Base(name) == "holders_leaders.tsv" {
			if err := t.readLeaders(name, string(data), where); err != nil {
				return nil, err
			}
			continue
		}
		people, err := parseHolders(name, string(data), offices, where)
		if err != nil {
			return nil, err
		}
		for _, p := range people {
			if first, ok := ids[p.ID]; ok {
				return nil, fmt.Errorf("%s:%d: %s stands at %s:%d already: put all terms there", name, p.Line, p.ID, first.File, first.Line)
			}
			ids[p.ID] = p
		}
		t.people = append(t.people, people...)
	}
	t.index()
	return t, nil
}

func parseHolders(name, data string, offices *OfficeTable, where WhereResolver) ([]*Person, error) {
	var people []*Person
	for line, text := range tsvLines(data) {
		fault := func(format string, args ...any) error {
			return fmt.Errorf("%s:%d: %w", name, line, fmt.Errorf(format, args...))
		}
		if !strings.HasPrefix(text, "\t") {
			p, err := parsePerson(text)
			if err != nil {
				return nil, fault("%w", err)
			}
			if n := len(people); n > 0 && len(people[n-1].Terms) == 0 {
				return nil, fault("%s above has no term", people[n-1].NameJa)
			}
			p.File, p.Line = name, line
			people = append(people, p)
			continue
		}
		if len(people) == 0 {
			return nil, fault("a term before the first person")
		}
		term, err := parseTerm(text[1:], offices, where)
		if err != nil {
			return nil, fault("%w", err)
		}
		term.Line = line
		p := people[len(people)-1]
		if n := len(p.Terms); n > 0 && term.From < p.Terms[n-1].From {
			return nil, fault("%s: a term from %s after one from %s: put them in order", p.NameJa, term.From, p.Terms[n-1].From)
		}
		p.Terms = append(p.Terms, term)
	}
	if n := len(people); n > 0 && len(people[n-1].Terms) == 0 {
		return nil, fmt.Errorf("%s:%d: %s has no term", name, people[n-1].Line, people[n-1].NameJa)
	}
	return people, nil
}

var wikidataItem = regexp.MustCompile(`^Q[1-9][0-9]*$`)

func parsePerson(text string) (*Person, error) {
	f := strings.Split(text, "\t")
	if len(f) != 3 && len(f) != 4 {
		return nil, fmt.Errorf("%d fields, want name, English name, Wikidata item or -, and perhaps variants", len(f))
	}
	p := &Person{NameEn: f[1]}
	var short string
	p.NameJa, short = splitName(f[0])
	if p.NameJa == "" || p.NameEn == "" {
		return nil, fmt.Errorf("want a Japanese and an English name")
	}
	p.ID = "official/" + p.NameJa
	if f[2] != "-" {
		if !wikidataItem.MatchString(f[2]) {
			return nil, fmt.Errorf("%s: Wikidata item %q, want Q and digits, or -", p.NameJa, f[2])
		}
		p.Wikidata, p.ID = f[2], "official/"+f[2]
	}
	shorts, own := []string{short}, []string(nil)
	if len(f) == 4 {
		names, err := splitNames(f[3])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.NameJa, err)
		}
		for _, n := range names {
			if s, ok := strings.CutPrefix(n, "="); ok {
				own = append(own, s)
				continue
			}
			full, s := splitName(n)
			if full == p.NameJa || slices.Contains(p.Variants, full) {
				return nil, fmt.Errorf("%s: variant %q stands twice", p.NameJa, n)
			}
			p.Variants = append(p.Variants, full)
			shorts = append(shorts, s)
		}
	}
	if own != nil {
		shorts = append(own, shorts[1:]...)
	}
	for _, s := range shorts {
		if s == "" {
			return nil, fmt.Errorf("%s: an empty short form", p.NameJa)
		}
		if !slices.Contains(p.Shorts, s) {
			p.Shorts = append(p.Shorts, s)
		}
	}
	p.Surname = p.Shorts[0]
	return p, nil
}

// splitName is the full name without the mark of its surname, and the surname.
func splitName(name string) (full, surname string) {
	if surname, given, ok := strings.Cut(name, " "); ok {
		return surname + given, surname
	}
	if i := strings.LastIndex(name, "・"); i >= 0 {
		return name, name[i+len("・"):]
	}
	return name, name
}

var termDate = regexp.MustCompile(`^[12][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$`)

// ambassador is the office whose terms have a Post.
const ambassador = "大使"

func parseTerm(text string, offices *OfficeTable, where WhereResolver) (Term, error) {
	f := strings.Split(text, "\t")
	if len(f) != 4 && len(f) != 5 {
		return Term{}, fmt.Errorf("%d fields, want where, office, from, to or -, and perhaps acting or in and a country", len(f))
	}
	t := Term{Office: f[1], From: f[2], To: f[3]}
	id, err := where(f[0])
	if err != nil {
		return Term{}, err
	}
	if strings.HasPrefix(id, "country/") {
		t.Country = id
	} else {
		t.Org = id
	}
	if o, ok := offices.Get(t.Office); !ok || o.Ja != t.Office {
		return Term{}, fmt.Errorf("office %q, want the first form of an entry of data/offices.tsv", t.Office)
	}
	if !termDate.MatchString(t.From) {
		return Term{}, fmt.Errorf("from %q, want 2006-01-02, 2006-01 or 2006", t.From)
	}
	if t.To == "-" {
		t.To = ""
	} else if !termDate.MatchString(t.To) {
		return Term{}, fmt.Errorf("to %q, want 2006-01-02, 2006-01, 2006 or -", t.To)
	} else if n := min(len(t.From), len(t.To)); t.To[:n] < t.From[:n] {
		return Term{}, fmt.Errorf("from %s is after to %s", t.From, t.To)
	}
	if len(f) == 5 {
		post, posted := strings.CutPrefix(f[4], "in ")
		switch {
		case f[4] == "acting":
			t.Acting = true
		case posted && t.Office == ambassador:
			if t.Post, err = where(post); err != nil {
				return Term{}, err
			}
		default:
			return Term{}, fmt.Errorf("last field %q, want acting, for a %s in and the country where he or she serves (in JPN), or nothing", f[4], ambassador)
		}
	}
	return t, nil
}

func (t *HolderTable) readLeaders(name, data string, where WhereResolver) error {
	for line, text := range tsvLines(data) {
		f := strings.Split(text, "\t")
		if len(f) != 2 {
			return fmt.Errorf("%s:%d: want a country's code and offices joined by |", name, line)
		}
		id, err := where(f[0])
		if err != nil {
			return fmt.Errorf("%s:%d: %w", name, line, err)
		}
		if t.leaders[id] != nil {
			return fmt.Errorf("%s:%d: %s stands twice", name, line, f[0])
		}
		for _, o := range strings.Split(f[1], "|") {
			if found, ok := t.offices.Get(o); !ok || found.Ja != o {
				return fmt.Errorf("%s:%d: office %q, want the first form of an entry of data/offices.tsv", name, line, o)
			}
			t.leaders[id] = append(t.leaders[id], o)
		}
	}
	return nil
}
