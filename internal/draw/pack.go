package draw

import (
	"cmp"
	"math"
	"slices"

	"github.com/entente-kg/entente/internal/view"
)

const (
	gapX = 14 // points between nodes
	gapY = 16
)

// spread moves nodes apart until none overlap: pairs that do are pushed along the axis that needs less, each by half. It
// works in whole points, so that every machine ends in the same place.
func spread(nodes []Node) {
	order := make([]int, len(nodes))
	for i := range order {
		order[i] = i
	}
	for range 400 {
		slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(nodes[a].Y, nodes[b].Y), cmp.Compare(a, b)) })
		moved := false
		for i, a := range order {
			for _, b := range order[i+1:] {
				p, q := &nodes[a], &nodes[b]
				if q.Y-p.Y > 3*(fontMost+13) { // sorted by Y when the round began, and moved a little since
					break
				}
				dx, dy := q.X-p.X, q.Y-p.Y
				overX := (p.W+q.W)/2 + gapX - abs(dx)
				overY := (p.H+q.H)/2 + gapY - abs(dy)
				if overX <= 0 || overY <= 0 {
					continue
				}
				moved = true
				if overX < 2*overY { // a wide node is better pushed up or down
					push(&p.X, &q.X, dx, overX)
				} else {
					push(&p.Y, &q.Y, dy, overY)
				}
			}
		}
		if !moved {
			return
		}
	}
}

// push moves two coordinates apart by as much as they overlap.
func push(p, q *int, distance, over int) {
	half := (over + 1) / 2
	if distance < 0 {
		half = -half
	}
	*p -= half
	*q += half
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// arrange moves apart what overlaps within each part of the network that hangs together, and then lays the parts beside one
// another: the largest on top, the small ones in rows below it, so that they take no room between what is connected.
func (p *Picture) arrange(n view.Network, at map[string]int) {
	parts := p.parts(n, at)
	boxes := make([]box, len(parts))
	widest, area := 0, 0
	for i, part := range parts {
		nodes := make([]Node, len(part))
		for j, k := range part {
			nodes[j] = p.Nodes[k]
		}
		spread(nodes)
		for j, k := range part {
			p.Nodes[k] = nodes[j]
		}
		boxes[i] = boxOf(nodes)
		widest = max(widest, boxes[i].width())
		area += boxes[i].width() * boxes[i].height()
	}
	width := max(widest, int(math.Sqrt(float64(area)*1.6)))
	x, y, high := 0, 0, 0
	for i, part := range parts {
		b := boxes[i]
		if x > 0 && x+b.width() > width {
			x, y, high = 0, y+high, 0
		}
		for _, k := range part {
			p.Nodes[k].X += x - b.left
			p.Nodes[k].Y += y - b.top
		}
		x += b.width()
		high = max(high, b.height())
	}
}

// parts are the nodes of each connected part, the part with the most nodes first, else by first node.
func (p *Picture) parts(n view.Network, at map[string]int) [][]int {
	of := make([]int, len(p.Nodes)) // a node's part, by its first node
	for i := range of {
		of[i] = i
	}
	var first func(int) int
	first = func(i int) int {
		if of[i] != i {
			of[i] = first(of[i])
		}
		return of[i]
	}
	for _, e := range n.Edges {
		a, b := first(at[e.From]), first(at[e.To])
		of[max(a, b)] = min(a, b)
	}
	where := map[int]int{}
	var parts [][]int
	for i := range p.Nodes {
		f := first(i)
		k, ok := where[f]
		if !ok {
			k = len(parts)
			where[f] = k
			parts = append(parts, nil)
		}
		parts[k] = append(parts[k], i)
	}
	slices.SortStableFunc(parts, func(a, b []int) int { return cmp.Compare(len(b), len(a)) })
	return parts
}

// box is the room that nodes take, with half a gap around them.
type box struct{ left, top, right, bottom int }

func (b box) width() int  { return b.right - b.left }
func (b box) height() int { return b.bottom - b.top }

func boxOf(nodes []Node) box {
	b := box{math.MaxInt, math.MaxInt, math.MinInt, math.MinInt}
	for _, n := range nodes {
		b.left, b.right = min(b.left, n.X-n.W/2-gapX), max(b.right, n.X+n.W/2+gapX)
		b.top, b.bottom = min(b.top, n.Y-n.H/2-gapY), max(b.bottom, n.Y+n.H/2+gapY)
	}
	return b
}
