package mention

import (
	"slices"
	"strings"
	"unicode/utf8"

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
	return rules.Words().AfterNoOffice.Starts(r.n[it.to:])
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
	title.title.Mark, title.title.Post = markOf(a.marks), a.post
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

// sameTitles fills what stands before an office that a name follows.
func (r *run) sameTitles(it *item, d *draft, a *around, title titleAt) {
	b := around{from: it.from}
	r.marksBefore(&b)
	r.modifiersBefore(&b, true)
	r.marksBefore(&b)
	r.modifiersBefore(&b, true)
	title.title.Mark, title.title.Post = markOf(b.marks), b.post
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
			if t.office.Body != "" {
				d.Orgs = append(d.Orgs, t.office.Body)
			}
		}
	}
	d.Countries = distinct(d.Countries)
	d.Orgs = distinct(d.Orgs)
	r.add(*d)
}

// atCollege reports that a name stands after a university, institute or firm: マレーシア国立大学の.
func atCollege(before string) bool {
	before, ok := strings.CutSuffix(before, "の")
	if !ok {
		return false
	}
	return rules.Words().Colleges.Ends(before)
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
