package sentence

import (
	"strings"
	"unicode/utf8"

	"github.com/entente-kg/entente/schema"
)

// headlinePart is the least length, in runes, of the parts of a headline that a full-width space divides.
const headlinePart = 6

// cut returns the sentences of a block. Their spans are trimmed and not empty.
func cut(text string, block schema.Span, m marks, kind schema.SentenceKind) []schema.Span {
	var out []schema.Span
	start := block.Start
	emit := func(end int) {
		if s := trim(text, schema.Span{Start: start, End: end}); !s.Empty() {
			out = append(out, s)
		}
		start = end
	}
	prev := rune(0)
	for i := block.Start; i < block.End; {
		r, n := utf8.DecodeRuneInString(text[i:block.End])
		if end, ok := m.ends[i]; ok {
			last, _ := utf8.DecodeLastRuneInString(text[:end-closerLen(text, end)])
			if isStop(last) && isQuote(r) && beginsSentence(text[end:block.End]) {
				emit(end)
			}
			prev, _ = utf8.DecodeLastRuneInString(text[:end])
			i = end
			continue
		}
		i += n
		switch {
		case isStop(r):
			end := i
			for end < block.End { // 。」 …？！ and closing marks without their opening ones
				q, k := utf8.DecodeRuneInString(text[end:block.End])
				if _, closes := closers[q]; !isStop(q) && !closes {
					break
				}
				end += k
			}
			if n := leadingCredit(text[end:block.End]); n > 0 {
				emit(end + n) // …した。（共同）
				end += n
			} else if stops(r, prev, text[end:block.End]) {
				emit(end)
			}
			if end > i {
				r, _ = utf8.DecodeLastRuneInString(text[i:end])
				i = end
			}
		case r == '．' && isJapanese(prev) && !startsWithDigit(text[i:block.End]):
			emit(i)
		case r == '　' && spaceStops(text, schema.Span{Start: start, End: i - n}, text[i:block.End], kind):
			emit(i)
		}
		prev = r
	}
	emit(block.End)
	return out
}

func closerLen(text string, end int) int {
	_, n := utf8.DecodeLastRuneInString(text[:end])
	return n
}

// stops reports whether a stop r, that stands between prev and rest, ends the sentence: not in Yahoo!ニュース or
// モーニング娘。の.
func stops(r, prev rune, rest string) bool {
	next, _ := utf8.DecodeRuneInString(rest)
	switch {
	case rest == "" || isSpace(next):
		return true
	case r == '。' || r == '｡':
		return next != 'の' && next != '、'
	case next == '、' || next == '，' || next == ',' || next == '・':
		return false
	case (r == '!' || r == '?') && prev < utf8.RuneSelf:
		return false
	}
	if isHiragana(next) {
		return hasOpening(rest) || !hasParticle(rest)
	}
	return true
}

// particles are what follows a quotation, or a name that ends in a stop, when the sentence goes on.
var particles = []string{
	"と", "など", "の", "が", "は", "を", "に", "で", "も", "か", "よ", "だ", "ね", "や", "へ", "ら", "から", "まで",
	"って", "という", "ということ", "なん", "な", "て",
}

// sentenceOpenings begin a new sentence although they begin with a particle's letters, or with hiragana.
var sentenceOpenings = []string{
	"また", "これ", "それ", "この", "その", "しかし", "さらに", "そして", "ただ", "なお", "一方", "もし", "では", "でも",
	"だが", "だから", "ところ", "とはいえ", "とりわけ", "とくに", "特に", "もちろん", "もっと", "かつて", "かれ", "がん",
	"なぜ", "なに", "にもかかわらず", "はい", "はじめ", "のち", "よって", "やはり", "ようやく", "まず", "まだ", "すで",
	"わが", "われ", "わたし", "あの", "いま", "うち", "おれ", "ここ", "こう", "そう", "どう", "つまり", "ですが", "ともに",
}

func hasParticle(rest string) bool {
	for _, p := range particles {
		if strings.HasPrefix(rest, p) {
			return true
		}
	}
	return false
}

func hasOpening(rest string) bool {
	for _, p := range sentenceOpenings {
		if strings.HasPrefix(rest, p) {
			return true
		}
	}
	return false
}

// beginsSentence reports whether what follows 「…。」 is a sentence of its own rather than と述べた.
func beginsSentence(rest string) bool {
	next, _ := utf8.DecodeRuneInString(rest)
	switch {
	case rest == "" || isSpace(next):
		return true
	case hasOpening(rest):
		return true
	case isHiragana(next), next == '、', next == '，', next == ',', next == '…', next == '―', next == '─', next == '・':
		return false
	}
	_, closes := closers[next]
	_, opens := openers[next]
	return !closes && !isStop(next) && (!opens || isQuote(next))
}

// predicateEnds are the last characters of a finished predicate before a full-width space that stands for 。
var predicateEnds = []string{"した", "った", "いた", "えた", "れた", "けた", "めた", "ねた", "じた", "べた", "んだ", "せた", "げた", "てた",
	"する", "れる", "ている", "である", "です", "ます", "ません", "ない", "だった", "という", "とみる", "よう", "らない", "ずだ", "たい"}

// spaceStops reports whether a full-width space between two pieces divides sentences.
func spaceStops(text string, before schema.Span, rest string, kind schema.SentenceKind) bool {
	if utf8.RuneCountInString(headOf(before.In(text), headlinePart)) < headlinePart ||
		utf8.RuneCountInString(headOf(rest, headlinePart)) < headlinePart {
		return false
	}
	if kind == schema.Headline {
		return true
	}
	b := strings.TrimRightFunc(before.In(text), isSpace)
	for _, p := range predicateEnds {
		if strings.HasSuffix(b, p) {
			return true
		}
	}
	return false
}

// headOf is at most the first n runes of s, so that lengths are compared in constant time.
func headOf(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

func startsWithDigit(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return '0' <= r && r <= '9' || '０' <= r && r <= '９'
}
