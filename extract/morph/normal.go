package morph

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/entente-kg/entente/schema"
)

// normal is the wording of a sentence as the dictionary wants it, with the way back to the untouched text. Letters and
// digits are half-width, kana and punctuation full-width, variant kanji folded; white space inside Japanese words and
// dropped pieces are gone, other white space is one full-width space.
type normal struct {
	text string
	// base is the offset of text[0] in the document when start is nil: the wording is that of the document, byte for byte.
	base int
	// start and end give for each byte of text the document's span of the character it comes from.
	start, end []int32
}

// span maps the bytes [from,to) of the normalised text to the document.
func (n *normal) span(from, to int) schema.Span {
	if n.start == nil {
		return schema.Span{Start: n.base + from, End: n.base + to}
	}
	return schema.Span{Start: int(n.start[from]), End: int(n.end[to-1])}
}

// variants folds kanji that are written in two ways in names.
var variants = func() map[rune]rune {
	m := make(map[rune]rune)
	for _, p := range []string{"髙高", "﨑崎", "嵜崎", "濵浜", "濱浜", "邊辺", "邉辺", "齋斎", "齊斉", "櫻桜", "嶋島", "嶌島", "廣広", "國国",
		"惠恵", "眞真", "晉晋", "曾曽", "壽寿", "德徳", "瀨瀬", "槇槙", "舘館", "條条", "聰聡", "萬万", "藏蔵", "禮礼", "龍竜", "靑青", "黑黒",
		"麴麹", "鷗鴎", "濟済", "學学", "會会", "關関", "實実", "榮栄", "與与", "臺台", "灣湾", "戶戸", "內内", "吳呉", "淸清", "產産", "敎教",
		"羅羅", "樂楽", "澤沢", "豐豊", "總総", "獨独", "佛仏", "區区", "縣県", "黨党", "聯連", "軍軍", "﨟臈"} {
		r := []rune(p)
		if r[0] != r[1] {
			m[r[0]] = r[1]
		}
	}
	delete(m, '聯') // 聯合ニュース is in the dictionary as it is written
	delete(m, '龍') // 芥川龍之介
	return m
}()

var variantRunes = func() *runeSet {
	var s runeSet
	for r := range variants {
		s.add(r)
	}
	return &s
}()

// plain reports a rune that normalises to itself: kana, common kanji, Japanese punctuation, ASCII letters and digits.
func plain(r rune) bool {
	switch {
	case r < 0x80:
		return '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
	case 0x3041 <= r && r <= 0x3096, 0x30a1 <= r && r <= 0x30fc, 0x3001 <= r && r <= 0x3015:
		return true
	case 0x4e00 <= r && r <= 0x9fff:
		return !variantRunes.has(r)
	}
	return false
}

// normalise returns the normalised wording of s.
func normalise(text string, s schema.Sentence) normal {
	t := s.Span.In(text)
	if len(s.Drop) == 0 {
		same := true
		for _, r := range t {
			if !plain(r) && !(r == '（' || r == '）' || r == '？' || r == '！' || r == '％') {
				same = false
				break
			}
		}
		if same {
			return normal{text: t, base: s.Span.Start}
		}
	}
	var (
		b    strings.Builder
		n    = normal{start: make([]int32, 0, len(t)+8), end: make([]int32, 0, len(t)+8)}
		drop = s.Drop
		last rune // last rune written
	)
	b.Grow(len(t) + 8)
	write := func(r rune, from, to int) {
		w, _ := b.WriteRune(r)
		for range w {
			n.start = append(n.start, int32(from))
			n.end = append(n.end, int32(to))
		}
		last = r
	}
	for i := s.Span.Start; i < s.Span.End; {
		for len(drop) > 0 && drop[0].End <= i {
			drop = drop[1:]
		}
		if len(drop) > 0 && drop[0].Start <= i {
			i = drop[0].End
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:s.Span.End])
		if plain(r) {
			next, _ := utf8.DecodeRuneInString(text[i+size : s.Span.End])
			if !unicode.Is(unicode.Mn, next) {
				write(r, i, i+size)
				i += size
				continue
			}
		}
		switch {
		case isBlank(r):
			end := i + size
			for end < s.Span.End {
				q, k := utf8.DecodeRuneInString(text[end:s.Span.End])
				if !isBlank(q) {
					break
				}
				end += k
			}
			next, _ := utf8.DecodeRuneInString(text[end:s.Span.End])
			if last != 0 && keepsBlank(text[i:end], last, next) {
				write('　', i, end)
			}
			i = end
			continue
		case r == utf8.RuneError && size <= 1:
			write('〓', i, i+size)
			i += size
			continue
		}
		if w, ok := widths[r]; ok {
			write(w, i, i+size)
			i += size
			continue
		}
		size = max(size, norm.NFKC.NextBoundaryInString(text[i:s.Span.End], true))
		folded := norm.NFKC.String(text[i : i+size])
		if !allWords(folded) {
			folded = text[i : i+size]
		}
		for _, q := range folded {
			if w, ok := widths[q]; ok {
				q = w
			} else if v, ok := variants[q]; ok {
				q = v
			}
			write(q, i, i+size)
		}
		i += size
	}
	n.text = b.String()
	return n
}

// isBlank reports white space and invisible marks.
func isBlank(r rune) bool {
	return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' || r == '\u200e' || r == '\u200f' || r == '\u2060' || r == '\u00ad'
}

// keepsBlank reports whether white space divides words: a full-width space, or white space between Latin words.
func keepsBlank(blank string, before, after rune) bool {
	if after == utf8.RuneError {
		return false
	}
	if strings.ContainsRune(blank, '　') {
		return true
	}
	return before < 0x80 && after < 0x80
}

// widths maps ASCII and half-width punctuation to the full-width forms that the dictionary knows. A full stop and a
// comma inside a number are joined later.
var widths = func() map[rune]rune {
	m := map[rune]rune{'｡': '。', '｢': '「', '｣': '」', '､': '、', '･': '・', '~': '～', '〜': '～', '–': '‐', '—': '―', '─': '―',
		'−': '－', '﹣': '－', '-': '‐', '‑': '‐', '"': '”', '\'': '’', '\\': '＼', '‥': '…', '•': '・', '‧': '・', '·': '・', '．': '．'}
	for r := rune('!'); r <= '~'; r++ {
		_, has := m[r]
		if has || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' {
			continue
		}
		m[r] = r - '!' + '！'
	}
	for r := rune('！'); r <= '～'; r++ { // full-width punctuation stays
		if a := r - '！' + '!'; !('0' <= a && a <= '9' || 'a' <= a && a <= 'z' || 'A' <= a && a <= 'Z') {
			m[r] = r
		}
	}
	m['…'], m['”'], m['“'], m['’'], m['‘'] = '…', '”', '“', '’', '‘'
	m['＇'], m['＂'], m['－'] = '’', '”', '－'
	return m
}()

// allWords reports whether a normalised character consists of letters, digits and marks alone, so that it may stand in
// for the original: 株式会社 for ㍿, but not (株) for ㈱.
func allWords(s string) bool {
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != 'ー' {
			return s != "" && len([]rune(s)) == 1
		}
	}
	return s != ""
}
