package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/extract"
	"github.com/entente-kg/entente/internal/source"
	"github.com/entente-kg/entente/schema"
)

func explainCommand() *cli.Command {
	return &cli.Command{
		Name:      "explain",
		Usage:     "draw what every stage makes of a text, sentence by sentence",
		ArgsUsage: "FILE|TEXT|-",
		Description: `Draws for each sentence its tokens, its bunsetsu with lines to what each depends on, predicates with their arguments,
polarity, modality and speaker, times, mentions with what they refer to, the statements made, and the candidates that
were dropped, with the reason. An argument that names no file is read as the text itself.

   entente explain 'トランプ大統領は26日、何立峰副首相と会談した。' --published 2025-10-27
   entente explain article.txt --sentence 3
   entente explain article.txt --show bunsetsu,predicates
   entente explain article.txt --json`,
		Flags: append([]cli.Flag{
			&cli.BoolFlag{Name: "json", Usage: "write one JSON object a document instead"},
			&cli.IntSliceFlag{Name: "sentence", Usage: "only sentence `N` (from 0); may be repeated"},
			&cli.StringSliceFlag{Name: "show", Usage: "only these `PARTS`: tokens, bunsetsu, predicates, times, mentions, statements, dropped"},
		}, extractFlags()...),
		Action: explain,
	}
}

// explainParts are the parts of an explanation in their order.
var explainParts = []string{"tokens", "bunsetsu", "predicates", "times", "mentions", "statements", "dropped"}

func explain(c *cli.Context) error {
	if c.Args().Len() != 1 {
		return usagef("explain: want one file, text, or - for standard input; see entente explain --help")
	}
	show := make(map[string]bool)
	for _, part := range c.StringSlice("show") {
		known := false
		for _, p := range explainParts {
			known = known || p == part
		}
		if !known {
			return usagef("explain: --show %s, want some of %s", part, strings.Join(explainParts, ", "))
		}
		show[part] = true
	}
	if len(show) == 0 {
		for _, p := range explainParts {
			show[p] = true
		}
	}
	only := make(map[int]bool)
	for _, n := range c.IntSlice("sentence") {
		only[n] = true
	}
	opts := source.Options{Published: c.String("published"), Stdin: c.App.Reader}
	opts.EnsureDefaults()
	if err := opts.Validate(); err != nil {
		return usagef("explain: %w", err)
	}
	x, err := tracingExtractor(c)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(c.App.Writer)
	d := &drawing{w: out, columns: width(c.App.Writer), color: isTerminal(c.App.Writer) && os.Getenv("NO_COLOR") == "", show: show, only: only}
	if d.columns == 0 {
		d.columns = 100
	}
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	failed, total := 0, 0
	for doc, err := range explained(c.Args().First(), opts) {
		total++
		if err == nil {
			var result extract.Result
			if result, err = x.Document(c.Context, doc); err == nil {
				if c.Bool("json") {
					err = enc.Encode(explanation(doc, &result, only))
				} else {
					d.document(doc, &result)
				}
			}
		}
		if err != nil {
			failed++
			warn(c, "entente: %v", err)
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return partial(failed, total)
}

// explained yields the documents of a file, or the argument itself as a document when it names none.
func explained(arg string, opts source.Options) func(func(schema.Document, error) bool) {
	if arg != "-" {
		if _, err := os.Stat(arg); err != nil && !strings.ContainsAny(arg, "*?[") {
			if strings.IndexFunc(arg, func(r rune) bool { return r > 0x3000 }) < 0 {
				return func(yield func(schema.Document, error) bool) {
					yield(schema.Document{}, fmt.Errorf("explain: %q is neither a file nor Japanese text", arg))
				}
			}
			return func(yield func(schema.Document, error) bool) {
				yield(schema.Document{ID: "text", Published: opts.Published, Text: arg}, nil)
			}
		}
	}
	return source.Open([]string{arg}, opts)
}

// The types below are the JSON form. Spans are byte offsets into the part of the document that the sentence belongs to.
type explainedDocument struct {
	Document   string               `json:"document"`
	Sentences  []explainedSentence  `json:"sentences"`
	Entities   []schema.Entity      `json:"entities"`
	Statements []schema.Statement   `json:"statements"`
	Dropped    []explainedCandidate `json:"dropped"`
}

type explainedSentence struct {
	schema.Sentence
	Text       string               `json:"text"`
	Tokens     []explainedToken     `json:"tokens"`
	Bunsetsu   []explainedBunsetsu  `json:"bunsetsu"`
	Predicates []explainedPredicate `json:"predicates"`
	Times      []explainedTime      `json:"times"`
	Mentions   []explainedMention   `json:"mentions"`
}

type explainedToken struct {
	Span    schema.Span `json:"span"`
	Surface string      `json:"surface"`
	Norm    string      `json:"norm,omitempty"`
	POS     string      `json:"pos"`
	Base    string      `json:"base,omitempty"`
	Form    string      `json:"form,omitempty"`
	Kind    string      `json:"kind,omitempty"`
	ISO3    string      `json:"iso3,omitempty"`
}

type explainedBunsetsu struct {
	Span  schema.Span `json:"span"`
	Text  string      `json:"text"`
	Head  int         `json:"dependsOn"`
	Score float64     `json:"score"`
}

type explainedPredicate struct {
	Index    int                 `json:"index"`
	Span     schema.Span         `json:"span"`
	Lemma    string              `json:"lemma"`
	Form     string              `json:"form"`
	Light    string              `json:"light,omitempty"`
	Compound string              `json:"compound,omitempty"`
	Voice    string              `json:"voice"`
	Polarity string              `json:"polarity"`
	Modality string              `json:"modality"`
	Past     bool                `json:"past,omitempty"`
	Nonfact  string              `json:"nonfactual,omitempty"`
	Why      []string            `json:"why,omitempty"`
	Parent   int                 `json:"parent"`
	Link     string              `json:"link"`
	Args     []explainedArgument `json:"args"`
	Speakers []explainedArgument `json:"speakers,omitempty"`
}

type explainedArgument struct {
	Case     string      `json:"case,omitempty"`
	How      string      `json:"how,omitempty"`
	Sentence int         `json:"sentence"`
	Span     schema.Span `json:"span"`
	Text     string      `json:"text"`
}

type explainedTime struct {
	Span schema.Span `json:"span"`
	Text string      `json:"text"`
	Role string      `json:"role,omitempty"`
	Time schema.Time `json:"time"`
}

type explainedMention struct {
	Index  int         `json:"index"`
	Span   schema.Span `json:"span"`
	Text   string      `json:"text"`
	Kind   string      `json:"kind"`
	Rule   string      `json:"rule"`
	Nested bool        `json:"nested,omitempty"`
	Refers []string    `json:"refersTo"`
}

type explainedCandidate struct {
	Sentence int    `json:"sentence"`
	Trigger  string `json:"trigger"`
	Frame    string `json:"frame"`
	Relation string `json:"relation"`
	Subject  string `json:"subject,omitempty"`
	Object   string `json:"object,omitempty"`
	Why      string `json:"why"`
}
