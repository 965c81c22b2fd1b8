package statement

import (
	"slices"
	"strings"

	"github.com/entente-kg/entente/extract/clause"
	"github.com/entente-kg/entente/extract/mention"
	"github.com/entente-kg/entente/extract/rules"
	"github.com/entente-kg/entente/schema"
)

// option is one way to fill a role.
type option struct {
	rank    int
	fillers []filler
}

// options are the ways to fill a role by its paths, best first, with fillers of the given types only.
func (m *maker) options(p *clause.Predicate, paths []rules.Path, types, narrower []schema.EntityType) []option {
	var out []option
	for rank, path := range paths {
		steps := path.Steps()
		if len(steps) > 1 {
			var all []filler
			complete := true
			for _, step := range steps {
				n := len(all)
				for _, g := range m.step(p, step) {
					all = append(all, m.typed(g, types, narrower)...)
				}
				complete = complete && len(all) > n
			}
			if complete {
				out = append(out, option{rank, all})
			}
			continue
		}
		for _, g := range m.step(p, steps[0]) {
			if g = m.typed(g, types, narrower); len(g) > 0 {
				out = append(out, option{rank + distance(g[0]), g})
			}
		}
	}
	return out
}

// distance makes what stands in another clause or sentence yield to what the predicate's own words say (大臣から…要請があった).
func distance(f filler) int {
	switch f.how {
	case clause.ByContext:
		return 6
	case clause.ByEllipsis:
		return 3
	}
	return 0
}

func (m *maker) typed(fs []filler, types, narrower []schema.EntityType) []filler {
	var out []filler
	for _, f := range fs {
		t := m.Resolution.Entities[f.entity].Type
		if slices.Contains(types, t) && (len(narrower) == 0 || slices.Contains(narrower, t)) &&
			!slices.ContainsFunc(out, f.same) {
			out = append(out, f)
		}
	}
	return out
}

// directed fills subject and object of a relation that is not symmetric.
func (m *maker) directed(f *rules.Frame, r schema.Relation, p *clause.Predicate) ([]draft, string) {
	subjects := m.options(p, f.Subject, r.Subject, f.SubjectTypes)
	subjects = m.alsos(subjects)
	objects := m.options(p, f.Object, r.Object, f.ObjectTypes)
	if len(objects) == 0 && slices.Contains(f.Object, "wo") {
		if fs := m.typed(m.sharedObject(p), r.Object, f.ObjectTypes); len(fs) > 0 {
			objects = []option{{len(f.Object), fs}}
		}
	}
	if len(objects) == 0 && len(subjects) > 0 && slices.Contains(f.Object, "partner") {
		if fs := m.typed(m.partner(subjects[0].fillers[0], p.Sentence), r.Object, f.ObjectTypes); len(fs) > 0 {
			if r.ID == "aids" { // promised to the one, given to the country
				fs[0] = m.level(fs[0], filler{entity: -1})
			}
			objects = []option{{len(f.Object), fs}}
		}
	}
	if len(objects) == 0 && len(subjects) > 0 && r.ID == "releases" {
		if fs := m.held(p, subjects[0].fillers); len(fs) > 0 {
			objects = []option{{len(f.Object), fs}}
		}
	}
	subjects = m.possessed(p, m.together(subjects))
	if len(objects) == 0 && len(subjects) > 0 && slices.Contains(f.Object, "talks") {
		if fs := m.typed(m.talks(p, subjects[0].fillers), r.Object, f.ObjectTypes); len(fs) > 0 {
			if r.ID == "accompanies" && len(subjects[0].fillers) == 1 { // one's own superior, where the talks had one
				own := slices.DeleteFunc(slices.Clone(fs), func(o filler) bool {
					return m.Resolution.Entities[o.entity].Country != m.Resolution.Entities[subjects[0].fillers[0].entity].Country
				})
				if len(own) > 0 {
					fs = own
				}
			}
			objects = []option{{len(f.Object), fs}}
		}
	}
	if len(objects) == 0 && len(subjects) > 0 && slices.Contains(f.Object, "opponent") && (p.Form != clause.EventNoun || r.ID == "threatens") {
		fs := m.typed(m.opponent(p, subjects[0].fillers), r.Object, f.ObjectTypes)
		if r.ID == "rejects" {
			fs = slices.DeleteFunc(fs, func(o filler) bool { return m.compatriots(subjects[0].fillers[0], o) })
		}
		if len(fs) > 0 {
			if r.ID == "cuts-ties-with" { // states have ties
				fs[0] = m.level(fs[0], filler{entity: -1})
			}
			objects = []option{{len(f.Object), fs}}
		}
	}
	if r.ID == "requests" {
		unnamed := m.addressesUnnamed(p)
		objects = slices.DeleteFunc(objects, func(o option) bool {
			f := o.fillers[0]
			return m.benefits(f) || m.people(f) || unnamed && f.kase != clause.Ni && f.kase != clause.NiTaishi
		})
	}
	if r.ID == "threatens" && len(subjects) > 0 && m.warnsOf(p, subjects[0].fillers, objects) {
		return nil, "warns of a third party"
	}
	switch {
	case len(subjects) == 0 && len(objects) == 0:
		return nil, "no subject and no object found"
	case len(subjects) == 0:
		return nil, "no subject found"
	case len(objects) == 0:
		return nil, "no object found"
	}
	var best []draft
	bestRank := 1 << 30
	for _, s := range subjects {
		for _, o := range objects {
			if s.fillers[0].kase == clause.No && o.fillers[0].kase == clause.No && s.fillers[0].via == o.fillers[0].via {
				continue // AのBのV is hardly ever A's V of B
			}
			rank := 2 * (s.rank + o.rank)
			if after(s.fillers[0], o.fillers[0]) {
				rank++ // Japanese names the doer first
			}
			if rank >= bestRank {
				continue
			}
			var drafts []draft
			for _, a := range s.fillers {
				for _, b := range without(slices.Clone(o.fillers), s.fillers) { // those who act together do not act on one another
					if m.compatible(r, a, b) {
						drafts = append(drafts, draft{subject: a, object: b})
					}
				}
			}
			if len(drafts) > 0 {
				best, bestRank = drafts, rank
			}
		}
	}
	if len(best) == 0 {
		return nil, "subject and object are the same, or one belongs to the other"
	}
	return best, ""
}

// warnsOf reports whether the content of p says what a third party does: 国連に対し、Bが開発を進めていると警告した threatens nobody.
func (m *maker) warnsOf(p *clause.Predicate, subjects []filler, objects []option) bool {
	third := m.contentSubjects(p)
	for _, f := range third {
		if f.how != clause.Overt && f.how != clause.ByTopic || f.same(subjects[0]) ||
			slices.ContainsFunc(objects, func(o option) bool { return slices.ContainsFunc(o.fillers, f.same) }) {
			return false
		}
	}
	return len(third) > 0
}

// compatriots reports whether two are officials or bodies of one country, or officials of none that is known: those who vote
// against a bill do not refuse one another.
func (m *maker) compatriots(a, b filler) bool {
	x, y := &m.Resolution.Entities[a.entity], &m.Resolution.Entities[b.entity]
	if x.Country == "" || y.Country == "" {
		return x.Type == schema.Official && y.Type == schema.Official
	}
	return x.Type != schema.Country && y.Type != schema.Country && x.Country == y.Country
}

// alsos leaves of several subjects of the same case those marked with も: Aは懸念を表明し、Bも批判した; AもBも批判した.
func (m *maker) alsos(subjects []option) []option {
	n := 0
	for n < len(subjects) && subjects[n].rank == subjects[0].rank {
		n++
	}
	if n < 2 || !m.also(subjects[n-1].fillers[0]) {
		return subjects
	}
	last := subjects[n-1]
	if m.also(subjects[n-2].fillers[0]) {
		last.fillers = add(slices.Clone(subjects[n-2].fillers), last.fillers)
	}
	return append([]option{last}, subjects[n:]...)
}

// addressesUnnamed reports whether p names those that it is addressed to without a name: 支持者に呼びかけた, 国民に求めた.
func (m *maker) addressesUnnamed(p *clause.Predicate) bool {
	for _, a := range p.Args {
		if a.Case != clause.Ni && a.Case != clause.NiTaishi || a.Sentence != p.Sentence || a.Span.Empty() || len(m.argument(a)) > 0 {
			continue
		}
		phrase := m.norm(a.Sentence, a.Span)
		for _, people := range []string{"氏", "氏ら", "さん", "側", "企業", "業者", "機関", "団体", "委員会", "市", "県", "省", "庁", "社", "党", "者", "者ら", "者たち", "国民", "市民", "住民", "記者団", "各国", "国際社会", "関係国", "世界", "家族", "遺族", "議員", "人々"} {
			if strings.HasSuffix(phrase, people) {
				return true
			}
		}
	}
	return false
}

// people reports whether f is only whose people are spoken to: アメリカ市民に呼びかけた.
func (m *maker) people(f filler) bool {
	phrase := m.norm(f.argAt, f.arg)
	return slices.ContainsFunc([]string{"市民", "国民", "住民", "有権者", "人々", "支持者"}, func(w string) bool { return strings.HasSuffix(phrase, w) })
}

// benefits reports whether f is whom help is asked for, not of whom: マラウイへの支援を呼びかけた.
func (m *maker) benefits(f filler) bool {
	if f.via != "to" || f.kase != clause.Wo {
		return false
	}
	phrase := m.norm(f.argAt, f.arg)
	return slices.ContainsFunc([]string{"支援", "援助", "救援", "寄付", "募金"}, func(help string) bool { return strings.HasSuffix(phrase, help) })
}

// together joins the subjects that が marks side by side: 日本側からAが、ケニア側からBが同席した.
func (m *maker) together(subjects []option) []option {
	out := subjects
	for len(out) > 1 && out[1].rank == out[0].rank && m.marked(out[0].fillers[len(out[0].fillers)-1], "が") && m.marked(out[1].fillers[len(out[1].fillers)-1], "が") {
		joined := option{out[0].rank, add(slices.Clone(out[0].fillers), out[1].fillers)}
		out = append([]option{joined}, out[2:]...)
	}
	return out
}

// marked reports whether a particle of the predicate's own clause marks f.
func (m *maker) marked(f filler, particles string) bool {
	s := &m.Sentences[f.argAt]
	c := chunkAt(s, f.arg.End)
	return c >= 0 && f.how == clause.Overt && particle(s, c) == particles
}

// possessed puts the official whose act the noun is before who only speaks of it: 外務省は外相の訪問を発表した.
func (m *maker) possessed(p *clause.Predicate, subjects []option) []option {
	if len(subjects) < 2 || p.Form != clause.EventNoun && p.Form != clause.Contraction && p.Light != "発表" || subjects[0].fillers[0].kase != clause.Ga {
		return subjects
	}
	if p.Light != "発表" && overt(subjects[0].fillers[0]) {
		return subjects
	}
	k := slices.IndexFunc(subjects, func(o option) bool {
		f := o.fillers[0]
		return f.kase == clause.No && f.via == "" && m.Resolution.Entities[f.entity].Type == schema.Official
	})
	if k <= 0 {
		return subjects
	}
	return subjects[k : k+1]
}

// talks is who agreed, met or fought, by what this sentence and the two before say, the subjects left out: AとBは停戦で合意した。
// Cが仲介した.
func (m *maker) talks(p *clause.Predicate, subjects []filler) []filler {
	for i := len(m.drafts) - 1; i >= 0; i-- {
		d := &m.drafts[i]
		if d.sentence < p.Sentence-2 {
			break
		}
		if d.pred == nil || !d.relation.Symmetric || d.pred.Index == p.Index && d.sentence == p.Sentence {
			continue
		}
		pair := []filler{d.subject, d.object}
		if len(without(slices.Clone(pair), subjects)) < 2 {
			continue
		}
		for k := range pair {
			pair[k].how, pair[k].certainty = clause.ByContext, pair[k].certainty*0.9
		}
		return pair
	}
	return nil
}

// held is whom the subjects detained before, where p only counts them: 漁師3人を拘束し、5日に2人を釈放した.
func (m *maker) held(p *clause.Predicate, subjects []filler) []filler {
	if !slices.ContainsFunc(p.Args, func(a clause.Argument) bool {
		return a.Case == clause.Wo && (isQuantity(m.norm(a.Sentence, a.Span)) || m.norm(a.Sentence, a.Span) == "全員")
	}) {
		return nil
	}
	for i := len(m.drafts) - 1; i >= 0; i-- {
		d := &m.drafts[i]
		if d.relation.ID == "detains" && slices.ContainsFunc(subjects, d.subject.same) {
			o := d.object
			o.how, o.certainty = clause.ByContext, o.certainty*0.85
			return []filler{o}
		}
	}
	return nil
}

// also reports whether も marks f: Bも.
func (m *maker) also(f filler) bool {
	s := &m.Sentences[f.argAt]
	c := chunkAt(s, f.arg.End)
	return c >= 0 && f.how == clause.ByTopic && particle(s, c) == "も"
}

func after(a, b filler) bool {
	return a.sentence == b.sentence && a.arg.Start > b.arg.Start
}

// compatible reports whether a and b may be the two sides of relation r: two entities, named by two arguments, neither
// of which belongs to the other where that makes no sense (an official and the own country).
func (m *maker) compatible(r schema.Relation, a, b filler) bool {
	if a.same(b) || a.argAt == b.argAt && a.arg == b.arg && !r.Symmetric && a.via == b.via {
		return false
	}
	if m.reports(a) || m.reports(b) {
		return false
	}
	x, y := &m.Resolution.Entities[a.entity], &m.Resolution.Entities[b.entity]
	own := x.Type != schema.Country && x.Country == y.ID || y.Type != schema.Country && y.Country == x.ID
	against := opposes(x.ID) || ownNamed[r.ID] && m.opposesState(a)
	if own && ownNamed[r.ID] && !against && (b.via != "" || b.how != clause.Overt && b.how != clause.ByTopic) {
		return false
	}
	return !own || (ownAllowed[r.ID] || against || opposes(y.ID)) && a.how != clause.ByContext && b.how != clause.ByContext
}

// opposes reports whether an entity is a party or armed group, which deals with its own country as with another.
func opposes(id string) bool {
	o, ok := rules.OrganizationByID(id)
	return ok && (o.Kind == "party" || o.Kind == "armed")
}

// opposesState reports whether a mention of f gives a party or armed group as the body that the person leads (ヒズボラ指導者).
func (m *maker) opposesState(f filler) bool {
	if m.Resolution.Entities[f.entity].Type != schema.Official {
		return false
	}
	for i := range m.Resolution.Mentions {
		if slices.ContainsFunc(m.mention(i).Orgs, opposes) && slices.ContainsFunc(m.referents(i), f.same) {
			return true
		}
	}
	return false
}

// reports reports whether f is a news medium that only tells what others do (…によると, …と報じた), or that no word of the
// clause itself makes a party.
func (m *maker) reports(f filler) bool {
	o, ok := rules.OrganizationByID(m.Resolution.Entities[f.entity].ID)
	if !ok || o.Kind != "medium" {
		return false
	}
	if f.how == clause.ByEllipsis || f.how == clause.ByContext || f.how == clause.ByShared || f.kase == clause.NiTaishi {
		return true // ロイターに対し: who is told
	}
	mt := m.mention(f.mention)
	behind := m.norm(mt.Sentence, schema.Span{Start: mt.Span.End, End: m.Sentences[mt.Sentence].Span.End})
	if among, _, found := strings.Cut(strings.ReplaceAll(behind, "よれば", "よると"), "よると"); found && !strings.ContainsAny(among, "はがをで。") {
		return true // A、BやCなどによると
	}
	preds := m.predicates(mt.Sentence)
	s := &m.Sentences[mt.Sentence]
	if c := chunkAt(s, mt.Span.End); c >= 0 && strings.HasPrefix(particle(s, c), "は") && len(preds) > 0 && tells[preds[len(preds)-1].Lemma] {
		return true // 読売新聞は、Aが…するとみている: read with the content
	}
	for i := range preds {
		if !tells[preds[i].Lemma] && !tells[preds[i].Light] {
			continue
		}
		for _, a := range preds[i].Args {
			if a.Case == clause.Ga && a.Sentence == mt.Sentence && a.Span.Overlaps(mt.Span) {
				return true
			}
		}
	}
	return false
}

// tells are the verbs for what a medium does with news.
var tells = map[string]bool{"報じる": true, "報ずる": true, "報道": true, "伝える": true, "配信": true, "速報": true, "みる": true, "見る": true}

// ownAllowed are the relations that hold between an official, body or agreement and the own country.
var ownAllowed = map[string]bool{
	"signs": true, "ratifies": true, "extends": true, "violates": true, "withdraws-from": true, "hosts": true, "attends": true,
	"witnesses": true, "supports": true, "criticizes": true, "holds-office": true, "detains": true, "appoints": true,
	"joins": true, "attacks": true, "releases": true, "praises": true, "mediates": true, "rejects": true, "nominates": true,
}

// ownNamed are those of them that need the country itself as the act's object (与党を批判 is no criticism of the state).
var ownNamed = map[string]bool{"criticizes": true, "supports": true, "praises": true, "rejects": true, "attacks": true}

// all is the entities that fill case k of p.
func (m *maker) all(p *clause.Predicate, k clause.Case) []filler {
	var out []filler
	for _, a := range p.Args {
		if a.Case == k {
			out = append(out, m.argument(a)...)
		}
	}
	return out
}

// adjunct reports whether an event noun says when or where its clause happens: 会談で, 会談後, 会談の席で, 会談では.
func (m *maker) adjunct(p *clause.Predicate) bool {
	s := &m.Sentences[p.Sentence]
	if p.Chunk < 0 || p.Chunk >= len(s.Chunks) {
		return false
	}
	rest := m.norm(p.Sentence, schema.Span{Start: p.Span.End, End: s.Chunks[p.Chunk].Span.End})
	for _, w := range []string{"で", "後", "では", "の中で", "の席", "の場", "の際", "の末", "の後", "に先立"} {
		if strings.HasPrefix(rest, w) {
			return true
		}
	}
	if rest == "の" && p.Chunk+1 < len(s.Chunks) && particle(s, p.Chunk+1) != "を" {
		next := words(s, s.Chunks[p.Chunk+1].From, s.Chunks[p.Chunk+1].To)
		for _, w := range []string{"席", "場", "際", "末", "後", "中で", "冒頭", "途中"} {
			if strings.HasPrefix(next, w) {
				return true
			}
		}
	}
	return false
}

// withoutTitles drops bare titles (首脳 in 米中首脳会談): the countries beside them are the parties.
func (m *maker) withoutTitles(fs []filler) []filler {
	return slices.DeleteFunc(fs, func(f filler) bool { return m.mention(f.mention).Kind == mention.TitleOnly })
}

func add(list, more []filler) []filler {
	for _, f := range more {
		if !slices.ContainsFunc(list, f.same) {
			list = append(list, f)
		}
	}
	return list
}

func without(list, those []filler) []filler {
	return slices.DeleteFunc(list, func(f filler) bool { return slices.ContainsFunc(those, f.same) })
}
