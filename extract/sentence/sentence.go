// Package sentence cuts a document into sentences: spans into the untouched text, with quotations, headlines,
// captions and list items told apart. It is pure: same text, same sentences.
//
// Nothing is rewritten. The spans of the sentences and the white space between them join to the text, byte for byte.
package sentence

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/entente-kg/entente/schema"
)

// Split returns the sentences of a document in reading order, the title's first. Their spans do not overlap; what lies
// between them is white space.
//
// A sentence ends at 。！？ outside brackets, so that 「A。B。」と述べた is one. A bracket that is not closed within its
// paragraph counts as an ordinary character. A line without a final 。 is a sentence of its own, unless the line break
// stands inside a sentence (a wrapped line, a stray break inside a word). An empty document has no sentences.
// Time is linear in the length of the document. Safe for concurrent use.
func Split(doc schema.Document) []schema.Sentence {
	var out []schema.Sentence
	paragraph := 0
	for _, part := range []schema.Part{schema.PartTitle, schema.PartText} {
		text := doc.In(part)
		for _, block := range blocks(text, part) {
			lineKind := kindOf(text, block, part)
			marks := matchBrackets(text, block)
			for _, span := range cut(text, block, marks, lineKind) {
				s := schema.Sentence{Index: len(out), Part: part, Span: span, Kind: lineKind, Paragraph: paragraph}
				if lineKind == schema.Headline && part == schema.PartText && endsInStop(span.In(text)) {
					s.Kind = schema.Prose
				}
				s.Quotes = quotesIn(span, marks)
				s.Drop = dropsIn(text, span, span.Start == block.Start, s.Kind)
				out = append(out, s)
			}
			paragraph++
		}
	}
	return out
}

// trim shrinks a span by the white space at its ends.
func trim(text string, s schema.Span) schema.Span {
	t := s.In(text)
	left := strings.TrimLeftFunc(t, isSpace)
	s.Start += len(t) - len(left)
	s.End = s.Start + len(strings.TrimRightFunc(left, isSpace))
	return s
}

// isSpace reports white space, and the invisible marks that stand between words without being wording (zero-width
// spaces, byte order marks).
func isSpace(r rune) bool {
	return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' || r == '\u200e' || r == '\u200f' || r == '\u2060'
}

// isStop reports whether a rune ends a sentence by itself.
func isStop(r rune) bool {
	switch r {
	case '。', '！', '？', '!', '?', '｡', '‼', '⁉':
		return true
	}
	return false
}

// endsInStop reports whether a sentence ends in a full stop, closing brackets after it ignored.
func endsInStop(s string) bool {
	for s != "" {
		r, n := utf8.DecodeLastRuneInString(s)
		if isStop(r) {
			return true
		}
		if _, closes := closers[r]; !closes {
			return false
		}
		s = s[:len(s)-n]
	}
	return false
}

func isHiragana(r rune) bool { return 'ぁ' <= r && r <= 'ゖ' }

func isKatakana(r rune) bool {
	return 'ァ' <= r && r <= 'ヺ' || r == 'ー' || 'ｦ' <= r && r <= 'ﾟ'
}

func isKanji(r rune) bool { return unicode.Is(unicode.Han, r) }

func isJapanese(r rune) bool { return isHiragana(r) || isKatakana(r) || isKanji(r) }
