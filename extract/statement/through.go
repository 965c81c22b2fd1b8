package statement

import (
	"slices"
	"strings"

	"github.com/entente-kg/entente/extract/chunk"
	"github.com/entente-kg/entente/extract/clause"
	"github.com/entente-kg/entente/extract/mention"
	"github.com/entente-kg/entente/schema"
)

// throughCertainty is the factor for an entity that is reached through an argument rather than named by it.
var throughCertainty = map[string]float64{"of": 0.85, "to": 0.95, "in": 0.9, "at": 0.85, "from": 0.95}

// through is the entities that argument a leads to by a way on: whose it is, whom it is aimed at, what country its
// compound begins with. Only for an argument whose own head names nobody.
func (d *document) through(a clause.Argument, via string) []filler {
	if a.Sentence >= len(d.Sentences) {
		return nil
	}
	if m := d.headMention(a.Sentence, a.Span); m >= 0 && via != "to" && via != "at" && via != "from" && !d.contracted(a) {
		switch d.mention(m).Kind {
		case mention.Agreement, mention.Event, mention.Place, mention.Date:
		default:
			if len(d.referents(m)) > 0 {
				return nil
			}
		}
	}
	s := &d.Sentences[a.Sentence]
	c := a.Chunk
	if c < 0 || c >= len(s.Chunks) {
		c = chunkAt(s, a.Span.End)
	}
	var fs []filler
	switch via {
	case "in":
		fs = d.inside(a.Sentence, a.Span)
	case "of":
		fs = d.owners(s, a, c, 0)
	case "to":
		fs = d.aims(s, a, c, 0)
	case "from":
		for _, dep := range dependents(s, max(c, 0)) {
			if particle(s, dep) == "からの" {
				fs = d.phrase(s, dep, 0) // マリからの部隊の
			}
		}
	case "at":
		if fs = d.stationed(a); len(fs) == 0 {
			fs = d.stations(s, c)
		}
	}
	for i := range fs {
		fs[i].via, fs[i].certainty = via, fs[i].certainty*throughCertainty[via]*orOne(a.Certainty)
		fs[i].how, fs[i].arg, fs[i].argAt, fs[i].kase = a.How, a.Span, a.Sentence, a.Case
	}
	return fs
}

// stations is where the phrase headed by chunk c is by the clause that modifies it (ニジェールに駐留する部隊).
func (d *document) stations(s *chunk.Sentence, c int) []filler {
	for i := range d.predicates(s.Index) {
		q := &d.Clauses[s.Index].Predicates[i]
		if q.Link != clause.Relative || q.Chunk < 0 || q.Chunk >= len(s.Chunks) || s.Chunks[q.Chunk].Dep != c {
			continue
		}
		for _, k := range []clause.Case{clause.Ni, clause.De} {
			if fs := d.named(q, k); len(fs) > 0 {
				return fs
			}
		}
	}
	return nil
}

// stationed is where the forces that a compound names are (イラク駐留米軍).
func (d *document) stationed(a clause.Argument) []filler {
	for _, i := range d.mentions[a.Sentence] {
		m := d.mention(i)
		if m.Span.Start < a.Span.Start || m.Span.End >= a.Span.End || m.Kind != mention.Country && m.Kind != mention.Place {
			continue
		}
		rest := d.norm(a.Sentence, schema.Span{Start: m.Span.End, End: a.Span.End})
		if strings.HasPrefix(rest, "駐留") || strings.HasPrefix(rest, "駐屯") || strings.HasPrefix(rest, "派遣") {
			return d.referents(i)
		}
	}
	return nil
}

// inside is the countries and bodies that the compound at span begins with or holds (中国製品, アメリカ産農産物).
func (d *document) inside(s int, span schema.Span) []filler {
	var out []filler
	for _, i := range d.mentions[s] {
		m := d.mention(i)
		if m.Span.Start < span.Start || m.Span.End > span.End || m.Span.End == span.End {
			continue
		}
		switch m.Kind {
		case mention.Country, mention.Organization, mention.Anaphor:
			if !d.hosting(m) {
				out = append(out, d.referents(i)...)
			}
		}
	}
	return out
}

// hosting reports whether m is where an envoy serves, not whose he or she is: 日 in 駐日中国大使.
func (d *document) hosting(m *mention.Mention) bool {
	before := d.norm(m.Sentence, schema.Span{Start: d.Sentences[m.Sentence].Span.Start, End: m.Span.Start})
	return strings.HasSuffix(before, "駐")
}

// owners is whose the phrase headed by chunk c is: its の- or による-modifier, the doer of the act that it names, or the
// subject of the clause that modifies it; through one more の where that names nobody either.
func (d *document) owners(s *chunk.Sentence, a clause.Argument, c, depth int) []filler {
	if c < 0 || depth > 2 {
		return nil
	}
	// the doer of an act: 中国による攻撃, 中国の対応
	for i := range d.predicates(s.Index) {
		q := &d.Clauses[s.Index].Predicates[i]
		if q.Chunk != c || q.Sentence != s.Index {
			continue
		}
		for _, k := range []clause.Case{clause.NiYoru, clause.Ga, clause.KaraNo, clause.No, clause.Compound} {
			fs := slices.DeleteFunc(d.named(q, k), func(f filler) bool {
				return f.how == clause.ByShared && q.Form == clause.EventNoun || // the matrix subject, who speaks of the act
					suffered[q.Lemma] && k != clause.NiYoru && k != clause.Ga && d.Resolution.Entities[f.entity].Type == schema.Official
			})
			if len(fs) > 0 {
				return fs
			}
		}
	}
	if fled(d.norm(s.Index, content(s, c))) {
		return nil // 南アフリカからの亡命者
	}
	deps := dependents(s, c)
	for _, want := range [][]string{{"による", "によります"}, {"の", "からの", "側の", "などの"}} {
		for i := len(deps) - 1; i >= 0; i-- {
			if !contains(want, particle(s, deps[i])) {
				continue
			}
			if fs := d.phrase(s, deps[i], 0); len(fs) > 0 {
				if want[0] == "の" && suffered[d.norm(s.Index, content(s, c))] && d.Resolution.Entities[fs[0].entity].Type == schema.Official {
					return nil
				}
				return fs
			}
			if fs := d.owners(s, a, deps[i], depth+1); len(fs) > 0 {
				return fs
			}
		}
	}
	if n := len(deps); n > 0 && depth > 0 && particle(s, deps[n-1]) == "" { // 貿易会社2社の
		if fs := d.owners(s, a, deps[n-1], depth+1); len(fs) > 0 {
			return fs
		}
	}
	// 中国が進める計画, 中国が派遣したこと
	for _, dep := range deps {
		for i := range d.predicates(s.Index) {
			q := &d.Clauses[s.Index].Predicates[i]
			if q.Chunk == dep && q.Form != clause.EventNoun {
				for _, k := range []clause.Case{clause.Ga, clause.Kara} { // 中国が進める計画, ベトナムから輸入する製品
					if fs := d.named(q, k); len(fs) > 0 {
						return fs
					}
				}
			}
		}
	}
	if fs := d.inside(s.Index, content(s, c)); len(fs) > 0 && depth > 0 {
		return fs
	}
	return nil
}

// fled reports whether a phrase means people who left the country that is named with them.
func fled(phrase string) bool {
	return slices.ContainsFunc([]string{"亡命者", "難民", "移民", "避難民", "脱北者", "出身者"}, func(w string) bool { return strings.HasSuffix(phrase, w) })
}

// leaders is who leads the group that argument a names (王外相率いる代表団).
func (d *document) leaders(s *chunk.Sentence, a clause.Argument) []filler {
	for i := range d.predicates(s.Index) {
		q := &d.Clauses[s.Index].Predicates[i]
		if q.Lemma != "率いる" || q.Chunk < 0 || q.Chunk >= len(s.Chunks) || s.Chunks[q.Chunk].Dep != a.Chunk {
			continue
		}
		if m := d.headMention(s.Index, schema.Span{Start: s.Chunks[q.Chunk].Span.Start, End: q.Span.Start}); m >= 0 {
			return d.referents(m)
		}
		var fs []filler
		for _, arg := range q.Args {
			if arg.Case == clause.Ga && arg.How != clause.ByRelative && !arg.Span.Overlaps(a.Span) {
				if m := d.headMention(arg.Sentence, arg.Span); m >= 0 {
					fs = append(fs, d.referents(m)...)
				}
			}
		}
		return fs
	}
	return nil
}

// belongs reports whether the の phrase c is part of the name, or of the person, that it stands before (韓国の朴外相との).
func (d *document) belongs(s *chunk.Sentence, c int) bool {
	m := d.chunkMention(s, s.Chunks[c].Dep)
	if m < 0 {
		return false
	}
	switch d.mention(m).Kind {
	case mention.Person, mention.TitleOnly:
		return true
	}
	return d.mention(m).Span.Start < s.Chunks[c].Span.End
}

// agents is who does the act that p's noun names, by による in its modifiers or in theirs (アメリカによる中国への関税).
func (d *document) agents(p *clause.Predicate) []filler {
	s := &d.Sentences[p.Sentence]
	if p.Chunk < 0 || p.Chunk >= len(s.Chunks) {
		return nil
	}
	next := dependents(s, p.Chunk)
	for depth := range 2 {
		var deeper []int
		for _, dep := range next {
			// モルドバのEUへの加盟: read as the の of EU
			nested := depth == 1 && particle(s, dep) == "の" && contains([]string{"への", "との", "に対する"}, particle(s, s.Chunks[dep].Dep)) &&
				!d.belongs(s, dep)
			if particle(s, dep) == "による" || nested {
				fs := d.phrase(s, dep, 0)
				for i := range fs {
					fs[i].how, fs[i].arg, fs[i].argAt = clause.ByNoun, content(s, dep), p.Sentence
				}
				return fs
			}
			deeper = append(deeper, dependents(s, dep)...)
		}
		next = deeper
	}
	return nil
}

// inquiries are acts whose own によ names who looks into what stands before their の.
var inquiries = []string{"調査", "捜査", "報告", "検証", "分析", "裁判", "審理", "公判", "発表", "報道"}

// lookedInto reports whether p is only what others look into, so that its によ names them: 国連による暗殺の調査.
func (d *document) lookedInto(p *clause.Predicate) bool {
	s := &d.Sentences[p.Sentence]
	if p.Form != clause.EventNoun || p.Chunk < 0 || p.Chunk >= len(s.Chunks) || particle(s, p.Chunk) != "の" {
		return false
	}
	h := s.Chunks[p.Chunk].Dep
	return h > p.Chunk && h < len(s.Chunks) && slices.ContainsFunc(inquiries, func(w string) bool { return strings.HasPrefix(d.norm(s.Index, content(s, h)), w) })
}

// possessors are the entities in the の-modifiers of chunk c, the nearest first.
func (d *document) possessors(s *chunk.Sentence, c int) []filler {
	if c < 0 {
		return nil
	}
	deps := dependents(s, c)
	for i := len(deps) - 1; i >= 0; i-- {
		if particle(s, deps[i]) != "の" {
			continue
		}
		if fs := d.phrase(s, deps[i], 0); len(fs) > 0 {
			return fs
		}
	}
	return nil
}

// named is the entities that fill case k of q by words of the same sentence.
func (d *document) named(q *clause.Predicate, k clause.Case) []filler {
	var out []filler
	for _, a := range q.Args {
		if a.Case == k && a.How != clause.ByContext && a.How != clause.ByEllipsis {
			out = append(out, d.argument(a)...)
		}
	}
	return out
}

// aims is whom the phrase of argument a is aimed at: 中国への関税, 対中関税, 北朝鮮に対する圧力.
func (d *document) aims(s *chunk.Sentence, a clause.Argument, c, depth int) []filler {
	for i := range d.predicates(s.Index) {
		q := &d.Clauses[s.Index].Predicates[i]
		if q.Chunk != c {
			continue
		}
		for _, k := range []clause.Case{clause.ENo, clause.NiTaishi, clause.ToNo, clause.Ni} {
			var out []filler
			group := -1
			for _, arg := range q.Args {
				if arg.Case != k || arg.How == clause.ByContext || group >= 0 && arg.Group != group {
					continue
				}
				fs := d.argument(arg)
				if len(fs) == 0 {
					fs = d.inside(arg.Sentence, arg.Span)
				}
				if len(fs) == 0 {
					fs = d.owners(s, arg, arg.Chunk, 1)
				}
				if len(fs) > 0 {
					out, group = append(out, fs...), arg.Group
				}
			}
			if len(out) > 0 {
				return out
			}
		}
	}
	if c < 0 {
		return nil
	}
	deps := dependents(s, c)
	for i := len(deps) - 1; i >= 0; i-- {
		switch particle(s, deps[i]) {
		case "への", "に対する", "に向けた", "向けの", "との", "に対しての", "からの":
			if fs := d.phrase(s, deps[i], 0); len(fs) > 0 {
				return fs
			}
			if fs := d.inside(s.Index, content(s, deps[i])); len(fs) > 0 {
				return fs
			}
			if fs := d.owners(s, a, deps[i], 1); len(fs) > 0 {
				return fs
			}
		}
	}
	for i := range d.predicates(s.Index) { // ニジェールに科していた制裁
		q := &d.Clauses[s.Index].Predicates[i]
		if q.Link != clause.Relative || q.Chunk < 0 || q.Chunk >= len(s.Chunks) || s.Chunks[q.Chunk].Dep != c {
			continue
		}
		for _, k := range []clause.Case{clause.NiTaishi, clause.Ni} {
			if fs := d.named(q, k); len(fs) > 0 {
				return fs
			}
		}
	}
	for i := len(deps) - 1; i >= 0 && depth < 2; i-- {
		if particle(s, deps[i]) == "の" { // 韓国向けの半導体材料の輸出規制
			if fs := d.aims(s, a, deps[i], depth+1); len(fs) > 0 {
				return fs
			}
		}
	}
	return nil
}

// phrase is the entities that chunk c names, with those coordinated before it (日本と韓国の; A、B、そしてCへの).
func (d *document) phrase(s *chunk.Sentence, c, depth int) []filler {
	m := d.chunkMention(s, c)
	if m < 0 {
		if span := content(s, c); actsFor(d.norm(s.Index, span)) {
			return d.inside(s.Index, span) // コロンビア人の漁師
		}
		return nil
	}
	fs := d.joined(m)
	if at := chunkAt(s, d.mention(m).Span.Start+1); at >= 0 && at < c {
		c = at // ドイツのA首相、日本のB首相の: what is coordinated stands before the whole name
	}
	if c == 0 || depth >= 8 {
		return fs
	}
	before := words(s, s.Chunks[c-1].From, s.Chunks[c-1].To)
	p := particle(s, c-1)
	comma := strings.Contains(before, "、") && (p == "" || strings.TrimLeft(p, "、") == "")
	for _, and := range []string{"そして", "および", "及び", "並びに", "ならびに", "・"} {
		comma = comma || strings.HasSuffix(before, and)
	}
	if p == "と" || p == "や" || comma {
		fs = append(d.phrase(s, c-1, depth+1), fs...)
	}
	return fs
}

// chunkMention is the mention that chunk c names: that of its content words, or one that only a comma or conjunction follows.
func (d *document) chunkMention(s *chunk.Sentence, c int) int {
	if m := d.headMention(s.Index, content(s, c)); m >= 0 {
		return m
	}
	span := s.Chunks[c].Span
	for _, i := range d.mentions[s.Index] {
		m := d.mention(i)
		if m.Nested || !span.Contains(m.Head) {
			continue
		}
		switch d.norm(s.Index, schema.Span{Start: m.Span.End, End: span.End}) {
		case "、", "、そして", "そして", "および", "及び", "、および", "並びに", "、さらに", "、また":
			return i
		}
	}
	return -1
}

// contentSubjects is who the content clause of p speaks about: its subject, for 「日本は…すべきだ」と批判した.
func (d *document) contentSubjects(p *clause.Predicate) []filler {
	preds := d.predicates(p.Sentence)
	for i := len(preds) - 1; i >= 0; i-- {
		q := &preds[i]
		if q.Parent != p.Index || q.Link != clause.Quoted && q.Link != clause.Complement {
			continue
		}
		if fs := d.named(q, clause.Ga); len(fs) > 0 {
			for j := range fs {
				fs[j].via, fs[j].certainty = "of", fs[j].certainty*0.8
			}
			return fs
		}
	}
	return nil
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// suffered are deeds whose の names a person who suffers them: 元首相の殺害を非難した is no criticism of him.
var suffered = map[string]bool{
	"殺害": true, "暗殺": true, "処刑": true, "死刑": true, "拉致": true, "誘拐": true, "逮捕": true, "拘束": true, "解任": true, "罷免": true, "更迭": true, "死": true, "死去": true,
}
