package clause

import "github.com/entente-kg/entente/extract/rules"

// eachOpen calls f for the phrases of predicate i whose case no particle tells: は, も, nothing, or the head of a relative
// clause; n counts the first three kinds.
func (w *work) eachOpen(i int, f func(c int, kind openKind, n int)) {
	p := &w.preds[i]
	for n, c := range p.pending {
		f(c, w.openKindOf(c), n)
	}
	if d := w.modified(i); d >= 0 {
		f(d, openRelative, 0)
	}
}

// modified is the noun unit that the clause of predicate i modifies, -1 for none.
func (w *work) modified(i int) int {
	p := &w.preds[i]
	u := &w.units[p.unit]
	if p.Form == EventNoun || p.Form == Contraction || u.pred != i || u.dep < 0 || u.quote || u.set&rules.QuoteLink != 0 {
		return -1
	}
	d := u.dep
	switch p.Link {
	case Relative, Cause, TimeOf, Condition, Purpose:
	case Complement:
		// The content of こと and 方針 has no gap; 会談したもの, 署名した例 may.
		if e, ok := w.contentNoun(d); !ok || e.Role != "fact" || w.contentOnly(d) {
			return -1
		}
	default:
		return -1
	}
	if w.titled(d) {
		// 握手する首相と大統領: the clause reaches over all persons.
		for n := 0; n < 8 && w.units[d].para && w.units[d].dep >= 0 && w.titled(w.units[d].dep); n++ {
			d = w.units[d].dep
		}
	}
	if !u.finite && u.kind != adjectival || w.units[d].kind == verbal || w.units[d].kind == modifier || w.units[d].kind == absorbed || w.units[d].swallowed {
		return -1
	}
	return d
}

// contentOnly reports こと and の, whose clause is all that they mean.
func (w *work) contentOnly(d int) bool {
	switch w.s.Tokens[w.units[d].head].Norm {
	case "こと", "事", "の":
		return true
	}
	return false
}

// topics gives every phrase with は, も or no particle a case of the predicate that it depends on.
func (w *work) topics() {
	for i := range w.preds {
		p := &w.preds[i]
		learned := w.a.model != nil && w.predicative(p)
		for n, c := range p.pending {
			u := &w.units[c]
			k, sure := Ga, 0.75
			if j, who := w.lent(i, c); j >= 0 {
				w.add(&w.preds[j], Ga, ByTopic, c, 0.7)
				w.add(p, Ga, ByShared, who, 0.6)
				continue
			}
			if u.bracket >= 0 && u.bracket != w.units[p.unit].bracket && w.quotesNoun(p) {
				continue // inside the quotation: 「延期は不可避」と述べた
			}
			switch {
			case p.Form == EventNoun || p.Form == Contraction:
				k = Topic
				if u.topic || u.comma {
					k = Ga
				}
			case u.wa && w.shareTopic(i, c):
				k = Topic
			case u.mark == To && w.words[u.head].is(proper|countrylike):
				k = To // タイとは署名した
			case w.eventHead(c) && !p.has(Wo) && !w.passive(p) && w.lightOf(p, c):
				k = Wo // 署名はしなかった, 会談は行わなかった
			case u.topic && w.contentOnly(c) && w.embedsClause(p) && !p.has(Wo) && !w.passive(p):
				k = Wo // 断つことは考えていない
			case learned:
				k, sure = w.decideOpen(p, c, w.openKindOf(c), n)
				switch {
				case k == Wo && u.wa && w.isActor(c) && !p.has(Ga) && (w.asks(p) || w.a.cues.Talks[p.Lemma] || w.a.cues.Journeys[p.Lemma] || w.embedsClause(p) && w.hasContent(i)):
					k, sure = Ga, 0.6
				case (k == "" || k == Ga) && w.objectTopic(p, c):
					k, sure = Wo, 0.7
				case k != "":
				case !p.has(Ga) && w.isActor(c):
					k, sure = Ga, 0.5
				default:
					k = Topic
				}
			case p.has(Ga) && !p.has(Wo) && !w.passive(p):
				k = Wo
			case p.has(Ga):
				k = Topic
			}
			w.add(p, k, ByTopic, c, sure)
		}
	}
}

// lent is the content of what predicate i says whose topic c is, where the clause chained before names who speaks:
// 首相は演説を行い、軍は前進していると語った; who is the one who speaks; -1 for none.
func (w *work) lent(i, c int) (to, who int) {
	to, who = -1, -1
	if !w.units[c].wa || w.units[c].mark != "" || !w.embedsClause(&w.preds[i]) {
		return -1, -1
	}
	for j := range w.preds[:i] {
		q := &w.preds[j]
		if q.parent != i {
			continue
		}
		switch {
		case q.Link == Quoted && q.unit > c && !q.InQuote && !q.has(Ga) && len(q.pending) == 0 && w.predicative(q):
			to = j
		case q.Link == Chained && q.unit < c:
			for _, a := range q.Args {
				if a.Case == Ga && a.Chunk >= 0 && a.Chunk < q.unit && w.units[a.Chunk].wa && w.isActor(a.Chunk) {
					who = a.Chunk
				}
			}
		}
	}
	if who < 0 {
		return -1, -1
	}
	return to, who
}

// objectTopic reports a topic that is no actor beside a subject that is one (条約は議会が批准した), or of a verb that only
// actors are subjects of (解散も宣言した).
func (w *work) objectTopic(p *pred, c int) bool {
	if p.has(Wo) || w.passive(p) || w.isActor(c) || p.Form != Sahen && p.Form != Verb {
		return false
	}
	if p.has(Ga) {
		for _, a := range p.Args {
			if a.Case == Ga && w.isActor(a.Chunk) {
				return true
			}
		}
		return false
	}
	if !w.eventHead(c) {
		return false
	}
	if e, ok := w.embedding(p.Lemma, rules.ByNoun); ok && e.HasDenied && e.Denied&rules.Threatened != 0 {
		return true // 武力行使も辞さない
	}
	e, ok := w.embedding(p.Lemma, rules.ByClause)
	return ok && e.Speech
}

// quotesNoun reports a predicate with a quotation that ends in a noun as its content.
func (w *work) quotesNoun(p *pred) bool { return p.has(Quote) }

// lightOf reports whether event noun c in を and predicate p make one (会談を行う).
func (w *work) lightOf(p *pred, c int) bool {
	if w.quotesNoun(p) {
		return false // 「延期は不可避」とし
	}
	if p.Lemma == "する" {
		return true
	}
	if p.Form != Verb && p.Form != Sahen {
		return false
	}
	e := w.eventOn(c)
	for k := range w.a.cues.Light[p.Lemma] {
		if l := &w.a.cues.Light[p.Lemma][k]; l.In == "wo" && !l.Receiving && e >= 0 && w.allowed(l, e, c) {
			return true
		}
	}
	return false
}

// embedsClause reports a verb that takes a clause as its content.
func (w *work) embedsClause(p *pred) bool {
	_, ok := w.embedding(p.Lemma, rules.ByClause)
	return ok
}

// hasContent reports whether a clause is the content of predicate i.
func (w *work) hasContent(i int) bool {
	for j := i - 1; j >= 0 && i-j < 8; j-- {
		if q := &w.preds[j]; q.parent == i && (q.Link == Complement || q.Link == Quoted) {
			return true
		}
	}
	return false
}

// predicative reports whether the learned decisions are made for p.
func (w *work) predicative(p *pred) bool {
	return p.Form != EventNoun && p.Form != Contraction && p.Form != SahenBare
}

// decideOpen asks the model for the case of open phrase c; "" for none.
func (w *work) decideOpen(p *pred, c int, kind openKind, n int) (Case, float64) {
	w.features = w.openFeatures(w.features[:0], p, c, kind, n)
	s := w.a.model.openScores(w.features)
	softmax(s[:])
	best := 0
	for l := range s {
		if s[l] > s[best] {
			best = l
		}
	}
	return openCases[best], float64(s[best])
}

// shareTopic gives topic c to the clauses chained before predicate i that stand between the topic and the predicate's own
// subject, and to those that it tells: Aは更迭を発表し、国民が退陣を要求した; Aは退陣すると新聞が報じた. It reports whether there are any.
func (w *work) shareTopic(i, c int) bool {
	subject := -1
	for _, t := range w.preds[i].pending {
		if t > c && w.units[t].wa && w.isActor(t) && w.isActor(c) {
			subject = t
		}
	}
	for _, a := range w.preds[i].Args {
		if a.Case == Ga && a.How == Overt && a.Chunk > c {
			subject = a.Chunk
		}
	}
	found := false
	for j := i - 1; j >= 0 && w.preds[j].unit > c; j-- {
		p := &w.preds[j]
		if p.unit >= subject || p.has(Ga) {
			continue
		}
		switch p.Link {
		case Chained, Concession, Cause, TimeOf:
		case Quoted, Complement:
			if p.parent != i || p.InQuote || !w.predicative(p) || !w.isActor(c) {
				continue // Aは訪問すると新聞が報じた: what is told is of A
			}
		default:
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
		d := w.modified(i)
		if d < 0 {
			continue
		}
		k, sure := Ga, 0.7
		switch {
		case w.isTime(d):
			k = Time
		case w.a.model != nil:
			k, sure = w.decideOpen(p, d, openRelative, 0)
		case p.Link != Relative:
			k = ""
		case p.Form == Adjective || p.Form == Copula:
			if p.has(Ga) {
				k = ""
			}
		case p.has(Ga) && !p.has(Wo) && !w.passive(p):
			k = Wo
		case p.has(Ga):
			k = ""
		}
		if k == "" && p.Link == Relative && p.Form != Copula && p.Form != Adjective && w.isActor(d) && !p.has(Ga) && !w.passive(p) && p.has(Wo) {
			k, sure = Ga, 0.5 // 反政府勢力を支援するロシア
		}
		if k == "" {
			continue
		}
		p.gap = k
		w.add(p, k, ByRelative, d, sure)
	}
}
