package clause

import "github.com/entente-kg/entente/schema"

// context remembers who the sentences before were about, for subjects left out.
type context struct {
	// salient are the candidates of the last sentence that had any, the best first: topic, subject, object.
	salient []Argument
	// sides are the topics of all its clauses (A側は…し、B側は…した), for what two do together.
	sides []Argument
	// age counts the sentences since then.
	age int
	// used reports that the sentence at hand took its subject from them: it goes on about them.
	used bool
}

// maxAge is how many sentences back a subject may be taken from.
const maxAge = 1

// note records the candidates of the sentence in w.
func (c *context) note(w *work) {
	c.age++
	if c.used {
		c.age, c.used = 1, false
	}
	var topic, subject, object, sides []Argument
	// The last clause that has a topic, else the last that has a subject.
	for i := len(w.preds) - 1; i >= 0; i-- {
		p := &w.preds[i]
		if p.gone || p.InQuote || p.Link != Main && p.Link != Chained {
			continue
		}
		for _, a := range p.Args {
			if a.Chunk < 0 || a.Sentence != w.s.Index || !w.isActor(a.Chunk) {
				continue
			}
			switch {
			case a.Case == Ga && a.How != Overt && a.How != ByTopic && !w.overtSubject(a.Chunk) && !w.inTopic(p, &a):
				// a guess is no antecedent
			case a.Case == Ga && w.inTopic(p, &a):
				for _, b := range group(w, p, a.Group) {
					sides = appendNew(sides, b)
				}
				if topic == nil {
					topic = group(w, p, a.Group)
				}
			case a.Case == Ga && subject == nil:
				subject = group(w, p, a.Group)
			case a.Case == Wo || a.Case == Ni:
				object = appendNew(object, a)
			}
		}
	}
	for _, list := range [][]Argument{topic, subject} {
		if len(list) > 0 {
			c.salient, c.sides, c.age = list, sides, 0
			return
		}
	}
	if len(object) == 1 && c.salient == nil {
		c.salient, c.age = object, 0
	}
}

// inTopic reports whether argument a, or a phrase coordinated with it, has は.
func (w *work) inTopic(p *pred, a *Argument) bool {
	for i := range p.Args {
		if b := &p.Args[i]; b.Case == Ga && b.Group == a.Group && b.Chunk >= 0 && b.Sentence == w.s.Index && w.units[b.Chunk].wa {
			return true
		}
	}
	return false
}

// group returns the actors that are coordinated as subject of p.
func group(w *work, p *pred, n int) []Argument {
	var out []Argument
	for _, a := range p.Args {
		if a.Case == Ga && a.Group == n && a.Chunk >= 0 && a.Sentence == w.s.Index && w.isActor(a.Chunk) {
			out = appendNew(out, a)
		}
	}
	return out
}

func appendNew(list []Argument, a Argument) []Argument {
	for i := range list {
		if list[i].Span == a.Span {
			return list
		}
	}
	return append(list, a)
}

// fromContext gives acts of the sentence that have no subject the one that the sentences before are about.
func (w *work) fromContext(c *context) {
	if w.s.Kind != schema.Prose {
		return
	}
	for i := range w.preds {
		p := &w.preds[i]
		if p.gone || !w.needsActor(p) || w.fromTopic(i) || w.fromSentence(i) || len(c.salient) == 0 || c.age > maxAge {
			continue
		}
		c.used = true
		list := c.salient
		if len(list) == 1 && len(c.sides) > 1 && w.a.cues.Mutual[p.Lemma] && !p.has(To) {
			list = c.sides
		}
		for _, a := range list {
			a.Case, a.Surface, a.How, a.Certainty = Ga, Ga, ByContext, 0.35
			p.Args = append(p.Args, a)
		}
	}
}

// fromSentence gives predicate i the sentence's own topic where no clause hands it over: a person, state or body with は that
// stands before it outside quotations. It reports whether there is any, or another subject before it that forbids to look
// in earlier sentences.
func (w *work) fromSentence(i int) bool {
	p := &w.preds[i]
	for c := 0; c < p.unit; c++ {
		u := &w.units[c]
		if u.kind != nominal || !u.wa || u.mark != "" || u.of || u.bracket >= 0 || !w.isActor(c) || w.isTime(c) {
			continue
		}
		w.add(p, Ga, ByEllipsis, c, 0.4)
		return true
	}
	for j := range w.preds {
		q := &w.preds[j]
		if j == i || q.gone || q.InQuote || q.Link == Relative || q.Form == EventNoun || q.Form == Contraction || q.Form == Adjective {
			continue
		}
		for _, a := range q.Args {
			if a.Case == Ga && a.Sentence == w.s.Index && a.Chunk >= 0 && a.Chunk < p.unit && (a.How == Overt || a.How == ByTopic) && !w.eventHead(a.Chunk) {
				return true
			}
		}
	}
	return false
}

// fromTopic gives predicate i the topic of its own sentence, or the subject of the clause before or after it that it is
// chained with, where the model has found none. It reports whether there is any.
func (w *work) fromTopic(i int) bool {
	p := &w.preds[i]
	best := -1
	for j := range w.preds {
		q := &w.preds[j]
		if j == i || q.gone || q.InQuote || q.Link == Relative || q.Form == EventNoun || q.Form == Contraction {
			continue
		}
		if w.follow(q.parent) != i && w.follow(p.parent) != j && (p.parent < 0 || q.parent != p.parent) {
			continue
		}
		for _, a := range q.Args {
			if a.Case == Ga && a.Chunk >= 0 && a.Sentence == w.s.Index && a.Chunk < p.unit && w.isActor(a.Chunk) && (best < 0 || w.units[a.Chunk].wa) {
				best = j
			}
		}
	}
	if best < 0 {
		return false
	}
	w.copySubject(i, best, Ga, ByShared, 0.5)
	return p.has(Ga)
}

// needsActor reports an act without a subject that a person, state or body does.
func (w *work) needsActor(p *pred) bool {
	if p.InQuote || p.occurs || w.embedded(p) || p.Voice == Passive || p.has(Ga) || p.has(Topic) || p.has(NiYoru) || p.Nonfactual != "" {
		return false
	}
	switch p.Lemma {
	case "含む", "伴う", "受ける", "ある", "なる", "いう", "言う", "する":
		return false
	}
	switch p.Form {
	case Verb:
		return p.has(Wo) && (p.Link == Main || p.Link == Chained)
	case Sahen, SahenBare, Light:
		return p.Link == Main || p.Link == Chained || p.Link == Quoted
	}
	return false
}

// embedded reports a clause within one that only tells what someone or something is for: of a relative clause, a purpose, or
// what is said in the passive.
func (w *work) embedded(p *pred) bool {
	for n := 0; n < 8; n++ {
		switch p.Link {
		case Relative, Purpose, Condition:
			return true
		case Main:
			return false
		}
		up := w.follow(p.parent)
		if up < 0 || &w.preds[up] == p {
			return false
		}
		content := p.Link == Quoted || p.Link == Complement
		p = &w.preds[up]
		if content && p.Voice == Passive {
			return true
		}
	}
	return false
}
