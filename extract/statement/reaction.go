package statement

import (
	"cmp"
	"slices"
	"strings"

	"github.com/entente-kg/entente/extract/clause"
	"github.com/entente-kg/entente/extract/mention"
	"github.com/entente-kg/entente/extract/rules"
	"github.com/entente-kg/entente/schema"
)

// deaths are what a headline says of someone who is mourned.
var deaths = []string{"訃報", "死去", "死亡", "逝去", "急逝", "自殺", "急死", "暗殺", "死す", "亡くなる", "国葬", "追悼"}

// focus is the countries that a headline names, and the dead, for whom condolences and the like go to. nil without a headline, and
// within it.
func (d *document) focus(p *clause.Predicate) [][]filler {
	if len(d.Sentences) == 0 || d.Sentences[0].Part != schema.PartTitle || p.Sentence == 0 {
		return nil
	}
	var out [][]filler
	died := containsAny(d.text(0), deaths)
	for _, i := range d.mentions[0] {
		for _, f := range d.referents(i) {
			if t := d.Resolution.Entities[f.entity].Type; t == schema.Country || died && t == schema.Official {
				f.how, f.via = clause.ByContext, "focus"
				f.arg, f.argAt = d.mention(i).Span, 0
				out = append(out, []filler{f})
			}
		}
	}
	return out
}

// opponent is whom the subjects react to: whoever the clause or the two sentences before react to (Aが…を批判し、Bも反発した),
// else who acted there, when it is another one than the subjects.
func (m *maker) opponent(p *clause.Predicate, subjects []filler) []filler {
	if m.reactsToNamed(p) || m.contentNames(p) {
		return nil
	}
	for s := p.Sentence; s >= 0 && s >= p.Sentence-2; s-- {
		preds := m.predicates(s)
		for i := len(preds) - 1; i >= 0; i-- {
			q := &preds[i]
			if s == p.Sentence && (q.Span.Start >= p.Span.Start || q.InQuote || q.Link == clause.Quoted || q.Link == clause.Relative) {
				continue
			}
			fs := m.reactedTo(q, subjects)
			if len(fs) == 0 && q.Voice != clause.Passive && s >= p.Sentence-1 && (s < p.Sentence || !m.listed(q, p)) {
				if fs = m.acted(q, subjects); len(fs) > 0 {
					fs = m.headlined(fs, subjects, s)
				}
			}
			if len(fs) == 0 {
				continue
			}
			certainty := 0.8
			if s < p.Sentence-1 {
				certainty = 0.6
			}
			if foes := m.foe(subjects); len(foes) > 0 && m.land(foes[0]) == m.land(fs[0]) {
				fs = foes // the state that acted, not who spoke for it last
			}
			for i := range fs {
				fs[i] = m.level(fs[i], subjects[0])
				fs[i].how, fs[i].certainty = clause.ByContext, fs[i].certainty*certainty
			}
			return fs
		}
	}
	if fs := m.headliner(p, subjects); len(fs) > 0 {
		return fs
	}
	fs := m.foe(subjects)
	for i := range fs {
		fs[i].how, fs[i].certainty = clause.ByContext, fs[i].certainty*0.5
	}
	return fs
}

// foe is the state or body that the document says has acted most against the subjects' state, the later among equals.
func (m *maker) foe(subjects []filler) []filler {
	own := m.land(subjects[0])
	counts := make(map[string]int)
	var best filler
	found := ""
	for i := range m.drafts {
		d := &m.drafts[i]
		if !against[d.relation.ID] || d.polarity == schema.Negated || d.dropped != "" || m.land(d.object) != own || m.land(d.subject) == own || !m.acts(d.subject) {
			continue
		}
		from := m.land(d.subject)
		if counts[from]++; found == "" || counts[from] >= counts[found] {
			found, best = from, d.subject
		}
	}
	if found == "" {
		return nil
	}
	return []filler{m.level(best, filler{entity: -1})}
}

// against are the relations by which one acts against another.
var against = map[string]bool{
	"imposes-sanctions-on": true, "imposes-tariff-on": true, "restricts-exports-to": true, "expels": true, "attacks": true, "detains": true,
	"criticizes": true, "protests-to": true, "threatens": true, "summons": true, "requests": true, "rejects": true, "cuts-ties-with": true,
}

// land is the country that f is or belongs to; its own id for one that belongs to none.
func (d *document) land(f filler) string {
	e := &d.Resolution.Entities[f.entity]
	return cmp.Or(e.Country, e.ID)
}

// headliner is who acts in the headline, for third parties that the headline does not name and that react to no one nearer.
func (m *maker) headliner(p *clause.Predicate, subjects []filler) []filler {
	if p.Sentence == 0 || len(m.Sentences) == 0 || m.Sentences[0].Part != schema.PartTitle {
		return nil
	}
	e := &m.Resolution.Entities[subjects[0].entity]
	if _, known := rules.OrganizationByID(e.ID); e.Type == schema.Organization && e.Country == "" && !known {
		return nil // whose it is is unknown
	}
	state := func(f filler) filler { return m.level(f, filler{entity: -1}) }
	preds := m.predicates(0)
	for i := len(preds) - 1; i >= 0; i-- {
		if preds[i].Form == clause.EventNoun || preds[i].Polarity == schema.Negated || preds[i].Voice == clause.Passive {
			continue
		}
		fs := m.acted(&preds[i], subjects)
		if len(fs) == 0 {
			continue
		}
		for _, j := range m.mentions[0] {
			for _, f := range m.referents(j) {
				if slices.ContainsFunc(subjects, func(o filler) bool { return o.same(f) || state(o).same(state(f)) || m.land(o) == m.land(f) }) {
					return nil
				}
			}
		}
		for j := range fs {
			fs[j] = m.level(fs[j], subjects[0])
			fs[j].how, fs[j].certainty = clause.ByContext, fs[j].certainty*0.6
		}
		return fs
	}
	return nil
}

// listed reports whether p's clause is added to that of q: Aが訴えたほか、Bが批判した. Those who are listed do not react to one
// another.
func (m *maker) listed(q, p *clause.Predicate) bool {
	between := m.norm(p.Sentence, schema.Span{Start: q.Span.End, End: p.Span.Start})
	return strings.Contains(between, "ほか、") || strings.Contains(between, "とともに、")
}

// acted is who q says acted, without the subjects.
func (m *maker) acted(q *clause.Predicate, subjects []filler) []filler {
	var out []filler
	group := -1
	for _, a := range q.Args {
		if a.Case != clause.Ga || a.How != clause.Overt && a.How != clause.ByTopic || len(out) > 0 && a.Group != group {
			continue
		}
		for _, f := range without(m.argument(a), subjects) {
			e := &m.Resolution.Entities[f.entity]
			if e.Type == schema.Official && e.Country == "" && m.Resolution.Entities[subjects[0].entity].Type == schema.Country {
				continue // states answer states
			}
			o, ok := rules.OrganizationByID(e.ID)
			if m.acts(f) && !(ok && o.Kind == "medium") && !m.worksFor(subjects[0], f) {
				out, group = append(out, f), a.Group
			}
		}
	}
	if len(out) > 0 {
		return out
	}
	for i := range m.drafts { // 米韓合同演習が始まった。北朝鮮は反発した
		d := &m.drafts[i]
		if d.pred != nil && d.sentence == q.Sentence && d.pred.Index == q.Index && d.relation.Symmetric && d.polarity != schema.Negated && m.acts(d.subject) && m.acts(d.object) {
			out = add(out, without([]filler{d.subject, d.object}, subjects))
		}
	}
	return out
}

// worksFor reports whether a mention of f's entity gives org as the body that it acts for (ヒズボラ指導者).
func (d *document) worksFor(f, org filler) bool {
	id := d.Resolution.Entities[org.entity].ID
	for i := range d.Resolution.Mentions {
		if !slices.Contains(d.mention(i).Orgs, id) {
			continue
		}
		if slices.ContainsFunc(d.referents(i), f.same) {
			return true
		}
	}
	return false
}

// headlined is who acts in the headline, where those found are not named there and the sentence of theirs does not name the
// subjects: third parties react to what the news is about.
func (m *maker) headlined(found, subjects []filler, sentence int) []filler {
	if len(m.Sentences) == 0 || m.Sentences[0].Part != schema.PartTitle || sentence == 0 {
		return found
	}
	state := func(f filler) filler { // whose organ it is
		if opposes(m.Resolution.Entities[f.entity].ID) {
			return f
		}
		return m.level(f, filler{entity: -1})
	}
	same := func(fs []filler, f filler) bool {
		return slices.ContainsFunc(fs, func(o filler) bool { return o.same(f) || state(o).same(state(f)) })
	}
	for _, i := range m.mentions[sentence] {
		if slices.ContainsFunc(m.referents(i), func(f filler) bool { return same(subjects, f) }) {
			return found
		}
	}
	var first []filler
	for _, i := range m.mentions[0] {
		for _, f := range m.referents(i) {
			if same(found, f) {
				return found
			}
			if first == nil && m.acts(f) {
				f = state(f)
				f.arg, f.argAt, f.certainty = m.mention(i).Span, 0, f.certainty*0.9
				first = []filler{f}
			}
		}
	}
	if first != nil && !same(subjects, first[0]) {
		return first
	}
	return found
}

// reactions are the relations by which several speak of the same act, one after the other.
var reactions = map[string]bool{"criticizes": true, "protests-to": true, "rejects": true, "aids": true, "condoles-with": true}

// reactedTo is whom q's statements react to; who is reacted to answers the one who reacts.
func (m *maker) reactedTo(q *clause.Predicate, subjects []filler) []filler {
	for i := range m.drafts {
		d := &m.drafts[i]
		if d.pred == nil || d.sentence != q.Sentence || d.pred.Index != q.Index || d.polarity == schema.Negated || slices.ContainsFunc(subjects, d.subject.same) {
			continue
		}
		if m.acts(d.subject) && !d.relation.Symmetric && slices.ContainsFunc(subjects, func(f filler) bool { return f.same(d.object) || f.same(m.level(d.object, f)) }) {
			return []filler{d.subject}
		}
		if !reactions[d.relation.ID] || !m.acts(d.object) {
			continue
		}
		return []filler{d.object}
	}
	return nil
}

// disasters are what a country is helped and pitied for.
var disasters = []string{"地震", "噴火", "洪水", "水害", "台風", "津波", "サイクロン", "ハリケーン", "竜巻", "干ばつ", "飢饉", "墜落", "爆発", "テロ", "土砂崩れ", "山火事", "豪雨", "感染", "震災", "事故", "銃撃", "豪雪", "雪崩"}

// stricken is the country that a sentence before p says was struck by a disaster: トルコ南部で地震が起きた.
func (d *document) stricken(p *clause.Predicate) []filler {
	for s := 0; s < p.Sentence; s++ {
		text := d.Sentences[s].Span.In(d.text(s))
		if firstIn(text, disasters) == "" {
			continue
		}
		for _, i := range d.mentions[s] {
			m := d.mention(i)
			if m.Kind != mention.Country && m.Kind != mention.Place || m.Proxy != "" {
				continue
			}
			for _, f := range d.referents(i) {
				e := &d.Resolution.Entities[f.entity]
				if e.Type == schema.Place {
					if f = d.level(f, filler{entity: -1}); d.Resolution.Entities[f.entity].Type != schema.Country {
						continue
					}
				}
				f.how, f.via, f.certainty, f.arg, f.argAt = clause.ByContext, "stricken", f.certainty*0.8, m.Span, s
				return []filler{f}
			}
		}
	}
	return nil
}

// condition is who is to do or leave what the content of p depends on: 「Bが…すれば、…する」と警告した.
func (d *document) condition(p *clause.Predicate) []filler {
	preds := d.predicates(p.Sentence)
	subjects := d.named(p, clause.Ga)
	for i := range preds {
		q := &preds[i]
		if q.Link != clause.Condition || q.Parent < 0 || q.Parent >= len(preds) {
			continue
		}
		up := &preds[q.Parent]
		if up.Parent != p.Index || up.Link != clause.Quoted && up.Link != clause.Complement {
			continue
		}
		var out []filler
		for _, a := range q.Args {
			if a.Case != clause.Ga || a.How != clause.Overt && a.How != clause.ByTopic {
				continue
			}
			for _, f := range d.argument(a) {
				if d.acts(f) && len(without([]filler{f}, subjects)) > 0 {
					f.certainty *= 0.85
					out = append(out, f)
				}
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

// asksFor are verbs whose object is what somebody is to do.
var asksFor = map[string]bool{"求める": true, "要求": true, "要請": true, "迫る": true}

// reactsToNamed reports whether p says itself what it reacts to, in words that stand for no deed of another: クーデターについて遺憾の意を
// 表明, 辞任を拒否, 協議を批判.
func (m *maker) reactsToNamed(p *clause.Predicate) bool {
	for _, a := range p.Args {
		switch a.Case {
		case clause.Wo, clause.NiTaishi, clause.NiTsuite: // 透明性に懸念を示した is about the other's deed
		default:
			continue
		}
		if a.Sentence != p.Sentence || a.Span.Empty() || a.Span.Overlaps(p.Span) || a.How != clause.Overt && a.How != clause.ByTopic && a.How != clause.ByNoun {
			continue
		}
		if a.Case == clause.Wo && asksFor[p.Lemma] && len(dependents(&m.Sentences[a.Sentence], a.Chunk)) == 0 {
			continue // 中止を求めた: of what goes on
		}
		phrase := m.norm(a.Sentence, a.Span)
		if c := a.Chunk - 1; c >= 0 && c < len(m.Sentences[a.Sentence].Chunks) && pointing[words(&m.Sentences[a.Sentence], m.Sentences[a.Sentence].Chunks[c].From, m.Sentences[a.Sentence].Chunks[c].To)] {
			continue
		}
		if adverbial[phrase] || slices.ContainsFunc(deeds, func(deed string) bool { return strings.HasSuffix(phrase, deed) }) {
			continue
		}
		return true
	}
	return false
}

// contentNames reports whether the content of p has a subject of its own, by が: 民兵が協議を妨げていると非難した is not about who acted
// before.
func (d *document) contentNames(p *clause.Predicate) bool {
	preds := d.predicates(p.Sentence)
	for i := range preds {
		q := &preds[i]
		if q.Parent != p.Index || q.Link != clause.Quoted || q.InQuote {
			continue
		}
		for _, a := range q.Args {
			if a.Case == clause.Ga && a.How == clause.Overt && a.Sentence == p.Sentence {
				return true
			}
		}
	}
	return false
}

// deeds are words for what the other side did or said before.
var deeds = []string{
	"これ", "それ", "こと", "提案", "要求", "要請", "申し入れ", "申し出", "求め", "決定", "措置", "発言", "対応", "動き", "行動", "行為", "主張", "方針", "姿勢", "計画", "発表", "指摘",
	"批判", "非難", "案", "呼びかけ", "圧力", "条件", "引渡し", "引き渡し", "対話", "交渉", "声明", "内容", "決議", "制裁", "関税", "規制", "攻撃", "実験", "発射", "訪問", "参拝",
	"命令", "通告", "勧告", "打診", "抗議", "侵攻", "空爆", "挑発", "演習", "追放", "併合", "離脱", "撤退", "派遣", "介入", "干渉", "宣言", "警告",
}

// pointing are words that take up what was said before.
var pointing = map[string]bool{"この": true, "その": true, "こうした": true, "そうした": true, "同": true, "一連の": true, "今回の": true}
