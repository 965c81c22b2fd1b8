// Package schema is the vocabulary that both halves of Entente share: the relations and entity types of
// ontology.yaml, and the records that pass between them (Span, Document, Sentence, Entity, Statement, Extraction).
//
// It imports nothing else of Entente. All records are plain values: safe to copy, safe for concurrent reads.
package schema

import (
	"fmt"
	"unicode/utf8"
)

// Span is a half-open range [Start, End) of byte offsets into the text it belongs to (Document.Text, or
// Document.Title for a sentence whose Part is PartTitle).
// 0 <= Start <= End <= len(text), and both ends fall on rune boundaries.
type Span struct {
	Start int
	End   int
}

// Len is the length in bytes.
func (s Span) Len() int { return s.End - s.Start }

// Empty reports whether the span covers nothing.
func (s Span) Empty() bool { return s.End <= s.Start }

// Contains reports whether t lies within s. An empty t lies within s when its Start does, ends included.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Overlaps reports whether s and t share at least one byte.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// Cover is the smallest span that contains both.
func (s Span) Cover(t Span) Span { return Span{min(s.Start, t.Start), max(s.End, t.End)} }

// In is the text that the span covers. It panics when the span is not inside text: spans are made by Entente only.
func (s Span) In(text string) string { return text[s.Start:s.End] }

// Valid reports whether the span lies inside text with both ends on rune boundaries.
func (s Span) Valid(text string) bool {
	return 0 <= s.Start && s.Start <= s.End && s.End <= len(text) &&
		(s.Start == len(text) || utf8.RuneStart(text[s.Start])) &&
		(s.End == len(text) || utf8.RuneStart(text[s.End]))
}

// String prints the span as [start,end).
func (s Span) String() string { return fmt.Sprintf("[%d,%d)", s.Start, s.End) }

// MarshalJSON writes the span as a two-element array [start,end].
func (s Span) MarshalJSON() ([]byte, error) {
	return fmt.Appendf(nil, "[%d,%d]", s.Start, s.End), nil
}

// UnmarshalJSON reads a two-element array [start,end].
func (s *Span) UnmarshalJSON(b []byte) error {
	var start, end int
	if _, err := fmt.Sscanf(compact(b), "[%d,%d]", &start, &end); err != nil {
		return fmt.Errorf("schema: span %.40q: want [start,end]", b)
	}
	if start < 0 || end < start {
		return fmt.Errorf("schema: span [%d,%d]: want 0 <= start <= end", start, end)
	}
	s.Start, s.End = start, end
	return nil
}

func compact(b []byte) string {
	out := make([]byte, 0, len(b))
	for _, c := range b {
		if c != ' ' && c != '\n' && c != '\t' && c != '\r' {
			out = append(out, c)
		}
	}
	return string(out)
}
