package mention

import (
	"strings"
	"unicode/utf8"

	"github.com/entente-kg/entente/extract/rules"
)

// relativeAt makes an item of the anaphor at byte i and returns its end, i when there is none.
func (r *run) relativeAt(i int) int {
	if to, n := r.countedCountries(i); to > i {
		r.items = append(r.items, item{from: i, to: to, relative: true, class: "country", number: n})
		return to
	}
	best := 0
	var a rules.Anaphor
	r.relative.Each(r.n, i, func(end int, v []rules.Anaphor) bool {
		if r.relativeBounded(i, end) {
			best, a = end, v[0]
		}
		return true
	})
	if best == 0 {
		return i
	}
	it := item{from: i, to: best, relative: true, class: a.Class, number: a.Number}
	if a.Class == "country" {
		switch {
		case strings.HasSuffix(a.Word, "政府"):
			it.proxy = "government"
		case strings.HasSuffix(a.Word, "軍"):
			it.proxy = "forces"
		case strings.HasSuffix(a.Word, "側"):
			it.proxy = "side"
		}
	}
	r.items = append(r.items, it)
	return best
}

// relativeBounded refuses pieces of longer words: 同盟, 私立, 同国人, 双方向, 三者三様.
func (r *run) relativeBounded(from, to int) bool {
	first, before := firstRune(r.n[from:]), lastRune(r.n[:from])
	last, after := lastRune(r.n[:to]), firstRune(r.n[to:])
	switch word := r.n[from:to]; word {
	case "私", "彼":
		return !isKanji(before) && !isKanji(after) && r.w.Starts(from)
	case "二国", "三国":
		return strings.HasPrefix(r.n[to:], "間") && r.w.Starts(from)
	case "三者", "3者", "双方", "両者", "4者", "四者":
		if isKanji(before) || isKatakana(before) || isLatin(before) {
			return false // 衆参双方, 日米双方: a list before it says who
		}
		if strings.HasPrefix(r.n[to:], "向") || strings.HasPrefix(r.n[to:], "三様") || strings.HasPrefix(r.n[to:], "択一") {
			return false
		}
	}
	if isKanji(first) && isKanji(before) && !r.w.Starts(from) {
		return false
	}
	if isKanji(last) && isKanji(after) && !r.w.Ends(to) {
		return false
	}
	return !(after == '人' && lastRune(r.n[:to]) == '国')
}

// countedCountries reads 4カ国, 三か国, 両3カ国; n is their number.
func (r *run) countedCountries(i int) (to, n int) {
	c, w := utf8.DecodeRuneInString(r.n[i:])
	switch {
	case c >= '2' && c <= '9':
		n = int(c - '0')
	case c >= 0x80:
		n = kanjiDigit(c)
	}
	if n == 0 || i > 0 && r.n[i-1] >= '0' && r.n[i-1] <= '9' || strings.ContainsRune("十百〇一二三四五六七八九", lastRune(r.n[:i])) && i > 0 {
		return i, 0
	}
	if b := lastRune(r.n[:i]); isKanji(b) && !r.w.Gap(i) && r.ending(i) == nil && (len(r.items) == 0 || r.items[len(r.items)-1].to != i) {
		return i, 0 // 上位2カ国
	}
	rest := r.n[i+w:]
	for _, k := range [...]string{"カ国", "か国", "ヶ国", "ヵ国", "ケ国", "箇国"} {
		if strings.HasPrefix(rest, k) {
			rest = rest[len(k):]
			if strings.HasPrefix(rest, "語") || strings.HasPrefix(rest, "目") || strings.HasPrefix(rest, "以上") {
				return i, 0
			}
			return i + w + len(k), n
		}
	}
	return i, 0
}

// kanjiDigit is the value of 二 to 九, 0 for every other character.
func kanjiDigit(c rune) int {
	switch c {
	case '二':
		return 2
	case '三':
		return 3
	case '四':
		return 4
	case '五':
		return 5
	case '六':
		return 6
	case '七':
		return 7
	case '八':
		return 8
	case '九':
		return 9
	}
	return 0
}

// combine puts items together that stand side by side: a country and what acts for it, a ministry, an unnamed spokesman,
// two countries and 両国, a leader's name and 政権.
func (r *run) combine() {
	in := r.items
	out := make([]item, 0, len(in))
	for i := 0; i < len(in); i++ {
		it := in[i]
		switch {
		case isCountry(&it) && it.country != "":
			it = r.withProxy(it)
			if j := i + 1; j < len(in) && in[j].kind == rules.TermCountry && in[j].country == "" && !in[j].relative && it.to+len("の") == in[j].from && r.joined(it.to, in[j].from) {
				it.to, it.proxy = in[j].to, in[j].proxy // 日本国の政府
				out = append(out, it)
				i = j
				continue
			}
			if j := i + 1; j < len(in) && in[j].kind == rules.TermOrganization && in[j].from == it.to {
				r.asMinistry(&in[j], it.country)
			}
			if j := i + 1; j < len(in) && in[j].kind == rules.TermMinistry && !in[j].relative && r.joined(it.to, in[j].from) && it.proxy != "seat" {
				m := rules.MinistryOf(mustCountry(it.country), *in[j].term.Ministry)
				it.used = true
				out = append(out, it)
				org := item{kind: rules.TermOrganization, from: it.from, to: in[j].to, country: it.country, term: rules.LexTerm{Kind: rules.TermOrganization, ID: m.ID, Country: it.country, Class: m.Kind, Ministry: in[j].term.Ministry}}
				out = append(out, r.withSpokesman(org))
				i = j
				continue
			}
			it = r.withSpokesman(it)
		case it.relative && (it.class == "country" || it.class == "leader") && it.number == 2:
			// 日米両国: the two characters before say who.
			if k := len(out); k >= 2 && out[k-1].to == it.from && out[k-1].kind == rules.TermKanji && out[k-2].to == out[k-1].from && out[k-2].kind == rules.TermKanji {
				it.from = out[k-2].from
				it.country, it.more = out[k-2].country, []string{out[k-1].country}
			}
		case it.relative && it.class == "country" && it.number > 2 && len(out) >= it.number:
			// 日米韓3カ国.
			k := len(out)
			from := k
			for from > 0 && k-from < it.number && out[from-1].kind == rules.TermKanji && out[from-1].to == at(out, from, it.from) {
				from--
			}
			if k-from == it.number {
				it.country, it.more = out[from].country, nil
				for _, x := range out[from+1:] {
					it.more = append(it.more, x.country)
				}
				it.from = out[from].from
			}
		case it.relative && it.number == 1 && (it.class == "country" || strings.HasPrefix(it.class, "organization")):
			it = r.withSpokesman(it)
		case it.kind == rules.TermOrganization && !it.relative || it.kind == rules.TermMinistry && !it.relative:
			for _, organ := range [...]string{"委員会", "理事会", "事務局"} { // ECOWAS委員会: what it does its body does
				if it.kind == rules.TermOrganization && strings.HasPrefix(r.n[it.to:], organ) && r.w.Ends(it.to+len(organ)) && (i+1 == len(in) || in[i+1].from >= it.to+len(organ)) {
					it.to += len(organ)
				}
			}
			it = r.withSpokesman(it)
		}
		out = append(out, it)
	}
	// What an item took in (an office in 外務省の報道官) is no item of its own.
	for i, end := 0, 0; i < len(out); i++ {
		if out[i].to <= end && (out[i].kind == rules.TermOffice || out[i].kind == rules.TermMark || out[i].kind == rules.TermMinistry) && !out[i].relative {
			out[i].used = true
			out[i].kind = rules.TermTrap
		}
		if out[i].proxy != "" {
			end = max(end, out[i].to)
		}
	}
	r.items = out
}

// asMinistry reads 最高裁 after イギリス as that country's, whatever body of another country has the name.
func (r *run) asMinistry(it *item, country string) {
	if it.country == country {
		return
	}
	for _, t := range r.lex.Get(r.n[it.from:it.to]) {
		if t.Kind == rules.TermMinistry {
			it.kind, it.term = rules.TermMinistry, t
		}
	}
}

// at is where the item after out[:k] starts: out[k], or the one that is being put together.
func at(out []item, k, next int) int {
	if k < len(out) {
		return out[k].from
	}
	return next
}

func isCountry(it *item) bool {
	return !it.relative && (it.kind == rules.TermCountry || it.kind == rules.TermKanji)
}

func mustCountry(id string) rules.Country {
	c, _ := rules.CountryByID(id)
	return c
}

// joined reports whether what starts at b stands beside what ends at a, or after の.
func (r *run) joined(a, b int) bool { return a == b || a+len("の") == b && r.n[a:b] == "の" }

// withProxy takes 政府, 側, 軍 into a country's item.
func (r *run) withProxy(it item) item {
	end, kind := 0, ""
	r.lex.Each(r.n, it.to, func(e int, terms []rules.LexTerm) bool {
		for _, t := range terms {
			if t.Kind == rules.TermProxy && (r.w.Ends(e) || !isKanji(firstRune(r.n[e:]))) {
				end, kind = e, t.Class
			}
		}
		return true
	})
	if end == 0 {
		return it
	}
	// 中国軍事 is no 軍, and 政府間 no government.
	if strings.HasPrefix(r.n[end:], "間") || strings.HasPrefix(r.n[end:], "機関") {
		return it
	}
	it.to, it.proxy = end, kind
	return it
}

// withSpokesman takes an unnamed spokesman or official into the item of what he or she speaks for.
func (r *run) withSpokesman(it item) item {
	at := it.to
	if strings.HasPrefix(r.n[at:], "の") {
		at += len("の")
	}
	end, terms := r.lex.Longest(r.n, at)
	for _, t := range terms {
		if t.Kind != rules.TermOffice || !(t.Office.Kind == rules.OfficeSpokesperson || t.Office.Ja == "高官" || t.Office.Ja == "外交官" || t.Office.Ja == "官僚" || t.Office.Ja == "外務省高官") {
			continue
		}
		// A name beside it makes it a person's office.
		if isKatakana(firstRune(r.n[end:])) || isKanji(firstRune(r.n[end:])) && !r.w.Ends(end) {
			return it
		}
		if end < len(r.n) && r.w.Token(end) < len(r.s.Tokens) {
			t := &r.s.Tokens[r.w.Token(end)]
			if t.POS[2] == "人名" || t.POS[0] == "名詞" && t.POS[1] != "接尾" && isKanji(firstRune(r.n[end:])) {
				return it
			}
		}
		rest := r.n[end:]
		if strings.HasPrefix(rest, "の") {
			rest = rest[len("の"):]
			if isKatakana(firstRune(rest)) || r.personFollows(end+len("の")) {
				return it
			}
		}
		it.to = end
		it.proxy = "spokesman"
		return it
	}
	return it
}

// personFollows reports whether a name with 氏 starts at byte i.
func (r *run) personFollows(i int) bool {
	for at, c := range r.n[i:] {
		if at > 30 {
			return false
		}
		if c == '氏' {
			return true
		}
		if !isKanji(c) && !isKatakana(c) && c != '・' {
			return false
		}
	}
	return false
}
