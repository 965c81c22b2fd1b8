package eval

import (
	"fmt"
	"slices"
	"strings"

	"github.com/entente-kg/entente/schema"
)

// Counts are what precision and recall are made of.
type Counts struct {
	// Gold is the number of required gold statements; Found those that were said, FoundStrict with their status.
	Gold, Found, FoundStrict int
	// Said is the number of triples said, tolerated ones not counted; SaidRight those that gold requires; the strict ones
	// count each status of a triple.
	Said, SaidRight, SaidStrict, SaidStrictRight int
	// Wrong is the number of triples that gold does not have.
	Wrong int
	// Sentences is the number of sentences read.
	Sentences int
}

func (c *Counts) add(d Counts) {
	c.Gold += d.Gold
	c.Found += d.Found
	c.FoundStrict += d.FoundStrict
	c.Said += d.Said
	c.SaidRight += d.SaidRight
	c.SaidStrict += d.SaidStrict
	c.SaidStrictRight += d.SaidStrictRight
	c.Wrong += d.Wrong
	c.Sentences += d.Sentences
}

// Core is precision, recall and F1 of triples; Strict of triples with their status.
func (c Counts) Core() (p, r, f float64) { return prf(c.SaidRight, c.Said, c.Found, c.Gold) }

// Strict is Core with polarity and modality.
func (c Counts) Strict() (p, r, f float64) {
	return prf(c.SaidStrictRight, c.SaidStrict, c.FoundStrict, c.Gold)
}

func prf(right, said, found, gold int) (p, r, f float64) {
	p = float64(right) / float64(max(1, said))
	r = float64(found) / float64(max(1, gold))
	return p, r, 2 * p * r / max(1e-9, p+r)
}

// String is the line of the reference scorer.
func (c Counts) String() string {
	cp, cr, cf := c.Core()
	sp, sr, sf := c.Strict()
	return fmt.Sprintf("gold %4d wrong %4d  core P %.3f R %.3f F1 %.3f   strict P %.3f R %.3f F1 %.3f",
		c.Gold, c.Wrong, cp, cr, cf, sp, sr, sf)
}

// Row is the counts of a document, relation, status or register.
type Row struct {
	Name string
	Counts
}

// Finding is a gold statement that was missed or has another status, or a statement that gold does not have.
type Finding struct {
	Document string
	// Kind is missed, differs or wrong.
	Kind string
	// Text is the finding in words; Sentence the gold's evidence or the statement's sentence.
	Text     string
	Sentence string
	// Statement is the first statement of a wrong triple, and of a differing one; nil for a miss.
	Statement *schema.Statement
	relation  string
}

// Report is the score of a gold folder.
type Report struct {
	Total     Counts
	Documents []Row // in name order
	Relations []Row // by falling number of gold statements, then name
	Statuses  []Row // of gold statements; recall only
	Registers []Row // by name
	Findings  []Finding
	// Judged pairs each said triple's best confidence with whether gold has it; tolerated ones are left out.
	Judged []Judged
}

// Judged is a statement's confidence with the verdict of gold.
type Judged struct {
	Document   string
	Confidence float64
	Right      bool
}

type status struct {
	polarity schema.Polarity
	modality schema.Modality
}

// said is what was extracted of one triple.
type said struct {
	subject, object []string
	relation        string
	statements      []*schema.Statement
}

func (s *said) statuses() []status {
	var out []status
	for _, st := range s.statements {
		if k := statusOf(st); !slices.Contains(out, k) {
			out = append(out, k)
		}
	}
	return out
}

func statusOf(st *schema.Statement) status {
	s := status{st.Polarity, st.Modality}
	if s.polarity == "" {
		s.polarity = schema.Affirmed
	}
	if s.modality == "" {
		s.modality = schema.Actual
	}
	return s
}

func intersects(a []string, b anyOf) bool {
	return slices.ContainsFunc(a, b.has)
}

// Score compares statements with gold. sentences[document] is how many sentences were read of each; nil when unknown.
func (g *Gold) Score(statements []schema.Statement, sentences map[string]int) Report {
	byDocument := make(map[string][]*said)
	for i := range statements {
		st := &statements[i]
		k := said{subject: g.names.keys(st.Subject), relation: st.Relation, object: g.names.keys(st.Object)}
		list := byDocument[st.Document]
		at := slices.IndexFunc(list, func(o *said) bool {
			return o.relation == k.relation && slices.Equal(o.subject, k.subject) && slices.Equal(o.object, k.object)
		})
		if at < 0 {
			at = len(list)
			list = append(list, &k)
			byDocument[st.Document] = list
		}
		list[at].statements = append(list[at].statements, st)
	}
	var r Report
	relations, statuses, registers := newTally(), newTally(), newTally()
	for _, gold := range g.golds {
		c := gold.score(byDocument[gold.ID], &r, relations, statuses)
		c.Sentences = sentences[gold.ID]
		r.Documents = append(r.Documents, Row{gold.ID, c})
		r.Total.add(c)
		register := gold.Register
		if register == "" {
			register, _, _ = strings.Cut(gold.ID, "-")
			register = strings.TrimRight(register, "0123456789")
		}
		registers.get(register).add(c)
	}
	r.Relations, r.Statuses, r.Registers = relations.rows(), statuses.rows(), registers.rows()
	slices.SortStableFunc(r.Relations, func(a, b Row) int { return b.Gold - a.Gold })
	sortJudged(r.Judged)
	return r
}

func (f *goldFile) score(list []*said, r *Report, relations, statuses *tally) Counts {
	var c Counts
	required, tolerated := make(map[*said]bool), make(map[*said]bool)
	right := make(map[*said][]status)
	for _, gs := range f.Statements {
		var hits []*said
		for _, k := range list {
			if gs.matches(k) {
				hits = append(hits, k)
			}
		}
		if gs.Optional {
			for _, k := range hits {
				tolerated[k] = true
			}
			continue
		}
		strict := false
		for _, k := range hits {
			required[k] = true
			for _, s := range k.statuses() {
				if gs.right(s) {
					strict = true
					if !slices.Contains(right[k], s) {
						right[k] = append(right[k], s)
					}
				}
			}
		}
		one := Counts{Gold: 1, Found: count(len(hits) > 0), FoundStrict: count(strict)}
		c.add(one)
		relations.get(gs.Relation[0]).add(one)
		statuses.get(string(gs.polarity()) + " " + gs.modality()[0]).add(one)
		if !strict {
			r.Findings = append(r.Findings, gs.finding(f.ID, hits))
		}
	}
	for _, k := range list {
		best := 0.0
		for _, st := range k.statements {
			best = max(best, st.Confidence)
		}
		switch {
		case required[k]:
			one := Counts{Said: 1, SaidRight: 1, SaidStrict: len(k.statuses()), SaidStrictRight: len(right[k])}
			c.add(one)
			relations.get(k.relation).add(one)
			r.Judged = append(r.Judged, Judged{f.ID, best, true})
		case !tolerated[k]:
			one := Counts{Said: 1, SaidStrict: len(k.statuses()), Wrong: 1}
			c.add(one)
			relations.get(k.relation).add(one)
			r.Judged = append(r.Judged, Judged{f.ID, best, false})
			st := k.statements[0]
			r.Findings = append(r.Findings, Finding{
				Document: f.ID, Kind: "wrong", Text: fmt.Sprintf("%s %s %s", st.Subject.Name, st.Relation, st.Object.Name),
				Sentence: st.Text, Statement: st, relation: st.Relation,
			})
		}
	}
	return c
}

func (g goldStatement) matches(k *said) bool {
	if !g.Relation.has(k.relation) {
		return false
	}
	if intersects(k.subject, g.Subject) && intersects(k.object, g.Object) {
		return true
	}
	return symmetric(k.relation) && intersects(k.object, g.Subject) && intersects(k.subject, g.Object)
}

func symmetric(relation string) bool {
	r, ok := schema.Relations().Get(relation)
	return ok && r.Symmetric
}

func (g goldStatement) finding(document string, hits []*said) Finding {
	f := Finding{Document: document, Kind: "missed", Sentence: g.Evidence, relation: g.Relation[0]}
	f.Text = fmt.Sprintf("%s %s %s [%s %s]", strings.Join(g.Subject, "|"), g.Relation[0], strings.Join(g.Object, "|"),
		g.polarity(), strings.Join(g.modality(), "|"))
	if len(hits) > 0 {
		f.Kind, f.Statement = "differs", hits[0].statements[0]
		for _, k := range hits {
			for _, s := range k.statuses() {
				f.Text += fmt.Sprintf(", said as %s %s", s.polarity, s.modality)
			}
		}
	}
	return f
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}

// tally keeps counts by name.
type tally struct{ by map[string]*Counts }

func newTally() *tally { return &tally{make(map[string]*Counts)} }

func (t *tally) get(name string) *Counts {
	if t.by[name] == nil {
		t.by[name] = new(Counts)
	}
	return t.by[name]
}

func (t *tally) rows() []Row {
	var out []Row
	for name, c := range t.by {
		out = append(out, Row{name, *c})
	}
	slices.SortFunc(out, func(a, b Row) int { return strings.Compare(a.Name, b.Name) })
	return out
}
