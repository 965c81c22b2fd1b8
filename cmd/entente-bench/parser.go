package main

import (
	"fmt"
	"io"
	"os"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/extract/chunk"
	"github.com/entente-kg/entente/extract/morph"
	"github.com/entente-kg/entente/internal/wac"
)

func trainParserCommand() *cli.Command {
	return &cli.Command{
		Name:      "train-parser",
		Usage:     "learn the weights of bunsetsu boundaries and dependencies from an annotated corpus",
		ArgsUsage: "FILE…",
		Description: `Reads the training files (JSON lines as analyze --wac takes them, with gold bunsetsu) and writes a weights file,
the same bytes for the same input. With --eval, prints how well the new weights do on another file.

   entente-bench train-parser --out extract/chunk/weights.bin --eval valid.jsonl.gz train.jsonl.gz`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "out", Usage: "write the weights to `FILE`"},
			&cli.StringFlag{Name: "eval", Usage: "measure on the documents of `FILE`"},
			&cli.StringFlag{Name: "boundary", Usage: "`EPOCHS,RATE,DROP` for boundaries, instead of the defaults"},
			&cli.StringFlag{Name: "edge", Usage: "`EPOCHS,RATE,DROP` for dependencies, instead of the defaults"},
		},
		Action: trainParser,
	}
}

func trainParser(c *cli.Context) error {
	analyzer, err := morph.New(morph.Options{})
	if err != nil {
		return err
	}
	var examples []chunk.Example
	for _, name := range c.Args().Slice() {
		e, err := readExamples(name, analyzer)
		if err != nil {
			return err
		}
		examples = append(examples, e...)
	}
	if len(examples) == 0 {
		return fmt.Errorf("train-parser: no training files given")
	}
	opts := chunk.TrainOptions{
		Progress: func(epoch int, boundary, edge float64) {
			fmt.Fprintf(c.App.ErrWriter, "epoch %2d  loss: boundary %.4f  head %.4f\n", epoch, boundary, edge)
		},
	}
	for name, to := range map[string]*chunk.Schedule{"boundary": &opts.Boundary, "edge": &opts.Edge} {
		if v := c.String(name); v != "" {
			if _, err := fmt.Sscanf(v, "%d,%g,%g", &to.Epochs, &to.Rate, &to.Drop); err != nil {
				return fmt.Errorf("train-parser: --%s %q: want EPOCHS,RATE,DROP: %w", name, v, err)
			}
		}
	}
	weights, err := chunk.Train(examples, opts)
	if err != nil {
		return err
	}
	fmt.Fprintf(c.App.ErrWriter, "%d sentences, weights %d bytes\n", len(examples), len(weights))
	if name := c.String("eval"); name != "" {
		if err := evaluateParser(c.App.Writer, name, weights, analyzer); err != nil {
			return err
		}
	}
	if name := c.String("out"); name != "" {
		return os.WriteFile(name, weights, 0o644)
	}
	return nil
}

// readExamples reads the sentences of an annotated file, with the tokens of our own analyzer.
func readExamples(name string, analyzer *morph.Analyzer) ([]chunk.Example, error) {
	docs, err := wac.Read(name)
	if err != nil {
		return nil, err
	}
	var out []chunk.Example
	for i := range docs {
		out = append(out, documentExamples(&docs[i], analyzer)...)
	}
	return out, nil
}

// documentExamples are the sentences of a document with gold bunsetsu.
func documentExamples(d *wac.Document, analyzer *morph.Analyzer) []chunk.Example {
	var out []chunk.Example
	o := wac.NewOffsets(d.Text)
	bunsetsu := d.BunsetsuOf()
	for k, s := range d.SchemaSentences(o) {
		r := bunsetsu[k]
		tokens, starts, heads := wac.Align(d, o, r, analyzer.Tokens(d.Text, s))
		if len(tokens) == 0 || r[0] == r[1] {
			continue
		}
		out = append(out, chunk.Example{Sentence: s, Tokens: tokens, Starts: starts, Heads: heads})
	}
	return out
}

// evaluateParser prints, in our units and on tokens that the gold boundaries cut, boundary F1 and dependency accuracy with given boundaries.
func evaluateParser(w io.Writer, name string, weights []byte, analyzer *morph.Analyzer) error {
	examples, err := readExamples(name, analyzer)
	if err != nil {
		return err
	}
	parser, err := chunk.New(chunk.Options{Weights: weights})
	if err != nil {
		return err
	}
	var hit, gold, found, right, deps, whole, ends int
	for i := range examples {
		e := &examples[i]
		p := parser.ParseWith(e.Sentence, e.Tokens, e.Starts)
		if len(p.Chunks) == len(e.Heads) {
			for k := range p.Chunks {
				if e.Heads[k] < 0 {
					continue
				}
				deps++
				if p.Chunks[k].Dep == e.Heads[k] {
					right++
				}
			}
		}
		free := parser.Parse(e.Sentence, e.Tokens)
		is := make([]bool, len(e.Tokens))
		for k := range free.Chunks {
			is[free.Chunks[k].From] = true
		}
		goldChunk := make([]int, len(e.Tokens)) // gold bunsetsu by token
		goldEnd, b := []int{}, -1
		for t := range e.Tokens {
			if t == 0 || e.Starts[t] {
				b++
				goldEnd = append(goldEnd, t)
			}
			goldChunk[t] = b
			goldEnd[b] = t + 1
		}
		for t := 1; t < len(e.Tokens); t++ {
			if e.Starts[t] {
				gold++
			}
			if is[t] {
				found++
			}
			if e.Starts[t] && is[t] {
				hit++
			}
		}
		for k := range free.Chunks {
			c := &free.Chunks[k]
			if c.Dep < 0 || len(goldEnd) != len(e.Heads) {
				continue
			}
			g := goldChunk[c.From]
			exact := (c.From == 0 || e.Starts[c.From]) && goldEnd[g] == c.To
			if !exact || e.Heads[g] < 0 {
				continue
			}
			h := &free.Chunks[c.Dep]
			gh := goldChunk[h.From]
			if (h.From == 0 || e.Starts[h.From]) && goldEnd[gh] == h.To && e.Heads[g] == gh {
				whole++
			}
		}
		ends += len(free.Chunks) - 1
	}
	p, r := float64(hit)/float64(found), float64(hit)/float64(gold)
	ep, er := float64(whole)/float64(ends), float64(whole)/float64(deps)
	fmt.Fprintf(w, "%s: boundary F1 %.4f (P %.4f R %.4f), dependency with given boundaries %.4f (%d/%d), end to end F1 %.4f\n",
		name, 2*p*r/(p+r), p, r, float64(right)/float64(deps), right, deps, 2*ep*er/(ep+er))
	return nil
}
