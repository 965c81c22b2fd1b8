package statement

import (
	"slices"
	"strings"

	"github.com/entente-kg/entente/extract/clause"
	"github.com/entente-kg/entente/extract/mention"
	"github.com/entente-kg/entente/schema"
)

// participants is who takes part in the talks that p's noun names, by the clause that modifies it: A、B、Cが参加した交渉. nil for
// fewer than two.
func (m *maker) participants(p *clause.Predicate) []filler {
	s := &m.Sentences[p.Sentence]
	if p.Chunk < 0 || p.Chunk >= len(s.Chunks) {
		return nil
	}
	for i := range m.predicates(p.Sentence) {
		q := &m.Clauses[p.Sentence].Predicates[i]
		if q.Link != clause.Relative || q.Chunk < 0 || q.Chunk >= p.Chunk || !slices.Contains([]string{"参加", "出席", "加わる", "臨む"}, q.Lemma) {
			continue
		}
		at := s.Chunks[q.Chunk].Dep
		for hops := 0; at >= 0 && at < p.Chunk && hops < 4; hops++ { // 参加した建設的な交渉
			at = s.Chunks[at].Dep
		}
		if at != p.Chunk {
			continue
		}
		if fs := m.listedBefore(q); len(fs) >= 2 {
			return fs
		}
		if fs := m.named(q, clause.Ga); len(fs) >= 2 {
			return fs
		}
	}
	return nil
}

// listedBefore is the people named one after the other up to q, where no other verb stands between them: A自身とB、そして中国側代表のCが
// 参加した.
func (m *maker) listedBefore(q *clause.Predicate) []filler {
	var out []filler
	start := q.Span.Start
	for k := len(m.mentions[q.Sentence]) - 1; k >= 0; k-- {
		x := m.mention(m.mentions[q.Sentence][k])
		if x.Span.End > start || x.Nested {
			continue
		}
		if x.Kind == mention.Country && x.Proxy == "side" {
			continue // 中国側代表の何立峰
		}
		if x.Kind != mention.Person && x.Kind != mention.TitleOnly {
			break
		}
		for i := range m.predicates(q.Sentence) {
			o := &m.Clauses[q.Sentence].Predicates[i]
			if o.Index != q.Index && o.Span.Start >= x.Span.End && o.Span.End <= start {
				return out
			}
		}
		for _, f := range m.referents(x.Index) {
			f.how, f.kase, f.arg, f.argAt = clause.Overt, clause.Ga, x.Span, q.Sentence
			out = add(out, []filler{f})
		}
	}
	slices.Reverse(out)
	return out
}

// opposite drops the pairs of two officials of one state, who sit on the same side.
func (m *maker) opposite(drafts []draft) []draft {
	return slices.DeleteFunc(drafts, func(d draft) bool {
		a, b := &m.Resolution.Entities[d.subject.entity], &m.Resolution.Entities[d.object.entity]
		return a.Type == schema.Official && b.Type == schema.Official && a.Country != "" && a.Country == b.Country
	})
}

// expected is the official whose visit p comes before, with whom one speaks then: Aは、Bの来日前に電話会談を行った.
func (m *maker) expected(p *clause.Predicate, doers []filler) []filler {
	for i := range m.predicates(p.Sentence) {
		q := &m.Clauses[p.Sentence].Predicates[i]
		if q.Form != clause.EventNoun && q.Form != clause.Contraction || q.Span.End > p.Span.Start {
			continue
		}
		rest := q.Span.End
		text := m.text(p.Sentence)[rest:p.Span.Start]
		if !strings.HasPrefix(text, "前に") && !strings.HasPrefix(text, "を前に") && !strings.HasPrefix(text, "に先立") {
			continue
		}
		for _, k := range []clause.Case{clause.No, clause.Ga} {
			var out []filler
			for _, f := range without(m.named(q, k), doers) {
				if m.Resolution.Entities[f.entity].Type == schema.Official {
					f.how, f.certainty = clause.ByShared, f.certainty*0.6
					out = append(out, f)
				}
			}
			if len(out) > 0 {
				return out
			}
		}
	}
	return nil
}
