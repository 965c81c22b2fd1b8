package statement

import (
	"slices"
	"strings"

	"github.com/entente-kg/entente/extract/clause"
	"github.com/entente-kg/entente/extract/mention"
	"github.com/entente-kg/entente/extract/rules"
	"github.com/entente-kg/entente/schema"
)

// mostParties is how many parties of a symmetric relation are expanded into pairs.
const mostParties = 4

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

// symmetric pairs the parties of a symmetric relation: those who do it with those with whom, else all with one another.
func (m *maker) symmetric(f *rules.Frame, r schema.Relation, p *clause.Predicate) ([]draft, string) {
	doers, partners, others := m.parties(f, r, p)
	m.withoutNested(&doers, &partners, &others)
	if len(doers)+len(partners)+len(others) < 2 && p.Form == clause.EventNoun && borrowed[r.ID] {
		doers, partners = m.borrow(r, p, doers, partners, others)
	}
	if len(partners)+len(others) == 0 && borrows[r.ID] {
		if fs := m.typed(m.participants(p), r.Subject, nil); len(fs) >= 2 {
			drafts, why := m.pairs(r, fs)
			return m.opposite(drafts), why
		}
		if len(doers) == 1 && (r.ID == "calls" || r.ID == "meets") {
			partners = m.expected(p, doers)
		}
	}
	if len(partners) >= 2 && p.Form != clause.Verb && m.mutual(partners) && !slices.ContainsFunc(doers, overt) {
		doers = nil // AとBとの会談は実現しなかった
	}
	if len(others) >= 2 && len(partners) == 0 && !slices.ContainsFunc(doers, overt) {
		doers = nil // 両氏は、AとBの会談を…: the parties are those named with the noun
	}
	if len(others) > 0 && len(doers)+len(partners) > 0 {
		others = without(others, doers)
	}
	if r.ID == "agrees-with" && len(doers) == 1 && len(partners)+len(others) == 0 {
		partners = m.counterpart(doers[0], p.Sentence)
	}
	switch {
	case len(doers) > 0 && len(partners) > 0:
		if len(doers)+len(partners) <= mostParties+2 {
			return m.cross(r, doers, partners)
		}
		return nil, "too many parties"
	case len(doers) == 0 && len(partners) > 0 && len(others) > 0:
		return m.cross(r, others, partners)
	case len(doers) >= 2 && m.sought(p):
		return nil, "sought or refused of another, who is not named"
	case len(doers) >= 2:
		return m.pairs(r, doers)
	case len(doers)+len(others) == 0 && len(partners) >= 2 && m.mutual(partners):
		return m.pairs(r, partners)
	case len(others) >= 2:
		return m.pairs(r, others)
	case len(doers) == 1 && len(others) == 1:
		return m.cross(r, doers, others)
	case len(doers)+len(partners)+len(others) == 0:
		return nil, "no party found"
	}
	return nil, "only one party found"
}

// sought reports whether p is what its doers ask of another or refuse another: AとBは対話を拒絶した.
func (m *maker) sought(p *clause.Predicate) bool {
	preds := m.predicates(p.Sentence)
	return p.Form == clause.EventNoun && p.Parent >= 0 && p.Parent < len(preds) && seeks[preds[p.Parent].Lemma]
}

var seeks = map[string]bool{
	"拒否": true, "拒絶": true, "拒む": true, "断る": true, "求める": true, "要求": true, "要請": true, "提案": true, "申し入れる": true, "打診": true,
	"呼びかける": true, "促す": true, "迫る": true,
}

// counterpart is whom f has met, by this sentence or the one before: AはBと会談し、…で一致した.
func (m *maker) counterpart(f filler, sentence int) []filler {
	for i := len(m.drafts) - 1; i >= 0; i-- {
		d := &m.drafts[i]
		if d.sentence > sentence || d.sentence < sentence-1 || !borrows[d.relation.ID] || d.polarity == schema.Negated {
			continue
		}
		var other filler
		switch {
		case d.subject.same(f):
			other = d.object
		case d.object.same(f):
			other = d.subject
		default:
			continue
		}
		other.how, other.certainty = clause.ByShared, other.certainty*0.85
		return []filler{other}
	}
	return nil
}

// mutual reports whether the phrases of との name both sides: AとBとの戦闘, not AやBとの戦闘.
func (m *maker) mutual(fs []filler) bool {
	a, b := fs[0], fs[1]
	if a.kase != clause.ToNo || b.kase != clause.ToNo || a.argAt != b.argAt || a.arg.End >= b.arg.Start {
		return false
	}
	return strings.HasPrefix(m.norm(a.argAt, schema.Span{Start: a.arg.End, End: b.arg.Start}), "と")
}

// parties collects who does it (が, は, による), with whom (と, に, への), and who is merely named with the noun
// (の, a compound), by the paths that the frame allows.
func (m *maker) parties(f *rules.Frame, r schema.Relation, p *clause.Predicate) (doers, partners, others []filler) {
	var compound, named []filler
	for _, path := range f.Parties {
		for _, step := range path.Steps() {
			kase, via := rules.Split(step)
			for _, g := range m.step(p, step) {
				g = m.typed(g, r.Subject, nil)
				switch {
				case via != "":
					if len(named) == 0 {
						named = add(named, g)
					}
				case kase == "ga" || kase == "ni-yoru" || kase == "kara" || kase == "kara-no" || kase == "topic" || kase == "speaker":
					if kase == "ga" || len(doers) == 0 {
						doers = add(doers, g)
					}
				case kase == "compound":
					compound = add(compound, m.withoutTitles(g))
				case kase == "no" || kase == "de-no":
					if kase == "no" && borrows[r.ID] && len(g) == 1 && m.assembly(g[0]) {
						continue // 安保理の会合: its own session
					}
					named = add(named, g)
				default:
					partners = add(partners, g)
				}
			}
		}
	}
	for _, a := range p.Args { // A外相と北京で: read with the place
		if a.Case == clause.De && a.Sentence == p.Sentence && a.Chunk >= 0 && particle(&m.Sentences[a.Sentence], a.Chunk) == "と" {
			partners = add(partners, m.typed(m.argument(a), []schema.EntityType{schema.Official}, nil))
		}
	}
	if s := &m.Sentences[p.Sentence]; len(partners) == 0 && p.Form == clause.EventNoun && p.Chunk > 0 && p.Chunk < len(s.Chunks) && particle(s, p.Chunk-1) == "と" {
		partners = m.typed(m.phrase(s, p.Chunk-1, 0), []schema.EntityType{schema.Official}, nil) // B首相と会談後
		for i := range partners {
			partners[i].how, partners[i].arg, partners[i].argAt = clause.ByNoun, content(s, p.Chunk-1), p.Sentence
		}
	}
	if m.spokenOf(p) {
		doers = slices.DeleteFunc(doers, func(f filler) bool { return f.how == clause.ByShared })
	}
	partners = without(partners, doers)
	switch {
	case len(compound) >= 2:
		others = compound
	case len(compound) == 1 && len(named) == 0:
		others = compound
	default:
		others = add(named, compound)
	}
	return doers, partners, others
}

// withoutNested drops from the lists of parties those that are only named within the mention of a person among them: みんなの党 in
// 民主党の田中氏とみんなの党の中田幹事長が会談した.
func (m *maker) withoutNested(lists ...*[]filler) {
	inside := func(f filler) bool {
		x := m.mention(f.mention)
		return slices.ContainsFunc(lists, func(list *[]filler) bool {
			return slices.ContainsFunc(*list, func(o filler) bool {
				y := m.mention(o.mention)
				return y.Kind == mention.Person && x.Sentence == y.Sentence && y.Span.Contains(x.Span) && y.Span != x.Span && !o.same(f)
			})
		})
	}
	for _, list := range lists {
		*list = slices.DeleteFunc(slices.Clone(*list), inside)
	}
}

// borrows are the relations between those who come together, in talks or quarrels.
var borrows = map[string]bool{"meets": true, "negotiates-with": true, "calls": true, "clashes-with": true, "disputes-with": true}

// borrowed are those of them whose event noun may take its parties from the clause that it stands in: who quarrel are named
// with the quarrel.
var borrowed = map[string]bool{"meets": true, "negotiates-with": true, "calls": true, "clashes-with": true}

// met reports whether f already has a meeting in the three sentences before: 会談で then is that meeting.
func (m *maker) met(f filler, sentence int) bool {
	for i := range m.drafts {
		d := &m.drafts[i]
		if d.sentence < sentence-3 || d.sentence >= sentence || !borrows[d.relation.ID] {
			continue
		}
		if d.subject.same(f) || d.object.same(f) {
			return true
		}
	}
	return false
}

// partner is whom f meets in this sentence or those before, or, for f marked with から (as ministries write), anywhere before.
func (m *maker) partner(f filler, sentence int) []filler {
	from := f.kase == clause.Kara
	if f.argAt < len(m.Sentences) {
		s := &m.Sentences[f.argAt]
		if c := chunkAt(s, f.arg.End); c >= 0 && strings.HasPrefix(particle(s, c), "から") {
			from = true
		}
	}
	for i := len(m.drafts) - 1; i >= 0; i-- {
		d := &m.drafts[i]
		if d.sentence > sentence || !borrows[d.relation.ID] || d.sentence < sentence-4 && !from {
			continue
		}
		var other filler
		switch {
		case d.subject.same(f):
			other = d.object
		case d.object.same(f):
			other = d.subject
		default:
			continue
		}
		other.how, other.via, other.certainty = clause.ByContext, "partner", other.certainty*0.8
		return []filler{other}
	}
	return nil
}

// overt reports whether a word of the predicate's own clause names f.
func overt(f filler) bool { return f.how == clause.Overt || f.how == clause.ByTopic }

// borrow finds the parties of an event noun that names one at most in the clause that it belongs to: 会談で、AはBに…を求めた;
// Bとの会談で、Aは…; 両国は…の衝突を起こした.
func (m *maker) borrow(r schema.Relation, p *clause.Predicate, doers, partners, others []filler) (d, w []filler) {
	preds := m.predicates(p.Sentence)
	if p.Parent < 0 || p.Parent >= len(preds) {
		return doers, partners
	}
	parent := &preds[p.Parent]
	if m.spokenOf(p) {
		return doers, partners
	}
	switch parent.Lemma {
	case "出席", "参加", "列席", "参列", "招待", "招く", "加わる", "臨席", "同席", "立ち会う", "同行":
		return doers, partners // who is there attends
	}
	weaken := func(fs []filler) []filler {
		fs = m.typed(fs, r.Subject, []schema.EntityType{schema.Country, schema.Official, schema.Organization})
		for i := range fs {
			fs[i].certainty *= 0.7
		}
		return fs
	}
	ga := weaken(m.all(parent, clause.Ga))
	switch {
	case len(doers)+len(partners)+len(others) == 1:
		if len(doers) == 0 {
			return without(without(ga, partners), others), partners
		}
		if len(doers) == 1 && m.adjunct(p) { // 協議の末、AはBとの間で合意した
			return doers, without(weaken(m.all(parent, clause.To)), doers)
		}
	case len(ga) >= 2:
		return ga, nil
	case len(ga) == 1 && m.adjunct(p) && !m.met(ga[0], p.Sentence):
		for _, k := range []clause.Case{clause.To, clause.Ni, clause.NiTaishi} {
			with := without(weaken(m.all(parent, k)), ga)
			for i := range preds { // 協議の末、Bとの間で合意したと発表した
				if q := &preds[i]; len(with) == 0 && k == clause.To && q.Parent == parent.Index && q.Link == clause.Quoted {
					with = without(weaken(m.all(q, k)), ga)
				}
			}
			if k == clause.Ni { // ヨルダンに向かった is no party
				with = m.typed(with, []schema.EntityType{schema.Official}, nil)
			}
			if len(with) > 0 {
				return ga, with
			}
		}
	}
	return doers, partners
}

// assembly reports whether f is a body whose talks are its own sessions: an intergovernmental one, its organs, a parliament.
func (m *maker) assembly(f filler) bool {
	o, ok := rules.OrganizationByID(m.Resolution.Entities[f.entity].ID)
	return ok && (o.Kind == "organ" || o.Kind == "parliament")
}

// spokenOf reports whether the clause around an event noun only speaks of it, so that its subject stands outside: 関係悪化を懸念した.
func (m *maker) spokenOf(p *clause.Predicate) bool {
	preds := m.predicates(p.Sentence)
	if p.Form != clause.EventNoun || p.Parent < 0 || p.Parent >= len(preds) {
		return false
	}
	switch preds[p.Parent].Lemma {
	case "懸念", "心配", "危惧", "憂慮", "恐れる", "警告", "指摘", "報道", "報じる":
		return true
	}
	return false
}

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

func (m *maker) cross(r schema.Relation, as, bs []filler) ([]draft, string) {
	var out []draft
	for _, a := range as {
		for _, b := range bs {
			if m.compatible(r, a, b) {
				out = append(out, draft{subject: a, object: b})
			}
		}
	}
	if len(out) == 0 {
		return nil, "the parties are the same, or one belongs to the other"
	}
	return out, ""
}

func (m *maker) pairs(r schema.Relation, fs []filler) ([]draft, string) {
	if len(fs) > mostParties {
		return nil, "more than four parties"
	}
	var out []draft
	for i, a := range fs {
		for _, b := range fs[i+1:] {
			if m.compatible(r, a, b) {
				out = append(out, draft{subject: a, object: b})
			}
		}
	}
	if len(out) == 0 {
		return nil, "the parties are the same, or one belongs to the other"
	}
	return out, ""
}
