package graph

import (
	"cmp"
	"slices"
	"time"

	"github.com/entente-kg/entente/schema"
)

// Fulfilment links a planned statement to the actual one that says it came about.
type Fulfilment struct{ Planned, Actual string }

// grace is how many days late an event may start and still be the one that was planned.
const grace = 7

// Dated is what Plan needs to know of a statement of one edge, dated or (where a Window takes them) not.
type Dated struct {
	ID, Document, Start, End string
	// Said, Office and Unique are those of a functional relation's statement.
	Said, Office string
	Unique       bool
	// Fulfilled is the statement that this one is FULFILLED_BY, empty for none.
	Fulfilled string
}

// window is the first and last day on which an actual event must start to fulfil a plan; ok is false for a plan without a
// date, which nothing can be told to fulfil.
func window(start, end string) (lo, hi string, ok bool) {
	if start == "" {
		return "", "", false
	}
	t, err := time.Parse(time.DateOnly, cmp.Or(end, start))
	if err != nil {
		return "", "", false
	}
	return start, t.AddDate(0, 0, grace).Format(time.DateOnly), true
}

// fulfils gives the actual statement that fulfils a plan: the first to start in its window, of equals the smallest id;
// empty for none.
func fulfils(start, end string, actual []Dated) string {
	lo, hi, ok := window(start, end)
	if !ok {
		return ""
	}
	best := Dated{}
	for _, a := range actual {
		if a.Start < lo || a.Start > hi {
			continue
		}
		if best.ID == "" || a.Start < best.Start || a.Start == best.Start && a.ID < best.ID {
			best = a
		}
	}
	return best.ID
}

// with is the same pair and relation in another status.
func (k EdgeKey) with(s schema.Status) EdgeKey { k.Status = s; return k }

// Dated is the statement in short; Fulfilled is the caller's.
func (s Statement) Dated() Dated {
	return Dated{ID: s.ID, Document: s.Document, Start: s.Start, End: s.End, Said: s.Said, Office: s.Office, Unique: slices.Contains(s.Qualifiers, uniqueOffice)}
}

// fulfilments links all plans of a graph, by the plan's id.
func fulfilments(o *schema.Ontology, statements []Statement) []Fulfilment {
	actual := map[EdgeKey][]Dated{}
	for _, s := range statements {
		if s.Status == schema.StatusActual && s.Start != "" {
			k := s.Key(o)
			actual[k] = append(actual[k], s.Dated())
		}
	}
	var out []Fulfilment
	for _, s := range statements {
		if s.Status != schema.StatusPlanned {
			continue
		}
		if a := fulfils(s.Start, s.End, actual[s.Key(o).with(schema.StatusActual)]); a != "" {
			out = append(out, Fulfilment{s.ID, a})
		}
	}
	slices.SortFunc(out, func(a, b Fulfilment) int { return cmp.Compare(a.Planned, b.Planned) })
	return out
}

func compare(a, b string) int { return cmp.Compare(a, b) }

func (m Mention) compare(n Mention) int {
	return cmp.Or(cmp.Compare(m.Document, n.Document), cmp.Compare(m.Entity, n.Entity))
}
