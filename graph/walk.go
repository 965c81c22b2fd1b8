package graph

import "context"

// Visitor takes a graph row by row, in the order of dumps: entities with the edges that leave them, documents with what they
// mention, statements. An error ends the walk. Slices are the visitor's to keep.
type Visitor interface {
	Entity(e Entity, edges []Edge) error
	Document(d Document, mentions []Mention) error
	// Statement tells also what the statement is FULFILLED_BY; empty for nothing.
	Statement(s Statement, fulfilledBy string) error
}

// Walker is a graph that can be visited; every Store of this module is one. It holds a page of rows at a time.
type Walker interface {
	Walk(ctx context.Context, v Visitor) error
}

// Walk visits the graph.
func (g Graph) Walk(ctx context.Context, v Visitor) error {
	edges := g.Edges
	for _, e := range g.Entities {
		n := 0
		for n < len(edges) && edges[n].From == e.ID {
			n++
		}
		if err := v.Entity(e, edges[:n:n]); err != nil {
			return err
		}
		edges = edges[n:]
	}
	mentions := g.Mentions
	for _, d := range g.Documents {
		n := 0
		for n < len(mentions) && mentions[n].Document == d.ID {
			n++
		}
		if err := v.Document(d, mentions[:n:n]); err != nil {
			return err
		}
		mentions = mentions[n:]
	}
	fulfilled := map[string]string{}
	for _, f := range g.Fulfilled {
		fulfilled[f.Planned] = f.Actual
	}
	for _, s := range g.Statements {
		if err := v.Statement(s, fulfilled[s.ID]); err != nil {
			return err
		}
	}
	return ctx.Err()
}
