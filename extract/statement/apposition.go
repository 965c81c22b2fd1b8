package statement

import (
	"slices"
	"strings"

	"github.com/entente-kg/entente/extract/chunk"
	"github.com/entente-kg/entente/extract/clause"
	"github.com/entente-kg/entente/extract/mention"
	"github.com/entente-kg/entente/extract/rules"
	"github.com/entente-kg/entente/schema"
)

// appositions reads the frames whose trigger stands beside the noun that it describes.
func (m *maker) appositions() {
	for i := range m.frames.All {
		f := &m.frames.All[i]
		if f.Apposition == "" {
			continue
		}
		relation, _ := m.frames.Ontology.Get(f.Relation)
		for s := range m.Sentences {
			switch f.Apposition {
			case "host":
				m.hosts(f, relation, &m.Sentences[s])
			default:
				for c := range m.Sentences[s].Chunks {
					m.apposition(f, relation, &m.Sentences[s], c)
				}
			}
		}
	}
}

// apposition reads chunk c as NATO加盟国の(トルコ), or as 訪問先の(ソウル).
func (m *maker) apposition(f *rules.Frame, r schema.Relation, s *chunk.Sentence, c int) {
	span, head := content(s, c), s.Chunks[c].Dep
	if particle(s, c) != "の" || head < 0 {
		return
	}
	phrase := m.norm(s.Index, span)
	var subjects, objects []filler
	switch f.Apposition {
	case "compound":
		if !slices.ContainsFunc(f.Compound, func(w string) bool { return strings.HasSuffix(phrase, w) }) {
			return
		}
		subjects, objects = m.phrase(s, head, 8), m.inside(s.Index, span)
	case "place":
		if !slices.Contains(f.Nouns, phrase) {
			return
		}
		subjects, objects = m.clauseSubject(s, head), m.phrase(s, head, 8)
	}
	subjects, objects = m.typed(subjects, r.Subject, f.SubjectTypes), m.typed(objects, r.Object, f.ObjectTypes)
	for i := range objects {
		objects[i].how, objects[i].arg, objects[i].argAt = clause.ByNoun, span, s.Index
	}
	m.beside(f, r, s, span, subjects, objects)
}

// clauseSubject is the subject of the first predicate that chunk c leads to.
func (m *maker) clauseSubject(s *chunk.Sentence, c int) []filler {
	for hops := 0; c >= 0 && hops < 12; hops++ {
		for i := range m.predicates(s.Index) {
			if q := &m.Clauses[s.Index].Predicates[i]; q.Chunk == c && q.Form != clause.EventNoun {
				for _, g := range m.step(q, "ga") {
					return g
				}
				if q.Link == clause.Quoted {
					continue // who says so, says it there
				}
				return nil
			}
		}
		c = s.Chunks[c].Dep
	}
	return nil
}

// hosts reads 議長国ブラジル, 開催国の南アフリカ, 議長国・日本: a country right behind the trigger, and the event named last.
func (m *maker) hosts(f *rules.Frame, r schema.Relation, s *chunk.Sentence) {
	for _, i := range m.mentions[s.Index] {
		mt := m.mention(i)
		if mt.Kind != mention.Country {
			continue
		}
		before := strings.TrimRight(m.norm(s.Index, schema.Span{Start: s.Span.Start, End: mt.Span.Start}), "の・、である")
		at := slices.IndexFunc(f.Nouns, func(n string) bool { return strings.HasSuffix(before, n) })
		if at < 0 {
			continue
		}
		chaired := m.chaired(s.Index, mt.Span.Start, f.Nouns[at])
		p := &clause.Predicate{Sentence: s.Index, Span: schema.Span{Start: s.Span.End, End: s.Span.End}}
		for _, objects := range m.recent(p) {
			if chaired != "" && len(objects) > 0 && !strings.Contains(m.name(objects[0]), chaired) {
				continue // AU議長国コモロ chairs the body, not the event
			}
			m.beside(f, r, s, mt.Span, m.typed(m.referents(i), r.Subject, f.SubjectTypes), m.typed(objects, r.Object, f.ObjectTypes))
		}
	}
}

// chaired is the name of the body right before the trigger that ends before byte end: G20 of G20議長国. "" for none.
func (m *maker) chaired(sentence, end int, trigger string) string {
	for _, i := range m.mentions[sentence] {
		mt := m.mention(i)
		if mt.Kind != mention.Organization || mt.Span.End > end {
			continue
		}
		between := m.norm(sentence, schema.Span{Start: mt.Span.End, End: end})
		if strings.HasPrefix(strings.TrimLeft(between, ")）の"), trigger) {
			return mt.Span.In(m.text(sentence))
		}
	}
	return ""
}

// beside adds the statements of an apposition.
func (m *maker) beside(f *rules.Frame, r schema.Relation, s *chunk.Sentence, trigger schema.Span, subjects, objects []filler) {
	for _, a := range subjects {
		for _, b := range objects {
			if a.same(b) {
				continue
			}
			d := draft{
				relation: r, rule: f.ID, sentence: s.Index, trigger: trigger, subject: a, object: b,
				polarity: schema.Affirmed, modality: schema.Actual, candidate: len(m.candidates),
				features: []Feature{{"frame", f.Reliability}, {"subject", orOne(a.certainty)}, {"object", orOne(b.certainty)}},
			}
			d.confidence = m.confidence(d.features)
			m.drafts = append(m.drafts, d)
			m.candidates = append(m.candidates, Candidate{
				Sentence: s.Index, Predicate: -1, Trigger: trigger.In(m.text(s.Index)), Frame: f.ID, Relation: r.ID,
				Subject: m.name(a), Object: m.name(b), Features: d.features, Confidence: d.confidence,
			})
		}
	}
}
