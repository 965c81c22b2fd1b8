package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/memory"
	"github.com/entente-kg/entente/internal/source"
	"github.com/entente-kg/entente/internal/view"
	"github.com/entente-kg/entente/schema"
)

// networkInput explains what commands read that show a graph with or without a Neo4j.
const networkInput = `Without arguments the graph is the one in Neo4j. Arguments are read instead, and need none: statements or records
(entente extract), a dump (entente dump), or documents as for entente build.`

// filterFlags select a part of the graph.
func filterFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "from", Usage: "only events from this `DAY` on (2025-10-01); of those without a day, the article's counts"},
		&cli.StringFlag{Name: "to", Usage: "only events until this `DAY`"},
		&cli.StringSliceFlag{Name: "entity", Usage: "only statements about the entity with this `NAME` or id, of a country with its officials; may be repeated"},
		&cli.StringSliceFlag{Name: "relation", Usage: "only statements of this `RELATION` (meets); may be repeated"},
		&cli.StringSliceFlag{Name: "status", Usage: "only statements of this `STATUS`: actual, planned, possible, threatened or denied; may be repeated"},
	}
}

func filterOf(c *cli.Context) view.Filter {
	return view.Filter{From: c.String("from"), To: c.String("to"), Entities: c.StringSlice("entity"),
		Relations: c.StringSlice("relation"), Statuses: c.StringSlice("status")}
}

// network is the part of the graph that the flags ask for, and the vocabulary it is told in. Documents and lines that
// cannot be read are told and left out; bad says how many, of how many.
func network(c *cli.Context) (n view.Network, o *schema.Ontology, bad, of int, err error) {
	if o, err = ontology(c); err != nil {
		return n, nil, 0, 0, err
	}
	g, bad, of, err := inputGraph(c, o)
	if err != nil {
		return n, o, bad, of, err
	}
	f := filterOf(c)
	if err := f.Validate(o, g); err != nil {
		return n, o, bad, of, usagef("%s: %w", c.Command.Name, err)
	}
	return view.Of(o, g, f), o, bad, of, nil
}

// inputGraph is the graph of the arguments, or the one in Neo4j.
func inputGraph(c *cli.Context, o *schema.Ontology) (g graph.Graph, bad, of int, err error) {
	if !c.Args().Present() {
		store, err := openStore(c, true)
		if err != nil {
			return g, 0, 0, err
		}
		defer store.Close(context.WithoutCancel(c.Context))
		g, err = view.FromStore(c.Context, store)
		return g, 0, 0, err
	}
	stdin := bufio.NewReaderSize(c.App.Reader, 1<<20)
	kinds := map[inputKind][]string{}
	for _, path := range c.Args().Slice() {
		kind, err := kindOf(path, stdin)
		if err != nil {
			return g, 0, 0, err
		}
		kinds[kind] = append(kinds[kind], path)
	}
	if dumps := kinds[dumpInput]; len(dumps) > 0 {
		if c.NArg() > 1 {
			return g, 0, 0, usagef("%s: %s is a dump, which is a whole graph: give it alone", c.Command.Name, dumps[0])
		}
		g, err = readDump(dumps[0], stdin)
		return g, 0, 0, err
	}
	store := memory.New(o)
	l := loader{store: store, rows: 20_000}
	fault := func(err error) {
		bad++
		warn(c, "entente: %v", err)
	}
	if paths := kinds[statementInput]; len(paths) > 0 {
		in := &statementReader{ontology: o, paths: paths, stdin: stdin}
		if err := l.documents(c.Context, counted(in.extractions(fault), &of)); err != nil {
			return g, bad, of, err
		}
	}
	if paths := kinds[documentInput]; len(paths) > 0 {
		docs, err := extracted(c, o, paths, stdin, fault)
		if err != nil {
			return g, bad, of, err
		}
		if err := l.documents(c.Context, counted(docs, &of)); err != nil {
			return g, bad, of, err
		}
	}
	if err := c.Context.Err(); err != nil {
		return g, bad, of, err
	}
	return store.Graph(), bad, of + bad, nil
}

// extracted reads documents and yields what they state.
func extracted(c *cli.Context, o *schema.Ontology, paths []string, stdin io.Reader, fault func(error)) (iter.Seq[schema.Extraction], error) {
	opts := source.Options{Published: c.String("published"), Stdin: stdin}
	opts.EnsureDefaults()
	if err := opts.Validate(); err != nil {
		return nil, usagef("%s: %w", c.Command.Name, err)
	}
	x, err := newExtractor(c)
	if err != nil {
		return nil, err
	}
	return func(yield func(schema.Extraction) bool) {
		p := readsDocuments(c, paths, opts)
		defer p.Done()
		for result, err := range extractAll(c.Context, x, source.Open(paths, opts), c.Int("workers")) {
			if c.Context.Err() != nil {
				return
			}
			p.Step()
			if err == nil {
				_, err = graph.Derive(x.Ontology(), result.Extraction)
			}
			if err != nil {
				fault(err)
				continue
			}
			if !yield(result.Extraction) {
				return
			}
		}
	}, nil
}

func readDump(path string, stdin io.Reader) (graph.Graph, error) {
	in, name := stdin, "standard input"
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return graph.Graph{}, err
		}
		defer f.Close()
		in, name = f, path
	}
	g, err := view.Read(in)
	if err != nil {
		return g, fmt.Errorf("%s: %w", name, err)
	}
	return g, nil
}

// inputKind is what a file holds.
type inputKind string

const (
	documentInput  inputKind = "documents"
	statementInput inputKind = "statements"
	dumpInput      inputKind = "dump"
)

// kindOf tells by the beginning of a file of JSON lines what it holds; anything else holds documents.
func kindOf(path string, stdin *bufio.Reader) (inputKind, error) {
	in := stdin
	if path != "-" {
		if !strings.HasSuffix(path, ".jsonl") && !strings.HasSuffix(path, ".ndjson") {
			return documentInput, nil
		}
		f, err := os.Open(path)
		if err != nil {
			return documentInput, nil // told by whoever reads it
		}
		defer f.Close()
		in = bufio.NewReaderSize(f, 1<<20)
	}
	head, err := in.Peek(1 << 20)
	if err != nil && err != io.EOF {
		return "", fmt.Errorf("%s: %w", path, err)
	}
	// The line may be longer than what is looked at: the names of its object are enough.
	d := json.NewDecoder(strings.NewReader(string(head)))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return documentInput, nil
	}
	for d.More() {
		t, err := d.Token()
		if err != nil {
			break
		}
		switch t {
		case "labels":
			return dumpInput, nil
		case "source", "relation", "statements", "entities", "trigger":
			return statementInput, nil
		}
		var skip json.RawMessage
		if d.Decode(&skip) != nil {
			break
		}
	}
	return documentInput, nil
}
