package clause

import "github.com/entente-kg/entente/extract/rules"

// This file reads what verbs and nouns make of the clauses that they embed.

// embed adds what the entry e of predicate up makes of its content i, and what up itself is.
func (w *work) embed(i, up int, e *rules.Embedding, s *status, depth int) {
	p, q := &w.preds[i], &w.preds[up]
	nonpast := !p.Past && !p.Progressive
	effect := e.Content
	if e.HasNonpast && nonpast {
		effect = e.Nonpast
		if effect == rules.Planned && (!w.toComeContent(p) || w.performs(p)) {
			effect = 0
		}
		if effect == rules.Threatened && p.hasOvert(Ga) {
			effect = rules.Possible // 避難民が増えると警告した: what others do is no threat
		}
		if effect == rules.Requested && w.threat(i) {
			effect = rules.Threatened // …しなければ撤退させると迫った
		}
		if effect == rules.Planned && w.hasCondition(i) {
			effect = rules.Threatened
			if !w.a.cues.Hostile[p.Lemma] {
				effect = rules.Possible
			}
		}
	}
	denied := w.deniedItself(q)
	if denied && e.HasDenied {
		effect = e.Denied
	} else if denied && !e.Speech {
		effect |= rules.Negated
		if e.Content&rules.Negated != 0 || effect&^rules.Negated == 0 && e.Content&rules.Negated != 0 {
			effect &^= rules.Negated
		}
	}
	s.add(effect, q.word())
	if e.Speech {
		if denied {
			s.add(rules.Hypothetical, q.word())
		}
		if !nonpast {
			return
		}
		// What is said to come is as real as its being said.
		o := w.statusOf(up, depth+1)
		s.add(o.effect&rules.Reasons, q.word())
		return
	}
	o := w.statusOf(up, depth+1)
	s.add(o.effect, q.word())
}

// word is the predicate's wording for the trace.
func (p *pred) word() string {
	if p.Form == Light {
		return p.Lemma + p.Light
	}
	return p.Lemma
}

// deniedItself reports whether predicate q is negated by its own words.
func (w *work) deniedItself(q *pred) bool { return q.neg%2 == 1 }

// toComeContent is toCome for a content clause.
func (w *work) toComeContent(p *pred) bool {
	if p.Past || p.Progressive || p.Form == Copula || p.Form == Adjective || p.Form == EventNoun || p.neg > 0 {
		return false
	}
	lemma := p.Lemma
	return !w.a.cues.Stative[lemma] || w.a.cues.Performatives[lemma] && p.set&rules.Planned != 0
}

// performs reports an act that is done by saying it.
func (w *work) performs(p *pred) bool {
	return w.a.cues.Performatives[p.Lemma] && p.set&(rules.Planned|rules.Possible) == 0
}

// hasCondition reports whether a conditional clause hangs on predicate i.
func (w *work) hasCondition(i int) bool {
	for j := i - 1; j >= 0 && i-j < 8; j-- {
		if w.preds[j].parent == i && w.preds[j].Link == Condition {
			return true
		}
	}
	return false
}

// hasOvert reports whether p has an argument in case k of its own.
func (p *pred) hasOvert(k Case) bool {
	for i := range p.Args {
		if p.Args[i].Case == k && p.Args[i].How == Overt {
			return true
		}
	}
	return false
}

// nominalContent returns the entry of a verb for a clause with こと or の: what is thought of (断つことを考える) is no
// opinion.
func (w *work) nominalContent(lemma string) (*rules.Embedding, bool) {
	e, ok := w.embedding(lemma, rules.ByClause)
	if ok && e.Speech {
		if n, found := w.embedding(lemma, rules.ByNoun); found {
			return n, true
		}
	}
	return e, ok
}

// threat reports a hostile act under a condition that the words of a demand announce: its content is no act of the one asked.
func (w *work) threat(i int) bool {
	p := &w.preds[i]
	return p.parent >= 0 && w.a.cues.Hostile[p.Lemma] && w.byOf(i) == rules.ByClause && (w.hasCondition(i) || w.hasCondition(p.parent))
}

// quotedStatus: the content of a verb of saying, thinking, asking.
func (w *work) quotedStatus(i, up int, s *status, depth int) {
	p, q := &w.preds[i], &w.preds[up]
	if d := w.units[q.unit].dep; q.Lemma == "する" && q.Voice != Passive && d >= 0 && q.parent >= 0 && (q.Link == Complement || q.Link == Relative) {
		// 移動させたとする指摘を否定した: する only leads over to the noun.
		if e, ok := w.contentNoun(d); ok && e.Speech {
			w.nounContent(i, d, w.follow(q.parent), e, s, depth)
			return
		}
	}
	if d := w.units[p.unit].dep; d >= 0 && w.units[d].kind != verbal && w.units[d].pred != up {
		w.complementStatus(i, up, s, depth)
		return
	}
	by := w.byOf(i)
	if q.Voice == Passive {
		if e, ok := w.a.cues.Hearsay[q.Lemma]; ok {
			s.add(e, q.word())
			if w.deniedItself(q) {
				s.add(rules.Negated, q.word())
			}
			o := w.statusOf(up, depth+1)
			s.add(o.effect&rules.Reasons, q.word())
			return
		}
	}
	e, ok := w.embedding(q.Lemma, by)
	if by == rules.ByClause && w.namesContent(p.unit) {
		e, ok = w.nominalContent(q.Lemma)
	}
	if !ok && q.Form == Light {
		e, ok = w.embedding(q.Light, by)
	}
	if !ok {
		e, ok = w.embedding(q.Lemma, rules.ByClause)
	}
	if !ok {
		// 「…」との見方 as the sentence's end
		if list := w.a.cues.Nouns[q.Lemma]; len(list) > 0 {
			e, ok = &list[0], true
		}
	}
	if ok {
		w.embed(i, up, e, s, depth)
	}
}

// complementStatus: a clause before a noun (訪問する方針), and what becomes of the noun (…を固めた, …はない, …を撤回).
func (w *work) complementStatus(i, up int, s *status, depth int) {
	p := &w.preds[i]
	d := w.units[p.unit].dep
	if d < 0 {
		return
	}
	e, ok := w.contentNoun(d)
	if !ok {
		return
	}
	if e.Role == "purpose" {
		if v, ok := w.embedding(w.preds[up].Lemma, rules.ByYou); ok {
			w.embed(i, up, v, s, depth)
		}
		return
	}
	w.nounContent(i, d, up, e, s, depth)
}

// nounContent adds what the content noun of unit d makes of predicate i, and what the predicate above the noun makes of it.
func (w *work) nounContent(i, d, up int, e *rules.Embedding, s *status, depth int) {
	p := &w.preds[i]
	u := &w.units[d]
	word := w.nounWord(d)
	if u.swallowed || u.mark == Wo && w.takenAs(d) {
		return
	}
	effect := e.Content
	clause := p.Form != EventNoun && p.Form != Contraction
	if e.HasNonpast && (!clause || !p.Past && !p.Progressive) {
		effect = e.Nonpast
		if e.Speech && (!clause || !w.toComeContent(p) || w.performs(p)) {
			effect = 0 // 発射への批判, 抗議の書簡
		}
		if effect == rules.Planned && w.a.cues.Attitudes[p.Lemma] {
			effect = 0 // 反対する考えを伝えた
		}
	}
	q := &w.preds[up]
	onNoun := q.unit == d // 予定だ: the noun is itself the predicate
	absent := u.kind == nominal && u.neg%2 == 1
	if onNoun {
		absent = w.deniedItself(q)
	} else if w.isAbsent(q) {
		absent = true
	}
	if absent {
		switch {
		case e.HasDenied:
			effect = e.Denied
		default:
			effect |= rules.Negated
		}
	}
	s.add(effect, word)
	if onNoun {
		s.add(q.status.effect|q.set&(rules.Modalities|rules.Reasons), word)
		w.inherit(up, s, depth)
		return
	}
	if absent {
		return
	}
	by := rules.ByNoun
	switch u.mark {
	case Ga:
		if !w.passive(q) {
			by = rules.ByGa
		}
	case Ni, NiMuke:
		by = rules.ByNi
	case "":
		if u.topic && !w.passive(q) && !q.hasSurface(Wo) {
			by = rules.ByGa
		}
	}
	if e.Role == "fact" {
		// こと, の: the clause itself is the verb's content
		if v, ok := w.nominalContent(q.Lemma); ok {
			w.embed(i, up, v, s, depth)
			return
		}
	}
	if v, ok := w.embedding(q.Lemma, by); ok && (!e.Speech || by == rules.ByNoun && v.Content&rules.Negated != 0) {
		if effect&rules.Modalities != 0 && v.Content&rules.Modalities != 0 && v.Content&rules.Negated == 0 {
			// 方針を検討: the noun has said it already
			v2 := *v
			v2.Content, v2.HasNonpast = 0, false
			if v.Content&rules.Possible != 0 {
				v2.Content = rules.Possible
			}
			v = &v2
		}
		w.embed(i, up, v, s, depth)
		return
	}
	if !e.Speech && q.neg%2 == 1 {
		s.add(rules.Negated, q.word())
	}
	if p.Past || u.mark == NiYoru || u.mark == Kara || u.mark == De {
		return
	}
	o := w.statusOf(up, depth+1)
	s.add(o.effect&(rules.Reasons|rules.Modalities), q.word())
}
