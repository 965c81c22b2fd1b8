package clause_test

import (
	"fmt"

	"github.com/entente-kg/entente/extract/chunk"
	"github.com/entente-kg/entente/extract/clause"
	"github.com/entente-kg/entente/extract/morph"
	"github.com/entente-kg/entente/extract/rules"
	"github.com/entente-kg/entente/extract/sentence"
	"github.com/entente-kg/entente/schema"
)

func ExampleAnalyzer_Document() {
	cues, err := rules.LoadCues()
	if err != nil {
		fmt.Println(err)
		return
	}
	words, err := morph.New(morph.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	parser, err := chunk.New(chunk.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	analyzer, err := clause.New(cues, clause.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	doc := schema.Document{ID: "example", Text: "首相は大統領と会談を行い、協定に署名する方針を固めた。"}
	var parsed []chunk.Sentence
	for _, s := range sentence.Split(doc) {
		parsed = append(parsed, parser.Parse(s, words.Tokens(doc.In(s.Part), s)))
	}
	for _, s := range analyzer.Document(parsed) {
		for _, p := range s.Predicates {
			fmt.Println(p.Lemma, p.Form, p.Modality, p.Why)
			for _, a := range p.Args {
				fmt.Println(" ", a.Case, a.Span.In(doc.Text))
			}
		}
	}
	// Output:
	// 会談 light actual []
	//   ga 首相
	//   to 大統領
	// 署名 sahen planned [planned: 方針]
	//   ga 首相
	//   ni 協定
	// 固める verb actual []
	//   ga 首相
	//   wo 方針
}
