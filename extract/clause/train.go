package clause

import (
	"math"
	"math/rand/v2"

	"github.com/entente-kg/entente/extract/chunk"
	"github.com/entente-kg/entente/extract/rules"
	"github.com/entente-kg/entente/schema"
)

// Example is an analysed sentence with its predicates in an annotated corpus.
type Example struct {
	Sentence chunk.Sentence
	Gold     []GoldPredicate
}

// GoldPredicate is a predicate's head and the spans of its arguments within the sentence, by surface case.
type GoldPredicate struct {
	Head schema.Span
	Args map[Case][]schema.Span
}

// TrainOptions configure Train.
type TrainOptions struct {
	// Epochs over the examples; 0 stands for 12.
	Epochs int
	// Rate is the first step of the adaptive gradient; 0 stands for 0.1.
	Rate float64
	// Drop is the share of features left out at random in each step; 0 stands for 0.2.
	Drop float64
	// Progress is told the mean loss of both decisions after every epoch, if not nil.
	Progress func(epoch int, open, zero float64)
}

// openExample is an open phrase with its label; zeroExample the candidates for a zero subject, the first of which is none.
type openExample struct {
	features []uint32
	label    int
}

type zeroExample struct {
	features [][]uint32
	gold     []bool
}

// Train learns the weights of both decisions and returns the weights file. The same examples give the same bytes: the
// order is shuffled by a fixed seed, and there is one thread. Both are log-linear models learned by stochastic gradient
// with AdaGrad steps (Duchi et al. 2011) and averaged.
func Train(cues *rules.Cues, examples []Example, opts TrainOptions) ([]byte, error) {
	if opts.Epochs == 0 {
		opts.Epochs = 12
	}
	if opts.Rate == 0 {
		opts.Rate = 0.1
	}
	if opts.Drop == 0 {
		opts.Drop = 0.2
	}
	open := newTable(openLabels<<openBits, opts.Rate)
	zero := newTable(1<<zeroBits, opts.Rate)
	learn := func(opens []openExample, zeros []zeroExample, epochs int, progress bool) {
		order := rand.New(rand.NewPCG(7, 11))
		for epoch := range epochs {
			var openLoss, zeroLoss float64
			order.Shuffle(len(opens), func(i, j int) { opens[i], opens[j] = opens[j], opens[i] })
			order.Shuffle(len(zeros), func(i, j int) { zeros[i], zeros[j] = zeros[j], zeros[i] })
			for k := range opens {
				openLoss += open.learnOpen(&opens[k], order, opts.Drop)
			}
			for k := range zeros {
				zeroLoss += zero.learnZero(&zeros[k], order, opts.Drop)
			}
			if progress && opts.Progress != nil {
				opts.Progress(epoch+1, openLoss/float64(max(1, len(opens))), zeroLoss/float64(max(1, len(zeros))))
			}
		}
	}
	// The open phrases first: whether a subject is left out shows only when they are decided.
	a := &Analyzer{cues: cues, training: true}
	opens, _ := collect(a, examples)
	learn(opens, nil, opts.Epochs, true)
	m := &model{}
	m.open, m.openScale = quantise(open.average())
	m.zero, m.zeroScale = make([]int8, 1<<zeroBits), 1
	a.model = m
	_, zeros := collect(a, examples)
	learn(nil, zeros, opts.Epochs, true)
	m.zero, m.zeroScale = quantise(zero.average())
	return encodeModel(m), nil
}

// collect makes the examples of both decisions.
func collect(a *Analyzer, examples []Example) (opens []openExample, zeros []zeroExample) {
	w := a.newWork()
	for k := range examples {
		e := &examples[k]
		w.begin(&e.Sentence)
		gold := make([]*GoldPredicate, len(w.preds))
		for i := range e.Gold {
			if p := w.predicateAt(e.Gold[i].Head); p >= 0 {
				gold[p] = &e.Gold[i]
			}
		}
		for i := range w.preds {
			if gold[i] == nil {
				continue
			}
			w.eachOpen(i, func(c int, kind openKind, n int) {
				opens = append(opens, openExample{w.openFeatures(nil, &w.preds[i], c, kind, n), w.goldLabel(gold[i], c)})
			})
		}
		if a.model == nil {
			continue
		}
		w.topics()
		w.gaps()
		for i := len(w.preds) - 1; i >= 0; i-- {
			if gold[i] == nil || !w.lacksSubject(i) {
				continue
			}
			candidates := w.candidates(i)
			z := zeroExample{features: [][]uint32{w.zeroFeatures(nil, i, -1)}, gold: []bool{false}}
			any, first := false, -1
			for _, c := range candidates {
				right := w.holdsAny(c, gold[i].Args[Ga])
				if right && first < 0 {
					first = c
				}
				any = any || right
				z.features = append(z.features, w.zeroFeatures(nil, i, c))
				z.gold = append(z.gold, right)
			}
			z.gold[0] = !any
			zeros = append(zeros, z)
			if first >= 0 {
				w.add(&w.preds[i], Ga, ByEllipsis, first, 1)
			}
		}
	}
	return opens, zeros
}

// predicateAt is the predicate on the unit that holds the end of span, -1 for none.
func (w *work) predicateAt(span schema.Span) int {
	for i := range w.units {
		if c := w.s.Chunks[i].Span; c.Start < span.End && span.End <= c.End {
			return w.units[i].pred
		}
	}
	return -1
}

// goldLabel is the label of open phrase c.
func (w *work) goldLabel(g *GoldPredicate, c int) int {
	for l := openGa; l < openLabels; l++ {
		if w.holdsAny(c, g.Args[openCases[l]]) {
			return l
		}
	}
	return openNone
}

// holdsAny reports whether one of the spans ends in unit c's noun phrase or in one coordinated with it.
func (w *work) holdsAny(c int, spans []schema.Span) bool {
	found := false
	w.conjuncts(c, 0, func(unit int) {
		at := w.s.Tokens[w.units[unit].head].Span
		chunk := w.s.Chunks[unit].Span
		for _, s := range spans {
			if chunk.Start < s.End && s.End <= chunk.End && s.End > at.Start {
				found = true
			}
		}
	})
	return found
}

// table holds weights under training and what their average needs.
type table struct {
	w, g []float32
	sum  []float64
	last []int32
	now  int32
	rate float64
}

func newTable(n int, rate float64) *table {
	return &table{w: make([]float32, n), g: make([]float32, n), sum: make([]float64, n), last: make([]int32, n), rate: rate}
}

// step moves weight i against the gradient.
func (t *table) step(i int, gradient float64) {
	t.sum[i] += float64(t.now-t.last[i]) * float64(t.w[i])
	t.last[i] = t.now
	t.g[i] += float32(gradient * gradient)
	t.w[i] -= float32(t.rate * gradient / (math.Sqrt(float64(t.g[i])) + 1e-6))
}

func (t *table) average() []float32 {
	out := make([]float32, len(t.w))
	for i := range out {
		out[i] = float32((t.sum[i] + float64(t.now-t.last[i])*float64(t.w[i])) / float64(max(1, t.now)))
	}
	return out
}

// dropped keeps a random part of the features.
func dropped(f []uint32, r *rand.Rand, share float64) []uint32 {
	out := make([]uint32, 0, len(f))
	for _, h := range f {
		if r.Float64() >= share {
			out = append(out, h)
		}
	}
	return out
}

func (t *table) learnOpen(e *openExample, r *rand.Rand, drop float64) float64 {
	t.now++
	f := dropped(e.features, r, drop)
	scores := make([]float32, openLabels)
	for _, h := range f {
		at := int(h&(1<<openBits-1)) * openLabels
		for l := range scores {
			scores[l] += t.w[at+l]
		}
	}
	softmax(scores)
	loss := -math.Log(max(1e-9, float64(scores[e.label])))
	for l, p := range scores {
		g := float64(p)
		if l == e.label {
			g--
		}
		if math.Abs(g) < 1e-4 {
			continue
		}
		for _, h := range f {
			t.step(int(h&(1<<openBits-1))*openLabels+l, g)
		}
	}
	return loss
}

func (t *table) learnZero(e *zeroExample, r *rand.Rand, drop float64) float64 {
	t.now++
	scores := make([]float32, len(e.features))
	kept := make([][]uint32, len(e.features))
	for c, all := range e.features {
		kept[c] = dropped(all, r, drop)
		for _, h := range kept[c] {
			scores[c] += t.w[h&(1<<zeroBits-1)]
		}
	}
	softmax(scores)
	var right float64
	for c, p := range scores {
		if e.gold[c] {
			right += float64(p)
		}
	}
	right = max(right, 1e-9)
	for c, p := range scores {
		// Gradient of -log of the summed probability of the right candidates.
		g := float64(p)
		if e.gold[c] {
			g -= float64(p) / right
		}
		if math.Abs(g) < 1e-4 {
			continue
		}
		for _, h := range kept[c] {
			t.step(int(h&(1<<zeroBits-1)), g)
		}
	}
	return -math.Log(right)
}
