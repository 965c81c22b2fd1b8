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
	// Sentence is the sentence's index.
	Sentence int
	// Norm joins Token.Norm of all tokens, with ASCII punctuation (see Fold); dropped pieces and white space are not in it.
	Norm string
	// start[i] and end[i] bound, in the source, the rune that byte i of Norm belongs to.
	start, end []int32
	// token[i] is the index of the token that byte i belongs to.
	token []int32
	// starts[k] is the byte at which token k starts.
	starts []int32
}

// Document is the wordings of a document's sentences, in their order. All stages that read them share one.
func Document(sents []chunk.Sentence) []Text {
	out := make([]Text, len(sents))
	for i := range sents {
		out[i] = Of(sents[i])
	}
	return out
}

// Of is the wording of s.
func Of(s chunk.Sentence) Text {
	var b strings.Builder
	n := 0
	for i := range s.Tokens {
		n += len(s.Tokens[i].Norm)
	}
	b.Grow(n)
	all := make([]int32, 3*n+len(s.Tokens))
	t := Text{Sentence: s.Index, start: all[:0:n], end: all[n : n : 2*n], token: all[2*n : 2*n : 3*n], starts: all[3*n:]}
	for i := range s.Tokens {
		tok := &s.Tokens[i]
		t.starts[i] = int32(len(t.token))
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
	if norm == surface && len(surface) == span.Len() && plain(norm) {
		b.WriteString(norm)
		for at := 0; at < len(norm); {
			w := width(norm[at])
			for range w {
				t.start = append(t.start, int32(span.Start+at))
				t.end = append(t.end, int32(span.Start+at+w))
				t.token = append(t.token, token)
			}
			at += w
		}
		return
	}
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
			t.start = append(t.start, int32(place.Start))
			t.end = append(t.end, int32(place.End))
			t.token = append(t.token, token)
		}
	}
}

// plain reports whether s is valid UTF-8 of ASCII, kana and kanji only, on which punctuation does nothing: the lead bytes E2 and
// EF begin all that it changes.
func plain(s string) bool {
	for i := 0; i < len(s); {
		c := s[i]
		w := width(c)
		if c == 0xE2 || c == 0xEF || c >= 0x80 && (c < 0xE3 || c > 0xE9) || i+w > len(s) {
			return false
		}
		i += w
	}
	return true
}

// width is the length of the UTF-8 sequence that begins with c, of the ones that plain lets pass.
func width(c byte) int {
	if c < 0x80 {
		return 1
	}
	return 3
}

// Len is the length of Norm in bytes.
func (t Text) Len() int { return len(t.token) }

// Span is the source span of bytes [from,to) of Norm, 0 <= from < to <= Len; the empty span for an empty range.
func (t Text) Span(from, to int) schema.Span {
	if from >= to || from < 0 || to > len(t.start) {
		return schema.Span{}
	}
	return schema.Span{Start: int(t.start[from]), End: int(t.end[to-1])}
}

// Token is the index of the token that byte i of Norm belongs to, 0 <= i < Len.
func (t Text) Token(i int) int { return int(t.token[i]) }

// TokenStart and TokenEnd bound the bytes of token k in Norm.
func (t Text) TokenStart(k int) int { return int(t.starts[k]) }

// TokenEnd is where TokenStart says.
func (t Text) TokenEnd(k int) int {
	if k+1 < len(t.starts) {
		return int(t.starts[k+1])
	}
	return len(t.token)
}

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
	return i > 0 && i < len(t.start) && t.end[i-1] < t.start[i]
}
