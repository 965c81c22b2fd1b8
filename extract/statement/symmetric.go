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
	other, ok := m.lastWith(f, sentence, func(d *draft) bool {
		return d.sentence >= sentence-1 && d.polarity != schema.Negated
	})
	if !ok {
		return nil
	}
	other.how, other.certainty = clause.ByShared, other.certainty*0.85
	return []filler{other}
}

// lastWith is the other party of the last draft up to the sentence that brings f together with somebody, of those that may count.
func (m *maker) lastWith(f filler, sentence int, counts func(*draft) bool) (filler, bool) {
	for i := len(m.drafts) - 1; i >= 0; i-- {
		d := &m.drafts[i]
		if d.sentence > sentence || !borrows[d.relation.ID] || !counts(d) {
			continue
		}
		switch {
		case d.subject.same(f):
			return d.object, true
		case d.object.same(f):
			return d.subject, true
		}
	}
	return filler{}, false
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
	other, ok := m.lastWith(f, sentence, func(d *draft) bool { return d.sentence >= sentence-4 || from })
	if !ok {
		return nil
	}
	other.how, other.via, other.certainty = clause.ByContext, "partner", other.certainty*0.8
	return []filler{other}
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
