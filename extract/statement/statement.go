// Package statement turns predicates and mentions into statements by the relation frames of the rules.
//
// For every predicate the frames that its lemma triggers are tried in order of priority: form, companions, then the
// arguments that fill subject and object, by case and entity type. What is left over is recorded as a Candidate with the
// reason. Offices are read from the mentions themselves. The statements of a document are then merged: one for each
// subject, relation, object, polarity, modality and day, with every sentence that says it as evidence.
package statement

import (
	"github.com/entente-kg/entente/extract/chunk"
	"github.com/entente-kg/entente/extract/clause"
	"github.com/entente-kg/entente/extract/entity"
	"github.com/entente-kg/entente/extract/rules"
	"github.com/entente-kg/entente/extract/timex"
	"github.com/entente-kg/entente/schema"
)

// Builder makes statements. It is immutable and safe for concurrent use.
type Builder struct {
	frames *rules.Frames
}

// New is a builder over the given frames.
func New(frames *rules.Frames) *Builder { return &Builder{frames: frames} }

// Input is a document with what the earlier stages found in it.
type Input struct {
	Document schema.Document
	// Sentences and Clauses are those of the document, at the index of schema.Sentence.Index.
	Sentences []chunk.Sentence
	Clauses   []clause.Sentence
	// Resolution holds the mentions and what they refer to.
	Resolution entity.Resolution
	// Times are the document's temporal expressions in text order.
	Times []timex.Expression
	// Version is written into every statement.
	Version string
}

// Result is what a document states.
type Result struct {
	// Statements are in order of sentence, then trigger, then arguments.
	Statements []schema.Statement
	// Candidates are what was considered, in the order of the text: statements with their features, and what was dropped.
	Candidates []Candidate
}

// Candidate is a predicate that a frame was tried on.
type Candidate struct {
	Sentence  int
	Predicate int // index in the sentence; -1 for a statement read from mentions
	Trigger   string
	Frame     string
	Relation  string
	// Subject, Object are names, "" where none was found.
	Subject, Object string
	// Dropped says why there is no statement, "" where there is one.
	Dropped string
	// Features are what the confidence is made of, in order; Confidence the result.
	Features   []Feature
	Confidence float64
}

// Feature is one factor of a statement's confidence.
type Feature struct {
	Name  string
	Value float64
}

// Build returns what the document states. The same input gives the same result.
func (b *Builder) Build(in Input) Result {
	d := newDocument(in)
	m := &maker{Builder: b, document: d, consumed: make(map[[2]int]string)}
	for s := range in.Clauses {
		if s < len(in.Sentences) && references(in.Sentences[s].Span.In(m.text(s))) {
			continue
		}
		preds := in.Clauses[s].Predicates
		for i := range preds {
			m.predicate(&preds[i])
		}
	}
	m.offices()
	m.appositions()
	m.weigh()
	m.content()
	statements := m.merge()
	return Result{Statements: statements, Candidates: m.candidates}
}

// maker collects the statements of one document.
type maker struct {
	*Builder
	*document
	drafts     []draft
	candidates []Candidate
	// consumed maps (sentence, predicate) to the frame that needed it as a companion.
	consumed map[[2]int]string
}

// draft is one statement of one predicate, before merging.
type draft struct {
	relation        schema.Relation
	frame           *rules.Frame // nil for offices
	rule            string
	pred            *clause.Predicate // nil for offices
	sentence        int
	trigger         schema.Span
	subject, object filler
	polarity        schema.Polarity
	modality        schema.Modality
	time            *schema.Time
	attribution     []schema.Argument
	qualifiers      map[string]string
	features        []Feature
	confidence      float64
	candidate       int
	dropped         string
}
