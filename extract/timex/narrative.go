package timex

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/entente-kg/entente/schema"
)

// narrated reads what counts from the last day that the text named: 同日, 翌日, 翌18日, 同月30日, 前月, 同年.
func (p *parser) narrated(i int) (v value, to int, ok bool) {
	s := p.s[i:]
	step := 0
	var head string
	switch {
	case strings.HasPrefix(s, "翌々"):
		step, head = 2, "翌々"
	case strings.HasPrefix(s, "翌"):
		step, head = 1, "翌"
	case strings.HasPrefix(s, "前々"):
		step, head = -2, "前々"
	case strings.HasPrefix(s, "前"):
		step, head = -1, "前"
	case strings.HasPrefix(s, "同"):
		head = "同"
	case strings.HasPrefix(s, "当"):
		head = "当"
	default:
		return v, 0, false
	}
	rest := s[len(head):]
	to = i + len(head)
	anchor := p.narrative
	switch {
	case hasAnyPrefix(rest, "日本", "日中", "日米", "日韓", "日程", "日系", "日夜", "日銀"):
		return v, 0, false
	case strings.HasPrefix(rest, "日") && p.text.Ends(to+len("日")) || strings.HasPrefix(rest, "朝") && step == 1:
		to += utf8.RuneLen(firstRune(rest))
		if anchor.IsZero() {
			return unresolved(schema.Day), to, true
		}
		return dayOf(anchor.AddDate(0, 0, step), schema.Relative), to, true
	case strings.HasPrefix(rest, "週") && head != "当" && p.text.Ends(to+len("週")):
		to += len("週")
		if anchor.IsZero() {
			return unresolved(schema.Week), to, true
		}
		return weekOf(anchor.AddDate(0, 0, 7*step), schema.Relative), to, true
	case strings.HasPrefix(rest, "月"):
		to += len("月")
		if d, e, n := p.days(to, true); n > 0 {
			if anchor.IsZero() {
				return unresolved(schema.Day), n, true
			}
			if v, ok := dayRange(firstOf(anchor).AddDate(0, step, 0), d, e, schema.Relative); ok {
				return v, n, true
			}
			return v, 0, false
		}
		if anchor.IsZero() {
			return unresolved(schema.Month), to, true
		}
		whole := monthOf(firstOf(anchor).AddDate(0, step, 0), schema.Relative)
		if n, v, ok := p.partOf(to, whole); ok {
			return v, n, true
		}
		return whole, to, true
	case step >= 0 && head != "当":
		d, e, n := p.days(to, true)
		if n == 0 {
			break
		}
		if anchor.IsZero() {
			m, ok := p.monthOfDay(d)
			if !ok {
				return unresolved(schema.Day), n, true
			}
			anchor = m
		}
		m := firstOf(anchor)
		if step > 0 && d < anchor.Day() {
			m = m.AddDate(0, 1, 0)
		}
		if v, ok := dayRange(m, d, e, schema.Relative); ok {
			return v, n, true
		}
	}
	return v, 0, false
}

// edgeOfYear reads 年内, 年末, 年明け, 月内, 月末, 週内, 週明け, 週末, 年度内.
func (p *parser) edgeOfYear(i int) (v value, to int, ok bool) {
	s := p.s[i:]
	if !p.text.Starts(i) || !hasAnyPrefix(s, "年", "月", "週") {
		return v, 0, false
	}
	doc := p.document
	for _, w := range [...]struct {
		word string
		gran schema.Granularity
		of   func() value
	}{
		{"年度末", schema.Month, func() value { return monthOf(date(fiscalYear(doc)+1, 3, 1), schema.Relative) }},
		{"年度内", schema.Year, func() value { return fiscal(fiscalYear(doc), schema.Relative) }},
		{"年末年始", "", nil},
		{"年末", schema.Month, func() value { return monthOf(date(doc.Year(), 12, 1), schema.Relative) }},
		{"年内", schema.Year, func() value { return yearOf(doc.Year(), schema.Relative) }},
		{"年明け", schema.Month, func() value { return monthOf(date(doc.Year()+1, 1, 1), schema.Relative) }},
		{"年初", schema.Month, func() value { return monthOf(date(doc.Year(), 1, 1), schema.Relative) }},
		{"月内", schema.Month, func() value { return monthOf(doc, schema.Relative) }},
		{"月末", schema.Range, func() value {
			m := monthOf(doc, schema.Relative)
			return value{start: m.end.AddDate(0, 0, -6), end: m.end, gran: schema.Range, basis: schema.Relative}
		}},
		{"週内", schema.Week, func() value { return weekOf(doc, schema.Relative) }},
		{"週明け", schema.Day, func() value { return dayOf(weekOf(doc, schema.Relative).start.AddDate(0, 0, 7), schema.Relative) }},
		{"週末", schema.Range, func() value {
			w := weekOf(doc, schema.Relative)
			return value{start: w.start.AddDate(0, 0, 5), end: w.end, gran: schema.Range, basis: schema.Relative}
		}},
	} {
		if !strings.HasPrefix(s, w.word) {
			continue
		}
		if w.of == nil {
			return v, 0, false
		}
		if doc.IsZero() {
			return unresolved(w.gran), i + len(w.word), true
		}
		return w.of(), i + len(w.word), true
	}
	return v, 0, false
}

// fiscalYear is the fiscal year that holds d.
func fiscalYear(d time.Time) int {
	if d.Month() < time.April {
		return d.Year() - 1
	}
	return d.Year()
}

// ago reads 3日前, 2週間後, 半年前, 数カ月前. After その the count starts from the narrative, else from the document's date.
func (p *parser) ago(i int) (int, value) {
	num, n := number(p.s[i:])
	if strings.HasPrefix(p.s[i:], "半年") {
		num, n = 6, len("半")
	}
	vague := strings.HasPrefix(p.s[i:], "数")
	if vague {
		n = len("数")
	}
	if n == 0 || num > 500 {
		return 0, value{}
	}
	j := i + n
	var days, months int
	gran := schema.Day
	switch rest := p.s[j:]; {
	case strings.HasPrefix(p.s[i:], "半年"):
		j, months, gran = i+len("半年"), 6, schema.Month
	case hasAnyPrefix(rest, "日間"):
		return 0, value{}
	case hasAnyPrefix(rest, "日"):
		j, days = j+len("日"), num
	case hasAnyPrefix(rest, "週間"):
		j, days, gran = j+len("週間"), 7*num, schema.Week
	case hasAnyPrefix(rest, "年"):
		j, months, gran = j+len("年"), 12*num, schema.Year
	default:
		w := 0
		for _, c := range [...]string{"か月", "カ月", "ヶ月", "ヵ月", "ケ月", "箇月", "ヵ月間", "ヶ月間"} {
			if strings.HasPrefix(rest, c) {
				w = len(c)
			}
		}
		if w == 0 {
			return 0, value{}
		}
		j, months, gran = j+w, num, schema.Month
	}
	sign := 0
	switch rest := p.s[j:]; {
	case hasAnyPrefix(rest, "前半"):
		return 0, value{}
	case hasAnyPrefix(rest, "前"):
		sign, j = -1, j+len("前")
	case hasAnyPrefix(rest, "後半"):
		return 0, value{}
	case hasAnyPrefix(rest, "後"):
		sign, j = 1, j+len("後")
	default:
		return 0, value{}
	}
	anchor := p.document
	if strings.HasSuffix(p.s[:i], "その") || strings.HasSuffix(p.s[:i], "それから") {
		anchor = p.narrative
	}
	if anchor.IsZero() || vague {
		return j, unresolved(gran)
	}
	at := anchor.AddDate(0, sign*months, sign*days)
	switch gran {
	case schema.Week:
		return j, weekOf(at, schema.Relative)
	case schema.Month:
		return j, monthOf(at, schema.Relative)
	case schema.Year:
		return j, yearOf(at.Year(), schema.Relative)
	}
	return j, dayOf(at, schema.Relative)
}
