package main

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"os"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
)

func loadCommand() *cli.Command {
	return &cli.Command{
		Name:      "load",
		Usage:     "bring statements into the graph",
		ArgsUsage: "FILE|-",
		Description: `Reads what entente extract prints (--format jsonl: one statement a line, those of a document together; --format
records: one document a line) and makes the graph true to it: a document that is there already is replaced by what it says
now. Loading the same again changes nothing. A line that cannot be read is named on standard error and left out, with its
document's other lines loaded.

   entente extract articles.jsonl --format records | entente load -
   entente load statements.jsonl --dry-run
   entente load --withdraw kyodo-20251027-3,kyodo-20251027-4`,
		Flags: append([]cli.Flag{
			rulesFlag(),
			&cli.BoolFlag{Name: "dry-run", Usage: "only tell what would change"},
			&cli.StringSliceFlag{Name: "withdraw", Usage: "take the documents with these `IDS` out of the graph, with all they said"},
			&cli.IntFlag{Name: "batch-rows", Value: 20_000, Usage: "the most rows of one transaction"},
			&cli.BoolFlag{Name: "json", Usage: "print the counts as one JSON object"},
		}, connectFlags()...),
		Action: loadAction,
	}
}

// loadReport is what load --json prints.
type loadReport struct {
	graph.Summary
	Failed  int     `json:"failed"`
	DryRun  bool    `json:"dryRun,omitempty"`
	Seconds float64 `json:"seconds"`
}

func loadAction(c *cli.Context) error {
	if !c.Args().Present() && len(c.StringSlice("withdraw")) == 0 {
		return usagef("load: want a file of statements or records, or - for standard input; see entente load --help")
	}
	o, err := connection(c)
	if err != nil {
		return err
	}
	o.BatchRows = c.Int("batch-rows")
	o.ReadOnly = c.Bool("dry-run")
	if o.BatchRows < 1 {
		return usagef("--batch-rows %d: want at least 1", o.BatchRows)
	}
	store, err := open(c.Context, o)
	if err != nil {
		return err
	}
	defer store.Close(context.WithoutCancel(c.Context))
	start := time.Now()
	bar := newProgress(c, "KiB", inputKiB(c.Args().Slice()))
	defer bar.Done()
	l := loader{store: store, dryRun: o.ReadOnly, rows: o.BatchRows}
	vocabulary, err := ontology(c)
	if err != nil {
		return err
	}
	in := &statementReader{ontology: vocabulary, paths: c.Args().Slice(), stdin: c.App.Reader, read: bar.Add}
	total := 0
	err = l.documents(c.Context, counted(in.extractions(func(err error) {
		l.failed++
		bar.Warn("entente: %v", err)
	}), &total))
	if err == nil {
		err = l.change(c.Context, graph.Change{Withdraw: c.StringSlice("withdraw")})
	}
	bar.Done()
	if err != nil {
		if c.Context.Err() != nil && !l.dryRun {
			err = fmt.Errorf("%w; until then: %s; the same command goes on: what is loaded is left as it is", err, describe(l.sum, false))
		}
		return err
	}
	report := loadReport{l.sum, l.failed, l.dryRun, time.Since(start).Seconds()}
	if c.Bool("json") {
		if err := json.NewEncoder(c.App.Writer).Encode(report); err != nil {
			return err
		}
	} else {
		say(c, "%s", describe(l.sum, l.dryRun))
	}
	return partial(l.failed, l.failed+total)
}

// counted counts what passes.
func counted(docs iter.Seq[schema.Extraction], n *int) iter.Seq[schema.Extraction] {
	return func(yield func(schema.Extraction) bool) {
		for x := range docs {
			*n++
			if !yield(x) {
				return
			}
		}
	}
}

// loader applies documents in batches; the next batch is read while the last one is written.
type loader struct {
	store  graph.Store
	dryRun bool
	rows   int
	sum    graph.Summary
	failed int
}

func (l *loader) documents(ctx context.Context, docs iter.Seq[schema.Extraction]) error {
	interrupted := ctx.Err
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	batches := make(chan graph.Change)
	done := make(chan error, 1)
	go func() {
		defer cancel()
		for c := range batches {
			if err := l.change(ctx, c); err != nil {
				done <- err
				return
			}
		}
		done <- nil
	}()
	// halt waits for the writer, which would wait for batches for ever, and says why nothing more is written.
	halt := func() error {
		close(batches)
		if err := <-done; err != nil {
			return err
		}
		return interrupted()
	}
	batch := batcher{rows: l.rows}
	for x := range docs {
		if full := batch.add(x); full != nil {
			select {
			case batches <- *full:
			case <-ctx.Done():
				return halt()
			}
		}
	}
	if len(batch.change.Put) > 0 {
		select {
		case batches <- batch.change:
		case <-ctx.Done():
			return halt()
		}
	}
	close(batches)
	return <-done
}

// batcher gathers documents until a transaction is full. A document that comes a second time opens a new batch, so that
// the later one wins.
type batcher struct {
	rows, n, bytes int
	seen           map[string]bool
	change         graph.Change
}

func (b *batcher) add(x schema.Extraction) (full *graph.Change) {
	n, bytes := 1+len(x.Statements)+len(x.Entities), 0
	for i := range x.Statements {
		bytes += len(x.Statements[i].Text)
	}
	if b.n > 0 && (b.n+n > b.rows || b.bytes+bytes > 32<<20 || b.seen[x.Source.ID]) {
		c := b.change
		full = &c
		*b = batcher{rows: b.rows}
	}
	if b.seen == nil {
		b.seen = map[string]bool{}
	}
	b.seen[x.Source.ID] = true
	b.n, b.bytes = b.n+n, b.bytes+bytes
	b.change.Put = append(b.change.Put, x)
	return full
}

func (l *loader) change(ctx context.Context, c graph.Change) error {
	if len(c.Put)+len(c.Withdraw) == 0 {
		return nil
	}
	if l.dryRun {
		d, err := l.store.Plan(ctx, c)
		if err == nil {
			// Edges and entities of several batches would be counted twice.
			l.sum.Add(graph.Summary{Documents: d.Summary.Documents, Statements: d.Summary.Statements})
		}
		return err
	}
	sum, err := l.store.Apply(ctx, c)
	l.sum.Add(sum)
	return err
}

// describe tells a summary to a person.
func describe(s graph.Summary, dryRun bool) string {
	verb := ""
	if dryRun {
		verb = "would be: "
	}
	out := verb + counts("documents", s.Documents)
	if s.Documents.Unchanged > 0 {
		out += fmt.Sprintf(", %d unchanged", s.Documents.Unchanged)
	}
	out += "; " + counts("statements", s.Statements)
	if !dryRun {
		out += "; " + counts("edges", s.Edges) + "; " + counts("entities", s.Entities)
	}
	return out
}

func counts(what string, c graph.Counts) string {
	return fmt.Sprintf("%s +%d ~%d -%d", what, c.Added, c.Changed, c.Removed)
}

// inputKiB is the size of the files, as far as it is known.
func inputKiB(paths []string) int {
	var n int64
	for _, p := range paths {
		if info, err := os.Stat(p); err == nil {
			n += info.Size()
		}
	}
	return int(n>>10) + 1
}

// Add says that n more steps are through.
func (p *progress) Add(n int) {
	if p.bar != nil {
		p.bar.IncrBy(n)
	}
}
