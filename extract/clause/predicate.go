package clause

import (
	"strings"

	"github.com/entente-kg/entente/extract/morph"
	"github.com/entente-kg/entente/extract/rules"
	"github.com/entente-kg/entente/schema"
)

// findPredicates makes a predicate of every unit that has one, in text order.
func (w *work) findPredicates() {
	for i := range w.units {
		u := &w.units[i]
		switch u.kind {
		case verbal:
			w.addPredicate(i, u.head, u.head, Verb)
			w.compoundVerb(i)
		case adjectival:
			w.addPredicate(i, u.head, u.head, Adjective)
		case sahenVerb:
			w.addNounPredicate(i, Sahen)
		case copular:
			switch {
			case w.eventHead(i) && !w.a.cues.NotEvents[w.s.Tokens[u.head].Norm]:
				w.addNounPredicate(i, Copula)
			default:
				w.addPredicate(i, u.head, u.head, Copula)
				w.innerEvent(i)
			}
		case nominal:
			w.nominalPredicate(i)
		}
		if u.outer >= 0 && u.pred >= 0 {
			w.addOuter(i)
		}
	}
}

// addOuter adds the verb that reports the predicate of its own bunsetsu (合意したとしている), as that one's parent.
func (w *work) addOuter(i int) {
	u := &w.units[i]
	inner := u.pred
	w.addPredicate(i, u.outer, u.outer, Verb)
	p := &w.preds[len(w.preds)-1]
	p.set, p.wide, p.neg = u.said, 0, u.saidNeg
	w.preds[inner].reported = len(w.preds) - 1
	// Dependents stay with the inner predicate; attach moves the topic.
	u.pred = inner
}

// compoundVerb joins する, なる and the like with the noun in に before them where the cues know both as one word
// (明らかにする, 白紙になる).
func (w *work) compoundVerb(i int) {
	p := &w.preds[len(w.preds)-1]
	if i == 0 {
		return
	}
	switch p.Lemma {
	case "する", "なる", "入れる", "置く", "戻る", "戻す":
	default:
		return
	}
	c := &w.units[i-1]
	if c.dep != i || c.kind != nominal || c.end == 0 || w.s.Tokens[c.end-1].Norm != "に" {
		return
	}
	joined := w.s.Tokens[c.head].Norm + "に" + p.Lemma
	if _, ok := w.a.cues.Verbs[joined]; !ok {
		return
	}
	p.Lemma = joined
	c.mark, c.of = noCase, false
}

// nominalPredicate makes a predicate of a noun phrase: a サ変 noun that ends its clause, a sentence-final noun with a
// clause before it, or an event noun.
func (w *work) nominalPredicate(i int) {
	u := &w.units[i]
	final := u.dep < 0 || u.stop
	bare := u.mark == "" && !u.topic && !u.of && !u.listed
	event := w.eventHead(i)
	if u.mark == asRole && i > 0 && w.units[i-1].mark == Wo && w.takenAs(i-1) {
		w.addTakenAs(i)
		return
	}
	switch {
	case event && (bare && (final || u.comma || u.quote) || final && u.mark == He && !u.of) && (w.governs(i) || final && !w.named(i)):
		w.addNounPredicate(i, SahenBare)
		p := &w.preds[len(w.preds)-1]
		if u.mark == He {
			p.set |= rules.Planned
		}
		if !w.governs(i) {
			p.Form = EventNoun
		}
	case event:
		w.addNounPredicate(i, EventNoun)
	default:
		switch {
		case !bare || !final && !u.quote || w.isTime(i) || !w.governs(i):
		case w.words[u.head].is(sahen) && w.a.cues.Nouns[w.s.Tokens[u.head].Norm] == nil:
			w.addNounPredicate(i, SahenBare)
		default:
			w.addPredicate(i, u.head, u.head, Copula)
		}
		w.innerEvent(i)
	}
}

// addTakenAs adds the する of XをYとして.
func (w *work) addTakenAs(i int) {
	u := &w.units[i]
	k := u.head + 1
	for k < u.end && w.words[k].class != particle {
		k++
	}
	if k >= u.end {
		return
	}
	w.addPredicate(i, k, k, Verb)
	p := &w.preds[len(w.preds)-1]
	p.Lemma, p.Certainty = "する", 0.5
	w.add(p, Wo, Overt, i-1, 0.8)
	w.add(p, To, Overt, i, 0.8)
}

// governs reports whether a phrase in a case, a topic or a clause depends on the unit.
func (w *work) governs(i int) bool {
	for j := range i {
		// Dependents stand close before; a bounded look is enough and keeps time linear.
		k := i - 1 - j
		if j > 40 {
			break
		}
		c := &w.units[k]
		if c.dep != i {
			continue
		}
		if c.kind == nominal && !c.of && (c.topic || c.mark != "" && c.mark != noCase) && !c.para {
			return true
		}
		if c.kind != nominal && c.kind != modifier && (c.finite || c.quote) {
			if _, ok := w.a.cues.Nouns[w.s.Tokens[w.units[i].head].Norm]; ok {
				return true
			}
		}
		if c.kind == nominal && !c.of && c.mark == "" && c.comma && !c.para {
			return true
		}
	}
	return false
}

// named reports whether the event noun has participants inside its bunsetsu or by の.
func (w *work) named(i int) bool { return false }

// eventHead reports whether unit i is headed by an event noun.
func (w *work) eventHead(i int) bool {
	u := &w.units[i]
	return w.isEvent(u.head, u.start)
}

// isEvent reports whether the noun at token k, with its compound from start, names an event.
func (w *work) isEvent(k, start int) bool {
	t := &w.s.Tokens[k]
	if w.words[k].class != noun || t.Kind == morph.OneKanji && k == start {
		return false
	}
	if w.a.cues.EventNouns[t.Norm] {
		return true
	}
	if w.joinedEvent(k, start) {
		return true
	}
	if k > start && t.Kind == morph.OneKanji && w.s.Tokens[k-1].Kind == morph.Travel {
		return true
	}
	return w.words[k].is(sahen) && !w.a.cues.NotEvents[t.Norm] && len(t.Norm) > 3
}

// joinedEvent reports an event noun of two words, as the cues list it: 銃撃戦.
func (w *work) joinedEvent(k, start int) bool {
	if k <= start || w.words[k-1].class != noun || w.words[k].is(sahen) || w.a.cues.EventNouns[w.s.Tokens[k].Norm] {
		return false
	}
	return w.a.cues.EventNouns[w.s.Tokens[k-1].Norm+w.s.Tokens[k].Norm]
}

// innerEvent adds the event noun of a compound with a light head (停戦措置, 会談後, 訪問計画).
func (w *work) innerEvent(i int) {
	u := &w.units[i]
	k := u.head
	var set rules.Effect
	for k > u.start {
		s, ok := w.a.cues.Suffixes[w.s.Tokens[k].Norm]
		if !ok {
			return
		}
		set |= s.Set
		k--
		if w.isEvent(k, u.start) {
			w.addCompound(i, k, EventNoun)
			p := &w.preds[len(w.preds)-1]
			p.set |= set
			if set&rules.Negated != 0 {
				p.neg++
			}
			return
		}
	}
}

func (w *work) addNounPredicate(i int, f Form) { w.addCompound(i, w.units[i].head, f) }

// addCompound adds a predicate whose trigger is the noun at token k of unit i, with the arguments inside its compound.
func (w *work) addCompound(i, k int, f Form) {
	u := &w.units[i]
	first := k
	lemma, compound := "", ""
	t := &w.s.Tokens[k]
	var travel rules.Contraction
	travelled := true
	if t.Kind == morph.OneKanji && t.ISO3 != "" && k > u.start && w.s.Tokens[k-1].Kind == morph.Travel {
		travel = w.a.cues.Contractions[w.s.Tokens[k-1].Norm]
		first = k - 1
		lemma = travel.Lemma
		if f == EventNoun || f == SahenBare || f == Sahen {
			compound = w.s.Tokens[k-1].Norm + t.Norm
		}
	} else if t.Kind == morph.OneKanji && k > u.start && w.s.Tokens[k-1].Kind == morph.Travel {
		first, travelled = k-1, false // 帰国
		lemma = w.s.Tokens[k-1].Norm + t.Norm
	} else if w.joinedEvent(k, u.start) {
		first, travelled = k-1, false
		lemma = w.s.Tokens[k-1].Norm + t.Norm
	} else {
		lemma = t.Norm
	}
	w.addPredicate(i, first, k, f)
	p := &w.preds[len(w.preds)-1]
	p.Lemma = lemma
	if first < k && travelled {
		p.Compound = compound
		if f == EventNoun {
			p.Form = Contraction
		}
		w.addPiece(p, Case(travel.Case), k, k)
	}
	if u.start < first {
		var b strings.Builder
		for j := u.start; j <= k; j++ {
			b.WriteString(w.s.Tokens[j].Norm)
		}
		p.Compound = b.String()
		w.compoundArguments(p, u.start, first)
	}
}

// compoundArguments reads the pieces [from, to) of the compound before the trigger: countries and names one by one, common
// nouns as one run (停戦協定 in 停戦協定署名), 対ロ by its relation.
func (w *work) compoundArguments(p *pred, from, to int) {
	run := -1
	flush := func(end int) {
		if run >= 0 && end > run {
			w.addPiece(p, Compound, run, end-1)
		}
		run = -1
	}
	for k := from; k < to; k++ {
		x, t := w.words[k], &w.s.Tokens[k]
		switch {
		case t.Kind == morph.Relation && k+1 < to:
			flush(k)
			c := Case(w.a.cues.Prefixes[t.Norm].Case)
			if c == "" {
				c = Compound
			}
			w.addPiece(p, c, k+1, k+1)
			k++
		case t.Kind == morph.Travel:
			flush(k)
		case x.is(countrylike) || t.Kind == morph.Name || x.is(proper):
			flush(k)
			end := k
			for end+1 < to && w.words[end+1].is(suffix) && !w.words[end+1].is(adverbial) {
				end++
			}
			// A title behind a name belongs to it (メルケル首相会談).
			w.addPiece(p, Compound, k, end)
			k = end
		case x.class == noun && !x.is(number|timelike|adverbial):
			if run < 0 {
				run = k
			}
		default:
			flush(k)
		}
	}
	flush(to)
}

func (w *work) addPiece(p *pred, c Case, from, to int) {
	p.Args = append(p.Args, Argument{
		Case: c, Surface: c, How: ByCompound, Sentence: w.s.Index, Chunk: -1, Group: len(p.Args), Certainty: 0.8,
		Span: w.s.Tokens[from].Span.Cover(w.s.Tokens[to].Span),
	})
}

// addPredicate adds a predicate whose trigger covers the tokens from first to last.
func (w *work) addPredicate(i, first, last int, f Form) {
	u := &w.units[i]
	t := &w.s.Tokens[last]
	lemma := t.Base
	hash := wordHash(t.Norm)
	if f == Verb || f == Adjective {
		hash = wordHash(t.Base)
	}
	if f == Copula || f == Adjective && w.words[last].class == noun {
		lemma = t.Norm
	}
	w.preds = append(w.preds, pred{
		Predicate: Predicate{
			Span: w.s.Tokens[first].Span.Cover(t.Span), Lemma: lemma, Form: f, Voice: Active, Chunk: i, LightChunk: -1,
			Parent: -1, InQuote: u.quoted, Certainty: 0.9,
		},
		unit: i, head: last, hash: hash, parent: -1, into: -1, reported: -1,
	})
	p := &w.preds[len(w.preds)-1]
	if u.kind == nominal || f != EventNoun && f != Contraction {
		p.set, p.wide, p.neg = u.set, u.wide, u.neg
	}
	if f == Verb && w.words[last].class == verb {
		p.Span = w.stemSpan(last)
		if u.kind == verbal && last == u.head && t.Base == "率いる" && u.start < last && w.words[last-1].is(mayActor) {
			w.addPiece(p, Ga, u.start, last-1) // 王副首相率いる交渉団
		}
	}
	if f == Copula && u.start < u.head {
		var b strings.Builder
		for j := u.start; j <= last; j++ {
			b.WriteString(w.s.Tokens[j].Norm)
		}
		p.Compound = b.String()
	}
	if u.pred < 0 || f != EventNoun && f != Contraction {
		u.pred = len(w.preds) - 1
	}
}

// stemSpan is a verb's wording without its inflection: the runes it shares with its dictionary form, at least one.
func (w *work) stemSpan(k int) schema.Span {
	t := &w.s.Tokens[k]
	n := 0
	for i, r := range t.Surface {
		if i >= len(t.Base) || !strings.HasPrefix(t.Base[i:], string(r)) {
			break
		}
		n = i + len(string(r))
	}
	// The dictionary form's own ending is inflection (課す: 課) where kanji remain before it.
	if n == len(t.Base) && n == len(t.Surface) {
		if c := lastRuneStart(t.Surface); c > 0 {
			n = c
		}
	}
	if n == 0 {
		return t.Span
	}
	return schema.Span{Start: t.Span.Start, End: t.Span.Start + n}
}

func lastRuneStart(s string) int {
	last := 0
	for i := range s {
		last = i
	}
	return last
}
