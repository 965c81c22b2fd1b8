package graph

import (
	"cmp"
	"slices"
	"time"

	"github.com/entente-kg/entente/schema"
)

// uniqueOffice is the qualifier of a statement whose office one person of a country or body holds at a time.
const uniqueOffice = "unique=true"

// Tenure is what an actual edge of a functional relation (holds-office) says of one office.
type Tenure struct {
	// Office is the canonical office that the statements give.
	Office string
	// Unique offices have one holder at a time in a country or body. Statements may disagree: then there are two tenures.
	Unique bool
	// Said are the days on which statements say so, in order; the unknown day, if any, is "" and the first.
	Said []SaidOn
	// Terms are the times for which the holder holds it, in order, at least one: more than one for who came back.
	Terms []Term
}

// SaidOn counts the statements of one day, copies included.
type SaidOn struct {
	Day        string
	Statements int
}

// Term is one time in an office.
type Term struct {
	// From is the first day on which a statement says so; empty when none is dated.
	From string
	// To is the day before somebody else is first said to hold the same unique office of the same country or body; empty
	// while nobody is.
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

// hold adds (n > 0) or takes back (n < 0) what n statements of one day say. Where that changes the days, the tenure has one
// open term, until supersede finds others.
func (e *Edge) hold(h held, day string, n int) {
	i, found := slices.BinarySearchFunc(e.Tenures, h, func(t Tenure, h held) int { return t.held().compare(h) })
	if !found {
		e.Tenures = slices.Insert(e.Tenures, i, Tenure{Office: h.office, Unique: h.unique})
	}
	t := &e.Tenures[i]
	t.Said = slices.Clone(t.Said)
	j, found := slices.BinarySearchFunc(t.Said, day, func(s SaidOn, day string) int { return cmp.Compare(s.Day, day) })
	if !found {
		t.Said = slices.Insert(t.Said, j, SaidOn{Day: day})
	}
	t.Said[j].Statements += n
	if t.Said[j].Statements == 0 {
		t.Said = slices.Delete(t.Said, j, j+1)
		found = false
	}
	switch {
	case len(t.Said) == 0:
		e.Tenures = slices.Delete(e.Tenures, i, i+1)
	case !found:
		t.Terms = []Term{{From: t.first()}}
	}
}

// first is the first known day; empty for none.
func (t Tenure) first() string {
	for _, s := range t.Said {
		if s.Day != "" {
			return s.Day
		}
	}
	return ""
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
	return Seat{e.Relation, e.To, t.Office}, t.Unique && t.first() != ""
}

// afterglow is for how many days a new holder's predecessor may still be called by the office without having come back to it.
const afterglow = 30

// supersede finds the terms of one seat. edges are all that fill it, one a holder. Who is said to hold it for the first time
// begins a term and ends the others'. Who held it before comes back only when said to hold it on two days, without a word of
// the present holder between them, and not in the afterglow: so a slip, a retrospect, or a late report changes nothing.
// It gives the edges whose terms it changed; their Tenures are copies.
func supersede(s Seat, edges []*Edge) (changed []*Edge) {
	edges = slices.Clone(edges)
	slices.SortFunc(edges, func(a, b *Edge) int { return cmp.Compare(a.From, b.From) })
	type word struct {
		day    string
		holder int
	}
	var said []word
	for i, e := range edges {
		for _, t := range e.Tenures {
			if at, ok := e.seat(t); !ok || at != s {
				continue
			}
			for _, on := range t.Said {
				if on.Day != "" {
					said = append(said, word{on.Day, i})
				}
			}
		}
	}
	slices.SortFunc(said, func(a, b word) int { return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.holder, b.holder)) })
	terms := make([][]Term, len(edges))
	var present []int // holders; several when they were first named on one day
	since, settled := "", ""
	var back word // the first word of who may be back
	take := func(w word) {
		if w.day != since {
			for _, h := range present {
				terms[h][len(terms[h])-1].To = dayAfter(w.day, -1)
			}
			present = nil
		}
		present = append(present, w.holder)
		terms[w.holder] = append(terms[w.holder], Term{From: w.day})
		since, settled, back = w.day, dayAfter(w.day, afterglow), word{}
	}
	for _, w := range said {
		switch {
		case slices.Contains(present, w.holder):
			back = word{}
		case terms[w.holder] == nil:
			take(w)
		case w.day < settled:
		case back.day == "" || back.holder != w.holder:
			back = w
		default:
			take(back)
		}
	}
	for i, e := range edges {
		for j, t := range e.Tenures {
			if terms[i] != nil && t.Unique && t.Office == s.Office && !slices.Equal(t.Terms, terms[i]) {
				e.Tenures = slices.Clone(e.Tenures)
				e.Tenures[j].Terms = terms[i]
				changed = append(changed, e)
			}
		}
	}
	return changed
}

// dayAfter is n days after a day; of a text that is none, the text.
func dayAfter(day string, n int) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return t.AddDate(0, 0, n).Format(time.DateOnly)
}

// term is the first and last day of all tenures together; to is empty while one of them is open.
func (e Edge) term() (from, to string) {
	open := false
	for _, t := range e.Tenures {
		for _, term := range t.Terms {
			if term.From != "" && (from == "" || term.From < from) {
				from = term.From
			}
			open = open || term.To == ""
			to = max(to, term.To)
		}
	}
	if open {
		to = ""
	}
	return from, to
}
