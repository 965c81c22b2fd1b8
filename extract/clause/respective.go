package clause

// respective gives a predicate with それぞれ a copy for each pair of its subjects and of what stands behind them in the same
// number: 首相と外相はそれぞれ米国とカナダを訪問した is two visits. Other arguments are shared.
func (w *work) respective() {
	for i := range len(w.preds) {
		p := &w.preds[i]
		if p.gone || p.Form == EventNoun || p.Form == Contraction || !p.each {
			continue
		}
		c, n := w.paired(p)
		if n < 2 {
			continue
		}
		args := p.Args
		for k := 1; k < n; k++ {
			q := *p
			q.Args = pick(args, c, k)
			w.preds = append(w.preds, q)
		}
		p = &w.preds[i]
		p.Args = pick(args, c, 0)
	}
}

// isEach reports それぞれ and its like.
func (w *work) isEach(c int) bool {
	switch w.s.Tokens[w.units[c].head].Norm {
	case "それぞれ", "各々", "おのおの":
		return true
	}
	return false
}

// paired is the case whose fillers go one by one with the subjects, and their number; 0 for none.
func (w *work) paired(p *pred) (Case, int) {
	n := 0
	for _, a := range p.Args {
		if a.Case == Ga {
			n++
		}
	}
	for _, c := range [...]Case{Wo, Ni, To, He} {
		m := 0
		for _, a := range p.Args {
			if a.Case == c && a.How == Overt && w.isActor(a.Chunk) {
				m++
			}
		}
		if m == n {
			return c, n
		}
	}
	return "", 0
}

// pick copies args with only the k-th of the subjects and of those in case c.
func pick(args []Argument, c Case, k int) []Argument {
	var out []Argument
	subject, other := 0, 0
	for _, a := range args {
		switch a.Case {
		case Ga:
			subject++
			if subject-1 != k {
				continue
			}
		case c:
			other++
			if other-1 != k {
				continue
			}
		}
		out = append(out, a)
	}
	return out
}
