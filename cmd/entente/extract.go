package main

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"runtime"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/extract"
	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/internal/source"
	"github.com/entente-kg/entente/schema"
)

// extractFlags are the flags of every command that extracts.
func extractFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "published", Usage: "the `DATE` of documents that give none (2025-10-27)"},
		&cli.Float64Flag{Name: "min-confidence", Usage: "leave out statements of a lower confidence, 0 to 1"},
		&cli.IntFlag{Name: "workers", Usage: "read `N` documents at once (default: one a processor)"},
		rulesFlag(),
		curationFlag(),
	}
}

func extractCommand() *cli.Command {
	return &cli.Command{
		Name:      "extract",
		Usage:     "print the statements of documents",
		ArgsUsage: "FILE|DIR|GLOB|-",
		Description: `Reads JSON lines ({"id","title","text","published",…}), text files (a first line with an empty line after it is the
title), folders, globs, or standard input (-), and prints what they state. Formats:

   table    for people; the default on a terminal
   jsonl    one statement a line; the default elsewhere
   records  one document a line: source, entities, statements, warnings
   csv      one statement a row

   entente extract article.txt --published 2025-10-27
   entente extract --format jsonl articles.jsonl > statements.jsonl
   cat article.txt | entente extract - --min-confidence 0.8`,
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "format", Usage: "`FORMAT`: table, jsonl, records or csv"},
		}, extractFlags()...),
		Action: extractAction,
	}
}

// newExtractor makes the extractor that the flags of extractFlags ask for.
func newExtractor(c *cli.Context) (*extract.Extractor, error) {
	return makeExtractor(c, false)
}

// tracingExtractor is newExtractor, and its results keep what every stage made.
func tracingExtractor(c *cli.Context) (*extract.Extractor, error) { return makeExtractor(c, true) }

func makeExtractor(c *cli.Context, trace bool) (*extract.Extractor, error) {
	opts := extract.Options{MinConfidence: c.Float64("min-confidence"), Published: c.String("published"), Trace: trace}
	var err error
	if opts.Curation, err = readCuration(c.String("curation")); err != nil {
		return nil, err
	}
	if opts.Rules, err = ruleFolders(c); err != nil {
		return nil, err
	}
	x, err := extract.New(opts)
	if err != nil {
		return nil, usagef("%w", err)
	}
	return x, nil
}

func extractAction(c *cli.Context) error {
	if !c.Args().Present() {
		return usagef("extract: want a file, folder, glob or - for standard input; see entente extract --help")
	}
	format := c.String("format")
	if format == "" {
		format = "jsonl"
		if isTerminal(c.App.Writer) {
			format = "table"
		}
	}
	out := bufio.NewWriter(c.App.Writer)
	p, err := newPrinter(format, out, width(c.App.Writer))
	if err != nil {
		return err
	}
	opts := source.Options{Published: c.String("published"), Stdin: c.App.Reader}
	opts.EnsureDefaults()
	if err := opts.Validate(); err != nil {
		return usagef("extract: %w", err)
	}
	x, err := newExtractor(c)
	if err != nil {
		return err
	}
	bar := &progress{c: c} // none where the statements themselves are shown
	if !isTerminal(c.App.Writer) {
		bar = readsDocuments(c, c.Args().Slice(), opts)
	}
	defer bar.Done()
	failed, total := 0, 0
	for result, err := range extractAll(c.Context, x, source.Open(c.Args().Slice(), opts), c.Int("workers")) {
		total++
		bar.Step()
		if err != nil {
			if c.Context.Err() != nil {
				total-- // not read
				break
			}
			failed++
			bar.Warn("entente: %v", err)
			continue
		}
		if err := p.print(&result.Extraction); err != nil {
			return err
		}
	}
	bar.Done()
	if err := p.end(); err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return err
	}
	if err := c.Context.Err(); err != nil {
		return fmt.Errorf("%w; what was read until then, %d documents, is printed", err, total-failed)
	}
	return partial(failed, total)
}

// extractAll reads documents with several workers and yields their results in the order of the documents.
func extractAll(ctx context.Context, x *extract.Extractor, docs iter.Seq2[schema.Document, error], workers int) iter.Seq2[extract.Result, error] {
	if workers < 1 {
		workers = runtime.GOMAXPROCS(0)
	}
	type outcome struct {
		result extract.Result
		err    error
	}
	return func(yield func(extract.Result, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		queue := make(chan chan outcome, workers)
		go func() {
			defer close(queue)
			for doc, err := range docs {
				slot := make(chan outcome, 1)
				select {
				case queue <- slot:
				case <-ctx.Done():
					return
				}
				if err != nil {
					slot <- outcome{err: err}
					continue
				}
				go func() {
					result, err := x.Document(ctx, doc)
					result.Source.Shingles = string(graph.MakeSketch(doc.Text)) // recognises syndicated copies
					slot <- outcome{result, err}
				}()
			}
		}()
		for slot := range queue {
			o := <-slot
			if !yield(o.result, o.err) {
				return
			}
		}
	}
}

// printer writes extractions in one format.
type printer interface {
	print(e *schema.Extraction) error
	end() error
}

func newPrinter(format string, w io.Writer, columns int) (printer, error) {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	switch format {
	case "jsonl":
		return jsonlPrinter{enc}, nil
	case "records":
		return recordPrinter{enc}, nil
	case "csv":
		return &csvPrinter{w: csv.NewWriter(w)}, nil
	case "table":
		return &tablePrinter{w: w, columns: columns}, nil
	}
	return nil, usagef("extract: format %q, want table, jsonl, records or csv", format)
}

type jsonlPrinter struct{ enc *json.Encoder }

func (p jsonlPrinter) print(e *schema.Extraction) error {
	for i := range e.Statements {
		if err := p.enc.Encode(&e.Statements[i]); err != nil {
			return err
		}
	}
	return nil
}
func (p jsonlPrinter) end() error { return nil }

type recordPrinter struct{ enc *json.Encoder }

func (p recordPrinter) print(e *schema.Extraction) error { return p.enc.Encode(e) }
func (p recordPrinter) end() error                       { return nil }

type csvPrinter struct {
	w      *csv.Writer
	headed bool
}

var csvHeader = []string{
	"id", "document", "sentence", "subject", "subject_id", "subject_ja", "relation", "object", "object_id", "object_ja", "polarity", "modality",
	"start", "end", "attribution", "qualifiers", "confidence", "rule", "text",
}

func (p *csvPrinter) print(e *schema.Extraction) error {
	if !p.headed {
		p.headed = true
		if err := p.w.Write(csvHeader); err != nil {
			return err
		}
	}
	for i := range e.Statements {
		s := &e.Statements[i]
		start, end := "", ""
		if s.Time != nil {
			start, end = s.Time.Start, s.Time.End
		}
		qualifiers := ""
		if len(s.Qualifiers) > 0 {
			b, err := json.Marshal(s.Qualifiers)
			if err != nil {
				return err
			}
			qualifiers = string(b)
		}
		err := p.w.Write([]string{
			s.ID, s.Document, strconv.Itoa(s.Sentence), s.Subject.Name, s.Subject.ID, s.Subject.NameJa, s.Relation,
			s.Object.Name, s.Object.ID, s.Object.NameJa, string(s.Polarity), string(s.Modality), start, end, names(s.Attribution), qualifiers,
			strconv.FormatFloat(s.Confidence, 'f', -1, 64), s.Rule, s.Text,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (p *csvPrinter) end() error {
	p.w.Flush()
	return p.w.Error()
}

func names(as []schema.Argument) string {
	var out []string
	for _, a := range as {
		out = append(out, a.Name)
	}
	return strings.Join(out, "; ")
}

type tablePrinter struct {
	w       io.Writer
	columns int
	rows    [][]string
}

func (p *tablePrinter) print(e *schema.Extraction) error {
	for i := range e.Statements {
		s := &e.Statements[i]
		day := ""
		if s.Time != nil {
			day = s.Time.Start
			if day == "" {
				day = s.Time.End
			}
		}
		p.rows = append(p.rows, []string{
			s.Subject.Name, s.Relation, s.Object.Name, string(s.Status), day, strconv.FormatFloat(s.Confidence, 'f', 2, 64), s.Text,
		})
	}
	return nil
}

func (p *tablePrinter) end() error {
	return writeTable(p.w, p.columns, []string{"subject", "relation", "object", "status", "day", "conf", "sentence"}, p.rows)
}
