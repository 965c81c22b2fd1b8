package main

import (
	"github.com/entente-kg/entente/extract/chunk"
	"github.com/entente-kg/entente/extract/clause"
	"github.com/entente-kg/entente/extract/rules"
	"github.com/entente-kg/entente/internal/wac"
)

// newClauses returns a clause analyzer with the embedded cues.
func newClauses(opts clause.Options) (*clause.Analyzer, error) {
	cues, err := rules.LoadCues()
	if err != nil {
		return nil, err
	}
	return clause.New(cues, opts)
}

// wacCases are the cases that the corpus holds, by ours.
var wacCases = map[clause.Case]string{
	clause.Ga: "ガ", clause.Wo: "ヲ", clause.Ni: "ニ", clause.To: "ト", clause.Kara: "カラ", clause.De: "デ", clause.He: "ヘ",
}

// wacPredicates are the predicates of a document's sentences with their arguments as written, in the corpus' terms:
// heads and arguments as code point spans, cases as ガ, ヲ, ニ, ト, カラ, デ, ヘ.
func wacPredicates(a *clause.Analyzer, sentences []chunk.Sentence, o *wac.Offsets) []wac.Predicate {
	var out []wac.Predicate
	for i := range sentences {
		for _, p := range a.Frames(&sentences[i]) {
			q := wac.Predicate{Head: o.Points(p.Span), Type: "verb", Args: map[string][]wac.Arg{}}
			switch p.Form {
			case clause.EventNoun, clause.Contraction, clause.SahenBare:
				q.Type = "noun"
			}
			for _, arg := range p.Args {
				c := wacCases[arg.Surface]
				if c == "" || arg.Sentence != sentences[i].Index {
					continue
				}
				kind := "zero"
				if arg.How == clause.Overt || arg.How == clause.ByTopic || arg.How == clause.ByRelative {
					kind = "overt"
				}
				at := o.Points(arg.Span)
				q.Args[c] = append(q.Args[c], wac.Arg{at[0], at[1], kind})
			}
			out = append(out, q)
		}
	}
	return out
}
