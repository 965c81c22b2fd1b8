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
	"github.com/entente-kg/entente/extract/statement"
	"github.com/entente-kg/entente/extract/timex"
	"github.com/entente-kg/entente/extract/wording"
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
	doc        schema.Document
	sents      []schema.Sentence
	tokens     [][]morph.Token
	parsed     []chunk.Sentence
	clauses    []clause.Sentence
	texts      []wording.Text
	times      []timex.Expression
	mentions   []mention.Mention
	resolution entity.Resolution
}

// stage is one row of the table. Its run keeps its result in the document's work, for the stages after it.
type stage struct {
	name string
	run  func(*work)
	// part and named say that the row is added up in the first and in the second row of a sum.
	part, named bool
}

func benchExtract(c *cli.Context) error {
	if !c.Args().Present() {
		return fmt.Errorf("extract: want files of documents (JSON lines, text)")
	}
	docs, characters, err := readDocuments(c.Args().Slice(), c.Int("limit"))
	if err != nil {
		return err
	}
	stages, err := newStages()
	if err != nil {
		return err
	}
	w := c.App.Writer
	fmt.Fprintf(w, "%d documents, %d characters, %s %s/%s, %d cores\n", len(docs), characters, runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	for _, cores := range []int{1, runtime.NumCPU()} {
		previous := runtime.GOMAXPROCS(cores)
		measure(w, stages, docs, cores, c.Int("rounds"), characters)
		runtime.GOMAXPROCS(previous)
		if runtime.NumCPU() == 1 {
			break
		}
	}
	return nil
}

func readDocuments(names []string, limit int) ([]schema.Document, int, error) {
	opts := source.Options{}
	opts.EnsureDefaults()
	var out []schema.Document
	characters := 0
	for doc, err := range source.Open(names, opts) {
		if err != nil {
			return nil, 0, err
		}
		characters += utf8.RuneCountInString(doc.Title) + utf8.RuneCountInString(doc.Text)
		out = append(out, doc)
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
	clauses, err := clause.New(cues, clause.Options{})
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
	frames, err := rules.LoadFrames()
	if err != nil {
		return nil, err
	}
	statements := statement.New(frames)
	x, err := extract.New(extract.Options{})
	if err != nil {
		return nil, err
	}
	return []stage{
		{name: "sentence", part: true, run: func(w *work) { w.sents = sentence.Split(w.doc) }},
		{name: "kagome, bare", run: func(w *work) {
			for _, s := range w.sents {
				analyzer.Bare(w.doc.In(s.Part), s)
			}
		}},
		{name: morphStage, run: func(w *work) {
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
		{name: "wording", named: true, run: func(w *work) { w.texts = wording.Document(w.parsed) }},
		{name: "timex", named: true, run: func(w *work) { w.times = timex.Resolve(w.texts, w.doc.Published) }},
		{name: "mention", named: true, run: func(w *work) { w.mentions = finder.Document(w.parsed, w.texts) }},
		{name: "entity", named: true, run: func(w *work) { w.resolution = resolver.Resolve(w.doc, w.parsed, w.mentions) }},
		{name: "statement", run: func(w *work) {
			statements.Build(statement.Input{Document: w.doc, Sentences: w.parsed, Clauses: w.clauses, Resolution: w.resolution, Times: w.times})
		}},
		{name: "whole, from text", run: func(w *work) {
			_, _ = x.Document(context.Background(), w.doc) // a document in error costs its time too
		}},
	}, nil
}

// measure prints one table. Documents go through all stages one after the other, as they do in a run, so that no
// stage's result outlives its document.
func measure(w io.Writer, stages []stage, docs []schema.Document, cores, rounds, characters int) {
	best := make([]time.Duration, len(stages))
	wall := time.Duration(0)
	for round := range rounds + 1 {
		runtime.GC()
		start := time.Now()
		took := runAll(docs, cores, stages)
		if round == 0 {
			continue // warming up
		}
		if d := time.Since(start); wall == 0 || d < wall {
			best, wall = took, d
		}
	}
	fmt.Fprintf(w, "\n%d core(s), seconds summed over cores\n%-36s %9s %9s %14s\n", cores, "stage", "seconds", "× kagome", "characters/s")
	bare := best[1]
	row := func(name string, d time.Duration) {
		fmt.Fprintf(w, "%-36s %9.3f %9.2f %14.0f\n", name, d.Seconds(), d.Seconds()/bare.Seconds(), float64(characters)/d.Seconds()*float64(cores))
	}
	var sum, overKagome, names time.Duration
	for i, s := range stages {
		row(s.name, best[i])
		if s.part {
			sum += best[i]
		}
		if s.named {
			names += best[i]
		}
		switch s.name {
		case morphStage:
			overKagome = best[i] - bare
			row("  of it over bare kagome", overKagome)
		case "clause":
			row("sentence to clause", sum+bare+overKagome)
			row("sentence to clause, kagome left out", sum+overKagome)
		case "entity":
			row("wording, timex, mention and entity", names)
		}
	}
}

const morphStage = "morph, kagome in it"

// runAll takes all documents through the stages with one goroutine a core, and returns each stage's time.
func runAll(docs []schema.Document, cores int, stages []stage) []time.Duration {
	total := make([]time.Duration, len(stages))
	var (
		mu    sync.Mutex
		wg    sync.WaitGroup
		queue = make(chan *schema.Document, len(docs))
	)
	for i := range docs {
		queue <- &docs[i]
	}
	close(queue)
	for range cores {
		wg.Go(func() {
			took := make([]time.Duration, len(stages))
			for doc := range queue {
				k := &work{doc: *doc}
				last := time.Now()
				for i := range stages {
					stages[i].run(k)
					now := time.Now()
					took[i] += now.Sub(last)
					last = now
				}
			}
			mu.Lock()
			defer mu.Unlock()
			for i := range took {
				total[i] += took[i]
			}
		})
	}
	wg.Wait()
	return total
}
