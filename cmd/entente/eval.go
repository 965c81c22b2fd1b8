package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/extract/rules"
	"github.com/entente-kg/entente/fixtures"
	"github.com/entente-kg/entente/internal/eval"
	"github.com/entente-kg/entente/schema"
)

func evalCommand() *cli.Command {
	return &cli.Command{
		Name:      "eval",
		Usage:     "score the extractor on annotated documents",
		ArgsUsage: "[GOLD_DIR]",
		Description: `Reads NAME.txt, NAME.gold.json and entities.json of GOLD_DIR (default: the built-in articles), extracts, and prints
precision, recall and F1: core (subject, relation, object) and strict (polarity and modality too).

   entente eval                          the built-in articles
   entente eval gold/ -v                 with everything missed or said too much
   entente eval gold/ --calibrate        how well confidence tells what is right
   entente eval gold/ --calibrate --sheet docs/evaluation/statements.tsv   with statements judged by hand, too
   entente eval gold/ --links            how many subjects and objects are found as mentions and linked rightly
   entente eval gold/ --statements FILE  scores statements (JSON lines) that were extracted before`,
		Flags: append([]cli.Flag{
			&cli.StringSliceFlag{Name: "sheet", Usage: "calibrate with the verdicts of `FILE`, too (may be repeated; see entente-bench sample-statements)"},
			&cli.BoolFlag{Name: "verbose", Aliases: []string{"v"}, Usage: "list what was missed, differs in status, or is wrong"},
			&cli.BoolFlag{Name: "calibrate", Usage: "print the reliability of confidence, held out by document, and the curve that fits"},
			&cli.BoolFlag{Name: "links", Usage: "print the linking accuracy of subject and object mentions instead, by entity type"},
			&cli.StringFlag{Name: "statements", Usage: "score the statements of `FILE` instead of extracting"},
		}, extractFlags()...),
		Action: evalAction,
	}
}

func evalAction(c *cli.Context) error {
	if c.NArg() > 1 {
		return usagef("eval: want one folder; see entente eval --help")
	}
	dir, name := fixtures.Gold(), "the built-in articles"
	if c.Args().Present() {
		name = c.Args().First()
		if info, err := os.Stat(name); err != nil {
			return usagef("eval: %w", err)
		} else if !info.IsDir() {
			return usagef("eval: %s is no folder", name)
		}
		dir = os.DirFS(name)
	}
	gold, err := eval.Load(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return usagef("%w (want NAME.txt, NAME.gold.json and entities.json in %s)", err, name)
	}
	if err != nil {
		return err
	}
	if c.Bool("links") {
		return evalLinks(c, gold)
	}
	statements, sentences, err := evalStatements(c, gold)
	if err != nil {
		return err
	}
	report := gold.Score(statements, sentences)
	out := bufio.NewWriter(c.App.Writer)
	writeReport(out, &report, c.Bool("verbose"))
	if c.Bool("calibrate") {
		if err := calibrate(c, out, report.Judged); err != nil {
			return err
		}
	}
	return out.Flush()
}

// evalStatements extracts from the gold documents, or reads what was extracted before.
func evalStatements(c *cli.Context, gold *eval.Gold) ([]schema.Statement, map[string]int, error) {
	if file := c.String("statements"); file != "" {
		statements, err := readStatements(file)
		return statements, nil, err
	}
	x, err := newExtractor(c)
	if err != nil {
		return nil, nil, err
	}
	var statements []schema.Statement
	sentences := make(map[string]int)
	for result, err := range extractAll(c.Context, x, goldDocuments(gold), c.Int("workers")) {
		if err != nil {
			return nil, nil, err
		}
		statements = append(statements, result.Statements...)
		sentences[result.Source.ID] = result.Sentences
	}
	return statements, sentences, nil
}

func goldDocuments(gold *eval.Gold) iter.Seq2[schema.Document, error] {
	return func(yield func(schema.Document, error) bool) {
		for _, doc := range gold.Documents {
			if !yield(doc, nil) {
				return
			}
		}
	}
}

// evalLinks prints how many subjects and objects of gold are found as mentions and linked rightly.
func evalLinks(c *cli.Context, gold *eval.Gold) error {
	if c.Bool("calibrate") || c.IsSet("sheet") || c.IsSet("statements") {
		return usagef("eval: --links goes with -v only; it needs no statements")
	}
	x, err := tracingExtractor(c)
	if err != nil {
		return err
	}
	linked := make(map[string]eval.Linked)
	for result, err := range extractAll(c.Context, x, goldDocuments(gold), c.Int("workers")) {
		if err != nil {
			return err
		}
		var sentences []schema.Sentence
		for _, s := range result.Trace.Sentences {
			sentences = append(sentences, s.Sentence)
		}
		linked[result.Source.ID] = eval.Linked{Sentences: sentences, Resolution: result.Trace.Resolution}
	}
	report := gold.Links(linked)
	out := bufio.NewWriter(c.App.Writer)
	report.Write(out, c.Bool("verbose"))
	return out.Flush()
}

func readStatements(file string) ([]schema.Statement, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []schema.Statement
	dec := json.NewDecoder(bufio.NewReader(f))
	for {
		var st schema.Statement
		err := dec.Decode(&st)
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: statement %d: %w", file, len(out)+1, err)
		}
		out = append(out, st)
	}
}

func writeReport(w io.Writer, r *eval.Report, verbose bool) {
	if verbose {
		for _, f := range r.Findings {
			fmt.Fprintf(w, "%s: %s: %s", f.Document, f.Kind, f.Text)
			if f.Statement != nil {
				fmt.Fprintf(w, "  (%s %.2f)", f.Statement.Rule, f.Statement.Confidence)
			}
			fmt.Fprintf(w, "  <- %.240s\n", printable(f.Sentence))
		}
	}
	for _, row := range r.Documents {
		fmt.Fprintf(w, "%-32s %s\n", row.Name, row.Counts)
	}
	fmt.Fprintf(w, "%-32s %s\n", "ALL", r.Total)
	for _, table := range []struct {
		name string
		rows []eval.Row
	}{{"relation", r.Relations}, {"register", r.Registers}} {
		fmt.Fprintf(w, "\nby %s\n", table.name)
		for _, row := range table.rows {
			fmt.Fprintf(w, "  %-30s %s\n", row.Name, row.Counts)
		}
	}
	fmt.Fprintf(w, "\nby status of the gold statement\n")
	for _, row := range r.Statuses {
		fmt.Fprintf(w, "  %-30s gold %4d found %4d with its status %4d\n", row.Name, row.Gold, row.Found, row.FoundStrict)
	}
	if r.Total.Sentences > 0 {
		fmt.Fprintf(w, "\nextra statements: %d in %d sentences, %.3f a sentence\n", r.Total.Wrong, r.Total.Sentences,
			float64(r.Total.Wrong)/float64(r.Total.Sentences))
	}
}

// calibrate prints how reliable confidence is on gold, on the sheets and on both, and the curve that fits both.
func calibrate(c *cli.Context, w io.Writer, gold []eval.Judged) error {
	frames, err := rules.LoadFrames()
	if err != nil {
		return err
	}
	writeCalibration(w, "gold", gold)
	all := slices.Clone(gold)
	for _, file := range c.StringSlice("sheet") {
		f, err := os.Open(file)
		if err != nil {
			return usagef("eval: %w", err)
		}
		judged, err := eval.ReadSheet(f, frames.Confidence)
		_ = f.Close() // only read
		if err != nil {
			return usagef("eval: %s: %w", file, err)
		}
		writeCalibration(w, file, judged)
		all = append(all, judged...)
	}
	if len(c.StringSlice("sheet")) > 0 {
		writeCalibration(w, "gold and sheets", all)
	}
	curve := eval.Compose(frames.Confidence, eval.Fit(all))
	fmt.Fprintf(w, "\ncurve that fits, for confidence.yaml: {intercept: %.2f, slope: %.2f}\n", curve.Intercept, curve.Slope)
	return nil
}

func writeCalibration(w io.Writer, name string, judged []eval.Judged) {
	fmt.Fprintln(w)
	eval.WriteReliability(w, name+": confidence as given", judged)
	for _, least := range []float64{0, 0.5, 0.7, 0.8, 0.9} {
		p, n := eval.PrecisionAt(judged, least)
		fmt.Fprintf(w, "  from %.1f: %4d statements, precision %.3f\n", least, n, p)
	}
	fmt.Fprintln(w)
	eval.WriteReliability(w, name+": fitted without the document (leave one out)", eval.HeldOut(judged))
}
