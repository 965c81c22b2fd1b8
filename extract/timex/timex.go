// Package timex finds temporal expressions and resolves them against the document's date (TIMEX in the field's terms).
package timex

import "github.com/entente-kg/entente/schema"

// Expression is a time named in a sentence.
type Expression struct {
	Sentence int
	Span     schema.Span
	// Time is its value; Basis Unresolved when the document has no date and the text needs one.
	Time schema.Time
	// Role is "" for a point or span at which something happens, "from" (から, 以降), "until" (まで), "deadline" (までに).
	Role string
}
