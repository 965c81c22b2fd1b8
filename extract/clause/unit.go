package clause

import (
	"slices"

	"github.com/entente-kg/entente/extract/morph"
	"github.com/entente-kg/entente/extract/rules"
	"github.com/entente-kg/entente/schema"
)

// kind is what a bunsetsu is built on.
type kind uint8

const (
	nominal   kind = iota // a noun with or without particles
	verbal                // a verb
	sahenVerb             // a サ変 noun with する
	adjectival
	copular  // a noun with だ, である
	modifier // adverbs, 連体詞, 接続詞
	absorbed // a verb that serves as a particle of the bunsetsu before (めぐり)
)

// unit is a bunsetsu read for its role: its head, how it is marked, and what follows its head.
type unit struct {
	kind kind
	// head is the last content token; start the first token of the compound that ends there.
	head, start int
	// outer is the token of a second verb in the bunsetsu that reports the first (合意したとしている), -1 for none; said are
	// the effects behind it, saidNeg its negations.
	outer   int
	said    rules.Effect
	saidNeg int
	// saidLinks are the links behind the outer verb.
	saidLinks rules.Effect
	// hash is that of the head's dictionary form.
	hash uint32
	// end is one past the last token before the closing punctuation.
	end int
	// dep is the unit it depends on, -1 for the last; first and next thread the units that depend on one, right to left.
	dep         int
	first, next int
	// mark is the case marked by particles, "" for none; also "source", "as", "none".
	mark Case
	// topic is set by は, も and the like; also the は alone, apart from も.
	topic, wa bool
	// of is set where the phrase goes on to a noun (の, による).
	of bool
	// para is set where the phrase is coordinated with the noun that it depends on.
	para bool
	// listed is set by particles that only coordinate (や, か, および).
	listed bool
	// quote is set by a と, との or という that closes a clause or quotation.
	quote bool
	comma bool
	stop  bool
	// finite is set for predicates that end in a form that can modify a noun.
	finite bool
	// stemForm is set for predicates that end in 連用形: the clause goes on.
	stemForm bool
	// set are the effects of what follows the predicate, wide those that reach chained clauses; neg counts negations.
	set, wide rules.Effect
	neg       int
	// pred is the index of the predicate on it, -1 for none.
	pred int
	// above is the nearest predicate that the unit depends on, directly or over nouns, -1 for none.
	above int
	// swallowed is set where an auxiliary pattern of the unit before has used its head (こと of ことはない).
	swallowed bool
	quoted    bool // inside brackets of quotation
	// bracket is the index of that quotation, -1 for none.
	bracket int
	// spill is one past the last token that the unit's particles take, where they reach into the next bunsetsu.
	spill int
}

const (
	source Case = "source"
	asRole Case = "as"
	noCase Case = "none"
)

// makeUnits reads every bunsetsu of the sentence.
func (w *work) makeUnits() {
	s := w.s
	w.words = w.words[:0]
	for i := range s.Tokens {
		w.words = append(w.words, classify(&s.Tokens[i]))
	}
	w.units = w.units[:0]
	for i := range s.Chunks {
		w.units = append(w.units, unit{dep: s.Chunks[i].Dep, first: -1, next: -1, pred: -1})
		if u := &w.units[i]; u.dep <= i || u.dep >= len(s.Chunks) {
			u.dep = -1
		}
	}
	w.bracket = 0
	for i := range w.units {
		w.readUnit(i)
	}
	w.leaveQuotes()
	w.absorb()
	w.coordinate()
	w.raise()
	w.lower()
	// Threads of dependents: the last one first, so that pushing to the front leaves them in text order.
	for i := len(w.units) - 1; i >= 0; i-- {
		u := &w.units[i]
		if u.kind == absorbed || u.dep < 0 {
			continue
		}
		h := &w.units[u.dep]
		u.next = h.first
		h.first = i
	}
}

// readUnit finds the head, kind, particles and what follows the predicate of unit i.
func (w *work) readUnit(i int) {
	u, c := &w.units[i], &w.s.Chunks[i]
	u.end = c.To
	for u.end > c.From && w.words[u.end-1].class == symbol && !w.words[u.end-1].is(closer) {
		switch {
		case w.words[u.end-1].is(comma):
			u.comma = true
		case w.words[u.end-1].is(period):
			u.stop = true
		case w.words[u.end-1].is(middot):
			u.listed = true
		}
		u.end--
	}
	for k := u.end - 1; k > c.From && w.words[k].is(closer); k-- {
		if w.words[k-1].is(period) {
			u.stop = true
		}
	}
	u.head = w.headOf(i)
	u.start = w.compoundStart(i, u.head)
	u.hash = wordHash(w.s.Tokens[u.head].Base)
	// Quotations rise with the units: w.bracket is the first that may still hold one.
	at := w.s.Tokens[u.head].Span
	for w.bracket < len(w.s.Quotes) && w.s.Quotes[w.bracket].End <= at.Start {
		w.bracket++
	}
	u.bracket = -1
	if w.bracket < len(w.s.Quotes) && w.s.Quotes[w.bracket].Contains(at) {
		u.quoted, u.bracket = true, w.bracket
	}
	u.outer = -1
	if inner := w.innerHead(i); inner >= 0 {
		if w.words[inner].class == particle {
			inner = -1
		}
		if inner >= 0 {
			u.outer, u.head = u.head, inner
			u.start = w.compoundStart(i, inner)
			u.hash = wordHash(w.s.Tokens[inner].Base)
		}
	}
	if u.outer < 0 {
		u.outer = w.outerVerb(u)
	}
	h := w.words[u.head]
	after := u.head + 1
	for after < u.end && w.words[after].is(closer) {
		after++
	}
	switch {
	case h.class == verb && w.nominalised(i, after):
		w.words[u.head].class = noun
		w.words[u.head].trait |= sahen
		u.start = w.compoundStart(i, u.head)
		u.kind = nominal
		w.readParticles(i, u.head+1)
	case h.class == verb || h.class == verbDep:
		u.kind = verbal
		w.readPredicate(i, u.head+1)
	case h.class == adjective || h.class == auxiliary && w.s.Tokens[u.head].Base == "ない":
		u.kind = adjectival
		w.readPredicate(i, u.head+1)
	case h.class == noun && after < u.end && w.isSuru(after):
		u.kind = sahenVerb
		w.readPredicate(i, after+1)
	case h.class == noun && after < u.end && w.isCopula(after):
		u.kind = copular
		if h.is(stem) || w.s.Tokens[after].Norm == "な" {
			u.kind = adjectival
		}
		w.readPredicate(i, after)
	case h.class == noun || h.class == prefix || h.class == otherClass:
		u.kind = nominal
		w.readParticles(i, u.head+1)
		if u.mark == De && u.wa && !u.of && w.a.cues.Sources[w.s.Tokens[u.head].Norm] {
			u.mark = source // 報道では
		}
		if u.mark == Ni && !u.of && (h.is(stem) || h.is(formal) && w.adverbialNoun(u.head)) {
			u.mark = noCase
		}
	default:
		u.kind = modifier
		w.readParticles(i, u.head+1)
		if h.class == adverb || h.class == conjunction || h.class == adnominal {
			u.mark = noCase
		}
	}
}

// innerHead is the token of a predicate before the head that the bunsetsu's last verb only reports or qualifies
// (合意したとしている, 辞任するかもしれない), -1 for none.
func (w *work) innerHead(i int) int {
	c, u := &w.s.Chunks[i], &w.units[i]
	if u.head-2 < c.From {
		return -1
	}
	if w.words[u.head].class == verb {
		// 就くことができない in one bunsetsu
		for k := u.head - 1; k > c.From; k-- {
			if w.words[k].is(formal) && w.s.Tokens[k].Norm == "こと" {
				switch x := w.words[k-1]; {
				case x.class == verb && w.isSuru(k-1) && k-1 > c.From && w.words[k-2].class == noun:
					return k - 2
				case x.class == verb:
					return k - 1
				case (x.class == verbDep || x.class == auxiliary) && k-2 >= c.From:
					for j := k - 2; j >= c.From; j-- {
						if w.words[j].class == verb {
							if w.isSuru(j) && j > c.From && w.words[j-1].class == noun {
								return j - 1
							}
							return j
						}
					}
				}
			}
		}
	}
	if w.words[u.head].is(formal) && w.words[u.head].class == noun {
		// しないわけではない, するはずだった: what is read behind the verb.
		for k := u.head - 1; k >= c.From; k-- {
			switch x := w.words[k]; {
			case x.class == verb && w.isSuru(k) && k > c.From && w.words[k-1].class == noun:
				return k - 1
			case x.class == verb:
				return k
			}
		}
		return -1
	}
	if w.words[u.head].class != verb && w.words[u.head].class != verbDep {
		return -1
	}
	before := &w.s.Tokens[u.head-1]
	if before.Norm != "と" && before.Norm != "かも" && before.Norm != "とも" && before.Norm != "も" {
		return -1
	}
	for k := u.head - 2; k >= c.From; k-- {
		x := w.words[k]
		switch {
		case x.class == verb && w.isSuru(k) && k > c.From && w.words[k-1].class == noun:
			return k - 1
		case x.class == verb || x.class == adjective:
			return k
		case x.class == noun && k+1 < u.head && (w.words[k+1].class == auxiliary || w.words[k+1].is(closer)):
			return k
		}
	}
	return -1
}

// outerVerb is the token of する, いう, みる behind と in the bunsetsu, -1 for none.
func (w *work) outerVerb(u *unit) int {
	if w.words[u.head].class == noun && u.head+1 < u.end && w.words[u.head+1].class == particle {
		return -1 // 目的とする
	}
	for k := u.head + 1; k+1 < u.end; k++ {
		if w.words[k].class != particle || w.s.Tokens[k].Norm != "と" || w.words[k+1].class != verb {
			continue
		}
		switch w.s.Tokens[k+1].Base {
		case "する", "いう", "言う", "みる", "見る", "思う", "考える":
			if w.s.Tokens[k-1].Norm == "う" {
				return -1 // しようとする
			}
			return k + 1
		}
	}
	return -1
}

// nominalised reports a verb in 連用形 that stands as a noun: 価格引き下げ, 呼びかけを.
func (w *work) nominalised(i, after int) bool {
	u := &w.units[i]
	if w.s.Tokens[u.head].Form != "連用形" {
		return false
	}
	if after < u.end {
		p := w.words[after]
		return p.class == particle && (p.is(ofNoun) || p.is(casual) && w.s.Tokens[after].Norm != "に" && w.s.Tokens[after].Norm != "と" && w.s.Tokens[after].Norm != "で")
	}
	return u.head > w.s.Chunks[i].From && w.words[u.head-1].class == noun && w.s.Tokens[u.head-1].Norm != "旨" && !w.words[u.head-1].is(adverbial|timelike|number) && len(w.s.Tokens[u.head].Norm) > 3
}

// headOf is the last content token of chunk i: the chunk's own head, mended where it is a suffix of する or a symbol.
func (w *work) headOf(i int) int {
	c := &w.s.Chunks[i]
	h := c.Head
	if h < c.From || h >= c.To {
		h = c.From
	}
	if w.isSuru(h) && h > c.From && w.words[h-1].class == noun {
		h--
	}
	// A light noun of the speech act behind a name (氏, 側, ら) stays the head; ら and など do not.
	for h > c.From && w.words[h].is(suffix) && w.isPluralSuffix(h) {
		h--
	}
	for h > c.From && (w.words[h].class == symbol || w.words[h].class == conjunction && w.words[h-1].class == noun) {
		h--
	}
	return h
}

func (w *work) isPluralSuffix(k int) bool {
	switch w.s.Tokens[k].Norm {
	case "ら", "たち", "達", "等", "など", "共":
		return true
	}
	return false
}

// compoundStart walks left from the head over the nouns and prefixes of its compound.
func (w *work) compoundStart(i, head int) int {
	from := w.s.Chunks[i].From
	k := head
	for k > from {
		p := w.words[k-1]
		if p.is(timelike) || p.is(adverbial) && !p.is(formal) && k-1 != head && !p.is(suffix) {
			break // 来月訪米
		}
		if p.class == noun || p.class == prefix || p.is(middot) {
			k--
			continue
		}
		break
	}
	for k < head && w.words[k].class == symbol {
		k++
	}
	return k
}

// adverbialNoun reports a light noun that makes an adverb with に.
func (w *work) adverbialNoun(k int) bool {
	switch w.s.Tokens[k].Norm {
	case "ため", "為", "よう", "とおり", "通り", "まま", "ごと", "わり", "たび", "度", "くせ", "うち":
		return true
	}
	return false
}

func (w *work) isSuru(k int) bool {
	if w.words[k].class != verb && w.words[k].class != verbDep {
		return false
	}
	switch w.s.Tokens[k].Base {
	case "する", "できる", "出来る", "なさる", "いたす", "致す", "くださる", "ずる", "じる":
		return true
	}
	return false
}

// isCopula reports だ, です, である, らしい, だろう behind a noun.
func (w *work) isCopula(k int) bool {
	t := &w.s.Tokens[k]
	switch w.words[k].class {
	case auxiliary:
		switch t.Base {
		case "だ", "です", "らしい", "じゃ", "なり", "たり", "ない":
			return true
		}
	case particle:
		// で of ではない is tagged as a particle at times.
		return t.Norm == "で" && k+2 < len(w.words) && w.s.Tokens[k+1].Norm == "は" &&
			(w.s.Tokens[k+2].Base == "ない" || w.s.Tokens[k+2].Base == "ある")
	}
	return false
}

// at sets the position from which the pattern reader counts, and returns it.
func (w *work) from(k int) func(int) (string, string) {
	w.offset = k
	return w.reader
}

// readPredicate reads what follows the head of a predicate, from token k.
func (w *work) readPredicate(i, k int) {
	u := &w.units[i]
	end := u.end
	if u.outer > u.head && w.s.Tokens[u.outer-1].Norm == "と" {
		// The outer verb is read by itself.
		v := unit{end: u.end, head: u.outer, outer: -1}
		w.readInflection(&v, u.outer+1)
		u.said, u.saidNeg = v.set, v.neg
		u.comma = u.comma || v.comma
		u.end = u.outer
		defer func() {
			u.end = end
			u.quote, u.of = v.quote, v.of
			u.finite, u.stemForm, u.mark = v.finite, v.stemForm, v.mark
			u.saidLinks = v.set & rules.Links
		}()
	} else {
		u.outer = -1
	}
	w.readInflection(u, k)
}

// readInflection reads tokens from k to the unit's end.
func (w *work) readInflection(u *unit, k int) {
	// form is the token whose inflection tells how the predicate ends; it stays where a particle or a link follows.
	form, open := k-1, true
	for k < u.end {
		t, p := &w.s.Tokens[k], w.words[k]
		if p.is(closer) {
			k++
			continue
		}
		if p.class == auxiliary && t.Infl == "特殊・タ" && t.Norm == "だ" {
			u.set |= rules.Past
			form = k
			k++
			continue
		}
		if v, n := w.a.cues.Auxiliaries.Longest(w.from(k)); v != nil {
			w.apply(u, v)
			for j := k; j < k+n && j < len(w.words); j++ {
				if j >= u.end {
					w.swallow = append(w.swallow, w.s.ChunkOf[j])
				}
			}
			if open && v.Set&rules.Links == 0 {
				form = k + n - 1
			}
			open = open && v.Set&rules.Links == 0
			k += n
			continue
		}
		switch {
		case p.class == particle && t.Norm == "か" && k+1 == u.end:
			u.set |= rules.Question
		case p.class == particle && t.Norm == "と":
			u.quote, open = true, false
		case p.class == particle && p.is(topical):
			u.topic, u.wa = true, t.Norm == "は"
		case p.class == particle && p.is(ofNoun) && u.quote:
			u.of = true
		case p.class == particle && p.is(casual|restricting) && !u.quote:
			if pt, n := w.a.cues.Particles.Longest(w.from(k)); pt != nil {
				u.mark = Case(pt.Case)
				u.of = u.of || pt.Adnominal
				open = false
				k += n
				continue
			}
		case open && (p.class == verbDep || p.class == auxiliary || p.class == adjectiveDep):
			form = k
		}
		k++
	}
	if open && k == u.end && u.end < len(w.words) && !u.comma && !u.stop {
		// A pattern that starts in the next bunsetsu (…ことはない).
		if v, n := w.a.cues.Auxiliaries.Longest(w.from(u.end)); v != nil && n > 1 {
			w.apply(u, v)
			for j := u.end; j < u.end+n && j < len(w.words); j++ {
				w.swallow = append(w.swallow, w.s.ChunkOf[j])
			}
		}
	}
	if form < u.head || form >= len(w.words) {
		form = u.head
	}
	switch w.s.Tokens[form].Form {
	case "基本形", "体言接続", "文語基本形", "体言接続特殊":
		u.finite = true
	case "連用形", "連用テ接続", "連用ニ接続", "連用タ接続", "連用デ接続":
		u.stemForm = u.set&rules.Links == 0 && open
	case "仮定形", "仮定縮約１":
		u.set |= rules.Condition
	}
}

// apply adds an auxiliary's effects to a unit.
func (w *work) apply(u *unit, v *rules.Auxiliary) {
	if v.Set&rules.Negated != 0 {
		u.neg++
	}
	u.set |= v.Set &^ rules.Negated
	if v.Wide {
		u.wide |= v.Set
	}
}

// readParticles reads the particles behind a noun, from token k.
func (w *work) readParticles(i, k int) {
	u := &w.units[i]
	for k < u.end {
		p, t := w.words[k], &w.s.Tokens[k]
		if p.class == particle && !p.is(topical|ofNoun|parallel|conjunctive) || p.class == particle && p.is(parallel) && t.Norm == "と" {
			if pt, n := w.a.cues.Particles.Longest(w.from(k)); pt != nil {
				if u.mark == "" || u.mark == Made {
					u.mark = Case(pt.Case)
				}
				u.of = u.of || pt.Adnominal
				if p.is(quoting) && t.Norm == "と" {
					u.quote = k > u.head+1 && w.words[k-1].is(closer)
				}
				if k+n > u.end {
					u.spill = k + n
				}
				k += n
				continue
			}
		}
		if p.class == auxiliary || p.class == adjective && t.Base == "ない" {
			// 予定はない, whose ない the dictionary calls an auxiliary.
			if v, n := w.a.cues.Auxiliaries.Longest(w.from(k)); v != nil {
				w.apply(u, v)
				k += n
				continue
			}
		}
		switch {
		case p.is(topical):
			u.topic, u.wa = true, u.wa || t.Norm == "は"
		case p.is(ofNoun):
			u.of = true
		case p.is(parallel) || p.is(restricting) && (t.Norm == "か" || t.Norm == "や"):
			u.listed = true
		case p.class == conjunction:
			u.listed = true
		case p.class == particle && t.Norm == "という":
			u.of, u.quote = true, true
		}
		k++
	}
}

// leaveQuotes hangs a phrase before a quotation that the parser has put inside it (大統領は「…ない」と述べた) on what the
// quotation depends on.
func (w *work) leaveQuotes() {
	for next := 0; next < len(w.units); {
		first, last := next, next
		next++
		if w.units[first].bracket < 0 {
			continue
		}
		for next < len(w.units) && w.units[next].bracket == w.units[first].bracket {
			last = next
			next++
		}
		if first < 1 || last == first && w.units[last].kind == nominal || !w.units[last].quote || w.units[last].dep < 0 {
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
		switch {
		case u.listed && u.mark == "":
			u.para = nounHead
		case u.mark == To:
			next := i + 1
			switch {
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
		case u.mark == "" && u.comma && w.s.Kind != schema.Prose && i == 0 && d.kind == nominal && d.dep >= 0 && (d.mark == Wo || d.mark == Ni || d.mark == To || d.mark == De):
			u.dep = d.dep // 首相、米国を訪問: a headline's subject
		case u.mark == "" && d.kind == nominal && !w.isTime(i) && (u.comma || w.words[u.head].is(proper) || w.s.Tokens[u.head].Kind == morph.Name):
			u.para = !w.eventHead(u.dep) || w.words[u.head].is(mayActor) && w.words[d.start].is(mayActor) && d.start < d.head || w.eventHead(i)
		}
	}
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

// alike reports whether units i and j may be coordinated: two acts, or two of what the dictionary tags as a list.
func (w *work) alike(i, j int) bool {
	a, b := w.words[w.units[i].head], w.words[w.units[j].head]
	if w.eventHead(i) && w.eventHead(j) {
		return true
	}
	return w.units[i].listed && a.is(mayActor) == b.is(mayActor)
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

// isTime reports a bunsetsu that names a time and not a thing.
func (w *work) isTime(i int) bool {
	h := w.words[w.units[i].head]
	return h.is(timelike) || h.is(adverbial) && !h.is(formal) && !w.a.cues.Quantities[w.s.Tokens[w.units[i].head].Norm]
}
