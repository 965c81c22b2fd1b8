package statement

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/entente-kg/entente/extract/chunk"
	"github.com/entente-kg/entente/extract/clause"
	"github.com/entente-kg/entente/extract/mention"
	"github.com/entente-kg/entente/schema"
)

// filler is an entity that an argument may stand for.
type filler struct {
	entity    int // in Resolution.Entities
	mention   int // in Resolution.Mentions
	ref       int // in Resolution.Refs[mention]
	sentence  int
	how       clause.How
	kase      clause.Case
	via       string // "", of, to, in
	certainty float64
	arg       schema.Span // the argument that it fills, so that one argument fills one role
	argAt     int         // the argument's sentence
}

// same reports whether two fillers stand for one entity.
func (f filler) same(g filler) bool { return f.entity == g.entity }

// argument is the entities that the phrase at span of sentence s stands for: the mention whose end is the phrase's end.
func (d *document) argument(a clause.Argument) []filler {
	var fs []filler
	if m := d.headMention(a.Sentence, a.Span); m >= 0 && !d.contracted(a) {
		fs = d.joined(m)
		if a.How == clause.ByRelative {
			if all := d.shown(m); len(all) > 0 {
				return d.filled(all, a)
			}
		}
		if x := d.mention(m); x.Kind == mention.Country && x.Span.Start < a.Span.Start && a.Chunk >= 0 && a.Chunk < len(d.Sentences[a.Sentence].Chunks) {
			if all := d.phrase(&d.Sentences[a.Sentence], a.Chunk, 0); len(all) > len(fs) {
				fs = all // ブルガリア、ポーランドの政府関係者
			}
		}
	}
	if len(fs) == 0 && a.Case == clause.Compound && a.Sentence >= 0 && a.Sentence < len(d.mentions) {
		fs = d.inside(a.Sentence, a.Span) // EU正式加盟
	}
	if len(fs) == 0 && a.Sentence >= 0 && a.Sentence < len(d.Sentences) && isQuantity(d.norm(a.Sentence, a.Span)) {
		// 仏軍約1500人: the quantity counts what stands before it
		if c := chunkAt(&d.Sentences[a.Sentence], a.Span.Start); c >= 0 {
			if fs = d.enumerated(&d.Sentences[a.Sentence], c, d.norm(a.Sentence, a.Span)); len(fs) == 0 {
				fs = d.phrase(&d.Sentences[a.Sentence], c, 8)
			}
			if len(fs) == 0 { // NATOの部隊約1万6000人
				fs = d.possessors(&d.Sentences[a.Sentence], c)
			}
		}
	}
	if len(fs) == 0 && a.Case == clause.Wo && a.Sentence >= 0 && a.Sentence < len(d.Sentences) {
		fs = d.nationals(a)
	}
	if len(fs) == 0 && a.Sentence >= 0 && a.Sentence < len(d.Sentences) {
		a = d.beforeName(a)
	}
	if len(fs) == 0 && a.Sentence >= 0 && a.Sentence < len(d.Sentences) && actsFor(d.norm(a.Sentence, a.Span)) {
		// 両国の軍, ロシアの外交官: unnamed people and forces stand for whose they are
		s := &d.Sentences[a.Sentence]
		if fs = d.leaders(s, a); len(fs) == 0 {
			fs = d.inside(a.Sentence, a.Span)
		}
		if len(fs) == 0 {
			fs = d.possessors(s, a.Chunk)
		}
		for i := range fs {
			if d.Resolution.Entities[fs[i].entity].Type == schema.Place {
				fs[i] = d.level(fs[i], filler{entity: -1}) // 北海道の漁船
			}
			fs[i].via, fs[i].certainty = "of", fs[i].certainty*0.8
		}
	}
	if a.Case == clause.Ga || a.Case == clause.Topic {
		fs = slices.DeleteFunc(fs, func(f filler) bool { return d.mention(f.mention).Proxy == "people" }) // nationals act for themselves
	}
	return d.filled(fs, a)
}

// filled is fs as what argument a names.
func (d *document) filled(fs []filler, a clause.Argument) []filler {
	for i := range fs {
		fs[i].how, fs[i].certainty = a.How, fs[i].certainty*orOne(a.Certainty)
		fs[i].arg, fs[i].argAt, fs[i].kase = a.Span, a.Sentence, a.Case
	}
	return fs
}

// shown is the people whom a clause before them describes, where country m only begins the first one's mention: 握手する
// タイのA外相、ラオスのB外相. nil for other mentions.
func (d *document) shown(m int) []filler {
	if !d.mention(m).Nested {
		return nil
	}
	s := d.mention(m).Sentence
	var out []filler
	end := -1
	for _, i := range d.mentions[s] {
		x := d.mention(i)
		if x.Nested || x.Kind != mention.Person && x.Kind != mention.TitleOnly {
			continue
		}
		switch {
		case end < 0 && x.Span.Start == d.mention(m).Span.Start && x.Span.Contains(d.mention(m).Span):
		case end >= 0 && slices.Contains([]string{"、", "と", "(左)、", "(左)と", "(右)、", "(右)と", "(中央)、", "(中央)と", "ら、"}, d.norm(s, schema.Span{Start: end, End: x.Span.Start})):
		default:
			continue
		}
		out, end = append(out, d.referents(i)...), x.Span.End
	}
	return out
}

func orOne(x float64) float64 {
	if x <= 0 {
		return 1
	}
	return x
}

// headMention is the mention that names what the phrase at span of sentence s means: the longest one that covers the
// phrase's last byte, or one that is followed, within the phrase, by a word that stands for the same (中国側). -1 for none.
func (d *document) headMention(s int, span schema.Span) int {
	if s < 0 || s >= len(d.mentions) || span.Empty() {
		return -1
	}
	best := -1
	for _, i := range d.mentions[s] {
		m := d.mention(i)
		if m.Kind == mention.Date || m.Head.Start >= span.End || m.Span.End <= span.Start {
			continue
		}
		if m.Head.End < span.End && !standsFor[d.norm(s, schema.Span{Start: m.Span.End, End: span.End})] && !d.among(m, span.End) {
			continue
		}
		if best < 0 || betterHead(m, d.mention(best), span.End) {
			best = i
		}
	}
	return best
}

// among reports whether a person is named as one of those whom the rest of the phrase up to end means: A首相ら外国首脳.
func (d *document) among(m *mention.Mention, end int) bool {
	text := d.text(m.Sentence)
	return m.Kind == mention.Person && m.Span.End < end && end-m.Span.End <= len("主要国の首脳陣") && strings.HasSuffix(m.Span.In(text), "ら")
}

// betterHead reports whether m names a phrase that ends at end better than b: it ends just there, is no part of another
// mention, or is longer.
func betterHead(m, b *mention.Mention, end int) bool {
	if x, y := m.Head.End == end, b.Head.End == end; x != y {
		return x
	}
	if m.Nested != b.Nested {
		return b.Nested
	}
	return m.Span.Len() > b.Span.Len()
}

// standsFor are words behind a name with which the phrase still stands for what is named.
var standsFor = map[string]bool{
	"側": true, "政府": true, "当局": true, "ら": true, "氏": true, "氏ら": true, "さん": true, "双方": true, "両国": true, "両政府": true,
	"政府側": true, "自身": true, "本人": true, "政権": true, "代表団": true, "首脳": true, "両首脳": true, "外相": true, "両外相": true,
	"南部": true, "北部": true, "東部": true, "西部": true, "中部": true, "沿岸": true, "周辺": true, "近郊": true, "領内": true, "国内": true, "本土": true,
	"領土": true, "全土": true, "海域": true, "上空": true, "各地": true, "一帯": true, "市内": true, "領空": true, "領海": true, "近海": true, "国境": true, "域内": true,
	"占領地": true, "占領地域": true, "自治区": true, "入植地": true, "国境地帯": true, "国境付近": true, "付近": true, "郊外": true, "中心部": true,
	"など": true, "ほか": true, "夫妻": true, "両者": true, "両軍": true, "軍": true, "各国": true, "陣営": true, "一行": true, "当局者": true, "政府当局": true,
}

// isQuantity reports whether a phrase is a number with a counter (約1500人, 3隻).
func isQuantity(phrase string) bool {
	phrase = strings.TrimLeft(phrase, "約計ら")
	return phrase != "" && strings.ContainsRune("0123456789数", []rune(phrase)[0]) &&
		strings.ContainsRune("人名隻機社両台基", []rune(phrase)[len([]rune(phrase))-1])
}

// nationals is the country of the people that argument a names without a name: 米国人記者2人を, パレスチナ人の囚人を.
func (d *document) nationals(a clause.Argument) []filler {
	s := &d.Sentences[a.Sentence]
	span := a.Span
	if c := a.Chunk; c > 0 && c < len(s.Chunks) && s.Chunks[c-1].Dep == c && particle(s, c-1) == "の" {
		span.Start = s.Chunks[c-1].Span.Start
	}
	for _, i := range d.mentions[a.Sentence] {
		m := d.mention(i)
		if m.Kind != mention.Country || m.Span.Start < span.Start || m.Span.End >= span.End {
			continue
		}
		rest := d.norm(a.Sentence, schema.Span{Start: m.Span.End, End: span.End})
		if !strings.HasPrefix(rest, "人") || strings.HasPrefix(rest, "人民") {
			continue
		}
		fs := d.referents(i)
		for j := range fs {
			fs[j].via, fs[j].certainty = "of", fs[j].certainty*0.85
		}
		return fs
	}
	return nil
}

// contracted reports whether argument a is an act that its last letter only gives the country of: 外相の訪日を歓迎する.
func (d *document) contracted(a clause.Argument) bool {
	preds := d.predicates(a.Sentence)
	for i := range preds {
		q := &preds[i]
		if q.Form == clause.Contraction && q.Span.Start < a.Span.End && a.Span.Start <= q.Span.Start && q.Span.End == a.Span.End {
			return true
		}
	}
	return false
}

// enumerated is those named before a quantity that counts them: A首相、B首相、C首相の3人. nil where the number is another.
func (d *document) enumerated(s *chunk.Sentence, c int, quantity string) []filler {
	if particle(s, c) != "の" {
		return nil
	}
	fs := d.phrase(s, c, 0)
	n := 0
	for _, r := range strings.TrimLeft(quantity, "約計ら") {
		if r < '0' || r > '9' {
			break
		}
		n = n*10 + int(r-'0')
	}
	if n < 2 || n != len(fs) {
		return nil
	}
	return fs
}

// actors are the ends of phrases for unnamed people, bodies and forces that act for the country whose they are.
var actors = []string{
	"軍", "政府", "当局", "外相", "首脳", "代表", "代表団", "大使", "外交官", "部隊", "側", "高官", "軍隊", "艦船", "艦艇", "軍機", "大統領", "首相", "国防相",
	"閣僚", "使節団", "政権", "交渉団", "兵士", "空軍", "海軍", "陸軍", "戦闘機", "外務省", "国防省", "当局者", "指導者", "議会", "漁船", "首席代表", "特使",
	"大使館", "警察", "一行", "チーム", "沿岸警備隊", "海警局", "巡視船", "指導部", "市民", "国民", "人", "記者", "兵", "政府高官", "交渉担当者", "軍艦", "潜水艦", "関係者", "代表者", "関係者全員", "職員", "首脳ら", "要人", "外相ら",
	"爆撃機", "船", "船舶", "公船", "無人機", "哨戒機", "偵察機", "航空機", "軍用機", "駆逐艦", "イージス艦", "空母", "護衛艦", "輸送機", "艦隊",
	"警備艇", "哨戒艇", "警備隊", "警備局", "監視船", "貨物船", "タンカー", "商船", "調査船", "巡洋艦", "軍部", "国軍", "政府軍", "軍政", "政府筋", "当局筋", "外交筋", "外務当局", "使節", "派遣団", "駐留軍",
}

func actsFor(phrase string) bool {
	for _, w := range actors {
		if strings.HasSuffix(phrase, w) {
			return true
		}
	}
	return false
}

// beforeName is argument a, or what it is where a is only its name in brackets: 漁船「…丸」.
func (d *document) beforeName(a clause.Argument) clause.Argument {
	s := &d.Sentences[a.Sentence]
	if a.Chunk <= 0 || a.Chunk >= len(s.Chunks) || s.Tokens[s.Chunks[a.Chunk].From].Norm != "「" || s.Chunks[a.Chunk-1].Dep != a.Chunk || particle(s, a.Chunk-1) != "" {
		return a
	}
	if before := content(s, a.Chunk-1); actsFor(d.norm(a.Sentence, before)) {
		a.Chunk--
		a.Span = before
	}
	return a
}

// referents are the entities that mention m was resolved to.
func (d *document) referents(m int) []filler {
	var out []filler
	if d.mention(m).Kind == mention.Expert {
		return nil
	}
	for r, ref := range d.Resolution.Refs[m] {
		out = append(out, filler{entity: ref.Entity, mention: m, ref: r, sentence: d.mention(m).Sentence, certainty: orOne(ref.Certainty)})
	}
	return out
}

// joined are the entities of mention m, and of the countries in one character each that are written right before it: 日韓,
// 日米韓.
func (d *document) joined(m int) []filler {
	fs := d.referents(m)
	x := d.mention(m)
	if !d.oneCharacter(x) {
		return fs
	}
	start := x.Span.Start
	for i := len(d.mentions[x.Sentence]) - 1; i >= 0; i-- {
		before := d.mention(d.mentions[x.Sentence][i])
		if before.Span.End == start && d.oneCharacter(before) {
			fs = append(d.referents(d.mentions[x.Sentence][i]), fs...)
			start = before.Span.Start
		}
	}
	return fs
}

// oneCharacter reports a country written with one character.
func (d *document) oneCharacter(m *mention.Mention) bool {
	return m.Kind == mention.Country && m.Proxy == "" && m.Span.Len() <= len("米") && utf8.RuneCountInString(m.Span.In(d.text(m.Sentence))) == 1
}

// step is the fillers that one step of a path leads to from predicate p: one list for each coordinated phrase.
func (d *document) step(p *clause.Predicate, step string) [][]filler {
	switch step {
	case "self":
		return one(d.self(p))
	case "self.to":
		return one(d.through(clause.Argument{Sentence: p.Sentence, Span: p.Span, Chunk: p.Chunk, How: clause.ByNoun}, "to"))
	case "self.in":
		if s := &d.Sentences[p.Sentence]; p.Chunk >= 0 && p.Chunk < len(s.Chunks) {
			fs := d.inside(p.Sentence, content(s, p.Chunk))
			for i := range fs {
				fs[i].how, fs[i].via, fs[i].arg, fs[i].argAt = clause.ByCompound, "in", p.Span, p.Sentence
			}
			return one(fs)
		}
		return nil
	case "recent":
		return d.recent(p)
	case "chain":
		return one(d.chained(p))
	case "focus":
		return d.focus(p)
	case "matrix":
		return one(d.matrix(p))
	case "partner", "opponent", "talks":
		return nil // found once the subject is known
	case "condition":
		return one(d.condition(p))
	case "below":
		return one(d.below(p))
	case "above":
		return one(d.above(p))
	case "stricken":
		return one(d.stricken(p))
	case "speaker":
		var fs []filler
		for _, a := range p.Speakers {
			fs = append(fs, d.argument(a)...)
			break // the innermost
		}
		return one(fs)
	}
	kase, via, _ := strings.Cut(step, ".")
	if kase == "ni-yoru" && d.lookedInto(p) {
		return nil
	}
	if kase == "quote" {
		return one(d.contentSubjects(p))
	}
	var groups [][]filler
	last := -1
	for _, a := range p.Args {
		a = d.whole(a)
		if string(a.Case) != kase || a.Case == clause.Ni && a.Sentence == p.Sentence && adverbial[d.norm(a.Sentence, a.Span)] {
			continue
		}
		var fs []filler
		if via == "" {
			fs = d.argument(a)
		} else {
			fs = d.through(a, via)
		}
		if a.Group == last && len(groups) > 0 {
			groups[len(groups)-1] = append(groups[len(groups)-1], fs...)
		} else {
			groups = append(groups, fs)
		}
		last = a.Group
	}
	var out [][]filler
	for _, g := range groups {
		if g = d.withoutOwners(g); len(g) > 0 {
			out = append(out, g)
		}
	}
	if step == "ga" && p.Voice == clause.Receiving && len(out) > 0 && out[0][0].how == clause.ByContext {
		return nil // 出迎えを受けた: by whom is not said
	}
	if step == "ga" && (len(out) == 0 || out[0][0].how == clause.ByContext) {
		for k, find := range []func(*clause.Predicate) []filler{d.cleft, d.sharedSubject} {
			if k > 0 && p.Voice == clause.Passive {
				break // 式典が開催され、Aが出席した: who shares the subject is not who did it
			}
			if fs := find(p); len(fs) > 0 {
				return one(fs)
			}
		}
		if d.topicUnnamed(p) {
			return nil
		}
		if len(out) == 0 && p.Form != clause.EventNoun && p.Voice != clause.Passive && p.Voice != clause.Receiving {
			return one(d.lastSubject(p))
		}
	}
	if step == "ga" && len(out) == 1 && out[0][0].how == clause.ByRelative {
		if fs := d.cleft(p); len(fs) > len(out[0]) { // 参加するのは、ケニア、インド、エジプトだ
			return one(fs)
		}
	}
	if len(out) == 0 && step == "kara" && p.Form != clause.EventNoun {
		return one(d.loose(p, "から", "からは"))
	}
	if len(out) == 0 && step == "ni-yoru" && (p.Form == clause.EventNoun || p.Form == clause.Light) {
		return one(d.agents(p))
	}
	if len(out) == 0 && step == "wo" {
		for i := range d.predicates(p.Sentence) { // パレスチナを国家として承認
			if q := &d.Clauses[p.Sentence].Predicates[i]; q.Parent == p.Index && q.Span.In(d.text(p.Sentence)) == "として" {
				if fs := d.named(q, clause.Wo); len(fs) > 0 {
					return one(fs)
				}
			}
		}
	}
	if len(out) == 0 && (step == "wo" || step == "ni") && len(groups) == 0 {
		return one(d.cleft(p)) // …訪れたのはベトナムだ
	}
	return out
}

// withoutOwners drops the country or body that only says whose the official beside it is (大韓民国・李明博大統領).
func (d *document) withoutOwners(g []filler) []filler {
	if len(g) < 2 {
		return g
	}
	return slices.DeleteFunc(g, func(f filler) bool {
		id := d.Resolution.Entities[f.entity].ID
		return slices.ContainsFunc(g, func(o filler) bool {
			m := d.mention(o.mention)
			return d.Resolution.Entities[o.entity].Type == schema.Official && o.sentence == f.sentence &&
				(slices.Contains(m.Countries, id) || slices.Contains(m.Orgs, id) || d.Resolution.Entities[o.entity].Country == id) &&
				(d.mention(f.mention).Span.Start < m.Span.Start && m.Span.Start-d.mention(f.mention).Span.End <= 6 || o.mention != f.mention && m.Span.Contains(d.mention(f.mention).Span))
		})
	})
}

// whole is argument a, or what it is a part of: 経済制裁の大半 is about 経済制裁.
func (d *document) whole(a clause.Argument) clause.Argument {
	if a.Sentence < 0 || a.Sentence >= len(d.Sentences) || a.Chunk <= 0 || !partitive[d.norm(a.Sentence, a.Span)] {
		return a
	}
	s := &d.Sentences[a.Sentence]
	if a.Chunk < len(s.Chunks) && s.Chunks[a.Chunk-1].Dep == a.Chunk && particle(s, a.Chunk-1) == "の" {
		a.Chunk--
		a.Span = content(s, a.Chunk)
	}
	return a
}

// partitive are nouns for a part of what stands before their の.
var partitive = map[string]bool{
	"大半": true, "一部": true, "全て": true, "すべて": true, "多く": true, "半分": true, "大部分": true, "全部": true, "全員": true, "一人": true, "ほとんど": true,
	"うち": true, "両方": true, "双方": true, "過半": true, "全面": true, "それぞれ": true,
}

// adverbial are nouns whose に-phrase is no argument (…を理由に).
var adverbial = map[string]bool{
	"理由": true, "背景": true, "中心": true, "念頭": true, "機": true, "契機": true, "条件": true, "前提": true, "柱": true, "軸": true, "皮切り": true,
	"手始め": true, "最後": true, "最中": true, "際": true, "場": true, "一方": true, "反面": true, "ため": true, "前": true, "後": true, "うち": true, "名目": true,
	"口実": true, "盾": true, "根拠": true, "焦点": true, "議題": true, "目的": true, "目標": true,
}

func one(fs []filler) [][]filler {
	if len(fs) == 0 {
		return nil
	}
	return [][]filler{fs}
}

// self is what the trigger's own phrase names: an event or agreement that covers the trigger.
func (d *document) self(p *clause.Predicate) []filler {
	for _, i := range d.mentions[p.Sentence] {
		m := d.mention(i)
		if m.Span.Start <= p.Span.Start && p.Span.End <= m.Span.End && (m.Kind == mention.Agreement || m.Kind == mention.Event || m.Kind == mention.Anaphor && strings.HasPrefix(m.Class, "event")) {
			fs := d.referents(i)
			for j := range fs {
				fs[j].how, fs[j].via, fs[j].arg, fs[j].argAt = clause.ByCompound, "self", m.Span, p.Sentence
			}
			return fs
		}
	}
	return nil
}
