package clause

import (
	"github.com/entente-kg/entente/extract/rules"
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
	// tells is set for a clause that names a source: 外相が語ったところによると.
	tells bool
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
	w.manners()
	w.examples()
	w.reachTitles()
	w.coordinate()
	w.raise()
	w.overCondition()
	w.partners()
	w.addressees()
	w.lower()
	w.lowerEvents()
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
					u.quote = k > u.head+1 && w.words[k-1].is(closer) && w.s.Tokens[k-1].Norm != "）" && w.s.Tokens[k-1].Norm != ")"
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

// isTime reports a bunsetsu that names a time and not a thing.
func (w *work) isTime(i int) bool {
	h := w.words[w.units[i].head]
	return h.is(timelike) || h.is(adverbial) && !h.is(formal) && !w.a.cues.Quantities[w.s.Tokens[w.units[i].head].Norm]
}
