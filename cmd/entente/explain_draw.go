package main

import (
	"bufio"
	"fmt"
	"strings"

	"github.com/entente-kg/entente/extract"
	"github.com/entente-kg/entente/extract/clause"
	"github.com/entente-kg/entente/extract/entity"
	"github.com/entente-kg/entente/extract/morph"
	"github.com/entente-kg/entente/schema"
)

// drawing draws explanations for people.
type drawing struct {
	w       *bufio.Writer
	columns int
	color   bool
	show    map[string]bool
	only    map[int]bool
}

// The styles of a terminal: what stands out, what stands back, yes and no.
const (
	bold  = "1"
	faint = "2"
	green = "32"
	red   = "31"
	blue  = "36"
)

func (d *drawing) style(code, s string) string {
	if !d.color || s == "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

func (d *drawing) line(s string) {
	d.w.WriteString(s)
	d.w.WriteByte('\n')
}

func (d *drawing) document(doc schema.Document, r *extract.Result) {
	t := r.Trace
	words := wording{doc, t}
	for i := range t.Sentences {
		if len(d.only) > 0 && !d.only[i] {
			continue
		}
		s := &t.Sentences[i]
		head := fmt.Sprintf("━━ %d  %s  %s %s ", i, s.Kind, s.Part, s.Span)
		d.line(d.style(faint, head+strings.Repeat("━", max(0, d.columns-cells.StringWidth(head)))))
		for _, l := range wrap(printable(words.of(i, s.Span)), d.columns) {
			d.line(d.style(bold, l))
		}
		if d.show["tokens"] {
			d.tokens(s.Tokens)
		}
		if d.show["bunsetsu"] && len(s.Chunks) > 0 {
			d.section("bunsetsu")
			triggers := map[int]bool{}
			if i < len(t.Clauses) {
				for _, p := range t.Clauses[i].Predicates {
					triggers[p.Chunk] = true
				}
			}
			tree := s.DrawWith(func(k int) string {
				text := printable(s.Text(k))
				if triggers[k] {
					return d.style(bold, text)
				}
				return text
			})
			for _, l := range strings.Split(strings.TrimSuffix(tree, "\n"), "\n") {
				d.line("  " + l)
			}
		}
		if d.show["predicates"] && i < len(t.Clauses) && len(t.Clauses[i].Predicates) > 0 {
			d.section("predicates")
			for k := range t.Clauses[i].Predicates {
				d.predicate(words, &t.Clauses[i].Predicates[k])
			}
		}
		if d.show["times"] {
			d.times(words, i)
		}
		if d.show["mentions"] {
			d.mentions(words, i)
		}
		if d.show["statements"] {
			d.statements(r, i)
		}
		if d.show["dropped"] {
			d.dropped(r, i)
		}
		d.line("")
	}
}

func (d *drawing) section(name string) { d.line(d.style(blue, name)) }

// posShort are the parts of speech as the token table shows them.
var posShort = map[string]string{
	"名詞": "名", "動詞": "動", "形容詞": "形", "助詞": "助", "助動詞": "助動", "記号": "", "副詞": "副", "連体詞": "連体", "接続詞": "接続",
	"接頭詞": "接頭", "感動詞": "感", "フィラー": "fil", "その他": "他",
}

// tokens draws a table of the tokens, three rows a band: wording, part of speech, and what else is known.
func (d *drawing) tokens(tokens []morph.Token) {
	if len(tokens) == 0 {
		return
	}
	d.section("tokens")
	var rows [3]strings.Builder
	used := 0
	flush := func() {
		for k := range rows {
			l := strings.TrimRight(rows[k].String(), " ")
			switch {
			case l == "":
			case k == 0:
				d.line("  " + l)
			default:
				d.line("  " + d.style(faint, l))
			}
			rows[k].Reset()
		}
		used = 0
	}
	for i := range tokens {
		t := &tokens[i]
		cell := [3]string{printable(strings.Join(strings.Fields(t.Surface), " ")), tokenPOS(t), tokenNote(t)}
		w := 0
		for _, c := range cell {
			w = max(w, cells.StringWidth(c))
		}
		if used > 0 && used+w+1 > d.columns-2 {
			flush()
		}
		for k, c := range cell {
			rows[k].WriteString(cells.FillRight(c, w) + " ")
		}
		used += w + 1
	}
	flush()
}

func tokenPOS(t *morph.Token) string {
	short := posShort[t.POS[0]]
	switch {
	case t.Kind == morph.Name || t.POS[2] == "人名":
		return "人名"
	case t.POS[2] == "地域":
		return "地名"
	case t.POS[1] == "固有名詞":
		return "固有"
	case t.POS[1] == "サ変接続":
		return "サ変"
	case t.POS[1] == "接尾":
		return short + "尾"
	case t.POS[0] == "助詞" && t.POS[1] == "格助詞":
		return "格"
	case t.POS[0] == "助詞" && t.POS[1] == "係助詞":
		return "係"
	case t.POS[0] == "助詞" && t.POS[1] == "接続助詞":
		return "接助"
	}
	return short
}

func tokenNote(t *morph.Token) string {
	switch t.Kind {
	case morph.OneKanji:
		return t.ISO3
	case morph.Travel:
		return "行"
	case morph.Relation:
		return "対"
	case morph.Number:
		return "#"
	}
	if t.Base != t.Norm && t.Base != "" {
		return t.Base
	}
	return ""
}

// predicate draws one predicate: what it is, then its arguments a line each.
func (d *drawing) predicate(words wording, p *clause.Predicate) {
	name := p.Lemma
	if p.Compound != "" && p.Compound != p.Lemma {
		name = p.Compound
	}
	if p.Light != "" {
		name += "＋" + p.Light
	}
	marks := []string{string(p.Form)}
	if p.Voice != clause.Active {
		marks = append(marks, string(p.Voice))
	}
	if p.Past {
		marks = append(marks, "past")
	}
	status := string(p.Modality)
	if p.Polarity == schema.Negated {
		status = d.style(red, "not ") + status
	}
	if p.Nonfactual != "" {
		status += d.style(red, " ✗ "+p.Nonfactual)
	}
	if p.InQuote {
		marks = append(marks, "「」")
	}
	link := string(p.Link)
	if p.Parent >= 0 {
		link += fmt.Sprintf("→%d", p.Parent)
	}
	d.line(fmt.Sprintf("  %d %s  %s  %s  %s", p.Index, d.style(bold, name), strings.Join(marks, " "), status, d.style(faint, link)))
	for i := 0; i < len(p.Args); {
		a := p.Args[i]
		var parts []string
		j := i
		for ; j < len(p.Args) && p.Args[j].Case == a.Case && p.Args[j].Group == a.Group && p.Args[j].How == a.How; j++ {
			w := words.of(p.Args[j].Sentence, p.Args[j].Span)
			if p.Args[j].Sentence != p.Sentence {
				w += fmt.Sprintf(" (sentence %d)", p.Args[j].Sentence)
			}
			parts = append(parts, w)
		}
		how := ""
		if a.How != clause.Overt {
			how = d.style(faint, "  "+string(a.How))
		}
		d.line("      " + cells.FillRight(string(a.Case), 9) + printable(strings.Join(parts, " ・ ")) + how)
		i = j
	}
	var says []string
	for _, s := range p.Speakers {
		says = append(says, words.of(s.Sentence, s.Span))
	}
	if len(says) > 0 {
		d.line("      " + cells.FillRight("says", 9) + printable(strings.Join(says, " ‹ ")))
	}
	if len(p.Why) > 0 {
		d.line("      " + d.style(faint, cells.FillRight("why", 9)+strings.Join(p.Why, "; ")))
	}
}

func (d *drawing) times(words wording, sentence int) {
	first := true
	for _, x := range words.trace.Times {
		if x.Sentence != sentence {
			continue
		}
		if first {
			d.section("times")
			first = false
		}
		value := x.Time.Start
		if x.Time.End != "" && x.Time.End != x.Time.Start {
			value += " … " + x.Time.End
		}
		d.line(strings.TrimRight(fmt.Sprintf("  %s  %s  %s %s %s", cells.FillRight(printable(words.of(sentence, x.Span)), 12), value,
			x.Time.Granularity, d.style(faint, string(x.Time.Basis)), x.Role), " "))
	}
}

func (d *drawing) mentions(words wording, sentence int) {
	first := true
	t := words.trace
	for m := range t.Resolution.Mentions {
		x := &t.Resolution.Mentions[m]
		if x.Sentence != sentence {
			continue
		}
		if first {
			d.section("mentions")
			first = false
		}
		indent := "  "
		if x.Nested {
			indent = "    "
		}
		var to []string
		for _, ref := range refsOf(t, m) {
			e := &t.Resolution.Entities[ref.Entity]
			name := e.NameJa
			if e.Name != "" && e.Name != e.NameJa {
				name += " " + e.Name
			}
			if ref.Rule != "" {
				name += d.style(faint, " ("+ref.Rule+")")
			}
			to = append(to, name)
		}
		target := d.style(faint, "unresolved")
		if len(to) > 0 {
			target = strings.Join(to, "、")
		}
		d.line(fmt.Sprintf("%s%s %s → %s  %s", indent, cells.FillRight(string(x.Kind), 12), printable(words.of(sentence, x.Span)), target, d.style(faint, x.Rule)))
	}
}

// refsOf are what mention m refers to.
func refsOf(t *extract.Trace, m int) []entity.Referent {
	if m >= len(t.Resolution.Refs) {
		return nil
	}
	return t.Resolution.Refs[m]
}

func (d *drawing) statements(r *extract.Result, sentence int) {
	first := true
	for i := range r.Statements {
		s := &r.Statements[i]
		said := s.Sentence == sentence
		for _, e := range s.Evidence {
			said = said || e.Sentence == sentence
		}
		if !said {
			continue
		}
		if first {
			d.section("statements")
			first = false
		}
		day := ""
		if s.Time != nil {
			day = "  " + s.Time.Start
			if s.Time.Start == "" {
				day = "  –" + s.Time.End
			}
		}
		if by := names(s.Attribution); by != "" {
			day += "  says " + by
		}
		d.line(fmt.Sprintf("  %s %s ─%s→ %s  %s%s  %.2f  %s", d.style(green, "✓"), d.style(bold, s.Subject.Name), s.Relation,
			d.style(bold, s.Object.Name), s.Status, day, s.Confidence, d.style(faint, s.Rule)))
	}
}

func (d *drawing) dropped(r *extract.Result, sentence int) {
	first := true
	for _, c := range r.Trace.Candidates {
		if c.Sentence != sentence || c.Dropped == "" {
			continue
		}
		if first {
			d.section("dropped")
			first = false
		}
		who := func(s string) string {
			if s == "" {
				return "?"
			}
			return s
		}
		d.line(fmt.Sprintf("  %s %s: %s ─%s→ %s  %s  %s", d.style(red, "✗"), c.Trigger, who(c.Subject), c.Relation, who(c.Object),
			d.style(red, c.Dropped), d.style(faint, c.Frame)))
	}
}

// wrap breaks a text into lines of at most columns columns, between characters.
func wrap(s string, columns int) []string {
	var out []string
	var b strings.Builder
	used := 0
	for _, r := range s {
		w := cells.RuneWidth(r)
		if used+w > columns && used > 0 {
			out = append(out, b.String())
			b.Reset()
			used = 0
		}
		b.WriteRune(r)
		used += w
	}
	return append(out, b.String())
}
