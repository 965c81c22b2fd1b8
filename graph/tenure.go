package graph

import (
	"cmp"
	"slices"
	"time"

	"github.com/entente-kg/entente/schema"
)

// uniqueOffice is the qualifier of a statement whose office one person of a country or body holds at a time.
const uniqueOffice = "unique=true"

// Tenure is what an actual edge of a functional relation (holds-office) says of one office: since when its holder is said
// to hold it, and until when, by the next one.
type Tenure struct {
	// Office is the canonical office that the statements give.
	Office string
	// Unique offices have one holder at a time in a country or body. Statements may disagree: then there are two tenures.
	Unique bool
	// Statements is the number of statements that say so, copies included.
	Statements int
	// From is the first day on which one of them says so; empty when none is dated.
	From string
	// To is the day before somebody else is first said to hold the same unique office of the same country or body;
	// empty while nobody is.
	To string
}

// held names a tenure of one edge.
type held struct {
	office string
	unique bool
}

// Seat is a unique office of a country or body.
type Seat struct{ Relation, Of, Office string }

func (s Seat) compare(t Seat) int {
	return cmp.Or(cmp.Compare(s.Relation, t.Relation), cmp.Compare(s.Of, t.Of), cmp.Compare(s.Office, t.Office))
}

// said is the day of a statement of a functional relation: that of the event, else that on which the document came out.
func said(o *schema.Ontology, d Document, s Statement) string {
	if r, _ := o.Get(s.Relation); !r.Functional {
		return ""
	}
	return cmp.Or(s.Start, d.Day())
}

// holds is the tenure that a statement speaks of; ok is false for one that speaks of none: another relation, a plan or a
// denial, or no office named.
func (s Statement) holds(o *schema.Ontology) (h held, ok bool) {
	if s.Status != schema.StatusActual || s.Office == "" {
		return held{}, false
	}
	r, _ := o.Get(s.Relation)
	return held{s.Office, slices.Contains(s.Qualifiers, uniqueOffice)}, r.Functional
}

// hold adds (n > 0) or takes back (n < 0) what n statements of one day say. Taking back leaves From as it was.
func (e *Edge) hold(h held, day string, n int) {
	i, found := slices.BinarySearchFunc(e.Tenures, h, func(t Tenure, h held) int { return t.held().compare(h) })
	if !found {
		e.Tenures = slices.Insert(e.Tenures, i, Tenure{Office: h.office, Unique: h.unique})
	}
	t := &e.Tenures[i]
	t.Statements += n
	if n > 0 && day != "" && (t.From == "" || day < t.From) {
		t.From = day
	}
	if t.Statements == 0 {
		e.Tenures = slices.Delete(e.Tenures, i, i+1)
	}
}

func (t Tenure) held() held { return held{t.Office, t.Unique} }

func (h held) compare(g held) int {
	if c := cmp.Compare(h.office, g.office); c != 0 || h.unique == g.unique {
		return c
	}
	if g.unique {
		return -1
	}
	return 1
}

// seat is the unique office that a tenure of e fills; ok is false for one without a day and for offices of many.
func (e *Edge) seat(t Tenure) (Seat, bool) {
	return Seat{e.Relation, e.To, t.Office}, t.Unique && t.From != ""
}

// Fills reports whether the edge has a tenure of the unique office.
func (e *Edge) Fills(s Seat) bool {
	return e.Relation == s.Relation && e.To == s.Of && e.Status == schema.StatusActual &&
		slices.ContainsFunc(e.Tenures, func(t Tenure) bool { return t.Unique && t.Office == s.Office })
}

// supersede ends the tenures of one seat. edges are all that fill it. It gives those whose To it changed; their Tenures
// are copies.
func supersede(s Seat, edges []*Edge) (changed []*Edge) {
	var starts []string
	for _, e := range edges {
		for _, t := range e.Tenures {
			if at, ok := e.seat(t); ok && at == s {
				starts = append(starts, t.From)
			}
		}
	}
	slices.Sort(starts)
	for _, e := range edges {
		for i, t := range e.Tenures {
			if t.Office != s.Office || !t.Unique {
				continue
			}
			to := ""
			// Whoever begins on another day is somebody else: an edge has one tenure of an office.
			if next, _ := slices.BinarySearch(starts, t.From+"~"); t.From != "" && next < len(starts) {
				to = dayBefore(starts[next])
			}
			if t.To != to {
				e.Tenures = slices.Clone(e.Tenures)
				e.Tenures[i].To = to
				changed = append(changed, e)
			}
		}
	}
	return changed
}

// dayBefore is the day before a day; of a text that is none, the text.
func dayBefore(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return t.AddDate(0, 0, -1).Format(time.DateOnly)
}

// term is the first and last day of all tenures together; to is empty while one of them is open.
func (e Edge) term() (from, to string) {
	open := false
	for _, t := range e.Tenures {
		if t.From != "" && (from == "" || t.From < from) {
			from = t.From
		}
		open = open || t.To == ""
		to = max(to, t.To)
	}
	if open {
		to = ""
	}
	return from, to
}
