package clause

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/entente-kg/entente/extract/chunk"
	"github.com/entente-kg/entente/extract/rules"
	"github.com/entente-kg/entente/schema"
)

// Analyzer finds predicates. It is immutable and safe for concurrent use.
type Analyzer struct {
	cues *rules.Cues
	// model decides open phrases and zero subjects; nil leaves them to rules.
	model *model
	// works are workspaces between documents.
	works    sync.Pool
	subjects float64
	training bool
}

// Options configure an Analyzer. The zero value is the default.
type Options struct {
	// Weights is a file of weights as Train makes it; nil stands for those that are built in.
	Weights []byte
	// Subjects is the least probability, above 0 up to 1, at which the model's best choice of a subject left out is taken,
	// whatever else speaks for or against it. 0, the default, is for news, where a wrong subject costs more than one that is
	// missing: the choice is taken only where the clauses around bear it out, and theirs before the model's.
	Subjects float64
}

// New returns an analyzer that works by the given cues, which must not be nil. It fails on weights of another version and
// on a probability that is none.
func New(cues *rules.Cues, opts Options) (*Analyzer, error) {
	if cues == nil {
		return nil, errors.New("clause: no cues: hand in what rules.LoadCues returns")
	}
	if !(opts.Subjects >= 0 && opts.Subjects <= 1) {
		return nil, fmt.Errorf("clause: subjects from a probability of %v: want one from 0 to 1", opts.Subjects)
	}
	file := opts.Weights
	if file == nil {
		file = weightsFile
	}
	m, err := decodeModel(file)
	if err != nil {
		return nil, err
	}
	return &Analyzer{cues: cues, model: m, subjects: opts.Subjects}, nil
}

// learned reports whether the models decide, or are being trained to.
func (a *Analyzer) learned() bool { return a.model != nil || a.training }

// Document returns the predicates of a document's sentences, one Sentence for each, in the same order. Actors left out
// are looked for in the sentences before. Time is linear in the number of tokens.
func (a *Analyzer) Document(sents []chunk.Sentence) []Sentence {
	out := make([]Sentence, len(sents))
	w, ok := a.works.Get().(*work)
	if !ok {
		w = a.newWork()
	}
	var ctx context
	for i := range sents {
		w.analyse(&sents[i])
		w.fromContext(&ctx)
		out[i] = w.result()
		ctx.note(w)
	}
	if cap(w.units) <= maxKept {
		w.s = nil
		a.works.Put(w)
	}
	return out
}

// maxKept is the length of sentence, in bunsetsu, from which a workspace is not kept.
const maxKept = 1024

// work holds what the analysis of one sentence needs; it is used again for the next.
type work struct {
	a      *Analyzer
	s      *chunk.Sentence
	words  []word
	units  []unit
	preds  []pred
	offset int
	reader func(int) (string, string)
	// swallow lists units whose head an auxiliary pattern used.
	swallow []int
	// hasTopic and firstTopic tell of the sentence's first phrase with は.
	hasTopic   bool
	firstTopic int
	// bracket is the quotation that makeUnits has come to.
	bracket  int
	features []uint32
	scores   []float32
	order    []int
}

// pred is a predicate in the making.
type pred struct {
	Predicate
	unit int
	// head is the trigger's token.
	head int
	// hash is that of the lemma.
	hash uint32
	// parent is an index into work.preds, -1 for none.
	parent int
	// gone is set when a light verb gave its place to its event noun: into is that predicate's index.
	gone bool
	into int
	// pending are units marked by は, も or nothing, whose case is still open.
	pending []int
	// set, neg: the effects on the predicate itself; content: what its embedding words make of it.
	set, wide rules.Effect
	neg       int
	zeroSure  float64
	// occurs reports an event that takes place, its light verb naming no actor (会談が行われた).
	occurs bool
	// each reports それぞれ: subjects and what stands behind them go in pairs.
	each bool
	// reported is the predicate of the same bunsetsu that reports this one, -1 for none.
	reported int
	gap      Case // the case of a relative clause's head noun, "" for none
	status   status
}

func (a *Analyzer) newWork() *work {
	w := &work{a: a}
	w.reader = func(i int) (string, string) {
		if k := w.offset + i; k < len(w.s.Tokens) {
			t := &w.s.Tokens[k]
			return t.Base, t.Norm
		}
		return "", ""
	}
	return w
}

// analyse runs the steps of one sentence in order.
func (w *work) analyse(s *chunk.Sentence) {
	w.syntax(s)
	w.gapping()
	w.requests()
	w.lightVerbs()
	w.turn()
	w.respective()
	w.shareNouns()
	w.shareAims()
	w.ongoing()
	w.speakers()
	w.moods()
}

// syntax finds the predicates with their arguments as written: bunsetsu, cases, topics, gaps and shared subjects.
func (w *work) syntax(s *chunk.Sentence) {
	w.begin(s)
	w.topics()
	w.gaps()
	w.sharedSubjects()
}

// begin makes the predicates with the arguments that particles mark.
func (w *work) begin(s *chunk.Sentence) {
	w.s = s
	w.preds = w.preds[:0]
	w.swallow = w.swallow[:0]
	w.makeUnits()
	w.findPredicates()
	w.linkPredicates()
	w.occasions()
	for i := range w.preds {
		w.attach(i)
	}
	w.hasTopic, w.firstTopic = false, -1
	for i := range w.units {
		if u := &w.units[i]; u.wa && u.kind == nominal && !w.isTime(i) && !w.hasTopic {
			w.hasTopic, w.firstTopic = true, i
		}
	}
}

// result copies the predicates out, in text order of their triggers.
func (w *work) result() Sentence {
	out := Sentence{Index: w.s.Index}
	w.order = w.order[:0]
	for i := range w.preds {
		if !w.preds[i].gone {
			w.order = append(w.order, i)
		}
	}
	if len(w.order) == 0 {
		return out
	}
	slices.SortStableFunc(w.order, func(a, b int) int {
		return cmp.Compare(w.preds[a].Span.Start, w.preds[b].Span.Start)
	})
	index := make([]int, len(w.preds))
	for n, i := range w.order {
		index[i] = n
	}
	out.Predicates = make([]Predicate, len(w.order))
	for n, i := range w.order {
		p, q := &w.preds[i], &out.Predicates[n]
		*q = p.Predicate
		q.Index, q.Sentence = n, w.s.Index
		q.Parent = -1
		if r := w.follow(p.parent); r >= 0 && r != i {
			q.Parent = index[r]
		}
		if q.Polarity == "" {
			q.Polarity = schema.Affirmed
		}
		if q.Modality == "" {
			q.Modality = schema.Actual
		}
		sortArguments(q.Args)
	}
	return out
}

// follow is the predicate that stands for predicate i after light verbs have given way.
func (w *work) follow(i int) int {
	for n := 0; i >= 0 && w.preds[i].gone && n < 8; n++ {
		i = w.preds[i].into
	}
	return i
}
