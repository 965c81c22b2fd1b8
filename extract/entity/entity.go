// Package entity says whom and what the mentions of a document mean: it unifies them within the document, links them to
// the gazetteers, resolves titles by the holders of offices on the document's date, and gives stable ids.
//
// People are clustered first, over the whole document, so that a headline's surname finds the full name below it. Then the
// mentions are read in text order, and what stands for something named before (両国, 同氏, 米大統領) finds it in what has been
// read. Nothing is invented: a title that neither the document nor the table of office holders explains stays unresolved.
package entity

import (
	"slices"

	"github.com/entente-kg/entente/extract/chunk"
	"github.com/entente-kg/entente/extract/mention"
	"github.com/entente-kg/entente/schema"
)

// Referent is what one mention was resolved to.
type Referent struct {
	// Entity is an index into Resolution.Entities.
	Entity int
	// Antecedent is the mention (index) that resolved an anaphor or title, -1 for a mention that names.
	Antecedent int
	// Certainty, 0 to 1.
	Certainty float64
	// Rule names how: name, surname, title, office-table, both-countries, same-country, speaker …
	Rule string
}

// Resolution is a document's entities and what each mention refers to.
type Resolution struct {
	Mentions []mention.Mention
	// Entities are in order of first mention; their ids are stable over documents.
	Entities []schema.Entity
	// Former[i] reports that Entities[i], an Official, is only given a former office.
	Former []bool
	// Refs[m] are the referents of Mentions[m]: none (unresolved), one, or several (両国).
	Refs [][]Referent
}

// Options configure a Resolver. The zero value is ready.
type Options struct {
	// Curation is the user's own decisions about entities, nil for none.
	Curation *Curation
}

// Resolver resolves mentions. It is immutable and safe for concurrent use.
type Resolver struct {
	curation *Curation
}

// New makes a resolver over the embedded gazetteers.
func New(opts Options) (*Resolver, error) {
	return &Resolver{curation: opts.Curation}, nil
}

// Resolve says what the mentions of a document mean. mentions are those of sents, in the order of mention.Document.
func (r *Resolver) Resolve(doc schema.Document, sents []chunk.Sentence, mentions []mention.Mention) Resolution {
	mentions = slices.Clone(mentions)
	d := newDocument(doc, sents, mentions)
	d.ambiguousOrganizations()
	d.people()
	for i := range mentions {
		d.resolve(i)
	}
	out := Resolution{Mentions: mentions, Refs: d.refs}
	d.finish(&out)
	return r.curation.apply(doc, out)
}
