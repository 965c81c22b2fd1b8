package rules

import (
	"io/fs"
	"slices"
)

// entry is what an Organization and a Place have in common, which is all of them.
type entry struct {
	ID, Kind, Country, Wikidata, Name, NameJa string

	Aliases []Alias
}

// loadEntries reads and validates the tables of one sort of thing in a folder (organizations_*.tsv for organization), sorted by
// ID. Errors give file:line.
func loadEntries[T Organization | Place](fsys fs.FS, sort string, kinds []string) ([]T, error) {
	names, err := fs.Glob(fsys, sort+"s_*.tsv")
	if err != nil {
		return nil, err
	}
	var all []entry
	seen := map[string]bool{}
	for _, name := range names {
		t, err := readTable(fsys, name, "kind", "country", "wikidata", "en", "ja", "aliases")
		if err != nil {
			return nil, err
		}
		for _, row := range t.Rows {
			e := entry{Kind: row.Cell("kind"), Wikidata: row.Cell("wikidata"), Name: row.Cell("en"), NameJa: row.Cell("ja")}
			e.ID = entryID(sort, e.Wikidata, e.NameJa)
			if c := row.Cell("country"); c != "" {
				e.Country = "country/" + c
			}
			if !slices.Contains(kinds, e.Kind) {
				return nil, row.Errorf("kind is %q, want one of %v", e.Kind, kinds)
			}
			if e.Aliases, err = parseEntry(row, e.Wikidata, e.Name, e.NameJa); err != nil {
				return nil, row.Errorf("%w", err)
			}
			if seen[e.ID] {
				return nil, row.Errorf("%s is there twice", e.ID)
			}
			seen[e.ID] = true
			all = append(all, e)
		}
	}
	slices.SortFunc(all, func(a, b entry) int { return compare(a.ID, b.ID) })
	out := make([]T, len(all))
	for i, e := range all {
		out[i] = T(e)
	}
	return out, nil
}

// parseEntry checks what every entry has, and makes its aliases, the Japanese name first. A name that ends in ? is
// ambiguous as an alias is.
func parseEntry(row Row, wikidata, en, ja string) ([]Alias, error) {
	if err := checkEntry(wikidata, en, ja); err != nil {
		return nil, err
	}
	more, err := parseAliases(row.Cell("aliases"), AliasVariant)
	if err != nil {
		return nil, err
	}
	// A name that its own aliases repeat with ? is ambiguous itself.
	name := Alias{Text: ja, Kind: AliasName}
	if i := slices.IndexFunc(more, func(a Alias) bool { return a.Text == ja && a.Ambiguous }); i >= 0 {
		name.Ambiguous, name.From, name.To = true, more[i].From, more[i].To
		more = slices.Delete(more, i, i+1)
	}
	return joinAliases([]Alias{name}, more)
}
