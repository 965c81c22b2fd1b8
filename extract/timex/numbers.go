package timex

import (
	"strings"
	"unicode/utf8"

	"github.com/entente-kg/entente/schema"
)

// numeric reads 2025-10-26, 2025/10/26 and 2025.10.26.
func (p *parser) numeric(i int) (int, value) {
	s := p.s[i:]
	if len(s) < 8 || !isDigit(s[0]) || i > 0 && isDigit(p.s[i-1]) {
		return 0, value{}
	}
	y, n := digits(s, 4)
	if n != 4 || y < 1800 || y > 2200 {
		return 0, value{}
	}
	sep := s[n]
	if sep != '-' && sep != '/' && sep != '.' {
		return 0, value{}
	}
	m, w := digits(s[n+1:], 2)
	n += 1 + w
	if w == 0 || n >= len(s) || s[n] != sep {
		return 0, value{}
	}
	d, w := digits(s[n+1:], 2)
	n += 1 + w
	if w == 0 || n < len(s) && isDigit(s[n]) || !valid(y, m, d) {
		return 0, value{}
	}
	return i + n, dayOf(date(y, m, d), schema.Explicit)
}

// quarter reads 第3四半期 and 7-9月期.
func quarter(s string) (q, n int) {
	rest, ok := strings.CutPrefix(s, "第")
	if !ok {
		return 0, 0
	}
	num, w := number(rest)
	if w > 0 && num >= 1 && num <= 4 && strings.HasPrefix(rest[w:], "四半期") {
		return num, len("第") + w + len("四半期")
	}
	return 0, 0
}

// starts reports whether an expression may start with the rune at byte i.
func starts(s string, i int) bool {
	c := s[i]
	if c < 0x80 {
		return isDigit(c)
	}
	r := firstRune(s[i:])
	return startRunes[r>>6&1023]&(1<<(r&63)) != 0
}

// startRunes has a bit for each character other than a digit with which an expression may start.
var startRunes = func() (set [1024]uint64) {
	for _, r := range "一二三四五六七八九十〇数半お昨きけ去こ今本明あ先来再同翌前当年月週春夏秋冬火水木金土日令平昭大" {
		set[r>>6&1023] |= 1 << (r & 63)
	}
	return set
}()

// number reads ASCII digits or kanji numerals up to 9999; n is its length in bytes, 0 when there is none.
func number(s string) (num, n int) {
	if num, n = digits(s, 5); n > 0 {
		return num, n
	}
	return kanjiNumber(s)
}

func digits(s string, most int) (num, n int) {
	for n < len(s) && n < most && isDigit(s[n]) {
		num = num*10 + int(s[n]-'0')
		n++
	}
	if n < len(s) && isDigit(s[n]) {
		return 0, 0
	}
	return num, n
}

func kanjiNumber(s string) (num, n int) {
	tens, positional := -1, 0
	for at, r := range s {
		d := strings.IndexRune("〇一二三四五六七八九", r)
		switch {
		case d >= 0:
			num = num*10 + d/len("一")
			positional++
		case r == '十' && tens < 0 && positional <= 1:
			tens = max(1, num)
			num, positional = 0, 0
		default:
			if tens >= 0 {
				num += tens * 10
			}
			return num, at
		}
		n = at + utf8.RuneLen(r)
		if n > 12 {
			return 0, 0
		}
	}
	if tens >= 0 {
		num += tens * 10
	}
	return num, n
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isKanji(r rune) bool { return r >= 0x4E00 && r <= 0x9FFF || r == '々' }

func firstRune(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }

func lastRune(s string) rune { r, _ := utf8.DecodeLastRuneInString(s); return r }

func runeWidth(s string, i int) int {
	_, w := utf8.DecodeRuneInString(s[i:])
	return w
}
