package main

import (
	"bufio"
	"encoding/gob"
	"errors"
	"os"
	"path/filepath"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
)

// pieces are the rows of a finished graph in a file, cut by the documents that they first come up with, so that they can be
// merged piece by piece: what a row needs stands in its own piece or an earlier one. In a file, so that the memory of what is
// measured is not that of what is measured against.
type pieces struct {
	f   *os.File
	dec *gob.Decoder
}

// cut derives the whole graph of the generator's documents and cuts it into pieces of some documents each, into a file in dir.
func (g generator) cut(dir string, documents int) (*pieces, error) {
	var rows []graph.Rows
	piece := map[string]int{} // by document
	for i, x := range g.documents() {
		r, err := graph.Derive(nil, x)
		if err != nil {
			return nil, err
		}
		piece[r.Document.ID] = i / documents
		rows = append(rows, r)
	}
	whole := graph.Assemble(nil, rows)
	cut := make([]graph.Graph, (len(rows)+documents-1)/documents)
	at := func(document string) *graph.Graph { return &cut[piece[document]] }
	entities, edges, statements := map[string]int{}, map[graph.EdgeKey]int{}, map[string]int{}
	for _, d := range whole.Documents {
		at(d.ID).Documents = append(at(d.ID).Documents, d)
	}
	for _, m := range whole.Mentions {
		at(m.Document).Mentions = append(at(m.Document).Mentions, m)
		earliest(entities, m.Entity, piece[m.Document])
	}
	for _, s := range whole.Statements {
		at(s.Document).Statements = append(at(s.Document).Statements, s)
		earliest(edges, s.Key(schema.Relations()), piece[s.Document])
		statements[s.ID] = piece[s.Document]
	}
	for _, e := range whole.Entities {
		p := &cut[entities[e.ID]]
		p.Entities = append(p.Entities, e)
	}
	for _, e := range whole.Edges {
		p := &cut[edges[e.EdgeKey]]
		p.Edges = append(p.Edges, e)
	}
	for _, l := range whole.Fulfilled {
		p := &cut[max(statements[l.Planned], statements[l.Actual])]
		p.Fulfilled = append(p.Fulfilled, l)
	}
	return writePieces(filepath.Join(dir, "pieces"), cut)
}

func earliest[K comparable](in map[K]int, key K, piece int) {
	if p, ok := in[key]; !ok || piece < p {
		in[key] = piece
	}
}

func writePieces(name string, cut []graph.Graph) (*pieces, error) {
	f, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	b := bufio.NewWriter(f)
	enc := gob.NewEncoder(b)
	for _, g := range cut {
		if err := enc.Encode(g); err != nil {
			return nil, errors.Join(err, f.Close())
		}
	}
	if err := b.Flush(); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	if _, err := f.Seek(0, 0); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &pieces{f, gob.NewDecoder(bufio.NewReader(f))}, nil
}

// next is the next piece; io.EOF after the last.
func (p *pieces) next() (g graph.Graph, err error) { return g, p.dec.Decode(&g) }

func (p *pieces) close() error { return p.f.Close() }
