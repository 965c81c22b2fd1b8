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
	var g Graph
	for _, r := range rows {
		g.Documents = append(g.Documents, r.Document)
		g.Mentions = append(g.Mentions, r.Mentions...)
		g.Statements = append(g.Statements, r.Statements...)
	}
	Families(g.Documents)
	slices.SortFunc(g.Documents, func(a, b Document) int { return compare(a.ID, b.ID) })
	slices.SortFunc(g.Mentions, Mention.compare)
	slices.SortFunc(g.Statements, func(a, b Statement) int { return compare(a.ID, b.ID) })
	byID := make(map[string]Document, len(g.Documents))
	for _, d := range g.Documents {
		byID[d.ID] = d
	}
	g.Imply(o, func(id string) Document { return byID[id] })
	return g
}

// Families sets every document's CopyOf. docs are all documents of a graph, in any order.
func Families(docs []Document) {
	n := sizes(docs)
	heads := families(docs, func(b Band) int { return n[b] })
	for i := range docs {
		docs[i].CopyOf = copyOf(docs[i].ID, heads[docs[i].ID])
	}
}

// Imply makes layer 1 of g, its Entities, Edges and Fulfilled, of g's Mentions and Statements, which need not be those of a
// whole graph: what is made is true for every entity of which all mentions are there, for every edge of which all statements
// are there, for the tenures of every seat and for the plans of every pair likewise. document gives a document by its id,
// with CopyOf. o is as for Derive.
func (g *Graph) Imply(o *schema.Ontology, document func(id string) Document) {
	o = ontology(o)
	entities := map[string]*Entity{}
	for _, m := range g.Mentions {
		if entities[m.Entity] == nil {
			entities[m.Entity] = &Entity{ID: m.Entity}
		}
		entities[m.Entity].count(m.Variants, document(m.Document).Day(), 1)
	}
	edges := map[EdgeKey]*Edge{}
	said := map[string]map[string]Rows{} // by head and document
	for _, s := range g.Statements {
		k := s.Key(o)
		if edges[k] == nil {
			edges[k] = &Edge{EdgeKey: k}
		}
		edges[k].span(s.Start, s.End)
		if h, ok := s.holds(o); ok {
			edges[k].hold(h, s.Said, 1)
		}
		head := document(s.Document).head()
		if said[head] == nil {
			said[head] = map[string]Rows{}
		}
		r := said[head][s.Document]
		r.Statements = append(r.Statements, s)
		said[head][s.Document] = r
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
	for head, members := range said {
		for k, f := range supports(o, slices.Collect(maps.Values(members))) {
			edges[k].count(f, document(head).Outlet, 1)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(entities)) {
		g.Entities = append(g.Entities, *entities[id])
	}
	for _, k := range slices.SortedFunc(maps.Keys(edges), EdgeKey.Compare) {
		g.Edges = append(g.Edges, *edges[k])
	}
	g.Fulfilled = fulfilments(o, g.Statements)
}

func copyOf(id, head string) string {
	if id == head {
		return ""
	}
	return head
}
