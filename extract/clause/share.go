package clause

// shareNouns gives event nouns without participants those of the predicate that embeds them: 首相は訪米を検討 (the prime
// minister visits), 米国は中国に停戦を求めた (China is to stop).
func (w *work) shareNouns() {
	for i := range w.preds {
		p := &w.preds[i]
		if p.gone || p.Form != EventNoun && p.Form != Contraction || p.Link != Argumental || p.parent < 0 {
			continue
		}
		if p.has(Ga) || p.has(NiYoru) || w.hasActor(p) {
			continue
		}
		from := w.follow(p.parent)
		if from == i {
			continue
		}
		e, ok := w.embeds(i)
		if !ok || w.preds[from].Voice == Passive {
			continue
		}
		c := Case(e.Control)
		if c != Ga && c != Ni {
			continue
		}
		w.copySubject(i, from, c, ByShared, 0.5)
	}
}

// shareAims gives the phrase with に対し that stands before a chain of clauses, and that the parser hung on its end, to the others
// of the chain: 声明に対し、歓迎の意を表し、再開を促した.
func (w *work) shareAims() {
	for i := range w.preds {
		p := &w.preds[i]
		if p.gone || p.Link != Chained || p.parent < 0 || p.Form != Sahen && p.Form != Light || p.has(NiTaishi) || p.has(Ni) || p.has(Wo) {
			continue
		}
		for _, a := range w.preds[w.follow(p.parent)].Args {
			if a.Case == NiTaishi && a.How == Overt && a.Chunk >= 0 && a.Chunk < p.unit && w.units[a.Chunk].comma {
				a.How, a.Certainty = ByShared, a.Certainty*0.8
				p.Args = append(p.Args, a)
				break
			}
		}
	}
}

// hasActor reports whether an event noun names who does it by の or からの.
func (w *work) hasActor(p *pred) bool {
	for _, a := range p.Args {
		switch a.Case {
		case No, KaraNo:
			if w.isActor(a.Chunk) {
				return true
			}
		}
	}
	return false
}
