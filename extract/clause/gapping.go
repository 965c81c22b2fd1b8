package clause

import "github.com/entente-kg/entente/extract/rules"

// gapping gives a predicate that is said once for several sets of arguments a copy for each: カンボジアと協定を、タイとは覚書を
// 締結した is two signings. Subject, topic, time and place are shared.
func (w *work) gapping() {
	for i := range len(w.preds) {
		p := &w.preds[i]
		if p.gone || p.Form == EventNoun || p.Form == Contraction {
			continue
		}
		// The end of a set is an object with a comma behind it.
		cut := -1
		for _, a := range p.Args {
			if a.Case == Wo && a.How == Overt && a.Chunk >= 0 && w.units[a.Chunk].comma && a.Chunk > cut {
				cut = a.Chunk
			}
		}
		if cut < 0 || !w.setAround(p, cut, true) || !w.setAround(p, cut, false) {
			continue
		}
		q := *p
		q.Args, q.pending = nil, nil
		var kept []Argument
		for _, a := range p.Args {
			switch {
			case !w.gapped(&a):
				kept = append(kept, a)
				q.Args = append(q.Args, a)
			case a.Chunk <= cut:
				q.Args = append(q.Args, a)
			default:
				kept = append(kept, a)
			}
		}
		p.Args = kept
		w.preds = append(w.preds, q)
	}
}

// gapped reports whether an argument belongs to one set only.
func (w *work) gapped(a *Argument) bool {
	if a.Chunk < 0 || a.Sentence != w.s.Index {
		return false
	}
	switch a.Case {
	case Wo, Ni, To, Kara, He, NiTaishi:
		return true
	}
	return false
}

// setAround reports whether there is an object and another argument up to (or behind) the cut.
func (w *work) setAround(p *pred, cut int, before bool) bool {
	object, other := false, false
	for j := range p.Args {
		a := &p.Args[j]
		if !w.gapped(a) || (a.Chunk <= cut) != before {
			continue
		}
		if a.Case == Wo {
			object = true
		} else {
			other = true
		}
	}
	return object && other
}

// requests moves the addressee of a request out of its content: in 中国に撤退するよう求めた it is China that is asked, and
// that is to withdraw.
func (w *work) requests() {
	for i := range w.preds {
		p := &w.preds[i]
		if p.parent < 0 || p.Link != Complement && p.Link != Quoted && p.Link != Purpose {
			continue
		}
		e, ok := w.embeds(i)
		if !ok || e.Control != "ni" || e.Nonpast&rules.Requested == 0 && e.Content&rules.Requested == 0 || w.threat(i) {
			continue
		}
		q := &w.preds[p.parent]
		if !q.has(Ni) && !q.has(NiTaishi) {
			for j := range p.Args {
				a := p.Args[j]
				if (a.Case == Ni || a.Case == NiTaishi) && a.How == Overt && w.isActor(a.Chunk) {
					p.Args = append(p.Args[:j:j], p.Args[j+1:]...)
					q.Args = append(q.Args, a)
					break
				}
			}
		}
		asked := q.has(Ni) || q.has(NiTaishi)
		if w.passive(q) {
			continue
		}
		// A subject that was only supposed is the addressee's.
		kept := p.Args[:0:0]
		overt := false
		for _, a := range p.Args {
			if a.Case == Ga && a.How != Overt && !(a.How == ByTopic && w.units[max(a.Chunk, 0)].dep == p.unit && p.InQuote) {
				continue
			}
			overt = overt || a.Case == Ga
			kept = append(kept, a)
		}
		p.Args = kept
		if !overt && asked {
			w.copySubject(i, p.parent, Ni, ByShared, 0.7)
		}
	}
}
