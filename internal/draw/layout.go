package draw

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync"

	"github.com/goccy/go-graphviz"

	"github.com/entente-kg/entente/internal/view"
	"github.com/entente-kg/entente/schema"
)

// Picture is a network with a place for everything, in points, from the top left.
type Picture struct {
	Width, Height int
	Nodes         []Node
	Edges         []Curve
}

// Node is a drawn entity.
type Node struct {
	// Entity is its index in the network's Entities.
	Entity int
	// X and Y are the middle, W and H the size.
	X, Y, W, H int
	// Font is the size of its writing in points.
	Font  int
	Label string
	Type  schema.EntityType
}

// Curve is a drawn edge: a quadratic Bézier curve from From over By to To.
type Curve struct {
	// Edge is its index in the network's Edges.
	Edge         int
	From, By, To Point
	Arrow        bool
	Quad         int
	Status       schema.Status
	Pen          float64
	// Label is written in the middle; empty for none.
	Label string
}

// Point is a place in points.
type Point struct{ X, Y float64 }

const border = 12 // points around the picture

// Lay says where everything goes. o is the vocabulary, nil for the embedded one.
func Lay(ctx context.Context, o *schema.Ontology, n view.Network, opts Options) (Picture, error) {
	if o == nil {
		o = schema.Relations()
	}
	if len(n.Edges) == 0 {
		return Picture{}, ErrEmpty
	}
	layout := cmp.Or(graphviz.Layout(opts.Layout), graphviz.NEATO)
	plain, err := engine(ctx, Source(o, n, opts), layout)
	if err != nil {
		return Picture{}, err
	}
	p := Picture{}
	at := map[string]int{} // of an entity in p.Nodes
	degree := degrees(n)
	wide := 72.0 // points an inch, from left to right
	if layout == graphviz.NEATO || layout == graphviz.FDP {
		wide *= 1.3 // names are wider than high, and so are screens
	}
	lines := bufio.NewScanner(bytes.NewReader(plain))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		// node n12 x y width height label …, in inches from the bottom left
		f := strings.Fields(lines.Text())
		if len(f) < 6 || f[0] != "node" {
			continue
		}
		i, err := strconv.Atoi(strings.TrimPrefix(f[1], "n"))
		x, errX := strconv.ParseFloat(f[2], 64)
		y, errY := strconv.ParseFloat(f[3], 64)
		if err := errors.Join(err, errX, errY); err != nil || i >= len(n.Entities) {
			return p, fmt.Errorf("draw: Graphviz's answer %q: want a node with its place", lines.Text())
		}
		e := n.Entities[i]
		at[e.ID] = len(p.Nodes)
		font := fontOf(degree[e.ID])
		p.Nodes = append(p.Nodes, Node{Entity: i, X: int(math.Round(x * wide)), Y: int(math.Round(-y * 72)), W: opts.nodeWidth(e, font), H: nodeHeight(font),
			Font: font, Label: opts.label(e), Type: e.Type()})
	}
	p.arrange(n, at)
	p.connect(o, n, at, opts)
	p.frame()
	return p, nil
}

// one guards Graphviz, whose WebAssembly instance is global.
var one sync.Mutex

// engine is the layout in Graphviz's plain format.
func engine(ctx context.Context, source []byte, layout graphviz.Layout) (_ []byte, err error) {
	one.Lock()
	defer one.Unlock()
	g, err := graphviz.New(ctx)
	if err != nil {
		return nil, fmt.Errorf("draw: %w", err)
	}
	defer func() { err = errors.Join(err, g.Close()) }()
	// Our own curves are drawn later.
	parsed, err := graphviz.ParseBytes(bytes.Replace(source, []byte("splines=true"), []byte("splines=line"), 1))
	if err != nil {
		return nil, fmt.Errorf("draw: %w", err)
	}
	defer func() { err = errors.Join(err, parsed.Close()) }()
	var out bytes.Buffer
	if err := g.SetLayout(layout).Render(ctx, parsed, "plain", &out); err != nil {
		return nil, fmt.Errorf("draw: layout %s: %w", layout, err)
	}
	return out.Bytes(), nil
}

// frame moves the picture to the origin and measures it.
func (p *Picture) frame() {
	left, top, right, bottom := math.MaxInt, math.MaxInt, math.MinInt, math.MinInt
	for _, n := range p.Nodes {
		left, right = min(left, n.X-n.W/2), max(right, n.X+n.W/2)
		top, bottom = min(top, n.Y-n.H/2), max(bottom, n.Y+n.H/2)
	}
	for _, c := range p.Edges {
		m := c.middle()
		left, right = min(left, int(m.X)-4), max(right, int(m.X)+4)
		top, bottom = min(top, int(m.Y)-4), max(bottom, int(m.Y)+4)
	}
	dx, dy := border-left, border-top
	for i := range p.Nodes {
		p.Nodes[i].X += dx
		p.Nodes[i].Y += dy
	}
	for i := range p.Edges {
		c := &p.Edges[i]
		for _, q := range []*Point{&c.From, &c.By, &c.To} {
			q.X, q.Y = q.X+float64(dx), q.Y+float64(dy)
		}
	}
	p.Width, p.Height = right-left+2*border, bottom-top+2*border
}

// connect draws the edges. Those between the same two nodes lie side by side.
func (p *Picture) connect(o *schema.Ontology, n view.Network, at map[string]int, opts Options) {
	lanes := map[pair]int{}
	for _, e := range n.Edges {
		lanes[pairOf(e)]++
	}
	lane := map[pair]int{}
	for i, e := range n.Edges {
		k := pairOf(e)
		offset := (float64(lane[k]) - float64(lanes[k]-1)/2) * min(22, 220/float64(lanes[k]))
		lane[k]++
		if e.From > e.To {
			offset = -offset // to the same side, whatever the direction
		}
		r, _ := o.Get(e.Relation)
		c := Curve{Edge: i, Arrow: !r.Symmetric, Quad: e.Quad(o), Status: e.Status, Pen: penWidth(e.Documents)}
		if opts.Labels {
			c.Label = opts.relation(e.Relation)
		}
		c.bend(p.Nodes[at[e.From]], p.Nodes[at[e.To]], offset)
		p.Edges = append(p.Edges, c)
	}
}

// bend lays the curve between two nodes, offset points to the left at its middle. Products are rounded before they are
// added (float64(…)), so that no machine fuses the two.
func (c *Curve) bend(from, to Node, offset float64) {
	a, b := Point{float64(from.X), float64(from.Y)}, Point{float64(to.X), float64(to.Y)}
	dx, dy := b.X-a.X, b.Y-a.Y
	length := math.Sqrt(float64(dx*dx) + float64(dy*dy))
	if length == 0 { // an edge from a node to itself
		r := float64(from.W)/2 + 24
		c.From, c.By, c.To = Point{a.X + r - 30, a.Y - 8}, Point{a.X + r + 24, a.Y}, Point{a.X + r - 30, a.Y + 8}
		return
	}
	offset = max(-length/3, min(offset, length/3))
	middle := Point{(a.X + b.X) / 2, (a.Y + b.Y) / 2}
	c.By = Point{middle.X + float64(2*offset*dy/length), middle.Y - float64(2*offset*dx/length)}
	c.From, c.To = edgeOf(from, c.By), edgeOf(to, c.By)
	for _, q := range []*Point{&c.From, &c.By, &c.To} {
		q.X, q.Y = math.Round(q.X*10)/10, math.Round(q.Y*10)/10
	}
}

// edgeOf is where the line from a node's middle to a point leaves the node.
func edgeOf(n Node, to Point) Point {
	x, y := float64(n.X), float64(n.Y)
	dx, dy := to.X-x, to.Y-y
	w, h := float64(n.W)/2+2, float64(n.H)/2+2
	if dx == 0 && dy == 0 {
		return Point{x, y}
	}
	share := 0.0
	if looks[n.Type].shape == "ellipse" {
		u, v := dx/w, dy/h
		share = 1 / math.Sqrt(float64(u*u)+float64(v*v))
	} else {
		share = 1 / max(math.Abs(dx)/w, math.Abs(dy)/h)
	}
	share = min(share, 1)
	return Point{x + float64(dx*share), y + float64(dy*share)}
}

// head is the arrow's tip and the two points behind it.
func (c Curve) head() [3]Point {
	dx, dy := c.To.X-c.By.X, c.To.Y-c.By.Y
	length := math.Sqrt(float64(dx*dx) + float64(dy*dy))
	if length == 0 {
		return [3]Point{c.To, c.To, c.To}
	}
	dx, dy = dx/length, dy/length
	long, wide := 6+1.2*c.Pen, 2.6+0.7*c.Pen
	back := Point{c.To.X - float64(dx*long), c.To.Y - float64(dy*long)}
	return [3]Point{c.To, {back.X - float64(dy*wide), back.Y + float64(dx*wide)}, {back.X + float64(dy*wide), back.Y - float64(dx*wide)}}
}

// middle is the point of the curve half way.
func (c Curve) middle() Point {
	return Point{(c.From.X+c.To.X)/4 + c.By.X/2, (c.From.Y+c.To.Y)/4 + c.By.Y/2}
}

// corners are those of a node that is no ellipse.
func (n Node) corners() []Point {
	x, y, w, h := float64(n.X), float64(n.Y), float64(n.W)/2, float64(n.H)/2
	switch looks[n.Type].shape {
	case "note":
		return []Point{{x - w, y - h}, {x + w - 8, y - h}, {x + w, y - h + 8}, {x + w, y + h}, {x - w, y + h}}
	case "hexagon":
		return []Point{{x - w, y}, {x - w + 8, y - h}, {x + w - 8, y - h}, {x + w, y}, {x + w - 8, y + h}, {x - w + 8, y + h}}
	case "octagon":
		return []Point{{x - w, y - h + 6}, {x - w + 6, y - h}, {x + w - 6, y - h}, {x + w, y - h + 6}, {x + w, y + h - 6}, {x + w - 6, y + h}, {x - w + 6, y + h}, {x - w, y + h - 6}}
	}
	return []Point{{x - w, y - h}, {x + w, y - h}, {x + w, y + h}, {x - w, y + h}}
}
