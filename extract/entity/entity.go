// Package entity says whom and what the mentions of a document mean: it unifies them within the document, links them to
// the gazetteers, resolves titles by the holders of offices on the document's date, and gives stable ids.
package entity

import (
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
