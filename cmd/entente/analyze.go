package main

import (
	"bufio"
	"encoding/json"
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/extract/chunk"
	"github.com/entente-kg/entente/extract/clause"
	"github.com/entente-kg/entente/extract/morph"
	"github.com/entente-kg/entente/internal/wac"
	"github.com/entente-kg/entente/schema"
)

func analyzeCommand() *cli.Command {
	return &cli.Command{
		Name:      "analyze",
		Usage:     "write bunsetsu, dependencies and predicates in the format of the annotated corpus, for scoring",
		ArgsUsage: "--wac FILE",
		Description: `Reads documents with gold sentences (JSON lines, .gz too) and writes for each a line with what the stages find:
"bunsetsu" [[start, end, head], …] and "predicates" [{"head", "type", "args"}, …]. Offsets are code points.

   entente analyze --wac test.jsonl.gz > predicted.jsonl
   entente analyze --wac test.jsonl.gz --gold-bunsetsu > given-boundaries.jsonl`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "wac", Usage: "the documents, with gold `sentences`: a file, or - for standard input"},
			&cli.BoolFlag{Name: "gold-bunsetsu", Usage: "take the bunsetsu boundaries from the file, and find dependencies and predicates only"},
			&cli.Float64Flag{Name: "subjects", Usage: "give subjects left out from this `PROBABILITY` (0.25 was best on documents held out), instead of only where the clauses around bear them out, as for news"},
		},
		Action: analyze,
	}
}

// analysis is a line that analyze writes.
type analysis struct {
	ID         string          `json:"id"`
	Text       string          `json:"text"`
	Bunsetsu   [][3]int        `json:"bunsetsu"`
	Predicates []wac.Predicate `json:"predicates,omitempty"`
}

func analyze(c *cli.Context) error {
	if c.Args().Present() {
		return usagef("analyze takes no arguments; see entente analyze --help")
	}
	if c.String("wac") == "" {
		return usagef("analyze: which documents? --wac FILE; see entente analyze --help")
	}
	var (
		docs []wac.Document
		err  error
	)
	if name := c.String("wac"); name == "-" {
		docs, err = wac.Decode(c.App.Reader, "standard input")
	} else {
		docs, err = wac.Read(name)
	}
	if err != nil {
		return err
	}
	tokens, err := morph.New(morph.Options{})
	if err != nil {
		return err
	}
	parser, err := chunk.New(chunk.Options{})
	if err != nil {
		return err
	}
	clauses, err := newClauses(clause.Options{Subjects: c.Float64("subjects")})
	if err != nil {
		return err
	}
	w := bufio.NewWriter(c.App.Writer)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for i := range docs {
		d := &docs[i]
		if err := c.Context.Err(); err != nil {
			return err
		}
		if err := enc.Encode(analyzeDocument(d, tokens, parser, clauses, c.Bool("gold-bunsetsu"))); err != nil {
			return fmt.Errorf("analyze %s: %w", d.ID, err)
		}
	}
	return w.Flush()
}

// analyzeDocument runs the stages on one document of the corpus. With gold, its bunsetsu boundaries are taken over.
func analyzeDocument(d *wac.Document, analyzer *morph.Analyzer, parser *chunk.Parser, clauses *clause.Analyzer, gold bool) analysis {
	o := wac.NewOffsets(d.Text)
	out := analysis{ID: d.ID, Text: d.Text, Bunsetsu: [][3]int{}}
	bunsetsu := d.BunsetsuOf()
	var sentences []chunk.Sentence
	for i, s := range d.SchemaSentences(o) {
		var (
			parsed chunk.Sentence
			cuts   func(int) bool
		)
		if gold {
			tokens, starts, _ := wac.Align(d, o, bunsetsu[i], analyzer.Tokens(d.Text, s))
			parsed = parser.ParseWith(s, tokens, starts)
			given := make(map[int]bool)
			for _, b := range d.Bunsetsu[bunsetsu[i][0]:bunsetsu[i][1]] {
				given[o.Byte(b[0])] = true
			}
			cuts = func(at int) bool { return given[at] }
		} else {
			parsed = parser.Parse(s, analyzer.Tokens(d.Text, s))
		}
		sentences = append(sentences, parsed)
		base := len(out.Bunsetsu)
		units := wac.Units(&parsed, cuts)
		for k, u := range units {
			start := u.Span.Start
			if k == 0 {
				start = o.Byte(d.Sentences[i][0])
			}
			end := o.Byte(d.Sentences[i][1])
			if k+1 < len(units) {
				end = units[k+1].Span.Start
			}
			head := u.Head
			if head >= 0 {
				head += base
			}
			p := o.Points(schema.Span{Start: start, End: end})
			out.Bunsetsu = append(out.Bunsetsu, [3]int{p[0], p[1], head})
		}
	}
	out.Predicates = wacPredicates(clauses, sentences, o)
	return out
}
