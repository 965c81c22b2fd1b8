package chunk

import (
	"math"
	"slices"
)

// maxCandidates is the greatest number of heads tried for a bunsetsu: the nearest ones, and the last of the sentence.
const maxCandidates = 20

// decoder finds the heads of a sentence from right to left: the candidates of a bunsetsu are the next one, its head, the
// head of that, and so on, so that no two dependencies cross.
type decoder struct {
	s     *Sentence
	a     []attr
	r     regions
	shape []shape
	dep   []int
	last  []int // the nearest child of each bunsetsu, or -1: the leftmost found so far
	sib   []int // the next child to the right of the same head, or -1
	nkid  []int

	// Running counts over bunsetsu [0,k): commas, verbals, topics.
	commas, verbals, topics []int

	cand  []int
	kept  []int
	half  half
	feats []uint32 // features of all candidates, one after the other
	ends  []int    // where those of each candidate end
}

// begin readies d for a sentence whose tokens have the hashes given. A decoder may be used for one sentence after another.
func (d *decoder) begin(s *Sentence, tokens []tokenAttr) {
	n := len(s.Chunks)
	d.s = s
	d.r.find(s)
	d.a, d.shape = slices.Grow(d.a[:0], n)[:n], d.shape[:0]
	d.dep, d.last, d.sib, d.nkid = d.dep[:0], d.last[:0], d.sib[:0], d.nkid[:0]
	d.commas, d.verbals, d.topics = append(d.commas[:0], 0), append(d.verbals[:0], 0), append(d.topics[:0], 0)
	for i := range n {
		a := &d.a[i]
		describe(a, s, tokens, i)
		d.shape = append(d.shape, shapeOf(s, i))
		d.dep, d.last, d.sib, d.nkid = append(d.dep, -1), append(d.last, -1), append(d.sib, -1), append(d.nkid, 0)
		d.commas = append(d.commas, d.commas[i]+int(bit(a.commas)))
		d.verbals = append(d.verbals, d.verbals[i]+int(bit(a.verbal)))
		d.topics = append(d.topics, d.topics[i]+int(bit(a.topic)))
	}
}

// candidates sets d.cand to the bunsetsu that i may depend on, nearest first. There is always one.
func (d *decoder) candidates(i int) {
	d.cand = d.cand[:0]
	n := len(d.a)
	if f := d.r.forced[i]; f > i {
		// The end of a sentence inside; it hangs on the end of the next as far as nothing is crossed.
		for j := i + 1; j != -1; j = d.dep[j] {
			if j >= f {
				d.cand = append(d.cand, j)
				return
			}
		}
	}
	limit := d.r.limit[i]
	for j := i + 1; j != -1 && j <= limit; j = d.dep[j] {
		if d.r.low[j] > i && j != limit {
			continue
		}
		d.cand = append(d.cand, j)
		if len(d.cand) == maxCandidates {
			if limit == n-1 && d.cand[maxCandidates-1] != n-1 {
				d.cand[maxCandidates-1] = n - 1
			}
			return
		}
	}
	if len(d.cand) == 0 {
		d.cand = append(d.cand, i+1)
	}
}

// features sets d.feats and d.ends for the candidates of i.
func (d *decoder) features(i int) {
	d.feats, d.ends = d.feats[:0], d.ends[:0]
	d.half.set(d.a, i)
	n := len(d.a)
	fn := d.a[i].fn
	same := false
	seen := i + 1
	for k, j := range d.cand {
		b := between{
			distance: j - i, rank: k, root: j == n-1,
			commas:   d.commas[j] - d.commas[i+1],
			verbals:  d.verbals[j] - d.verbals[i+1],
			topics:   d.topics[j] - d.topics[i+1],
			depth:    int(bit(d.r.depth[j] < d.r.depth[i])),
			children: d.nkid[j],
			left:     i,
		}
		for ; seen < j && seen < i+40; seen++ {
			same = same || d.a[seen].fn == fn
		}
		b.same = same
		if kid := d.last[j]; kid >= 0 {
			b.child = d.a[kid].fn
			if k := d.sib[kid]; k >= 0 {
				b.child2 = d.a[k].fn
			}
			for c, steps := kid, 0; c >= 0 && steps < 8; c, steps = d.sib[c], steps+1 {
				b.childSame = b.childSame || d.a[c].fn == fn
			}
		}
		d.feats = edgeFeatures(d.feats, d.a, &d.half, i, j, d.dep[j], &b)
		d.ends = append(d.ends, len(d.feats))
	}
}

// set makes j the head of i.
func (d *decoder) set(i, j int) {
	d.dep[i] = j
	d.sib[i] = d.last[j]
	d.last[j] = i
	d.nkid[j]++
}

// run decides all heads with the weights and writes them into the sentence.
func (d *decoder) run(weights []int8) {
	chunks := d.s.Chunks
	n := len(chunks)
	chunks[n-1].Dep, chunks[n-1].Score = -1, 1
	for i := n - 2; i >= 0; i-- {
		d.candidates(i)
		d.constrain(i)
		best, score := 0, 1.0
		if len(d.cand) > 1 {
			d.features(i)
			best, score = d.choose(weights)
		}
		d.set(i, d.cand[best])
		chunks[i].Dep, chunks[i].Score = d.cand[best], score
	}
}

// choose returns the best candidate and its probability.
func (d *decoder) choose(weights []int8) (int, float64) {
	best := 0
	var scores [maxCandidates]int32
	from := 0
	for k, end := range d.ends {
		scores[k] = weigh(weights, d.feats[from:end])
		if scores[k] > scores[best] {
			best = k
		}
		from = end
	}
	total := 0.0
	for k := range d.ends {
		total += math.Exp(float64(scores[k]-scores[best]) * weightUnit)
	}
	return best, 1 / total
}
