package timex

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/entente-kg/entente/schema"
)

// relativeDays are days counted from the document's date.
var relativeDays = []struct {
	word string
	days int
}{
	{"一昨日", -2}, {"おととい", -2}, {"昨日", -1}, {"きのう", -1}, {"昨夜", -1}, {"昨晩", -1}, {"前夜来", -1},
	{"今日", 0}, {"きょう", 0}, {"本日", 0}, {"今朝", 0}, {"けさ", 0}, {"今夜", 0}, {"今晩", 0}, {"今夕", 0},
	{"明日", 1}, {"あした", 1}, {"あす", 1}, {"明朝", 1}, {"明後日", 2}, {"あさって", 2},
}

// relativeWeeks, relativeMonths and relativeYears are counted from the document's date.
var relativeWeeks = []struct {
	word  string
	weeks int
}{{"先々週", -2}, {"先週", -1}, {"今週", 0}, {"来週", 1}, {"再来週", 2}}

var relativeMonths = []struct {
	word   string
	months int
}{{"先々月", -2}, {"先月", -1}, {"今月", 0}, {"本月", 0}, {"来月", 1}, {"再来月", 2}}

var relativeYears = []struct {
	word  string
	years int
}{
	{"一昨年", -2}, {"おととし", -2}, {"昨年", -1}, {"去年", -1}, {"今年", 0}, {"ことし", 0}, {"本年", 0}, {"来年", 1}, {"再来年", 2},
}

// seasonOf are 今夏, 昨秋 …: a year and a season in two characters.
var seasonYears = []struct {
	word  string
	years int
}{{"今", 0}, {"昨", -1}, {"来", 1}}

// seasonMonths are a season's first month and its length, meteorological.
type seasonMonths struct {
	word  string
	first int
}

var seasons = []seasonMonths{{"春", 3}, {"夏", 6}, {"秋", 9}, {"冬", 12}}

func season(y int, s seasonMonths, b schema.Basis) value {
	start := date(y, s.first, 1)
	return value{start: start, end: start.AddDate(0, 3, -1), gran: schema.Season, basis: b}
}

// parts are pieces of a year, month or week in twelfths [from,to); month gives the days of a month, 31 for its end.
var parts = []struct {
	word     string
	from, to int
	month    [2]int
}{
	{"上半期", 0, 6, [2]int{}}, {"下半期", 6, 12, [2]int{}},
	{"前半", 0, 6, [2]int{1, 15}}, {"後半", 6, 12, [2]int{16, 31}},
	{"上旬", 0, 4, [2]int{1, 10}}, {"初旬", 0, 4, [2]int{1, 10}}, {"中旬", 4, 8, [2]int{11, 20}}, {"下旬", 8, 12, [2]int{21, 31}},
	{"初め", 0, 4, [2]int{1, 10}}, {"はじめ", 0, 4, [2]int{1, 10}}, {"始め", 0, 4, [2]int{1, 10}}, {"初頭", 0, 4, [2]int{1, 10}},
	{"半ば", 4, 8, [2]int{11, 20}}, {"なかば", 4, 8, [2]int{11, 20}},
	{"末", 11, 12, [2]int{25, 31}}, {"終わり", 8, 12, [2]int{21, 31}},
}

// eras are the first years less one of Japan's modern eras.
var eras = []struct {
	word string
	base int
}{{"令和", 2018}, {"平成", 1988}, {"昭和", 1925}, {"大正", 1911}, {"明治", 1867}}

func era(s string) (base, n int) {
	for _, e := range eras {
		if strings.HasPrefix(s, e.word) {
			return e.base, len(e.word)
		}
	}
	return 0, 0
}

// word reads an expression that is a word of its own: 昨日, 来週後半, 同日, 年末, 今夏, 月曜日.
func (p *parser) word(i int) (v value, to int, ok bool) {
	s := p.s[i:]
	c, _ := utf8.DecodeRuneInString(s)
	switch {
	case c < 0x80, !strings.ContainsRune("一お昨きけ今本明あ先来再同翌前当年月週春夏秋冬火水木金土日", c):
		return v, 0, false
	}
	for _, w := range relativeDays {
		if strings.HasPrefix(s, w.word) && p.edges(i, i+len(w.word)) {
			return p.fromDocument(w.days), i + len(w.word), true
		}
	}
	for _, w := range relativeWeeks {
		if strings.HasPrefix(s, w.word) {
			v, to := p.week(i+len(w.word), w.weeks)
			return v, to, true
		}
	}
	if v, to, ok := p.narrated(i); ok {
		return v, to, true
	}
	if v, to, ok := p.edgeOfYear(i); ok {
		return v, to, true
	}
	for _, y := range seasonYears {
		rest, ok := strings.CutPrefix(s, y.word)
		if !ok {
			continue
		}
		for _, sn := range seasons {
			if strings.HasPrefix(rest, sn.word) && p.edges(i, i+len(y.word)+len(sn.word)) {
				to := i + len(y.word) + len(sn.word)
				if p.document.IsZero() {
					return unresolved(schema.Season), to, true
				}
				return season(p.document.Year()+y.years, sn, schema.Relative), to, true
			}
		}
	}
	for _, sn := range seasons {
		if strings.HasPrefix(s, sn.word) && p.edges(i, i+len(sn.word)) &&
			hasAnyPrefix(s[len(sn.word):], "に", "から", "まで", "以降", "ごろ", "頃", "の終わり") && !strings.HasPrefix(s[len(sn.word):], "にな") {
			to := i + len(sn.word)
			if p.document.IsZero() {
				return unresolved(schema.Season), to, true
			}
			return season(p.document.Year(), sn, schema.Relative), to, true
		}
	}
	if n := weekdayAt(p.s, i); n > 0 && p.edges(i, i+n) {
		if p.document.IsZero() {
			return unresolved(schema.Day), i + n, true
		}
		return p.weekday(c), i + n, true
	}
	return v, 0, false
}

// edges reports whether a word of the table stands by itself: not as a piece of a longer token.
func (p *parser) edges(from, to int) bool {
	return (p.text.Starts(from) || !isKanji(lastRune(p.s[:from]))) && (p.text.Ends(to) || to >= len(p.s) || !isKanji(firstRune(p.s[to:])))
}

func (p *parser) fromDocument(days int) value {
	if p.document.IsZero() {
		return unresolved(schema.Day)
	}
	return dayOf(p.document.AddDate(0, 0, days), schema.Relative)
}

// week reads 来週 and what qualifies it: 来週後半, 来週月曜日, 今週末.
func (p *parser) week(to, weeks int) (value, int) {
	if p.document.IsZero() {
		return unresolved(schema.Week), to
	}
	whole := weekOf(p.document.AddDate(0, 0, 7*weeks), schema.Relative)
	k := to
	if strings.HasPrefix(p.s[k:], "の") {
		k += len("の")
	}
	if n := weekdayAt(p.s, k); n > 0 {
		day := weekdayNumber(firstRune(p.s[k:]))
		return dayOf(whole.start.AddDate(0, 0, (day+6)%7), schema.Relative), k + n
	}
	for _, part := range [...]struct {
		word     string
		from, to int
	}{{"前半", 0, 2}, {"初め", 0, 1}, {"はじめ", 0, 1}, {"明け", 0, 1}, {"半ば", 1, 3}, {"後半", 3, 6}, {"末", 5, 6}} {
		if strings.HasPrefix(p.s[k:], part.word) {
			return value{start: whole.start.AddDate(0, 0, part.from), end: whole.start.AddDate(0, 0, part.to), gran: schema.Range, basis: schema.Relative}, k + len(part.word)
		}
	}
	if strings.HasPrefix(p.s[to:], "中") {
		to += len("中")
	}
	return whole, to
}

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

// relativeYear reads 昨年, 同年, 翌年, 来年度.
func (p *parser) relativeYear(i int) (yearPart, int, bool) {
	s := p.s[i:]
	for _, w := range relativeYears {
		if !strings.HasPrefix(s, w.word) || !p.text.Starts(i) {
			continue
		}
		j := i + len(w.word)
		y := yearPart{basis: schema.Relative, read: true}
		if !p.document.IsZero() {
			y.ok, y.n = true, p.document.Year()+w.years
		}
		if strings.HasPrefix(p.s[j:], "度") {
			j += len("度")
			y.fiscal = true
			if y.ok {
				y.n = fiscalYear(p.document) + w.years
			}
		}
		return y, j, true
	}
	for _, w := range [...]struct {
		word string
		step int
	}{{"同年", 0}, {"翌年", 1}, {"前年", -1}, {"当年", 0}} {
		if !strings.HasPrefix(s, w.word) || !p.text.Starts(i) {
			continue
		}
		j := i + len(w.word)
		if hasAnyPrefix(p.s[j:], "比", "同期", "代", "並み", "実績", "割れ") {
			return yearPart{}, i, false
		}
		y := yearPart{basis: schema.Relative, read: true}
		anchor := p.narrative
		if !p.month.IsZero() {
			anchor = p.month
		}
		if !anchor.IsZero() {
			y.ok, y.n = true, anchor.Year()+w.step
		}
		if strings.HasPrefix(p.s[j:], "度") {
			j += len("度")
			y.fiscal = true
		}
		return y, j, true
	}
	return yearPart{}, i, false
}

// relativeMonth reads 今月, 来月, 先月. The zero month stands for one without a document's date.
func (p *parser) relativeMonth(i int) (time.Time, int, bool) {
	for _, w := range relativeMonths {
		if strings.HasPrefix(p.s[i:], w.word) {
			if p.document.IsZero() {
				return time.Time{}, i + len(w.word), true
			}
			return firstOf(p.document).AddDate(0, w.months, 0), i + len(w.word), true
		}
	}
	return time.Time{}, i, false
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

// weekday is the day of that name nearest before the document's date, or after it in a sentence about the future.
func (p *parser) weekday(c rune) value {
	back := (int(p.document.Weekday()) - weekdayNumber(c) + 7) % 7
	d := p.document.AddDate(0, 0, -back)
	if p.future && back > 0 {
		d = d.AddDate(0, 0, 7)
	}
	return dayOf(d, schema.Relative)
}

func weekdayNumber(c rune) int {
	for i, r := range []rune("日月火水木金土") {
		if r == c {
			return i
		}
	}
	return 0
}

// weekdayAt is the length of 月曜日 or 月曜 at byte i, 0 when there is none.
func weekdayAt(s string, i int) int {
	if i >= len(s) {
		return 0
	}
	c := firstRune(s[i:])
	if !strings.ContainsRune("日月火水木金土", c) {
		return 0
	}
	n := utf8.RuneLen(c)
	rest, ok := strings.CutPrefix(s[i+n:], "曜")
	if !ok {
		return 0
	}
	n += len("曜")
	if strings.HasPrefix(rest, "日") {
		n += len("日")
	}
	return n
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
