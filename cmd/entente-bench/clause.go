package main

import (
	"fmt"
	"os"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/extract/chunk"
	"github.com/entente-kg/entente/extract/clause"
	"github.com/entente-kg/entente/extract/morph"
	"github.com/entente-kg/entente/extract/rules"
	"github.com/entente-kg/entente/internal/wac"
	"github.com/entente-kg/entente/schema"
)

func trainClauseCommand() *cli.Command {
	return &cli.Command{
		Name:      "train-clause",
		Usage:     "learn the weights of topics, relative clauses and subjects left out from an annotated corpus",
		ArgsUsage: "FILE…",
		Description: `Reads the training files (JSON lines as analyze --wac takes them, with gold bunsetsu and predicates) and writes a
weights file: the same bytes for the same input. The documents are parsed with the parser that is built in, or with --folds
parsers, each trained on the documents of all other folds, so that the parses are as wrong as those of unseen text.

   entente-bench train-clause --out extract/clause/weights.bin train.jsonl.gz`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "out", Usage: "write the weights to `FILE`", Required: true},
			&cli.IntFlag{Name: "folds", Value: 1, Usage: "train `N` parsers, each for the documents that it has not seen; 1: parse with the weights that are built in"},
			&cli.IntFlag{Name: "epochs", Usage: "`N` passes over the examples, instead of the default"},
			&cli.Float64Flag{Name: "rate", Usage: "first `STEP` of the adaptive gradient, instead of the default"},
			&cli.Float64Flag{Name: "drop", Usage: "`SHARE` of features left out in each step, instead of the default"},
		},
		Action: trainClause,
	}
}

func trainClause(c *cli.Context) error {
	cues, err := rules.LoadCues()
	if err != nil {
		return err
	}
	analyzer, err := morph.New(morph.Options{})
	if err != nil {
		return err
	}
	var docs []wac.Document
	for _, name := range c.Args().Slice() {
		d, err := wac.Read(name)
		if err != nil {
			return err
		}
		docs = append(docs, d...)
	}
	if len(docs) == 0 {
		return fmt.Errorf("train-clause: no training files given")
	}
	parsers, err := foldParsers(docs, max(1, c.Int("folds")), analyzer)
	if err != nil {
		return err
	}
	var examples []clause.Example
	for i := range docs {
		examples = append(examples, clauseExamples(&docs[i], analyzer, parsers[i%len(parsers)])...)
	}
	weights, err := clause.Train(cues, examples, clause.TrainOptions{
		Epochs: c.Int("epochs"), Rate: c.Float64("rate"), Drop: c.Float64("drop"),
		Progress: func(epoch int, open, zero float64) {
			fmt.Fprintf(c.App.ErrWriter, "epoch %2d  loss: open %.4f  zero %.4f\n", epoch, open, zero)
		},
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(c.App.ErrWriter, "%d sentences, weights %d bytes\n", len(examples), len(weights))
	return os.WriteFile(c.String("out"), weights, 0o644)
}

// foldParsers returns for each fold of the documents, of which i is in fold i mod folds, a parser that learned from the
// others. One fold has the parser that is built in.
func foldParsers(docs []wac.Document, folds int, analyzer *morph.Analyzer) ([]*chunk.Parser, error) {
	out := make([]*chunk.Parser, folds)
	for k := range out {
		var opts chunk.Options
		if folds > 1 {
			var examples []chunk.Example
			for i := range docs {
				if i%folds != k {
					examples = append(examples, documentExamples(&docs[i], analyzer)...)
				}
			}
			weights, err := chunk.Train(examples, chunk.TrainOptions{})
			if err != nil {
				return nil, err
			}
			opts.Weights = weights
		}
		p, err := chunk.New(opts)
		if err != nil {
			return nil, err
		}
		out[k] = p
	}
	return out, nil
}

// corpusCases are the corpus' cases in ours.
var corpusCases = map[string]clause.Case{
	"ガ": clause.Ga, "ヲ": clause.Wo, "ニ": clause.Ni, "ト": clause.To, "カラ": clause.Kara, "デ": clause.De, "ヘ": clause.He,
}

// clauseExamples are a document's sentences, analysed, with their gold predicates.
func clauseExamples(d *wac.Document, analyzer *morph.Analyzer, parser *chunk.Parser) []clause.Example {
	o := wac.NewOffsets(d.Text)
	var out []clause.Example
	for i, s := range d.SchemaSentences(o) {
		e := clause.Example{Sentence: parser.Parse(s, analyzer.Tokens(d.Text, s))}
		from, to := d.Sentences[i][0], d.Sentences[i][1]
		for k := range d.Predicates {
			p := &d.Predicates[k]
			if p.Head[0] < from || p.Head[0] >= to {
				continue
			}
			g := clause.GoldPredicate{Head: o.Span(p.Head[0], p.Head[1]), Args: map[clause.Case][]schema.Span{}}
			for name, args := range p.Args {
				for _, a := range args {
					start, end, ok := points(a)
					if ok && from <= start && end <= to {
						g.Args[corpusCases[name]] = append(g.Args[corpusCases[name]], o.Span(start, end))
					}
				}
			}
			e.Gold = append(e.Gold, g)
		}
		out = append(out, e)
	}
	return out
}

// points reads the code points of an argument as JSON gives them.
func points(a wac.Arg) (start, end int, ok bool) {
	if len(a) < 2 {
		return 0, 0, false
	}
	s, ok1 := a[0].(float64)
	e, ok2 := a[1].(float64)
	return int(s), int(e), ok1 && ok2
}
