// Package wording is a sentence's normalised wording as one string, with the way back from each of its bytes to the
// untouched text and to the token it is of. Package mention and package timex read names and dates in it: they do not
// stop where the dictionary happened to cut.
package wording

import (
	"strings"
	"unicode/utf8"

	"github.com/entente-kg/entente/extract/chunk"
	"github.com/entente-kg/entente/extract/morph"
	"github.com/entente-kg/entente/schema"
)

// Text is the wording of one sentence. It is immutable.
type Text struct {
	// Norm joins Token.Norm of all tokens, with ASCII punctuation (see Fold); dropped pieces and white space are not in it.
	Norm string
	// place[i] is the source span of the rune that byte i of Norm belongs to.
	place []schema.Span
	// token[i] is the index of the token that byte i belongs to.
	token []int32
}

// Of is the wording of s.
func Of(s chunk.Sentence) Text {
	var b strings.Builder
	n := 0
	for i := range s.Tokens {
		n += len(s.Tokens[i].Norm)
	}
	b.Grow(n)
	t := Text{place: make([]schema.Span, 0, n), token: make([]int32, 0, n)}
	for i := range s.Tokens {
		tok := &s.Tokens[i]
		t.append(&b, tok.Norm, tok.Surface, tok.Span, int32(i))
	}
	t.Norm = b.String()
	return t
}

// Fold is a gazetteer's form as it would stand in Norm.
func Fold(s string) string { return strings.Map(punctuation, morph.Fold(s)) }

// punctuation is r with full-width ASCII punctuation made half-width and the many dashes made few: names and dates are
// compared with one form of each.
func punctuation(r rune) rune {
	switch {
	case r == '～':
		return '〜'
	case r == '‐' || r == '－' || r == '−' || r == '–':
		return '-'
	case r == '゠':
		return '='
	case r >= '！' && r <= '～':
		return r - '！' + '!'
	}
	return r
}

// append maps the bytes of norm into span. Where norm and surface have as many runes they are taken pairwise; else (half-width
// kana with its own voicing mark, ㈱) every byte maps to the whole token.
func (t *Text) append(b *strings.Builder, norm, surface string, span schema.Span, token int32) {
	pairwise := len(surface) == span.Len() && utf8.RuneCountInString(norm) == utf8.RuneCountInString(surface)
	at := 0
	for _, r := range norm {
		place := span
		if pairwise {
			_, w := utf8.DecodeRuneInString(surface[at:])
			place = schema.Span{Start: span.Start + at, End: span.Start + at + w}
			at += w
		}
		n, _ := b.WriteRune(punctuation(r))
		for range n {
			t.place = append(t.place, place)
			t.token = append(t.token, token)
		}
	}
}

// Len is the length of Norm in bytes.
func (t Text) Len() int { return len(t.token) }

// Span is the source span of bytes [from,to) of Norm, 0 <= from < to <= Len; the empty span for an empty range.
func (t Text) Span(from, to int) schema.Span {
	if from >= to || from < 0 || to > len(t.place) {
		return schema.Span{}
	}
	return schema.Span{Start: t.place[from].Start, End: t.place[to-1].End}
}

// Token is the index of the token that byte i of Norm belongs to, 0 <= i < Len.
func (t Text) Token(i int) int { return int(t.token[i]) }

// Starts reports whether a token starts at byte i of Norm.
func (t Text) Starts(i int) bool {
	return i == 0 || i < len(t.token) && t.token[i] != t.token[i-1]
}

// Ends reports whether a token ends at byte i of Norm (exclusive).
func (t Text) Ends(i int) bool {
	return i >= len(t.token) || i > 0 && t.token[i] != t.token[i-1]
}

// Gap reports whether the source has something between bytes i-1 and i of Norm that is not in it: white space, a dropped
// piece.
func (t Text) Gap(i int) bool {
	return i > 0 && i < len(t.place) && t.place[i-1] != t.place[i] && t.place[i-1].End < t.place[i].Start
}

// At is the first byte of Norm whose source lies at or after offset, Len when there is none.
func (t Text) At(offset int) int {
	lo, hi := 0, len(t.place)
	for lo < hi {
		m := (lo + hi) / 2
		if t.place[m].Start < offset {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return lo
}
