package mention

import (
	"strings"
	"unicode/utf8"

	"github.com/entente-kg/entente/extract/morph"
	"github.com/entente-kg/entente/extract/rules"
)

// around is what stands before a name or office: marks, countries, bodies, offices.
type around struct {
	from      int
	countries []string
	orgs      []string
	relative  string
	post      string // the country where the holder serves: 日 in 駐日大使
	marks     []string
	titles    []titleAt
	items     []*item
}

// regionBefore goes left over a region's name that the gazetteer has not: 深谷 in 深谷市長.
func (r *run) regionBefore(p int) int {
	from := p
	for from > 0 {
		k := r.w.Token(from - 1)
		t := &r.s.Tokens[k]
		if t.POS[2] != "地域" {
			break
		}
		for from > 0 && r.w.Token(from-1) == k {
			from--
		}
	}
	return from
}

// surnamePlace reports whether a place's name before an office is a surname: two or three kanji, of Japan, and not the place
// that a mayor or governor governs.
func (r *run) surnamePlace(place, office *item) bool {
	name := r.n[place.from:place.to]
	n := utf8.RuneCountInString(name)
	switch office.term.Office.Kind {
	case rules.OfficeMayor, rules.OfficeGovernor, rules.OfficeMilitary, rules.OfficeAgency, rules.OfficeLegislator:
		if office.term.Office.Kind != rules.OfficeLegislator {
			return false
		}
	}
	if ofPlace(r.n[office.from:office.to]) {
		return false
	}
	t := &r.s.Tokens[r.w.Token(place.from)]
	return place.kind == rules.TermPlace && place.country == "country/JPN" && (n == 2 || n == 3) && isKanji(firstRune(name)) && t.POS[2] != "一般" && (place.from == 0 || !isKanji(lastRune(r.n[:place.from])))
}

// ofPlace reports whether an office's form says that a place is before it: 市議, 県議会議長.
func ofPlace(office string) bool {
	return hasAnyPrefix(office, "市", "県", "町", "村", "区", "府", "都", "道", "州")
}

// departmental reports an office before which the name of a department may stand: 貿易管理部長, 国家安保室第1次長.
func departmental(o *rules.Office) bool {
	return rules.Words().Departmental.Has(o.Ja) || strings.HasSuffix(o.Ja, "次長") || strings.HasSuffix(o.Ja, "局長")
}

// nameBeforeDepartment reads a name, and perhaps ・, before the compound that an office ends: 飯田陽一貿易管理部長. A body, ministry
// or country with の has to stand before the name. whole is where the office with its department starts; to is 0 for none.
func (r *run) nameBeforeDepartment(it *item) (from, to, whole int) {
	at := it.from
	for at > 0 && it.from-at < 45 && !r.w.Gap(at) {
		if strings.HasSuffix(r.n[:at], "・") && at < it.from {
			if f, ok := r.nameBefore(at - len("・")); ok && r.bodyBefore(f) {
				return f, at - len("・"), at
			}
		}
		k := r.w.Token(at - 1)
		t := &r.s.Tokens[k]
		if t.POS[2] == "人名" || t.Kind == morph.Name {
			if f, ok := r.nameBefore(at); ok && at < it.from && r.bodyBefore(f) {
				return f, at, at
			}
			return 0, 0, 0
		}
		if t.POS[0] != "名詞" && t.POS[0] != "接頭詞" && t.Norm != "・" {
			return 0, 0, 0
		}
		for at > 0 && r.w.Token(at-1) == k {
			at--
		}
	}
	return 0, 0, 0
}

// bodyBefore reports whether a body, ministry or country with の ends at byte p.
func (r *run) bodyBefore(p int) bool {
	s, ok := strings.CutSuffix(r.n[:p], "の")
	if !ok {
		return false
	}
	it := r.ending(len(s))
	return it != nil && (isCountry(it) || it.kind == rules.TermOrganization || it.kind == rules.TermMinistry || it.relative)
}

// placeSuffix goes left over a place of the gazetteer that ends at p inside a name that the analyser joined: 横浜 of 中田宏横浜.
func (r *run) placeSuffix(p int) int {
	q := p
	for range 5 {
		c, w := utf8.DecodeLastRuneInString(r.n[:q])
		if !isKanji(c) {
			return p
		}
		q -= w
		if q+w == p {
			continue
		}
		for _, t := range r.lex.Get(r.n[q:p]) {
			if t.Kind == rules.TermPlace {
				return q
			}
		}
	}
	return p
}

// marksBefore takes 元, 前, 次期, 新 before a.from.
func (r *run) marksBefore(a *around) {
	for range 3 {
		it := r.ending(a.from)
		if it == nil || it.relative || it.kind != rules.TermMark || it.term.Mark.Place != rules.MarkPrefix {
			if s, m := prefixMark(r.n[:a.from]); m != "" {
				a.marks = append(a.marks, m)
				a.from -= len(s)
				continue
			}
			return
		}
		switch it.term.Mark.Role {
		case rules.MarkSame:
			a.relative = "同"
		case rules.MarkPlural:
			return
		}
		a.marks = append(a.marks, string(it.term.Mark.Role))
		a.from = it.from
		a.items = append(a.items, it)
	}
}

// prefixMark is a mark of one character that scan did not take because it stands inside a run of kanji: 元首相.
func prefixMark(s string) (form, role string) {
	for _, m := range [...][2]string{{"元", "former"}, {"前", "former"}, {"故", "deceased"}, {"次期", "next"}, {"新", "new"}, {"現", "current"}} {
		if strings.HasSuffix(s, m[0]) {
			return m[0], m[1]
		}
	}
	return "", ""
}

func markOf(marks []string) string {
	for _, m := range marks {
		switch rules.MarkRole(m) {
		case rules.MarkFormer, rules.MarkNext, rules.MarkActing, rules.MarkNew:
			return m
		case rules.MarkCandidate:
			return "next"
		case rules.MarkDeceased:
			return "former"
		}
	}
	return ""
}

// modifiersBefore takes countries, bodies, places and 同国 that end at a.from, directly, after ・, or (withNo) after の.
func (r *run) modifiersBefore(a *around, withNo bool) {
	for range 4 {
		p := a.from
		if r.w.Gap(p) {
			return
		}
		switch {
		case withNo && strings.HasSuffix(r.n[:p], "の"):
			p -= len("の")
		case strings.HasSuffix(r.n[:p], "・"):
			p -= len("・")
		}
		it := r.ending(p)
		if it == nil && strings.HasSuffix(r.n[:p], ")") {
			it = r.ending(r.beforeParen(p))
		}
		if it == nil || it.used && !it.relative {
			return
		}
		if q := strings.TrimSuffix(strings.TrimSuffix(r.n[:it.from], "駐"), "在"); len(q) < it.from && !it.relative {
			a.from, a.post = len(q), it.country // 駐米大使, 駐マニラの中国大使: where the holder serves, not whose
			return
		}
		switch {
		case it.relative && it.number == 1 && it.class != "person" && it.class != "speaker" && it.class != "any":
			a.relative = "同"
			if it.class == "country" {
				a.relative = "同国"
			}
		case it.relative:
			return
		case it.kind == rules.TermCountry || it.kind == rules.TermKanji:
			if it.proxy != "" && it.proxy != "government" && it.proxy != "forces" && it.proxy != "capital" && it.proxy != "seat" {
				return
			}
			// 日米韓外相: all of them; but 日本、米国の外相 is one country's.
			a.countries = append(a.countries, it.country)
			for prev := r.ending(it.from); prev != nil && prev.kind == rules.TermKanji && it.kind == rules.TermKanji; prev = r.ending(it.from) {
				it.used = false
				it = prev
				a.countries = append([]string{it.country}, a.countries...)
			}
		case it.kind == rules.TermOrganization:
			a.orgs = append(a.orgs, it.term.ID)
			if it.country != "" && len(it.alts) < 2 {
				a.countries = append(a.countries, it.country)
			}
		case it.kind == rules.TermMinistry:
			a.orgs = append(a.orgs, "ministry:"+it.term.Ministry.Canonical)
		case it.kind == rules.TermPlace:
			if it.country != "" && it.term.Class != "world" {
				a.countries = append(a.countries, it.country)
			}
		case it.kind == rules.TermMark && it.term.Mark.Place == rules.MarkPrefix && p == a.from:
			return
		default:
			return
		}
		a.from = it.from
		if len(a.countries) > 1 && it.kind == rules.TermKanji && r.startsPlural(it) {
			return
		}
	}
}

func (r *run) startsPlural(it *item) bool {
	next := r.starting(it.to)
	return next != nil && next.kind == rules.TermKanji
}

// trimJoint takes ・ or nothing between a name and what follows.
func (r *run) trimJoint(p int) int {
	if strings.HasSuffix(r.n[:p], "・") {
		return p - len("・")
	}
	return p
}

// beforeParen goes to the left of a parenthesis that ends at p and holds a reading, age or English name.
func (r *run) beforeParen(p int) int {
	if !strings.HasSuffix(r.n[:p], ")") {
		return p
	}
	open := strings.LastIndex(r.n[:p], "(")
	if open < 0 || p-open > 90 || strings.ContainsAny(r.n[open:p], "。") {
		return p
	}
	return open
}

// afterParen goes to the right of a parenthesis that starts at p.
func (r *run) afterParen(p int) int {
	if !strings.HasPrefix(r.n[p:], "(") {
		return p
	}
	end := strings.Index(r.n[p:], ")")
	if end < 0 || end > 90 || strings.Contains(r.n[p:p+end], "。") {
		return p
	}
	return p + end + 1
}

// officeEnd takes what follows an office: 代行, (当時), 兼外相, 氏, ら.
func (r *run) officeEnd(p int, t *titleAt, d *draft) int {
	for range 5 {
		it := r.starting(p)
		if it == nil {
			if q := r.afterParen(p); q > p && strings.HasPrefix(r.n[p:], "(当時)") {
				t.title.Mark = "former"
				p = q
				continue
			}
			return p
		}
		if it.kind != rules.TermMark || it.relative {
			return p
		}
		switch m := it.term.Mark; {
		case m.Form == "兼":
			o := r.starting(it.to)
			if o == nil || o.relative || o.kind != rules.TermOffice {
				return p
			}
			d.titles = append(d.titles, titleAt{from: o.from, to: o.to, office: o.term.Office, title: Title{Office: o.term.Office.Ja}})
			p = o.to
			continue
		case m.Place == rules.MarkSuffix && (m.Role == rules.MarkActing || m.Role == rules.MarkCandidate || m.Role == rules.MarkFormer || m.Role == rules.MarkNext):
			t.title.Mark = markOf([]string{string(m.Role)})
		case m.Role == rules.MarkPlural:
			d.Plural = true
		case m.Place == rules.MarkName && m.Role == rules.MarkHonorific:
			if r.w.Starts(it.from) && !(m.Form == "師" || m.Form == "公" || m.Form == "妃" || m.Form == "卿") {
				d.Honorific = m.Form
			} else {
				return p
			}
		default:
			return p
		}
		p = it.to
	}
	return p
}

// honorificEnd takes 氏, さん, ら after a name.
func (r *run) honorificEnd(p int, d *draft) int {
	p = r.parenBefore(p, d)
	for range 3 {
		it := r.starting(p)
		if it != nil && it.kind == rules.TermOffice && it.term.Office.Ja == "師" {
			it.used = true
			d.Honorific = "師"
			p = it.to
			continue
		}
		if it == nil || it.relative || it.kind != rules.TermMark || it.term.Mark.Place != rules.MarkName && it.term.Mark.Role != rules.MarkPlural {
			return p
		}
		if it.term.Mark.Role == rules.MarkPlural {
			d.Plural = true
		} else {
			d.Honorific = it.term.Mark.Form
		}
		it.used = true
		p = it.to
	}
	return p
}

// parenBefore skips a reading in parentheses when an honorific or office follows it.
func (r *run) parenBefore(p int, _ *draft) int {
	q := r.afterParen(p)
	if q == p {
		return p
	}
	if it := r.starting(q); it != nil && it.kind == rules.TermMark && !it.relative {
		return q
	}
	return p
}
