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
