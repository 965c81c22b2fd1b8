package refresh

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/internal/corpus"
	"github.com/entente-kg/entente/schema"
)

// Extractor reads a document; see extract.Extractor. It must be safe for concurrent use.
type Extractor interface {
	Extract(ctx context.Context, doc schema.Document) (schema.Extraction, error)
	Version() string
}

// batchDocuments bounds the documents that are extracted and loaded together, batchBytes their text.
const (
	batchDocuments = 100
	batchBytes     = 4 << 20
)

// loader brings the pending documents of the corpus into the graph.
type loader struct {
	corpus  *corpus.Corpus
	extract Extractor
	store   graph.Store
	// ontology is the vocabulary of the statements, nil for the embedded one.
	ontology    *schema.Ontology
	unreachable func(error) bool // may be nil
	workers     int
	report      *Report
	see         Observer
	clock       func() time.Time
}

// pending is one document on its way.
type pending struct {
	info       corpus.Info
	extraction schema.Extraction
	err        error // from reading or extracting it
	refused    error // from the graph's model
}

// run loads everything that is pending, batch by batch. It stops at the first error of the store that is not about a
// document: what is left stays pending.
func (l *loader) run(ctx context.Context) error {
	after := ""
	for {
		batch, next, err := l.next(ctx, after)
		if err != nil {
			return err
		}
		if len(batch) == 0 {
			return nil
		}
		after = next
		if err := l.load(ctx, batch); err != nil {
			return err
		}
	}
}

// next reads a batch of pending documents with their texts extracted.
func (l *loader) next(ctx context.Context, after string) ([]*pending, string, error) {
	var (
		batch []*pending
		docs  []schema.Document
		size  int
	)
	for info, err := range l.corpus.List(ctx, corpus.Filter{Pending: true, After: after, Limit: batchDocuments}) {
		if err != nil {
			return nil, after, err
		}
		p := &pending{info: info}
		doc := schema.Document{}
		if info.State != corpus.Withdrawn {
			f, err := l.corpus.Document(ctx, info.ID, 0)
			if err != nil {
				if !errors.Is(err, corpus.ErrCorrupt) {
					return nil, after, err
				}
				p.err = err
			}
			doc = f.Document
			size += len(doc.Text)
		}
		batch, docs = append(batch, p), append(docs, doc)
		after = info.ID
		if size > batchBytes {
			break
		}
	}
	workers := l.workers
	if workers < 1 {
		workers = runtime.GOMAXPROCS(0)
	}
	todo := make(chan int)
	var wg sync.WaitGroup
	for range min(workers, len(batch)) {
		wg.Go(func() {
			for i := range todo {
				p := batch[i]
				p.extraction, p.err = l.extract.Extract(ctx, docs[i])
				p.extraction.Source.Retrieved = p.info.FirstSeen
				if p.err == nil {
					_, p.refused = graph.Derive(l.ontology, p.extraction)
				}
			}
		})
	}
	for i, p := range batch {
		if p.info.State != corpus.Withdrawn && p.err == nil {
			todo <- i
		}
	}
	close(todo)
	wg.Wait()
	return batch, after, ctx.Err()
}

// load applies a batch to the graph and records its outcomes. A document that the graph would refuse is left out before,
// because a store refuses a change as a whole.
func (l *loader) load(ctx context.Context, batch []*pending) error {
	var good []*pending
	var outcomes []corpus.Outcome
	for _, p := range batch {
		if p.err == nil && p.refused == nil {
			good = append(good, p)
			continue
		}
		if p.refused != nil {
			outcomes = append(outcomes, corpus.Outcome{ID: p.info.ID, Code: corpus.LoadFailed, Detail: p.refused.Error()})
			l.failed("load", p.info, string(corpus.LoadFailed), p.refused)
			continue
		}
		outcomes = append(outcomes, corpus.Outcome{ID: p.info.ID, Code: corpus.ExtractFailed, Detail: p.err.Error()})
		l.failed("extract", p.info, string(corpus.ExtractFailed), p.err)
	}
	done, err := l.applyAll(ctx, good)
	// This must happen last: what is finished is not looked at again.
	if finishErr := l.corpus.Finish(context.WithoutCancel(ctx), l.clock(), append(outcomes, done...)); finishErr != nil {
		return errors.Join(err, finishErr)
	}
	return err
}

// maxRefused is how many documents in a row a store may refuse before it is taken to refuse everything.
const maxRefused = 3

// applyAll writes documents to the graph and gives their outcomes. When the store refuses them together, they are tried one
// by one: one document must not keep all that come after it out of the graph, in this run and in every later one.
func (l *loader) applyAll(ctx context.Context, batch []*pending) ([]corpus.Outcome, error) {
	done, err := l.apply(ctx, batch)
	if err == nil || ctx.Err() != nil || l.unreachable != nil && l.unreachable(err) {
		return done, err
	}
	var refused []*pending
	inRow := 0
	for _, p := range batch {
		one, oneErr := l.apply(ctx, []*pending{p})
		switch {
		case oneErr == nil:
			done, inRow = append(done, one...), 0
			continue
		case ctx.Err() != nil || l.unreachable != nil && l.unreachable(oneErr):
			return done, oneErr
		}
		p.refused = oneErr
		refused = append(refused, p)
		if inRow++; inRow == maxRefused || len(refused) == len(batch) {
			return done, err
		}
	}
	for _, p := range refused {
		done = append(done, corpus.Outcome{ID: p.info.ID, Code: corpus.LoadFailed, Detail: p.refused.Error()})
		l.failed("load", p.info, string(corpus.LoadFailed), p.refused)
	}
	return done, nil
}

// apply writes documents to the graph and gives their outcomes.
func (l *loader) apply(ctx context.Context, batch []*pending) ([]corpus.Outcome, error) {
	var change graph.Change
	var outcomes []corpus.Outcome
	for _, p := range batch {
		if p.info.State == corpus.Withdrawn {
			change.Withdraw = append(change.Withdraw, p.info.ID)
			outcomes = append(outcomes, corpus.Outcome{ID: p.info.ID, Code: corpus.Retracted})
			continue
		}
		change.Put = append(change.Put, p.extraction)
		outcomes = append(outcomes, corpus.Outcome{
			ID: p.info.ID, Code: corpus.Loaded, Hash: p.extraction.Source.Hash, Extractor: l.extract.Version(),
		})
	}
	if len(batch) == 0 {
		return nil, nil
	}
	delta, err := l.store.Plan(ctx, change)
	if err != nil {
		return nil, err
	}
	summary, err := l.store.Apply(ctx, change)
	if err != nil {
		return nil, fmt.Errorf("load: %w", err)
	}
	l.report.Graph.Add(summary)
	l.report.Digest.add(delta, entityNames(change, delta))
	for _, p := range batch {
		if p.info.State == corpus.Withdrawn {
			l.report.Retracted++
		} else {
			l.report.Loaded++
		}
		l.see.Loaded(p.info.ID)
	}
	return outcomes, nil
}

// entityNames tells the names of entities by what the batch says of them; of others, the id without its kind.
func entityNames(change graph.Change, delta *graph.Delta) func(string) string {
	names := map[string]string{}
	for _, x := range change.Put {
		for _, e := range x.Entities {
			names[e.ID] = e.Name
		}
		for _, s := range x.Statements {
			names[s.Subject.ID], names[s.Object.ID] = s.Subject.Name, s.Object.Name
		}
	}
	for _, e := range delta.PutEntities {
		names[e.ID] = e.Name()
	}
	return func(id string) string {
		if n := names[id]; n != "" {
			return n
		}
		for i := range len(id) {
			if id[i] == '/' {
				return id[i+1:]
			}
		}
		return id
	}
}

func (l *loader) failed(stage string, info corpus.Info, code string, err error) {
	x := Failure{Stage: stage, Source: info.Source, Item: info.ID, Code: code, Detail: err.Error()}
	l.report.Failures = append(l.report.Failures, x)
	l.see.Failed(x)
}
