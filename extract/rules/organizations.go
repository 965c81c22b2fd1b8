package rules

import (
	"io/fs"
	"slices"
	"sync"
)

// Organization is an entry of organizations.tsv. Treat it as read-only.
type Organization struct {
	// ID is organization/ and the Wikidata id where it is certain, else NameJa: organization/Q1065, organization/安倍派.
	ID string
	// Kind is one of OrganizationKinds.
	Kind string
	// Country is the ID of the country it belongs to (country/USA), "" for an international one.
	Country string
	// Wikidata is the item's id, "" where not certain.
	Wikidata string
	// Name is the English name, official or in common use; NameJa the Japanese one as news writes it.
	Name, NameJa string
	// Aliases are all ways to write it, NameJa first, then the file's order.
	Aliases []Alias
}

// OrganizationKinds are the kinds of organisation: intergovernmental organisation, organ of one, court, bank or fund,
// alliance, grouping of states, party, armed group, ministry, agency of a state, parliament, forces (a branch that acts
// in its own name), medium, company, civil (non-governmental, sports, religion).
var organizationKinds = []string{
	"igo", "organ", "court", "bank", "alliance", "grouping", "party", "armed", "ministry", "agency", "parliament",
	"forces", "medium", "company", "civil",
}

// OrganizationKinds lists the kinds of organisation that organizations.tsv may use.
func OrganizationKinds() []string { return slices.Clone(organizationKinds) }

// LoadOrganizations reads and validates organizations*.tsv of this folder, sorted by ID. Errors give file:line.
func LoadOrganizations(fsys fs.FS) ([]Organization, error) {
	names, err := fs.Glob(fsys, "organizations_*.tsv")
	if err != nil {
		return nil, err
	}
	var out []Organization
	seen := map[string]bool{}
	for _, name := range names {
		t, err := readTable(fsys, name, "kind", "country", "wikidata", "en", "ja", "aliases")
		if err != nil {
			return nil, err
		}
		for _, row := range t.Rows {
			o := Organization{Kind: row.Cell("kind"), Wikidata: row.Cell("wikidata"), Name: row.Cell("en"), NameJa: row.Cell("ja")}
			o.ID = entryID("organization", o.Wikidata, o.NameJa)
			if c := row.Cell("country"); c != "" {
				o.Country = "country/" + c
			}
			if !slices.Contains(organizationKinds, o.Kind) {
				return nil, row.Errorf("kind is %q, want one of %v", o.Kind, organizationKinds)
			}
			if o.Aliases, err = parseEntry(row, o.Wikidata, o.Name, o.NameJa); err != nil {
				return nil, row.Errorf("%w", err)
			}
			if seen[o.ID] {
				return nil, row.Errorf("%s is there twice", o.ID)
			}
			seen[o.ID] = true
			out = append(out, o)
		}
	}
	slices.SortFunc(out, func(a, b Organization) int { return compare(a.ID, b.ID) })
	return out, nil
}

// Organizations are the embedded organisations, sorted by ID. Immutable, safe for concurrent use.
var Organizations = sync.OnceValue(func() []Organization { return must(LoadOrganizations(dataFolder())) })

var organizationsByID = sync.OnceValue(func() map[string]int {
	return indexBy(Organizations(), func(o Organization) string { return o.ID })
})

// OrganizationByID is the organisation with this ID (organization/Q1065).
func OrganizationByID(id string) (Organization, bool) {
	i, ok := organizationsByID()[id]
	if !ok {
		return Organization{}, false
	}
	return Organizations()[i], true
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
