package files

import (
	"bufio"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
)

// writeGraphML writes GraphML 1.0. Lists are joined by "; ". Node ids are the graph's ids with a letter for the kind before them,
// so that a document and an entity may share one.
func writeGraphML(ctx context.Context, g graph.Walker, o *schema.Ontology, w io.Writer) error {
	b := bufio.NewWriterSize(w, 1<<18)
	fmt.Fprint(b, xml.Header, `<graphml xmlns="http://graphml.graphdrawing.org/xmlns">`, "\n",
		`<key id="labels" for="node" attr.name="labels" attr.type="string"/>`, "\n",
		`<key id="label" for="edge" attr.name="label" attr.type="string"/>`, "\n")
	seen := map[string]bool{}
	for _, c := range slices.Concat([]column{{"id", "string"}}, entityColumns, documentColumns, statementColumns, edgeColumns, mentionColumns,
		[]column{{"mention", "string"}, {"order", "long"}}) {
		if !seen[c.name] {
			seen[c.name] = true
			typ := c.typ
			if strings.HasSuffix(typ, "[]") {
				typ = "string"
			}
			fmt.Fprintf(b, "<key id=\"%s\" for=\"all\" attr.name=\"%s\" attr.type=\"%s\"/>\n", c.name, c.name, typ)
		}
	}
	fmt.Fprint(b, `<graph id="entente" edgedefault="directed">`, "\n")
	v := &graphMLWriter{b: b, o: o}
	if err := g.Walk(ctx, v); err != nil {
		return err
	}
	fmt.Fprint(b, "</graph>\n</graphml>\n")
	return b.Flush()
}

type graphMLWriter struct {
	b *bufio.Writer
	o *schema.Ontology
}

func (w *graphMLWriter) Entity(e graph.Entity, edges []graph.Edge) error {
	w.node("e", e.ID, graph.EntityLabel+":"+string(e.Type()), e.Properties())
	for _, x := range edges {
		w.edge("e", x.From, "e", x.To, graph.EdgeType(x.Relation), x.Properties(w.o))
	}
	return w.err()
}

func (w *graphMLWriter) Document(d graph.Document, mentions []graph.Mention) error {
	w.node("d", d.ID, graph.DocumentLabel, d.Properties())
	if d.CopyOf != "" {
		w.edge("d", d.ID, "d", d.CopyOf, graph.CopyOfType, nil)
	}
	for _, m := range mentions {
		w.edge("d", d.ID, "e", m.Entity, graph.MentionsType, m.Properties())
	}
	return w.err()
}

func (w *graphMLWriter) Statement(s graph.Statement, fulfilledBy string) error {
	w.node("s", s.ID, graph.StatementLabel, s.Properties(w.o))
	w.edge("s", s.ID, "e", s.Subject.Entity, graph.SubjectType, s.Subject.Properties())
	w.edge("s", s.ID, "e", s.Object.Entity, graph.ObjectType, s.Object.Properties())
	w.edge("s", s.ID, "d", s.Document, graph.StatedInType, nil)
	for i, a := range s.Attribution {
		p := a.Properties()
		p["order"] = int64(i)
		w.edge("s", s.ID, "e", a.Entity, graph.AttributedToType, p)
	}
	if fulfilledBy != "" {
		w.edge("s", s.ID, "s", fulfilledBy, graph.FulfilledByType, nil)
	}
	return w.err()
}

// err is the first error of the writes before: bufio keeps it.
func (w *graphMLWriter) err() error { _, err := w.b.Write(nil); return err }

func (w *graphMLWriter) node(kind, id, labels string, p graph.Properties) {
	fmt.Fprintf(w.b, "<node id=\"%s\"><data key=\"labels\">%s</data>", escape(kind+":"+id), escape(labels))
	w.data(p)
	w.b.WriteString("</node>\n")
}

func (w *graphMLWriter) edge(fromKind, from, toKind, to, typ string, p graph.Properties) {
	fmt.Fprintf(w.b, "<edge source=\"%s\" target=\"%s\"><data key=\"label\">%s</data>", escape(fromKind+":"+from), escape(toKind+":"+to), escape(typ))
	w.data(p)
	w.b.WriteString("</edge>\n")
}

func (w *graphMLWriter) data(p graph.Properties) {
	for _, k := range sortedKeys(p) {
		fmt.Fprintf(w.b, "<data key=\"%s\">%s</data>", k, escape(strings.ReplaceAll(cell(p[k]), separator, "; ")))
	}
}

// escape makes text safe in XML 1.0; what XML cannot hold becomes U+FFFD.
func escape(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(s)) // a Builder never fails
	return b.String()
}
