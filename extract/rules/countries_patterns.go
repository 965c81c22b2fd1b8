package rules

import (
	"io/fs"
	"slices"
	"strings"
	"sync"
)

// CountryProxy is a word that, put after a country's name or kanji, stands for that country: 米政府, ロシア側, 中国軍.
type CountryProxy struct {
	Text string
	// Kind is government, side, forces, delegation or administration.
	Kind string
	// Kanji reports that a one-character form may stand before it (米政府, 露軍).
	Kanji bool
	// Alone reports that it stands for a country with none beside it: the one that the text is about (政府は声明を出した).
	Alone bool
}

// CountryContext is a word that shows a one-character form beside it to be a country.
type CountryContext struct {
	Text string
	// Before reports that the word stands before the kanji (対米, 訪中), else after (米大統領).
	Before bool
	// Safety is the strictest safety of a kanji that it suffices for: KanjiHeadline words need a kanji that is safe by
	// itself, KanjiPrefix words suffice for those too.
	Safety KanjiSafety
	// Act reports a word that says an act or a stance to the country as well: 訪, 来, 対, 反, 親.
	Act bool
}

// Ministry is a word that makes an organisation of a country: 外務省 in 中国外務省.
type Ministry struct {
	// Suffix is how it is written; Canonical is the suffix that the organisation's name has (外交部 → 外務省).
	Suffix, Canonical string
	// Pattern is the English name with %s for the country's English name.
	Pattern string
	// Kind is ministry, agency, parliament, bank, court or party.
	Kind string
}

// Trap is a word in which a country's name or kanji hides that is no country there. It drops every candidate that it
// covers; a candidate that reaches beyond it stays. No trap is an entry of a gazetteer.
type Trap struct {
	Text string
	// Class is place, company, body, sport, medium, school, person, word, thing, language or science.
	Class string
	// Reason is one line for people.
	Reason string
}

// MinistryOf is the organisation that a country's name and a ministry's word make. Its ID is that of the entry in
// organizations_*.tsv where the country has one of this name, else organization/ and the country's NameJa and the
// canonical suffix: organization/中国外務省.
func MinistryOf(c Country, m Ministry) Organization {
	ja := c.NameJa + m.Canonical
	for _, i := range organizationsByCountry()[c.ID] {
		o := Organizations()[i]
		if slices.ContainsFunc(o.Aliases, func(a Alias) bool {
			return a.Text == ja || a.Text == m.Canonical || a.Text == m.Suffix
		}) {
			return o
		}
	}
	return Organization{
		ID: "organization/" + ja, Kind: m.Kind, Country: c.ID, Name: strings.ReplaceAll(m.Pattern, "%s", c.Name), NameJa: ja,
		Aliases: []Alias{{Text: ja, Kind: AliasName}},
	}
}

var organizationsByCountry = sync.OnceValue(func() map[string][]int {
	m := map[string][]int{}
	for i, o := range Organizations() {
		if o.Country != "" {
			m[o.Country] = append(m[o.Country], i)
		}
	}
	return m
})

// LoadCountryProxies reads countries_proxies.tsv, longest text first.
func LoadCountryProxies(fsys fs.FS) ([]CountryProxy, error) {
	t, err := readTable(fsys, "countries_proxies.tsv", "text", "kind", "kanji", "alone")
	if err != nil {
		return nil, err
	}
	kinds := []string{"government", "side", "forces", "delegation", "administration"}
	var out []CountryProxy
	for _, row := range t.Rows {
		p := CountryProxy{Text: row.Cell("text"), Kind: row.Cell("kind"), Kanji: row.Cell("kanji") == "yes", Alone: row.Cell("alone") == "yes"}
		if !slices.Contains(kinds, p.Kind) {
			return nil, row.Errorf("kind is %q, want one of %v", p.Kind, kinds)
		}
		for _, column := range []string{"kanji", "alone"} {
			if err := checkYes(row, column); err != nil {
				return nil, err
			}
		}
		out = append(out, p)
	}
	return sortLongest(t, out, func(p CountryProxy) string { return p.Text })
}

// LoadCountryContexts reads countries_contexts.tsv, longest text first.
func LoadCountryContexts(fsys fs.FS) ([]CountryContext, error) {
	t, err := readTable(fsys, "countries_contexts.tsv", "text", "side", "safety", "act")
	if err != nil {
		return nil, err
	}
	var out []CountryContext
	for _, row := range t.Rows {
		c := CountryContext{
			Text: row.Cell("text"), Before: row.Cell("side") == "before",
			Safety: KanjiSafety(row.Cell("safety")), Act: row.Cell("act") == "yes",
		}
		if s := row.Cell("side"); s != "before" && s != "after" {
			return nil, row.Errorf("side is %q, want before or after", s)
		}
		if !slices.Contains(kanjiSafeties, c.Safety) {
			return nil, row.Errorf("safety is %q, want one of %v", c.Safety, kanjiSafeties)
		}
		if err := checkYes(row, "act"); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return sortLongest(t, out, func(c CountryContext) string {
		if c.Before {
			return c.Text + "-" // 対- and -対 are two
		}
		return c.Text
	})
}

// LoadMinistries reads organizations.patterns.tsv, longest suffix first.
func LoadMinistries(fsys fs.FS) ([]Ministry, error) {
	t, err := readTable(fsys, "organizations.patterns.tsv", "suffix", "canonical", "kind", "pattern")
	if err != nil {
		return nil, err
	}
	var out []Ministry
	for _, row := range t.Rows {
		m := Ministry{Suffix: row.Cell("suffix"), Canonical: row.Cell("canonical"), Kind: row.Cell("kind"), Pattern: row.Cell("pattern")}
		if m.Canonical == "" {
			m.Canonical = m.Suffix
		}
		if strings.Count(m.Pattern, "%s") != 1 {
			return nil, row.Errorf("pattern is %q, want an English name with one %%s for the country", m.Pattern)
		}
		if !slices.Contains(organizationKinds, m.Kind) {
			return nil, row.Errorf("kind is %q, want one of %v", m.Kind, organizationKinds)
		}
		out = append(out, m)
	}
	return sortLongest(t, out, func(m Ministry) string { return m.Suffix })
}

// LoadTraps reads countries_traps.tsv, longest text first.
func LoadTraps(fsys fs.FS) ([]Trap, error) {
	t, err := readTable(fsys, "countries_traps.tsv", "text", "class", "reason")
	if err != nil {
		return nil, err
	}
	classes := []string{"place", "company", "body", "sport", "medium", "school", "person", "word", "thing", "language", "science"}
	var out []Trap
	for _, row := range t.Rows {
		tr := Trap{Text: row.Cell("text"), Class: row.Cell("class"), Reason: row.Cell("reason")}
		if !slices.Contains(classes, tr.Class) {
			return nil, row.Errorf("class is %q, want one of %v", tr.Class, classes)
		}
		if tr.Reason == "" {
			return nil, row.Errorf("the reason is missing: say why %s is no country", tr.Text)
		}
		out = append(out, tr)
	}
	return sortLongest(t, out, func(t Trap) string { return t.Text })
}

// CountryProxies are the embedded words that stand for the country before them, longest first.
var CountryProxies = sync.OnceValue(func() []CountryProxy { return must(LoadCountryProxies(dataFolder())) })

// CountryContexts are the embedded words that support a one-character country, longest first.
var CountryContexts = sync.OnceValue(func() []CountryContext { return must(LoadCountryContexts(dataFolder())) })

// Ministries are the embedded words that make an organisation of a country, longest first.
var Ministries = sync.OnceValue(func() []Ministry { return must(LoadMinistries(dataFolder())) })

// Traps are the embedded words that hide a country's name, longest first.
var Traps = sync.OnceValue(func() []Trap { return must(LoadTraps(dataFolder())) })

// sortLongest orders rows by their text, longest in bytes first, then by the text, and refuses empty and repeated ones.
func sortLongest[T any](t *Table, all []T, text func(T) string) ([]T, error) {
	seen := map[string]bool{}
	for i, v := range all {
		s := text(v)
		if s == "" || seen[s] {
			return nil, t.Rows[i].Errorf("%q is empty or there twice", s)
		}
		seen[s] = true
	}
	slices.SortStableFunc(all, func(a, b T) int {
		if d := len(text(b)) - len(text(a)); d != 0 {
			return d
		}
		return compare(text(a), text(b))
	})
	return all, nil
}

func checkYes(row Row, column string) error {
	if v := row.Cell(column); v != "" && v != "yes" {
		return row.Errorf("%s is %q, want yes or nothing", column, v)
	}
	return nil
}
