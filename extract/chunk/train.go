package chunk

import (
	"math"

	"github.com/entente-kg/entente/extract/morph"
	"github.com/entente-kg/entente/schema"
)

// Example is a sentence of a treebank.
type Example struct {
	Sentence schema.Sentence
	Tokens   []morph.Token
	// Starts[i] says whether Tokens[i] begins a bunsetsu.
	Starts []bool
	// Heads are the heads of the bunsetsu, -1 for the last.
	Heads []int
}

// TrainOptions configure Train.
type TrainOptions struct {
	// Boundary and Edge are the steps of learning of the two models; zero values stand for those that did best on the
	// validation documents.
	Boundary, Edge Schedule
	// Progress is told the loss for each decision after every epoch, if not nil.
	Progress func(epoch int, boundary, edge float64)
}

// Schedule says how one model is learned.
type Schedule struct {
	// Epochs over the examples.
	Epochs int
	// Rate is the first step of the adaptive gradient.
	Rate float64
	// Drop is the share of features left out at random in each step, 0 to 1, so that none is leaned on alone.
	Drop float64
}

// Train learns both models from a treebank and returns the weights file. The same examples give the same bytes: the
// order of the examples is shuffled by a fixed seed, and there is one thread.
//
// Boundaries are learned by logistic regression, heads by a log-linear model over the candidates that the decoder sees,
// with the later heads of the treebank in the first epoch, and its own from then on. Both by stochastic gradient with AdaGrad steps (Duchi et al. 2011).
func Train(examples []Example, opts TrainOptions) ([]byte, error) {
	if opts.Boundary.Epochs == 0 {
		opts.Boundary = Schedule{Epochs: 12, Rate: 0.12}
	}
	if opts.Edge.Epochs == 0 {
		opts.Edge = Schedule{Epochs: 6, Rate: 0.03}
	}
	boundary, edge := newLearner(opts.Boundary, boundaryBits), newLearner(opts.Edge, edgeBits)
	order := &dice{state: 1}
	index := make([]int, len(examples))
	for i := range index {
		index[i] = i
	}
	for epoch := range max(opts.Boundary.Epochs, opts.Edge.Epochs) {
		for i := len(index) - 1; i > 0; i-- {
			j := int(order.next() % uint64(i+1))
			index[i], index[j] = index[j], index[i]
		}
		for _, k := range index {
			e := &examples[k]
			if epoch < opts.Boundary.Epochs {
				learnBoundaries(boundary, e)
			}
			if epoch < opts.Edge.Epochs {
				learnHeads(edge, e, epoch > 0)
			}
		}
		if opts.Progress != nil {
			opts.Progress(epoch+1, boundary.takeLoss(), edge.takeLoss())
		}
	}
	return encodeModel(&model{boundary: quantise(boundary.average()), edge: quantise(edge.average())})
}

// learner holds weights under training, and their sum over time for the average.
type learner struct {
	w, g    []float32
	sum     []float64
	at      []int64
	step    int64
	rate    float64
	drop    float64
	dice    *dice
	loss    float64
	decided int
}

func newLearner(o Schedule, bits int) *learner {
	n := 1 << bits
	return &learner{w: make([]float32, n), g: make([]float32, n), sum: make([]float64, n), at: make([]int64, n), rate: o.Rate, drop: o.Drop, dice: &dice{state: 2}}
}

func (l *learner) score(feats []uint32) float64 {
	s := float64(0)
	for _, f := range feats {
		s += float64(l.w[f])
	}
	return s
}

// move takes a step against the gradient by (the same for all features).
func (l *learner) move(feats []uint32, by float64) {
	if by > -1e-4 && by < 1e-4 {
		return
	}
	for _, f := range feats {
		l.sum[f] += float64(l.w[f]) * float64(l.step-l.at[f])
		l.at[f] = l.step
		g := by
		l.g[f] += float32(g * g)
		rate := l.rate / (math.Sqrt(float64(l.g[f])) + 1e-6)
		w := float64(l.w[f]) - rate*g
		l.w[f] = float32(w)
	}
}

// thin leaves out the same share of feature templates for all candidates. Every candidate has as many features.
func (l *learner) thin(d *decoder) {
	if l.drop == 0 {
		return
	}
	width := d.ends[0]
	keep := make([]bool, width)
	kept := 0
	for t := range keep {
		if l.dice.share() >= l.drop {
			keep[t] = true
			kept++
		}
	}
	out := d.feats[:0]
	for k := range d.ends {
		for t := range width {
			if keep[t] {
				out = append(out, d.feats[k*width+t])
			}
		}
		d.ends[k] = len(out)
	}
	d.feats = out
}

func (l *learner) takeLoss() float64 {
	loss := l.loss / float64(max(l.decided, 1))
	l.loss, l.decided = 0, 0
	return loss
}

// average is the mean of the weights over all steps.
func (l *learner) average() []float32 {
	out := make([]float32, len(l.w))
	for i := range out {
		l.sum[i] += float64(l.w[i]) * float64(l.step-l.at[i])
		l.at[i] = l.step
		if l.step > 0 {
			out[i] = float32(l.sum[i] / float64(l.step))
		}
	}
	return out
}

func learnBoundaries(l *learner, e *Example) {
	a := tokenAttrs(nil, e.Tokens, new(parts))
	var buf [64]uint32
	for i := range e.Tokens {
		if fixedBoundary(e.Tokens, i) != undecided {
			continue
		}
		feats := boundaryFeatures(buf[:0], a, i, e.Tokens[i-1].Span.End < e.Tokens[i].Span.Start)
		p := 1 / (1 + math.Exp(-l.score(feats)))
		y := 0.0
		if e.Starts[i] {
			y = 1
		}
		l.loss -= math.Log(max(1e-9, y*p+(1-y)*(1-p)))
		l.decided++
		l.step++
		l.move(feats, p-y)
	}
}

// learnHeads learns the heads of one sentence. With own, the later heads are those that the model itself chooses, so that
// it learns to go on after its own mistakes; else those of the treebank.
func learnHeads(l *learner, e *Example, own bool) {
	s := build(e.Sentence, e.Tokens, e.Starts)
	n := len(s.Chunks)
	if n != len(e.Heads) || n < 2 {
		return
	}
	var d decoder
	d.begin(&s, tokenAttrs(nil, e.Tokens, new(parts)))
	var p [maxCandidates]float64
	for i := n - 2; i >= 0; i-- {
		gold := e.Heads[i]
		if gold <= i || gold >= n {
			return
		}
		d.candidates(i)
		d.constrain(i)
		to := gold
		if own {
			to = d.cand[0]
		}
		at := -1
		for k, j := range d.cand {
			if j == gold {
				at = k
			}
		}
		if at >= 0 && len(d.cand) > 1 {
			d.features(i)
			l.thin(&d)
			best, total := math.Inf(-1), 0.0
			from := 0
			for k, end := range d.ends {
				p[k] = l.score(d.feats[from:end])
				best = max(best, p[k])
				from = end
			}
			for k := range d.ends {
				if own && p[k] == best {
					to = d.cand[k]
				}
				p[k] = math.Exp(p[k] - best)
				total += p[k]
			}
			l.loss -= math.Log(max(1e-9, p[at]/total))
			l.decided++
			l.step++
			from = 0
			for k, end := range d.ends {
				g := p[k] / total
				if k == at {
					g--
				}
				l.move(d.feats[from:end], g)
				from = end
			}
		}
		d.set(i, to)
	}
}

// dice are pseudo-random numbers that are the same everywhere and for ever (SplitMix64, Steele et al. 2014).
type dice struct{ state uint64 }

func (d *dice) next() uint64 {
	d.state += 0x9E3779B97F4A7C15
	z := d.state
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

// share is a number from 0 to 1, 1 left out.
func (d *dice) share() float64 { return float64(d.next()>>11) / (1 << 53) }
