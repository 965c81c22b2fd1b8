package draw

import (
	"bufio"
	"fmt"
	"html"
	"io"
	"strings"
)

// WriteSVG writes the picture as a file of its own.
func (p Picture) WriteSVG(w io.Writer) error {
	_, err := fmt.Fprintf(w, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">\n<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>\n",
		p.Width, p.Height, p.Width, p.Height)
	if err != nil {
		return err
	}
	if err := p.WriteShapes(w); err != nil {
		return err
	}
	_, err = io.WriteString(w, "</svg>\n")
	return err
}

// WriteShapes writes what stands inside the svg element: edges as <g class="edge" id="e…">, by their index in the
// network's Edges, then nodes as <g class="node" id="n…">, by that in its Entities. Labels are escaped text; everything else
// is made of numbers and words of this package.
func (p Picture) WriteShapes(w io.Writer) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "<g fill=\"none\" font-family=\"sans-serif\" font-size=\"%d\" text-anchor=\"middle\">\n", labelSize)
	for _, c := range p.Edges {
		colour := quadColours[c.Quad]
		fmt.Fprintf(b, `<g class="edge" id="e%d" stroke="%s"><path d="M%s %sQ%s %s %s %s" stroke-width="%s"`, c.Edge, colour,
			decimal(c.From.X), decimal(c.From.Y), decimal(c.By.X), decimal(c.By.Y), decimal(c.To.X), decimal(c.To.Y), decimal(c.Pen))
		if d := dashes[c.Status]; d != nil {
			fmt.Fprintf(b, ` stroke-dasharray="%s"`, numbers(d))
		}
		b.WriteString("/>")
		if c.Arrow {
			fmt.Fprintf(b, `<polygon points="%s" fill="%s" stroke="none"/>`, points(c.head()), colour)
		}
		if c.Label != "" {
			at := c.middle()
			fmt.Fprintf(b, `<text x="%s" y="%s" fill="%s" stroke="#ffffff" stroke-width="3" paint-order="stroke">%s</text>`, decimal(at.X), decimal(at.Y+3), colour, html.EscapeString(c.Label))
		}
		b.WriteString("</g>\n")
	}
	fmt.Fprintf(b, "</g>\n<g font-family=\"sans-serif\" font-size=\"%d\" text-anchor=\"middle\" stroke-width=\"1\">\n", fontSize)
	for _, n := range p.Nodes {
		l := looks[n.Type]
		fmt.Fprintf(b, `<g class="node" id="n%d" fill="%s" stroke="%s">`, n.Entity, l.fill, l.stroke)
		switch l.shape {
		case "ellipse":
			fmt.Fprintf(b, `<ellipse cx="%d" cy="%d" rx="%d" ry="%d"/>`, n.X, n.Y, n.W/2, n.H/2)
		case "round":
			fmt.Fprintf(b, `<rect x="%d" y="%d" width="%d" height="%d" rx="7"/>`, n.X-n.W/2, n.Y-n.H/2, n.W, n.H)
		default:
			fmt.Fprintf(b, `<polygon points="%s"/>`, pointList(n.corners()))
		}
		size := ""
		if n.Font != fontSize {
			size = fmt.Sprintf(` font-size="%d"`, n.Font)
		}
		fmt.Fprintf(b, `<text x="%d" y="%d"%s fill="#111111" stroke="none">%s</text></g>`+"\n", n.X, n.Y+n.Font*4/11, size, html.EscapeString(n.Label))
	}
	b.WriteString("</g>\n")
	return b.Flush()
}

func points(p [3]Point) string { return pointList(p[:]) }

func pointList(list []Point) string {
	parts := make([]string, len(list))
	for i, p := range list {
		parts[i] = decimal(p.X) + "," + decimal(p.Y)
	}
	return strings.Join(parts, " ")
}

func numbers(list []float64) string {
	parts := make([]string, len(list))
	for i, f := range list {
		parts[i] = decimal(f)
	}
	return strings.Join(parts, " ")
}
