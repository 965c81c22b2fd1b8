package statement

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/entente-kg/entente/extract/clause"
	"github.com/entente-kg/entente/extract/rules"
	"github.com/entente-kg/entente/schema"
)

// add completes the drafts that frame f made of p.
func (m *maker) add(p *clause.Predicate, f *rules.Frame, c Candidate, drafts []draft) {
	relation, _ := m.frames.Ontology.Get(f.Relation)
	when := m.when(p)
	attribution := m.attribution(p)
	for _, d := range drafts {
		d.relation, d.frame, d.rule, d.pred = relation, f, f.ID, p
		d.sentence, d.trigger = p.Sentence, p.Span
		d.polarity, d.modality = status(p, f)
		d.time, d.attribution = when, attribution
		d.qualifiers = m.qualify(p, relation, d)
		d.features = m.features(p, f, d)
		d.confidence = m.confidence(d.features)
		c.Subject, c.Object = m.name(d.subject), m.name(d.object)
		c.Features, c.Confidence = d.features, d.confidence
		d.candidate = len(m.candidates)
		m.candidates = append(m.candidates, c)
		m.drafts = append(m.drafts, d)
	}
}

// status is the polarity and modality of what f makes of p.
func status(p *clause.Predicate, f *rules.Frame) (schema.Polarity, schema.Modality) {
	polarity, modality := p.Polarity, p.Modality
	if polarity == "" {
		polarity = schema.Affirmed
	}
	if modality == "" {
		modality = schema.Actual
	}
	for _, l := range f.NegativeOnly {
		if l == p.Lemma { // 認めない is rejects, affirmed; said (応じないと明言) it is done
			polarity = schema.Affirmed
			if modality == schema.Planned && p.Link == clause.Quoted {
				modality = schema.Actual
			}
		}
	}
	if f.Polarity == schema.Negated {
		if polarity == schema.Negated {
			polarity = schema.Affirmed
		} else {
			polarity = schema.Negated
		}
	}
	if f.Relation == "threatens" && modality == schema.Planned && p.Link == clause.Quoted {
		modality = schema.Actual // 対抗措置を取ると表明した: said is threatened
	}
	switch {
	case f.Modality == schema.Actual && modality == schema.Planned && len(p.Why) == 1 && strings.HasSuffix(p.Why[0], "dictionary form"):
		modality = schema.Actual // a state: 構成される
	case f.Modality != "" && modality == schema.Actual:
		modality = f.Modality
	}
	return polarity, modality
}

func (m *maker) name(f filler) string { return m.Resolution.Entities[f.entity].NameJa }

// attribution is who says what p says, innermost first.
func (m *maker) attribution(p *clause.Predicate) []schema.Argument {
	var out []schema.Argument
	for _, a := range p.Speakers {
		fs := m.argument(a)
		for _, f := range fs {
			out = append(out, m.schemaArgument(f))
		}
		if len(fs) == 0 && a.Sentence < len(m.Sentences) && !a.Span.Empty() {
			// a speaker that is no entity (関係者, an expert) is told by its words
			text := a.Span.In(m.text(a.Sentence))
			out = append(out, schema.Argument{Name: text, NameJa: text, Mention: text, Span: a.Span, Sentence: a.Sentence})
		}
	}
	return out
}

// schemaArgument is the record of a filler.
func (m *maker) schemaArgument(f filler) schema.Argument {
	e := &m.Resolution.Entities[f.entity]
	mt := m.mention(f.mention)
	a := schema.Argument{
		ID: e.ID, Type: e.Type, Name: e.Name, NameJa: e.NameJa, ISO3: e.ISO3, Wikidata: e.Wikidata, Country: e.Country, Office: e.Office,
		Mention: mt.Span.In(m.text(mt.Sentence)), Span: mt.Span, Sentence: mt.Sentence,
	}
	if f.ref >= 0 && f.ref < len(m.Resolution.Refs[f.mention]) {
		if an := m.Resolution.Refs[f.mention][f.ref].Antecedent; an >= 0 && an < len(m.Resolution.Mentions) {
			am := m.mention(an)
			a.Antecedent = &schema.Antecedent{Sentence: am.Sentence, Span: am.Span, Text: am.Span.In(m.text(am.Sentence))}
		}
	}
	return a
}

// howReliable is the factor for how the clause stage found an argument.
var howReliable = map[clause.How]float64{
	clause.Overt: 1, clause.ByTopic: 0.97, clause.ByRelative: 0.93, clause.ByShared: 0.9, clause.ByNoun: 0.96,
	clause.ByCompound: 0.95, clause.ByEllipsis: 0.82, clause.ByContext: 0.62, clause.BySpeaker: 0.9, clause.ByPossessor: 0.85,
}

// features are the factors of the confidence of d, each from 0 to 1.
func (m *maker) features(p *clause.Predicate, f *rules.Frame, d draft) []Feature {
	out := []Feature{{"frame", f.Reliability}}
	for _, side := range []struct {
		name string
		f    filler
	}{{"subject", d.subject}, {"object", d.object}} {
		how, ok := howReliable[side.f.how]
		if !ok {
			how = 0.9
		}
		if side.f.how == clause.ByContext {
			if n := p.Sentence - side.f.argAt; n > 1 {
				how *= math.Pow(0.93, float64(n-1))
			}
		}
		out = append(out, Feature{side.name + " by " + string(side.f.how) + side.f.via, how * math.Sqrt(side.f.certainty)})
	}
	if p.Certainty > 0 {
		out = append(out, Feature{"parse", math.Sqrt(p.Certainty)})
	}
	return append(out, m.register(p, d)...)
}

// register are the factors for what, in news that is not about diplomacy, more often goes wrong than the rest: who is meant by 同氏
// or 両国, what somebody is quoted as saying, parties and councils, sport. Their values are from statements judged by hand
// (docs/evaluation/precision.md): the share right with the mark over the share right without, rounded.
func (m *maker) register(p *clause.Predicate, d draft) []Feature {
	var out []Feature
	for _, side := range []struct {
		name string
		f    filler
	}{{"subject's antecedent", d.subject}, {"object's antecedent", d.object}} {
		if f := side.f; f.ref >= 0 && f.ref < len(m.Resolution.Refs[f.mention]) && m.Resolution.Refs[f.mention][f.ref].Antecedent >= 0 {
			out = append(out, Feature{side.name, 0.88})
		}
	}
	if p.InQuote {
		out = append(out, Feature{"quoted", 0.88})
	}
	s := &m.Sentences[p.Sentence]
	text := s.Span.In(m.text(p.Sentence))
	state := func(f filler) bool { return m.Resolution.Entities[f.entity].Type == schema.Country }
	if !state(d.subject) && !state(d.object) && containsAny(text, homePolitics) {
		out = append(out, Feature{"home politics", 0.9})
	}
	if containsAny(text, sport) {
		out = append(out, Feature{"sport", 0.6})
	}
	return out
}

// homePolitics are words of sentences about elections, parties and councils.
var homePolitics = []string{"選挙", "議員", "市長", "知事", "町長", "村長", "当選", "立候補", "県議", "市議", "党首", "与党", "野党", "総裁選"}

// sport are words of sentences about matches.
var sport = []string{"選手", "試合", "決勝", "優勝", "メダル", "リーグ戦", "ワールドカップ", "W杯", "サッカー", "五輪", "野球"}

// confidence is the probability that belongs to the product of the features, to three decimals.
func (m *maker) confidence(fs []Feature) float64 {
	c := 1.0
	for _, f := range fs {
		c *= f.Value
	}
	return math.Round(min(max(m.frames.Confidence.At(c), 0.01), 0.99)*1000) / 1000
}

// dense is how many statements a document about diplomacy makes of 1,000 characters, at least.
const dense = 6

// weigh adds to every statement but offices how much of diplomacy the document speaks: where hardly anything else is stated, in
// sports, accidents, shops, a statement is wrong more often.
func (m *maker) weigh() {
	n := 0
	for i := range m.drafts {
		if d := &m.drafts[i]; d.dropped == "" && d.frame != nil {
			n++
		}
	}
	length := utf8.RuneCountInString(m.Document.Title) + utf8.RuneCountInString(m.Document.Text)
	share := min(1, 1000*float64(n)/float64(max(1, length))/dense)
	for i := range m.drafts {
		d := &m.drafts[i]
		if d.frame == nil || d.candidate >= len(m.candidates) {
			continue
		}
		d.features = append(d.features, Feature{"document", math.Round((0.55+0.45*share)*1000) / 1000})
		d.confidence = m.confidence(d.features)
		m.candidates[d.candidate].Features, m.candidates[d.candidate].Confidence = d.features, d.confidence
		if score := m.frames.Confidence.Score(d.confidence); score < doubtful && share < sparse && d.dropped == "" {
			m.drop(d, fmt.Sprintf("confidence %.2f in a text that hardly speaks of diplomacy", d.confidence))
		}
	}
}

// A statement whose features have a product under doubtful (a confidence of 0.6) is not made in a text that makes fewer statements
// than the share sparse of what one about diplomacy makes. In general news hardly more than half of those were right; annotated
// documents have none.
const (
	doubtful = 0.19
	sparse   = 0.34
)
