package statement

import (
	"slices"
	"strings"

	"github.com/entente-kg/entente/extract/clause"
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
	return d.lentSubject(q, 0.85, clause.Overt, clause.ByTopic, clause.ByShared)
}

// modifiedSubject is the actors whom q modifies as what they do: 署名を終え、握手する両外相.
func (d *document) modifiedSubject(q *clause.Predicate) []filler {
	return d.lentSubject(q, 0.8, clause.ByRelative)
}

// lentSubject is the actors that are q's subject in one of these ways, as another predicate may share them: so much less certain.
func (d *document) lentSubject(q *clause.Predicate, certainty float64, ways ...clause.How) []filler {
	var out []filler
	for _, a := range q.Args {
		if a.Case != clause.Ga || !slices.Contains(ways, a.How) {
			continue
		}
		for _, f := range d.argument(a) {
			if d.acts(f) {
				f.how, f.certainty = clause.ByShared, f.certainty*certainty
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
