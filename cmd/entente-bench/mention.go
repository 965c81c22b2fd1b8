package main

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/extract/chunk"
	"github.com/entente-kg/entente/extract/mention"
	"github.com/entente-kg/entente/extract/morph"
	"github.com/entente-kg/entente/extract/rules"
	"github.com/entente-kg/entente/extract/sentence"
	"github.com/entente-kg/entente/extract/wording"
)

func mentionBenchCommand() *cli.Command {
	return &cli.Command{
		Name:      "mentions",
		Usage:     "time the finding of mentions beside bare tokenization, with the gazetteers as they are and many times as large",
		ArgsUsage: "FILE…",
		Description: `Each document is tokenized by bare kagome, and its mentions are found with the gazetteers as they are and with --times
as many terms, one after the other, so that whatever else the machine does falls on all three. The further terms are made up:
each begins as one term of the gazetteers does and ends as another, so that a look-up goes as far into them. One core; the
fastest of --rounds rounds counts for each document.

   entente-bench mentions articles.jsonl.gz --limit 500`,
		Flags: []cli.Flag{
			&cli.IntFlag{Name: "times", Value: 10, Usage: "how many times as large"},
			&cli.IntFlag{Name: "rounds", Value: 3, Usage: "measured rounds"},
			&cli.IntFlag{Name: "limit", Usage: "only the first `N` documents"},
		},
		Action: benchMentions,
	}
}

func benchMentions(c *cli.Context) error {
	if !c.Args().Present() || c.Int("times") < 1 || c.Int("rounds") < 1 {
		return fmt.Errorf("mentions: want files of documents, and --times and --rounds of 1 or more")
	}
	docs, characters, err := readDocuments(c.Args().Slice(), c.Int("limit"))
	if err != nil {
		return err
	}
	analyzer, err := morph.New(morph.Options{})
	if err != nil {
		return err
	}
	plain, err := mention.New()
	if err != nil {
		return err
	}
	terms := rules.GazetteerTerms()
	made := madeUp(terms, (c.Int("times")-1)*len(terms))
	large, err := mention.New(made...)
	if err != nil {
		return err
	}
	previous := runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(previous)
	var bare, small, many, texts time.Duration
	for i := range docs {
		split := sentence.Split(docs[i])
		sents := make([]chunk.Sentence, len(split))
		for k, s := range split {
			sents[k] = chunk.Sentence{Sentence: s, Tokens: analyzer.Tokens(docs[i].In(s.Part), s)}
		}
		var words []wording.Text
		best := [4]time.Duration{}
		for round := range c.Int("rounds") + 1 {
			for k, run := range []func(){
				func() {
					for _, s := range split {
						analyzer.Bare(docs[i].In(s.Part), s)
					}
				},
				func() { words = wording.Document(sents) },
				func() { plain.Document(sents, words) },
				func() { large.Document(sents, words) },
			} {
				start := time.Now()
				run()
				if took := time.Since(start); round == 1 || round > 1 && took < best[k] { // round 0 warms up
					best[k] = took
				}
			}
		}
		bare, texts, small, many = bare+best[0], texts+best[1], small+best[2], many+best[3]
	}
	w := c.App.Writer
	fmt.Fprintf(w, "%d documents, %d characters, %s, one core of %s/%s\n", len(docs), characters, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	row := func(name string, d time.Duration) {
		fmt.Fprintf(w, "%-60s %8.3f s  %5.2f × bare kagome\n", name, d.Seconds(), d.Seconds()/bare.Seconds())
	}
	row("bare kagome", bare)
	row("wording, shared with the finding of times", texts)
	row(fmt.Sprintf("mentions, %d terms", len(terms)), small)
	row(fmt.Sprintf("mentions, %d terms", len(terms)+len(made)), many)
	return nil
}

// madeUp makes n organisations whose names begin as one term does and end as another. The same terms give the same names.
func madeUp(terms []rules.LexEntry, n int) []rules.LexEntry {
	random := rand.New(rand.NewPCG(1, 2))
	have := make(map[string]bool, len(terms)+n)
	for _, t := range terms {
		have[t.Form] = true
	}
	out := make([]rules.LexEntry, 0, n)
	for len(out) < n {
		head, tail := []rune(terms[random.IntN(len(terms))].Form), []rune(terms[random.IntN(len(terms))].Form)
		form := string(head[:(len(head)+1)/2]) + string(tail[len(tail)/2:])
		for k := 0; have[form]; k++ {
			form += string(tail[k%len(tail)]) // a name that is there already grows by another's characters
		}
		have[form] = true
		out = append(out, rules.LexEntry{Form: form, LexTerm: rules.LexTerm{Kind: rules.TermOrganization, ID: "organization/" + form}})
	}
	return out
}
