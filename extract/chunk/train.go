package chunk

import (
	"math"
	"math/rand/v2"

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
	// Epochs over the examples; 0 stands for 12.
	Epochs int
	// Rate is the first step of the adaptive gradient; 0 stands for 0.12.
	Rate float64
	// Decay is the weight of the L1 penalty for each example; 0 stands for none.
	Decay float64
	// Progress is told the loss for each decision after every epoch, if not nil.
	Progress func(epoch int, boundary, edge float64)
}

// Train learns both models from a treebank and returns the weights file. The same examples give the same bytes: the
// order of the examples is shuffled by a fixed seed, and there is one thread.
//
// Boundaries are learned by logistic regression, heads by a log-linear model over the candidates that the decoder sees
// when all later heads are right. Both by stochastic gradient with AdaGrad steps (Duchi et al. 2011).
func Train(examples []Example, opts TrainOptions) ([]byte, error) {
	if opts.Epochs == 0 {
		opts.Epochs = 12
	}
	if opts.Rate == 0 {
		opts.Rate = 0.12
	}
	boundary, edge := newLearner(opts), newLearner(opts)
	order := rand.New(rand.NewPCG(1, 2))
	index := make([]int, len(examples))
	for i := range index {
		index[i] = i
	}
	for epoch := range opts.Epochs {
		order.Shuffle(len(index), func(i, j int) { index[i], index[j] = index[j], index[i] })
		for _, k := range index {
			e := &examples[k]
			learnBoundaries(boundary, e)
			learnHeads(edge, e)
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
	decay   float64
	loss    float64
	decided int
}

func newLearner(o TrainOptions) *learner {
	n := 1 << tableBits
	return &learner{w: make([]float32, n), g: make([]float32, n), sum: make([]float64, n), at: make([]int64, n), rate: o.Rate, decay: o.Decay}
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
		if shrink := rate * l.decay; w > shrink {
			w -= shrink
		} else if w < -shrink {
			w += shrink
		} else {
			w = 0
		}
		l.w[f] = float32(w)
	}
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
	a := tokenAttrs(e.Tokens)
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

func learnHeads(l *learner, e *Example) {
	s := build(e.Sentence, e.Tokens, e.Starts)
	n := len(s.Chunks)
	if n != len(e.Heads) || n < 2 {
		return
	}
	d := newDecoder(&s)
	var p [maxCandidates]float64
	for i := n - 2; i >= 0; i-- {
		gold := e.Heads[i]
		if gold <= i || gold >= n {
			return
		}
		d.candidates(i)
		at := -1
		for k, j := range d.cand {
			if j == gold {
				at = k
			}
		}
		if at >= 0 && len(d.cand) > 1 {
			d.features(i)
			best, total := math.Inf(-1), 0.0
			from := 0
			for k, end := range d.ends {
				p[k] = l.score(d.feats[from:end])
				best = max(best, p[k])
				from = end
			}
			for k := range d.ends {
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
		d.set(i, gold)
	}
}
