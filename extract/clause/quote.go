package clause

import "github.com/entente-kg/entente/extract/rules"

// maxSpeakers bounds the attribution chain.
const maxSpeakers = 4

// speakers gives every predicate who says it: the subjects of the speech predicates above it, innermost first, then who
// is named by によると. Inside quotations the first person becomes the speaker.
func (w *work) speakers() {
	for i := range w.preds {
		w.preds[i].Speakers = nil
	}
	// Parents stand to the right of their contents in nearly all cases: right to left, so that chains build up.
	for i := len(w.preds) - 1; i >= 0; i-- {
		p := &w.preds[i]
		if p.gone {
			continue
		}
		up := w.follow(p.parent)
		if up < 0 || up == i {
			continue
		}
		said := w.saidBy(i)
		p.Speakers = append(p.Speakers, said...)
		for _, a := range w.preds[up].Speakers {
			if len(p.Speakers) < maxSpeakers {
				p.Speakers = append(p.Speakers, a)
			}
		}
	}
	w.quotations()
	w.sources()
	w.firstPerson()
}

// saidBy returns who says predicate i, when it is the content of a predicate or noun of speech.
func (w *work) saidBy(i int) []Argument {
	p := &w.preds[i]
	if p.Link != Quoted && p.Link != Complement {
		return nil
	}
	q := &w.preds[w.follow(p.parent)]
	if d := w.units[p.unit].dep; d >= 0 && w.units[d].kind == nominal {
		// By a noun: 「…」との見方を示した.
		e, ok := w.contentNoun(d)
		if !ok {
			return nil
		}
		verb, say := w.embedding(q.Lemma, rules.ByClause)
		if q.Form == Light && !say {
			verb, say = w.embedding(q.Light, rules.ByClause)
		}
		switch {
		case e.Speech:
			var out []Argument
			for g := w.units[d].first; g >= 0; g = w.units[g].next {
				if w.units[g].kind == nominal && w.units[g].of && w.units[g].mark == "" && w.isActor(g) {
					out = append(out, w.argument(Ga, ByNoun, g, 0.7))
				}
			}
			if out == nil && q.unit == d && q.Form == EventNoun && q.parent >= 0 {
				// 「…」とのコメントを出した
				if q = &w.preds[w.follow(q.parent)]; !w.passive(q) {
					for _, a := range subjects(q) {
						if a.Sentence != w.s.Index || w.isActor(a.Chunk) {
							out = append(out, a)
						}
					}
				}
				return out
			}
			if out == nil && q.unit != d && !w.passive(q) {
				out = subjects(q)
			}
			return out
		case say && verb.Speech && q.Voice != Passive:
			// 訪問する意向を表明, …することを明らかにした
			return subjects(q)
		}
		return nil
	}
	by := w.byOf(i)
	e, ok := w.embedding(q.Lemma, by)
	if !ok && q.Form == Light {
		e, ok = w.embedding(q.Light, by)
	}
	if !ok && w.a.cues.Nouns[q.Lemma] != nil && w.a.cues.Nouns[q.Lemma][0].Speech {
		return subjects(q)
	}
	if !ok || !e.Speech && !w.units[p.unit].quote {
		return nil
	}
	if q.Voice == Passive {
		return nil
	}
	return subjects(q)
}

func subjects(p *pred) []Argument {
	var out []Argument
	for _, a := range p.Args {
		if a.Case == Ga {
			out = append(out, a)
		}
	}
	return out
}

// argument makes an Argument of unit c alone.
func (w *work) argument(k Case, how How, c int, sure float64) Argument {
	u := &w.units[c]
	return Argument{Case: k, Surface: k, How: how, Sentence: w.s.Index, Span: w.span(u.start, u.head), Chunk: c, Certainty: sure}
}

// quotations gives all predicates inside a quotation the speakers of the one that closes it.
func (w *work) quotations() {
	if len(w.s.Quotes) == 0 {
		return
	}
	// The last predicate of a quotation that has any, by quotation.
	speaker := make([]int, len(w.s.Quotes))
	for i := range speaker {
		speaker[i] = -1
	}
	for i := range w.preds {
		p := &w.preds[i]
		if q := w.units[p.Chunk].bracket; q >= 0 && !p.gone && len(p.Speakers) > 0 {
			speaker[q] = i
		}
	}
	for i := range w.preds {
		p := &w.preds[i]
		if q := w.units[p.Chunk].bracket; q >= 0 && !p.gone && len(p.Speakers) == 0 && speaker[q] >= 0 {
			p.Speakers = w.preds[speaker[q]].Speakers
		}
	}
}

// sources reads Aによると: A says every predicate to its right.
func (w *work) sources() {
	for c := range w.units {
		u := &w.units[c]
		if u.tells && u.pred >= 0 {
			w.sourceClause(u.pred)
			continue
		}
		if u.mark != source || u.kind == absorbed || w.words[u.head].is(pronoun) {
			continue
		}
		var who []Argument
		if w.a.cues.Sources[w.s.Tokens[u.head].Norm] {
			for g := u.first; g >= 0; g = w.units[g].next {
				if w.units[g].kind == nominal && w.units[g].of && w.isActor(g) {
					who = append(who, w.argument(Ga, ByNoun, g, 0.8))
				}
			}
			if who == nil && u.start < u.head && w.words[u.head-1].is(mayActor) {
				a := w.argument(Ga, ByCompound, c, 0.7)
				a.Span, a.Chunk = w.span(u.start, u.head-1), -1
				who = append(who, a)
			}
		} else {
			w.conjuncts(c, 0, func(g int) { who = append(who, w.argument(Ga, Overt, g, 0.9)) })
		}
		for i := range w.preds {
			p := &w.preds[i]
			if p.gone || p.unit <= c || len(p.Speakers)+len(who) > maxSpeakers {
				continue
			}
			p.Speakers = append(p.Speakers[:len(p.Speakers):len(p.Speakers)], who...)
		}
	}
}

// sourceClause gives every predicate to the right of Aが語ったところによると A as its speaker.
func (w *work) sourceClause(tells int) {
	who := subjects(&w.preds[tells])
	for i := range w.preds {
		p := &w.preds[i]
		if p.gone || p.unit <= w.preds[tells].unit || len(p.Speakers)+len(who) > maxSpeakers {
			continue
		}
		p.Speakers = append(p.Speakers[:len(p.Speakers):len(p.Speakers)], who...)
	}
}

// firstPerson puts the speaker in place of 私, 我々, わが国 inside quotations, and of a subject left out where the
// predicate is an act of the speaker's (「推薦する」と述べた).
func (w *work) firstPerson() {
	for i := range w.preds {
		p := &w.preds[i]
		if p.gone || !p.InQuote || len(p.Speakers) == 0 {
			continue
		}
		for j := range p.Args {
			a := &p.Args[j]
			if a.Chunk < 0 || a.Sentence != w.s.Index {
				continue
			}
			h := w.s.Tokens[w.units[a.Chunk].head].Norm
			if !w.a.cues.FirstPerson[h] && !w.a.cues.FirstCountry[h] {
				continue
			}
			s := p.Speakers[0]
			a.How, a.Sentence, a.Span, a.Chunk, a.Certainty = BySpeaker, s.Sentence, s.Span, s.Chunk, min(a.Certainty, 0.8)
		}
		if p.has(Ga) || p.Voice == Passive || p.Form == EventNoun || p.Form == Contraction {
			continue
		}
		if w.a.cues.Performatives[p.Lemma] || p.set&rules.Planned != 0 {
			s := p.Speakers[0]
			s.Case, s.Surface, s.How, s.Certainty = Ga, Ga, BySpeaker, 0.7
			p.Args = append(p.Args, s)
		}
	}
}
