// Package draw makes pictures of a graph: a view of the network as DOT, SVG or PNG. Graphviz, compiled to WebAssembly (no
// cgo, no program to install), says where the nodes go; the picture itself is drawn here, so that SVG and PNG look alike
// and hold nothing but shapes and text. The same network gives the same bytes.
package draw

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/mattn/go-runewidth"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/internal/view"
	"github.com/entente-kg/entente/schema"
)

// Format is a kind of picture.
type Format string

// The formats.
const (
	SVG Format = "svg"
	PNG Format = "png"
	DOT Format = "dot"
)

// Options say how to draw. The zero value is usable.
type Options struct {
	// Layout is one of Layouts. Default: neato.
	Layout string
	// Japanese takes the Japanese names where there are two.
	Japanese bool
	// Bilingual makes the nodes wide enough for the names in both languages, to be exchanged later.
	Bilingual bool
	// Labels write the relation beside each edge, in the language of the names.
	Labels bool
	// Font is a TrueType or OpenType font with Japanese characters for PNG, as a file's content. Default: Go Regular,
	// which has none.
	Font []byte
}

// Layouts are the Graphviz engines that Options.Layout may name.
var Layouts = []string{"neato", "fdp", "dot", "circo", "twopi"}

// ErrEmpty says that a network has no edge.
var ErrEmpty = errors.New("draw: there is no edge to draw")

// Render writes the network as a picture. o is the vocabulary, nil for the embedded one. It is safe for concurrent use, but
// the layouts wait for one another.
func Render(ctx context.Context, w io.Writer, o *schema.Ontology, n view.Network, format Format, opts Options) error {
	if format == DOT {
		if len(n.Edges) == 0 {
			return ErrEmpty
		}
		_, err := w.Write(Source(o, n, opts))
		return err
	}
	p, err := Lay(ctx, o, n, opts)
	if err != nil {
		return err
	}
	switch format {
	case SVG:
		return p.WriteSVG(w)
	case PNG:
		return p.WritePNG(w, opts.Font)
	}
	return fmt.Errorf("draw: format %q: want svg, png or dot", format)
}

// Sizes of writing in points: of most nodes, of those with at least 5 and at least 10 neighbours, and of an edge's label.
const (
	fontSize   = 11
	fontMore   = 14
	fontMost   = 18
	labelSize  = 9
	neighbours = 5
)

// edgeLength is the length that edges aim at, in inches.
const edgeLength = 1.2

// fontOf is the size of writing for a node with so many neighbours: who deals with many is read from afar.
func fontOf(degree int) int {
	switch {
	case degree >= 2*neighbours:
		return fontMost
	case degree >= neighbours:
		return fontMore
	}
	return fontSize
}

// pair is two entities that an edge joins, in either direction.
type pair struct{ a, b string }

func pairOf(e view.Edge) pair { return pair{min(e.From, e.To), max(e.From, e.To)} }

// degrees counts the neighbours of every drawn entity, by id.
func degrees(n view.Network) map[string]int {
	seen, count := map[pair]bool{}, map[string]int{}
	for _, e := range n.Edges {
		if k := pairOf(e); !seen[k] {
			seen[k] = true
			count[e.From]++
			count[e.To]++
		}
	}
	return count
}

// look is how the nodes of a type are drawn.
type look struct{ shape, fill, stroke string }

var looks = map[schema.EntityType]look{
	schema.Country:      {"ellipse", "#fde7b0", "#8a6500"},
	schema.Official:     {"round", "#dcebfa", "#2b5c8a"},
	schema.Organization: {"box", "#e3f0dd", "#3f6b2a"},
	schema.Agreement:    {"note", "#f3e3f5", "#7a3b84"},
	schema.Event:        {"hexagon", "#fbe0dc", "#9a3a2a"},
	schema.Place:        {"octagon", "#eeeeee", "#555555"},
}

// dotShapes are the shapes by Graphviz's names.
var dotShapes = map[string]string{
	"ellipse": "shape=ellipse style=filled", "round": `shape=box style="rounded,filled"`, "box": "shape=box style=filled",
	"note": "shape=note style=filled", "hexagon": "shape=hexagon style=filled", "octagon": "shape=octagon style=filled",
}

// quadColours tell the quad classes, legible on white and told apart by people who do not see red and green: no code,
// verbal and material cooperation, verbal and material conflict.
var quadColours = [5]string{"#767676", "#2b7bba", "#0b4f8a", "#c9640a", "#a11212"}

// dashes tell what is only planned, possible, threatened or denied from what is so: lengths of stroke and gap.
var dashes = map[schema.Status][]float64{
	schema.StatusPlanned: {7, 4}, schema.StatusPossible: {2, 4}, schema.StatusThreatened: {10, 3, 2, 3}, schema.StatusDenied: {1, 5},
}

var dotStyles = map[schema.Status]string{
	schema.StatusActual: "style=solid", schema.StatusPlanned: "style=dashed", schema.StatusPossible: "style=dotted",
	schema.StatusThreatened: "style=dashed arrowhead=diamond", schema.StatusDenied: "style=dotted arrowhead=tee",
}

// Source is the network in DOT, for other programs to draw. o is as for Render.
func Source(o *schema.Ontology, n view.Network, opts Options) []byte {
	if o == nil {
		o = schema.Relations()
	}
	var b bytes.Buffer
	mode := "" // stress majorization, the best of what is quadratic
	if len(n.Edges) > 1000 {
		mode = " mode=sgd"
	}
	fmt.Fprintf(&b, "digraph entente {\n  graph [overlap=true splines=true outputorder=edgesfirst start=1 pack=true%s]\n", mode)
	fmt.Fprintf(&b, "  node [fontname=\"sans-serif\" fontsize=%d fixedsize=true margin=0]\n", fontSize)
	fmt.Fprintf(&b, "  edge [fontname=\"sans-serif\" fontsize=%d arrowsize=0.6 len=%s]\n", labelSize, decimal(edgeLength))
	at := map[string]int{}
	degree := degrees(n)
	for i, e := range n.Entities {
		if degree[e.ID] == 0 {
			continue
		}
		at[e.ID] = i
		l, font := looks[e.Type()], fontOf(degree[e.ID])
		fmt.Fprintf(&b, "  n%d [label=%s width=%.2f height=%.2f fontsize=%d %s fillcolor=%q color=%q]\n",
			i, quote(opts.label(e)), float64(opts.nodeWidth(e, font))/72, float64(nodeHeight(font))/72, font, dotShapes[l.shape], l.fill, l.stroke)
	}
	lanes := map[pair]int{}
	for _, e := range n.Edges {
		lanes[pairOf(e)]++
	}
	for _, e := range n.Edges {
		r, _ := o.Get(e.Relation)
		attributes := dotStyles[e.Status]
		if r.Symmetric {
			attributes += " dir=none"
		}
		if opts.Labels {
			attributes += " label=" + quote(opts.relation(e.Relation))
		}
		if l := lanes[pairOf(e)]; l > 2 {
			attributes += " len=" + decimal(edgeLength+float64(l)/6) // room for all of them
		}
		colour := quadColours[e.Quad(o)]
		fmt.Fprintf(&b, "  n%d -> n%d [color=%q fontcolor=%q penwidth=%s %s]\n",
			at[e.From], at[e.To], colour, colour, decimal(penWidth(e.Documents)), attributes)
	}
	b.WriteString("}\n")
	return b.Bytes()
}

// penWidth grows with the number of documents, from 1.2 to 5 points.
func penWidth(documents int) float64 {
	w := 1.2
	for d := documents; d > 1 && w < 5; d /= 2 {
		w += 0.8
	}
	return w
}

var cells = &runewidth.Condition{}

const maxLabel = 30 // columns

// nodeWidth is the width of a node in points.
func (o Options) nodeWidth(e graph.Entity, font int) int {
	columns := cells.StringWidth(o.label(e))
	if o.Bilingual {
		columns = max(cells.StringWidth(Label(e.Name())), cells.StringWidth(Label(e.NameJa())))
	}
	return max(4, columns)*font*62/110 + 18
}

// nodeHeight is the height of a node in points.
func nodeHeight(font int) int { return font + 13 }

// Label is a name as it stands in a node.
func Label(name string) string { return cells.Truncate(Plain(name), maxLabel, "…") }

func (o Options) label(e graph.Entity) string {
	if o.Japanese {
		return Label(e.NameJa())
	}
	return Label(e.Name())
}

func (o Options) relation(id string) string {
	if o.Japanese {
		return view.Japanese(id)
	}
	return id
}

// Plain is text on one line that cannot steer what shows it: control characters become spaces, and the marks that turn the
// direction of writing go.
func Plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r < ' ' || r >= 0x7F && r < 0xA0 || r == 0x2028 || r == 0x2029 || r == 0xFFFE || r == 0xFFFF:
			return ' '
		case r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 || r == 0x200E || r == 0x200F || r == 0x061C || r == 0xFEFF || r >= 0xE0000 && r <= 0xE007F:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

// quote makes a DOT string that shows s as it stands: Graphviz would read backslashes and entities in it.
func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "&", "&amp;").Replace(s) + `"`
}

// decimal is a number with one decimal at most.
func decimal(f float64) string {
	s := strconv.FormatFloat(f, 'f', 1, 64)
	if s = strings.TrimSuffix(s, ".0"); s == "-0" {
		s = "0"
	}
	return s
}
