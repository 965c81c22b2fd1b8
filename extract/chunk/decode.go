package chunk

import "math"

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
	feats []uint32 // features of all candidates, one after the other
	ends  []int    // where those of each candidate end
}

func newDecoder(s *Sentence) *decoder {
	n := len(s.Chunks)
	ints := make([]int, 4*n+3*(n+1))
	d := &decoder{s: s, a: attributes(s), r: findRegions(s), shape: shapes(s)}
	d.feats = make([]uint32, 0, 8*64)
	d.cand, d.kept, d.ends = make([]int, 0, maxCandidates), make([]int, 0, maxCandidates), make([]int, 0, maxCandidates)
	take := func(k int) []int {
		t := ints[:k:k]
		ints = ints[k:]
		return t
	}
	d.dep, d.last, d.sib, d.nkid = take(n), take(n), take(n), take(n)
	d.commas, d.verbals, d.topics = take(n+1), take(n+1), take(n+1)
	for i := range n {
		d.dep[i], d.last[i], d.sib[i] = -1, -1, -1
		d.commas[i+1] = d.commas[i] + int(bit(d.a[i].commas))
		d.verbals[i+1] = d.verbals[i] + int(bit(d.a[i].verbal))
		d.topics[i+1] = d.topics[i] + int(bit(d.a[i].topic))
	}
	return d
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
		d.feats = edgeFeatures(d.feats, d.a, i, j, d.dep[j], &b)
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
		sum := int32(0)
		for _, f := range d.feats[from:end] {
			sum += int32(weights[f])
		}
		scores[k] = sum
		if sum > scores[best] {
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
