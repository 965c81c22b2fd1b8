// Package files writes a graph into files, as it streams by: CSV for neo4j-admin database import, Parquet, GraphML, a Cypher
// script, JSON lines, and PLOVER event rows. Nothing is held but the rows of one page, except where a format says so.
//
// Text is written as it is; what a format cannot hold (control characters in GraphML, the unit separator in CSV arrays) becomes
// U+FFFD.
package files

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
)

// Format is a kind of export.
type Format string

// The formats.
const (
	CSV     Format = "csv"     // a folder with the files of neo4j-admin database import, and a note on how to run it
	JSONL   Format = "jsonl"   // the canonical dump
	Parquet Format = "parquet" // a folder with a file a table
	GraphML Format = "graphml" // one file, for Gephi, yEd, NetworkX, igraph
	Cypher  Format = "cypher"  // one file, for cypher-shell and hosted databases
	Plover  Format = "plover"  // one JSON object a line for every statement that PLOVER 2.0 has a code for
)

// Formats lists them in the order of the help text.
func Formats() []Format { return []Format{CSV, JSONL, Parquet, GraphML, Cypher, Plover} }

// Folder reports whether the format is a folder of files.
func (f Format) Folder() bool { return f == CSV || f == Parquet }

// Create makes a file of an export's folder.
type Create func(name string) (io.WriteCloser, error)

// WriteFolder exports in a format that is a folder. o is the vocabulary, nil for the embedded one.
func WriteFolder(ctx context.Context, g graph.Walker, o *schema.Ontology, f Format, create Create) error {
	switch f {
	case CSV:
		return writeCSV(ctx, g, o, create)
	case Parquet:
		return writeParquet(ctx, g, o, create)
	}
	return fmt.Errorf("files: %q is no format of a folder", f)
}

// Write exports in a format that is one file. o is as for WriteFolder.
func Write(ctx context.Context, g graph.Walker, o *schema.Ontology, f Format, w io.Writer) error {
	switch f {
	case JSONL:
		v := &dumper{graph.NewDumpWriter(w), o}
		if err := g.Walk(ctx, v); err != nil {
			return err
		}
		return v.d.Err()
	case GraphML:
		return writeGraphML(ctx, g, o, w)
	case Cypher:
		return writeCypher(ctx, g, o, w)
	case Plover:
		return writePlover(ctx, g, o, w)
	}
	return fmt.Errorf("files: %q is no format of one file (want %s)", f, names())
}

func names() string {
	var out []string
	for _, f := range Formats() {
		out = append(out, string(f))
	}
	return strings.Join(out, ", ")
}

// dumper writes the canonical dump.
type dumper struct {
	d *graph.DumpWriter
	o *schema.Ontology
}

func (v *dumper) Entity(e graph.Entity, edges []graph.Edge) error {
	v.d.Node(e.Properties(), graph.EntityLabel, string(e.Type()))
	for _, x := range edges {
		v.d.Relationship(graph.EdgeType(x.Relation), e.ID, x.To, x.Properties(v.o))
	}
	return v.d.Err()
}

func (v *dumper) Document(d graph.Document, mentions []graph.Mention) error {
	v.d.Node(d.Properties(), graph.DocumentLabel)
	if d.CopyOf != "" {
		v.d.Relationship(graph.CopyOfType, d.ID, d.CopyOf, nil)
	}
	for _, m := range mentions {
		v.d.Relationship(graph.MentionsType, d.ID, m.Entity, m.Properties())
	}
	return v.d.Err()
}

func (v *dumper) Statement(s graph.Statement, fulfilledBy string) error {
	v.d.Node(s.Properties(v.o), graph.StatementLabel)
	v.d.Ends(s)
	if fulfilledBy != "" {
		v.d.Relationship(graph.FulfilledByType, s.ID, fulfilledBy, nil)
	}
	return v.d.Err()
}

// column is a property of a kind of row, in the order of the formats that have columns.
type column struct {
	name string
	typ  string // string, long, double, string[] or long[]: the names of neo4j-admin
}

func columns(typ string, names ...string) (out []column) {
	for _, n := range names {
		out = append(out, column{n, typ})
	}
	return out
}

// The properties of every kind of row. A test holds them against what graph's Properties give.
var (
	entityColumns = slices.Concat(columns("string", "name", "nameJa", "iso3", "wikidata", "office", "officeEn", "country", "firstSeen", "lastSeen"),
		columns("long", "documents"), columns("string[]", "aliases", "variants"), columns("long[]", "variantDocuments"), columns("string[]", "variantLast"))
	documentColumns  = slices.Concat(columns("string", "url", "title", "outlet", "published", "hash", "extractor", "retrieved", "digest", "sketch"), bandColumns())
	statementColumns = slices.Concat(columns("string", "document", "relation", "polarity", "modality", "status", "plover", "ploverMode"), columns("long", "quad"),
		columns("string", "start", "end", "said", "granularity", "basis", "timeText"), columns("double", "confidence"),
		columns("string", "text", "trigger", "rule", "part"), columns("long", "sentence", "spanStart", "spanEnd", "triggerStart", "triggerEnd"),
		columns("string", "office", "award", "rate", "amount", "topic", "place", "via", "extractor", "edge"), columns("string[]", "qualifiers", "evidence"))
	edgeColumns = slices.Concat(columns("string", "id", "status"), columns("long", "statements", "documents", "outlets"), columns("string", "first", "last"),
		columns("double", "confidence"), columns("long", "weight"), columns("string", "plover", "ploverMode"),
		columns("string[]", "outletNames"), columns("long[]", "outletDocuments"), columns("string", "from", "to"), columns("string[]", "offices", "officeFrom", "officeTo"),
		columns("long[]", "officeUnique"), columns("string[]", "officeSaid"))
	mentionColumns = slices.Concat(columns("long", "count"), columns("string[]", "variants"))
)

func bandColumns() (out []column) {
	for i := range graph.SketchBands {
		out = append(out, column{graph.BandProperty(i), "long"})
	}
	return out
}
