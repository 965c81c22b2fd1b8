package main

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/extract"
	"github.com/entente-kg/entente/extract/chunk"
	"github.com/entente-kg/entente/extract/clause"
	"github.com/entente-kg/entente/extract/entity"
	"github.com/entente-kg/entente/extract/mention"
	"github.com/entente-kg/entente/extract/morph"
	"github.com/entente-kg/entente/extract/rules"
	"github.com/entente-kg/entente/extract/sentence"
	"github.com/entente-kg/entente/extract/timex"
	"github.com/entente-kg/entente/internal/source"
	"github.com/entente-kg/entente/schema"
)

func extractBenchCommand() *cli.Command {
	return &cli.Command{
		Name:      "extract",
		Usage:     "time every stage of the extractor beside kagome's bare tokenization of the same sentences",
		ArgsUsage: "FILE…",
		Description: `Reads all documents first, then runs each stage over all of them, once to warm up and --rounds times measured (the
fastest counts), with one core and with all. The column "× kagome" is the stage's time over that of bare tokenization.

   entente-bench extract articles.jsonl.gz`,
		Flags: []cli.Flag{
			&cli.IntFlag{Name: "rounds", Value: 2, Usage: "measured rounds"},
			&cli.IntFlag{Name: "limit", Usage: "only the first `N` documents"},
		},
		Action: benchExtract,
	}
}

// work is a document with what the stages before made of it.
type work struct {
	doc      schema.Document
	sents    []schema.Sentence
	tokens   [][]morph.Token
	parsed   []chunk.Sentence
	clauses  []clause.Sentence
	mentions []mention.Mention
}

// stage is one row of the table. Its run keeps its result in the document's work, for the stages after it.
type stage struct {
	name string
	run  func(*work)
	// part says that the row is added up in the row of the sum.
	part bool
}

func benchExtract(c *cli.Context) error {
	if !c.Args().Present() {
		return fmt.Errorf("extract: want files of documents (JSON lines, text)")
	}
	works, characters, err := readWorks(c.Args().Slice(), c.Int("limit"))
	if err != nil {
		return err
	}
	stages, err := newStages()
	if err != nil {
		return err
	}
	w := c.App.Writer
	fmt.Fprintf(w, "%d documents, %d characters, %s %s/%s, %d cores\n", len(works), characters, runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	for _, cores := range []int{1, runtime.NumCPU()} {
		previous := runtime.GOMAXPROCS(cores)
		measure(w, stages, works, cores, c.Int("rounds"), characters)
		runtime.GOMAXPROCS(previous)
		if runtime.NumCPU() == 1 {
			break
		}
	}
	return nil
}

func readWorks(names []string, limit int) ([]*work, int, error) {
	opts := source.Options{}
	opts.EnsureDefaults()
	var out []*work
	characters := 0
	for doc, err := range source.Open(names, opts) {
		if err != nil {
			return nil, 0, err
		}
		characters += utf8.RuneCountInString(doc.Title) + utf8.RuneCountInString(doc.Text)
		out = append(out, &work{doc: doc})
		if len(out) == limit {
			break
		}
	}
	if len(out) == 0 {
		return nil, 0, fmt.Errorf("extract: no documents in %v", names)
	}
	return out, characters, nil
}

func newStages() ([]stage, error) {
	analyzer, err := morph.New(morph.Options{})
	if err != nil {
		return nil, err
	}
	parser, err := chunk.New(chunk.Options{})
	if err != nil {
		return nil, err
	}
	cues, err := rules.LoadCues()
	if err != nil {
		return nil, err
	}
	clauses, err := clause.New(cues)
	if err != nil {
		return nil, err
	}
	finder, err := mention.New()
	if err != nil {
		return nil, err
	}
	resolver, err := entity.New(entity.Options{})
	if err != nil {
		return nil, err
	}
	x, err := extract.New(extract.Options{})
	if err != nil {
		return nil, err
	}
	return []stage{
		{name: "kagome, bare", run: func(w *work) {
			for _, s := range w.sents {
				analyzer.Bare(w.doc.In(s.Part), s)
			}
		}},
		{name: "sentence", part: true, run: func(w *work) { w.sents = sentence.Split(w.doc) }},
		{name: "morph (with kagome)", run: func(w *work) {
			w.tokens = make([][]morph.Token, len(w.sents))
			for i, s := range w.sents {
				w.tokens[i] = analyzer.Tokens(w.doc.In(s.Part), s)
			}
		}},
		{name: "chunk", part: true, run: func(w *work) {
			w.parsed = make([]chunk.Sentence, len(w.sents))
			for i, s := range w.sents {
				w.parsed[i] = parser.Parse(s, w.tokens[i])
			}
		}},
		{name: "clause", part: true, run: func(w *work) { w.clauses = clauses.Document(w.parsed) }},
		{name: "timex", run: func(w *work) { timex.Resolve(w.parsed, w.doc.Published) }},
		{name: "mention", run: func(w *work) { w.mentions = finder.Document(w.parsed) }},
		{name: "entity", run: func(w *work) { resolver.Resolve(w.doc, w.parsed, w.mentions) }},
		{name: "whole, from text", run: func(w *work) {
			_, _ = x.Document(context.Background(), w.doc) // a document in error costs its time too
		}},
	}, nil
}

// measure prints one table.
func measure(w io.Writer, stages []stage, works []*work, cores, rounds, characters int) {
	for _, k := range works {
		k.sents = sentence.Split(k.doc)
	}
	took := make([]time.Duration, len(stages))
	for i, s := range stages {
		for round := range rounds + 1 {
			runtime.GC()
			start := time.Now()
			runAll(works, cores, s.run)
			if d := time.Since(start); round > 0 && (took[i] == 0 || d < took[i]) {
				took[i] = d
			}
		}
	}
	var before runtime.MemStats
	runtime.ReadMemStats(&before)
	bare := took[0]
	fmt.Fprintf(w, "\n%d core(s)\n%-34s %10s %10s %14s\n", cores, "stage", "seconds", "× kagome", "characters/s")
	row := func(name string, d time.Duration) {
		fmt.Fprintf(w, "%-34s %10.3f %10.2f %14.0f\n", name, d.Seconds(), d.Seconds()/bare.Seconds(), float64(characters)/d.Seconds())
	}
	var sum, morphTook time.Duration
	for i, s := range stages {
		row(s.name, took[i])
		if s.part {
			sum += took[i]
		}
		if s.name == "morph (with kagome)" {
			morphTook = took[i]
			row("  morph over kagome", max(0, morphTook-bare))
		}
		if s.name == "clause" {
			row("sentence to clause, kagome left out", sum+max(0, morphTook-bare))
		}
	}
}

// runAll runs f over all documents with one goroutine a core.
func runAll(works []*work, cores int, f func(*work)) {
	if cores == 1 {
		for _, k := range works {
			f(k)
		}
		return
	}
	var wg sync.WaitGroup
	queue := make(chan *work, len(works))
	for _, k := range works {
		queue <- k
	}
	close(queue)
	for range cores {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for k := range queue {
				f(k)
			}
		}()
	}
	wg.Wait()
}
