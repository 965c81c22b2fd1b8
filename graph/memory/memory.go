// Package memory keeps a graph in memory: for tests, dry runs and files. It stores the rows that graph.Plan tells it to,
// just as a database does, and so is the smallest example of a graph.Store.
package memory

import (
	"bufio"
	"context"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
)

var (
	_ graph.Store  = (*Store)(nil)
	_ graph.Reader = reader{}
)

// Store is a graph in memory, safe for concurrent use.
type Store struct {
	ontology *schema.Ontology

	mu        sync.RWMutex
	documents map[string]graph.Rows // with CopyOf
	entities  map[string]graph.Entity
	edges     map[graph.EdgeKey]graph.Edge
	fulfilled map[string]string
	// byEdge and byEntity index what Dated and Seen look for.
	byEdge   map[graph.EdgeKey]map[string]graph.Statement
	byEntity map[string]map[string]graph.Mention
	bySeat   map[graph.Seat]map[string]graph.EdgeKey
	copies   map[string]map[string]bool
	bands    map[graph.Band]map[string]bool
}

// New is an empty graph. o is the vocabulary, nil for the embedded one.
func New(o *schema.Ontology) *Store {
	if o == nil {
		o = schema.Relations()
	}
	return &Store{
		ontology: o, documents: map[string]graph.Rows{}, entities: map[string]graph.Entity{}, edges: map[graph.EdgeKey]graph.Edge{},
		fulfilled: map[string]string{}, byEdge: map[graph.EdgeKey]map[string]graph.Statement{},
		byEntity: map[string]map[string]graph.Mention{}, bySeat: map[graph.Seat]map[string]graph.EdgeKey{}, copies: map[string]map[string]bool{}, bands: map[graph.Band]map[string]bool{},
	}
}

// Apply implements graph.Store. The change is one transaction, however large.
func (s *Store) Apply(ctx context.Context, c graph.Change) (graph.Summary, error) {
	put, withdraw, err := graph.Prepare(s.ontology, c)
	if err != nil {
		return graph.Summary{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	d, err := graph.Plan(ctx, s.ontology, reader{s}, put, withdraw)
	if err != nil {
		return graph.Summary{}, err
	}
	s.write(d, put)
	return d.Summary, nil
}

// Plan implements graph.Store.
func (s *Store) Plan(ctx context.Context, c graph.Change) (*graph.Delta, error) {
	put, withdraw, err := graph.Prepare(s.ontology, c)
	if err != nil {
		return nil, err
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	return graph.Plan(ctx, s.ontology, reader{s}, put, withdraw)
}

// Documents implements graph.Store.
func (s *Store) Documents(ctx context.Context) iter.Seq2[graph.DocumentState, error] {
	return func(yield func(graph.DocumentState, error) bool) {
		s.mu.RLock()
		var states []graph.DocumentState
		for _, id := range slices.Sorted(maps.Keys(s.documents)) {
			states = append(states, s.documents[id].Document.State())
		}
		s.mu.RUnlock()
		for _, d := range states {
			if err := ctx.Err(); err != nil {
				yield(graph.DocumentState{}, err)
				return
			}
			if !yield(d, nil) {
				return
			}
		}
	}
}

// Graph is a copy of the whole graph, every list sorted by key.
func (s *Store) Graph() graph.Graph {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var g graph.Graph
	for _, id := range slices.Sorted(maps.Keys(s.documents)) {
		r := s.documents[id]
		g.Documents = append(g.Documents, r.Document)
		g.Mentions = append(g.Mentions, r.Mentions...)
		g.Statements = append(g.Statements, r.Statements...)
	}
	slices.SortFunc(g.Statements, func(a, b graph.Statement) int { return strings.Compare(a.ID, b.ID) })
	for _, id := range slices.Sorted(maps.Keys(s.entities)) {
		g.Entities = append(g.Entities, s.entities[id])
	}
	for _, e := range s.edges {
		g.Edges = append(g.Edges, e)
	}
	slices.SortFunc(g.Edges, func(a, b graph.Edge) int { return a.Compare(b.EdgeKey) })
	for _, id := range slices.Sorted(maps.Keys(s.fulfilled)) {
		g.Fulfilled = append(g.Fulfilled, graph.Fulfilment{Planned: id, Actual: s.fulfilled[id]})
	}
	return g
}

// Dump implements graph.Store.
func (s *Store) Dump(_ context.Context, w io.Writer) error {
	b := bufio.NewWriter(w)
	if err := s.Graph().Dump(s.ontology, b); err != nil {
		return err
	}
	return b.Flush()
}

// Close implements graph.Store; the graph is gone with the Store.
func (s *Store) Close(context.Context) error { return nil }

// write carries out a delta.
func (s *Store) write(d *graph.Delta, put []graph.Rows) {
	rows := map[string]graph.Rows{}
	for _, r := range put {
		rows[r.Document.ID] = r
	}
	for _, id := range d.DeleteDocuments {
		s.index(s.documents[id], false)
		delete(s.documents, id)
	}
	for _, st := range slices.Concat(d.DeleteStatements, d.ChangeStatements) {
		delete(s.fulfilled, st.ID)
		maps.DeleteFunc(s.fulfilled, func(_, actual string) bool { return actual == st.ID })
	}
	for _, doc := range d.PutDocuments {
		old := s.documents[doc.ID]
		s.index(old, false)
		r := rows[doc.ID]
		r.Document.CopyOf = old.Document.CopyOf
		s.documents[doc.ID] = r
		s.index(r, true)
	}
	for _, c := range d.Copies {
		r := s.documents[c.Document]
		s.index(r, false)
		r.Document.CopyOf = c.Of
		s.documents[c.Document] = r
		s.index(r, true)
	}
	for _, id := range d.DeleteEntities {
		delete(s.entities, id)
	}
	for _, e := range d.PutEntities {
		s.entities[e.ID] = e
	}
	for _, k := range d.DeleteEdges {
		s.seat(s.edges[k], false)
		delete(s.edges, k)
	}
	for _, e := range d.PutEdges {
		s.seat(s.edges[e.EdgeKey], false)
		s.edges[e.EdgeKey] = e
		s.seat(e, true)
	}
	for _, f := range d.Fulfilled {
		if f.Actual == "" {
			delete(s.fulfilled, f.Planned)
		} else {
			s.fulfilled[f.Planned] = f.Actual
		}
	}
}

// index enters or removes a document's rows in the look-up tables.
func (s *Store) index(r graph.Rows, in bool) {
	id := r.Document.ID
	for _, st := range r.Statements {
		enter(s.byEdge, st.Key(s.ontology), st.ID, st, in)
	}
	for _, m := range r.Mentions {
		enter(s.byEntity, m.Entity, id, m, in)
	}
	if r.Document.CopyOf != "" {
		enter(s.copies, r.Document.CopyOf, id, true, in)
	}
	for i, v := range r.Document.Sketch.Bands() {
		enter(s.bands, graph.Band{Index: i, Value: v}, id, true, in)
	}
}

// seat enters or removes an edge among those that fill a seat.
func (s *Store) seat(e graph.Edge, in bool) {
	for _, t := range e.Tenures {
		if t.Unique {
			enter(s.bySeat, graph.Seat{Relation: e.Relation, Of: e.To, Office: t.Office}, e.ID(), e.EdgeKey, in)
		}
	}
}

func enter[K comparable, V any](table map[K]map[string]V, key K, id string, v V, in bool) {
	switch {
	case in && table[key] == nil:
		table[key] = map[string]V{id: v}
	case in:
		table[key][id] = v
	default:
		if delete(table[key], id); len(table[key]) == 0 {
			delete(table, key)
		}
	}
}

// Walk implements graph.Walker.
func (s *Store) Walk(ctx context.Context, v graph.Visitor) error { return s.Graph().Walk(ctx, v) }
