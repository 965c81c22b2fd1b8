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
	return loadEntries[Organization](fsys, "organization", organizationKinds)
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
