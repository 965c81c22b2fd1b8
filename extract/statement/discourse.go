package statement

import (
	"strings"

	"github.com/entente-kg/entente/extract/clause"
	"github.com/entente-kg/entente/extract/mention"
	"github.com/entente-kg/entente/schema"
)

// pictured is who a sentence that is but a noun phrase with a clause before it shows: 空港に着いたケニアの大統領。
func (d *document) pictured(s int) []filler {
	st := &d.Sentences[s]
	if len(st.Chunks) < 2 {
		return nil
	}
	last := len(st.Chunks) - 1
	m := d.chunkMention(st, last)
	if m < 0 || d.mention(m).Kind != mention.Person && d.mention(m).Kind != mention.TitleOnly || strings.Trim(d.norm(s, schema.Span{Start: d.mention(m).Span.End, End: st.Span.End}), "。、（）()左右中央奥手前") != "" {
		return nil
	}
	fs := d.phrase(st, last, 0)
	for i := range fs {
		fs[i].how, fs[i].certainty = clause.ByContext, fs[i].certainty*0.7
		fs[i].arg, fs[i].argAt = content(st, last), s
	}
	return fs
}

// intended reports whether p is the content of a plan that the sentence says there is or is not: 訪問する予定はない.
func (d *document) intended(p *clause.Predicate) bool {
	preds := d.predicates(p.Sentence)
	if p.Link != clause.Complement || p.Parent < 0 || p.Parent >= len(preds) {
		return false
	}
	for _, a := range preds[p.Parent].Args {
		if a.Case == clause.Ga && a.Sentence == p.Sentence && intents[d.norm(a.Sentence, a.Span)] {
			return true
		}
	}
	return false
}

// calledIn are verbs whose object is told what follows.
var calledIn = map[string]bool{"呼ぶ": true, "呼び出す": true, "呼びつける": true, "呼び付ける": true, "召喚": true, "招致": true, "招く": true}

// calledFrom is the country of an unnamed envoy that q calls in: ロシアの駐日大使を呼び.
func (d *document) calledFrom(q *clause.Predicate) []filler {
	for _, a := range q.Args {
		if a.Case != clause.Wo || a.Sentence >= len(d.Sentences) || !strings.Contains(d.norm(a.Sentence, a.Span), "駐") {
			continue
		}
		if m := d.headMention(a.Sentence, a.Span); m >= 0 && d.mention(m).Kind == mention.Person {
			continue
		}
		if fs := d.possessors(&d.Sentences[a.Sentence], a.Chunk); len(fs) > 0 {
			return fs
		}
	}
	return nil
}

// chained is with or to whom the clauses before p in its chain are: Bと会談し、…を求めた.
func (d *document) chained(p *clause.Predicate) []filler {
	preds := d.predicates(p.Sentence)
	for i := len(preds) - 1; i >= 0; i-- {
		q := &preds[i]
		if q.Parent != p.Index || q.Index == p.Index || q.Link != clause.Chained {
			continue
		}
		cases := []clause.Case{clause.To, clause.Ni, clause.NiTaishi, clause.Wo}
		if calledIn[q.Lemma] {
			if fs := d.calledFrom(q); len(fs) > 0 {
				return fs
			}
			cases = []clause.Case{clause.Wo} // 大使を外務省に呼び、抗議した
		}
		for _, k := range cases {
			var out []filler
			for _, f := range d.named(q, k) {
				if d.acts(f) && (k != clause.Wo || calledIn[q.Lemma] || f.via == "of" || d.Resolution.Entities[f.entity].Type == schema.Official) {
					f.how, f.certainty = clause.ByShared, f.certainty*0.8
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

// sharedObject is whom the clause right before p in its chain acts on, where p has no object of its own: 船を銃撃し、拿捕した.
func (d *document) sharedObject(p *clause.Predicate) []filler {
	if p.Form != clause.Sahen && p.Form != clause.SahenBare && p.Form != clause.Verb || p.Voice == clause.Passive {
		return nil
	}
	for _, a := range p.Args {
		switch a.Case {
		case clause.Ga, clause.Time, clause.De, clause.Topic:
			if a.How != clause.Overt || a.Sentence != p.Sentence {
				continue
			}
			fallthrough
		case clause.Wo, clause.Ni, clause.NiTaishi, clause.To, clause.Kara, clause.Quote, clause.NiTsuite:
			return nil
		}
	}
	preds := d.predicates(p.Sentence)
	for i := len(preds) - 1; i >= 0; i-- {
		q := &preds[i]
		if q.Parent != p.Index || q.Link != clause.Chained || q.Voice == clause.Passive {
			continue
		}
		if q.Form != clause.Sahen && q.Form != clause.SahenBare && q.Form != clause.Verb || d.norm(p.Sentence, schema.Span{Start: q.Span.End, End: p.Span.Start}) == "" {
			return nil
		}
		fs := d.named(q, clause.Wo)
		for j := range fs {
			fs[j].how, fs[j].certainty = clause.ByShared, fs[j].certainty*0.8
		}
		return fs
	}
	return nil
}

// above is at whom the clause that quotes p is aimed: Bに対し、…と警告した.
func (d *document) above(p *clause.Predicate) []filler {
	preds := d.predicates(p.Sentence)
	for q, hops := p, 0; q.Parent >= 0 && q.Parent < len(preds) && hops < 3; hops++ {
		if q.Link != clause.Quoted && q.Link != clause.Complement {
			break
		}
		q = &preds[q.Parent]
		for _, k := range []clause.Case{clause.NiTaishi, clause.Ni} {
			var out []filler
			for _, f := range d.named(q, k) {
				if d.acts(f) {
					f.certainty *= 0.85
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

// below is at whom the content of p is aimed, where the phrase was read with it: Bに対し、代償を払うことになると警告した.
func (d *document) below(p *clause.Predicate) []filler {
	preds := d.predicates(p.Sentence)
	for i := range preds {
		q := &preds[i]
		if q.InQuote || q.Index == p.Index {
			continue
		}
		up := q
		for hops := 0; up.Parent >= 0 && up.Parent < len(preds) && up.Index != p.Index && hops < 4; hops++ {
			up = &preds[up.Parent]
		}
		if up.Index != p.Index {
			continue
		}
		if fs := d.named(q, clause.NiTaishi); len(fs) > 0 && q.Form != clause.EventNoun {
			for j := range fs {
				fs[j].certainty *= 0.8
			}
			return fs
		}
	}
	return nil
}

// matrix is whom and what the clause around an event noun names: Aの仲介で、両国は停戦に合意した.
func (d *document) matrix(p *clause.Predicate) []filler {
	preds := d.predicates(p.Sentence)
	if p.Form != clause.EventNoun || p.Parent < 0 || p.Parent >= len(preds) {
		return nil
	}
	var out []filler
	q := &preds[p.Parent]
	for _, k := range []clause.Case{clause.Ga, clause.Wo, clause.Ni, clause.ENo, clause.No} {
		for _, f := range d.named(q, k) {
			f.how, f.certainty = clause.ByShared, f.certainty*0.8
			out = append(out, f)
		}
	}
	return out
}

// level is f, or f's country where f is an official and other is a country: states answer states. A place becomes its country
// where no other is given (an entity of -1).
func (d *document) level(f, other filler) filler {
	e := &d.Resolution.Entities[f.entity]
	if other.entity >= 0 && (e.Type != schema.Official || d.Resolution.Entities[other.entity].Type != schema.Country) || e.Country == "" {
		return f
	}
	for i := range d.Resolution.Entities {
		if d.Resolution.Entities[i].ID == e.Country {
			f.entity, f.ref = i, -1
			return f
		}
	}
	return f
}

// cleft is who does it in …したのは、A、B、Cの首脳(だ): the phrase that ends the sentence.
func (d *document) cleft(p *clause.Predicate) []filler {
	s := &d.Sentences[p.Sentence]
	if p.Chunk < 0 || p.Chunk >= len(s.Chunks)-1 {
		return nil
	}
	ch := &s.Chunks[p.Chunk]
	if !strings.HasSuffix(strings.TrimRight(words(s, ch.From, ch.To), "、"), "のは") {
		return nil
	}
	last := len(s.Chunks) - 1
	fs := d.argument(clause.Argument{Case: clause.Ga, How: clause.ByRelative, Sentence: p.Sentence, Span: content(s, last), Chunk: last, Certainty: 0.9})
	if all := d.phrase(s, last, 0); len(all) > len(fs) {
		for k := range all {
			all[k].how, all[k].kase, all[k].arg, all[k].argAt, all[k].certainty = clause.ByRelative, clause.Ga, content(s, last), p.Sentence, all[k].certainty*0.9
		}
		fs = all
	}
	if len(fs) == 0 {
		fs = d.possessors(s, last)
	}
	return fs
}

// recent is the event or agreement named last before p, in its sentence or those before: agreements two, events four at most, the nearest first.
func (d *document) recent(p *clause.Predicate) [][]filler {
	for _, a := range p.Args { // アフリカ民族会議に参加: another one is named
		if a.Case == clause.Ni && a.How == clause.Overt && a.Sentence == p.Sentence && len([]rune(d.norm(a.Sentence, a.Span))) > 4 {
			return nil
		}
	}
	var out [][]filler
	weight := 0.7
	for s := p.Sentence; s >= 0 && s >= p.Sentence-4; s-- {
		for i := len(d.mentions[s]) - 1; i >= 0; i-- {
			m := d.mention(d.mentions[s][i])
			named := m.Kind == mention.Event || m.Kind == mention.Agreement ||
				m.Kind == mention.Anaphor && (strings.HasPrefix(m.Class, "event") || strings.HasPrefix(m.Class, "agreement"))
			if !named || s < p.Sentence-2 && m.Kind == mention.Agreement || s == p.Sentence && m.Span.Start > p.Span.Start {
				continue
			}
			fs := d.referents(m.Index)
			for j := range fs {
				fs[j].how, fs[j].via, fs[j].certainty, fs[j].arg, fs[j].argAt = clause.ByContext, "recent", fs[j].certainty*weight, m.Span, s
			}
			if len(fs) > 0 {
				out = append(out, fs)
			}
		}
		if s < p.Sentence {
			weight *= 0.9
		}
	}
	return out
}
