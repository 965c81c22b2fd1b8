package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/internal/source"
	"github.com/entente-kg/entente/schema"
)

func diffCommand() *cli.Command {
	return &cli.Command{
		Name:      "diff",
		Usage:     "tell which statements a build or load would add, change and retract",
		ArgsUsage: "FILE|DIR|GLOB|-",
		Description: `Reads documents and extracts them as entente build does (or, with --statements, reads statements or records as entente
load does), compares what they say with what the graph has of the same documents, and writes nothing. A + marks a new
statement, ~ one with other details, - one that the document says no more.

   entente diff articles.jsonl
   entente diff --statements statements.jsonl --json
   entente diff articles/ --all            also what documents say that are not among articles/ any more`,
		Flags: slices.Concat([]cli.Flag{
			&cli.BoolFlag{Name: "statements", Usage: "the files hold statements or records, not documents"},
			&cli.BoolFlag{Name: "all", Usage: "take documents of the graph that are not given as withdrawn"},
			&cli.BoolFlag{Name: "json", Usage: "print one JSON object a statement"},
		}, extractFlags(), connectFlags()),
		Action: diffAction,
	}
}

func diffAction(c *cli.Context) error {
	if !c.Args().Present() {
		return usagef("diff: want a file, folder, glob or - for standard input; see entente diff --help")
	}
	failed, total := 0, 0
	fault := func(err error) {
		failed++
		warn(c, "entente: %v", err)
	}
	docs, err := sourceExtractions(c, fault)
	if err != nil {
		return err
	}
	store, err := openStore(c, true)
	if err != nil {
		return err
	}
	defer store.Close(context.WithoutCancel(c.Context))
	d := differ{c: c, store: store, given: map[string]bool{}}
	batch := batcher{rows: 5000}
	for x := range docs {
		total++
		d.given[x.Source.ID] = true
		if full := batch.add(x); full != nil {
			if err := d.compare(*full); err != nil {
				return err
			}
		}
	}
	if err := c.Context.Err(); err != nil {
		return err
	}
	if err := d.compare(batch.change); err != nil {
		return err
	}
	if c.Bool("all") {
		if err := d.withdrawn(); err != nil {
			return err
		}
	}
	if !c.Bool("json") {
		say(c, "%s", describe(d.sum, true))
	}
	return partial(failed, failed+total)
}

// sourceExtractions are the documents that the arguments name: extracted here, or with --statements as they stand.
func sourceExtractions(c *cli.Context, fault func(error)) (iter.Seq[schema.Extraction], error) {
	if c.Bool("statements") {
		vocabulary, err := ontology(c)
		if err != nil {
			return nil, err
		}
		in := &statementReader{ontology: vocabulary, paths: c.Args().Slice(), stdin: c.App.Reader}
		return in.extractions(fault), nil
	}
	opts := source.Options{Published: c.String("published"), Stdin: c.App.Reader}
	opts.EnsureDefaults()
	if err := opts.Validate(); err != nil {
		return nil, usagef("%w", err)
	}
	x, err := newExtractor(c)
	if err != nil {
		return nil, err
	}
	return func(yield func(schema.Extraction) bool) {
		for result, err := range extractAll(c.Context, x, source.Open(c.Args().Slice(), opts), c.Int("workers")) {
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

// differ prints what changes would do.
type differ struct {
	c     *cli.Context
	store graph.Store
	given map[string]bool
	sum   graph.Summary
}

// withdrawn compares with the documents of the graph that were not given gone.
func (d *differ) withdrawn() error {
	var gone []string
	for state, err := range d.store.Documents(d.c.Context) {
		if err != nil {
			return err
		}
		if !d.given[state.ID] {
			gone = append(gone, state.ID)
		}
	}
	for ids := range slices.Chunk(gone, 200) {
		if err := d.compare(graph.Change{Withdraw: ids}); err != nil {
			return err
		}
	}
	return nil
}

// statementChange is a line of diff --json.
type statementChange struct {
	Change string `json:"change"`
	graph.StatementView
}

func (d *differ) compare(change graph.Change) error {
	if len(change.Put)+len(change.Withdraw) == 0 {
		return nil
	}
	delta, err := d.store.Plan(d.c.Context, change)
	if err != nil {
		return err
	}
	d.sum.Add(graph.Summary{Documents: delta.Summary.Documents, Statements: delta.Summary.Statements})
	var all []statementChange
	for mark, list := range map[string][]graph.Statement{"added": delta.AddStatements, "changed": delta.ChangeStatements, "retracted": delta.DeleteStatements} {
		for _, s := range list {
			all = append(all, statementChange{mark, s.View()})
		}
	}
	slices.SortFunc(all, func(a, b statementChange) int {
		return cmp.Or(cmp.Compare(a.Document, b.Document), cmp.Compare(a.Sentence, b.Sentence), cmp.Compare(a.ID, b.ID))
	})
	enc := json.NewEncoder(d.c.App.Writer)
	enc.SetEscapeHTML(false)
	for _, s := range all {
		if d.c.Bool("json") {
			if err := enc.Encode(s); err != nil {
				return err
			}
			continue
		}
		mark := map[string]string{"added": "+", "changed": "~", "retracted": "-"}[s.Change]
		when := ""
		if s.Start != "" {
			when = " " + s.Start
		}
		if _, err := fmt.Fprintf(d.c.App.Writer, "%s %s  %s → %s → %s [%s%s]  %s\n", mark, s.Document, s.Subject, s.Relation, s.Object,
			s.Status, when, strings.Join(strings.Fields(s.Text), " ")); err != nil {
			return err
		}
	}
	return nil
}
