package rules

import (
	"fmt"
	"strings"
	"sync"
)

// WhereResolver gives the id of a country or body that a table names: USA → country/USA, @国際連合 → organization/Q1065.
type WhereResolver func(where string) (id string, err error)

// KnownWhere resolves against the embedded countries and organisations; what they do not hold is an error.
func KnownWhere(where string) (string, error) {
	if body, ok := strings.CutPrefix(where, "@"); ok {
		if id, ok := bodyIDs()[body]; ok {
			return id, nil
		}
		return "", fmt.Errorf("body %q, want a name of data/organizations_*.tsv", body)
	}
	if c, ok := CountryByID("country/" + where); ok {
		return c.ID, nil
	}
	return "", fmt.Errorf("where %q, want a code of data/countries.tsv, or @ and the name of a body", where)
}

// bodyIDs maps the names and formal names of organisations to their ids; a name goes before another's alias.
var bodyIDs = sync.OnceValue(func() map[string]string {
	ids := make(map[string]string)
	for _, o := range Organizations() {
		ids[o.NameJa] = o.ID
	}
	for _, o := range Organizations() {
		for _, a := range o.Aliases {
			if _, ok := ids[a.Text]; !ok && !a.Ambiguous {
				ids[a.Text] = o.ID
			}
		}
	}
	return ids
})
