package clause

import "github.com/entente-kg/entente/extract/rules"

// linkPredicates gives every predicate its parent and how it hangs on it.
func (w *work) linkPredicates() {
	w.climb()
	for i := range w.preds {
		p := &w.preds[i]
		u := &w.units[p.unit]
		if p.reported >= 0 {
			p.parent, p.Link = p.reported, Quoted
			continue
		}
		if u.outer == p.head && u.outer >= 0 {
			w.linkOuter(i)
			continue
		}
		if u.pred != i {
			// An event noun inside a bunsetsu that has its own predicate.
			p.parent, p.Link = u.pred, Argumental
			continue
		}
		p.parent = u.above
		if p.parent < 0 {
			p.Link = Main
			continue
		}
		p.Link = w.linkOf(i)
	}
	w.quotedSentences()
	w.besideConditions()
}

// besideConditions hands a clause that the parser chained into a conditional one with a subject of its own to what the
// condition is for: 議員は見解を示し、また解散が行われれば提訴すると述べた.
func (w *work) besideConditions() {
	for i := range w.preds {
		p := &w.preds[i]
		if p.Link != Chained || p.parent <= i || !w.pauses(p.unit) || !w.topicBefore(p.unit) {
			continue
		}
		q := &w.preds[p.parent]
		if q.Link != Condition || q.parent < 0 || !w.subjectBetween(p.unit, q.unit) {
			continue
		}
		p.parent = q.parent
		for n := 0; n < 2 && w.preds[p.parent].Link == Quoted && w.preds[p.parent].parent >= 0; n++ {
			p.parent = w.preds[p.parent].parent
		}
	}
}

// pauses reports a comma behind the head of unit i, also before a conjunction that the bunsetsu holds (示し、また).
func (w *work) pauses(i int) bool {
	for k := w.units[i].head + 1; k < w.s.Chunks[i].To; k++ {
		if w.words[k].is(comma) {
			return true
		}
	}
	return false
}

// subjectBetween reports a phrase with が behind unit from that depends on unit to.
func (w *work) subjectBetween(from, to int) bool {
	for c := w.units[to].first; c >= 0; c = w.units[c].next {
		if c > from && w.units[c].kind == nominal && w.units[c].mark == Ga {
			return true
		}
	}
	return false
}

// quotedSentences makes every sentence of a quotation, and every quotation of several, content of what closes it.
func (w *work) quotedSentences() {
	for i := len(w.preds) - 1; i >= 0; i-- {
		p := &w.preds[i]
		u := &w.units[p.unit]
		if p.parent <= i || u.bracket < 0 || u.pred != i || p.Link != Chained && !(u.stop && (p.Link == Relative || p.Link == Complement)) {
			continue
		}
		up := p.parent
		for n := 0; n < 6 && w.preds[up].Link != Quoted && w.preds[up].parent > up && w.preds[up].InQuote; n++ {
			up = w.preds[up].parent
		}
		q := &w.preds[up]
		if q.Link != Quoted || q.parent < 0 || !q.InQuote || !u.stop && u.bracket == w.units[q.unit].bracket {
			continue
		}
		if v := w.preds[q.parent].unit; w.units[v].bracket < 0 {
			p.Link, p.parent, u.dep = Quoted, q.parent, v
		}
	}
}

// climb notes for every unit the nearest predicate that it depends on, directly or over nouns.
func (w *work) climb() {
	for i := len(w.units) - 1; i >= 0; i-- {
		u := &w.units[i]
		u.above = -1
		if u.dep >= 0 {
			u.above = w.units[u.dep].pred
			if u.above < 0 {
				u.above = w.units[u.dep].above
			}
		}
	}
}

// linkOuter links a verb that reports the predicate of its own bunsetsu.
func (w *work) linkOuter(i int) {
	p := &w.preds[i]
	u := &w.units[p.unit]
	p.parent = u.above
	if p.parent < 0 {
		p.Link = Main
		return
	}
	set := u.set
	u.set = u.saidLinks
	p.Link = w.linkOf(i)
	u.set = set
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
	if c := &w.s.Chunks[p.unit]; w.s.Tokens[c.To-1].Norm == "＝" {
		return Chained // a caption's clause, before its day and place: 訪れている＝4日、ラバト
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
	if d.kind != nominal && u.outer < 0 && w.namesContent(p.unit) {
		if _, ok := w.embedding(w.preds[p.parent].Lemma, rules.ByClause); ok {
			return Quoted // 断つことは考えていない, where こと stands in the verb's bunsetsu
		}
	}
	if d.kind != nominal && w.endsInYou(p.unit) {
		if _, ok := w.embedding(w.preds[p.parent].Lemma, rules.ByYou); ok {
			return Quoted // 撤退するよう求めた
		}
		return Purpose
	}
	if u.mark == Ni && u.kind == verbal {
		return Purpose
	}
	if u.finite && u.mark == "" && w.purport(u.dep) {
		return Quoted
	}
	if u.finite && u.mark == "" && d.kind != verbal && d.kind != modifier && !(u.comma && d.kind == sahenVerb) {
		return w.nounLink(p.unit, u.dep)
	}
	if u.kind == adjectival && !u.stemForm && d.kind == nominal {
		return Relative
	}
	return Chained
}

// namesContent reports a clause with こと in its own bunsetsu that a particle follows.
func (w *work) namesContent(i int) bool {
	u := &w.units[i]
	if u.kind != verbal && u.kind != sahenVerb {
		return false
	}
	for k := u.head + 1; k+1 < u.end; k++ {
		if w.words[k].is(formal) && w.s.Tokens[k].Norm == "こと" {
			return w.words[k+1].class == particle
		}
	}
	return false
}

// purport reports a verb with 旨 in its bunsetsu (歓迎する旨述べ): what stands before is said, as with と.
func (w *work) purport(d int) bool {
	u := &w.units[d]
	k := w.s.Chunks[d].From
	return k < u.head && w.s.Tokens[k].Norm == "旨" && (u.kind == verbal || u.kind == sahenVerb)
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
func (w *work) nounLink(i, d int) Link {
	e, ok := w.contentNoun(d)
	if !ok {
		return Relative
	}
	if e.Speech && w.units[i].set&(rules.Past|rules.Passive|rules.Progressive) == 0 && w.governsObject(i) {
		return Complement // 隣国を非難する決議
	}
	if e.HasNonpast && (e.Speech || w.units[i].set&rules.Past != 0) {
		return Relative // 署名した協定, but 署名する協定; 採択された決議, but 採択するとの決議
	}
	switch e.Role {
	case "condition":
		return Condition
	case "time":
		return TimeOf
	case "besides":
		if w.units[d].of || w.units[d].kind != nominal || w.units[d].mark != "" && w.units[d].mark != De && w.units[d].mark != Ni {
			return Relative
		}
		return Chained
	case "purpose":
		if w.s.Tokens[w.units[d].head].Norm == "よう" {
			return Complement
		}
		u := &w.units[i]
		toCome := u.set&(rules.Past|rules.Progressive) == 0 && (u.kind == verbal || u.kind == sahenVerb) && !w.a.cues.Stative[w.s.Tokens[u.head].Base]
		if toCome || w.units[d].mark == Ni || w.units[d].of || w.units[d].kind == copular {
			return Purpose
		}
		return Cause
	}
	return Complement
}

// governsObject reports whether a phrase in を depends on unit i.
func (w *work) governsObject(i int) bool {
	for c := w.units[i].first; c >= 0; c = w.units[c].next {
		if w.units[c].mark == Wo {
			return true
		}
	}
	return false
}

// contentNoun returns the entry of a noun that takes a clause as its content.
func (w *work) contentNoun(d int) (*rules.Embedding, bool) {
	list := w.a.cues.Nouns[w.nounWord(d)]
	if len(list) == 0 {
		return nil, false
	}
	return &list[0], true
}

// nounWord is the head noun of unit d, with the noun before it where it is a suffix (可能性).
func (w *work) nounWord(d int) string {
	u := &w.units[d]
	if h := w.s.Tokens[u.head].Norm; !w.words[u.head].is(suffix) || u.head == u.start {
		return h
	}
	return w.s.Tokens[u.head-1].Norm + w.s.Tokens[u.head].Norm
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
