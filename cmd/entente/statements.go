package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
)

// maxLine bounds a line of input, in bytes.
const maxLine = 256 << 20

// statementReader reads what entente extract prints, in both JSON formats: statements, one a line, those of a document
// together; and records, one document a line.
type statementReader struct {
	// ontology is the vocabulary of the statements.
	ontology *schema.Ontology
	paths    []string
	stdin    io.Reader
	// read is told of every KiB of input; may be nil.
	read func(kib int)
}

// line is a statement or a record: both have a source.
type line struct {
	schema.Statement
	Entities   []schema.EntityMention `json:"entities"`
	Statements []schema.Statement     `json:"statements"`
}

// extractions yields the documents in order. fault is told of every line that is left out, with file and number.
func (r *statementReader) extractions(fault func(error)) iter.Seq[schema.Extraction] {
	return func(yield func(schema.Extraction) bool) {
		g := grouper{ontology: r.ontology, closed: map[string]bool{}}
		for _, path := range r.paths {
			if !r.file(path, &g, fault, yield) {
				return
			}
		}
		if g.open {
			yield(g.doc)
		}
	}
}

func (r *statementReader) file(path string, g *grouper, fault func(error), yield func(schema.Extraction) bool) bool {
	in, name := r.stdin, "standard input"
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			fault(err)
			return true
		}
		defer f.Close()
		in, name = f, path
	}
	b := bufio.NewReaderSize(in, 1<<20)
	bytesRead := 0
	for n := 1; ; n++ {
		text, err := readLine(b)
		if bytesRead += len(text); r.read != nil && bytesRead >= 1<<10 {
			r.read(bytesRead >> 10)
			bytesRead &= 1<<10 - 1
		}
		if errors.Is(err, errLongLine) {
			fault(fmt.Errorf("%s:%d: a line longer than %d MiB", name, n, maxLine>>20))
			continue
		}
		if trimmed := bytes.TrimSpace(text); len(trimmed) > 0 {
			done, bad := g.line(trimmed)
			if bad != nil {
				fault(fmt.Errorf("%s:%d: %w", name, n, bad))
			}
			for _, x := range done {
				if !yield(x) {
					return false
				}
			}
		}
		if err == io.EOF {
			return true
		}
		if err != nil {
			fault(fmt.Errorf("%s:%d: %w", name, n, err))
			return true
		}
	}
}

var errLongLine = errors.New("line too long")

func readLine(b *bufio.Reader) ([]byte, error) {
	var out []byte
	long := false
	for {
		part, err := b.ReadSlice('\n')
		if long = long || len(out)+len(part) > maxLine; long {
			out = nil
		} else {
			out = append(out, part...)
		}
		if err == bufio.ErrBufferFull {
			continue
		}
		if long && err == nil {
			err = errLongLine
		}
		return out, err
	}
}

// grouper puts statements that follow one another into documents.
type grouper struct {
	ontology *schema.Ontology
	doc      schema.Extraction
	open     bool // doc is a document whose statements are still coming
	closed   map[string]bool
}

// line takes one line and gives the documents that it completes.
func (g *grouper) line(text []byte) (done []schema.Extraction, err error) {
	var l line
	if err := json.Unmarshal(text, &l); err != nil {
		return nil, fmt.Errorf("%w: want a line of entente extract --format jsonl or records", err)
	}
	switch {
	case l.Relation != "":
		return g.statement(l.Statement)
	case l.Source != nil:
		if g.open {
			done = append(done, g.doc)
			g.open = false
		}
		x := schema.Extraction{Source: *l.Source, Entities: l.Entities, Statements: l.Statements}
		if x.Source.ID == "" {
			return done, errors.New("a record without source.id")
		}
		good := x.Statements[:0]
		var faults []error
		for _, s := range x.Statements {
			if bad := graph.CheckStatement(g.ontology, s); bad != nil {
				faults = append(faults, bad)
				continue
			}
			good = append(good, s)
		}
		x.Statements = good
		if _, bad := graph.Derive(g.ontology, x); bad != nil {
			return done, errors.Join(append(faults, bad)...)
		}
		return append(done, x), errors.Join(faults...)
	}
	return nil, errors.New("neither a statement (no relation) nor a record (no source)")
}

func (g *grouper) statement(s schema.Statement) (done []schema.Extraction, err error) {
	id := s.Document
	if id == "" {
		return nil, errors.New("a statement without document")
	}
	if err := graph.CheckStatement(g.ontology, s); err != nil {
		return nil, err
	}
	if !g.open || g.doc.Source.ID != id {
		if g.closed[id] {
			return nil, fmt.Errorf("statement of %q, which stood further up: the statements of a document have to stand together", id)
		}
		if g.open {
			done = append(done, g.doc)
		}
		g.closed[id] = true
		g.doc, g.open = schema.Extraction{Source: schema.Source{ID: id, Extractor: s.Extractor}}, true
	}
	if s.Source != nil {
		source := *s.Source
		source.ID = id
		if source.Extractor == "" {
			source.Extractor = s.Extractor
		}
		g.doc.Source = source
		s.Source = nil
	}
	g.doc.Statements = append(g.doc.Statements, s)
	return done, nil
}
