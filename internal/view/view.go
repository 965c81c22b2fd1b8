// Package view is a graph as people look at it: the part of it that a Filter selects, with every edge beside the
// statements it rests on, the strongest edges first. It reads a graph from any store by way of its canonical form, so that
// the same graph gives the same view whatever holds it.
//
// Views are plain values made by pure functions, safe for concurrent reads; equal input gives equal order.
package view

import (
	"cmp"
	"math"
	"slices"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
)

// Network is the selected part of a graph.
type Network struct {
	// Entities are the ends of Edges and the countries these belong to, by id.
	Entities []graph.Entity
	// Documents are those that Statements are stated in, by id.
	Documents []graph.Document
	// Edges are events (relations with a PLOVER code) before standing relations (who holds which office), the strongest first:
	// by documents, statements, confidence, then by key.
	Edges []Edge
	// Of are the totals of the whole graph, before any filter.
	Of Totals
}

// Totals count a graph.
type Totals struct{ Entities, Documents, Statements, Edges int }

// Edge is a typed edge with its evidence.
type Edge struct {
	graph.EdgeKey
	// Statements are the selected ones, by day (undated ones last), then by id.
	Statements []graph.Statement
	// Documents counts the documents, copies of one text as one; First and Last are the days of the events, empty where
	// none is dated; Confidence is the noisy or over independent documents.
	Documents   int
	First, Last string
	Confidence  float64
}

// Quad is the edge's quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict,
// 0 for a relation or status without a PLOVER code.
func (e Edge) Quad(o *schema.Ontology) int {
	r, _ := o.Get(e.Relation)
	return schema.PloverEvents[r.PloverOf(e.Status).Event]
}

// standing is 1 for what holds for a time instead of happening, which PLOVER has no code for; else 0. Otherwise offices, which
// every article repeats, would stand before all that their holders do.
func standing(o *schema.Ontology, e Edge) int {
	if r, _ := o.Get(e.Relation); r.Plover.Event == "" {
		return 1
	}
	return 0
}

// Of selects a part of g. o is the vocabulary, nil for the embedded one.
func Of(o *schema.Ontology, g graph.Graph, f Filter) Network {
	if o == nil {
		o = schema.Relations()
	}
	n := Network{Of: Totals{len(g.Entities), len(g.Documents), len(g.Statements), len(g.Edges)}}
	entities := make(map[string]graph.Entity, len(g.Entities))
	for _, e := range g.Entities {
		entities[e.ID] = e
	}
	documents := make(map[string]graph.Document, len(g.Documents))
	for _, d := range g.Documents {
		documents[d.ID] = d
	}
	keep := f.matcher(entities)
	at := map[graph.EdgeKey]int{}
	for _, s := range g.Statements {
		if !keep(s, documents[s.Document]) {
			continue
		}
		k := s.Key(o)
		i, ok := at[k]
		if !ok {
			i = len(n.Edges)
			at[k] = i
			n.Edges = append(n.Edges, Edge{EdgeKey: k})
		}
		n.Edges[i].Statements = append(n.Edges[i].Statements, s)
	}
	usedEntities, usedDocuments := map[string]bool{}, map[string]bool{}
	for i := range n.Edges {
		e := &n.Edges[i]
		e.sum(documents)
		usedEntities[e.From], usedEntities[e.To] = true, true
		for _, s := range e.Statements {
			usedDocuments[s.Document] = true
		}
	}
	for _, e := range g.Entities {
		if usedEntities[e.ID] {
			usedEntities[e.Latest("country")] = true
		}
	}
	for _, e := range g.Entities {
		if usedEntities[e.ID] {
			n.Entities = append(n.Entities, e)
		}
	}
	for _, d := range g.Documents {
		if usedDocuments[d.ID] {
			n.Documents = append(n.Documents, d)
		}
	}
	slices.SortFunc(n.Edges, func(a, b Edge) int {
		return cmp.Or(cmp.Compare(standing(o, a), standing(o, b)), cmp.Compare(b.Documents, a.Documents), cmp.Compare(len(b.Statements), len(a.Statements)),
			cmp.Compare(b.Confidence, a.Confidence), a.Compare(b.EdgeKey))
	})
	return n
}

// sum orders the statements and fills the counts.
func (e *Edge) sum(documents map[string]graph.Document) {
	slices.SortFunc(e.Statements, func(a, b graph.Statement) int {
		return cmp.Or(cmp.Compare(cmp.Or(a.Start, "~"), cmp.Or(b.Start, "~")), cmp.Compare(a.ID, b.ID))
	})
	best := map[string]float64{} // of each family of copies
	var heads []string
	for _, s := range e.Statements {
		head := cmp.Or(documents[s.Document].CopyOf, s.Document)
		if _, ok := best[head]; !ok {
			heads = append(heads, head)
		}
		best[head] = max(best[head], s.Confidence)
		if s.Start != "" && (e.First == "" || s.Start < e.First) {
			e.First = s.Start
		}
		e.Last = max(e.Last, s.Start, s.End)
	}
	e.Documents = len(heads)
	slices.Sort(heads) // a product of floats depends on its order
	doubt := 1.0
	for _, h := range heads {
		doubt *= 1 - best[h]
	}
	e.Confidence = math.Round((1-doubt)*1e4) / 1e4
}

// Strongest is the network with its first most edges and their ends only; all of it when most is 0.
func (n Network) Strongest(most int) Network {
	if most <= 0 || len(n.Edges) <= most {
		return n
	}
	n.Edges = n.Edges[:most]
	return n.trim()
}

// Keep is the network with the edges that keep accepts, and their ends only.
func (n Network) Keep(keep func(graph.EdgeKey) bool) Network {
	all := n.Edges
	n.Edges = nil
	for _, e := range all {
		if keep(e.EdgeKey) {
			n.Edges = append(n.Edges, e)
		}
	}
	return n.trim()
}

// trim leaves out the entities that no edge ends in.
func (n Network) trim() Network {
	used := map[string]bool{}
	for _, e := range n.Edges {
		used[e.From], used[e.To] = true, true
	}
	all := n.Entities
	n.Entities = nil
	for _, e := range all {
		if used[e.ID] {
			n.Entities = append(n.Entities, e)
		}
	}
	return n
}

func statusOf(p graph.Properties) schema.Status { return schema.Status(p.Get("status")) }
