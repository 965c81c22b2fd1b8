package neo4j

import (
	"context"
	"slices"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
)

var _ graph.Walker = (*Store)(nil)

// Walk implements graph.Walker, a page of nodes at a time.
func (s *Store) Walk(ctx context.Context, v graph.Visitor) error {
	err := s.pages(ctx, entitiesAfter, func(r []any) (string, error) {
		e := graph.ReadEntity(properties(r[1]))
		var edges []graph.Edge
		list, _ := r[2].([]any)
		for _, x := range list {
			t := x.([]any)
			p := properties(t[2])
			k := graph.EdgeKey{Relation: graph.RelationOf(text(t[0])), Status: schema.Status(p.Get("status")), From: e.ID, To: text(t[1])}
			if _, ok := s.opts.Ontology.Get(k.Relation); ok {
				edges = append(edges, graph.ReadEdge(k, p))
			}
		}
		slices.SortFunc(edges, func(a, b graph.Edge) int { return a.Compare(b.EdgeKey) })
		return e.ID, v.Entity(e, edges)
	})
	if err != nil {
		return err
	}
	err = s.pages(ctx, documentsAfter, func(r []any) (string, error) {
		d := graph.ReadDocument(properties(r[0]))
		d.CopyOf = text(r[1])
		var list []graph.Mention
		for _, m := range mentions(d.ID, r[2]) {
			list = append(list, graph.ReadMention(d.ID, m.to, m.p))
		}
		return d.ID, v.Document(d, list)
	})
	if err != nil {
		return err
	}
	return s.pages(ctx, statementsAfter, func(r []any) (string, error) {
		st := graph.ReadStatement(properties(r[0]))
		fulfilled := ""
		for _, e := range ends(r[1]) {
			ref := graph.Reference{Entity: e.to, Mention: e.p.Get("mention")}
			switch e.typ {
			case graph.SubjectType:
				st.Subject = ref
			case graph.ObjectType:
				st.Object = ref
			case graph.AttributedToType:
				st.Attribution = append(st.Attribution, ref)
			case graph.FulfilledByType:
				fulfilled = e.to
			}
		}
		return st.ID, v.Statement(st, fulfilled)
	})
}
