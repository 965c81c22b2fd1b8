package timex

import (
	"strings"

	"github.com/entente-kg/entente/schema"
)

// roleOf reads the words around an expression.
func roleOf(s string, from, to int) string {
	after, before := s[to:], s[:from]
	for _, f := range [...]string{"頃", "ごろ", "付け", "付", "(日本時間)", "(現地時間)", "正午", "未明", "午前", "午後"} {
		after = strings.TrimPrefix(after, f)
	}
	switch {
	case hasAnyPrefix(after, "までに", "を期限", "の期限", "が期限", "を最終期限", "期限", "を目標", "を目途", "をめど", "をメド"):
		return Deadline
	case strings.HasSuffix(before, "期限は") || strings.HasSuffix(before, "期限の") || strings.HasSuffix(before, "期限である") ||
		strings.HasSuffix(before, "期限となる") || strings.HasSuffix(before, "期限とする"):
		return Deadline
	case hasAnyPrefix(after, "まで"):
		return Until
	case hasAnyPrefix(after, "から", "以降", "以来", "より前"):
		if strings.HasPrefix(after, "より前") {
			return Until
		}
		return From
	case hasAnyPrefix(after, "以前"):
		return Until
	}
	return ""
}

// joinRanges makes one expression of AからBまで, A〜B and AからBにかけて.
func joinRanges(s string, in []found) []found {
	var out []found
	for _, f := range in {
		if len(out) > 0 {
			last := &out[len(out)-1]
			between := ""
			if last.to <= f.from {
				between = s[last.to:f.from]
			}
			if isRange(between) && !last.ranged && closes(between, s[f.to:]) {
				switch {
				case last.v.start.IsZero() || f.v.end.IsZero():
					last.to, last.v, last.ranged = f.to, unresolved(schema.Range), true
					continue
				case !f.v.end.Before(last.v.start):
					last.to = f.to
					last.v = value{start: last.v.start, end: f.v.end, gran: schema.Range, basis: weaker(last.v.basis, f.v.basis)}
					last.ranged = true
					continue
				}
			}
		}
		out = append(out, f)
	}
	return out
}

func isRange(between string) bool {
	switch between {
	case "から", "〜", "~", "-", "―", "–", "−", "ー", "から翌", "より":
		return true
	}
	return false
}

// closes reports whether the second half of a range is one: after から only what まで or にかけて follows, or what stands
// before a noun as in 26日から28日の日程.
func closes(between, after string) bool {
	if between != "から" && between != "より" {
		return true
	}
	return hasAnyPrefix(after, "まで", "にかけ", "の", "、", "に", "(") || after == ""
}

func weaker(a, b schema.Basis) schema.Basis {
	if a == schema.Relative || b == schema.Relative {
		return schema.Relative
	}
	return a
}

func hasAnyPrefix(s string, prefixes ...string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

// speaksOfFuture reports whether the sentence ends in a plan and not in the past: only then 1日 in a document of the 30th is
// the next month's.
func speaksOfFuture(s string) bool {
	s = strings.TrimRight(s, "。 」』)!?")
	if strings.HasSuffix(s, "た") || strings.HasSuffix(s, "だ") && !strings.HasSuffix(s, "予定だ") && !strings.HasSuffix(s, "見通しだ") && !strings.HasSuffix(s, "方針だ") {
		return false
	}
	end := s[max(0, len(s)-39):]
	for _, cue := range [...]string{"予定", "見通し", "方針", "見込み", "見込まれ", "へ", "計画", "意向", "控え", "調整"} {
		if strings.Contains(end, cue) {
			return true
		}
	}
	return strings.HasSuffix(s, "する") || strings.HasSuffix(s, "れる") || strings.HasSuffix(s, "開く") || strings.HasSuffix(s, "行う")
}
