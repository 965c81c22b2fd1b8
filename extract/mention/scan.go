package mention

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/entente-kg/entente/extract/morph"
	"github.com/entente-kg/entente/extract/rules"
	"github.com/entente-kg/entente/schema"
)

// scan finds the terms of the lexicon: at each place the longest that stands on word boundaries.
func (r *run) scan() {
	for i := 0; i < len(r.n); {
		c, w := utf8.DecodeRuneInString(r.n[i:])
		relative := kanjiDigit(c) > 0 || c >= '2' && c <= '9' || r.relative.Starts(c)
		if !relative && !r.lex.Starts(c) {
			i += w
			continue
		}
		best := 0
		var terms []rules.LexTerm
		r.lex.Each(r.n, i, func(end int, values []rules.LexTerm) bool {
			if r.bounded(i, end, values) {
				best, terms = end, values
			}
			return true
		})
		if best == 0 {
			if relative {
				if end := r.relativeAt(i); end > i {
					i = end
					continue
				}
			}
			i += w
			continue
		}
		if relative {
			n := len(r.items)
			if end := r.relativeAt(i); end >= best {
				i = end
				continue
			}
			r.items = r.items[:n] // 六カ国協議 is longer than 六カ国
		}
		i = r.take(i, best, terms)
	}
}

// take makes an item of the terms at [from,to) and returns where to go on.
func (r *run) take(from, to int, terms []rules.LexTerm) int {
	t := r.choose(from, to, terms)
	it := item{kind: t.Kind, from: from, to: to, term: t}
	for _, x := range terms {
		switch {
		case x.Kind == t.Kind && x.ID != "":
			it.alts = append(it.alts, x.ID)
		case x.Kind == rules.TermPlace:
			it.city = x.ID
		}
	}
	switch t.Kind {
	case rules.TermCountry:
		it.country = t.ID
		switch t.Alias.Kind {
		case rules.AliasCapital:
			it.proxy = "capital"
		case rules.AliasSeat:
			it.proxy = "seat"
		case rules.AliasGovernment:
			it.proxy = "government"
		case rules.AliasForces:
			it.proxy = "forces"
		}
	case rules.TermKanji:
		end, ids := r.kanjiRun(from)
		if len(ids) == 0 {
			return to
		}
		for k, at := 0, from; at < end; k++ {
			_, w := utf8.DecodeRuneInString(r.n[at:])
			r.items = append(r.items, item{kind: rules.TermKanji, from: at, to: at + w, country: ids[k], term: rules.LexTerm{Kind: rules.TermKanji, ID: ids[k]}})
			at += w
		}
		return end
	case rules.TermOrganization, rules.TermPlace:
		it.country = t.Country
	case rules.TermProxy:
		if t.Alone && r.bareGovernment(from, to) {
			it.kind, it.proxy = rules.TermCountry, t.Class
			r.items = append(r.items, it)
		}
		return to // else means something after a country only: see combine
	}
	r.items = append(r.items, it)
	return to
}

// bareGovernment reports that 政府, 軍政 … stand by themselves: they are the context's country's.
func (r *run) bareGovernment(from, to int) bool {
	before, after := lastRune(r.n[:from]), firstRune(r.n[to:])
	if from > 0 && !r.w.Gap(from) && (isKanji(before) && before != '同' || isKatakana(before) || isLatin(before) || before >= '0' && before <= '9' || before == '・') {
		return false // UIC軍, 1軍
	}
	return !isKanji(after) && !isKatakana(after)
}

// choose picks one reading of a form: a trap hides all others, then what names itself comes before what stands for
// something.
func (r *run) choose(from, to int, terms []rules.LexTerm) rules.LexTerm {
	best := &terms[0]
	for i := 1; i < len(terms); i++ {
		if weight(&terms[i]) < weight(best) {
			best = &terms[i]
		}
	}
	return *best
}

func weight(t *rules.LexTerm) int {
	w := weights[t.Kind]
	if t.Alias.Ambiguous {
		w++
	}
	return w
}

// weights order the readings of one form, the first to be taken lowest.
var weights = [...]int{
	rules.TermTrap: 0, rules.TermCountry: 10, rules.TermNamed: 12, rules.TermOrganization: 14, rules.TermPerson: 16, rules.TermOffice: 18, rules.TermHead: 19,
	rules.TermMinistry: 20, rules.TermPlace: 24, rules.TermMark: 28, rules.TermProxy: 30, rules.TermKanji: 40,
}

// bounded reports whether a term at [from,to) is a word and no piece of one.
func (r *run) bounded(from, to int, terms []rules.LexTerm) bool {
	first, _ := utf8.DecodeRuneInString(r.n[from:])
	last, _ := utf8.DecodeLastRuneInString(r.n[:to])
	before, _ := utf8.DecodeLastRuneInString(r.n[:from])
	after, _ := utf8.DecodeRuneInString(r.n[to:])
	if r.w.Gap(from) {
		before = 0
	}
	if r.w.Gap(to) {
		after = 0
	}
	switch kind := terms[0].Kind; kind {
	case rules.TermTrap:
		// 日大 in 日大使 is no university: 大使 is a word.
		return !isKanji(last) || !isKanji(after) || r.w.Ends(to) || !r.s.Tokens[r.w.Token(to)].Known
	case rules.TermKanji:
		return true // kanjiRun decides
	case rules.TermMark:
		// Marks are judged where they are used; in kanji they must not be a piece of a longer word.
		if isKanji(first) && !r.w.Starts(from) && isKanji(before) || isKanji(last) && !r.w.Ends(to) && isKanji(after) {
			return false
		}
		return true
	}
	if t := terms[0]; t.Alias.Ambiguous && t.Kind == rules.TermOrganization && t.Class == "medium" &&
		(from > 0 && (isKanji(before) || isKatakana(before)) && !r.w.Starts(from) || to < len(r.n) && (isKanji(after) || isKatakana(after) || isLatin(after))) {
		return false
	}
	if terms[0].Kind == rules.TermCountry && (from > 0 && isLatin(before) || r.n[from:to] == "タイ" && r.isTie(from, to) || r.n[from:to] == "中国" && r.region()) {
		return false // TANSペルー; 中国 beside 四国
	}
	if k := terms[0].Kind; (k == rules.TermCountry || k == rules.TermPlace) && !r.w.Ends(to) {
		if t := &r.s.Tokens[r.w.Token(to-1)]; t.Known && t.POS[1] == "固有名詞" && t.POS[2] != "地域" && !r.ministryAt(to) {
			return false // 日本ビクター is one word of the dictionary, and so is イタリア中央銀行
		}
	}
	if from > 0 && landsBack(r.n[from:to], before) {
		return false
	}
	if terms[0].Kind == rules.TermCountry && (from == 0 || !isKanji(before) && !isKatakana(before)) {
		r.people(from, to, terms[0])
	}
	if k := terms[0].Kind; (k == rules.TermCountry || k == rules.TermPlace) && (r.insideName(to) || r.n[from:to] == "日本" && strings.ContainsRune("東西北南新全裏表大", before) && from > 0) {
		return false
	}
	switch {
	case isKatakana(first) && from > 0 && isKatakana(before) && !(terms[0].Kind == rules.TermOffice && r.gluedOffice(from, to)) && !r.gluedCountry(from, to, terms),
		isKatakana(last) && to < len(r.n) && isKatakana(after),
		isLatin(first) && from > 0 && isLatin(before),
		isLatin(last) && to < len(r.n) && isLatin(after):
		return false
	case isKanji(first) && from > 0 && isKanji(before) && !r.w.Starts(from) && !afterMark(before) && !(terms[0].Kind == rules.TermOffice && r.guessed(from)):
		return false
	case isKanji(last) && to < len(r.n) && isKanji(after) && !r.w.Ends(to):
		return false
	}
	return true
}

// gluedOffice reports whether an office that begins in katakana and ends in kanji stands right after a name in katakana, which の
// introduces: ウガンダのムトコスポーツ大臣.
func (r *run) gluedOffice(from, to int) bool {
	if !isKanji(lastRune(r.n[:to])) || utf8.RuneCountInString(r.n[from:to]) < 5 {
		return false
	}
	p := from
	for p > 0 && isKatakana(lastRune(r.n[:p])) {
		p -= len("ア")
	}
	return from-p >= 2*len("ア") && strings.HasSuffix(r.n[:p], "の")
}

// gluedCountry reports whether a country's or city's name in katakana stands between the full name of a person, in katakana too, and
// an office: ゲアハルト・シュレーダードイツ首相.
func (r *run) gluedCountry(from, to int, terms []rules.LexTerm) bool {
	if k := terms[0].Kind; k != rules.TermCountry && k != rules.TermPlace || utf8.RuneCountInString(r.n[from:to]) < 3 {
		return false
	}
	if end, next := r.lex.Longest(r.n, to); end == 0 || next[0].Kind != rules.TermOffice {
		return false
	}
	p := from
	for p > 0 && isKatakana(lastRune(r.n[:p])) {
		p -= len("ア")
	}
	return from-p >= 2*len("ア") && strings.HasSuffix(r.n[:p], "・") && isKatakana(lastRune(strings.TrimSuffix(r.n[:p], "・")))
}

// ministryAt reports whether a word at byte i makes a body or office of the country before it: 中央銀行, 中央銀行総裁.
func (r *run) ministryAt(i int) bool {
	_, terms := r.lex.Longest(r.n, i)
	return len(terms) > 0 && (terms[0].Kind == rules.TermMinistry || terms[0].Kind == rules.TermOffice)
}

// isTie reports that タイ is a tie or a given name: 歴代2位タイ, タイ記録, タイ・カッブ.
func (r *run) isTie(from, to int) bool {
	if endsInAny(r.n[:from], []string{"位", "最多", "最高", "最長", "最低", "最少", "最速", "最年少", "最年長"}) || strings.HasPrefix(r.n[to:], "記録") || strings.HasPrefix(r.n[to:], "トル") {
		return true
	}
	rest, ok := strings.CutPrefix(r.n[to:], "・")
	if !ok || !isKatakana(firstRune(rest)) {
		return false
	}
	end, terms := r.lex.Longest(rest, 0)
	return end == 0 || isKatakana(firstRune(rest[end:])) || terms[0].Kind != rules.TermCountry && terms[0].Kind != rules.TermPlace && terms[0].Kind != rules.TermOrganization
}

// region reports whether the sentence speaks of the regions of Japan, of which 中国 is one.
func (r *run) region() bool {
	return rules.Words().JapaneseRegions.In(r.n) && !strings.Contains(r.n, "中国政府") && !strings.Contains(r.n, "日中")
}

// landsBack reports 国後 in 帰国後, 訪国後: no island.
func landsBack(word string, before rune) bool {
	return word == "国後" && strings.ContainsRune("帰出入同訪来各両全開建", before)
}

// afterMark reports whether a character is a mark of an office, after which a name begins whatever the dictionary says:
// 元韓国大統領.
func afterMark(c rune) bool { return c == '元' || c == '前' || c == '故' || c == '現' }

// guessed reports whether byte i lies in a token that the analyser put together as a name without knowing it.
func (r *run) guessed(i int) bool {
	t := &r.s.Tokens[r.w.Token(i)]
	return t.Kind == morph.Name && !t.Known
}

// insideName reports whether a country's or place's name that ends at byte to goes on to something that is neither: its
// people, its language, or a body with a name of its own (大阪高等裁判所, 横浜国立大学).
func (r *run) insideName(to int) bool {
	rest := r.n[to:]
	if hasAnyPrefix(rest, "東部標準時", "標準時", "夏時間", "東部夏時間", "大通り") {
		return true
	}
	for _, w := range [...]string{"人", "語", "系", "料理", "オリンピック", "五輪", "ドル", "円"} {
		if strings.HasPrefix(rest, w) && (len(rest) == len(w) || r.w.Ends(to+len(w)) || !isKanji(firstRune(rest[len(w):]))) {
			return !(w == "人" && strings.HasPrefix(rest, "人民"))
		}
	}
	// The compound's last word.
	end := to
	for end < len(r.n) && end-to < 40 {
		t := &r.s.Tokens[r.w.Token(end)]
		if !r.w.Starts(end) || t.POS[0] != "名詞" || t.Kind == morph.Number {
			break
		}
		end += len(t.Norm)
	}
	if end == to || end > len(r.n) {
		return false
	}
	compound := r.n[to:end]
	return rules.Words().OwnNames.Ends(compound) && !strings.HasSuffix(compound, "最高裁")
}

// people notes the country of nationals who are named no other way: アメリカ人の記者, 日本人3人. It is who is acted on,
// never who acts.
func (r *run) people(from, to int, t rules.LexTerm) {
	rest, ok := strings.CutPrefix(r.n[to:], "人")
	if !ok || strings.HasPrefix(rest, "民") || rest == "" {
		return
	}
	if c := firstRune(rest); isKanji(c) && !rules.Words().Nationals.Starts(rest) {
		return
	}
	d := draft{from: from, to: to, head: from, nameFrom: from, nameTo: to}
	d.Kind, d.Proxy, d.Rule, d.Certainty = Country, "people", "people", 0.9
	d.Name, d.Countries, d.Candidates = r.n[from:to], []string{t.ID}, []string{t.ID}
	r.out = append(r.out, d)
}

// kanjiRun reads countries in one character each from byte i (米; 日米韓) and returns the end and their ids; no ids when
// they are no countries here.
func (r *run) kanjiRun(i int) (end int, ids []string) {
	var safety []rules.KanjiSafety
	end = i
	marked := true // all tokens are marked as countries by the tokenizer
	for end < len(r.n) {
		c, w := utf8.DecodeRuneInString(r.n[end:])
		terms := r.lex.Get(string(c))
		k := -1
		for j := range terms {
			if terms[j].Kind == rules.TermKanji {
				k = j
				break
			}
		}
		if k < 0 || !r.w.Starts(end) && end == i && isKanji(lastRune(r.n[:end])) && !afterMark(lastRune(r.n[:end])) {
			break
		}
		t := &r.s.Tokens[r.w.Token(end)]
		if t.Kind == morph.Travel || t.Kind == morph.Relation {
			break
		}
		marked = marked && t.Kind == morph.OneKanji
		if end > i && !marked && t.POS[1] == "接尾" {
			break // 訪米中
		}
		// A longer term that starts inside the run ends it: 日米国務省 is 日 and 米国務省.
		if end > i {
			if e, terms := r.lex.Longest(r.n, end); e > end+w && terms[0].Kind != rules.TermMark && terms[0].Kind != rules.TermKanji && r.w.Ends(e) {
				break
			}
		}
		if slices.Contains(ids, terms[k].ID) {
			return i, nil // 大阪日日新聞
		}
		ids, safety = append(ids, terms[k].ID), append(safety, terms[k].Safety)
		end += w
		if len(ids) == 6 {
			break
		}
	}
	if len(ids) == 0 {
		return i, nil
	}
	if !r.w.Ends(end) && isKanji(firstRune(r.n[end:])) || !r.w.Starts(i) && isKanji(lastRune(r.n[:i])) && !afterMark(lastRune(r.n[:i])) {
		return i, nil
	}
	switch c := firstRune(r.n[end:]); {
	case c >= '0' && c <= '9' && len(ids) == 1:
		return i, nil // 米10キロ
	case isKatakana(lastRune(r.n[:end])) && isKatakana(c), isKatakana(firstRune(r.n[i:])) && isKatakana(lastRune(r.n[:i])):
		return i, nil // ロ in パラサウロロフス
	case len(ids) == 1 && r.lineAfter(end):
		return i, nil // 米坂線
	case len(ids) == 1 && (c == '様' || c == '像' || c == '壇' || c == '閣'):
		return i, nil // 仏様
	case r.n[i:end] == "中" && strings.HasPrefix(r.n[end:], "日") && !r.stateful(end+len("日")),
		r.n[i:end] == "日" && strings.HasSuffix(r.n[:i], "中") && !r.stateful(end),
		r.n[i:end] == "中日" && !r.stateful(end):
		return i, nil // the newspaper and ball club
	}
	if marked {
		return end, ids
	}
	if r.kanjiInContext(i, end, safety) {
		return end, ids
	}
	return i, nil
}

// lineAfter reports that the kanji after byte i make the name of a railway, river or the like: 坂線 in 米坂線.
func (r *run) lineAfter(i int) bool {
	n := 0
	last := rune(0)
	for at := i; at < len(r.n) && isKanji(firstRune(r.n[at:])) && n < 4; at += utf8.RuneLen(last) {
		last = firstRune(r.n[at:])
		n++
	}
	return n >= 2 && n <= 3 && strings.ContainsRune("線駅川沢坂", last)
}

// stateful reports whether a word of what states do together follows byte i.
func (r *run) stateful(i int) bool {
	safety, ok := r.context("", r.n[i:])
	return ok && safety == rules.KanjiPrefix
}

// kanjiInContext applies the safety of one-character forms.
func (r *run) kanjiInContext(i, end int, safety []rules.KanjiSafety) bool {
	before, after := r.n[:i], r.n[end:]
	if c := lastRune(before); c >= '0' && c <= '9' || strings.ContainsRune("一二三四五六七八九十百千同翌当", c) && c != 0 && i > 0 {
		return false
	}
	word := strings.HasPrefix(r.n[i:end], "日中") && end-i == len("日中")
	compound := false
	free := true
	for _, s := range safety {
		compound = compound || s == rules.KanjiCompound
		free = free && s == rules.KanjiHeadline
	}
	t := &r.s.Tokens[r.w.Token(i)]
	if len(safety) == 1 && (t.POS[1] == "接尾" || t.POS[1] == "非自立") {
		return false
	}
	if rest, ok := strings.CutPrefix(after, "・"); ok && len(safety) == 1 {
		if _, terms := r.lex.Longest(rest, 0); len(terms) > 0 && (terms[0].Kind == rules.TermCountry || terms[0].Kind == rules.TermOrganization && terms[0].Country == "") {
			return true // 日・EU定期首脳協議
		}
	}
	if c, ok := r.context(before, after); ok && (!compound || len(safety) > 1) {
		return c != rules.KanjiHeadline || free || len(safety) > 1
	}
	if len(safety) > 1 && !word && !compound {
		return true
	}
	if len(safety) > 1 {
		return false
	}
	if r.s.Kind == schema.Headline && !compound && i == 0 && r.w.Ends(end) && hasAnyPrefix(after, "が", "は", "、") && r.namesCountry(end) {
		return true // 比が中国に抗議
	}
	if !free || r.s.Kind != schema.Headline || !r.w.Starts(i) || !r.w.Ends(end) {
		return false
	}
	return (i == 0 || strings.HasSuffix(before, "、") || strings.HasSuffix(before, "。") || strings.HasSuffix(before, "「") || strings.HasSuffix(before, "-") || strings.HasSuffix(before, "　")) &&
		(strings.HasPrefix(after, "、") || strings.HasPrefix(after, "が") || strings.HasPrefix(after, "は") || strings.HasPrefix(after, "と") || strings.HasPrefix(after, "に"))
}

// namesCountry reports whether a country's full name stands after byte i.
func (r *run) namesCountry(i int) bool {
	for ; i < len(r.n); i++ {
		if end, terms := r.lex.Longest(r.n, i); end > i && terms[0].Kind == rules.TermCountry {
			return true
		}
	}
	return false
}

// context is the safety that the words beside a one-character form suffice for; ok is false when none is there.
func (r *run) context(before, after string) (rules.KanjiSafety, bool) {
	var best rules.KanjiSafety
	for _, c := range rules.CountryContexts() {
		if len(c.Text) <= len("は") && !c.Before && c.Safety == rules.KanjiHeadline {
			continue // particles: see the headline rule
		}
		if c.Before && strings.HasSuffix(before, c.Text) || !c.Before && strings.HasPrefix(after, c.Text) {
			if best == "" || c.Safety == rules.KanjiPrefix {
				best = c.Safety
			}
		}
	}
	return best, best != ""
}

func isKanji(c rune) bool {
	return c >= 0x4E00 && c <= 0x9FFF || c == '々' || c == 'ヶ' || c >= 0x3400 && c <= 0x4DBF
}

func isKatakana(c rune) bool { return c >= 'ァ' && c <= 'ヺ' || c == 'ー' }

func isHiragana(c rune) bool { return c >= 'ぁ' && c <= 'ゖ' }

func isLatin(c rune) bool {
	return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= 0xC0 && c <= 0x24F
}

func firstRune(s string) rune {
	if s == "" {
		return 0
	}
	c, _ := utf8.DecodeRuneInString(s)
	return c
}

func lastRune(s string) rune {
	if s == "" {
		return 0
	}
	c, _ := utf8.DecodeLastRuneInString(s)
	return c
}
