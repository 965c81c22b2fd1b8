package sentence

import (
	"strings"
	"unicode/utf8"

	"github.com/entente-kg/entente/schema"
)

// headingLength is the greatest length, in runes, of a line without a stop that counts as a heading.
const headingLength = 45

// kindOf tells what a block is by its form.
func kindOf(text string, block schema.Span, part schema.Part) schema.SentenceKind {
	t := block.In(text)
	switch {
	case part == schema.PartTitle:
		return schema.Headline
	case markerLen(t) > 0:
		return schema.ListItem
	case isCaption(t):
		return schema.Caption
	case isBanner(t):
		return schema.Headline
	case !strings.ContainsAny(t, "。｡") && utf8.RuneCountInString(headOf(t, headingLength+1)) <= headingLength && !endsInStop(t):
		return schema.Headline
	}
	return schema.Prose
}

// isBanner reports whether a line is a heading by its brackets: 【速報】…, ＜解説＞, ≪…≫ without a stop.
func isBanner(t string) bool {
	for _, p := range []string{"【", "＜", "≪", "《", "〈"} {
		if strings.HasPrefix(t, p) {
			return !strings.ContainsAny(t, "。｡")
		}
	}
	return false
}

// captionLabels begin a line that is a caption.
var captionLabels = []string{"写真：", "写真:", "【写真】", "［写真］", "(写真)", "（写真）", "画像：", "【画像】", "▲", "動画："}

// isCaption reports whether a line is a picture's caption: it says so, or ends in a credit and has at most two sentences.
func isCaption(t string) bool {
	if prefixLen(t, captionLabels...) > 0 || strings.HasPrefix(t, "写真は") {
		return true
	}
	for _, p := range []string{"＝写真", "=写真", "（写真）", "（資料写真）"} {
		if strings.HasSuffix(strings.TrimRight(t, "。"), p) {
			return true
		}
	}
	c := trailingCredit(t)
	return c > 0 && strings.Count(t[:len(t)-c], "。") <= 2 && utf8.RuneCountInString(headOf(t, 160)) < 160
}

// markerLen is the length in bytes of a list marker at the beginning of a line with the white space after it, or 0:
// ・ ● （1） (1) 1 １． ① ア、 15:30 【午後3時30分】.
func markerLen(t string) int {
	r, n := utf8.DecodeRuneInString(t)
	rest := t[n:]
	switch {
	case t == "":
		return 0
	case strings.ContainsRune("・●○■□◆◇▼▽▲△►▶※★☆•◦–—◎＊*", r):
		if rest == "" || strings.HasPrefix(rest, string(r)) {
			return 0
		}
		return n + spaceLen(rest)
	case r == '-' && spaceLen(rest) > 0:
		return n + spaceLen(rest)
	case '①' <= r && r <= '⑳' || '⑴' <= r && r <= '⒇' || '㈠' <= r && r <= '㈩' || 'Ⅰ' <= r && r <= 'Ⅻ' && spaceLen(rest) > 0:
		return n + spaceLen(rest)
	case r == '（' || r == '(':
		k := ordinalLen(rest)
		if k == 0 {
			return 0
		}
		q, m := utf8.DecodeRuneInString(rest[k:])
		if q != '）' && q != ')' {
			return 0
		}
		return n + k + m + spaceLen(rest[k+m:])
	case r == '【' || r == '［' || r == '[':
		k := clockLen(rest)
		if k == 0 {
			return 0
		}
		q, m := utf8.DecodeRuneInString(rest[k:])
		if q != '】' && q != '］' && q != ']' {
			return 0
		}
		return n + k + m + spaceLen(rest[k+m:])
	}
	if k := clockLen(t); k > 0 {
		if sp := spaceLen(t[k:]); sp > 0 {
			return k + sp
		}
		for _, p := range []string{"：", "―", "—", "|", "｜"} {
			if strings.HasPrefix(t[k:], p) {
				return k + len(p) + spaceLen(t[k+len(p):])
			}
		}
	}
	if sp := spaceLen(rest); sp > 0 && sp < len(rest) && strings.ContainsRune("アイウエオカキクケコ", r) {
		return n + sp
	}
	if k := digitsLen(t); k > 0 && utf8.RuneCountInString(t[:k]) <= 2 {
		after := t[k:]
		for _, p := range []string{"．", ".", "、", "）", ")"} {
			if strings.HasPrefix(after, p) && !startsWithDigit(after[len(p):]) && after[len(p):] != "" {
				return k + len(p) + spaceLen(after[len(p):])
			}
		}
		return orZero(k, spaceLen(after), after)
	}
	return 0
}

// orZero is k+sp when white space divides a number from Japanese text, else 0.
func orZero(k, sp int, after string) int {
	if sp == 0 || sp == len(after) || startsWithDigit(after[sp:]) {
		return 0
	}
	if q, _ := utf8.DecodeRuneInString(after[sp:]); !isJapanese(q) {
		return 0
	}
	return k + sp
}

// ordinalLen is the length of 1, １２, 一, 十二, ア, イ, a or i at the beginning of s, or 0.
func ordinalLen(s string) int {
	if k := digitsLen(s); k > 0 && utf8.RuneCountInString(s[:k]) <= 2 {
		return k
	}
	k := 0
	for k < len(s) {
		r, n := utf8.DecodeRuneInString(s[k:])
		if !strings.ContainsRune("一二三四五六七八九十", r) || k > 6 {
			break
		}
		k += n
	}
	if k > 0 {
		return k
	}
	r, n := utf8.DecodeRuneInString(s)
	if r != utf8.RuneError && strings.ContainsRune("アイウエオカキクケコabcdefivxＡＢＣＤＥ", r) {
		return n
	}
	return 0
}

// clockLen is the length of a clock time at the beginning of s: 15:30, 15時30分, 午後3時, 午後3時30分ごろ; or 0.
func clockLen(s string) int {
	at := 0
	for _, p := range []string{"午前", "午後", "正午"} {
		if strings.HasPrefix(s, p) {
			at = len(p)
			if p == "正午" {
				return at
			}
		}
	}
	k := digitsLen(s[at:])
	if k == 0 || utf8.RuneCountInString(s[at:at+k]) > 2 {
		return 0
	}
	at += k
	for _, p := range []string{":", "：", "時"} {
		if !strings.HasPrefix(s[at:], p) {
			continue
		}
		at += len(p)
		k := digitsLen(s[at:])
		if k == 0 {
			if p != "時" {
				return 0
			}
			return at
		}
		at += k
		if p == "時" {
			if !strings.HasPrefix(s[at:], "分") {
				return 0
			}
			at += len("分")
			at += prefixLen(s[at:], "ごろ", "頃")
		}
		return at
	}
	return 0
}

func digitsLen(s string) int {
	k := 0
	for k < len(s) {
		r, n := utf8.DecodeRuneInString(s[k:])
		if !('0' <= r && r <= '9' || '０' <= r && r <= '９') {
			break
		}
		k += n
	}
	return k
}

func prefixLen(s string, prefixes ...string) int {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return len(p)
		}
	}
	return 0
}

func spaceLen(s string) int { return len(s) - len(strings.TrimLeftFunc(s, isSpace)) }
