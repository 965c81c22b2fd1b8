package neo4j

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
)

// reader is the graph as graph.Plan reads it, within one transaction. Its errors stay bare: the driver retries by type.
type reader struct {
	tx       neo4j.ManagedTransaction
	ontology *schema.Ontology
}

var _ graph.Reader = reader{}

// chunk is how many keys one query takes.
const chunk = 5000

func chunks[T any](list []T, f func([]T) error) error {
	for len(list) > 0 {
		n := min(chunk, len(list))
		if err := f(list[:n]); err != nil {
			return err
		}
		list = list[n:]
	}
	return nil
}

func properties(v any) graph.Properties { m, _ := v.(map[string]any); return m }

func text(v any) string { s, _ := v.(string); return s }

const documentsByID = `UNWIND $ids AS id
MATCH (d:Document {id: id})
OPTIONAL MATCH (d)-[:COPY_OF]->(h:Document)
RETURN properties(d), h.id`

func (r reader) Documents(ctx context.Context, ids []string) (out []graph.Document, err error) {
	err = chunks(ids, func(ids []string) error {
		return each(ctx, r.tx, documentsByID, map[string]any{"ids": ids}, func(v []any) error {
			d, err := document(v[0], v[1])
			out = append(out, d)
			return err
		})
	})
	return out, err
}

func document(props, head any) (graph.Document, error) {
	d := graph.ReadDocument(properties(props))
	d.CopyOf = text(head)
	if d.Digest == "" {
		return d, fmt.Errorf("neo4j: (:Document {id: %q}) %w: rename its label, or use another database", d.ID, ErrForeign)
	}
	return d, nil
}

const copiesOf = `UNWIND $heads AS head
MATCH (h:Document {id: head})<-[:COPY_OF]-(d:Document)
RETURN properties(d), h.id`

func (r reader) Copies(ctx context.Context, heads []string) (out []graph.Document, err error) {
	err = chunks(heads, func(heads []string) error {
		return each(ctx, r.tx, copiesOf, map[string]any{"heads": heads}, func(v []any) error {
			d, err := document(v[0], v[1])
			out = append(out, d)
			return err
		})
	})
	return out, err
}

// crowdsIn counts the documents of bands of one index, each up to a limit.
func crowdsIn(index int) string {
	return fmt.Sprintf(`UNWIND $rows AS row
CALL (row) { MATCH (d:Document {%s: row.band}) RETURN d LIMIT $most }
RETURN row.i, count(d)`, graph.BandProperty(index))
}

func (r reader) Crowds(ctx context.Context, bands []graph.Band, most int) ([]int, error) {
	out := make([]int, len(bands))
	rows := make([][]any, graph.SketchBands)
	for i, b := range bands {
		rows[b.Index] = append(rows[b.Index], map[string]any{"i": i, "band": b.Value})
	}
	for index, rows := range rows {
		if err := chunks(rows, func(rows []any) error {
			return each(ctx, r.tx, crowdsIn(index), map[string]any{"rows": rows, "most": most}, func(v []any) error {
				i, _ := v[0].(int64)
				n, _ := v[1].(int64)
				out[i] = int(n)
				return nil
			})
		}); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// similar looks up every band in its own index; UNION drops repeats.
var similar = func() string {
	var parts []string
	for i := range graph.SketchBands {
		parts = append(parts, fmt.Sprintf("UNWIND $bands[%d] AS b MATCH (d:Document {%s: b}) RETURN d.id AS id", i, graph.BandProperty(i)))
	}
	return strings.Join(parts, "\nUNION\n")
}()

func (r reader) Similar(ctx context.Context, bands []graph.Band) ([]graph.Document, error) {
	values := make([][]int64, graph.SketchBands)
	for _, b := range bands {
		values[b.Index] = append(values[b.Index], b.Value)
	}
	var ids []string
	err := each(ctx, r.tx, similar, map[string]any{"bands": values}, func(v []any) error {
		ids = append(ids, text(v[0]))
		return nil
	})
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	return r.Documents(ctx, ids)
}

const (
	mentionsOf = `UNWIND $ids AS id
MATCH (d:Document {id: id})-[m:MENTIONS]->(e:Entity)
RETURN d.id, e.id, properties(m)`
	statementsOf = `UNWIND $ids AS id
MATCH (d:Document {id: id})<-[:STATED_IN]-(s:Statement)
MATCH (s)-[a:SUBJECT]->(x:Entity)
MATCH (s)-[b:OBJECT]->(y:Entity)
RETURN properties(s), x.id, a.mention, y.id, b.mention,
  COLLECT { MATCH (s)-[t:ATTRIBUTED_TO]->(z:Entity) RETURN [z.id, t.mention] ORDER BY t.order }`
)

func (r reader) Contents(ctx context.Context, ids []string) (m []graph.Mention, st []graph.Statement, err error) {
	err = chunks(ids, func(ids []string) error {
		params := map[string]any{"ids": ids}
		if err := each(ctx, r.tx, mentionsOf, params, func(v []any) error {
			m = append(m, graph.ReadMention(text(v[0]), text(v[1]), properties(v[2])))
			return nil
		}); err != nil {
			return err
		}
		return each(ctx, r.tx, statementsOf, params, func(v []any) error {
			st = append(st, statement(v))
			return nil
		})
	})
	return m, st, err
}

// statement reads a record of statementsOf.
func statement(v []any) graph.Statement {
	s := graph.ReadStatement(properties(v[0]))
	s.Subject = graph.Reference{Entity: text(v[1]), Mention: text(v[2])}
	s.Object = graph.Reference{Entity: text(v[3]), Mention: text(v[4])}
	speakers, _ := v[5].([]any)
	for _, a := range speakers {
		if pair, _ := a.([]any); len(pair) == 2 {
			s.Attribution = append(s.Attribution, graph.Reference{Entity: text(pair[0]), Mention: text(pair[1])})
		}
	}
	return s
}

func (r reader) Edges(ctx context.Context, keys []graph.EdgeKey) (out []graph.Edge, err error) {
	for _, group := range byType(r.ontology, keys, func(k graph.EdgeKey) string { return k.Relation }) {
		// The type comes from the ontology, where it was checked.
		cypher := `UNWIND $rows AS row
MATCH (a:Entity {id: row.from})
MATCH (b:Entity {id: row.to})
MATCH (a)-[r:` + group.typ + ` {status: row.status}]->(b)
RETURN a.id, b.id, properties(r)`
		err := chunks(group.rows, func(keys []graph.EdgeKey) error {
			rows := make([]any, len(keys))
			for i, k := range keys {
				rows[i] = keyRow(k)
			}
			return each(ctx, r.tx, cypher, map[string]any{"rows": rows}, func(v []any) error {
				p := properties(v[2])
				k := graph.EdgeKey{Relation: group.relation, Status: schema.Status(p.Get("status")), From: text(v[0]), To: text(v[1])}
				out = append(out, graph.ReadEdge(k, p))
				return nil
			})
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

func keyRow(k graph.EdgeKey) map[string]any {
	return map[string]any{"from": k.From, "to": k.To, "status": string(k.Status)}
}

// typed are rows of one relation, with its relationship type.
type typed[T any] struct {
	relation, typ string
	rows          []T
}

// byType groups rows by relation, in the ontology's order; what is no relation of it is left out.
func byType[T any](o *schema.Ontology, rows []T, relation func(T) string) []typed[T] {
	by := map[string][]T{}
	for _, row := range rows {
		by[relation(row)] = append(by[relation(row)], row)
	}
	var out []typed[T]
	for _, r := range o.All {
		if len(by[r.ID]) > 0 {
			out = append(out, typed[T]{r.ID, r.Type(), by[r.ID]})
		}
	}
	return out
}

const entitiesByID = `UNWIND $ids AS id
MATCH (e:Entity {id: id})
RETURN properties(e)`

func (r reader) Entities(ctx context.Context, ids []string) (out []graph.Entity, err error) {
	err = chunks(ids, func(ids []string) error {
		return each(ctx, r.tx, entitiesByID, map[string]any{"ids": ids}, func(v []any) error {
			e := graph.ReadEntity(properties(v[0]))
			if e.Documents == 0 {
				return fmt.Errorf("neo4j: (:Entity {id: %q}) %w: rename its label, or use another database", e.ID, ErrForeign)
			}
			out = append(out, e)
			return nil
		})
	})
	return out, err
}

func (r reader) Holders(ctx context.Context, seats []graph.Seat) (out []graph.Edge, err error) {
	for _, group := range byType(r.ontology, seats, func(s graph.Seat) string { return s.Relation }) {
		offices := map[string][]string{}
		for _, s := range group.rows {
			offices[s.Of] = append(offices[s.Of], s.Office)
		}
		var rows []any
		for _, of := range slices.Sorted(maps.Keys(offices)) {
			rows = append(rows, map[string]any{"of": of, "offices": offices[of]})
		}
		// The type comes from the ontology, where it was checked.
		cypher := `UNWIND $rows AS row
MATCH (b:Entity {id: row.of})<-[r:` + group.typ + ` {status: 'actual'}]-(a:Entity)
WHERE any(office IN r.offices WHERE office IN row.offices)
RETURN a.id, b.id, properties(r)`
		err := chunks(rows, func(rows []any) error {
			return each(ctx, r.tx, cypher, map[string]any{"rows": rows}, func(v []any) error {
				k := graph.EdgeKey{Relation: group.relation, Status: schema.StatusActual, From: text(v[0]), To: text(v[1])}
				out = append(out, graph.ReadEdge(k, properties(v[2])))
				return nil
			})
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

const dated = `UNWIND $rows AS row
MATCH (s:Statement)
WHERE s.edge >= row.lo AND s.edge <= row.hi
OPTIONAL MATCH (s)-[:FULFILLED_BY]->(f:Statement)
RETURN row.i, s.id, s.document, s.start, s.end, f.id, s.said, s.office, s.qualifiers`

func (r reader) Dated(ctx context.Context, windows []graph.Window) ([][]graph.Dated, error) {
	out := make([][]graph.Dated, len(windows))
	rows := make([]any, len(windows))
	for i, w := range windows {
		hi := w.Hi
		if hi == "" {
			hi = "~" // sorts after every date
		}
		id := w.Edge.ID() + "/"
		rows[i] = map[string]any{"i": i, "lo": id + w.Lo, "hi": id + hi}
	}
	err := chunks(rows, func(rows []any) error {
		return each(ctx, r.tx, dated, map[string]any{"rows": rows}, func(v []any) error {
			i, _ := v[0].(int64)
			d := graph.Statement{ID: text(v[1]), Document: text(v[2]), Start: text(v[3]), End: text(v[4]), Said: text(v[6]), Office: text(v[7]),
				Qualifiers: graph.Properties{"": v[8]}.Strings("")}.Dated()
			d.Fulfilled = text(v[5])
			out[i] = append(out[i], d)
			return nil
		})
	})
	return out, err
}

// seenOn begins at the day, not at the entities, which may have any number of mentions.
const seenOn = `UNWIND $days AS day
MATCH (d:Document) USING INDEX d:Document(published)
WHERE d.published STARTS WITH day
MATCH (d)-[m:MENTIONS]->(e:Entity)
RETURN e.id, d.id, d.published, m.variants`

func (r reader) SeenOn(ctx context.Context, days, _ []string, f func(graph.Mention, string)) error {
	return each(ctx, r.tx, seenOn, map[string]any{"days": days}, seenRow(f))
}

const seen = `UNWIND $ids AS id
MATCH (e:Entity {id: id})<-[m:MENTIONS]-(d:Document)
RETURN e.id, d.id, d.published, m.variants`

func (r reader) Seen(ctx context.Context, entities []string, f func(graph.Mention, string)) error {
	return each(ctx, r.tx, seen, map[string]any{"ids": entities}, seenRow(f))
}

func seenRow(f func(graph.Mention, string)) func(v []any) error {
	return func(v []any) error {
		f(graph.ReadMention(text(v[1]), text(v[0]), graph.Properties{"variants": v[3]}), graph.Document{Published: text(v[2])}.Day())
		return nil
	}
}
