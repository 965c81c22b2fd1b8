package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/extract"
	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/memory"
	"github.com/entente-kg/entente/internal/source"
	"github.com/entente-kg/entente/schema"
)

func buildCommand() *cli.Command {
	return &cli.Command{
		Name:      "build",
		Usage:     "read documents into the graph",
		ArgsUsage: "FILE|DIR|GLOB|-",
		UsageText: "entente build [--published DATE] [--dry-run] FILE|DIR|GLOB|-…",
		Description: `Reads JSON lines ({"id","title","text","published",…}), text files (a first line with an empty line after it is the
title), folders, globs, or standard input (-), and makes the graph in Neo4j true to what they state. Reading the same
documents again changes nothing; a document that changed replaces what it said before.

A document that cannot be read is reported and left out, and the exit status is 3. After Ctrl-C what was read stays:
the same command goes on from there.

   entente build article.txt --published 2025-10-27
   entente build articles.jsonl more/ --workers 4
   entente build articles.jsonl --dry-run --json`,
		Flags: append(append(extractFlags(),
			&cli.BoolFlag{Name: "dry-run", Usage: "only tell what would be written"},
			&cli.IntFlag{Name: "batch", Value: 200, Usage: "write the graph after every `N` documents"},
			&cli.BoolFlag{Name: "json", Usage: "print one JSON object a document, and one of the sums"},
		), connectFlags()...),
		Action: build,
	}
}

func build(c *cli.Context) error {
	if !c.Args().Present() {
		return usagef("build: want a file, folder, glob or - for standard input; see entente build --help")
	}
	opts := source.Options{Published: c.String("published"), Stdin: c.App.Reader}
	opts.EnsureDefaults()
	if err := opts.Validate(); err != nil {
		return usagef("build: %w", err)
	}
	if c.Int("batch") < 1 {
		return usagef("build: --batch %d: want at least 1", c.Int("batch"))
	}
	// The database first: nobody should wait for an extraction that has nowhere to go.
	store, err := buildStore(c)
	if err != nil {
		return err
	}
	defer store.Close(c.Context)
	x, err := newExtractor(c)
	if err != nil {
		return err
	}
	b := &builder{c: c, store: store, progress: readsDocuments(c, c.Args().Slice(), opts), at: make(map[string]int)}
	defer b.progress.Done()
	err = b.all(x, source.Open(c.Args().Slice(), opts))
	b.progress.Done()
	return b.conclude(err)
}

// buildStore is the Neo4j, or for a dry run without one an empty graph.
func buildStore(c *cli.Context) (graph.Store, error) {
	store, err := openStore(c, c.Bool("dry-run"))
	if err != nil {
		var usage *usageError
		if c.Bool("dry-run") && c.String("uri") == "" && errors.As(err, &usage) {
			say(c, "no Neo4j: telling what would be written into an empty graph")
			o, err := ontology(c)
			return memory.New(o), err
		}
		return nil, err
	}
	return store, nil
}

// builder puts extractions into a store, a batch at a time.
type builder struct {
	c        *cli.Context
	store    graph.Store
	progress *progress

	pending []schema.Extraction
	at      map[string]int // where a document stands in pending

	read, failed, statements, loaded int
	sum                              graph.Summary
}

func (b *builder) all(x *extract.Extractor, docs iter.Seq2[schema.Document, error]) error {
	for result, err := range extractAll(b.c.Context, x, docs, b.c.Int("workers")) {
		if cause := b.c.Context.Err(); cause != nil {
			return cause
		}
		b.read++
		b.progress.Step()
		if err == nil {
			// What the graph would refuse is this document's fault only.
			_, err = graph.Derive(x.Ontology(), result.Extraction)
		}
		if err != nil {
			b.fail(result.Source.ID, err)
			continue
		}
		if err := b.add(result.Extraction); err != nil {
			return err
		}
	}
	if err := b.c.Context.Err(); err != nil {
		return err
	}
	return b.flush()
}

func (b *builder) fail(document string, err error) {
	b.failed++
	b.progress.Warn("entente: %v", err)
	b.tell(map[string]any{"document": document, "outcome": "failed", "error": err.Error()})
}

func (b *builder) add(e schema.Extraction) error {
	for _, w := range e.Warnings {
		b.progress.Warn("entente: %s: %s", e.Source.ID, w)
	}
	if i, ok := b.at[e.Source.ID]; ok {
		b.progress.Warn("entente: document %q comes twice; the later one counts", e.Source.ID)
		b.pending[i] = e
		return nil
	}
	b.at[e.Source.ID] = len(b.pending)
	b.pending = append(b.pending, e)
	if len(b.pending) >= b.c.Int("batch") {
		return b.flush()
	}
	return nil
}

// flush writes what is pending, in one change.
func (b *builder) flush() error {
	if len(b.pending) == 0 {
		return nil
	}
	change := graph.Change{Put: b.pending}
	if b.c.Bool("dry-run") {
		delta, err := b.store.Plan(b.c.Context, change)
		if err != nil {
			return err
		}
		b.sum.Add(delta.Summary)
	} else {
		sum, err := b.store.Apply(b.c.Context, change)
		b.sum.Add(sum)
		if err != nil {
			return err
		}
	}
	for _, e := range b.pending {
		b.statements += len(e.Statements)
		b.tell(map[string]any{"document": e.Source.ID, "outcome": "read", "statements": len(e.Statements)})
	}
	b.loaded += len(b.pending)
	b.pending = b.pending[:0]
	clear(b.at)
	return nil
}

// tell prints a line for programs, with --json.
func (b *builder) tell(line map[string]any) {
	if b.c.Bool("json") {
		_ = json.NewEncoder(b.c.App.Writer).Encode(line) // a broken pipe shows at the end
	}
}

// conclude says what is in the graph now, and is the error of the whole run. err is what ended it early.
func (b *builder) conclude(err error) error {
	if b.c.Bool("json") {
		if encodeErr := json.NewEncoder(b.c.App.Writer).Encode(map[string]any{
			"read": b.read, "failed": b.failed, "statements": b.statements, "dryRun": b.c.Bool("dry-run"), "graph": b.sum,
		}); encodeErr != nil && err == nil {
			err = encodeErr
		}
	}
	verb := "the graph has"
	if b.c.Bool("dry-run") {
		verb = "the graph would have"
	}
	say(b.c, "%d documents with %d statements; %s %s", b.loaded, b.statements, verb, changes(b.sum))
	switch {
	case err != nil && b.loaded > 0:
		return fmt.Errorf("%w; what was read until then is in the graph, the same command goes on", err)
	case b.c.Context.Err() != nil:
		return fmt.Errorf("%w; nothing was written yet (that is done every %d documents, --batch), the same command begins again", err, b.c.Int("batch"))
	case err != nil:
		return err
	default:
		return partial(b.failed, b.read)
	}
}

// changes sums up what a load did: "12 new, 1 changed, 0 removed statements; …".
func changes(s graph.Summary) string {
	if s == (graph.Summary{Documents: graph.Counts{Unchanged: s.Documents.Unchanged}}) {
		return "nothing new"
	}
	one := func(what string, n graph.Counts) string {
		return fmt.Sprintf("%s +%d ~%d -%d", what, n.Added, n.Changed, n.Removed)
	}
	return one("documents", s.Documents) + ", " + one("statements", s.Statements) + ", " + one("edges", s.Edges) + ", " + one("entities", s.Entities) +
		" (new +, changed ~, gone -)"
}
