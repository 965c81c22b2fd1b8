package statement

import (
	"cmp"
	"slices"

	"github.com/entente-kg/entente/extract/clause"
	"github.com/entente-kg/entente/schema"
)

// content drops what another statement says better: companions of a predicate, and a threat whose content is itself a
// relation (threatened).
func (m *maker) content() {
	for i := range m.drafts {
		d := &m.drafts[i]
		if d.pred == nil {
			continue
		}
		if frame, ok := m.consumed[[2]int{d.sentence, d.pred.Index}]; ok && frame != d.rule {
			m.drop(d, "is a companion of "+frame)
			continue
		}
		if d.frame.Content == "threat" && m.contentStates(d) {
			m.drop(d, "its content is stated itself")
		}
	}
	m.adopt()
}

func (m *maker) drop(d *draft, why string) {
	d.dropped = why
	m.candidates[d.candidate].Dropped = why
}

// contentStates reports whether a predicate below d's makes a threatened statement.
func (m *maker) contentStates(d *draft) bool {
	preds := m.predicates(d.sentence)
	for i := range m.drafts {
		o := &m.drafts[i]
		if o.pred == nil || o.sentence != d.sentence || o.dropped != "" || o.modality != schema.Threatened {
			continue
		}
		for q, hops := o.pred, 0; q.Parent >= 0 && q.Parent < len(preds) && hops < len(preds); hops++ {
			q = &preds[q.Parent]
			if q.Index == d.pred.Index {
				return true
			}
		}
	}
	return false
}

// triple is a statement's relation with its arguments, those of a symmetric relation in order.
type triple struct {
	relation        string
	subject, object int
}

func (d *draft) triple() triple {
	t := triple{d.relation.ID, d.subject.entity, d.object.entity}
	if d.relation.Symmetric && t.object < t.subject {
		t.subject, t.object = t.object, t.subject
	}
	return t
}

// adopt gives an event noun that says nothing of its own about status or day (首脳会談では…) the status and day of the
// document's clearest statement of the same triple.
func (m *maker) adopt() {
	best := make(map[triple]*draft)
	for i := range m.drafts {
		d := &m.drafts[i]
		if d.dropped != "" || d.bare() {
			continue
		}
		if b := best[d.triple()]; b == nil || d.confidence > b.confidence {
			best[d.triple()] = d
		}
	}
	for i := range m.drafts {
		d := &m.drafts[i]
		if b := best[d.triple()]; b != nil && d.dropped == "" && d.bare() {
			d.polarity, d.modality = b.polarity, b.modality
			if d.time == nil {
				d.time = b.time
			}
		}
	}
}

// bare reports whether d is read from a mere noun without a cue of status.
func (d *draft) bare() bool {
	return d.pred != nil && (d.pred.Form == clause.EventNoun || d.pred.Form == clause.Contraction && !d.pred.Past) && len(d.pred.Why) == 0
}

// merge joins the drafts of one subject, relation, object, polarity, modality and day into one statement with all its
// evidence, the best first. A draft without a day joins the only dated one.
func (m *maker) merge() []schema.Statement {
	type key struct {
		triple
		polarity schema.Polarity
		modality schema.Modality
	}
	groups := make(map[key][]*draft)
	var order []key
	for i := range m.drafts {
		d := &m.drafts[i]
		if d.dropped != "" {
			continue
		}
		k := key{d.triple(), d.polarity, d.modality}
		if groups[k] == nil {
			order = append(order, k)
		}
		groups[k] = append(groups[k], d)
	}
	var out []schema.Statement
	for _, k := range order {
		for _, same := range byDay(groups[k]) {
			out = append(out, m.statement(same))
		}
	}
	slices.SortStableFunc(out, func(a, b schema.Statement) int {
		return cmp.Or(cmp.Compare(a.Sentence, b.Sentence), cmp.Compare(a.Trigger.Span.Start, b.Trigger.Span.Start))
	})
	return out
}

// byDay parts drafts of one triple and status by their first day; those without a day go with the first day named.
func byDay(drafts []*draft) [][]*draft {
	var days []string
	groups := make(map[string][]*draft)
	for _, d := range drafts {
		day := d.day()
		if groups[day] == nil {
			days = append(days, day)
		}
		groups[day] = append(groups[day], d)
	}
	if undated := groups[""]; len(undated) > 0 && len(days) > 1 {
		first := days[0]
		if first == "" {
			first = days[1]
		}
		groups[first] = append(groups[first], undated...)
		days = slices.DeleteFunc(days, func(s string) bool { return s == "" })
	}
	var out [][]*draft
	for _, day := range days {
		out = append(out, groups[day])
	}
	return out
}

func (d *draft) day() string {
	if d.time == nil {
		return ""
	}
	return d.time.Start
}

// statement is the record of drafts that say the same.
func (m *maker) statement(drafts []*draft) schema.Statement {
	slices.SortStableFunc(drafts, func(a, b *draft) int {
		return cmp.Or(cmp.Compare(b.confidence, a.confidence), cmp.Compare(a.sentence, b.sentence))
	})
	best := drafts[0]
	s := &m.Sentences[best.sentence]
	st := schema.Statement{
		Document: m.Document.ID, Sentence: best.sentence, Part: s.Part, Span: s.Span, Text: s.Span.In(m.text(best.sentence)),
		Subject: m.schemaArgument(best.subject), Relation: best.relation.ID, Object: m.schemaArgument(best.object),
		Polarity: best.polarity, Modality: best.modality, Status: schema.StatusOf(best.polarity, best.modality),
		Time: best.time, Attribution: best.attribution, Qualifiers: best.qualifiers, Confidence: best.confidence,
		Trigger: schema.Trigger{Text: best.trigger.In(m.text(best.sentence)), Span: best.trigger},
		Rule:    best.rule, Extractor: m.Version,
	}
	seen := make(map[[2]int]bool)
	for _, d := range drafts {
		at := [2]int{d.sentence, d.trigger.Start}
		if seen[at] {
			continue
		}
		seen[at] = true
		if st.Time == nil {
			st.Time = d.time
		}
		ds := &m.Sentences[d.sentence]
		st.Evidence = append(st.Evidence, schema.Evidence{
			Sentence: d.sentence, Part: ds.Part, Span: ds.Span, Text: ds.Span.In(m.text(d.sentence)),
			Trigger: schema.Trigger{Text: d.trigger.In(m.text(d.sentence)), Span: d.trigger},
			Subject: m.mention(d.subject.mention).Span, Object: m.mention(d.object.mention).Span,
			Rule: d.rule, Confidence: d.confidence,
		})
	}
	st.ID = m.frames.Ontology.StatementID(st)
	return st
}
