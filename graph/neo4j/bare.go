package neo4j

import (
	"context"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
)

// MergeBare writes rows of a finished graph with nothing but UNWIND … MERGE … SET: no reading, no retraction, no lock, every
// node and edge once. It is the yardstick that the load bench measures Apply by, and of no other use: what it leaves is a
// graph of ours only if the database was empty and all rows of the graph are written, by one call or several. What a row needs
// has to be written before it or with it. rows bounds a transaction.
func (s *Store) MergeBare(ctx context.Context, g graph.Graph, rows int) error {
	o := s.opts.Ontology
	merge := func(cypher string, n int, row func(i int) any) error {
		for from := 0; from < n; from += rows {
			to := min(from+rows, n)
			list := make([]any, 0, to-from)
			for i := from; i < to; i++ {
				list = append(list, row(i))
			}
			if err := s.write(ctx, func(tx neo4j.ManagedTransaction) error {
				_, err := collect(ctx, tx, cypher, map[string]any{"rows": list})
				return err
			}); err != nil {
				return s.explain(err)
			}
		}
		return nil
	}
	for _, typ := range schema.EntityTypes() {
		var list []graph.Entity
		for _, e := range g.Entities {
			if e.Type() == typ {
				list = append(list, e)
			}
		}
		if err := merge(`UNWIND $rows AS row MERGE (e:Entity {id: row.id}) SET e = row, e:`+string(typ), len(list),
			func(i int) any { return map[string]any(list[i].Properties()) }); err != nil {
			return err
		}
	}
	if err := merge(putDocuments, len(g.Documents),
		func(i int) any { return map[string]any(g.Documents[i].Properties()) }); err != nil {
		return err
	}
	if err := merge(`UNWIND $rows AS row
MERGE (s:Statement {id: row.properties.id})
SET s = row.properties
WITH s, row
MATCH (d:Document {id: row.properties.document})
MATCH (a:Entity {id: row.subject})
MATCH (b:Entity {id: row.object})
MERGE (s)-[x:SUBJECT]->(a) SET x.mention = row.subjectMention
MERGE (s)-[y:OBJECT]->(b) SET y.mention = row.objectMention
MERGE (s)-[:STATED_IN]->(d)`, len(g.Statements), func(i int) any {
		st := g.Statements[i]
		return map[string]any{"properties": map[string]any(st.Properties(o)), "subject": st.Subject.Entity, "subjectMention": orNull(st.Subject.Mention),
			"object": st.Object.Entity, "objectMention": orNull(st.Object.Mention)}
	}); err != nil {
		return err
	}
	if err := merge(putMentions, len(g.Mentions), func(i int) any {
		m := g.Mentions[i]
		return map[string]any{"document": m.Document, "entity": m.Entity, "properties": map[string]any(m.Properties())}
	}); err != nil {
		return err
	}
	for _, group := range byType(o, g.Edges, func(e graph.Edge) string { return e.Relation }) {
		if err := merge(putEdges(group.typ), len(group.rows), func(i int) any { return edgeRow(o, group.rows[i]) }); err != nil {
			return err
		}
	}
	return merge(setFulfilled, len(g.Fulfilled), func(i int) any {
		return map[string]any{"planned": g.Fulfilled[i].Planned, "actual": g.Fulfilled[i].Actual}
	})
}
