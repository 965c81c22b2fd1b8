package eval

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/entente-kg/entente/extract/entity"
	"github.com/entente-kg/entente/extract/mention"
	"github.com/entente-kg/entente/schema"
)

// LinkCounts are what linking accuracy is made of. One argument is the subject or the object of one required gold statement.
type LinkCounts struct {
	// Arguments is all of them.
	Arguments int
	// LeftOut are those that their sentences do not mention: left out in the Japanese, or only understood. There is nothing to
	// link.
	LeftOut int
	// Missed are those that their sentences name, where no mention was found at the name.
	Missed int
	// Found are the others, and Right those of them that were linked to gold's entity.
	Found, Right int
}

func (c *LinkCounts) add(d LinkCounts) {
	c.Arguments += d.Arguments
	c.LeftOut += d.LeftOut
	c.Missed += d.Missed
	c.Found += d.Found
	c.Right += d.Right
}

// Accuracy is the share of the found mentions that are linked rightly.
func (c LinkCounts) Accuracy() float64 { return float64(c.Right) / float64(max(1, c.Found)) }

// Overall is the share linked rightly of all arguments that their sentences mention, found or not.
func (c LinkCounts) Overall() float64 { return float64(c.Right) / float64(max(1, c.Found+c.Missed)) }

func (c LinkCounts) String() string {
	return fmt.Sprintf("arguments %4d  left out %3d  missed %3d  found %4d  linked rightly %4d  accuracy %.3f  overall %.3f",
		c.Arguments, c.LeftOut, c.Missed, c.Found, c.Right, c.Accuracy(), c.Overall())
}

// LinkRow is the counts of an entity type or a document.
type LinkRow struct {
	Name string
	LinkCounts
}

// LinkFinding is an argument that was missed, linked wrongly or left out.
type LinkFinding struct {
	Document string
	// Kind is missed, wrong or left-out.
	Kind string
	// Want are gold's keys, Got what stands there instead; Sentence is the gold's evidence.
	Want, Got, Sentence string
}

// LinkReport is the linking accuracy on a gold folder.
type LinkReport struct {
	Total     LinkCounts
	Types     []LinkRow // by gold's entity type, in name order
	Documents []LinkRow // in name order
	Findings  []LinkFinding
}

// Linked is what the extractor made of one document: its sentences, and what its mentions were resolved to.
type Linked struct {
	Sentences  []schema.Sentence
	Resolution entity.Resolution
}

// Links compares the mentions of gold's documents with the subjects and objects of the required statements. An argument is
// looked for in the sentences that its statement's evidence lies in:
//
//   - linked rightly, when a mention there was resolved to an entity that gold accepts, as statements are compared;
//   - else linked wrongly, when a mention stands where the sentences write one of the names that gold accepts (of two or more
//     characters), or, when they write none, when a word that stands for somebody (両国, 同氏, 米大統領, 政府) of the
//     argument's type stands there and was resolved to nothing, or to what is no argument of those sentences either;
//   - else missed, when the sentences write such a name;
//   - else left out.
//
// linked[document] is what was read; a document that is not in it has no mentions.
func (g *Gold) Links(linked map[string]Linked) LinkReport {
	var r LinkReport
	types := map[string]*LinkCounts{}
	for i, f := range g.golds {
		d := linkDocument{gold: g, doc: g.Documents[i], file: &g.golds[i], linked: linked[f.ID]}
		var c LinkCounts
		for k := range f.Statements {
			if f.Statements[k].Optional {
				continue
			}
			for _, keys := range []anyOf{f.Statements[k].Subject, f.Statements[k].Object} {
				one, finding := d.argument(&f.Statements[k], keys)
				c.add(one)
				t := g.types[keys[0]]
				if types[t] == nil {
					types[t] = new(LinkCounts)
				}
				types[t].add(one)
				if finding.Kind != "" {
					r.Findings = append(r.Findings, finding)
				}
			}
		}
		r.Documents = append(r.Documents, LinkRow{f.ID, c})
		r.Total.add(c)
	}
	for t, c := range types {
		r.Types = append(r.Types, LinkRow{cmp.Or(t, "(no type)"), *c})
	}
	slices.SortFunc(r.Types, func(a, b LinkRow) int { return strings.Compare(a.Name, b.Name) })
	return r
}

// linkDocument is the work on one document.
type linkDocument struct {
	gold   *Gold
	doc    schema.Document
	file   *goldFile
	linked Linked
}

// argument judges one argument of a gold statement.
func (d *linkDocument) argument(gs *goldStatement, keys anyOf) (LinkCounts, LinkFinding) {
	sentences := d.sentencesOf(gs.Evidence)
	c := LinkCounts{Arguments: 1}
	f := LinkFinding{Document: d.file.ID, Want: strings.Join(keys, "|"), Sentence: gs.Evidence}
	var named, pointing []int
	writes := d.names(sentences, keys)
	for i := range d.linked.Resolution.Mentions {
		m := &d.linked.Resolution.Mentions[i]
		if !slices.ContainsFunc(sentences, func(s schema.Sentence) bool { return s.Index == m.Sentence }) {
			continue
		}
		if slices.ContainsFunc(d.linked.Resolution.Refs[i], func(r entity.Referent) bool { return intersects(d.keys(m, r), keys) }) {
			c.Found, c.Right = 1, 1
			return c, LinkFinding{}
		}
		if slices.ContainsFunc(writes, func(p place) bool { return p.part == m.Part && p.span.Overlaps(m.Span) }) {
			named = append(named, i)
		}
		if d.pointsAstray(gs, i, keys) {
			pointing = append(pointing, i)
		}
	}
	switch {
	case len(named) > 0:
		c.Found, f.Kind, f.Got = 1, "wrong", d.describe(named)
	case len(writes) > 0:
		c.Missed, f.Kind = 1, "missed"
	case len(pointing) > 0:
		c.Found, f.Kind, f.Got = 1, "wrong", d.describe(pointing)
	default:
		c.LeftOut, f.Kind = 1, "left-out"
	}
	return c, f
}

// keys are gold's keys of what mention m was resolved to.
func (d *linkDocument) keys(m *mention.Mention, r entity.Referent) []string {
	e := d.linked.Resolution.Entities[r.Entity]
	return d.gold.names.keys(schema.Argument{ID: e.ID, Name: e.Name, NameJa: e.NameJa, Mention: m.Text(d.doc)})
}

// pointsAstray reports whether mention i is a word that stands for somebody of keys' type, and was resolved to nothing, or to
// what is no argument of a gold statement of the same evidence, required or optional.
func (d *linkDocument) pointsAstray(gs *goldStatement, i int, keys anyOf) bool {
	m := &d.linked.Resolution.Mentions[i]
	var may schema.EntityType
	switch class, _, _ := strings.Cut(m.Class, ":"); {
	case m.Kind == mention.TitleOnly, m.Kind == mention.Anaphor && (class == "person" || class == "leader"):
		may = schema.Official
	case m.Rule == "bare-government", m.Kind == mention.Anaphor && class == "country":
		may = schema.Country
	case m.Kind == mention.Anaphor && class == "organization":
		may = schema.Organization
	case m.Kind == mention.Anaphor && class == "agreement":
		may = schema.Agreement
	case m.Kind == mention.Anaphor && class == "event":
		may = schema.Event
	case m.Kind == mention.Anaphor && class == "place":
		may = schema.Place
	case m.Kind == mention.Anaphor && class == "any":
	default:
		return false
	}
	if may != "" && d.gold.types[keys[0]] != string(may) {
		return false
	}
	for _, r := range d.linked.Resolution.Refs[i] {
		got := d.keys(m, r)
		for k := range d.file.Statements {
			other := &d.file.Statements[k]
			if d.near(other.Evidence, gs.Evidence) && (intersects(got, other.Subject) || intersects(got, other.Object)) {
				return false
			}
		}
	}
	return true
}

// near reports whether two pieces of evidence share a sentence.
func (d *linkDocument) near(a, b string) bool {
	if a == b {
		return true
	}
	in := d.sentencesOf(b)
	return slices.ContainsFunc(d.sentencesOf(a), func(s schema.Sentence) bool {
		return slices.ContainsFunc(in, func(t schema.Sentence) bool { return s.Index == t.Index })
	})
}

// sentencesOf are the sentences that the evidence lies in; all of the document's when it is found nowhere.
func (d *linkDocument) sentencesOf(evidence string) []schema.Sentence {
	var out []schema.Sentence
	for _, part := range []schema.Part{schema.PartTitle, schema.PartText} {
		at := strings.Index(d.doc.In(part), evidence)
		if evidence == "" || at < 0 || len(out) > 0 {
			continue
		}
		span := schema.Span{Start: at, End: at + len(evidence)}
		for _, s := range d.linked.Sentences {
			if s.Part == part && s.Span.Overlaps(span) {
				out = append(out, s)
			}
		}
	}
	if len(out) == 0 {
		return d.linked.Sentences
	}
	return out
}

// place is where a name stands.
type place struct {
	part schema.Part
	span schema.Span
}

// names is where sentences write one of the names that gold accepts for keys. Names of one character (米, 中) are part of too
// many words to be looked for.
func (d *linkDocument) names(sentences []schema.Sentence, keys anyOf) []place {
	var out []place
	for _, key := range keys {
		for _, name := range d.gold.accepts[key] {
			if len([]rune(name)) < 2 {
				continue
			}
			for _, s := range sentences {
				text := s.Span.In(d.doc.In(s.Part))
				for from := 0; ; {
					i := strings.Index(text[from:], name)
					if i < 0 {
						break
					}
					start := s.Span.Start + from + i
					out = append(out, place{s.Part, schema.Span{Start: start, End: start + len(name)}})
					from += i + len(name)
				}
			}
		}
	}
	return out
}

func (d *linkDocument) describe(mentions []int) string {
	var out []string
	for _, i := range mentions {
		s := d.linked.Resolution.Mentions[i].Text(d.doc) + " →"
		for _, r := range d.linked.Resolution.Refs[i] {
			s += " " + d.linked.Resolution.Entities[r.Entity].ID
		}
		if len(d.linked.Resolution.Refs[i]) == 0 {
			s += " nothing"
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

// Write prints the report: a line for all, one a type, and, when verbose, the findings and one a document.
func (r *LinkReport) Write(w io.Writer, verbose bool) {
	if verbose {
		for _, f := range r.Findings {
			fmt.Fprintf(w, "%s: %s: %s", f.Document, f.Kind, f.Want)
			if f.Got != "" {
				fmt.Fprintf(w, ", but %s", f.Got)
			}
			fmt.Fprintf(w, "  <- %s\n", f.Sentence)
		}
		for _, row := range r.Documents {
			fmt.Fprintf(w, "%-32s %s\n", row.Name, row.LinkCounts)
		}
	}
	for _, row := range append(slices.Clone(r.Types), LinkRow{"ALL", r.Total}) {
		fmt.Fprintf(w, "%-14s %s\n", row.Name, row.LinkCounts)
	}
}
