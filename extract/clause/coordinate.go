package clause

import (
	"slices"

	"github.com/entente-kg/entente/extract/morph"
	"github.com/entente-kg/entente/extract/rules"
	"github.com/entente-kg/entente/schema"
)

// This file mends the tree of bunsetsu before arguments are read from it.

// leaveQuotes hangs a phrase before a quotation that the parser has put inside it (大統領は「…ない」と述べた) on what the
// quotation depends on.
func (w *work) leaveQuotes() {
	for next := 0; next < len(w.units); {
		first, last := next, next
		next++
		if w.units[first].bracket < 0 {
			continue
		}
		// Quotations in a row are one: 「…」「…」と述べた.
		for next < len(w.units) && w.units[next].bracket >= 0 && (w.units[next].bracket == w.units[last].bracket || !w.units[last].quote && w.units[last].kind != nominal) {
			last = next
			next++
		}
		// What stands inside stays inside: 「延期は不可避」と.
		for i := first; i < last; i++ {
			if u := &w.units[i]; u.dep > last && w.units[last].dep >= u.dep && !u.quote {
				u.dep = last
			}
		}
		closes := w.units[last].quote || w.units[last].mark == asRole || w.units[last].set&rules.QuoteLink != 0
		if first < 1 || last == first && w.units[last].kind == nominal || !closes || w.units[last].dep < 0 {
			continue
		}
		to := w.units[last].dep
		for i := first - 1; i >= 0 && first-i < 30; i-- {
			u := &w.units[i]
			if u.dep < first || u.dep > last {
				continue
			}
			if u.kind == nominal && (u.of || u.mark == "" && !u.topic && !u.comma) {
				continue
			}
			u.dep = to
		}
	}
}

// absorb turns verbs that serve as particles (中国をめぐり) into marks of the phrase before them.
func (w *work) absorb() {
	for i := 1; i < len(w.units); i++ {
		u := &w.units[i]
		if u.kind != verbal {
			continue
		}
		p := &w.units[i-1]
		if p.spill > u.head {
			p.dep, p.comma = u.dep, u.comma
			u.kind = absorbed
			w.absorbedBy(i, i-1)
			continue
		}
		if (p.kind == verbal || p.kind == sahenVerb) && p.mark == Ni && p.dep == i && w.s.Tokens[u.head].Base == "よる" && (u.quote || u.set&rules.Condition != 0) {
			// 外相が語ったところによると
			p.mark, p.dep, p.comma, p.tells = noCase, u.dep, u.comma, true
			u.kind = absorbed
			for j := i - 2; j >= 0 && i-j < 12; j-- {
				if x := &w.units[j]; x.dep == i && (x.mark == Ga || x.mark != "" && !x.wa) {
					x.dep = i - 1
				}
			}
			w.absorbedBy(i, i-1)
			continue
		}
		if p.kind != nominal || p.dep != i || p.topic || p.of {
			continue
		}
		for _, v := range w.a.cues.ParticleVerbs[w.s.Tokens[u.head].Base] {
			te := u.set&rules.Chain != 0 && u.set&rules.Past == 0 && u.neg == 0
			fits := v.Behind == w.behind(p.mark) && u.set&(rules.Passive|rules.Causative|rules.Progressive) == 0 &&
				(v.Adverbial && (te || u.stemForm) || v.Adnominal && u.finite && u.dep == i+1 && !u.quote && !u.comma ||
					v.Conditional && (u.quote || u.set&rules.Condition != 0) || v.Continuative && u.stemForm)
			if !fits {
				continue
			}
			p.mark, p.dep, p.comma = Case(v.Case), u.dep, u.comma
			p.of = v.Adnominal && u.finite
			p.topic, p.wa = u.topic, u.wa
			u.kind = absorbed
			w.absorbedBy(i, i-1)
			break
		}
	}
}

// manners turns verbs and adjectives that only tell how into modifiers, their dependents handed to the predicate: 両国を相次いで訪問,
// 決定を強く非難.
func (w *work) manners() {
	for i := range w.units {
		u := &w.units[i]
		if u.comma || i+1 >= len(w.units) || u.neg > 0 {
			continue
		}
		v := &w.units[i+1]
		switch {
		case u.kind == adjectival && u.end == u.head+1 && u.dep == i+1 && (v.kind == verbal && !becomes[w.s.Tokens[v.head].Base] || v.kind == sahenVerb):
			if w.s.Tokens[u.head].POS[0] != "形容詞" || w.s.Tokens[u.head].Form != "連用テ接続" {
				continue // 強く非難
			}
		case u.kind != verbal || u.head+2 != u.end || !manners[w.s.Tokens[u.head].Base]:
			continue
		case w.s.Tokens[u.head+1].Norm != "て" && w.s.Tokens[u.head+1].Norm != "で":
			continue
		}
		if v.kind == nominal && !w.eventHead(i+1) || v.kind == modifier {
			continue
		}
		for j := range w.units[:i] {
			if w.units[j].dep == i {
				w.units[j].dep = i + 1
			}
		}
		u.kind, u.mark = modifier, noCase
	}
}

// becomes are verbs whose adjective says what something becomes or is (高くなる), not how.
var becomes = map[string]bool{"なる": true, "する": true, "ある": true, "ござる": true, "感じる": true, "思う": true, "見える": true, "みる": true}

// manners are the verbs whose て form tells how or how often something is done.
var manners = map[string]bool{"相次ぐ": true, "続く": true, "引き続く": true, "重ねる": true, "揃う": true, "そろう": true, "改める": true, "併せる": true, "あわせる": true, "次ぐ": true, "連れ立つ": true}

// examples coordinates Xを of Xをはじめ(とする) with the phrase that it is the first of.
func (w *work) examples() {
	for i := 1; i+1 < len(w.units); i++ {
		p, u, n := &w.units[i-1], &w.units[i], i+1
		if u.mark == To && n+1 < len(w.units) && w.units[n].kind == verbal && w.s.Tokens[w.units[n].head].Base == "する" {
			n++ // をはじめと／する各国
		}
		next := &w.units[n]
		if p.kind != nominal || p.mark != Wo && p.mark != noCase || p.dep != i && p.dep != n-1 || w.s.Chunks[i].To-w.s.Chunks[i].From > 5 {
			continue
		}
		switch w.s.Tokens[w.s.Chunks[i].From].Norm {
		case "はじめ", "始め":
		default:
			continue
		}
		k := w.s.Chunks[i].From + 1
		as := u.mark == asRole || k+1 < u.end && w.s.Tokens[k].Norm == "と" && w.s.Tokens[k+1].Base == "する"
		if p.mark == Wo && !as && n == i+1 && !u.comma || next.kind != nominal {
			continue
		}
		p.mark, p.listed, p.dep = "", true, n
		u.kind, w.units[n-1].kind = absorbed, absorbed
	}
}

// absorbedBy hands the dependents of an absorbed unit to the one that it serves.
func (w *work) absorbedBy(i, by int) {
	for j := by - 1; j >= 0 && by-j < 12; j-- {
		if w.units[j].dep == i {
			w.units[j].dep = w.units[by].dep
		}
	}
}

// behind is the particle of a simple case.
func (w *work) behind(c Case) string {
	switch c {
	case Wo:
		return "を"
	case Ni:
		return "に"
	case To:
		return "と"
	}
	return ""
}

// swallowUnits takes the bunsetsu that an auxiliary pattern has read (はずだった, ことはない) out of the tree: what depends
// on one depends on the predicate before it.
func (w *work) swallowUnits() {
	slices.Sort(w.swallow)
	for _, i := range slices.Compact(w.swallow) {
		u := &w.units[i]
		u.swallowed = true
		by := i - 1
		for by > 0 && w.units[by].kind == absorbed {
			by--
		}
		if by < 0 || w.units[by].kind == nominal || w.units[by].kind == modifier {
			continue
		}
		p := &w.units[by]
		p.finite, p.stemForm = u.finite || u.kind == nominal, u.stemForm
		u.kind = absorbed
		for j := i - 1; j >= 0 && i-j < 40; j-- {
			if w.units[j].dep == i && j != by {
				w.units[j].dep = by
				if j > by {
					w.units[j].dep = u.dep
				}
			}
		}
		p.dep, p.comma, p.stop = u.dep, p.comma || u.comma, p.stop || u.stop
		p.quote = p.quote || u.quote
		if p.set&rules.Links == 0 {
			p.set |= u.set & rules.Links
		}
		if p.mark == "" {
			p.mark = u.mark
		}
	}
	w.swallow = w.swallow[:0]
}

// coordinate decides which phrases are conjuncts of the noun that they depend on.
func (w *work) coordinate() {
	w.swallowUnits()
	for i := range w.units {
		u := &w.units[i]
		if u.kind != nominal || u.dep < 0 || u.topic || u.of || u.quote {
			continue
		}
		d := &w.units[u.dep]
		if u.mark == "" && u.comma && w.eventHead(i) && w.governs(i) {
			continue // 首相と会談、経済協力で一致した
		}
		nounHead := d.kind == nominal || d.kind == copular || d.kind == sahenVerb && d.start < d.head
		if n := i + 1; u.listed && u.mark == "" && u.dep > n && w.isRegion(i) && w.units[n].kind == nominal && w.units[n].of && w.units[n].mark == "" && w.isRegion(n) {
			u.dep, nounHead = n, true // カナダやメキシコの首脳
		}
		switch {
		case u.mark == To && i+1 < len(w.units) && w.units[i+1].mark == source && w.isActor(i):
			u.dep, u.para = i+1, true // A紙とB紙によると
		case w.headlineSubject(i):
			u.dep = w.headlineVerb(i)
		case u.listed && u.mark == "":
			u.para = nounHead
		case u.mark == To:
			next := i + 1
			switch {
			case d.kind == nominal && d.mark == De && !d.of && d.dep >= 0 && w.titled(i) && w.isRegion(u.dep):
				u.dep = d.dep // 外相と上海で会談
			case d.kind == nominal && d.mark != "" && !d.of && w.words[u.head].is(mayActor) && !w.words[d.head].is(mayActor):
				// カンボジアと協定を: with whom, not one of two things.
				if d.dep >= 0 {
					u.dep = d.dep
				}
			case d.kind == nominal && (u.dep != next || !w.eventHead(u.dep) || w.eventHead(i) || d.start < d.head && w.words[d.start].is(mayActor)):
				u.para = true
			case u.listed && next < len(w.units) && w.units[next].kind == nominal && w.units[next].dep == u.dep &&
				(w.units[next].mark == Ga || w.units[next].wa || w.units[next].mark == Wo || w.units[next].mark == To):
				u.dep, u.para = next, true
			default:
				if j := w.nextSibling(i); j >= 0 && (w.units[j].mark == Wo || w.units[j].mark == Ga || w.units[j].wa && w.units[j].mark == "") && w.alike(i, j) {
					u.dep, u.para = j, true
				}
			}
		case u.mark == "" && d.kind == nominal && !w.isTime(i) && (u.comma || w.words[u.head].is(proper) || w.s.Tokens[u.head].Kind == morph.Name):
			u.para = !w.eventHead(u.dep) || w.words[u.head].is(mayActor) && w.words[d.start].is(mayActor) && d.start < d.head || w.eventHead(i)
		}
	}
}

// headlineSubject reports whether unit i begins a headline as who acts in it (首相、米国を訪問; 米国、ロシアへの制裁を発表), where
// the parser listed it with what follows. A subject behind it makes it one of a list: 日本、米国の首脳が会談.
func (w *work) headlineSubject(i int) bool {
	u := &w.units[i]
	if i > 3 || u.mark != "" || !u.comma || w.s.Kind == schema.Prose || !w.isActor(i) || w.isTime(i) {
		return false
	}
	for j := range i { // ケニアとウガンダ、
		if v := &w.units[j]; !w.isActor(j) || v.mark != To && !v.listed || v.dep != i {
			return false
		}
	}
	if d := &w.units[u.dep]; d.kind != nominal || d.mark == Ga || d.dep >= 0 && (d.topic || d.mark == "" && !d.of) {
		return false
	}
	root := w.headlineVerb(i)
	act := w.units[root].kind != nominal || w.eventHead(root)
	for j := 1; j < root; j++ {
		v := &w.units[j]
		if v.mark == Ga || v.wa || v.topic {
			return false
		}
		act = act || v.mark == Wo && v.dep == root // 離脱を宣言
	}
	return act
}

// headlineVerb is the first unit above unit i that is no phrase of another.
func (w *work) headlineVerb(i int) int {
	to := w.units[i].dep
	for to >= 0 && w.units[to].kind == nominal && w.units[to].dep >= 0 {
		to = w.units[to].dep
	}
	return to
}

// nextSibling is the next unit to the right that depends on the same one as unit i, if all between depends on it.
func (w *work) nextSibling(i int) int {
	d := w.units[i].dep
	for j := i + 1; j < d && j < i+8; j++ {
		if w.units[j].dep == d {
			if w.units[j].kind == nominal {
				return j
			}
			return -1
		}
	}
	return -1
}

// alike reports whether units i and j may be coordinated: two acts, or two of what the dictionary tags as a list.
func (w *work) alike(i, j int) bool {
	a, b := w.words[w.units[i].head], w.words[w.units[j].head]
	if w.eventHead(i) && w.eventHead(j) {
		return true
	}
	return w.units[i].listed && a.is(mayActor) == b.is(mayActor)
}

// overCondition hands a phrase with に対し(も)、 that the parser hung on a conditional clause to the clause that it is the
// condition of: 中国に対し、補助金を見直さなければ関税を引き上げると警告した.
func (w *work) overCondition() {
	for i := range w.units {
		u := &w.units[i]
		if u.kind != nominal || u.of || u.para || u.mark != NiTaishi || !u.comma || u.dep < 0 || !w.isActor(i) {
			continue
		}
		if d := &w.units[u.dep]; d.set&rules.Condition != 0 && d.dep >= 0 && (d.kind == verbal || d.kind == sahenVerb) {
			u.dep = d.dep
		}
	}
}

// partners hands a country or person with と that the parser hung on the topic of a pact to the verb that takes two parties:
// 中国と警察協力に関する協定に署名した.
func (w *work) partners() {
	for i := range w.units {
		u := &w.units[i]
		if u.kind != nominal || u.mark != To || u.of || u.topic || u.para || u.dep < 0 || !w.isRegion(i) && !w.titled(i) {
			continue
		}
		d := &w.units[u.dep]
		if d.kind != nominal || !d.of || d.mark != NiTsuite || d.dep < 0 {
			continue
		}
		v := w.units[d.dep].dep
		if v >= 0 && (w.units[v].kind == sahenVerb && w.a.cues.Mutual[w.s.Tokens[w.units[v].head].Norm] || w.a.cues.Mutual[w.s.Tokens[w.units[v].head].Base]) {
			u.dep = v
		}
	}
}

// addressees hands a person or state with に that the parser hung on the main verb to the request within its object:
// 当事者に停戦を求める決議案を採択した.
func (w *work) addressees() {
	for i := range w.units {
		u := &w.units[i]
		if u.kind != nominal || u.of || u.topic || u.para || u.mark != Ni || u.dep < i+3 || !w.isActor(i) || w.units[u.dep].kind != sahenVerb || w.units[u.dep].set&rules.Passive != 0 {
			continue
		}
		if e, ok := w.embedding(w.s.Tokens[w.units[u.dep].head].Norm, rules.ByClause); ok && e.Control == "ni" {
			continue
		}
		for j := i + 1; j < u.dep; j++ {
			v := &w.units[j]
			if v.kind != verbal && v.kind != sahenVerb || !v.finite || v.quote || v.dep != j+1 || v.set&rules.Passive != 0 {
				continue
			}
			d := &w.units[v.dep]
			if d.dep != u.dep || d.mark != Wo {
				continue
			}
			lemma := w.s.Tokens[v.head].Base
			if v.kind == sahenVerb {
				lemma = w.s.Tokens[v.head].Norm
			}
			if e, ok := w.embedding(lemma, rules.ByNoun); ok && e.Control == "ni" && e.Content&rules.Requested != 0 && w.a.cues.Nouns[w.s.Tokens[d.head].Norm] != nil {
				u.dep = j
				break
			}
		}
	}
}

// raise hands phrases in a verb's case that hang on an event noun with a case of its own to the predicate above
// (中国に対し、撤退を求めた): a noun takes の, との, への, not に and を.
func (w *work) raise() {
	for i := range w.units {
		u := &w.units[i]
		if u.kind != nominal || u.dep < 0 || u.of || u.para || u.mark == "" && !u.topic {
			continue
		}
		for d, n := u.dep, 0; d >= 0 && n < 16; d, n = w.units[d].dep, n+1 {
			h := &w.units[d]
			if u.mark == NiTaishi && h.kind == copular && h.dep >= 0 {
				continue // 大使に対し、事件であるとして抗議した
			}
			if h.kind != nominal || h.mark == "" && !h.of && !h.topic || h.dep < 0 || h.of && u.mark != Wo && u.mark != Ga && u.mark != Ni && !u.topic && u.mark != NiTaishi {
				u.dep = d
				break
			}
			if s, ok := w.a.cues.Suffixes[w.s.Tokens[h.head].Norm]; ok && s.Set&rules.Time != 0 && h.start < h.head && !u.topic && !u.wa && u.mark != Ga {
				u.dep = d // 日本を訪問中に
				break
			}
			if h.of && w.eventHead(d) && !u.topic {
				u.dep = d
				break
			}
		}
	}
}
