package graph

import (
	"maps"
	"slices"

	"github.com/entente-kg/entente/schema"
)

// Graph is a whole graph in memory, every list sorted by key.
type Graph struct {
	Documents  []Document
	Mentions   []Mention
	Statements []Statement
	Entities   []Entity
	Edges      []Edge
	Fulfilled  []Fulfilment
}

// Assemble derives the whole graph from the rows of all its documents, whose order does not matter. It is the specification
// of layer 1: whatever Plan does in small steps ends in the same. o is as for Derive.
func Assemble(o *schema.Ontology, rows []Rows) Graph {
	o = ontology(o)
	var g Graph
	entities := map[string]*Entity{}
	edges := map[EdgeKey]*Edge{}
	for _, r := range rows {
		g.Documents = append(g.Documents, r.Document)
	}
	heads := families(g.Documents)
	for i := range g.Documents {
		d := &g.Documents[i]
		d.CopyOf = copyOf(d.ID, heads[d.ID])
	}
	slices.SortFunc(g.Documents, func(a, b Document) int { return compare(a.ID, b.ID) })

	members := map[string][]Rows{}
	for _, r := range rows {
		members[heads[r.Document.ID]] = append(members[heads[r.Document.ID]], r)
		g.Mentions = append(g.Mentions, r.Mentions...)
		g.Statements = append(g.Statements, r.Statements...)
		for _, m := range r.Mentions {
			if entities[m.Entity] == nil {
				entities[m.Entity] = &Entity{ID: m.Entity}
			}
			entities[m.Entity].count(m.Variants, r.Document.Day(), 1)
		}
		for _, s := range r.Statements {
			k := s.Key(o)
			if edges[k] == nil {
				edges[k] = &Edge{EdgeKey: k}
			}
			edges[k].span(s.Start, s.End)
			if h, ok := s.holds(o); ok {
				edges[k].hold(h, s.Said, 1)
			}
		}
	}
	seats := map[Seat][]*Edge{}
	for _, e := range edges {
		for _, t := range e.Tenures {
			if seat, ok := e.seat(t); ok {
				seats[seat] = append(seats[seat], e)
			}
		}
	}
	for seat, holders := range seats {
		supersede(seat, holders)
	}
	for head, family := range members {
		outlet := ""
		for _, r := range family {
			if r.Document.ID == head {
				outlet = r.Document.Outlet
			}
		}
		for k, f := range supports(o, family) {
			edges[k].count(f, outlet, 1)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(entities)) {
		g.Entities = append(g.Entities, *entities[id])
	}
	for _, k := range slices.SortedFunc(maps.Keys(edges), EdgeKey.Compare) {
		g.Edges = append(g.Edges, *edges[k])
	}
	slices.SortFunc(g.Mentions, Mention.compare)
	slices.SortFunc(g.Statements, func(a, b Statement) int { return compare(a.ID, b.ID) })
	g.Fulfilled = fulfilments(o, g.Statements)
	return g
}

func copyOf(id, head string) string {
	if id == head {
		return ""
	}
	return head
}
