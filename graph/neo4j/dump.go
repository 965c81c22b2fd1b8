package neo4j

import (
	"cmp"
	"context"
	"slices"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
)

const entitiesAfter = `MATCH (e:Entity)
WHERE e.id > $after AND e.documents IS NOT NULL
WITH e ORDER BY e.id LIMIT $page
RETURN labels(e), properties(e),
  COLLECT { MATCH (e)-[r]->(o:Entity) WHERE r.weight IS NOT NULL RETURN [type(r), o.id, properties(r)] }
ORDER BY e.id`

func (s *Store) dumpEntities(ctx context.Context, d *graph.DumpWriter) error {
	return s.pages(ctx, entitiesAfter, func(v []any) (string, error) {
		p := properties(v[1])
		d.Node(p, s.labels(v[0])...)
		edges, _ := v[2].([]any)
		rows := make([]relationship, 0, len(edges))
		for _, e := range edges {
			r := e.([]any)
			rows = append(rows, relationship{text(r[0]), text(r[1]), properties(r[2])})
		}
		slices.SortFunc(rows, func(a, b relationship) int {
			return cmp.Or(cmp.Compare(graph.RelationOf(a.typ), graph.RelationOf(b.typ)), cmp.Compare(a.to, b.to),
				cmp.Compare(a.p.Get("status"), b.p.Get("status")))
		})
		for _, r := range rows {
			d.Relationship(r.typ, p.Get("id"), r.to, r.p)
		}
		return p.Get("id"), d.Err()
	})
}

type relationship struct {
	typ, to string
	p       graph.Properties
}

// labels are ours of a node's; another application may add its own.
func (s *Store) labels(v any) []string {
	var out []string
	list, _ := v.([]any)
	for _, l := range list {
		name := text(l)
		if name == graph.EntityLabel || slices.Contains(schema.EntityTypes(), schema.EntityType(name)) {
			out = append(out, name)
		}
	}
	return out
}

func (s *Store) dumpDocuments(ctx context.Context, d *graph.DumpWriter) error {
	return s.pages(ctx, documentsAfter, func(v []any) (string, error) {
		p := properties(v[0])
		id := p.Get("id")
		d.Node(p, graph.DocumentLabel)
		if head := text(v[1]); head != "" {
			d.Relationship(graph.CopyOfType, id, head, nil)
		}
		for _, m := range mentions(id, v[2]) {
			d.Relationship(graph.MentionsType, id, m.to, m.p)
		}
		return id, d.Err()
	})
}

// mentions reads the list of documentsAfter, by entity.
func mentions(document string, v any) []relationship {
	list, _ := v.([]any)
	out := make([]relationship, 0, len(list))
	for _, m := range list {
		r := m.([]any)
		out = append(out, relationship{graph.MentionsType, text(r[0]), properties(r[1])})
	}
	slices.SortFunc(out, func(a, b relationship) int { return cmp.Compare(a.to, b.to) })
	return out
}

// statementsAfter has one row a statement, also where a relationship is missing or there twice, so that a dump shows it.
const statementsAfter = `MATCH (s:Statement)
WHERE s.id > $after AND s.edge IS NOT NULL
WITH s ORDER BY s.id LIMIT $page
RETURN properties(s),
  COLLECT { MATCH (s)-[r:SUBJECT|OBJECT|STATED_IN|ATTRIBUTED_TO|FULFILLED_BY]->(o) RETURN [type(r), o.id, properties(r)] }
ORDER BY s.id`

// endOrder is how dumps list the relationships of a statement.
var endOrder = []string{graph.SubjectType, graph.ObjectType, graph.StatedInType, graph.AttributedToType, graph.FulfilledByType}

func (s *Store) dumpStatements(ctx context.Context, d *graph.DumpWriter) error {
	return s.pages(ctx, statementsAfter, func(v []any) (string, error) {
		p := properties(v[0])
		d.Node(p, graph.StatementLabel)
		for _, r := range ends(v[1]) {
			d.Relationship(r.typ, p.Get("id"), r.to, r.p)
		}
		return p.Get("id"), d.Err()
	})
}

// ends reads the list of statementsAfter in the order of dumps.
func ends(v any) []relationship {
	list, _ := v.([]any)
	out := make([]relationship, 0, len(list))
	for _, e := range list {
		r := e.([]any)
		p := properties(r[2])
		if len(p) == 0 {
			p = nil
		}
		out = append(out, relationship{text(r[0]), text(r[1]), p})
	}
	slices.SortFunc(out, func(a, b relationship) int {
		return cmp.Or(cmp.Compare(slices.Index(endOrder, a.typ), slices.Index(endOrder, b.typ)),
			cmp.Compare(a.p.Int("order"), b.p.Int("order")), cmp.Compare(a.to, b.to))
	})
	return out
}
