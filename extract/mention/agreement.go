package mention

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/entente-kg/entente/extract/morph"
	"github.com/entente-kg/entente/extract/rules"
)

// agreements finds agreements and events: by a name of their own, or by a head word and the compound before it.
func (r *run) agreements() {
	for i := range r.items {
		it := &r.items[i]
		if it.relative || it.used {
			continue
		}
		switch it.kind {
		case rules.TermNamed:
			r.namedThing(it)
		case rules.TermHead:
			r.headed(it)
		}
	}
	r.numbered()
}

// numbered finds conferences that go by a number alone: COP30.
func (r *run) numbered() {
	for at := 0; ; {
		i := strings.Index(r.n[at:], "COP")
		if i < 0 {
			return
		}
		from := at + i
		to := from + len("COP")
		for to < len(r.n) && r.n[to] >= '0' && r.n[to] <= '9' {
			to++
		}
		at = to
		if to == from+len("COP") || from > 0 && isLatin(lastRune(r.n[:from])) || to < len(r.n) && isLatin(firstRune(r.n[to:])) || r.taken(from, to) {
			continue
		}
		d := draft{from: from, to: to, head: from, nameFrom: from, nameTo: to}
		d.Kind, d.Rule, d.Class, d.Name, d.Certainty = Event, "number", "会議", r.n[from:to], 0.95
		r.add(d)
	}
}

func (r *run) namedThing(it *item) {
	n := it.term.Named
	d := draft{from: it.from, to: it.to, head: it.from, nameFrom: it.from, nameTo: it.to}
	d.Kind, d.Rule = Agreement, "named"
	if n.Event {
		d.Kind = Event
	}
	d.Name = n.NameJa
	d.Candidates = []string{n.NameJa}
	if n.Event {
		d.from = r.edition(it.from)
		d.Name = r.n[d.from:it.from] + n.NameJa
	}
	it.used = true
	r.add(d)
}

// edition takes 第47回, 2025年 and 年次 before an event's name.
func (r *run) edition(p int) int {
	q := p
	if strings.HasSuffix(r.n[:q], "回") {
		k := q - len("回")
		for k > 0 && (r.n[k-1] >= '0' && r.n[k-1] <= '9' || strings.ContainsRune("一二三四五六七八九十", lastRune(r.n[:k]))) {
			_, w := utf8.DecodeLastRuneInString(r.n[:k])
			k -= w
		}
		if strings.HasSuffix(r.n[:k], "第") {
			return k - len("第")
		}
		if k < q-len("回") {
			return k
		}
	}
	return p
}

// headed reads a compound that ends in a head word: 日米貿易協定, 第3回外相会議.
func (r *run) headed(it *item) {
	h := it.term.Head
	if !r.headEnds(it, h) {
		return
	}
	from, proper := r.compound(it.from)
	before := r.n[from:it.from]
	bare := before == ""
	if bare && h.Event && strings.HasSuffix(r.n[:it.from], ")") {
		// アフリカ開発会議(TICAD)閣僚会合 is of the event named before.
		if named := r.ending(r.beforeParen(it.from)); named != nil && !named.relative && named.kind == rules.TermNamed && named.term.Named.Event {
			d := draft{from: named.from, to: it.to, head: named.from, nameFrom: named.from, nameTo: named.to}
			d.Kind, d.Rule, d.Name, d.Candidates = Event, "named", named.term.Named.NameJa, []string{named.term.Named.NameJa}
			it.used = true
			r.add(d)
			return
		}
	}
	switch h.Takes {
	case "alone":
		if bare && !aloneVerb(r.n[it.to:]) || !bare && !r.placed(from, it.from) {
			return
		}
	case "any":
	case "compound":
		if bare {
			it.used = true
			r.add(draft{from: it.from, to: it.to, head: it.from, Mention: Mention{Kind: Anaphor, Class: "event:" + h.Word, Number: 1, Rule: "bare-event"}})
			return
		}
	case "word":
	case "proper":
		if !proper && !endsInAny(before, h.With) && !(h.Event && !bare && takesPlace(r.n[it.to:])) {
			// AとBの合意 names nothing; 会議 alone is the one named before.
			if h.Event && bare && r.w.Starts(it.from) && (it.from == 0 || !isKanji(lastRune(r.n[:it.from])) || r.w.Gap(it.from)) {
				it.used = true
				r.add(draft{from: it.from, to: it.to, head: it.from, Mention: Mention{Kind: Anaphor, Class: "event:" + h.Word, Number: 1, Rule: "bare-event"}})
			}
			return
		}
	}
	if len(before) > 0 && rules.Words().VagueCompounds.Has(before) {
		return
	}
	if topic := from; bare && h.Takes == "word" && !h.Event {
		if topic = r.topicBefore(from); topic < from {
			from, bare = topic, false
		}
	}
	d := draft{from: from, to: it.to, head: from, nameFrom: from, nameTo: it.to}
	d.Kind, d.Rule, d.Certainty = Agreement, "head", 0.9
	if h.Event {
		d.Kind = Event
	}
	// 決議第1695号, 決議1718
	if h.Word == "決議" {
		d.to = r.number(it.to)
		d.nameTo = d.to
	}
	d.Class = h.Word
	d.Name = r.n[from:d.to]
	switch {
	case bare && h.Takes == "word":
		d.Rule, d.Certainty = "bare-head", 0.7
	case h.Event && !proper && !bare:
		d.Rule, d.Certainty = "common-head", 0.8 // 緊急会合: the document's own
	}
	for k := range r.items {
		x := &r.items[k]
		if x.from < from || x.to > it.from {
			continue
		}
		if x.relative { // 3者 in 3者協定
			x.used = true
			continue
		}
		if isCountry(x) && x.country != "" {
			d.Countries = append(d.Countries, x.country)
		}
		if x.kind == rules.TermOrganization {
			d.Orgs = append(d.Orgs, x.term.ID)
		}
		if x.kind == rules.TermOffice || x.kind == rules.TermMark || x.kind == rules.TermMinistry {
			x.used = true
		}
	}
	if len(d.Countries) == 0 {
		countries, orgs := r.partiesBefore(from)
		d.Countries = countries
		d.Orgs = append(d.Orgs, orgs...)
	}
	d.Countries = distinct(d.Countries)
	it.used = true
	r.dropTitles(from, d.to)
	r.add(d)
}

// takesPlace reports that what stands before rest is held: 気候変動対策会議が開催された.
func takesPlace(rest string) bool {
	if !hasAnyPrefix(rest, "が", "を", "は") {
		return false
	}
	for at, c := range rest {
		if c == '。' || at > 60 {
			return false
		}
		if hasAnyPrefix(rest[at:], "開催", "開かれ", "開幕", "開会", "主催", "催され") {
			return true
		}
	}
	return false
}

// placed reports whether [from,to) is one place or country and nothing else: ガザ in ガザ停戦.
func (r *run) placed(from, to int) bool {
	it := r.starting(from)
	return it != nil && it.to == to && !it.relative && (it.kind == rules.TermPlace || it.kind == rules.TermCountry && it.proxy == "")
}

// topicBefore is where the topic of an agreement starts that に関する or についての ends at byte p: 戦略鉱物 in 戦略鉱物に関する協定.
// p when there is none.
func (r *run) topicBefore(p int) int {
	for _, joint := range [...]string{"に関する", "についての"} {
		if s, ok := strings.CutSuffix(r.n[:p], joint); ok {
			if from, _ := r.compound(len(s)); from < len(s) {
				return from
			}
		}
	}
	return p
}

// dropTitles takes back titles found inside an event's name: 首脳 in ASEAN首脳会議.
func (r *run) dropTitles(from, to int) {
	r.out = slices.DeleteFunc(r.out, func(d draft) bool {
		return d.Kind == TitleOnly && d.to <= to && d.to > from
	})
}

// headEnds reports whether the head word ends its compound and is no verb: not 合意した, 決議する, 会議室, 協定案.
func (r *run) headEnds(it *item, h *rules.Head) bool {
	if it.to >= len(r.n) {
		return true
	}
	rest := r.n[it.to:]
	for _, verb := range [...]string{"する", "した", "して", "し、", "され", "せず", "できず", "できな", "しな", "すれ", "しよ", "に達", "に至", "を目指", "しており", "済み"} {
		if strings.HasPrefix(rest, verb) {
			return h.Event && verb == "を目指"
		}
	}
	next := firstRune(rest)
	if !isKanji(next) && !isKatakana(next) || strings.HasPrefix(rest, "第") || strings.HasPrefix(rest, "内容") || strings.HasPrefix(rest, "違反") || strings.HasPrefix(rest, "後") || strings.HasPrefix(rest, "離脱") ||
		strings.HasPrefix(rest, "脱退") || strings.HasPrefix(rest, "署名") || strings.HasPrefix(rest, "締結") || strings.HasPrefix(rest, "交渉") || strings.HasPrefix(rest, "批准") || strings.HasPrefix(rest, "調印") ||
		strings.HasPrefix(rest, "採択") || strings.HasPrefix(rest, "順守") || strings.HasPrefix(rest, "遵守") || strings.HasPrefix(rest, "履行") || strings.HasPrefix(rest, "破棄") || strings.HasPrefix(rest, "出席") || strings.HasPrefix(rest, "参加") || strings.HasPrefix(rest, "延長") || strings.HasPrefix(rest, "発効") {
		return true
	}
	t := &r.s.Tokens[r.w.Token(it.to)]
	return r.w.Starts(it.to) && (t.POS[1] == "副詞可能" || t.POS[0] != "名詞") && t.POS[0] != "接頭詞"
}

// aloneVerb reports what makes 停戦 by itself the agreement: 停戦が発効, 停戦を維持, 停戦違反.
func aloneVerb(rest string) bool {
	for _, w := range [...]string{"が発効", "が続", "を維持", "を順守", "を守", "を破", "を延長", "の延長", "の維持", "の順守", "の履行", "違反", "に違反", "入り", "が崩", "が破", "の条件", "条件", "を受け入れ", "の受け入れ"} {
		if strings.HasPrefix(rest, w) {
			return true
		}
	}
	return false
}

// compound goes left from byte p over the nouns of one compound. proper reports a country, body, place, name or number of
// an edition in it.
func (r *run) compound(p int) (from int, proper bool) {
	from = p
	for from > 0 && p-from < 90 {
		if it := r.ending(from); it != nil && !it.relative && (isCountry(it) || it.kind == rules.TermOrganization || it.kind == rules.TermPlace) {
			if it.proxy != "" && it.proxy != "capital" && it.proxy != "seat" {
				break
			}
			from, proper = it.from, true
			continue
		}
		k := r.w.Token(from - 1)
		t := &r.s.Tokens[k]
		start := from
		for start > 0 && r.w.Token(start-1) == k {
			start--
		}
		ok := false
		switch {
		case t.POS[0] == "名詞":
			ok = t.POS[1] != "非自立" && t.POS[1] != "代名詞" && (t.POS[1] != "副詞可能" || t.Norm == "暫定") && !(t.POS[1] == "接尾" && (t.Norm == "氏" || t.Norm == "ら" || t.Norm == "中" || t.Norm == "側" || t.Norm == "後"))
			if t.Kind == morph.Number || t.Kind == morph.DateUnit {
				ok = t.Norm == "回" || k > 0 && r.s.Tokens[k-1].Norm == "第" || t.Kind == morph.Number && strings.HasPrefix(r.n[from:], "回") || t.Kind == morph.Number && hasAnyPrefix(r.n[from:], "カ国", "か国", "ヶ国", "者", "国間", "国の")
			}
		case t.POS[0] == "接頭詞":
			ok = t.Norm != "同" && t.Norm != "両" && t.Norm != "各" && t.Norm != "約"
		case t.Norm == "・" || t.Norm == "-":
			ok = from > 0 && start > 0
		}
		if !ok {
			break
		}
		if t.POS[1] == "固有名詞" || t.Kind == morph.Name || t.Norm == "回" || t.Kind == morph.OneKanji {
			proper = true
		}
		from = start
	}
	for strings.HasPrefix(r.n[from:p], "・") || strings.HasPrefix(r.n[from:p], "-") {
		from += utf8.RuneLen(firstRune(r.n[from:]))
	}
	// 26日首脳会議: what a date leaves is none of it.
	return from, proper
}

// partiesBefore are the countries and bodies of a phrase before an agreement: 日本と米国の, タイ・カンボジア間の, イスラエルとハマスの.
// One party alone, or more than four things, name no parties.
func (r *run) partiesBefore(p int) (countries, orgs []string) {
	for _, joint := range [...]string{"との間の", "の間の", "間の", "による", "が結んだ", "が署名した", "の"} {
		if !strings.HasSuffix(r.n[:p], joint) {
			continue
		}
		at := p - len(joint)
		for range 4 {
			it := r.ending(at)
			if it == nil || it.relative || !isCountry(it) && it.kind != rules.TermOrganization {
				break
			}
			if isCountry(it) {
				countries = append([]string{it.country}, countries...)
			} else {
				orgs = append([]string{it.term.ID}, orgs...)
			}
			at = it.from
			for _, sep := range [...]string{"との", "と", "、", "・", "や", "及び", "および"} {
				if strings.HasSuffix(r.n[:at], sep) {
					at -= len(sep)
					break
				}
			}
		}
		if len(countries)+len(orgs) < 2 {
			return nil, nil
		}
		return countries, orgs
	}
	return nil, nil
}

// number takes 第1695号 or 1718 after 決議.
func (r *run) number(p int) int {
	q := p
	if strings.HasPrefix(r.n[q:], "第") {
		q += len("第")
	}
	k := q
	for k < len(r.n) && r.n[k] >= '0' && r.n[k] <= '9' {
		k++
	}
	if k == q {
		return p
	}
	if strings.HasPrefix(r.n[k:], "号") {
		k += len("号")
	}
	return k
}

func endsInAny(s string, words []string) bool {
	for _, w := range words {
		if strings.HasSuffix(s, w) {
			return true
		}
	}
	return false
}
