package mention

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/entente-kg/entente/extract/morph"
	"github.com/entente-kg/entente/extract/rules"
)

// persons finds people by the offices and honorifics beside their names, then titles without names.
func (r *run) persons() {
	for i := range r.items {
		it := &r.items[i]
		if it.used {
			continue
		}
		switch {
		case it.relative:
			if it.class == "person" && it.number >= 2 {
				r.listed(it)
			}
		case it.kind == rules.TermOffice:
			r.office(it)
		case it.kind == rules.TermMark && it.term.Mark.Place == rules.MarkName:
			r.honorific(it)
		}
	}
	r.administrations()
}

// listed reads names before 両氏: 蔵内、鳩山両氏.
func (r *run) listed(it *item) {
	at := it.from
	for range it.number {
		from, ok := r.nameBefore(at)
		if !ok {
			break
		}
		d := draft{from: from, to: at, head: from, nameFrom: from, nameTo: at}
		d.Kind, d.Name, d.Honorific, d.Rule = Person, r.n[from:at], "氏", "name-listed"
		if at == it.from {
			d.to = it.to
		}
		r.add(d)
		it.used = true
		at = from
		for _, sep := range [...]string{"、", "・", "と"} {
			if strings.HasSuffix(r.n[:at], sep) {
				at -= len(sep)
				break
			}
		}
		if at == from {
			break
		}
	}
}

// around is what stands before a name or office: marks, countries, bodies, offices.
type around struct {
	from      int
	countries []string
	orgs      []string
	relative  string
	marks     []string
	titles    []titleAt
	items     []*item
}

// noOffice reports that an office's word is none here: 調教師, 日本代表 (a team), エリザベス女王杯.
func (r *run) noOffice(it *item) bool {
	o := it.term.Office
	before := lastRune(r.n[:it.from])
	switch o.Ja {
	case "師", "公爵", "候補":
		if isKanji(before) && utf8.RuneCountInString(r.n[it.from:it.to]) == 1 {
			return true
		}
	case "代表":
		if prev := r.ending(it.from); prev != nil && (isCountry(prev) || prev.kind == rules.TermPlace) {
			return true
		}
	}
	if rest, ok := strings.CutPrefix(r.n[it.to:], "会"); ok && !hasAnyPrefix(rest, "談", "見", "議", "合", "長", "う", "い", "っ") {
		return true // 町村議会議長会
	}
	for _, w := range [...]string{"杯", "賞", "記念", "号", "像", "通り", "カップ", "ステークス", "駅", "財団", "劇場"} {
		if strings.HasPrefix(r.n[it.to:], w) {
			return true
		}
	}
	return false
}

// office reads a person or a title at an office.
func (r *run) office(it *item) {
	if r.noOffice(it) {
		return
	}
	d := draft{from: it.from, to: it.to, head: it.from}
	title := titleAt{from: it.from, to: it.to, office: it.term.Office, title: Title{Office: it.term.Office.Ja}}

	// What stands between a name on the left and the office: マクロン仏大統領, ブットー元パキスタン首相.
	a := around{from: it.from}
	r.marksBefore(&a)
	r.modifiersBefore(&a, false)
	if k := it.term.Office.Kind; (k == rules.OfficeMayor || k == rules.OfficeGovernor) && a.from > 0 && len(a.items) == 0 {
		a.from = r.regionBefore(a.from)
		if a.from == it.from {
			a.from = r.placeSuffix(a.from)
		}
		if a.from == it.from && hasAnyPrefix(r.n[it.from:], "県", "州", "都知", "府知", "道知") && a.from > 0 {
			for k := r.w.Token(a.from - 1); a.from > 0 && r.w.Token(a.from-1) == k; { // 山口県知事: the dictionary takes 山口 for a surname
				a.from--
			}
		}
	}
	r.marksBefore(&a)
	nameEnd := r.trimJoint(a.from)
	nameEnd = r.beforeParen(nameEnd)
	nameFrom, ok := r.nameBefore(nameEnd)
	if ok && nameEnd != it.from && (nameEnd != a.from) {
		// A joint before the office: only ・ and a closing parenthesis, never 、.
		ok = !strings.HasSuffix(r.n[:a.from], "、")
	}
	if place := r.ending(it.from); !ok && place != nil && r.surnamePlace(place, it) {
		// 福島党首: a surname that is a prefecture's name as well.
		nameFrom, nameEnd, ok = place.from, place.to, true
		a = around{from: nameEnd}
	}
	if !ok && departmental(it.term.Office) {
		if from, to, whole := r.nameBeforeDepartment(it); to > 0 {
			nameFrom, nameEnd, ok = from, to, true
			a = around{from: whole}
			title.from = whole
			title.title.Office = r.n[whole:it.to]
		}
	}
	if it.term.Office.Kind == rules.OfficeGeneric && nameEnd == it.from && !r.gazetteerName(r.n[nameFrom:nameEnd]) {
		ok = false // 連合アザド首脳: heads of what is named
	}
	if before, dotted := strings.CutSuffix(r.n[:nameFrom], "・"); ok && dotted && before != "" && it.term.Office.Kind == rules.OfficeMayor {
		if t := &r.s.Tokens[r.w.Token(len(before)-1)]; t.POS[2] == "地域" && utf8.RuneCountInString(r.n[nameFrom:nameEnd]) == 2 {
			ok = false // 和歌山・白浜町長
		}
	}
	title.title.Mark = markOf(a.marks)
	end := r.officeEnd(it.to, &title, &d)
	if ok {
		d.nameFrom, d.nameTo = nameFrom, nameEnd
		d.from, d.head = nameFrom, nameFrom
		d.Countries, d.Orgs, d.Relative = a.countries, a.orgs, a.relative
		d.titles = append([]titleAt{title}, d.titles...)
		d.Rule = "name-office"
		d.to = end
		r.before(&d, nameFrom)
		r.finishPerson(&d, it, a.items)
		return
	}
	// A name on the right: 財務長官ベッセント氏, 大統領のマクロン氏.
	if from, to, ok := r.nameAfter(end); ok {
		r.sameTitles(it, &d, &a, title)
		d.nameFrom, d.nameTo = from, to
		d.to = r.honorificEnd(to, &d)
		d.Rule = "office-name"
		d.head = d.from
		r.finishPerson(&d, it, a.items)
		return
	}
	if r.titleOfNext(end) {
		return // taken with the name: see before
	}
	r.titleAlone(it, a, title, end, d)
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

// titleOfNext reports that a name and its own office follow an office and の or ・: the office is that person's too.
func (r *run) titleOfNext(p int) bool {
	for _, joint := range [...]string{"の故・", "の故", "の", "・"} {
		if !strings.HasPrefix(r.n[p:], joint) {
			continue
		}
		to, ok := r.nameFrom(p + len(joint))
		if !ok {
			continue
		}
		to = r.parenBefore(to, nil)
		for it := r.starting(to); it != nil && !it.relative; it = r.starting(it.to) {
			switch {
			case it.kind == rules.TermOffice, it.kind == rules.TermMark && it.term.Mark.Place == rules.MarkName:
				return true
			case it.kind == rules.TermMark, isCountry(it), it.kind == rules.TermOrganization:
				continue
			}
			break
		}
	}
	return false
}

// departmental reports an office before which the name of a department may stand: 貿易管理部長, 国家安保室第1次長.
func departmental(o *rules.Office) bool {
	switch o.Ja {
	case "部長", "局長", "次長", "審議官", "参事官", "長官", "次官", "補佐官", "代表", "特使", "委員長", "所長", "院長", "大臣", "報道官", "理事", "会長", "司令官", "書記官", "副部長", "副局長", "幹部", "秘書官":
		return true
	}
	return strings.HasSuffix(o.Ja, "次長") || strings.HasSuffix(o.Ja, "局長")
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

// sameTitles fills what stands before an office that a name follows.
func (r *run) sameTitles(it *item, d *draft, a *around, title titleAt) {
	b := around{from: it.from}
	r.marksBefore(&b)
	r.modifiersBefore(&b, true)
	r.marksBefore(&b)
	r.modifiersBefore(&b, true)
	title.title.Mark = markOf(b.marks)
	d.from = b.from
	d.Countries, d.Orgs, d.Relative = b.countries, b.orgs, b.relative
	d.titles = append(append(b.titles, title), d.titles...)
	*a = b
}

// before adds what stands before a name: アメリカの共和党の, 外相の, 同国の.
func (r *run) before(d *draft, at int) {
	a := around{from: at}
	r.marksBefore(&a)
	r.modifiersBefore(&a, true)
	// An office before the name as well: 共産党政治局員の王毅外相, アメリカの通商代表グリーア氏.
	p := a.from
	if strings.HasSuffix(r.n[:p], "の") || strings.HasSuffix(r.n[:p], "・") {
		p -= len("の")
	}
	if o := r.ending(p); o != nil && !o.used && !o.relative && o.kind == rules.TermOffice && o.term.Office.Kind != rules.OfficeGeneric && len(a.items) == 0 {
		t := titleAt{from: o.from, to: o.to, office: o.term.Office, title: Title{Office: o.term.Office.Ja}}
		b := around{from: o.from}
		r.marksBefore(&b)
		r.modifiersBefore(&b, true)
		r.marksBefore(&b)
		t.title.Mark = markOf(b.marks)
		o.used = true
		d.titles = append([]titleAt{t}, d.titles...)
		a = b
	}
	d.from = min(d.from, a.from)
	d.Countries = append(d.Countries, a.countries...)
	d.Orgs = append(d.Orgs, a.orgs...)
	if d.Relative == "" {
		d.Relative = a.relative
	}
	for _, it := range a.items {
		it.used = true
	}
	if m := markOf(a.marks); m != "" && len(d.titles) > 0 && d.titles[0].title.Mark == "" {
		d.titles[0].title.Mark = m
	}
}

// finishPerson decides whether the person acts or is an expert, and marks the items as used.
func (r *run) finishPerson(d *draft, it *item, items []*item) {
	if name := r.n[d.nameFrom:d.nameTo]; strings.HasSuffix(name, "氏") && utf8.RuneCountInString(name) > 2 {
		d.nameTo -= len("氏") // the analyser took 氏 into the name
		d.Honorific = "氏"
	}
	d.Name = r.n[d.nameFrom:d.nameTo]
	d.Kind = Person
	actor, private := false, false
	for _, t := range d.titles {
		if t.office.Actor || t.title.Office != t.office.Ja && len(d.Orgs)+len(d.Countries) > 0 { // the head of a state's department
			actor = true
		} else {
			private = true
		}
	}
	d.official = actor
	if private && !actor {
		d.Kind = Expert
		d.Rule = "expert"
	}
	if !actor && atCollege(r.n[:d.from]) {
		d.Kind, d.Rule = Expert, "expert"
	}
	for _, p := range rules.Holders().Named(d.Name) {
		d.Candidates = append(d.Candidates, p.ID)
	}
	for k := range r.items {
		if x := &r.items[k]; x.from >= d.from && x.to <= d.to && (x.kind == rules.TermOffice || x.kind == rules.TermMark || x.kind == rules.TermPerson || x.relative) {
			x.used = true
		}
	}
	it.used = true
	for _, x := range items {
		x.used = true
	}
	if len(d.Orgs) == 0 {
		for _, t := range d.titles {
			if body := bodyOf[t.office.Ja]; body != "" && t.office != nil {
				for _, term := range r.lex.Get(body) {
					if term.Kind == rules.TermOrganization {
						d.Orgs = append(d.Orgs, term.ID)
						break
					}
				}
			}
		}
	}
	d.Countries = distinct(d.Countries)
	d.Orgs = distinct(d.Orgs)
	r.add(*d)
}

// bodyOf are the bodies of offices whose name says them.
var bodyOf = map[string]string{
	"欧州委員": "欧州委員会", "欧州委員長": "欧州委員会", "欧州理事会議長": "欧州理事会", "外交安全保障上級代表": "欧州連合", "欧州議会議長": "欧州議会", "欧州中銀総裁": "欧州中央銀行",
	"国連人権高等弁務官": "国連", "国連難民高等弁務官": "国連", "国連特使": "国連", "国連総会議長": "国連総会",
}

// atCollege reports that a name stands after a university, institute or firm: マレーシア国立大学の.
func atCollege(before string) bool {
	before, ok := strings.CutSuffix(before, "の")
	if !ok {
		return false
	}
	for _, w := range [...]string{"大学", "大学院", "研究所", "研究センター", "シンクタンク", "病院", "株式会社", "証券", "総研", "財団"} {
		if strings.HasSuffix(before, w) {
			return true
		}
	}
	return false
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
			a.from = len(q) // 駐米大使, 駐マニラの中国大使: where the holder serves, not whose
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

// honorific reads X氏 without an office after the name; an office may stand before it.
func (r *run) honorific(it *item) {
	mark := it.term.Mark
	if !r.w.Starts(it.from) && isKanji(firstRune(mark.Form)) {
		return
	}
	nameEnd := r.beforeParen(r.trimJoint(it.from))
	nameFrom, ok := r.nameBefore(nameEnd)
	if !ok {
		return
	}
	if mark.Role != rules.MarkHonorific && mark.Role != rules.MarkPlain && mark.Role != rules.MarkPlural {
		return
	}
	if mark.Role == rules.MarkPlural && mark.Form != "夫妻" && mark.Form != "一行" && len(rules.Holders().Named(r.n[nameFrom:nameEnd])) == 0 {
		return // 彼ら, 議員ら: a bare name with ら is found as a name
	}
	if utf8.RuneCountInString(mark.Form) == 1 && mark.Form != "氏" && mark.Form != "ら" {
		// 関, 公, 様, 君: pieces of many names and words.
		if len(rules.Holders().Named(r.n[nameFrom:nameEnd])) == 0 {
			return
		}
	}
	d := draft{from: nameFrom, to: it.to, head: nameFrom, nameFrom: nameFrom, nameTo: nameEnd}
	d.Honorific = mark.Form
	d.Rule = "name-honorific"
	if next := r.starting(it.to); next != nil && !next.relative && next.kind == rules.TermMark && next.term.Mark.Role == rules.MarkPlural {
		d.Plural, d.to = true, next.to
		next.used = true
	}
	d.Plural = d.Plural || mark.Role == rules.MarkPlural
	r.before(&d, nameFrom)
	r.finishPerson(&d, it, nil)
	if p := &r.out[len(r.out)-1]; mark.Role == rules.MarkPlain && !p.official {
		p.Kind, p.Rule = Expert, "private"
	}
}

// titleAlone makes a mention of an office without a name.
func (r *run) titleAlone(it *item, a around, title titleAt, end int, d draft) {
	o := it.term.Office
	if !o.Actor {
		return
	}
	plural := false
	if strings.HasSuffix(r.n[:it.from], "両") {
		plural = true
		a = around{from: it.from - len("両")}
		for prev := r.ending(a.from); prev != nil && isCountry(prev) && len(a.countries) < 4; prev = r.ending(a.from) {
			a.countries = append([]string{prev.country}, a.countries...)
			a.from = prev.from
		}
	} else {
		a = around{from: it.from}
		r.marksBefore(&a)
		r.modifiersBefore(&a, true)
		r.marksBefore(&a)
		if strings.HasSuffix(r.n[:a.from], "同") && r.w.Starts(a.from-len("同")) {
			a.from -= len("同")
			a.relative = "同"
		}
	}
	if o.Kind == rules.OfficeGeneric && o.Ja != "首脳" && o.Ja != "国家元首" {
		return
	}
	if !o.Alone && len(a.countries)+len(a.orgs) == 0 && a.relative == "" && !plural {
		return
	}
	if roleOnly(r.n[end:]) || r.othersOffice(a.from) || r.inCompound(a.from) {
		return
	}
	inEvent := false
	if end < len(r.n) {
		if next := r.starting(end); next != nil && !next.relative && next.kind == rules.TermMark && next.term.Mark.Role == rules.MarkPlural {
			d.Plural = true
			end = next.to
		} else if t := &r.s.Tokens[r.w.Token(end)]; r.w.Starts(end) && t.POS[0] == "名詞" && t.POS[1] != "副詞可能" && t.Kind != morph.Number && t.POS[1] != "非自立" || !r.w.Ends(end) && isKanji(firstRune(r.n[end:])) {
			switch {
			case eventAfter(r.n[end:]):
				inEvent = true
			case t.Norm == "自身" || t.Norm == "本人" || t.Norm == "側":
				end += len(t.Norm)
			default:
				return // 大統領選, 首相官邸, 外相就任
			}
		}
	}
	title.title.Mark = markOf(a.marks)
	d.from, d.to, d.head = a.from, end, a.from
	if k := strings.LastIndex(r.n[a.from:it.from], "の"); k >= 0 {
		d.head = a.from + k + len("の")
	}
	d.Kind, d.Rule = TitleOnly, "title"
	d.Countries, d.Orgs, d.Relative = distinct(a.countries), distinct(a.orgs), a.relative
	d.titles = []titleAt{title}
	d.Number = 1
	if plural || len(d.Countries) > 1 && len(a.orgs) == 0 {
		d.Plural, d.Number = true, max(2, len(d.Countries))
	}
	if plural {
		d.Relative = "両"
	}
	if inEvent {
		d.Rule = "title-in-event"
		d.Certainty = 0.5
	}
	it.used = true
	for _, x := range a.items {
		x.used = true
	}
	for k := range r.items {
		if x := &r.items[k]; x.relative && x.from >= d.from && x.to <= d.to {
			x.used = true
		}
	}
	r.add(d)
}

// othersOffice reports that の before an office makes it that of something that is no country or body found: 加盟国の外相.
func (r *run) othersOffice(p int) bool {
	s, ok := strings.CutSuffix(r.n[:p], "の")
	if !ok || s == "" {
		return false
	}
	t := &r.s.Tokens[r.w.Token(len(s)-1)]
	return t.POS[0] == "名詞" && t.POS[1] != "副詞可能" && t.POS[1] != "非自立" && t.Kind == morph.Plain && t.POS[2] != "人名" && t.Norm != "現職" && t.Norm != "当時" && t.Norm != "同じ" && t.Norm != "後"
}

// inCompound reports that a noun that is no modifier found stands right before an office: 女性知事, 昭和天皇, 民選首相.
func (r *run) inCompound(p int) bool {
	if p == 0 || r.w.Gap(p) {
		return false
	}
	if c := lastRune(r.n[:p]); !isKanji(c) {
		return c >= '0' && c <= '9' || isKatakana(c) && r.ending(p) == nil // 2党首, アザドルイグ首脳
	}
	t := &r.s.Tokens[r.w.Token(p-1)]
	if t.POS[1] == "接尾" && t.POS[2] == "地域" {
		return !strings.HasPrefix(r.n[p:], "知事") && !strings.HasPrefix(r.n[p:], "市長") && !strings.HasPrefix(r.n[p:], "町長") && !strings.HasPrefix(r.n[p:], "村長") // ブランデンブルク州首相
	}
	return t.POS[0] == "名詞" && t.POS[1] != "サ変接続" && t.POS[1] != "副詞可能" && t.Kind == morph.Plain && t.POS[1] != "接尾" && t.Norm != "両"
}

// roleOnly reports that an office is what somebody becomes or is, and not who: 大統領に就任した, 首相を務める, 外相として.
func roleOnly(rest string) bool {
	for _, w := range [...]string{"に就任", "に就く", "に就い", "に選出", "に選ばれ", "に当選", "に再選", "に指名", "に任命", "に起用", "に復帰", "に昇格", "になる", "になった", "になり", "となる", "となった", "となり", "を務め", "を歴任", "を兼",
		"を退任", "を辞任", "を目指", "として", "職", "経験", "をつとめ", "を選ぶ", "を選出", "就任", "選", "に立候補", "などを歴任", "への就任", "の座", "ポスト", "候補に", "の任命", "の指名", "の人選", "の後任", "を任命", "を指名", "であり", "である。", "だった。", "であった", "を輩出", "の任期", "は任期", "の地位", "の権限", "の資格"} {
		if strings.HasPrefix(rest, w) {
			return true
		}
	}
	return false
}

// eventAfter reports whether an event noun follows: the holders meet (米中首脳会談).
func eventAfter(s string) bool {
	for _, w := range [...]string{"会談", "会合", "協議", "会議", "同士", "間", "電話会談", "級会合", "級協議"} {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

// administrations reads a leader's name and 政権: it stands for the state he or she governs.
func (r *run) administrations() {
	for from := 0; ; {
		k := strings.Index(r.n[from:], "政権")
		if k < 0 {
			return
		}
		at := from + k
		from = at + len("政権")
		p := at
		for _, m := range [...]string{"前", "新", "現", "次期", "旧"} {
			p -= len(r.n[:p]) - len(strings.TrimSuffix(r.n[:p], m))
		}
		nameFrom, ok := r.nameBefore(p)
		if !ok || r.taken(nameFrom, from) {
			continue
		}
		name := r.n[nameFrom:p]
		if !isKatakana(firstRune(name)) && !r.gazetteerName(name) && !r.allNames(nameFrom, p) {
			continue // 連立政権, 軍事政権
		}
		d := draft{from: nameFrom, to: from, head: nameFrom, nameFrom: nameFrom, nameTo: p}
		d.Kind, d.Proxy, d.Rule, d.Name = Country, "administration", "administration", name
		a := around{from: nameFrom}
		r.modifiersBefore(&a, true)
		if len(a.countries) > 0 {
			d.Countries, d.from = a.countries[:1], a.from
		}
		r.add(d)
	}
}

// nameBefore finds a person's name that ends at byte p.
func (r *run) nameBefore(p int) (from int, ok bool) {
	if p <= 0 {
		return 0, false
	}
	if it := r.ending(p); it != nil && !it.relative && it.kind == rules.TermPerson {
		return it.from, true
	}
	c := lastRune(r.n[:p])
	switch {
	case isKatakana(c):
		return r.katakanaBefore(p)
	case isKanji(c) || isHiragana(c):
		return r.kanjiBefore(p)
	}
	return 0, false
}

// katakanaBefore reads a name in katakana with ・ ＝ and initials.
func (r *run) katakanaBefore(p int) (int, bool) {
	from := p
	for from > 0 && !(from < p && r.w.Gap(from)) {
		c, w := utf8.DecodeLastRuneInString(r.n[:from])
		if isKatakana(c) || isLatin(c) && r.initialAt(from-w) || (c == '・' || c == '=' || c == '-' || c == '.') && from < p && from > w {
			from -= w
			continue
		}
		break
	}
	for from < p && strings.ContainsRune("・=-.", firstRune(r.n[from:])) {
		from += utf8.RuneLen(firstRune(r.n[from:]))
	}
	// A country, body or place before ・ modifies the name: アメリカ・オバマ大統領.
	for i := range r.items {
		it := &r.items[i]
		if it.to > from && it.to < p && strings.HasPrefix(r.n[it.to:], "・") && (isCountry(it) || it.kind == rules.TermOrganization || it.kind == rules.TermPlace) && it.from <= from {
			from = it.to + len("・")
		}
		if it.from == from && it.to == p && !it.relative && it.kind != rules.TermPerson && it.kind != rules.TermMark && !endsInPerson(r.n[p:]) {
			return 0, false // アメリカ大統領, but チャド容疑者
		}
		if it.kind == rules.TermOffice && it.from >= from && it.to <= p {
			return 0, false
		}
	}
	name := r.n[from:p]
	if utf8.RuneCountInString(name) < 2 {
		return 0, false
	}
	if !strings.ContainsAny(name, "・=") && r.commonNoun(from, p) && len(rules.Holders().Surnamed(name)) == 0 && !(r.bodyBefore(from) && r.highOffice(p)) {
		return 0, false
	}
	return from, true
}

// highOffice reports whether an office of which a common noun says no field stands at byte p: ラオ首相, but スポーツ相.
func (r *run) highOffice(p int) bool {
	it := r.starting(p)
	if it == nil || it.relative || it.kind != rules.TermOffice {
		return false
	}
	switch it.term.Office.Kind {
	case rules.OfficeHeadOfState, rules.OfficeHeadOfGovernment, rules.OfficeForeignMinister, rules.OfficeDefenceMinister, rules.OfficeFinanceMinister, rules.OfficeLegislator:
		return true
	}
	return false
}

// endsInPerson reports whether an honorific follows that only people have.
func endsInPerson(rest string) bool {
	for _, h := range [...]string{"氏", "さん", "容疑者", "被告", "選手"} {
		if strings.HasPrefix(rest, h) {
			return true
		}
	}
	return false
}

// initialAt reports whether the Latin letter at byte i is an initial of a name: W・, J.
func (r *run) initialAt(i int) bool {
	rest := r.n[i+1:]
	return (strings.HasPrefix(rest, "・") || strings.HasPrefix(rest, ".")) && (i == 0 || !isLatin(lastRune(r.n[:i])))
}

// commonNoun reports whether [from,to) is one token that the dictionary knows as a common noun.
func (r *run) commonNoun(from, to int) bool {
	if !r.w.Starts(from) || !r.w.Ends(to) || r.w.Token(from) != r.w.Token(to-1) {
		return false
	}
	t := &r.s.Tokens[r.w.Token(from)]
	return t.Known && t.POS[0] == "名詞" && t.POS[1] != "固有名詞"
}

// kanjiBefore reads a name in kanji, with hiragana in a given name: 岸田文雄, 何立峰, 小池ゆりこ.
func (r *run) kanjiBefore(p int) (int, bool) {
	// The run of kanji and kana up to the next boundary: an item, a particle, punctuation.
	limit := p
	for limit > 0 && !(limit < p && r.w.Gap(limit)) {
		if it := r.ending(limit); limit < p && it != nil && !it.relative && it.kind != rules.TermKanji && it.kind != rules.TermMark && it.kind != rules.TermTrap {
			break
		}
		c, w := utf8.DecodeLastRuneInString(r.n[:limit])
		if !isKanji(c) && !isHiragana(c) && c != 'ノ' || p-limit > 30 {
			break
		}
		limit -= w
	}
	best, score := 0, 0
	count := 0
	names, single, other := 0, 0, 0
	for at := p; at > limit; {
		// Step one token to the left.
		k := r.w.Token(at - 1)
		t := &r.s.Tokens[k]
		from := at
		for from > limit && r.w.Token(from-1) == k {
			from--
		}
		if from == limit && !r.w.Starts(from) {
			break
		}
		n := utf8.RuneCountInString(r.n[from:at])
		if t.POS[0] == "助詞" && t.Kind != morph.Name || t.POS[0] == "助動詞" || t.POS[0] == "記号" && t.Norm != "々" {
			break
		}
		count += n
		if count > 6 {
			break
		}
		switch {
		case t.Kind == morph.Name || t.POS[2] == "人名" || t.POS[1] == "固有名詞" && !t.Known:
			names++
		case t.POS[2] == "地域" && n == 2 && at == p && r.officeOfPerson(p):
			names++ // 山口代表: a place's name that is a surname as well
		case n == 1 && isKanji(firstRune(r.n[from:])):
			single++
		case !isKanji(firstRune(r.n[from:])):
			other += 2
		default:
			other++
		}
		at = from
		if s := r.kanjiScore(at, p, count, names, single, other, at == limit || !isKanji(lastRune(r.n[:at]))); s >= score && s > 0 {
			best, score = at, s
		}
		if t.POS[3] == "姓" && r.kanjiLeft(limit, at) != 1 || t.POS[2] == "人名" && names >= 2 && other == 0 && count >= 4 {
			break
		}
	}
	if score == 0 {
		return 0, false
	}
	return best, true
}

// kanjiLeft counts the kanji that stand right before byte at, back to limit.
func (r *run) kanjiLeft(limit, at int) int {
	n := 0
	for at > limit && isKanji(lastRune(r.n[:at])) {
		_, w := utf8.DecodeLastRuneInString(r.n[:at])
		at -= w
		n++
	}
	return n
}

// kanjiScore judges [from,to) as a name: edge says that no kanji stands before it.
func (r *run) kanjiScore(from, to, count, names, single, other int, edge bool) int {
	name := r.n[from:to]
	first := firstRune(name)
	if strings.HasSuffix(name, "両") || strings.HasSuffix(name, "各") || r.countriesOnly(from, to) {
		return 0
	}
	if c := lastRune(name); count >= 3 && strings.ContainsRune("市県町村郡区州", c) && c != first {
		return 0
	}
	if last := &r.s.Tokens[r.w.Token(to-1)]; last.POS[1] == "接尾" && (last.POS[2] == "地域" || last.Norm == "者" || last.Norm == "員") {
		return 0 // 茨城県, 関係者
	}
	if notNames[name] || strings.ContainsRune("同両各某元前新現副次故諸", first) {
		return 0
	}
	if !isKanji(first) && len(rules.Holders().Surnamed(name)) == 0 && names == 0 {
		return 0
	}
	surname := rules.EastAsianSurnames()[string(first)]
	if t := &r.s.Tokens[r.w.Token(from)]; surname && t.Known && t.POS[2] != "人名" && utf8.RuneCountInString(t.Norm) > 1 {
		surname = false // 関係, 高校: a word that begins with the character
	}
	switch {
	case len(rules.Holders().Named(name)) > 0 && count >= 2:
		return 100 + count
	case count == 1:
		if before := lastRune(r.n[:from]); surname && edge && (single == 1 || names == 1) && !(before >= '0' && before <= '9') {
			return 10
		}
		return 0
	case names > 0 && other == 0:
		return 30 + count + 3*names
	case len(rules.Holders().Surnamed(name)) > 0:
		return 40
	case edge && count <= 4 && surname && other <= 1 && count <= 3:
		return 25 + count
	case edge && count <= 4 && names > 0:
		return 20 + count
	case edge && single == count && count >= 2 && count <= 3 && surname:
		return 20 + count
	case edge && other == 0 && single >= 2 && count >= 3 && count <= 5 && r.beforeOffice(to):
		return 10 + count // a name that the dictionary breaks into single characters
	}
	return 0
}

// countriesOnly reports whether [from,to) is nothing but countries in one character each: 日韓.
func (r *run) countriesOnly(from, to int) bool {
	for from < to {
		it := r.starting(from)
		if it == nil || it.kind != rules.TermKanji {
			return false
		}
		from = it.to
	}
	return true
}

// beforeOffice reports whether an office or 氏 stands at byte p, or a body whose office it is.
func (r *run) beforeOffice(p int) bool {
	it := r.starting(p)
	return it != nil && !it.relative && (it.kind == rules.TermOffice || it.kind == rules.TermOrganization || it.kind == rules.TermMark && it.term.Mark.Place == rules.MarkName) || strings.HasPrefix(r.n[p:], "(")
}

// officeOfPerson reports whether an office at byte p is none that a place has.
func (r *run) officeOfPerson(p int) bool {
	it := r.starting(p)
	if it == nil || it.relative || it.kind != rules.TermOffice || ofPlace(r.n[it.from:it.to]) {
		return false
	}
	switch it.term.Office.Kind {
	case rules.OfficeMayor, rules.OfficeGovernor, rules.OfficeMilitary, rules.OfficeAgency, rules.OfficeCentralBank, rules.OfficeGeneric, rules.OfficePrivate, rules.OfficeDiplomat:
		return false
	}
	return true
}

// notNames are words before an office or 氏 that look like names.
var notNames = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`同 両 各 某 元 前 新 現 副 次期 歴代 現職 故 同国 両国 各国 同党 同省 同州 同市 彼 彼女 政府 国務 財務 外務 国防 防衛 内閣 官房 首席 筆頭 上級 特別 臨時 暫定
		事務 専務 常務 名誉 終身 最高 連邦 共和国 人民 国家 中央 与党 野党 党 州 県 市 町 村 区 都 府 道 主任 担当 関係 女性 男性 初代 先代 後任 前任 民間 地元 現地 米国 中国 日本 韓国 英国 当時 先生 諸
		共同 合同 統合 総合 代理 兼 大統領 首相 外相 皇太子 国王 女王 王 安全 情報 警察 検察 軍 海軍 空軍 陸軍 司令 参謀 公明 自民 社民 民主 共産 議会 上院 下院 衆院 参院 衆議院 参議院 国会 委員 弁護 主席 総 連立 連合 保守 左派 右派 中道 急進 単独 少数 独裁 傀儡 長期 革新 革命 軍事 東京 大阪 京都 北京 南京 平壌`) {
		m[w] = true
	}
	return m
}()

// nameAfter finds a person's name right after an office, at byte p: directly (財務長官ベッセント氏), or after の when 氏
// follows or the gazetteer has the name.
func (r *run) nameAfter(p int) (from, to int, ok bool) {
	for _, joint := range [...]string{"", "の", "・", "である", "を務める", "だった", "であった", "の故", "、"} {
		if !strings.HasPrefix(r.n[p:], joint) {
			continue
		}
		from := p + len(joint)
		to, ok := r.nameFrom(from)
		if !ok {
			continue
		}
		end := r.parenBefore(to, nil)
		it := r.starting(end)
		honoured := it != nil && !it.relative && (it.kind == rules.TermMark && it.term.Mark.Place == rules.MarkName || it.kind == rules.TermOffice && it.term.Office.Ja == "師")
		if it != nil && !it.relative && it.kind == rules.TermOffice && !honoured {
			return 0, 0, false // the name belongs to the next office
		}
		if nx := r.starting(to); nx != nil && (isCountry(nx) || nx.kind == rules.TermMark && nx.term.Mark.Place == rules.MarkPrefix) {
			return 0, 0, false
		}
		known := r.gazetteerName(r.n[from:to])
		dotted := strings.Contains(r.n[from:to], "・")
		switch joint {
		case "", "・":
			if honoured || known || dotted || !r.commonNoun(from, to) && isKatakana(firstRune(r.n[from:])) || it != nil && it.kind == rules.TermPerson || r.allNames(from, to) {
				return from, to, true
			}
		case "、":
			if honoured && (known || dotted) && r.apposition(p) {
				return from, to, true
			}
		default:
			if honoured || known && utf8.RuneCountInString(r.n[from:to]) >= 4 || dotted {
				return from, to, true
			}
		}
	}
	return 0, 0, false
}

// apposition is never certain after 、: A財務長官、B氏 may be a list.
func (r *run) apposition(int) bool { return false }

// allNames reports whether all tokens of [from,to) are parts of people's names.
func (r *run) allNames(from, to int) bool {
	for at := from; at < to; {
		k := r.w.Token(at)
		t := &r.s.Tokens[k]
		if t.POS[2] != "人名" && t.Kind != morph.Name {
			return false
		}
		for at < to && r.w.Token(at) == k {
			at++
		}
	}
	return true
}

// gazetteerName reports whether a full or short name is in the table of holders.
func (r *run) gazetteerName(name string) bool {
	return len(rules.Holders().Named(name)) > 0 || len(rules.Holders().Surnamed(name)) > 0
}

// nameFrom is the end of the name that starts at byte p.
func (r *run) nameFrom(p int) (to int, ok bool) {
	if it := r.starting(p); it != nil && !it.relative {
		if it.kind == rules.TermPerson {
			return it.to, true
		}
		if it.kind != rules.TermKanji {
			return 0, false
		}
	}
	c := firstRune(r.n[p:])
	switch {
	case isKatakana(c) && c != 'ー':
		to = p
		for to < len(r.n) {
			c, w := utf8.DecodeRuneInString(r.n[to:])
			next := firstRune(r.n[min(len(r.n), to+w):])
			if isKatakana(c) || (c == '・' || c == '=') && to > p && (isKatakana(next) || isLatin(next)) || isLatin(c) && to > p && (next == '・' || next == '.') || c == '.' && next == '・' {
				to += w
				continue
			}
			break
		}
		if strings.HasPrefix(r.n[to:], "社") || strings.HasPrefix(r.n[to:], "州") || strings.HasPrefix(r.n[to:], "市") || strings.HasPrefix(r.n[to:], "人") {
			return 0, false
		}
		return to, utf8.RuneCountInString(r.n[p:to]) >= 2 && !(r.commonNoun(p, to) && !r.gazetteerName(r.n[p:to]))
	case isKanji(c):
		to = p
		count := 0
		for to < len(r.n) {
			k := r.w.Token(to)
			t := &r.s.Tokens[k]
			if !r.w.Starts(to) || t.POS[2] != "人名" && t.Kind != morph.Name && !(t.POS[0] == "名詞" && utf8.RuneCountInString(t.Norm) == 1 && t.POS[1] != "接尾" && count > 0) {
				break
			}
			end := to
			for end < len(r.n) && r.w.Token(end) == k {
				end++
			}
			count += utf8.RuneCountInString(r.n[to:end])
			if count > 6 {
				break
			}
			to = end
		}
		return to, count >= 2 && r.w.Ends(to)
	}
	return 0, false
}

func hasAnyPrefix(s string, prefixes ...string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

func distinct(in []string) []string {
	var out []string
	for _, s := range in {
		if s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}
