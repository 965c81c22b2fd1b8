package mention

import (
	"strings"

	"github.com/entente-kg/entente/extract/morph"
	"github.com/entente-kg/entente/extract/rules"
)

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
	title.title.Mark, title.title.Post = markOf(a.marks), a.post
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
		"を退任", "を辞任", "を目指", "として", "職", "経験", "をつとめ", "を選ぶ", "を選出", "就任", "選", "に立候補", "などを歴任", "への就任", "の座", "の選出", "ポスト", "候補に", "の任命", "の指名", "の人選", "の後任", "を任命", "を指名", "であり", "である。", "だった。", "であった", "を輩出", "の任期", "は任期", "の地位", "の権限", "の資格"} {
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
