package sentence

import (
	"strings"
	"unicode/utf8"

	"github.com/entente-kg/entente/schema"
)

// blocks returns the lines of a text, trimmed, without empty ones; a line break inside a sentence does not divide.
func blocks(text string, part schema.Part) []schema.Span {
	var lines []schema.Span
	var gap []bool // an empty line stands before
	start, blank := 0, true
	for start <= len(text) {
		end := strings.IndexAny(text[start:], "\n\r\u2028\u2029\v\f")
		if end < 0 {
			end = len(text)
		} else {
			end += start
		}
		if s := trim(text, schema.Span{Start: start, End: end}); s.Empty() {
			blank = true
		} else {
			lines = append(lines, s)
			gap = append(gap, blank)
			blank = false
		}
		if end == len(text) {
			break
		}
		_, n := utf8.DecodeRuneInString(text[end:])
		if strings.HasPrefix(text[end:], "\r\n") {
			n = 2
		}
		start = end + n
	}
	width := wrapWidth(text, lines)
	var out []schema.Span
	for i, l := range lines {
		if i > 0 && !gap[i] && part == schema.PartText && continues(text, out[len(out)-1], lines[i-1], l, width) {
			out[len(out)-1].End = l.End
			continue
		}
		out = append(out, l)
	}
	return out
}

// wrapWidth is the number of runes at which the lines of a text are wrapped, or 0 when they are not: at least three
// lines of equal length, give or take two runes, none longer, and they are half of all.
func wrapWidth(text string, lines []schema.Span) int {
	longest := 0
	for _, l := range lines {
		longest = max(longest, utf8.RuneCountInString(l.In(text)))
	}
	if longest < 12 || longest > 80 {
		return 0
	}
	full := 0
	for _, l := range lines {
		if utf8.RuneCountInString(l.In(text)) >= longest-2 {
			full++
		}
	}
	if full < 3 || 2*full < len(lines) {
		return 0
	}
	return longest
}

// continues reports whether the line break between prev and next stands inside a sentence. All is the block so far.
func continues(text string, all, prev, next schema.Span, width int) bool {
	p, q := prev.In(text), next.In(text)
	if trailingCredit(p) > 0 || endsInStop(p) || markerLen(q) > 0 {
		return false // a credit ends what it belongs to
	}
	last, _ := utf8.DecodeLastRuneInString(p)
	first, _ := utf8.DecodeRuneInString(q)
	switch {
	case last == '、' || last == '，' || last == '「' || last == '（' || last == '『':
		return true
	case width > 0 && utf8.RuneCountInString(p) >= width-2:
		return true
	case first == 'ー' || strings.ContainsRune("ァィゥェォッャュョぁぃぅぇぉっゃゅょんン", first):
		return true // no word begins like this
	case first == '、' || first == '。' || first == '」' || first == '）' || first == '』':
		return true
	case markerLen(all.In(text)) > 0 || isBanner(p):
		return false
	case strings.ContainsAny(p, "。｡"):
		return true // running text that breaks off: a heading has no stop inside
	}
	if splitsWord(p, q) {
		return true
	}
	if utf8.RuneCountInString(headOf(p, 10)) < 10 || !strings.ContainsAny(q, "。｡") {
		return false
	}
	// A line that stops after a particle, or amid a conjugation, goes on in the next.
	for _, e := range []string{"が", "は", "を", "の", "と", "て", "も", "し"} {
		if strings.HasSuffix(p, e) {
			return !strings.HasSuffix(p, "との") && !strings.HasSuffix(p, "もの") && !strings.HasSuffix(p, "などと")
		}
	}
	for _, e := range []string{"った", "した", "んだ", "れた", "です", "ます", "ない", "いる", "ある"} {
		if strings.HasPrefix(q, e) {
			return true
		}
	}
	for _, e := range []string{"は", "が", "を", "に", "と", "の", "で", "も", "や", "へ", "から", "まで", "など"} {
		if rest, ok := strings.CutPrefix(q, e); ok && !hasOpening(q) {
			r, _ := utf8.DecodeRuneInString(rest)
			return isKanji(r) || isKatakana(r) || r == '、' || r == '「'
		}
	}
	return false
}

// bound are kanji that end a word and are none by themselves: a line that begins with one of them and a particle goes on with
// the word before (国務長|官は).
const bound = "定領官臣相省庁府議談盟約表席記理団隊員者氏策権統署"

// splitsWord reports a line break inside a kanji word of running text, though the line before be short: 大統|領は, 首相が首|都で.
// A headline does not end in a single kanji behind は, が, を, に, で.
func splitsWord(p, q string) bool {
	last, n := utf8.DecodeLastRuneInString(p)
	first, m := utf8.DecodeRuneInString(q)
	if !isKanji(last) || !isKanji(first) || !strings.ContainsAny(q, "。｡、") {
		return false
	}
	if next, _ := utf8.DecodeRuneInString(q[m:]); strings.ContainsRune(bound, first) && strings.ContainsRune("はがをにでとのも、", next) {
		return true
	}
	before, _ := utf8.DecodeLastRuneInString(p[:len(p)-n])
	return strings.ContainsRune("はがをにで", before) && last != '死'
}
