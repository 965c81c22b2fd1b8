package statement

import (
	"strings"

	"github.com/entente-kg/entente/extract/chunk"
	"github.com/entente-kg/entente/extract/clause"
	"github.com/entente-kg/entente/schema"
)

// when is the time at which p happens: a temporal expression that belongs to p or, where it has none, to the clause that
// it is chained to. nil when the text gives none.
func (d *document) when(p *clause.Predicate) *schema.Time {
	for hops := 0; p != nil && hops < 4; hops++ {
		if t := d.ownTime(p); t != nil {
			return t
		}
		preds := d.predicates(p.Sentence)
		if p.Parent < 0 || p.Parent >= len(preds) {
			return nil
		}
		switch p.Link {
		case clause.Chained, clause.Argumental, clause.Cause:
			p = &preds[p.Parent]
		default:
			return nil
		}
	}
	return nil
}

// ownTime is the expression that depends on p's bunsetsu without another predicate between; the nearest one before it.
func (d *document) ownTime(p *clause.Predicate) *schema.Time {
	s := &d.Sentences[p.Sentence]
	best := -1
	for _, i := range d.times[p.Sentence] {
		e := d.expression(i)
		if e.Role == "until" || e.Role == "deadline" {
			if best >= 0 || !d.arguesTime(p, e.Span) {
				continue
			}
		}
		if d.arguesTime(p, e.Span) || d.reaches(s, e.Span, p) {
			if best < 0 || e.Span.Start < p.Span.Start {
				best = i
			}
		}
	}
	if best < 0 {
		return nil
	}
	t := d.expression(best).Time
	return &t
}

func (d *document) arguesTime(p *clause.Predicate, span schema.Span) bool {
	for _, a := range p.Args {
		if a.Case == clause.Time && a.Sentence == p.Sentence && a.Span.Overlaps(span) {
			return true
		}
	}
	return false
}

// reaches reports whether the bunsetsu of span leads to p's by dependencies without meeting another predicate.
func (d *document) reaches(s *chunk.Sentence, span schema.Span, p *clause.Predicate) bool {
	c := chunkAt(s, span.End)
	for hops := 0; c >= 0 && hops < 12; hops++ {
		if c == p.Chunk {
			return true
		}
		if c = s.Chunks[c].Dep; c < 0 || c == p.Chunk {
			return c == p.Chunk
		}
		for i := range d.predicates(p.Sentence) {
			if q := &d.Clauses[p.Sentence].Predicates[i]; q.Chunk == c && q.Index != p.Index {
				return false
			}
		}
	}
	return false
}

// qualify reads the qualifiers of a statement that p makes.
func (m *maker) qualify(p *clause.Predicate, r schema.Relation, d draft) map[string]string {
	q := make(map[string]string)
	set := func(key, value string) {
		if value = strings.TrimSpace(value); value != "" && q[key] == "" {
			q[key] = value
		}
	}
	s := &m.Sentences[p.Sentence]
	text := m.text(p.Sentence)
	for _, a := range p.Args {
		if a.Sentence != p.Sentence || a.Span.Empty() {
			continue
		}
		taken := a.Span.Overlaps(d.subject.arg) && d.subject.argAt == a.Sentence || a.Span.Overlaps(d.object.arg) && d.object.argAt == a.Sentence
		phrase := m.norm(p.Sentence, a.Span)
		switch a.Case {
		case clause.NiTsuite:
			if !taken {
				set("topic", m.phraseText(s, a, text))
			}
		case clause.De, clause.DeNo:
			if taken {
				break
			}
			if via := firstIn(phrase, viaWords); via != "" {
				set("via", phrase)
				break
			}
			if h := m.headMention(a.Sentence, a.Span); h >= 0 {
				switch m.mention(h).Kind {
				case "place", "country":
					set("place", a.Span.In(text))
				}
			}
		}
		if r.ID == "nominates" {
			if i := strings.LastIndex(phrase, "賞"); i >= 0 && (a.Case == clause.Ni || a.Case == clause.No || a.Case == clause.Wo) {
				set("award", phrase[:i+len("賞")])
			}
		}
	}
	if r.ID == "nominates" && q["award"] == "" {
		if i := strings.Index(m.around(p), "平和賞"); i >= 0 {
			set("award", "ノーベル平和賞")
		}
	}
	if r.ID == "holds-office" {
		office := m.officeTaken(p)
		set("office", office["office"])
		set("unique", office["unique"])
	}
	if needsRate[r.ID] {
		set("rate", rate(text[s.Span.Start:s.Span.End]))
	}
	if needsAmount[r.ID] {
		set("amount", amount(text[s.Span.Start:s.Span.End]))
	}
	if len(q) == 0 {
		return nil
	}
	return q
}

var (
	viaWords    = []string{"電話", "オンライン", "SNS", "テレビ会議", "X", "ツイッター", "書簡", "声明", "フェイスブック", "トゥルース・ソーシャル"}
	needsRate   = map[string]bool{"imposes-tariff-on": true, "lowers-tariff-on": true}
	needsAmount = map[string]bool{"aids": true, "trades-with": true}
)

// phraseText is an argument with its modifiers, at most 60 bytes of them.
func (m *maker) phraseText(s *chunk.Sentence, a clause.Argument, text string) string {
	start := a.Span.Start
	if a.Chunk >= 0 && a.Chunk < len(s.Chunks) {
		for _, dep := range dependents(s, a.Chunk) {
			if strings.HasSuffix(particle(s, dep), "の") && a.Span.End-s.Chunks[dep].Span.Start <= 60 {
				start = min(start, s.Chunks[dep].Span.Start)
			}
		}
	}
	return text[start:a.Span.End]
}

// rate is the first percentage of a text, as written.
func rate(text string) string {
	for _, sign := range []string{"％", "%", "パーセント"} {
		if i := strings.Index(text, sign); i > 0 {
			start := numberStart(text, i)
			if start < i {
				return text[start : i+len(sign)]
			}
		}
	}
	return ""
}

// amount is the first sum of money of a text, as written.
func amount(text string) string {
	for _, unit := range []string{"ドル", "円", "ユーロ", "元", "ウォン", "ポンド", "ルーブル"} {
		if i := strings.Index(text, unit); i > 0 {
			start := numberStart(text, i)
			if start < i {
				return text[start : i+len(unit)]
			}
		}
	}
	return ""
}

// numberStart is where the number that ends at byte end begins, end when there is none.
func numberStart(text string, end int) int {
	const digits = "0123456789０１２３４５６７８９.．,，一二三四五六七八九十百千万億兆数約"
	rs := []rune(text[:end])
	at := end
	for i := len(rs) - 1; i >= 0 && strings.ContainsRune(digits, rs[i]); i-- {
		at -= len(string(rs[i]))
	}
	return at
}
