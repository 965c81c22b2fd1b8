package clause

import "github.com/entente-kg/entente/extract/rules"

// sharedSubjects gives predicates without a subject one that the sentence names elsewhere.
func (w *work) sharedSubjects() {
	if w.a.model == nil {
		w.sharedByRule()
		return
	}
	if w.a.subjects > 0 {
		w.likelySubjects(w.a.subjects)
		return
	}
	w.subjectsOfPlans()
	// Right to left: what a clause above leaves out is decided before those that hang on it.
	for i := len(w.preds) - 1; i >= 0; i-- {
		if !w.lacksSubject(i) {
			continue
		}
		if c := w.zeroSubject(i); c >= 0 {
			w.addZero(i, c)
			continue
		}
		p := &w.preds[i]
		if p.parent >= 0 && (p.Link == Quoted || p.Link == Complement) {
			if q := w.planHolder(i); q >= 0 && w.agent(i) {
				w.copySubject(i, q, Ga, ByShared, 0.5)
			} else if w.bySpeechNoun(i) && w.agent(i) {
				w.copySubject(i, p.parent, Ga, ByShared, 0.6)
			} else if _, ok := w.embeds(i); ok && w.agent(i) {
				if c := w.controller(i); c != "" {
					w.copySubject(i, p.parent, c, ByShared, 0.5)
				}
			}
		}
	}
	for i := range w.preds {
		if !w.preds[i].has(Ga) && w.agent(i) {
			w.fromTopic(i)
		}
	}
}

// asks reports a verb of saying or asking, whose subject is a person or body.
func (w *work) asks(p *pred) bool {
	if w.light(p) {
		return false
	}
	e, ok := w.embedding(p.Lemma, rules.ByClause)
	return ok && (e.Speech || e.Control == "ni")
}

// light reports verbs that report or tell without anyone who acts.
func (w *work) light(p *pred) bool {
	switch p.Lemma {
	case "する", "なる", "ある", "いう", "言う", "みる", "見る", "示す":
		return true
	}
	return false
}

// bySpeechNoun reports a clause that is what a resolution or statement says, when its parent makes that: 非難する決議を採択.
func (w *work) bySpeechNoun(i int) bool {
	d := w.units[w.preds[i].unit].dep
	if d < 0 || w.preds[i].Link != Complement || w.units[d].mark != Wo {
		return false
	}
	e, ok := w.contentNoun(d)
	return ok && e.Speech
}

// planHolder is the predicate above the event noun that holds predicate i as a plan of its subject (購入する契約を結んだ), -1
// for none.
func (w *work) planHolder(i int) int {
	p := &w.preds[i]
	q := &w.preds[p.parent]
	if q.Form != EventNoun || q.unit != w.units[p.unit].dep || q.Link != Argumental || q.parent < 0 || w.units[q.unit].mark != Wo && w.units[q.unit].mark != Ni {
		return -1
	}
	if e, ok := w.contentNoun(q.unit); !ok || e.Control != "ga" {
		return -1
	}
	return q.parent
}

// agent reports a predicate that tells an act: a verb with an object or a サ変 verb, not passive.
func (w *work) agent(i int) bool {
	p := &w.preds[i]
	if w.passive(p) {
		return false
	}
	switch p.Form {
	case Verb:
		return (p.has(Wo) || w.asks(p) || w.hasContent(i) && w.embedsClause(p) && !w.light(p)) && (p.Link == Main || p.Link == Chained || p.Link == Quoted || p.Link == Complement)
	case Sahen, SahenBare:
		return p.Link != Relative
	}
	return false
}

// subjectsOfPlans gives predicates the subject of the plan that they embed: 大統領が辞任する意向を表明した.
func (w *work) subjectsOfPlans() {
	for i := range w.preds {
		p := &w.preds[i]
		if p.Link == Quoted && p.parent >= 0 && !p.InQuote {
			// 政府は輸入すると述べた, where the parser hung the topic on the content.
			if q := &w.preds[p.parent]; !q.has(Ga) && len(q.pending) == 0 && !w.passive(q) && w.asks(q) && w.topicSubject(p) {
				w.copySubject(p.parent, w.speakerBefore(i), Ga, ByShared, 0.7)
			}
			continue
		}
		if p.Link != Complement || p.parent < 0 || w.passive(&w.preds[p.parent]) || w.preds[p.parent].has(Ga) || !p.has(Ga) {
			continue
		}
		d := w.units[p.unit].dep
		if e, ok := w.contentNoun(d); !ok || e.Control != "ga" || w.units[d].mark != Wo {
			continue
		}
		if len(w.preds[p.parent].pending) == 0 && w.predicative(&w.preds[p.parent]) {
			w.copySubject(p.parent, i, Ga, ByShared, 0.7)
		}
	}
}

// speakerBefore is the clause chained before content i whose topic speaks (首相は演説を行い、軍は前進していると語った), else i.
func (w *work) speakerBefore(i int) int {
	for j := range w.preds[:i] {
		if q := &w.preds[j]; q.parent == w.preds[i].parent && q.Link == Chained && w.topicSubject(q) {
			return j
		}
	}
	return i
}

// topicSubject reports whether p's subject is a topic that is an actor.
func (w *work) topicSubject(p *pred) bool {
	for _, a := range p.Args {
		if a.Case == Ga && a.How == ByTopic && w.isActor(a.Chunk) && w.units[a.Chunk].wa {
			return true
		}
	}
	return false
}

// lacksSubject reports whether a subject is to be looked for. Relative clauses have theirs outside, or in the noun that they
// modify: guessing there did more harm than good.
func (w *work) lacksSubject(i int) bool {
	p := &w.preds[i]
	return w.predicative(p) && !p.has(Ga) && p.Link != Relative
}

// maxCandidates bounds the phrases that are tried for one predicate, so that time stays linear.
const maxCandidates = 24

// candidates are the units that may be the subject left out by predicate i: the nearest ones on both sides.
func (w *work) candidates(i int) []int {
	p := &w.preds[i]
	w.order = w.order[:0]
	modified := w.modified(i)
	consider := func(c int) {
		u := &w.units[c]
		if u.mark == source || u.dep >= 0 && w.units[u.dep].tells && u.dep != p.unit || u.kind != nominal && u.kind != copular || u.para || u.swallowed || w.words[u.head].is(timelike) || c == p.unit {
			return
		}
		if u.dep == p.unit && !u.of || c == modified {
			return
		}
		w.order = append(w.order, c)
	}
	for c := p.unit - 1; c >= 0 && p.unit-c < 40 && len(w.order) < maxCandidates-6; c-- {
		consider(c)
	}
	for c := p.unit + 1; c < len(w.units) && c-p.unit < 12 && len(w.order) < maxCandidates; c++ {
		consider(c)
	}
	if w.hasTopic && p.unit-w.firstTopic >= 40 {
		consider(w.firstTopic)
	}
	return w.order
}

// likelySubjects gives each predicate without a subject the unit that the model likes best, where its probability is at
// least the one given.
func (w *work) likelySubjects(least float64) {
	for i := len(w.preds) - 1; i >= 0; i-- {
		if !w.lacksSubject(i) {
			continue
		}
		candidates := w.scoreSubjects(i)
		best := 0
		for k := range w.scores {
			if k > 0 && (best == 0 || w.scores[k] > w.scores[best]) {
				best = k
			}
		}
		if best > 0 && float64(w.scores[best]) >= least {
			w.preds[i].zeroSure = float64(w.scores[best])
			w.addZero(i, candidates[best-1])
		}
	}
}

// scoreSubjects returns the units that may be the subject of predicate i, and sets w.scores to the probability of none and
// of each of them.
func (w *work) scoreSubjects(i int) []int {
	candidates := w.candidates(i)
	w.features = w.zeroFeatures(w.features[:0], i, -1)
	w.scores = append(w.scores[:0], w.a.model.zeroScore(w.features))
	for _, c := range candidates {
		w.features = w.zeroFeatures(w.features[:0], i, c)
		w.scores = append(w.scores, w.a.model.zeroScore(w.features))
	}
	softmax(w.scores)
	return candidates
}

// zeroSubject is the unit that the model takes for the subject of predicate i as far as the clauses around bear it out, -1
// for none.
func (w *work) zeroSubject(i int) int {
	candidates := w.scoreSubjects(i)
	best := 0
	for k := range w.scores {
		if w.scores[k] > w.scores[best] {
			best = k
		}
	}
	if best == 0 {
		return -1
	}
	w.preds[i].zeroSure = float64(w.scores[best])
	if c := w.sayer(i); c >= 0 && c != candidates[best-1] && w.units[candidates[best-1]].wa && candidates[best-1] < c {
		w.preds[i].zeroSure = min(w.preds[i].zeroSure, 0.5)
		return c
	}
	if c := candidates[best-1]; w.overtSubject(c) || w.passive(&w.preds[i]) {
		return c
	}
	// Who is said to act in the clauses around comes before a guess.
	if c := w.subjectOver(i); c >= 0 {
		w.preds[i].zeroSure = min(w.preds[i].zeroSure, 0.5)
		return c
	}
	if c := candidates[best-1]; w.isActor(c) && (w.units[c].mark == To || w.units[c].mark == De) {
		return -1 // with whom and where are not who
	}
	return candidates[best-1]
}

// sayer is the phrase with が of the nearest predicate that says or plans what predicate i tells, -1 for none: a topic further
// out is not who does it (理事会は、イランが合意を破棄すると表明したことを非難した).
func (w *work) sayer(i int) int {
	if w.passive(&w.preds[i]) {
		return -1
	}
	for n := 0; n < 4; n++ {
		p := &w.preds[i]
		if p.Link != Quoted && p.Link != Complement || p.parent < 0 || w.controller(i) != Ga {
			return -1
		}
		i = p.parent
		for _, a := range w.preds[i].Args {
			if a.Case == Ga && a.How == Overt && a.Surface == Ga && w.isActor(a.Chunk) {
				return a.Chunk
			}
		}
	}
	return -1
}

// overtSubject reports a person, state or body with は or が.
func (w *work) overtSubject(c int) bool {
	u := &w.units[c]
	return w.isActor(c) && (u.wa && (u.mark == "" || u.mark == Ga) || u.mark == Ga)
}

// subjectOver is the nearest phrase before predicate i that is an overt subject and reaches over it, -1 for none.
func (w *work) subjectOver(i int) int {
	to := w.preds[i].unit
	for c := to - 1; c >= 0; c-- {
		if u := &w.units[c]; u.kind == nominal && u.dep >= to && !u.of && !u.para && u.bracket == w.units[to].bracket && w.overtSubject(c) {
			return c
		}
	}
	return -1
}

// addZero gives predicate i the subject on unit c.
func (w *work) addZero(i, c int) {
	p := &w.preds[i]
	how := ByEllipsis
	if g := w.units[c].above; g >= 0 && (g == p.parent || w.preds[g].parent == i || w.preds[g].parent == p.parent) {
		how = ByShared
	}
	w.add(p, Ga, how, c, p.zeroSure)
}

// sharedByRule gives predicates without a subject that of the clause they are chained with, or of the clause above.
func (w *work) sharedByRule() {
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
	case De:
		if q.hasSurface(Ni) {
			return 0 // 仲介で停戦に合意した
		}
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
