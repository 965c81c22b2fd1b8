package clause

import (
	"strings"

	"github.com/entente-kg/entente/extract/rules"
	"github.com/entente-kg/entente/schema"
)

// status is how real a predicate is: what its own words and what embeds it make of it.
type status struct {
	effect rules.Effect // modality and reasons
	neg    bool
	why    []string
	done   bool
}

// add lets an effect reach the status, with the word that causes it.
func (s *status) add(e rules.Effect, word string) {
	if e&rules.Negated != 0 {
		s.neg = !s.neg
		s.why = append(s.why, "negated: "+word)
	}
	e &= rules.Modalities | rules.Reasons
	if e == 0 || e&^s.effect == 0 {
		return
	}
	s.effect |= e
	s.why = append(s.why, e.Name()+": "+word)
}

// moods sets polarity, modality, tense and Nonfactual of every predicate, from its own words and from what embeds it.
func (w *work) moods() {
	for i := range w.preds {
		p := &w.preds[i]
		p.Past = p.set&rules.Past != 0
		p.Progressive = p.set&rules.Progressive != 0
		if p.Form == SahenBare && w.units[p.unit].mark == "" && p.Link == Main {
			p.Past = true
		}
	}
	for i := len(w.preds) - 1; i >= 0; i-- {
		p := &w.preds[i]
		if p.Link == Chained && !p.Past && p.parent >= 0 && w.follow(p.parent) != i {
			p.Past = w.preds[w.follow(p.parent)].Past
		}
	}
	for i := range w.preds {
		w.preds[i].status = status{}
	}
	for i := len(w.preds) - 1; i >= 0; i-- {
		p := &w.preds[i]
		if p.gone {
			continue
		}
		s := w.statusOf(i, 0)
		p.Polarity, p.Modality = schema.Affirmed, schema.Actual
		if s.neg {
			p.Polarity = schema.Negated
		}
		switch {
		case s.effect&rules.Threatened != 0:
			p.Modality = schema.Threatened
		case s.effect&rules.Possible != 0:
			p.Modality = schema.Possible
		case s.effect&rules.Planned != 0:
			p.Modality = schema.Planned
		}
		p.Nonfactual = (s.effect & rules.Reasons).Name()
		p.Why = s.why
	}
}

// statusOf is the status of predicate i; those of its parents are made first.
func (w *work) statusOf(i, depth int) status {
	p := &w.preds[i]
	if p.status.done {
		return p.status
	}
	p.status.done = true // against circles
	s := w.ownStatus(i)
	if depth < 64 {
		w.outer(i, &s, depth)
	}
	s.done = true
	p.status = s
	return s
}

// ownStatus is what the words of the predicate itself say.
func (w *work) ownStatus(i int) status {
	p := &w.preds[i]
	var s status
	word := w.endWord(p)
	if p.neg%2 == 1 {
		s.add(rules.Negated, word)
	}
	for _, e := range []rules.Effect{rules.Planned, rules.Possible, rules.Threatened} {
		if p.set&e != 0 {
			s.add(e, word)
		}
	}
	s.add(p.set&rules.Reasons, word)
	if p.Link == Main && w.s.Kind == schema.Prose && w.toCome(p) && !p.InQuote && s.effect == 0 {
		if w.hasCondition(i) {
			s.add(rules.Possible, "condition")
		} else {
			s.add(rules.Planned, "dictionary form")
		}
	}
	return s
}

// endWord is the wording behind the predicate's trigger in its bunsetsu, for the trace.
func (w *work) endWord(p *pred) string {
	u := &w.units[p.unit]
	from := p.head + 1
	if p.Form == Light {
		from = u.head
	}
	if from >= u.end {
		return w.s.Tokens[u.head].Norm
	}
	out := ""
	for k := from; k < u.end && len(out) < 60; k++ {
		out += w.s.Tokens[k].Norm
	}
	return out
}

// toCome reports a dictionary form that tells of something to come: no state, no past, nothing going on.
func (w *work) toCome(p *pred) bool {
	if p.Past || p.Progressive || p.neg > 0 || p.set&(rules.Modalities|rules.Reasons) != 0 {
		return false
	}
	switch p.Form {
	case Verb, Sahen, Light:
	default:
		return false
	}
	lemma := p.Lemma
	if p.Form == Light && !w.a.cues.Stative[lemma] {
		lemma = p.Light
	}
	u := &w.units[p.unit]
	return u.finite && !w.a.cues.Stative[lemma]
}

// outer adds what the words above predicate i make of it.
func (w *work) outer(i int, s *status, depth int) {
	p := &w.preds[i]
	up := w.follow(p.parent)
	if up == i {
		return
	}
	switch p.Link {
	case Condition:
		s.add(rules.Conditional, w.endWord(p))
		return
	case Purpose:
		if up >= 0 {
			if e, ok := w.embeds(i); ok && e.By&rules.ByYou != 0 && w.byOf(i) == rules.ByYou {
				w.embed(i, up, e, s, depth)
				return
			}
		}
		if !p.Past {
			s.add(rules.Planned, "ため")
		}
		return
	case TimeOf:
		if d := w.units[p.unit].dep; d >= 0 && p.Form != EventNoun {
			if e, ok := w.contentNoun(d); ok {
				s.add(e.Content, w.s.Tokens[w.units[d].head].Norm)
			}
		}
		return
	case Relative, Cause, Concession, Main:
		return
	}
	if up < 0 {
		return
	}
	switch p.Link {
	case Chained:
		q := &w.preds[up]
		if w.units[p.unit].stop {
			return // a sentence of its own inside a quotation
		}
		if p.Form != Copula && p.Form != Adjective {
			s.add(q.wide&(rules.Modalities|rules.Reasons), w.endWord(q))
		}
		if q.Link == Main && w.s.Kind == schema.Prose && w.toCome(q) && !q.InQuote && !p.Past && !p.Progressive {
			s.add(rules.Planned, "dictionary form")
		}
		if p.Form == Copula || p.Form == Adjective {
			// How things are is no plan: 不幸な事件であり、弔意を伝えたい.
			var t status
			w.inherit(up, &t, depth)
			if t.effect&^rules.Planned != 0 || t.neg {
				w.inherit(up, s, depth)
			}
			return
		}
		w.inherit(up, s, depth)
	case Argumental:
		w.argumentStatus(i, up, s, depth)
	case Complement:
		w.complementStatus(i, up, s, depth)
	case Quoted:
		w.quotedStatus(i, up, s, depth)
	}
}

// inherit adds what embeds predicate up, without up's own words.
func (w *work) inherit(up int, s *status, depth int) {
	if depth > 60 {
		return
	}
	q := &w.preds[up]
	if q.Link == Condition {
		s.add(rules.Conditional, w.endWord(q))
		return
	}
	if q.Link == Main || q.Link == Relative {
		return
	}
	w.outer(up, s, depth+1)
}

// isAbsent reports ない, 無い, なし, 低い, 薄い: what the noun stands for is not there.
func (w *work) isAbsent(q *pred) bool {
	switch q.Lemma {
	case "ない", "無い", "低い", "薄い", "乏しい", "皆無":
		return q.neg%2 == 0
	case "ある":
		return q.neg%2 == 1
	}
	return false
}

// argumentStatus: an event noun in a case of the predicate above (訪問を検討, 会談は実現しなかった), or before a content
// noun (訪問の可能性).
func (w *work) argumentStatus(i, up int, s *status, depth int) {
	p, q := &w.preds[i], &w.preds[up]
	u := &w.units[p.unit]
	if u.pred != i && u.pred == up {
		// Inside the bunsetsu of its parent: 訪問計画だ
		s.add(q.set&(rules.Modalities|rules.Reasons), q.word())
		return
	}
	if d := u.dep; d >= 0 && u.of && w.units[d].pred != up {
		if e, ok := w.contentNoun(d); ok && e.Content&rules.Conditional != 0 {
			return // 停戦の条件
		} else if ok && e.Role != "fact" && e.Role != "time" {
			w.nounContent(i, d, up, e, s, depth)
		} else if ok && e.Role == "time" {
			return
		}
		return
	}
	if d := u.dep; d >= 0 && u.of {
		// の before a predicate noun: 訪問の予定だ, 訪問の中止
		if e, ok := w.contentNoun(d); ok {
			w.nounContent(i, d, up, e, s, depth)
			return
		}
		if q.Form != EventNoun && q.Form != Light && q.Form != SahenBare && q.Form != Sahen {
			return
		}
		if v, ok := w.embedding(q.Lemma, rules.ByNoun); ok && u.mark == "" {
			w.embed(i, up, v, s, depth)
		}
		return
	}
	if w.isAbsent(q) && (u.mark == Ga || u.topic) {
		s.add(rules.Negated, q.word())
		return
	}
	if u.dep >= 0 && w.units[u.dep].pred != up {
		return
	}
	switch u.mark {
	case Kara, Made, Yori, NiYoru:
		return
	case De:
		// Where and how, not what: 会談で撤退を検討した, 仲介で合意した; but 撤退で合意した.
		if !w.a.cues.Agreed[q.Lemma] || w.a.cues.Talks[p.Lemma] || w.a.cues.Means[p.Lemma] || strings.HasSuffix(p.Compound, "会談") {
			return
		}
	}
	by := w.byOf(i)
	if v, ok := w.embedding(q.Lemma, by); ok {
		w.embed(i, up, v, s, depth)
		return
	}
	if q.Form == Light {
		if v, ok := w.embedding(q.Light, by); ok {
			w.embed(i, up, v, s, depth)
		}
	}
}
