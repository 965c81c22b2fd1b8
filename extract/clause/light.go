package clause

import "github.com/entente-kg/entente/extract/rules"

// lightVerbs lets event nouns take the place of the light verbs that they stand with: 会談を行う is 会談する.
func (w *work) lightVerbs() {
	for i := range w.preds {
		p := &w.preds[i]
		if p.gone || p.Form == EventNoun || p.Form == Contraction || p.Form == Copula && w.units[p.unit].kind != nominal {
			continue
		}
		list := w.a.cues.Light[p.Lemma]
		for k := range list {
			if w.mergeLight(i, &list[k]) {
				break
			}
		}
	}
}

// mergeLight merges predicate i with the event nouns in the case that l names, if there are any.
func (w *work) mergeLight(i int, l *rules.LightVerb) bool {
	p := &w.preds[i]
	in := Case(l.In)
	// In the passive the object is the subject: 会談が行われる.
	if w.passive(p) && in == Wo && !p.has(Wo) {
		in = Ga
	}
	first := -1
	for j := range p.Args {
		a := p.Args[j]
		if a.Case != in || a.Chunk < 0 || a.Sentence != w.s.Index || a.How == ByShared {
			continue
		}
		e := w.eventOn(a.Chunk)
		if e < 0 {
			e = w.carried(a.Chunk)
		}
		if e >= 0 && w.preds[e].head != w.units[a.Chunk].head && w.preds[e].set&rules.Modalities != 0 {
			continue // 撤退案を示す
		}
		if l.Receiving && w.inWakeOf(i, e) {
			continue
		}
		if e < 0 || e == i || w.preds[e].gone || !w.allowed(l, e, a.Chunk) {
			continue
		}
		if first < 0 {
			first = e
		}
		w.takeOver(e, i, l, in)
	}
	if first < 0 {
		return false
	}
	p = &w.preds[i]
	p.gone, p.into = true, first
	return true
}

// inWakeOf reports 侵攻を受け(て)、…した of an event that has a doer: the clause tells what came before, not whom it hit.
func (w *work) inWakeOf(i, e int) bool {
	p := &w.preds[i]
	if e < 0 || p.Lemma != "受ける" || p.Link != Chained || !w.units[p.unit].comma {
		return false
	}
	q := &w.preds[e]
	return q.has(NiYoru) || q.has(KaraNo) || w.hasActor(q)
}

// carried is the event noun before a noun that only carries it (哀悼の意, 支持の立場), -1 for none.
func (w *work) carried(c int) int {
	if !w.a.cues.Carriers[w.s.Tokens[w.units[c].head].Norm] || w.units[c].start < w.units[c].head {
		return -1
	}
	for g := w.units[c].first; g >= 0; g = w.units[g].next {
		if u := &w.units[g]; u.of && u.mark == "" && w.eventOn(g) >= 0 {
			return w.eventOn(g)
		}
	}
	return -1
}

// eventOn is the event noun predicate on unit c, -1 for none.
func (w *work) eventOn(c int) int {
	e := w.units[c].pred
	if e < 0 {
		return -1
	}
	switch w.preds[e].Form {
	case EventNoun, Contraction:
		return e
	}
	return -1
}

func (w *work) allowed(l *rules.LightVerb, e, c int) bool {
	if l.Nouns == nil {
		return true
	}
	return l.Nouns[w.preds[e].Lemma] || l.Nouns[w.preds[e].Compound] || l.Nouns[w.s.Tokens[w.units[c].head].Norm]
}

// takeOver gives event e the arguments, mood and place of the light verb i.
func (w *work) takeOver(e, i int, l *rules.LightVerb, in Case) {
	p, v := &w.preds[e], &w.preds[i]
	p.Form, p.Light = Light, v.Lemma
	p.LightSpan, p.LightChunk = v.Span, v.Chunk
	passive := w.passive(v)
	if l.Receiving && !passive {
		p.Voice = Receiving
	}
	group := 0
	for j := range p.Args {
		group = max(group, p.Args[j].Group+1)
	}
	for _, a := range v.Args {
		if a.Case == in && a.Chunk >= 0 && (w.units[a.Chunk].pred >= 0 && w.eventOrMerged(a.Chunk) || w.a.cues.Carriers[w.s.Tokens[w.units[a.Chunk].head].Norm]) {
			continue
		}
		if p.holds(a) {
			continue
		}
		a.Group += group
		switch {
		case l.Receiving && !passive && a.Case == Ga:
			a.Case = Wo
		case l.Receiving && !passive && (a.Case == Kara || a.Case == Ni || a.Case == NiYoru):
			a.Case = Ga
		case passive && in == Wo && a.Case == Ga:
			a.Case = Wo // 制裁を科された
		case passive && in == Wo && a.Case == Ni && w.isActor(a.Chunk):
			a.Case = Ga
		case passive && (a.Case == NiYoru || a.Case == Kara):
			a.Case = Ga
		}
		p.Args = append(p.Args, a)
	}
	if l.Receiving && !passive {
		had := p.has(Ga)
		for j := range p.Args {
			if a := &p.Args[j]; a.Case == KaraNo || a.Case == No && a.How == ByNoun && !had {
				a.Case = Ga
			}
		}
	}
	p.set = p.set&^rules.Time | v.set&^rules.Passive | l.Effect&^rules.Negated
	p.wide |= v.wide
	p.each = p.each || v.each
	p.neg += v.neg
	if l.Effect&rules.Negated != 0 {
		p.neg++
	}
	if passive {
		p.Voice = Passive
	}
	p.occurs = passive || in == Ga
	p.Link, p.parent, p.gap = v.Link, v.parent, v.gap
	p.unit = v.unit
	p.pending = nil
}

func (w *work) eventOrMerged(c int) bool {
	switch w.preds[w.units[c].pred].Form {
	case EventNoun, Contraction, Light:
		return true
	}
	return false
}
