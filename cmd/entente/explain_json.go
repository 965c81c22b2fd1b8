package main

import (
	"strings"

	"github.com/entente-kg/entente/extract"
	"github.com/entente-kg/entente/extract/clause"
	"github.com/entente-kg/entente/extract/morph"
	"github.com/entente-kg/entente/schema"
)

// explanation is the JSON form of a document's trace; only says which sentences, all when empty.
func explanation(doc schema.Document, r *extract.Result, only map[int]bool) explainedDocument {
	t := r.Trace
	out := explainedDocument{Document: doc.ID, Entities: t.Resolution.Entities, Statements: []schema.Statement{}}
	words := wording{doc, t}
	for i := range t.Sentences {
		if len(only) > 0 && !only[i] {
			continue
		}
		s := &t.Sentences[i]
		text := doc.In(s.Part)
		e := explainedSentence{Sentence: s.Sentence, Text: s.Span.In(text)}
		for k := range s.Tokens {
			tok := &s.Tokens[k]
			j := explainedToken{Span: tok.Span, Surface: tok.Surface, POS: posName(tok), Form: tok.Form, ISO3: tok.ISO3, Kind: kindNames[tok.Kind]}
			if tok.Norm != tok.Surface {
				j.Norm = tok.Norm
			}
			if tok.Base != tok.Norm {
				j.Base = tok.Base
			}
			e.Tokens = append(e.Tokens, j)
		}
		for k := range s.Chunks {
			c := &s.Chunks[k]
			e.Bunsetsu = append(e.Bunsetsu, explainedBunsetsu{Span: c.Span, Text: c.Span.In(text), Head: c.Dep, Score: c.Score})
		}
		if i < len(t.Clauses) {
			for k := range t.Clauses[i].Predicates {
				e.Predicates = append(e.Predicates, words.predicate(&t.Clauses[i].Predicates[k]))
			}
		}
		for _, x := range t.Times {
			if x.Sentence == i {
				e.Times = append(e.Times, explainedTime{Span: x.Span, Text: x.Span.In(text), Role: x.Role, Time: x.Time})
			}
		}
		for m := range t.Resolution.Mentions {
			mention := &t.Resolution.Mentions[m]
			if mention.Sentence != i {
				continue
			}
			j := explainedMention{Index: mention.Index, Span: mention.Span, Text: mention.Span.In(text), Kind: string(mention.Kind), Rule: mention.Rule, Nested: mention.Nested, Refers: []string{}}
			for _, ref := range refsOf(t, m) {
				j.Refers = append(j.Refers, t.Resolution.Entities[ref.Entity].ID)
			}
			e.Mentions = append(e.Mentions, j)
		}
		out.Sentences = append(out.Sentences, e)
	}
	for i := range r.Statements {
		if len(only) == 0 || only[r.Statements[i].Sentence] {
			out.Statements = append(out.Statements, r.Statements[i])
		}
	}
	for _, c := range t.Candidates {
		if c.Dropped != "" && (len(only) == 0 || only[c.Sentence]) {
			out.Dropped = append(out.Dropped, explainedCandidate{Sentence: c.Sentence, Trigger: c.Trigger, Frame: c.Frame, Relation: c.Relation, Subject: c.Subject, Object: c.Object, Why: c.Dropped})
		}
	}
	return out
}

// wording gives the words of spans.
type wording struct {
	doc   schema.Document
	trace *extract.Trace
}

// of is the wording of a span of a sentence, white space joined; empty for a span that is not in it.
func (w wording) of(sentence int, s schema.Span) string {
	if sentence < 0 || sentence >= len(w.trace.Sentences) {
		return ""
	}
	text := w.doc.In(w.trace.Sentences[sentence].Part)
	if !s.Valid(text) {
		return ""
	}
	return strings.Join(strings.Fields(s.In(text)), " ")
}

func (w wording) argument(a clause.Argument) explainedArgument {
	return explainedArgument{Case: string(a.Case), How: string(a.How), Sentence: a.Sentence, Span: a.Span, Text: w.of(a.Sentence, a.Span)}
}

func (w wording) predicate(p *clause.Predicate) explainedPredicate {
	out := explainedPredicate{
		Index: p.Index, Span: p.Span, Lemma: p.Lemma, Form: string(p.Form), Light: p.Light, Compound: p.Compound, Voice: string(p.Voice),
		Polarity: string(p.Polarity), Modality: string(p.Modality), Past: p.Past, Nonfact: p.Nonfactual, Why: p.Why, Parent: p.Parent,
		Link: string(p.Link), Args: []explainedArgument{},
	}
	for _, a := range p.Args {
		out.Args = append(out.Args, w.argument(a))
	}
	for _, a := range p.Speakers {
		out.Speakers = append(out.Speakers, w.argument(a))
	}
	return out
}

// kindNames are the names of the kinds of token; plain words have none.
var kindNames = map[morph.Kind]string{
	morph.Name: "name", morph.Number: "number", morph.DateUnit: "date", morph.OneKanji: "country", morph.Travel: "travel",
	morph.Relation: "relation", morph.Symbol: "symbol",
}

// posName is the part of speech, its levels joined by -.
func posName(t *morph.Token) string {
	var levels []string
	for _, p := range t.POS {
		if p != "" {
			levels = append(levels, p)
		}
	}
	return strings.Join(levels, "-")
}
