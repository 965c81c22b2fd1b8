package neo4j

import (
	"context"
	"slices"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
)

// writer carries out a delta: one UNWIND a kind, nodes before relationships, rows sorted by key. Deletions
// come first, so that nothing is merged into what is about to go.
type writer struct {
	ontology *schema.Ontology
	// run carries out one query.
	run func(cypher string, params map[string]any) error
	// rows and bytes bound one query.
	rows, bytes int
}

// writerIn writes within a transaction.
func (s *Store) writerIn(ctx context.Context, tx neo4j.ManagedTransaction) writer {
	return writer{ontology: s.opts.Ontology, rows: 10_000, bytes: 8 << 20, run: func(cypher string, params map[string]any) error {
		result, err := tx.Run(ctx, cypher, params)
		if err == nil {
			_, err = result.Consume(ctx)
		}
		return err
	}}
}

const (
	deleteMentions = `UNWIND $rows AS row
MATCH (d:Document {id: row.document})-[m:MENTIONS]->(e:Entity {id: row.entity})
DELETE m`
	deleteStatements = `UNWIND $rows AS id
MATCH (s:Statement {id: id})
DETACH DELETE s`
	deleteDocuments = `UNWIND $rows AS id
MATCH (d:Document {id: id}) WHERE d.digest IS NOT NULL
DETACH DELETE d`
	deleteEntities = `UNWIND $rows AS id
MATCH (e:Entity {id: id}) WHERE e.documents IS NOT NULL
DETACH DELETE e`
	putDocuments = `UNWIND $rows AS row
MERGE (d:Document {id: row.id})
SET d = row`
	// New relationships are created, not merged: the plan, made under the lock, says that they are not there, and looking
	// between two nodes of many relationships is the dearest part of a load.
	addMentions = `UNWIND $rows AS row
MATCH (d:Document {id: row.document})
MATCH (e:Entity {id: row.entity})
CREATE (d)-[m:MENTIONS]->(e)
SET m = row.properties`
	putMentions = `UNWIND $rows AS row
MATCH (d:Document {id: row.document})
MATCH (e:Entity {id: row.entity})
MERGE (d)-[m:MENTIONS]->(e)
SET m = row.properties`
	// The node is merged and its relationships are created: the plan says that the statement is not there, and what
	// changed was deleted above.
	addStatements = `UNWIND $rows AS row
MATCH (d:Document {id: row.properties.document})
MATCH (a:Entity {id: row.subject})
MATCH (b:Entity {id: row.object})
MERGE (s:Statement {id: row.properties.id})
SET s = row.properties
CREATE (s)-[:SUBJECT {mention: row.subjectMention}]->(a),
       (s)-[:OBJECT {mention: row.objectMention}]->(b),
       (s)-[:STATED_IN]->(d)`
	addSpeakers = `UNWIND $rows AS row
MATCH (s:Statement {id: row.id})
MATCH (e:Entity {id: row.entity})
CREATE (s)-[:ATTRIBUTED_TO {mention: row.mention, order: row.order}]->(e)`
	dropCopies = `UNWIND $rows AS id
MATCH (:Document {id: id})-[c:COPY_OF]->()
DELETE c`
	setCopies = `UNWIND $rows AS row
MATCH (d:Document {id: row.document})
MATCH (h:Document {id: row.of})
MERGE (d)-[:COPY_OF]->(h)`
	dropFulfilled = `UNWIND $rows AS id
MATCH (:Statement {id: id})-[f:FULFILLED_BY]->()
DELETE f`
	setFulfilled = `UNWIND $rows AS row
MATCH (p:Statement {id: row.planned})
MATCH (a:Statement {id: row.actual})
MERGE (p)-[:FULFILLED_BY]->(a)`
)

func (w writer) write(d *graph.Delta) error {
	for _, step := range []func(*graph.Delta) error{w.deletions, w.nodes, w.statements, w.edges, w.links} {
		if err := step(d); err != nil {
			return err
		}
	}
	return nil
}

func (w writer) deletions(d *graph.Delta) error {
	mentions := make([]any, len(d.DeleteMentions))
	for i, m := range d.DeleteMentions {
		mentions[i] = map[string]any{"document": m.Document, "entity": m.Entity}
	}
	if err := w.unwind(deleteMentions, mentions); err != nil {
		return err
	}
	var ids []string
	for _, s := range slices.Concat(d.ChangeStatements, d.DeleteStatements) {
		ids = append(ids, s.ID)
	}
	slices.Sort(ids)
	if err := w.unwind(deleteStatements, anys(ids)); err != nil {
		return err
	}
	for _, g := range byType(w.ontology, d.DeleteEdges, func(k graph.EdgeKey) string { return k.Relation }) {
		rows := make([]any, len(g.rows))
		for i, k := range g.rows {
			rows[i] = keyRow(k)
		}
		if err := w.unwind(`UNWIND $rows AS row
MATCH (a:Entity {id: row.from})
MATCH (b:Entity {id: row.to})
MATCH (a)-[r:`+g.typ+` {status: row.status}]->(b)
DELETE r`, rows); err != nil {
			return err
		}
	}
	if err := w.unwind(deleteDocuments, anys(d.DeleteDocuments)); err != nil {
		return err
	}
	return w.unwind(deleteEntities, anys(d.DeleteEntities))
}

func (w writer) nodes(d *graph.Delta) error {
	rows := make([]any, len(d.PutDocuments))
	for i, doc := range d.PutDocuments {
		rows[i] = map[string]any(doc.Properties())
	}
	if err := w.unwind(putDocuments, rows); err != nil {
		return err
	}
	for _, typ := range schema.EntityTypes() {
		var rows []any
		for _, e := range d.PutEntities {
			if e.Type() == typ {
				rows = append(rows, map[string]any(e.Properties()))
			}
		}
		if err := w.unwind(putEntities[typ], rows); err != nil {
			return err
		}
	}
	if err := w.unwind(addMentions, mentionRows(d.AddMentions)); err != nil {
		return err
	}
	return w.unwind(putMentions, mentionRows(d.ChangeMentions))
}

func mentionRows(mentions []graph.Mention) []any {
	rows := make([]any, len(mentions))
	for i, m := range mentions {
		rows[i] = map[string]any{"document": m.Document, "entity": m.Entity, "properties": map[string]any(m.Properties())}
	}
	return rows
}

// putEntities gives a node its entity type as second label, and takes away any other.
var putEntities = func() map[schema.EntityType]string {
	out := map[schema.EntityType]string{}
	for _, typ := range schema.EntityTypes() {
		others := ""
		for _, t := range schema.EntityTypes() {
			if t != typ {
				others += ":" + string(t)
			}
		}
		out[typ] = `UNWIND $rows AS row
MERGE (e:Entity {id: row.id})
SET e = row, e:` + string(typ) + `
REMOVE e` + others
	}
	return out
}()

func (w writer) statements(d *graph.Delta) error {
	all := slices.Concat(d.AddStatements, d.ChangeStatements)
	slices.SortFunc(all, func(a, b graph.Statement) int {
		if a.ID < b.ID {
			return -1
		}
		return 1
	})
	rows := make([]any, len(all))
	var speakers []any
	for i, s := range all {
		rows[i] = map[string]any{"properties": map[string]any(s.Properties(w.ontology)),
			"subject": s.Subject.Entity, "subjectMention": orNull(s.Subject.Mention),
			"object": s.Object.Entity, "objectMention": orNull(s.Object.Mention)}
		for n, a := range s.Attribution {
			speakers = append(speakers, map[string]any{"id": s.ID, "entity": a.Entity, "mention": orNull(a.Mention), "order": n})
		}
	}
	if err := w.unwind(addStatements, rows); err != nil {
		return err
	}
	return w.unwind(addSpeakers, speakers)
}

func (w writer) edges(d *graph.Delta) error {
	for _, g := range byType(w.ontology, d.PutEdges, func(e graph.Edge) string { return e.Relation }) {
		rows := make([]any, len(g.rows))
		for i, e := range g.rows {
			rows[i] = edgeRow(w.ontology, e)
		}
		if err := w.unwind(putEdges(g.typ), rows); err != nil {
			return err
		}
	}
	return nil
}

// putEdges merges edges of one type, which comes from the ontology.
func putEdges(typ string) string {
	return `UNWIND $rows AS row
MATCH (a:Entity {id: row.from})
MATCH (b:Entity {id: row.to})
MERGE (a)-[r:` + typ + ` {status: row.status}]->(b)
SET r = row.properties`
}

func edgeRow(o *schema.Ontology, e graph.Edge) map[string]any {
	row := keyRow(e.EdgeKey)
	row["properties"] = map[string]any(e.Properties(o))
	return row
}

func (w writer) links(d *graph.Delta) error {
	var dropped []string
	var rows []any
	for _, c := range d.Copies {
		dropped = append(dropped, c.Document)
		if c.Of != "" {
			rows = append(rows, map[string]any{"document": c.Document, "of": c.Of})
		}
	}
	if err := w.unwind(dropCopies, anys(dropped)); err != nil {
		return err
	}
	if err := w.unwind(setCopies, rows); err != nil {
		return err
	}
	dropped, rows = nil, nil
	for _, f := range d.Fulfilled {
		dropped = append(dropped, f.Planned)
		if f.Actual != "" {
			rows = append(rows, map[string]any{"planned": f.Planned, "actual": f.Actual})
		}
	}
	if err := w.unwind(dropFulfilled, anys(dropped)); err != nil {
		return err
	}
	return w.unwind(setFulfilled, rows)
}

// unwind runs a query over rows, in pieces that are bounded by number and by size.
func (w writer) unwind(cypher string, rows []any) error {
	for len(rows) > 0 {
		n, size := 0, 0
		for n < len(rows) && n < w.rows && (n == 0 || size < w.bytes) {
			size += sizeOf(rows[n])
			n++
		}
		if err := w.run(cypher, map[string]any{"rows": rows[:n]}); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// sizeOf is about the bytes that a parameter takes on the wire.
func sizeOf(v any) int {
	switch v := v.(type) {
	case string:
		return len(v) + 5
	case map[string]any:
		n := 5
		for k, e := range v {
			n += len(k) + 1 + sizeOf(e)
		}
		return n
	case []string:
		n := 5
		for _, e := range v {
			n += len(e) + 5
		}
		return n
	case []int64:
		return 9*len(v) + 5
	}
	return 9
}

func anys(ids []string) []any {
	out := make([]any, len(ids))
	for i, id := range ids {
		out[i] = id
	}
	return out
}

func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}
