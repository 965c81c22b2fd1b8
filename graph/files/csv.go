package files

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
)

// separator parts the values of arrays. Unlike the usual semicolon it does not occur in texts.
const separator = "\x1f"

// csvFiles are the files of an import, in the order of ImportArguments.
var csvFiles = []struct {
	name   string
	node   bool
	header []string
	cols   []column
}{
	{"entities.csv", true, []string{"id:ID(Entity)", ":LABEL"}, entityColumns},
	{"documents.csv", true, []string{"id:ID(Document)", ":LABEL"}, documentColumns},
	{"statements.csv", true, []string{"id:ID(Statement)", ":LABEL"}, statementColumns},
	{"edges.csv", false, []string{":START_ID(Entity)", ":END_ID(Entity)", ":TYPE"}, edgeColumns},
	{"mentions.csv", false, []string{":START_ID(Document)", ":END_ID(Entity)", ":TYPE"}, mentionColumns},
	{"copies.csv", false, []string{":START_ID(Document)", ":END_ID(Document)", ":TYPE"}, nil},
	{"stated.csv", false, []string{":START_ID(Statement)", ":END_ID(Document)", ":TYPE"}, nil},
	{"arguments.csv", false, []string{":START_ID(Statement)", ":END_ID(Entity)", ":TYPE"}, []column{{"mention", "string"}, {"order", "long"}}},
	{"fulfilled.csv", false, []string{":START_ID(Statement)", ":END_ID(Statement)", ":TYPE"}, nil},
}

// ImportArguments are the arguments of neo4j-admin that import a CSV export from its folder into a database. The database stands
// before the files: their options would swallow it.
func ImportArguments(database string) []string {
	args := []string{"database", "import", "full", database, "--id-type=string", "--array-delimiter=U+001F", "--multiline-fields=true", "--overwrite-destination"}
	for _, f := range csvFiles {
		kind := "--relationships="
		if f.node {
			kind = "--nodes="
		}
		args = append(args, kind+f.name)
	}
	return args
}

const importNote = `These files are for neo4j-admin of Neo4j 5.26 or newer. Stop the server, then run in this folder:

  neo4j-admin %s

It replaces the database. Start the server and make constraints and indexes:

  entente schema apply
`

type csvTable struct {
	out  io.WriteCloser
	buf  *bufio.Writer
	csv  *csv.Writer
	cols []column
	row  []string
}

// write writes the fixed fields and the properties; what is missing stays empty, which the import reads as absent.
func (t *csvTable) write(p graph.Properties, fixed ...string) error {
	t.row = append(t.row[:0], fixed...)
	for _, c := range t.cols {
		t.row = append(t.row, cell(p[c.name]))
	}
	return t.csv.Write(t.row)
}

func cell(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	case []string:
		parts := make([]string, len(v))
		for i, s := range v {
			parts[i] = strings.ReplaceAll(s, separator, "\uFFFD")
		}
		return strings.Join(parts, separator)
	case []int64:
		parts := make([]string, len(v))
		for i, n := range v {
			parts[i] = strconv.FormatInt(n, 10)
		}
		return strings.Join(parts, separator)
	}
	return ""
}

func writeCSV(ctx context.Context, g graph.Walker, o *schema.Ontology, create Create) (err error) {
	v := &csvWriter{o: o, tables: map[string]*csvTable{}}
	defer func() {
		for _, f := range csvFiles {
			if t := v.tables[f.name]; t != nil {
				t.csv.Flush()
				err = errors.Join(err, t.csv.Error(), t.buf.Flush(), t.out.Close())
			}
		}
	}()
	for _, f := range csvFiles {
		out, err := create(f.name)
		if err != nil {
			return err
		}
		buf := bufio.NewWriterSize(out, 1<<18)
		t := &csvTable{out: out, buf: buf, csv: csv.NewWriter(buf), cols: f.cols}
		v.tables[f.name] = t
		header := append([]string(nil), f.header...)
		for _, c := range f.cols {
			header = append(header, c.name+":"+c.typ)
		}
		if err := t.csv.Write(header); err != nil {
			return err
		}
	}
	if err := g.Walk(ctx, v); err != nil {
		return err
	}
	note, err := create("IMPORT.txt")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(note, importNote, strings.Join(ImportArguments("neo4j"), " "))
	return errors.Join(err, note.Close())
}

type csvWriter struct {
	o      *schema.Ontology
	tables map[string]*csvTable
}

func (w *csvWriter) Entity(e graph.Entity, edges []graph.Edge) error {
	if err := w.tables["entities.csv"].write(e.Properties(), e.ID, graph.EntityLabel+separator+string(e.Type())); err != nil {
		return err
	}
	for _, x := range edges {
		if err := w.tables["edges.csv"].write(x.Properties(w.o), x.From, x.To, graph.EdgeType(x.Relation)); err != nil {
			return err
		}
	}
	return nil
}

func (w *csvWriter) Document(d graph.Document, mentions []graph.Mention) error {
	if err := w.tables["documents.csv"].write(d.Properties(), d.ID, graph.DocumentLabel); err != nil {
		return err
	}
	if d.CopyOf != "" {
		if err := w.tables["copies.csv"].write(nil, d.ID, d.CopyOf, graph.CopyOfType); err != nil {
			return err
		}
	}
	for _, m := range mentions {
		if err := w.tables["mentions.csv"].write(m.Properties(), d.ID, m.Entity, graph.MentionsType); err != nil {
			return err
		}
	}
	return nil
}

func (w *csvWriter) Statement(s graph.Statement, fulfilledBy string) error {
	arguments := w.tables["arguments.csv"]
	err := errors.Join(
		w.tables["statements.csv"].write(s.Properties(w.o), s.ID, graph.StatementLabel),
		arguments.write(s.Subject.Properties(), s.ID, s.Subject.Entity, graph.SubjectType),
		arguments.write(s.Object.Properties(), s.ID, s.Object.Entity, graph.ObjectType),
		w.tables["stated.csv"].write(nil, s.ID, s.Document, graph.StatedInType),
	)
	for i, a := range s.Attribution {
		p := a.Properties()
		p["order"] = int64(i)
		err = errors.Join(err, arguments.write(p, s.ID, a.Entity, graph.AttributedToType))
	}
	if fulfilledBy != "" {
		err = errors.Join(err, w.tables["fulfilled.csv"].write(nil, s.ID, fulfilledBy, graph.FulfilledByType))
	}
	return err
}
