package view

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
)

// Filter selects statements. The zero value selects all; several fields all have to hold, of several values in one
// field one is enough.
type Filter struct {
	// From and To are the first and last day (2025-10-01) of the event or, for a statement without a day, of its
	// document's publication. A statement without either is left out when one of them is set.
	From, To string
	// Entities are ids, names or aliases. Those of a country stand for its officials and organizations too.
	Entities []string
	// Relations are ids of the ontology: meets.
	Relations []string
	// Statuses are actual, planned, possible, threatened, denied.
	Statuses []string
}

// Validate reports every fault of the filter. g is the graph whose entities it may name, o the vocabulary, nil for the
// embedded one.
func (f Filter) Validate(o *schema.Ontology, g graph.Graph) error {
	if o == nil {
		o = schema.Relations()
	}
	var faults []error
	for _, day := range []string{f.From, f.To} {
		if _, err := time.Parse(time.DateOnly, day); day != "" && err != nil {
			faults = append(faults, fmt.Errorf("%q is no day: want 2025-10-27", day))
		}
	}
	if f.From != "" && f.To != "" && f.To < f.From {
		faults = append(faults, fmt.Errorf("the period ends (%s) before it begins (%s)", f.To, f.From))
	}
	for _, r := range f.Relations {
		if _, ok := o.Get(r); !ok {
			faults = append(faults, fmt.Errorf("no relation %q in the ontology: entente docs ontology lists them", r))
		}
	}
	for _, s := range f.Statuses {
		if !slices.Contains(schema.Statuses(), schema.Status(s)) {
			faults = append(faults, fmt.Errorf("no status %q: want actual, planned, possible, threatened or denied", s))
		}
	}
	for _, name := range f.Entities {
		if len(Find(g.Entities, name)) == 0 {
			faults = append(faults, fmt.Errorf("no entity of the graph is called %q%s", name, like(g.Entities, name)))
		}
	}
	return errors.Join(faults...)
}

// Find gives the ids of the entities with this id or, where there is none, with this name or, where there is none, with
// this alias.
func Find(entities []graph.Entity, name string) []string {
	var byID, byName, byAlias []string
	for _, e := range entities {
		switch {
		case e.ID == name:
			byID = append(byID, e.ID)
		case e.Name() == name || e.NameJa() == name:
			byName = append(byName, e.ID)
		case slices.Contains(e.Aliases(), name):
			byAlias = append(byAlias, e.ID)
		}
	}
	for _, ids := range [][]string{byID, byName} {
		if len(ids) > 0 {
			return ids
		}
	}
	return byAlias
}

// like names up to three entities whose name contains the given one.
func like(entities []graph.Entity, name string) string {
	var names []string
	for _, e := range entities {
		if name != "" && (strings.Contains(strings.ToLower(e.Name()), strings.ToLower(name)) || strings.Contains(e.NameJa(), name)) {
			names = append(names, e.NameJa())
		}
		if len(names) == 3 {
			break
		}
	}
	if len(names) == 0 {
		return ""
	}
	return " (perhaps " + strings.Join(names, ", ") + "?)"
}

// matcher is the filter as a function.
func (f Filter) matcher(entities map[string]graph.Entity) func(graph.Statement, graph.Document) bool {
	wanted := map[string]bool{}
	if len(f.Entities) > 0 {
		list := make([]graph.Entity, 0, len(entities))
		for _, e := range entities {
			list = append(list, e)
		}
		for _, name := range f.Entities {
			for _, id := range Find(list, name) {
				wanted[id] = true
			}
		}
		for id, e := range entities {
			if c := e.Latest("country"); c != "" && wanted[c] && entities[c].Type() == schema.Country {
				wanted[id] = true
			}
		}
	}
	return func(s graph.Statement, d graph.Document) bool {
		if len(wanted) > 0 && !wanted[s.Subject.Entity] && !wanted[s.Object.Entity] || len(f.Entities) > 0 && len(wanted) == 0 {
			return false
		}
		if len(f.Relations) > 0 && !slices.Contains(f.Relations, s.Relation) {
			return false
		}
		if len(f.Statuses) > 0 && !slices.Contains(f.Statuses, string(s.Status)) {
			return false
		}
		first, last := Period(s, d)
		return f.From == "" && f.To == "" || first != "" && (f.To == "" || first <= f.To) && (f.From == "" || last >= f.From)
	}
}

// Period is the first and last day of a statement's event or, without one, the day its document was published; empty
// when neither is known.
func Period(s graph.Statement, d graph.Document) (first, last string) {
	if s.Start == "" && s.End == "" {
		return d.Day(), d.Day()
	}
	return cmp.Or(s.Start, s.End), cmp.Or(s.End, s.Start)
}
