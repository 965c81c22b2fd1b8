package sentence

import (
	"strings"

	"github.com/entente-kg/entente/schema"
)

// agencies are the names that stand in credit lines and datelines.
var agencies = map[string]bool{
	"AP": true, "ＡＰ": true, "AFP": true, "ＡＦＰ": true, "共同": true, "時事": true, "ロイター": true, "CNN": true, "ＣＮＮ": true,
	"新華社": true, "新華": true, "中国新聞社": true, "UPI": true, "EPA": true, "ＥＰＡ": true, "タス": true, "タス通信": true, "インタファクス": true,
	"聯合ニュース": true, "聯合": true, "朝鮮通信": true, "朝鮮中央通信": true, "ANN": true, "NNN": true, "JNN": true, "FNN": true, "NHK": true, "ＮＨＫ": true,
	"毎日": true, "読売": true, "朝日": true, "産経": true, "日経": true, "ブルームバーグ": true, "Reuters": true, "REUTERS": true,
	"Bloomberg": true, "BBC": true, "ＢＢＣ": true, "Getty Images": true, "ゲッティ": true, "ゲッティ共同": true, "Getty": true,
	"代表撮影": true, "提供写真": true, "資料写真": true, "代表取材": true, "共同通信社": true, "共同通信": true, "時事通信": true, "時事通信社": true,
	"AP通信": true, "AFP通信": true, "ロイター通信": true, "ANSA": true, "SIPA": true, "ABACA": true, "DPA": true, "dpa": true, "ZUMA": true,
	"アフロ": true, "PA": true, "TASS": true, "Xinhua": true, "YONHAP": true, "ISNA": true, "SPA": true, "VNA": true, "WAM": true,
}

// creditSuffixes end a credit that names a giver: 外務省提供, 内閣広報室提供, 記者撮影.
var creditSuffixes = []string{"提供", "撮影", "通信", "通信社", "新聞", "新聞社", "配信", "フォト"}

// isCredit reports whether the wording inside brackets is a credit: every part of it is an agency, or says 提供 or 撮影.
func isCredit(s string) bool {
	parts := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("＝=・/／、,", r) })
	if len(parts) == 0 || len(s) > 90 {
		return false
	}
	named := false
	for _, p := range parts {
		p = strings.TrimFunc(p, isSpace)
		if agencies[p] {
			named = true
			continue
		}
		ok := false
		for _, suffix := range creditSuffixes {
			if strings.HasSuffix(p, suffix) && p != suffix {
				ok = true
			}
		}
		if !ok {
			return false
		}
		named = true
	}
	return named
}

// trailingCredit is the length in bytes of a credit in brackets at the end of s, with the white space around it; or 0.
func trailingCredit(s string) int {
	t := strings.TrimRightFunc(s, isSpace)
	for _, b := range [][2]string{{"（", "）"}, {"(", ")"}, {"［", "］"}, {"[", "]"}, {"【", "】"}} {
		if !strings.HasSuffix(t, b[1]) {
			continue
		}
		at := strings.LastIndex(t, b[0])
		if at < 0 || !isCredit(t[at+len(b[0]):len(t)-len(b[1])]) {
			return 0
		}
		return len(s) - len(strings.TrimRightFunc(t[:at], isSpace))
	}
	return 0
}

// leadingCredit is the length in bytes of a credit in brackets at the beginning of s, or 0. Square brackets begin a
// dateline, and are none.
func leadingCredit(s string) int {
	for _, b := range [][2]string{{"（", "）"}, {"(", ")"}} {
		inner, ok := strings.CutPrefix(s, b[0])
		if !ok {
			continue
		}
		if end := strings.Index(inner[:min(len(inner), 100)], b[1]); end > 0 && isCredit(inner[:end]) {
			return len(b[0]) + end + len(b[1])
		}
	}
	return 0
}

// leadingDateline is the length in bytes of a dateline at the beginning of s: 【北京共同】, ［東京　26日　ロイター］,
// 【ワシントン＝山田太郎】, (CNN), （ワシントン 共同）; or 0.
func leadingDateline(s string) int {
	for _, b := range [][2]string{{"【", "】"}, {"［", "］"}, {"[", "]"}, {"（", "）"}, {"(", ")"}} {
		if !strings.HasPrefix(s, b[0]) {
			continue
		}
		end := strings.Index(s, b[1])
		if end < 0 || end > 120 {
			return 0
		}
		inner := s[len(b[0]):end]
		if !isCredit(inner) && !isDateline(inner) {
			return 0
		}
		n := end + len(b[1])
		return n + spaceLen(s[n:])
	}
	return 0
}

func isDateline(inner string) bool {
	if strings.ContainsAny(inner, "＝=") && !strings.ContainsAny(inner, "。「") && len(inner) < 75 {
		return true
	}
	for _, a := range []string{"共同", "時事", "ロイター", "AFP", "ＡＦＰ", "AP", "ＡＰ", "CNN", "聯合ニュース", "新華社"} {
		if strings.HasSuffix(inner, a) {
			return true
		}
	}
	return false
}

// dropsIn are the pieces of a sentence that are not its wording: a list marker, label of a picture or dateline at the beginning of
// its block, and credits in brackets at its end, before or after the stop.
func dropsIn(text string, s schema.Span, first bool, kind schema.SentenceKind) []schema.Span {
	var out []schema.Span
	t := s.In(text)
	at := 0
	if first && kind == schema.ListItem {
		at = min(markerLen(t), len(t))
		if at > 0 {
			out = append(out, schema.Span{Start: s.Start, End: s.Start + at})
		}
	}
	if first && kind == schema.Caption {
		if n := prefixLen(t, captionLabels...); n > 0 && n < len(t) {
			at = n + spaceLen(t[n:])
			out = append(out, schema.Span{Start: s.Start, End: s.Start + at})
		}
	}
	if first {
		if n := leadingDateline(t[at:]); n > 0 && at+n < len(t) {
			out = append(out, schema.Span{Start: s.Start + at, End: s.Start + at + n})
			at += n
		}
	}
	body := strings.TrimRight(t[at:], "。｡")
	if n := trailingCredit(body); n > 0 && n < len(body) {
		end := s.Start + at + len(body)
		out = append(out, schema.Span{Start: end - n, End: end})
	}
	return out
}
