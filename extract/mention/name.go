package mention

import (
	"strings"
	"unicode/utf8"

	"github.com/entente-kg/entente/extract/morph"
	"github.com/entente-kg/entente/extract/rules"
)

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
		if it.kind == rules.TermOffice && it.from >= from && it.to <= p || it.kind == rules.TermOrganization && !it.relative && it.from == from && it.to > p {
			return 0, false // the second: イタリア中央銀行総裁
		}
	}
	name := r.n[from:p]
	if utf8.RuneCountInString(name) < 2 && !(rules.Words().KoreanKana.Has(name) && r.headOffice(p)) {
		return 0, false
	}
	if !strings.ContainsAny(name, "・=") && r.commonNoun(from, p) && len(rules.Holders().Surnamed(name)) == 0 && !(r.bodyBefore(from) && r.highOffice(p)) && !r.formerOffice(p) {
		return 0, false
	}
	return from, true
}

// formerOffice reports whether 前 or 元 and an office stand at byte p: グラス前副大統領.
func (r *run) formerOffice(p int) bool {
	for _, m := range [...]string{"前", "元"} {
		if strings.HasPrefix(r.n[p:], m) {
			it := r.starting(p + len(m))
			return it != nil && !it.relative && it.kind == rules.TermOffice && it.term.Office.Actor
		}
	}
	return false
}

// headOffice reports whether the office of a head of state or government, or of its diplomacy, stands at byte p.
func (r *run) headOffice(p int) bool {
	it := r.starting(p)
	if it == nil || it.relative || it.kind != rules.TermOffice {
		return false
	}
	switch it.term.Office.Kind {
	case rules.OfficeHeadOfState, rules.OfficeHeadOfGovernment, rules.OfficeForeignMinister:
		return true
	}
	return false
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
	if strings.HasSuffix(name, "派") && count >= 2 {
		return 0 // a faction: 亀井派
	}
	if strings.HasSuffix(name, "両") || strings.HasSuffix(name, "各") || r.countriesOnly(from, to) {
		return 0
	}
	if c := lastRune(name); count >= 3 && strings.ContainsRune("市県町村郡区州", c) && c != first {
		return 0
	}
	if last := &r.s.Tokens[r.w.Token(to-1)]; last.POS[1] == "接尾" && (last.POS[2] == "地域" || last.Norm == "者" || last.Norm == "員") {
		return 0 // 茨城県, 関係者
	}
	if rules.Words().NotNames.Has(name) && !(name == "王" && r.highOffice(to)) || strings.ContainsRune("同両各某元前新現副次故諸", first) {
		return 0
	}
	if !isKanji(first) && len(rules.Holders().Surnamed(name)) == 0 && names == 0 {
		return 0
	}
	if name == "全" {
		return 0 // 全閣僚
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
		if it.kind != rules.TermKanji && it.kind != rules.TermTrap {
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
