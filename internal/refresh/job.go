package refresh

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/internal/corpus"
	"github.com/entente-kg/entente/internal/source/web"
	"github.com/entente-kg/entente/schema"
	"github.com/gofrs/flock"
)

// ErrRunning says that another run holds the corpus.
var ErrRunning = errors.New("another refresh is running on this corpus")

// Observer is told how a run goes on. Its methods are called from several goroutines.
type Observer interface {
	Fetched(source string)
	SourceDone(source string)
	// Loading says how many documents wait to be loaded.
	Loading(pending int)
	Loaded(document string)
	Failed(Failure)
}

// Silent is an Observer that does nothing.
type Silent struct{}

// The methods of Observer.
func (Silent) Fetched(string)    {}
func (Silent) SourceDone(string) {}
func (Silent) Loading(int)       {}
func (Silent) Loaded(string)     {}
func (Silent) Failed(Failure)    {}

// Recorder is a Store that keeps what each run changed, for Cypher to ask. Recording is repeatable: the same Run is one node.
type Recorder interface {
	RecordRefresh(ctx context.Context, run graph.Refresh) error
}

// Job is one run.
type Job struct {
	Config  Config
	Extract Extractor
	// Store opens the graph; it is called after the sources were read, so that documents are kept when the graph is down.
	Store func(context.Context) (graph.Store, error)
	// Ontology is the vocabulary of the statements, nil for the embedded one.
	Ontology *schema.Ontology
	// Unreachable reports whether an error of the store says that no document can be loaded now, such as a server that is down;
	// others are looked for in the documents one by one. Nil: never.
	Unreachable func(error) bool
	// Observer may be nil.
	Observer Observer
	// Clock is the time; nil is time.Now.
	Clock func() time.Time
	// Offline leaves the sources alone and only loads what the corpus holds. Rebuild makes every document pending that another
	// extractor version read; All makes every document pending that the graph does not hold as this extractor reads it (for a graph that
	// was lost, or brought back from a backup).
	Offline, Rebuild, All bool
	// DryRun reads the sources into nothing: it only plans what the pending documents of the corpus would change.
	DryRun bool
}

// Lock takes the corpus for one writer, and names the holder when there is one. The kernel frees the lock of a process that
// died. Call the returned function to give it back.
func Lock(path string) (func(), error) {
	l := flock.New(path + ".lock")
	ok, err := l.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock %s: %w", l.Path(), err)
	}
	if !ok {
		holder, _ := os.ReadFile(l.Path())
		return nil, fmt.Errorf("%w (process %.20s, lock %s)", ErrRunning, holder, l.Path())
	}
	if err := os.WriteFile(l.Path(), fmt.Appendf(nil, "%d", os.Getpid()), 0o644); err != nil {
		l.Unlock()
		return nil, fmt.Errorf("lock %s: %w", l.Path(), err)
	}
	return func() { l.Unlock() }, nil
}

// Run does one run. The report is complete as far as the run came, also with an error: the corpus, the lock, the graph's
// server, or the context.
func (j Job) Run(ctx context.Context) (report *Report, err error) {
	clock := j.Clock
	if clock == nil {
		clock = time.Now
	}
	see := j.Observer
	if see == nil {
		see = Silent{}
	}
	report = &Report{Started: clock(), Extractor: j.Extract.Version()}
	defer func() { report.Finished = clock() }()
	c, err := corpus.Open(ctx, j.Config.Corpus)
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	unlock, err := Lock(j.Config.Corpus)
	if err != nil {
		return report, err
	}
	defer unlock()
	if !j.Offline && !j.DryRun {
		if err := j.fetch(ctx, c, report, see); err != nil {
			return report, err
		}
	}
	if j.Rebuild {
		if _, err := c.Renew(ctx, j.Extract.Version()); err != nil {
			return report, err
		}
	}
	loadErr := j.load(ctx, c, report, see, clock)
	report.Pending, err = c.Pending(context.WithoutCancel(ctx))
	return report, errors.Join(loadErr, err)
}

func (j Job) fetch(ctx context.Context, c *corpus.Corpus, report *Report, see Observer) error {
	o, err := j.Config.Fetch.options()
	if err != nil {
		return err
	}
	client, err := web.New(o)
	if err != nil {
		return err
	}
	defer client.Close()
	f := &fetcher{config: j.Config, corpus: c, client: client, now: report.Started, report: report, see: see}
	return f.sources(ctx)
}

// reconcile makes pending what the graph does not hold as it should.
func (j Job) reconcile(ctx context.Context, c *corpus.Corpus, store graph.Store) error {
	_, err := c.Reconcile(ctx, j.Extract.Version(), func(yield func(corpus.Held, error) bool) {
		for d, err := range store.Documents(ctx) {
			if !yield(corpus.Held{ID: d.ID, Hash: d.Hash, Extractor: d.Extractor}, err) {
				return
			}
		}
	})
	return err
}

func (j Job) load(ctx context.Context, c *corpus.Corpus, report *Report, see Observer, clock func() time.Time) (err error) {
	store, err := j.Store(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close(context.WithoutCancel(ctx))) }()
	if j.All {
		if err := j.reconcile(ctx, c, store); err != nil {
			return err
		}
	}
	waiting, err := c.Pending(ctx)
	if err != nil {
		return err
	}
	see.Loading(waiting)
	l := &loader{
		corpus: c, extract: j.Extract, store: store, ontology: j.Ontology, unreachable: j.Unreachable, workers: j.Config.Workers,
		report: report, see: see, clock: clock,
	}
	if j.DryRun {
		return l.plan(ctx)
	}
	if err := l.run(ctx); err != nil {
		return err
	}
	r, ok := store.(Recorder)
	if !ok {
		return nil
	}
	report.Finished = clock()
	run, err := record(report)
	if err != nil {
		return err
	}
	return r.RecordRefresh(ctx, run)
}

// record is what the graph keeps of a run.
func record(r *Report) (graph.Refresh, error) {
	digest, err := json.Marshal(r.Digest)
	if err != nil {
		return graph.Refresh{}, fmt.Errorf("refresh: digest: %w", err)
	}
	return graph.Refresh{
		Started: r.Started.UTC().Format(time.RFC3339Nano), Finished: r.Finished.UTC().Format(time.RFC3339Nano), Extractor: r.Extractor,
		Documents: r.Loaded, Withdrawn: r.Retracted, Failed: r.Failed(),
		EntitiesAdded: r.Graph.Entities.Added, EntitiesRemoved: r.Graph.Entities.Removed,
		StatementsAdded: r.Graph.Statements.Added, StatementsRetracted: r.Graph.Statements.Removed,
		Denied: r.Digest.Counts.Denied, Fulfilled: r.Digest.Counts.Fulfilled, Digest: string(digest),
	}, nil
}

// plan tells what the pending documents would change, and writes nothing.
func (l *loader) plan(ctx context.Context) error {
	after := ""
	for {
		batch, next, err := l.next(ctx, after)
		if err != nil || len(batch) == 0 {
			return err
		}
		after = next
		var change graph.Change
		for _, p := range batch {
			switch {
			case p.err != nil || p.refused != nil:
				l.failed("extract", p.info, string(corpus.ExtractFailed), errors.Join(p.err, p.refused))
			case p.info.State == corpus.Withdrawn:
				change.Withdraw = append(change.Withdraw, p.info.ID)
			default:
				change.Put = append(change.Put, p.extraction)
			}
		}
		delta, err := l.store.Plan(ctx, change)
		if err != nil {
			return err
		}
		l.report.Graph.Add(delta.Summary)
		l.report.Digest.add(delta, entityNames(change, delta))
	}
}
