package clause

import "github.com/entente-kg/entente/extract/rules"

// linkPredicates gives every predicate its parent and how it hangs on it.
func (w *work) linkPredicates() {
	for i := range w.preds {
		p := &w.preds[i]
		u := &w.units[p.unit]
		if u.pred != i {
			// An event noun inside a bunsetsu that has its own predicate.
			p.parent, p.Link = u.pred, Argumental
			continue
		}
		p.parent = w.above(p.unit)
		if p.parent < 0 {
			p.Link = Main
			continue
		}
		p.Link = w.linkOf(i)
	}
}

// above is the nearest predicate that unit i depends on, directly or over nouns, -1 for none.
func (w *work) above(i int) int {
	for d := w.units[i].dep; d >= 0; d = w.units[d].dep {
		if w.units[d].pred >= 0 {
			return w.units[d].pred
		}
	}
	return -1
}

func (w *work) linkOf(i int) Link {
	p := &w.preds[i]
	u := &w.units[p.unit]
	d := &w.units[u.dep]
	if p.Form == EventNoun || p.Form == Contraction {
		if p.set&rules.Time != 0 {
			return TimeOf
		}
		return Argumental
	}
	if u.quote || u.set&rules.QuoteLink != 0 {
		return w.quoteLink(i)
	}
	switch {
	case u.set&rules.Condition != 0:
		return Condition
	case u.set&rules.Cause != 0 || u.mark == Kara && !u.of:
		return Cause
	case u.set&rules.Concession != 0:
		return Concession
	case u.set&rules.Purpose != 0:
		return Purpose
	case u.set&rules.Time != 0:
		return TimeOf
	}
	if u.mark == Ni && u.kind == verbal {
		return Purpose
	}
	if u.finite && d.kind != verbal && d.kind != modifier && !(u.comma && d.kind == sahenVerb) {
		return w.nounLink(u.dep)
	}
	if u.kind == adjectival && !u.stemForm && d.kind == nominal {
		return Relative
	}
	return Chained
}

// quoteLink tells と of a quotation from と of a condition.
func (w *work) quoteLink(i int) Link {
	u := &w.units[w.preds[i].unit]
	if u.set&rules.QuoteLink != 0 || u.of {
		return Quoted
	}
	closed := w.words[u.end-1].class == particle && u.end-2 >= 0 && w.words[u.end-2].is(closer)
	d := u.dep
	if d >= 0 && !closed && u.finite && u.set&rules.Past == 0 {
		h := w.s.Tokens[w.units[d].head].Base
		if w.units[d].kind == sahenVerb || w.units[d].kind == nominal {
			h = w.s.Tokens[w.units[d].head].Norm
		}
		if _, ok := w.embedding(h, rules.ByClause); !ok {
			return Condition
		}
	}
	return Quoted
}

// nounLink is how a clause hangs that modifies the noun of unit d: a complement of nouns that take one, else a relative clause.
func (w *work) nounLink(d int) Link {
	e, ok := w.contentNoun(d)
	if !ok {
		return Relative
	}
	switch e.ID {
	case "n.condition":
		return Condition
	case "n.time", "n.before":
		return TimeOf
	case "n.purpose":
		if w.units[d].mark == Ni || w.units[d].of || w.units[d].kind == copular {
			return Purpose
		}
		return Cause
	}
	return Complement
}

// contentNoun returns the entry of a noun that takes a clause as its content.
func (w *work) contentNoun(d int) (*rules.Embedding, bool) {
	list := w.a.cues.Nouns[w.s.Tokens[w.units[d].head].Norm]
	if len(list) == 0 {
		return nil, false
	}
	return &list[0], true
}

// embedding returns the entry of a verb for a content that hangs on it in the given way.
func (w *work) embedding(lemma string, by rules.By) (*rules.Embedding, bool) {
	list := w.a.cues.Verbs[lemma]
	for i := range list {
		if list[i].By&by != 0 {
			return &list[i], true
		}
	}
	return nil, false
}
