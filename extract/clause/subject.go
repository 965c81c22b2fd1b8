package clause

import "github.com/entente-kg/entente/extract/rules"

// topics gives every phrase with は, も or no particle a case of the predicate that it depends on.
func (w *work) topics() {
	for i := range w.preds {
		p := &w.preds[i]
		for n, c := range p.pending {
			u := &w.units[c]
			k := Ga
			switch {
			case p.Form == EventNoun || p.Form == Contraction:
				k = Topic
				if u.topic || u.comma {
					k = Ga
				}
			case p.has(Ga) && !p.has(Wo) && !w.passive(p):
				k = Wo
			case p.has(Ga):
				k = Topic
			case n == 0 && len(p.pending) > 1 && !u.topic && w.units[p.pending[1]].topic:
				k = Topic
			}
			w.add(p, k, ByTopic, c, 0.75)
		}
	}
}

func (w *work) passive(p *pred) bool { return p.set&rules.Passive != 0 }

// gaps fills a relative clause's gap with the noun that it modifies.
func (w *work) gaps() {
	for i := range w.preds {
		p := &w.preds[i]
		if p.Link != Relative {
			continue
		}
		d := w.units[p.unit].dep
		if d < 0 || w.units[d].kind == verbal {
			continue
		}
		k := Ga
		switch {
		case w.isTime(d):
			k = Time
		case p.Form == Adjective || p.Form == Copula:
			if p.has(Ga) {
				k = ""
			}
		case p.has(Ga) && !p.has(Wo) && !w.passive(p):
			k = Wo
		case p.has(Ga):
			k = ""
		}
		if k == "" {
			continue
		}
		p.gap = k
		w.add(p, k, ByRelative, d, 0.7)
	}
}

// sharedSubjects gives predicates without a subject that of the clause they are chained with, or of the clause above.
func (w *work) sharedSubjects() {
	for i := len(w.preds) - 1; i >= 0; i-- {
		p := &w.preds[i]
		if p.has(Ga) || p.Form == EventNoun || p.Form == Contraction {
			continue
		}
		switch p.Link {
		case Chained, Concession, Cause, Purpose, TimeOf, Condition, Quoted, Complement:
			if p.parent >= 0 {
				w.copySubject(i, p.parent, ByShared, 0.6)
			}
		}
	}
	// Subjects said in an earlier clause reach the clauses after it.
	for i := range w.preds {
		p := &w.preds[i]
		if p.parent < 0 || p.Link != Chained && p.Link != Concession && p.Link != Cause && p.Link != TimeOf {
			continue
		}
		if q := &w.preds[p.parent]; !q.has(Ga) && q.Form != EventNoun && q.Form != Contraction {
			w.copySubject(p.parent, i, ByShared, 0.6)
		}
	}
}

// copySubject gives predicate to the subject of predicate from.
func (w *work) copySubject(to, from int, how How, sure float64) {
	p, q := &w.preds[to], &w.preds[from]
	if w.units[p.unit].kind == nominal && p.Form == EventNoun {
		return
	}
	for _, a := range q.Args {
		if a.Case != Ga || p.holds(a) {
			continue
		}
		if a.Chunk == p.unit {
			continue
		}
		a.How, a.Certainty = how, min(a.Certainty, sure)
		p.Args = append(p.Args, a)
	}
}

// holds reports whether p has an argument with the span of a.
func (p *pred) holds(a Argument) bool {
	for i := range p.Args {
		if p.Args[i].Span == a.Span && p.Args[i].Sentence == a.Sentence {
			return true
		}
	}
	return false
}
