package graph

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/entente-kg/entente/schema"
)

// The relationship types of layer 2.
const (
	SubjectType      = "SUBJECT"
	ObjectType       = "OBJECT"
	StatedInType     = "STATED_IN"
	AttributedToType = "ATTRIBUTED_TO"
	MentionsType     = "MENTIONS"
	CopyOfType       = "COPY_OF"
	FulfilledByType  = "FULFILLED_BY"
)

// The labels of all our nodes; an Entity has its entity type as a second one.
const (
	EntityLabel    = "Entity"
	DocumentLabel  = "Document"
	StatementLabel = "Statement"
)

// DumpWriter writes the canonical form of a graph: one JSON object a line, keys sorted. First the entities by id, each with
// the typed edges that leave it by relation, other end and status; then the documents by id, each with COPY_OF and MENTIONS by
// entity; then the statements by id, each with SUBJECT, OBJECT, STATED_IN, ATTRIBUTED_TO in order, and FULFILLED_BY.
// Retrieved is left out: it tells about the fetching, not about the graph.
type DumpWriter struct {
	w   io.Writer
	buf bytes.Buffer
	err error
}

// NewDumpWriter writes to w, line by line: give it a buffered one.
func NewDumpWriter(w io.Writer) *DumpWriter { return &DumpWriter{w: w} }

type dumpNode struct {
	Labels     []string   `json:"labels"`
	Properties Properties `json:"properties"`
}

type dumpRelationship struct {
	Type       string     `json:"type"`
	From       string     `json:"from"`
	To         string     `json:"to"`
	Properties Properties `json:"properties,omitempty"`
}

// Node writes a node; labels need not be sorted.
func (d *DumpWriter) Node(p Properties, labels ...string) {
	slices.Sort(labels)
	if _, ok := p["retrieved"]; ok {
		p = maps.Clone(p)
		delete(p, "retrieved")
	}
	d.line(dumpNode{labels, p})
}

// Relationship writes a relationship between the nodes with these ids.
func (d *DumpWriter) Relationship(typ, from, to string, p Properties) {
	d.line(dumpRelationship{typ, from, to, p})
}

// Err is the first error of the underlying writer.
func (d *DumpWriter) Err() error { return d.err }

func (d *DumpWriter) line(v any) {
	if d.err != nil {
		return
	}
	d.buf.Reset()
	e := json.NewEncoder(&d.buf)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		d.err = fmt.Errorf("graph: dump: %w", err)
		return
	}
	_, d.err = d.w.Write(d.buf.Bytes())
}

// Dump writes the graph in canonical form. o is as for Derive.
func (g Graph) Dump(o *schema.Ontology, w io.Writer) error {
	d := NewDumpWriter(w)
	edges := g.Edges
	for _, e := range g.Entities {
		d.Node(e.Properties(), EntityLabel, string(e.Type()))
		for len(edges) > 0 && edges[0].From == e.ID {
			d.Relationship(EdgeType(edges[0].Relation), e.ID, edges[0].To, edges[0].Properties(o))
			edges = edges[1:]
		}
	}
	if len(edges) > 0 {
		return fmt.Errorf("graph: dump: edge from %q, which is no entity", edges[0].From)
	}
	mentions := g.Mentions
	for _, doc := range g.Documents {
		d.Node(doc.Properties(), DocumentLabel)
		if doc.CopyOf != "" {
			d.Relationship(CopyOfType, doc.ID, doc.CopyOf, nil)
		}
		for len(mentions) > 0 && mentions[0].Document == doc.ID {
			d.Relationship(MentionsType, doc.ID, mentions[0].Entity, mentions[0].Properties())
			mentions = mentions[1:]
		}
	}
	fulfilled := map[string]string{}
	for _, f := range g.Fulfilled {
		fulfilled[f.Planned] = f.Actual
	}
	for _, s := range g.Statements {
		d.Node(s.Properties(o), StatementLabel)
		d.Ends(s)
		if to := fulfilled[s.ID]; to != "" {
			d.Relationship(FulfilledByType, s.ID, to, nil)
		}
	}
	return d.Err()
}

// Ends writes the relationships of a statement but FULFILLED_BY.
func (d *DumpWriter) Ends(s Statement) {
	d.Relationship(SubjectType, s.ID, s.Subject.Entity, s.Subject.Properties())
	d.Relationship(ObjectType, s.ID, s.Object.Entity, s.Object.Properties())
	d.Relationship(StatedInType, s.ID, s.Document, nil)
	for i, a := range s.Attribution {
		p := a.Properties()
		p["order"] = int64(i)
		d.Relationship(AttributedToType, s.ID, a.Entity, p)
	}
}

// Properties of the SUBJECT and OBJECT relationships.
func (r Reference) Properties() Properties { return Properties{}.text("mention", r.Mention) }
