package statement

import (
	"slices"
	"strings"

	"github.com/entente-kg/entente/extract/clause"
	"github.com/entente-kg/entente/extract/mention"
	"github.com/entente-kg/entente/extract/rules"
	"github.com/entente-kg/entente/schema"
)

// officeRule is the rule id of offices read from mentions.
const officeRule = "holds-office/mention"

// offices states, once for each official, the office that a mention gives together with a name and a country or body.
func (m *maker) offices() {
	relation, ok := m.frames.Ontology.Get("holds-office")
	if !ok {
		return
	}
	stated := make(map[[2]int]bool)
	for i := range m.Resolution.Mentions {
		mt := m.mention(i)
		if mt.Kind != mention.Person || len(mt.Titles) == 0 || mt.Relative != "" {
			continue
		}
		title := mt.Titles[0]
		if title.Mark == "former" || title.Mark == "next" || title.Office == "候補" || strings.HasSuffix(title.Office, "夫人") {
			continue
		}
		for _, who := range m.referents(i) {
			if m.Resolution.Entities[who.entity].Type != schema.Official {
				continue
			}
			what, ok := m.body(i)
			if !ok || stated[[2]int{who.entity, what.entity}] {
				continue
			}
			if m.party(what) && stateOffice(title.Office) {
				continue
			}
			stated[[2]int{who.entity, what.entity}] = true
			who.how, what.how = clause.ByNoun, clause.ByNoun
			who.arg, what.arg = mt.Span, m.mention(what.mention).Span
			who.argAt, what.argAt = mt.Sentence, m.mention(what.mention).Sentence
			d := draft{
				relation: relation, rule: officeRule, sentence: mt.Sentence, trigger: title.Span,
				subject: who, object: what, polarity: schema.Affirmed, modality: schema.Actual,
				qualifiers: officeQualifiers(title),
				features: []Feature{{"frame", 0.93}, {"mention", orOne(mt.Certainty)}, {"referent", orOne(who.certainty)},
					{"office's body", orOne(what.certainty)}},
				candidate: len(m.candidates),
			}
			d.confidence = m.confidence(d.features)
			m.drafts = append(m.drafts, d)
			m.candidates = append(m.candidates, Candidate{
				Sentence: mt.Sentence, Predicate: -1, Trigger: title.Span.In(m.text(mt.Sentence)), Frame: officeRule, Relation: relation.ID,
				Subject: m.name(who), Object: m.name(what), Features: d.features, Confidence: d.confidence,
			})
		}
	}
}

// officeQualifiers name the office, and tell whether a country or body has one holder of it at a time: the next one then
// supersedes. Who acts for a holder does not.
func officeQualifiers(t mention.Title) map[string]string {
	q := map[string]string{"office": t.Office}
	if o, ok := rules.Offices().Get(t.Office); ok && o.Unique && t.Mark != "acting" {
		q["unique"] = "true"
	}
	return q
}

// officeTaken is the office that p's に or を names, as qualifiers: イタリアの首相に就任した, 外相を務めた. nil where it names none that the tables
// have.
func (m *maker) officeTaken(p *clause.Predicate) map[string]string {
	for _, a := range p.Args {
		if a.Case != clause.Ni && a.Case != clause.Wo || a.Sentence != p.Sentence || a.Span.Empty() {
			continue
		}
		phrase := m.norm(a.Sentence, a.Span)
		for _, form := range rules.Offices().Forms() { // the longest first
			if !strings.HasSuffix(phrase, form) {
				continue
			}
			o, _ := rules.Offices().Get(form)
			return officeQualifiers(mention.Title{Office: o.Ja})
		}
	}
	return nil
}

// body is the country or organisation whose office mention i gives: the one named inside the mention where there is
// one, else any mention of it in the document.
func (m *maker) body(i int) (filler, bool) {
	mt := m.mention(i)
	if len(mt.Orgs)+len(mt.Countries) == 0 {
		return m.before(mt)
	}
	ids := append(append([]string(nil), mt.Orgs...), mt.Countries...)
	for _, id := range ids {
		elsewhere := filler{entity: -1}
		for j := range m.Resolution.Mentions {
			for _, f := range m.referents(j) {
				if m.Resolution.Entities[f.entity].ID != id {
					continue
				}
				if m.mention(j).Sentence == mt.Sentence && mt.Span.Contains(m.mention(j).Span) {
					return f, true
				}
				if elsewhere.entity < 0 {
					elsewhere = f
				}
			}
		}
		if elsewhere.entity >= 0 {
			elsewhere.certainty *= 0.8
			return elsewhere, true
		}
	}
	return filler{}, false
}

// before is the country or body in the の-phrase right before a person's mention, where the mention stage left it outside:
// コソボ自治州のサチ首相, ECOWAS委員会のトゥーレイ委員長.
func (m *maker) before(mt *mention.Mention) (filler, bool) {
	s := &m.Sentences[mt.Sentence]
	for c := range s.Chunks {
		if s.Chunks[c].Span.End != mt.Span.Start || particle(s, c) != "の" && !strings.HasSuffix(words(s, s.Chunks[c].From, s.Chunks[c].To), "側から") {
			continue
		}
		fs := m.phrase(s, c, 8)
		if len(fs) == 0 {
			fs = slices.DeleteFunc(m.inside(s.Index, content(s, c)), func(f filler) bool { return !m.organOf(f, content(s, c)) })
		}
		for _, f := range slices.Backward(fs) { // the last: セルビア南部コソボ自治州の
			switch m.Resolution.Entities[f.entity].Type {
			case schema.Country, schema.Organization:
				f.certainty *= 0.8
				return f, true
			}
		}
	}
	return filler{}, false
}

// party reports whether an entity is a political party, of the tables or by its name.
func (m *maker) party(f filler) bool {
	e := &m.Resolution.Entities[f.entity]
	if o, ok := rules.OrganizationByID(e.ID); ok {
		return o.Kind == "party"
	}
	return e.Type == schema.Organization && strings.HasSuffix(e.NameJa, "党")
}

// organOf reports whether the phrase at span is an organ of f: ECOWAS委員会, but not 親シリア派 nor 国連リベリアミッション.
func (m *maker) organOf(f filler, span schema.Span) bool {
	mt := m.mention(f.mention)
	if mt.Span.Start != span.Start {
		return false
	}
	rest := m.norm(mt.Sentence, schema.Span{Start: mt.Span.End, End: span.End})
	return slices.ContainsFunc(organs, func(organ string) bool { return strings.HasSuffix(rest, organ) })
}

var organs = []string{
	"委員会", "本部", "事務局", "理事会", "議会", "当局", "政府", "省", "庁", "局", "軍", "代表部", "支部", "部", "裁判所", "警察", "大使館", "銀行", "州", "府", "院", "部隊", "隊",
}

// stateOffice reports whether an office is one of a state, which no party has: SPDのシリー内相 is no minister of the SPD.
func stateOffice(office string) bool {
	o, ok := rules.Offices().Get(office)
	if !ok {
		return false
	}
	switch o.Kind {
	case rules.OfficeHeadOfState, rules.OfficeHeadOfGovernment, rules.OfficeForeignMinister, rules.OfficeDefenceMinister,
		rules.OfficeFinanceMinister, rules.OfficeMinister, rules.OfficeGovernor, rules.OfficeMayor:
		return true
	}
	return false
}
