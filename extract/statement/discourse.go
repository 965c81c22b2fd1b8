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

// sharedSubject is who the predicates chained with p share, where p names no subject of its own: that of the clauses
// before it in the chain, else that of the clause it is chained to or quoted by.
func (d *document) sharedSubject(p *clause.Predicate) []filler {
	if p.Form == clause.EventNoun {
		return d.controller(p)
	}
	content := false // 購入する契約を結んだ: the head noun is the content's name, not its subject
	for _, a := range p.Args {
		phrase := d.norm(a.Sentence, a.Span)
		if a.Case == clause.Ga && a.How == clause.ByRelative && contents[phrase] {
			content = true
		} else if a.Case == clause.Ga && a.Sentence == p.Sentence && intents[phrase] {
			continue // 訪問する予定はない: whose plan it is stands before
		} else if a.Case == clause.Ga && a.How != clause.ByContext && a.How != clause.ByEllipsis {
			return nil
		}
	}
	if fs := d.topics(p); len(fs) > 0 {
		return fs
	}
	preds := d.predicates(p.Sentence)
	for i := len(preds) - 1; i >= 0; i-- {
		q := &preds[i]
		if q.Parent == p.Index && q.Index != p.Index && (q.Link == clause.Chained || q.Link == clause.Cause) {
			if fs := d.ownSubject(q); len(fs) > 0 {
				return fs
			}
		}
	}
	if p.Parent >= 0 && p.Parent < len(preds) && p.Parent != p.Index {
		link := p.Link
		if content {
			link = clause.Complement
		}
		if link == clause.Complement && reactsTo[preds[p.Parent].Lemma] {
			return nil // Bが拘束したことを受けて、Aは…
		}
		switch link {
		case clause.Chained, clause.Quoted, clause.Complement, clause.Purpose, clause.Cause:
			fs := d.ownSubject(&preds[p.Parent])
			if len(fs) == 0 && (link == clause.Chained || link == clause.Purpose) {
				fs = d.modifiedSubject(&preds[p.Parent])
			}
			if len(fs) > 0 {
				if link == clause.Chained && d.joinsIn(p, fs[0]) {
					return nil
				}
				return fs
			}
			if p.Parent > p.Index && !p.InQuote { // what is chained to the clause above shares its subject, too
				if fs := d.sharedSubject(&preds[p.Parent]); len(fs) > 0 {
					return fs
				}
			}
		}
	}
	if p.Link != clause.Relative && !p.InQuote {
		return d.loose(p, "は", "も")
	}
	return nil
}

// reactsTo are verbs whose こと another has done than who reacts.
var reactsTo = map[string]bool{"受ける": true, "踏まえる": true, "反発": true, "抗議": true, "対抗": true, "応じる": true}

// joinsIn reports whether f comes in only after p is done, as another one: Bと面会し、Aも席に加わった.
func (d *document) joinsIn(p *clause.Predicate, f filler) bool {
	if f.argAt != p.Sentence || f.arg.Start < p.Span.End {
		return false
	}
	s := &d.Sentences[p.Sentence]
	c := chunkAt(s, f.arg.End)
	return c >= 0 && (particle(s, c) == "も" || particle(s, c) == "が")
}

// controller is the subject of the verb that p's event noun is the object of, where that verb decides on one's own act:
// 召還を決めた, 加盟を目指す.
func (d *document) controller(p *clause.Predicate) []filler {
	preds := d.predicates(p.Sentence)
	if p.Parent < 0 || p.Parent >= len(preds) {
		return nil
	}
	if p.Link == clause.TimeOf && slices.ContainsFunc(p.Args, func(a clause.Argument) bool {
		return (a.Case == clause.Wo || a.Case == clause.Ni) && a.How == clause.Overt
	}) && preds[p.Parent].Voice != clause.Passive {
		return d.ownSubject(&preds[p.Parent]) // Aは、Bを視察後、記者会見を開いた
	}
	if fs := d.resolver(p); len(fs) > 0 {
		return fs
	}
	if p.Link != clause.Argumental || !control[preds[p.Parent].Lemma] {
		return nil
	}
	for _, k := range []clause.Case{clause.No, clause.NiYoru, clause.KaraNo} { // 外相の訪問を発表した
		if slices.ContainsFunc(d.named(p, k), func(f filler) bool { return d.Resolution.Entities[f.entity].Type == schema.Official || k != clause.No }) {
			return nil
		}
	}
	if len(d.named(p, clause.No)) > 0 && slices.ContainsFunc(p.Args, func(a clause.Argument) bool {
		return a.Case == clause.ENo || a.Case == clause.KaraNo || a.Case == clause.ToNo
	}) {
		return nil // モルドバのEUへの加盟を承認した
	}
	q := &preds[p.Parent]
	for _, a := range q.Args {
		if a.Case == clause.Wo && a.Chunk == p.Chunk {
			if fs := d.ownSubject(q); len(fs) > 0 {
				return fs
			}
			return d.sharedSubject(q)
		}
	}
	return nil
}

// resolver is who adopts or issues what says the act that p names: 北朝鮮非難の議長声明を採択した.
func (d *document) resolver(p *clause.Predicate) []filler {
	s := &d.Sentences[p.Sentence]
	if p.Chunk < 0 || p.Chunk >= len(s.Chunks) || s.Chunks[p.Chunk].Dep < 0 || particle(s, p.Chunk) != "の" {
		return nil
	}
	c := s.Chunks[p.Chunk].Dep
	noun := d.norm(p.Sentence, content(s, c))
	if !strings.HasSuffix(noun, "声明") && !strings.HasSuffix(noun, "決議") && !strings.HasSuffix(noun, "決議案") {
		return nil
	}
	preds := d.predicates(p.Sentence)
	for i := range preds {
		q := &preds[i]
		if q.Lemma != "採択" && q.Lemma != "可決" && q.Lemma != "発表" && q.Lemma != "出す" || q.Voice == clause.Passive {
			continue
		}
		if slices.ContainsFunc(q.Args, func(a clause.Argument) bool { return a.Case == clause.Wo && a.Chunk == c }) {
			return d.ownSubject(q)
		}
	}
	return nil
}

var control = map[string]bool{
	"決める": true, "決定": true, "検討": true, "表明": true, "発表": true, "計画": true, "予定": true, "約束": true, "中止": true, "見送る": true, "断念": true,
	"示唆": true, "模索": true, "目指す": true, "明らか": true, "決断": true, "承認": true, "宣言": true, "通告": true, "準備": true, "急ぐ": true, "撤回": true,
	"延期": true, "採択": true, "打ち出す": true, "表す": true, "図る": true, "進める": true, "開始": true, "始める": true, "終える": true,
}

// contents are nouns that name what a clause before them says.
var contents = map[string]bool{
	"契約": true, "協定": true, "覚書": true, "計画": true, "法案": true, "声明": true, "決議": true, "決議案": true, "方針": true, "意向": true, "考え": true,
	"書簡": true, "文書": true, "案": true, "発言": true, "談話": true, "措置": true, "命令": true, "大統領令": true, "共同声明": true, "合意": true, "条約": true,
}

// intents are nouns for a plan, of which a clause says that there is one or none.
var intents = map[string]bool{
	"予定": true, "考え": true, "意向": true, "方針": true, "つもり": true, "計画": true, "意図": true, "用意": true, "意思": true, "準備": true,
}

// loose is the actors in the nearest bunsetsu before p with one of these particles that no predicate has as an argument:
// what the parser hung on a noun.
func (d *document) loose(p *clause.Predicate, particles ...string) []filler {
	s := &d.Sentences[p.Sentence]
	for c := min(p.Chunk, len(s.Chunks)) - 1; c >= 0; c-- {
		if !contains(particles, particle(s, c)) {
			continue
		}
		span := content(s, c)
		for i := range d.predicates(p.Sentence) {
			for _, a := range d.Clauses[p.Sentence].Predicates[i].Args {
				if a.Sentence == p.Sentence && a.Span.Overlaps(span) {
					return nil
				}
			}
		}
		var out []filler
		for _, f := range d.phrase(s, c, 0) {
			if d.acts(f) {
				f.how, f.kase, f.certainty = clause.ByTopic, clause.Ga, f.certainty*0.8
				if particles[0] == "から" {
					f.how, f.kase = clause.Overt, clause.Kara
				}
				f.arg, f.argAt = span, p.Sentence
				out = append(out, f)
			}
		}
		return out
	}
	return nil
}

// topics is the actors marked with は that p has in another case than が, where it has no subject and is not passive.
func (d *document) topics(p *clause.Predicate) []filler {
	if p.Voice == clause.Passive || p.Voice == clause.Receiving {
		return nil
	}
	var out []filler
	for _, a := range p.Args {
		if a.How != clause.ByTopic || a.Case != clause.Wo && a.Case != clause.Ni && a.Case != clause.Topic {
			continue
		}
		for _, f := range d.argument(a) {
			if d.acts(f) {
				f.certainty *= 0.8
				out = append(out, f)
			}
		}
	}
	return out
}

// ownSubject is the actors that a word of q's own clause names as its subject.
func (d *document) ownSubject(q *clause.Predicate) []filler {
	var out []filler
	for _, a := range q.Args {
		if a.Case != clause.Ga || a.How != clause.Overt && a.How != clause.ByTopic && a.How != clause.ByShared {
			continue
		}
		for _, f := range d.argument(a) {
			if d.acts(f) {
				f.how, f.certainty = clause.ByShared, f.certainty*0.85
				out = append(out, f)
			}
		}
	}
	return out
}

// modifiedSubject is the actors whom q modifies as what they do: 署名を終え、握手する両外相.
func (d *document) modifiedSubject(q *clause.Predicate) []filler {
	var out []filler
	for _, a := range q.Args {
		if a.Case != clause.Ga || a.How != clause.ByRelative {
			continue
		}
		for _, f := range d.argument(a) {
			if d.acts(f) {
				f.how, f.certainty = clause.ByShared, f.certainty*0.8
				out = append(out, f)
			}
		}
	}
	return out
}

// acts reports whether a filler is a country, person or body.
func (d *document) acts(f filler) bool {
	switch d.Resolution.Entities[f.entity].Type {
	case schema.Country, schema.Official, schema.Organization:
		return true
	}
	return false
}

// topicUnnamed reports whether p's sentence has a topic of its own before p that names no entity: 少年は家を出て、クウェートに入国した.
// Whom a sentence before names is then no subject.
func (d *document) topicUnnamed(p *clause.Predicate) bool {
	if p.InQuote {
		return false
	}
	s := &d.Sentences[p.Sentence]
	for c := 0; c < p.Chunk && c < len(s.Chunks); c++ {
		if particle(s, c) != "は" || d.chunkMention(s, c) >= 0 {
			continue
		}
		span := content(s, c)
		if !slices.ContainsFunc(humans, func(end string) bool { return strings.HasSuffix(d.norm(s.Index, span), end) }) {
			continue
		}
		return true
	}
	return false
}

// humans are ends of nouns for people who are no officials.
var humans = []string{
	"者", "人", "員", "男", "女", "男性", "女性", "少年", "少女", "客", "民", "生", "士", "師", "手", "家族", "遺族", "容疑者", "被告", "団体", "会社", "同社", "企業", "住民", "市民", "氏", "さん", "教授", "監督", "選手", "機", "船",
}

// lastSubject is who the two sentences before p speak of, for a subject left out whose antecedent names nobody.
func (d *document) lastSubject(p *clause.Predicate) []filler {
	if p.Link != clause.Main && p.Link != clause.Chained && !d.intended(p) {
		return nil
	}
	for _, a := range p.Args {
		if a.Case == clause.Ga && a.How != clause.ByContext {
			return nil
		}
	}
	for s := p.Sentence - 1; s >= 0 && s >= p.Sentence-2; s-- {
		if fs := d.pictured(s); len(fs) > 0 && s == p.Sentence-1 {
			return fs
		}
		preds := d.predicates(s)
		for i := len(preds) - 1; i >= 0; i-- {
			for _, a := range preds[i].Args {
				if a.Case != clause.Ga || a.How != clause.Overt && a.How != clause.ByTopic {
					continue
				}
				var fs []filler
				for _, f := range d.argument(a) {
					if d.acts(f) {
						f.how, f.certainty = clause.ByContext, f.certainty*0.6
						fs = append(fs, f)
					}
				}
				if len(fs) > 0 {
					return fs
				}
			}
		}
	}
	return nil
}

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
