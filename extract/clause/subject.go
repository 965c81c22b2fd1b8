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
			case p.has(Ga) && u.wa && w.shareTopic(i, c):
				k = Topic
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

// shareTopic gives topic c to the clauses chained before predicate i that stand between the topic and the predicate's own
// subject: Aは更迭を発表し、国民が退陣を要求した. It reports whether there are any.
func (w *work) shareTopic(i, c int) bool {
	subject := -1
	for _, a := range w.preds[i].Args {
		if a.Case == Ga && a.How == Overt && a.Chunk > c {
			subject = a.Chunk
		}
	}
	found := false
	for j := i - 1; j >= 0 && w.preds[j].unit > c; j-- {
		p := &w.preds[j]
		if p.unit >= subject || p.has(Ga) || p.Link != Chained && p.Link != Concession && p.Link != Cause && p.Link != TimeOf {
			continue
		}
		w.add(p, Ga, ByTopic, c, 0.7)
		found = true
	}
	return found
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
		if p.parent < 0 {
			continue
		}
		switch p.Link {
		case Chained, Concession, Cause, Purpose, TimeOf, Condition:
			if w.subjectBefore(p.parent, p.unit) {
				w.copySubject(i, p.parent, Ga, ByShared, 0.6)
			}
		case Quoted, Complement:
			if c := w.controller(i); c != "" {
				w.copySubject(i, p.parent, c, ByShared, 0.6)
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
			w.copySubject(p.parent, i, Ga, ByShared, 0.6)
		}
	}
}

// subjectBefore reports whether predicate i has a subject that stands before unit c.
func (w *work) subjectBefore(i, c int) bool {
	for _, a := range w.preds[i].Args {
		if a.Case == Ga && a.Chunk < c {
			return true
		}
	}
	return false
}

// controller is the case of the parent's argument that does what predicate i, its content, says; "" for none.
func (w *work) controller(i int) Case {
	p := &w.preds[i]
	q := &w.preds[p.parent]
	if w.passive(q) {
		return ""
	}
	e, ok := w.embeds(i)
	if !ok {
		return Ga
	}
	switch e.Control {
	case "ga":
		return Ga
	case "ni":
		return Ni
	}
	return ""
}

// embeds returns the entry of predicate i's parent for i as its content, if it has one.
func (w *work) embeds(i int) (*rules.Embedding, bool) {
	p := &w.preds[i]
	if p.parent < 0 {
		return nil, false
	}
	return w.embedding(w.preds[p.parent].Lemma, w.byOf(i))
}

// byOf tells how predicate i hangs on its parent, in the words of the embedding table.
func (w *work) byOf(i int) rules.By {
	p := &w.preds[i]
	q := &w.preds[p.parent]
	switch p.Link {
	case Quoted, Complement, Purpose:
		d := w.units[p.unit].dep
		if w.endsInYou(p.unit) || d >= 0 && w.s.Tokens[w.units[d].head].Norm == "よう" {
			return rules.ByYou
		}
		return rules.ByClause
	}
	// The phrase of the parent that leads to i.
	c := p.unit
	for n := 0; n < 32 && w.units[c].dep >= 0 && w.units[c].dep != q.unit; n++ {
		c = w.units[c].dep
	}
	switch w.units[c].mark {
	case Ga:
		if w.passive(q) {
			return rules.ByNoun
		}
		return rules.ByGa
	case Ni, NiMuke, NiTaishi:
		return rules.ByNi
	case "":
		if w.units[c].topic {
			for _, a := range q.Args {
				if a.Chunk == c && a.Surface == Wo || a.Chunk == c && w.passive(q) {
					return rules.ByNoun
				}
			}
			return rules.ByGa
		}
	}
	return rules.ByNoun
}

// endsInYou reports whether unit u's predicate is followed by よう or ように.
func (w *work) endsInYou(u int) bool {
	x := &w.units[u]
	for k := x.head + 1; k < x.end; k++ {
		if w.s.Tokens[k].Norm == "よう" && w.words[k].is(formal) {
			return true
		}
	}
	return false
}

// copySubject gives predicate to what predicate from has in case c, as its subject.
func (w *work) copySubject(to, from int, c Case, how How, sure float64) {
	p, q := &w.preds[to], &w.preds[from]
	for _, a := range q.Args {
		if a.Case != c && !(c == Ni && a.Case == NiTaishi) || p.holds(a) || a.Chunk == p.unit || c == Ni && !w.isActor(a.Chunk) {
			continue
		}
		a.Case, a.Surface, a.How, a.Certainty = Ga, Ga, how, min(a.Certainty, sure)
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
