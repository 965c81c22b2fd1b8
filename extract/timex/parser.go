package timex

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/entente-kg/entente/extract/wording"
	"github.com/entente-kg/entente/schema"
)

// parser reads the expressions of one sentence from left to right.
type parser struct {
	*resolver
	text   wording.Text
	s      string
	future bool
}

func (p *parser) all() []found {
	var out []found
	for i := 0; i < len(p.s); {
		if !starts(p.s, i) {
			i += runeWidth(p.s, i)
			continue
		}
		to, v := p.at(i)
		if to <= i {
			i = p.skip(i)
			continue
		}
		if !p.alternate(i, out) {
			out = append(out, found{from: i, to: to, v: v})
			p.remember(v)
		}
		i = to
	}
	return out
}

// skip passes a whole number, so that the tail of 120日 is not read as 20日.
func (p *parser) skip(i int) int {
	if c := p.s[i]; c >= '0' && c <= '9' {
		for i < len(p.s) && (p.s[i] >= '0' && p.s[i] <= '9' || p.s[i] == ',' || p.s[i] == '.') {
			i++
		}
		return i
	}
	if _, n := kanjiNumber(p.s[i:]); n > 0 {
		return i + n
	}
	return i + runeWidth(p.s, i)
}

// alternate reports whether the expression at i only repeats the one before it in another zone's time, or as a weekday:
// 26日(日本時間27日), 26日(日).
func (p *parser) alternate(i int, before []found) bool {
	open := strings.LastIndexAny(p.s[:i], "()")
	if open < 0 || p.s[open] != '(' || len(before) == 0 {
		return false
	}
	last := before[len(before)-1]
	if last.to > open || open-last.to > 36 || strings.ContainsAny(p.s[last.to:open], "、。") {
		return false
	}
	inside := p.s[open+1 : i]
	return inside == "" && weekdayAt(p.s, i) > 0 ||
		strings.Contains(inside, "時間") || strings.Contains(inside, "現地") || strings.Contains(inside, "UTC")
}

// remember keeps the anchors for 同日, 翌日 and for a day without its month.
func (p *parser) remember(v value) {
	if v.start.IsZero() {
		return
	}
	switch v.gran {
	case schema.Day:
		p.narrative = v.start
		p.month = date(v.start.Year(), int(v.start.Month()), 1)
	case schema.Month:
		p.month = v.start
	case schema.Range:
		if v.end.Sub(v.start) < 32*24*time.Hour {
			p.narrative = v.end
			p.month = date(v.end.Year(), int(v.end.Month()), 1)
		}
	}
}

// at reads the expression that starts at byte i; to is 0 when there is none.
func (p *parser) at(i int) (to int, v value) {
	if w, n, ok := p.word(i); ok {
		return n, w
	}
	if n, v := p.numeric(i); n > 0 {
		return n, v
	}
	if i > 0 && isDigit(p.s[i]) && (isDigit(p.s[i-1]) || p.s[i-1] == '.' || p.s[i-1] == ',') {
		return 0, value{}
	}
	if n, v := p.ago(i); n > 0 {
		return n, v
	}
	y, j := p.year(i)
	if j > i {
		return p.afterYear(i, j, y)
	}
	return p.monthOrDay(i, i, yearPart{})
}

// yearPart is a year as read: its number and how sure it is. ok is false when none was read or it could not be resolved.
type yearPart struct {
	n     int
	basis schema.Basis
	ok    bool
	// read reports that a year was named, resolved or not.
	read bool
	// fiscal is 年度, decade 年代.
	fiscal, decade bool
}

// year reads 2025年, 令和7年, 昨年, 同年, 2024年度, 1990年代.
func (p *parser) year(i int) (yearPart, int) {
	if y, j, ok := p.relativeYear(i); ok {
		return y, j
	}
	y := yearPart{basis: schema.Explicit, ok: true, read: true}
	j := i
	if base, n := era(p.s[i:]); n > 0 {
		j += n
		num, m := number(p.s[j:])
		if strings.HasPrefix(p.s[j:], "元") {
			num, m = 1, len("元")
		}
		if m == 0 || num < 1 || num > 64 {
			return yearPart{}, i
		}
		y.n, j = base+num, j+m
		if !strings.HasPrefix(p.s[j:], "年") {
			return yearPart{}, i
		}
	} else {
		num, n := number(p.s[i:])
		if n == 0 {
			return yearPart{}, i
		}
		j += n
		if !strings.HasPrefix(p.s[j:], "年") {
			// 2024-2026年, 2014、2015年: the first year of a pair
			return p.firstOfYears(i, num, j)
		}
		digits := utf8.RuneCountInString(p.s[i:j])
		switch {
		case num >= 1000 && num <= 2999:
			y.n = num
		case digits == 2 && isDigit(p.s[i]) && (num >= 50 || p.s[i] == '0') && p.shortYear(i, j+len("年")):
			y.n = 1900 + num
			if num < 50 {
				y.n += 100
			}
		default:
			return yearPart{}, i
		}
	}
	j += len("年")
	rest := p.s[j:]
	switch {
	case hasAnyPrefix(rest, "度"):
		y.fiscal = true
		j += len("度")
	case hasAnyPrefix(rest, "代"):
		y.decade = true
		j += len("代")
	case hasAnyPrefix(rest, "間", "ぶり", "連続", "前", "後に", "余り", "以上", "目", "ほど", "物", "産") && !hasAnyPrefix(rest, "前半"):
		return yearPart{}, i
	}
	return y, j
}

// firstOfYears reads 2014 in 2014-2016年.
func (p *parser) firstOfYears(i, num, j int) (yearPart, int) {
	if num < 1900 || num > 2100 || j-i != 4 {
		return yearPart{}, i
	}
	rest := p.s[j:]
	for _, sep := range [...]string{"-", "〜", "~", "―", "–"} {
		if after, ok := strings.CutPrefix(rest, sep); ok {
			if n, w := number(after); w == 4 && n > num && n < num+100 && hasAnyPrefix(after[w:], "年") {
				return yearPart{n: num, basis: schema.Explicit, ok: true, read: true}, j
			}
		}
	}
	return yearPart{}, i
}

// shortYear reports whether 05年 or 98年 is a year and not a length of time.
func (p *parser) shortYear(i, j int) bool {
	if strings.HasSuffix(p.s[:i], "約") || strings.HasSuffix(p.s[:i], "過去") || strings.HasSuffix(p.s[:i], "懲役") || strings.HasSuffix(p.s[:i], "第") {
		return false
	}
	if n, w := number(p.s[j:]); w > 0 && n <= 12 && hasAnyPrefix(p.s[j+w:], "月") {
		return true
	}
	return hasAnyPrefix(p.s[j:], "に", "代", "度", "末", "春", "夏", "秋", "冬", "以降", "から") && !hasAnyPrefix(p.s[j:], "にわた", "に及", "代々")
}

// afterYear reads what stands after a year: month, day, season, half, quarter.
func (p *parser) afterYear(i, j int, y yearPart) (int, value) {
	k := j
	if strings.HasPrefix(p.s[k:], "の") {
		k += len("の")
	}
	if !y.fiscal && !y.decade {
		if to, v := p.monthOrDay(i, k, y); to > 0 {
			return to, v
		}
	}
	if !y.ok {
		return j, unresolved(schema.Year)
	}
	if y.decade {
		v := value{start: date(y.n/10*10, 1, 1), end: date(y.n/10*10+9, 12, 31), gran: schema.Decade, basis: y.basis}
		return j, v
	}
	for _, s := range seasons {
		if strings.HasPrefix(p.s[k:], s.word) {
			return k + len(s.word), season(y.n, s, y.basis)
		}
	}
	whole := yearOf(y.n, y.basis)
	if y.fiscal {
		whole = fiscal(y.n, y.basis)
	}
	if to, v, ok := p.partOf(k, whole); ok {
		return to, v
	}
	if hasAnyPrefix(p.s[j:], "中") {
		return j + len("中"), whole
	}
	return j, whole
}

// partOf reads 初め, 前半, 半ば, 末, 第3四半期 of a year, month or week that was just read.
func (p *parser) partOf(k int, whole value) (int, value, bool) {
	if q, n := quarter(p.s[k:]); n > 0 && whole.gran == schema.Year {
		start := whole.start.AddDate(0, 3*(q-1), 0)
		return k + n, value{start: start, end: start.AddDate(0, 3, -1), gran: schema.Quarter, basis: whole.basis}, true
	}
	for _, part := range parts {
		if !strings.HasPrefix(p.s[k:], part.word) {
			continue
		}
		v := whole
		days := int(whole.end.Sub(whole.start).Hours()/24) + 1
		if whole.gran == schema.Month && part.month[1] > 0 {
			v.start = whole.start.AddDate(0, 0, part.month[0]-1)
			if part.month[1] < 28 {
				v.end = whole.start.AddDate(0, 0, part.month[1]-1)
			}
		} else {
			v.start = whole.start.AddDate(0, 0, days*part.from/12)
			v.end = whole.start.AddDate(0, 0, days*part.to/12-1)
		}
		v.gran = schema.Range
		return k + len(part.word), v, true
	}
	return 0, value{}, false
}

// monthOrDay reads M月, M月D日, D日, with the year y read before it; i is where the expression starts, k where the month or
// day does.
func (p *parser) monthOrDay(i, k int, y yearPart) (int, value) {
	if m, j, b, ok := p.month1(k, y); ok {
		if m.IsZero() {
			if d, _, n := p.days(j, true); n > 0 && d > 0 {
				return n, unresolved(schema.Day)
			}
			return j, unresolved(schema.Month)
		}
		k := j
		if strings.HasPrefix(p.s[k:], "の") {
			k += len("の")
		}
		if d, e, n := p.days(k, k == j); n > 0 {
			if v, ok := dayRange(m, d, e, b); ok {
				return n, v
			}
			return 0, value{}
		}
		whole := monthOf(m, b)
		if to, v, ok := p.partOf(k, whole); ok {
			return to, v
		}
		if hasAnyPrefix(p.s[j:], "期", "号", "場所") && !hasAnyPrefix(p.s[j:], "期限") {
			return 0, value{}
		}
		if hasAnyPrefix(p.s[j:], "中旬", "中に", "中の", "中を") {
			return j + len("中"), whole
		}
		return j, whole
	}
	if y.read {
		return 0, value{}
	}
	d, e, n := p.days(k, false)
	if n == 0 {
		return 0, value{}
	}
	m, ok := p.monthOfDay(d)
	if !ok {
		return n, unresolved(schema.Day)
	}
	if v, ok := dayRange(m, d, e, schema.Relative); ok {
		return n, v
	}
	return 0, value{}
}

// month1 reads a month: 10月 with its year, or 今月, 同月. The zero time stands for one that cannot be resolved.
func (p *parser) month1(k int, y yearPart) (m time.Time, j int, b schema.Basis, ok bool) {
	if !y.read {
		if m, j, ok := p.relativeMonth(k); ok {
			return m, j, schema.Relative, true
		}
	}
	num, n := number(p.s[k:])
	if n == 0 || num < 1 || num > 12 {
		return m, 0, b, false
	}
	j = k + n
	if !strings.HasPrefix(p.s[j:], "月") || !p.wordEdges(k, j+len("月")) {
		return m, 0, b, false
	}
	j += len("月")
	if hasAnyPrefix(p.s[j:], "間") {
		return m, 0, b, false
	}
	switch {
	case y.ok:
		return date(y.n, num, 1), j, y.basis, true
	case y.read:
		return m, j, b, true
	case !p.month.IsZero():
		return nearestMonth(p.month, num), j, schema.Relative, true
	case !p.document.IsZero():
		return nearestMonth(p.document, num), j, schema.Relative, true
	case !p.narrative.IsZero():
		return nearestMonth(p.narrative, num), j, schema.Relative, true
	}
	return m, j, b, true
}

func nearestMonth(anchor time.Time, m int) time.Time {
	y := anchor.Year()
	mid := date(y, int(anchor.Month()), 15)
	best := nearest(mid, date(y-1, m, 15), date(y, m, 15), date(y+1, m, 15))
	return date(best.Year(), int(best.Month()), 1)
}

// monthOfDay is the month that a bare 26日 belongs to.
func (p *parser) monthOfDay(d int) (time.Time, bool) {
	switch {
	case !p.month.IsZero() && !p.document.IsZero() && p.month.Equal(firstOf(p.document)):
	case !p.month.IsZero():
		return p.month, true
	case p.document.IsZero() && !p.narrative.IsZero():
		return firstOf(p.narrative), true
	case p.document.IsZero():
		return time.Time{}, false
	}
	doc := p.document.Day()
	this := firstOf(p.document)
	switch {
	case doc <= 5 && d >= 25 && !p.future:
		return this.AddDate(0, -1, 0), true
	case d > doc+2 && !p.future && valid(this.AddDate(0, -1, 0).Year(), int(this.AddDate(0, -1, 0).Month()), d):
		return this.AddDate(0, -1, 0), true
	case doc >= 25 && d <= 5 && p.future:
		return this.AddDate(0, 1, 0), true
	}
	return this, true
}

func firstOf(d time.Time) time.Time { return date(d.Year(), int(d.Month()), 1) }

// days reads D日, D、E日, D-E日 at k; e is the last day, d where there is one only. n is 0 when there is none.
func (p *parser) days(k int, afterMonth bool) (d, e, n int) {
	d, w := number(p.s[k:])
	if w == 0 || d < 1 || d > 31 {
		return 0, 0, 0
	}
	j := k + w
	e = d
	for _, sep := range [...]string{"、", "-", "〜", "~", "―", "–", "と", "・", ",", "から"} {
		if after, ok := strings.CutPrefix(p.s[j:], sep); ok {
			if last, w := number(after); w > 0 && last > d && last <= 31 && hasAnyPrefix(after[w:], "日") && (sep != "、" || isDigit(p.s[k])) {
				e, j = last, j+len(sep)+w
				break
			} else if w > 0 && last > d && last <= 31 && hasAnyPrefix(after[w:], "両日") {
				e, j = last, j+len(sep)+w+len("両")
				break
			}
		}
	}
	if !strings.HasPrefix(p.s[j:], "日") {
		return 0, 0, 0
	}
	j += len("日")
	if !p.wordEdges(k, j) {
		return 0, 0, 0
	}
	rest := p.s[j:]
	if hasAnyPrefix(rest, "間", "目", "連続", "ぶり", "連", "分", "あたり", "当たり", "以内", "以上", "余り", "本", "米", "中両", "程度", "ほど", "かけ", "がかり") && !hasAnyPrefix(rest, "分かり", "分か") {
		return 0, 0, 0
	}
	if !afterMonth && d == 1 && hasAnyPrefix(rest, "に数", "に約", "1", "2", "3", "4", "5", "6", "7", "8", "9", "平均", "数") {
		return 0, 0, 0 // 1日500人
	}
	if hasAnyPrefix(rest, "両日") {
		j += len("両日")
	}
	return d, e, j
}

func dayRange(m time.Time, d, e int, b schema.Basis) (value, bool) {
	y, mo := m.Year(), int(m.Month())
	if !valid(y, mo, d) || !valid(y, mo, e) {
		return value{}, false
	}
	v := dayOf(date(y, mo, d), b)
	if e != d {
		v.end, v.gran = date(y, mo, e), schema.Range
	}
	return v, true
}

// wordEdges refuses kanji numbers inside other words: 四日市, 十日町, 三日月.
func (p *parser) wordEdges(from, to int) bool {
	if isDigit(p.s[from]) {
		return true
	}
	return p.text.Starts(from) && p.text.Ends(to)
}
