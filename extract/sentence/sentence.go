// Package sentence cuts a document into sentences: spans into the untouched text, with quotations, headlines,
// captions and list items told apart. It is pure: same text, same sentences.
package sentence

import "github.com/entente-kg/entente/schema"

// Split returns the sentences of a document in reading order, the title's first. Their spans do not overlap; what lies
// between them is white space.
func Split(doc schema.Document) []schema.Sentence {
	panic("to be written")
}
