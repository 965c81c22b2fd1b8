package statement

import (
	"maps"
	"slices"
	"strings"

	"github.com/entente-kg/entente/extract/clause"
	"github.com/entente-kg/entente/extract/rules"
	"github.com/entente-kg/entente/schema"
)

// predicate tries the frames of p in order of priority.
func (m *maker) predicate(p *clause.Predicate) {
	if p.Sentence >= len(m.Sentences) {
		return
	}
	if p.Light == "受ける" && p.Link == clause.Chained {
		return // 軍事侵攻を受け、…: following it, not suffering it
	}
	made := false
	for _, i := range m.frames.For(p.Lemma, p.Compound) {
		f := &m.frames.All[i]
		if made && !f.Also {
			continue
		}
		if !m.triggers(f, p) {
			continue
		}
		c := Candidate{Sentence: p.Sentence, Predicate: p.Index, Trigger: p.Span.In(m.text(p.Sentence)), Frame: f.ID, Relation: f.Relation}
		companions, why := m.companions(f, p)
		switch {
		case why != "":
			c.Dropped = why
		case p.Nonfactual != "":
			c.Dropped = "states no fact: " + p.Nonfactual
		default:
			var drafts []draft
			relation, _ := m.frames.Ontology.Get(f.Relation)
			if relation.Symmetric {
				drafts, why = m.symmetric(f, relation, p)
			} else {
				drafts, why = m.directed(f, relation, p)
			}
			if len(drafts) > 0 {
				m.add(p, f, c, drafts)
				m.consume(p, f, companions)
				if !f.Also {
					made = true
				}
				continue
			}
			c.Dropped = why
		}
		m.candidates = append(m.candidates, c)
	}
}

// triggers reports whether p has the form and wording that f reads.
func (m *maker) triggers(f *rules.Frame, p *clause.Predicate) bool {
	if len(f.Forms) > 0 && !slices.Contains(f.Forms, string(p.Form)) {
		return false
	}
	verb := slices.Contains(f.Verbs, p.Lemma)
	if (p.Form == clause.Verb || p.Form == clause.Adjective) && !verb {
		return false
	}
	if !verb && p.Form == clause.Light && len(f.Light) > 0 && !slices.Contains(f.Light, p.Light) {
		return false
	}
	if slices.Contains(f.NegativeOnly, p.Lemma) && p.Polarity != schema.Negated {
		return false
	}
	if slices.Contains(f.PositiveOnly, p.Lemma) && p.Polarity == schema.Negated {
		return false
	}
	if len(f.Compound) > 0 && !containsAny(m.compound(p), f.Compound) {
		return false
	}
	return true
}

// compound is the wording that p's trigger stands in: its compound, and its bunsetsu up to the trigger's end.
func (m *maker) compound(p *clause.Predicate) string {
	s := &m.Sentences[p.Sentence]
	out := p.Compound
	if p.Chunk >= 0 && p.Chunk < len(s.Chunks) {
		out += " " + m.norm(p.Sentence, content(s, p.Chunk))
	}
	return out
}

// companions are the arguments of p that f needs, or why one is missing or forbidden.
func (m *maker) companions(f *rules.Frame, p *clause.Predicate) (found []clause.Argument, why string) {
	for _, k := range slices.Sorted(maps.Keys(f.Unless)) {
		if a, ok := m.companion(p, k, f.Unless[k]); ok {
			return nil, "must not have " + k + " " + a.word
		}
	}
	for _, k := range slices.Sorted(maps.Keys(f.Need)) {
		a, ok := m.companion(p, k, f.Need[k])
		if !ok {
			return nil, "lacks its companion in " + k
		}
		found = append(found, a.args...)
	}
	if len(f.NeedAny) == 0 {
		return found, ""
	}
	ok := false
	for _, k := range slices.Sorted(maps.Keys(f.NeedAny)) {
		if a, has := m.companion(p, k, f.NeedAny[k]); has {
			found, ok = append(found, a.args...), true
		}
	}
	if !ok {
		return nil, "lacks its companion in " + strings.Join(slices.Sorted(maps.Keys(f.NeedAny)), ", ")
	}
	return found, ""
}

type companion struct {
	word string
	args []clause.Argument
}

// companion looks for one of the words in case k of p: at the end of an argument's head phrase; anywhere in the trigger's
// compound; anywhere in the words around the trigger.
func (m *maker) companion(p *clause.Predicate, k string, list []string) (companion, bool) {
	switch k {
	case "link":
		for _, w := range list {
			if string(p.Link) == w {
				return companion{word: w}, true
			}
		}
		return companion{}, false
	case "light":
		for _, w := range list {
			if p.Light == w {
				return companion{word: w}, true
			}
		}
		return companion{}, false
	case "compound":
		if w := firstIn(m.compound(p), list); w != "" {
			return companion{word: w}, true
		}
		return companion{}, false
	case "sentence":
		s := &m.Sentences[p.Sentence]
		if w := firstIn(s.Span.In(m.text(p.Sentence)), list); w != "" {
			return companion{word: w}, true
		}
		return companion{}, false
	case "content":
		preds := m.predicates(p.Sentence)
		for i := range preds {
			if q := &preds[i]; q.Parent == p.Index && (q.Link == clause.Quoted || q.Link == clause.Complement) && slices.Contains(list, q.Lemma) {
				return companion{word: q.Lemma}, true
			}
		}
		return companion{}, false
	case "text":
		if w := firstIn(m.around(p), list); w != "" {
			return companion{word: w}, true
		}
		return companion{}, false
	}
	var c companion
	for _, a := range p.Args {
		if string(a.Case) != k || a.Sentence >= len(m.Sentences) {
			continue
		}
		phrase := m.headPhrase(m.whole(a))
		for _, w := range list {
			if strings.HasSuffix(phrase, w) {
				c.word, c.args = w, append(c.args, a)
				break
			}
		}
	}
	return c, len(c.args) > 0
}

// headPhrase is the wording of an argument with the の-modifier right before it (哀悼の意).
func (m *maker) headPhrase(a clause.Argument) string {
	s := &m.Sentences[a.Sentence]
	phrase := m.norm(a.Sentence, a.Span)
	if c := a.Chunk; c > 0 && c < len(s.Chunks) && s.Chunks[c-1].Dep == c && particle(s, c-1) == "の" {
		phrase = words(s, s.Chunks[c-1].From, s.Chunks[c-1].To) + phrase
	}
	return phrase
}

// around is the wording of the three bunsetsu before the trigger's, its own, and the next.
func (m *maker) around(p *clause.Predicate) string {
	s := &m.Sentences[p.Sentence]
	if p.Chunk < 0 || p.Chunk >= len(s.Chunks) {
		return ""
	}
	from, to := max(0, p.Chunk-3), min(len(s.Chunks)-1, p.Chunk+1)
	return words(s, s.Chunks[from].From, s.Chunks[to].To)
}

func containsAny(s string, list []string) bool { return firstIn(s, list) != "" }

func firstIn(s string, list []string) string {
	for _, w := range list {
		if strings.Contains(s, w) {
			return w
		}
	}
	return ""
}

// consume marks the event nouns that stand as companions of p: 制裁 in 制裁を解除する states nothing of its own.
func (m *maker) consume(p *clause.Predicate, f *rules.Frame, companions []clause.Argument) {
	for _, a := range companions {
		if a.Sentence != p.Sentence {
			continue
		}
		preds := m.predicates(p.Sentence)
		for i := range preds {
			q := &preds[i]
			if q.Index != p.Index && q.Form == clause.EventNoun && q.Span.Overlaps(a.Span) {
				m.consumed[[2]int{p.Sentence, q.Index}] = f.ID
			}
		}
	}
}
