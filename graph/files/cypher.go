package files

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
)

// scriptRows is how many rows one statement of a script writes.
const scriptRows = 200

// writeCypher writes a script that makes the same graph in an empty database, or completes one that was begun: constraints,
// then UNWIND … MERGE statements over literals. Typed edges and MENTIONS refer to entities, which are therefore written in a
// first walk; a second walk writes the rest.
func writeCypher(ctx context.Context, g graph.Walker, o *schema.Ontology, w io.Writer) error {
	b := bufio.NewWriterSize(w, 1<<18)
	for _, label := range []string{graph.EntityLabel, graph.DocumentLabel, graph.StatementLabel} {
		fmt.Fprintf(b, "CREATE CONSTRAINT entente_%s_id IF NOT EXISTS FOR (n:%s) REQUIRE n.id IS UNIQUE;\n", strings.ToLower(label), label)
	}
	s := &script{b: b, o: o, pending: map[string][]string{}}
	for s.pass = range 2 {
		if err := g.Walk(ctx, s); err != nil {
			return err
		}
		for _, q := range slices.Sorted(maps.Keys(s.pending)) {
			s.flush(q)
		}
	}
	return b.Flush()
}

// script gathers rows by the query that writes them.
type script struct {
	b       *bufio.Writer
	o       *schema.Ontology
	pass    int // 0: nodes, 1: relationships
	pending map[string][]string
}

func (s *script) add(query string, row map[string]any) {
	s.pending[query] = append(s.pending[query], literal(row))
	if len(s.pending[query]) >= scriptRows {
		s.flush(query)
	}
}

func (s *script) flush(query string) {
	if rows := s.pending[query]; len(rows) > 0 {
		fmt.Fprintf(s.b, "UNWIND [\n%s\n] AS row %s;\n", strings.Join(rows, ",\n"), query)
		delete(s.pending, query)
	}
}

func (s *script) node(labels string, p graph.Properties) {
	s.add("MERGE (n:"+labels+" {id: row.id}) SET n = row", p)
}

func (s *script) relationship(fromLabel, from, toLabel, to, typ, key string, p graph.Properties) {
	row := map[string]any{"from": from, "to": to, "p": map[string]any(p)}
	pattern := "r:" + typ
	if key != "" {
		pattern += " {" + key + ": row.p." + key + "}"
	}
	s.add("MATCH (a:"+fromLabel+" {id: row.from}) MATCH (b:"+toLabel+" {id: row.to}) MERGE (a)-["+pattern+"]->(b) SET r = row.p", row)
}

func (s *script) Entity(e graph.Entity, edges []graph.Edge) error {
	if s.pass == 0 {
		s.add("MERGE (n:Entity {id: row.id}) SET n = row, n:"+string(e.Type()), e.Properties())
		return s.err()
	}
	for _, x := range edges {
		s.relationship(graph.EntityLabel, x.From, graph.EntityLabel, x.To, graph.EdgeType(x.Relation), "status", x.Properties(s.o))
	}
	return s.err()
}

func (s *script) Document(d graph.Document, mentions []graph.Mention) error {
	if s.pass == 0 {
		s.node(graph.DocumentLabel, d.Properties())
		return s.err()
	}
	if d.CopyOf != "" {
		s.relationship(graph.DocumentLabel, d.ID, graph.DocumentLabel, d.CopyOf, graph.CopyOfType, "", nil)
	}
	for _, m := range mentions {
		s.relationship(graph.DocumentLabel, d.ID, graph.EntityLabel, m.Entity, graph.MentionsType, "", m.Properties())
	}
	return s.err()
}

func (s *script) Statement(st graph.Statement, fulfilledBy string) error {
	if s.pass == 0 {
		s.node(graph.StatementLabel, st.Properties(s.o))
		return s.err()
	}
	s.relationship(graph.StatementLabel, st.ID, graph.EntityLabel, st.Subject.Entity, graph.SubjectType, "", st.Subject.Properties())
	s.relationship(graph.StatementLabel, st.ID, graph.EntityLabel, st.Object.Entity, graph.ObjectType, "", st.Object.Properties())
	s.relationship(graph.StatementLabel, st.ID, graph.DocumentLabel, st.Document, graph.StatedInType, "", nil)
	for i, a := range st.Attribution {
		p := a.Properties()
		p["order"] = int64(i)
		s.relationship(graph.StatementLabel, st.ID, graph.EntityLabel, a.Entity, graph.AttributedToType, "order", p)
	}
	if fulfilledBy != "" {
		s.relationship(graph.StatementLabel, st.ID, graph.StatementLabel, fulfilledBy, graph.FulfilledByType, "", nil)
	}
	return s.err()
}

func (s *script) err() error { _, err := s.b.Write(nil); return err }

// literal is a value as Cypher text. Keys of maps are names of this module.
func literal(v any) string {
	switch v := v.(type) {
	case string:
		return quote(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		s := strconv.FormatFloat(v, 'f', -1, 64)
		if !strings.Contains(s, ".") {
			s += ".0" // else it would be an integer
		}
		return s
	case []string:
		parts := make([]string, len(v))
		for i, e := range v {
			parts[i] = quote(e)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case []int64:
		parts := make([]string, len(v))
		for i, e := range v {
			parts[i] = strconv.FormatInt(e, 10)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case graph.Properties:
		return literal(map[string]any(v))
	case map[string]any:
		var parts []string
		for _, k := range sortedKeys(v) {
			parts = append(parts, "`"+k+"`: "+literal(v[k]))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return "null"
}

// quote is a string literal in which nothing can end the literal: quotes, backslashes, control and bidirectional characters
// are written as escapes.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('\'')
	backslash := false
	for _, r := range s {
		if backslash && r == 'u' {
			// Some versions of Cypher read \u0027 before they look for literals, and find it in \\u0027 as well.
			b.WriteString("' + '")
		}
		backslash = r == '\\'
		switch {
		case r == '\'' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < 0x20 || 0x7F <= r && r < 0xA0 || 0x2028 <= r && r <= 0x202E || 0x2066 <= r && r <= 0x2069:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('\'')
	return b.String()
}

func sortedKeys[M ~map[string]any](m M) []string { return slices.Sorted(maps.Keys(m)) }
