package refresh

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/entente-kg/entente/internal/corpus"
	"github.com/entente-kg/entente/internal/source/web"
	"github.com/entente-kg/entente/schema"
)

// fetcher brings what the sources publish into the corpus.
type fetcher struct {
	config Config
	corpus *corpus.Corpus
	client *web.Client
	now    time.Time
	report *Report
	see    Observer

	mu sync.Mutex // guards report
}

// sources reads all sources side by side. A source that fails is reported and does not stop the others; the error is the
// corpus's or the context's.
func (f *fetcher) sources(ctx context.Context) error {
	f.report.Sources = make([]SourceReport, len(f.config.Sources))
	errs := make([]error, len(f.config.Sources))
	var wg sync.WaitGroup
	for i, s := range f.config.Sources {
		f.report.Sources[i].Name = s.Name
		wg.Go(func() {
			r := &reading{fetcher: f, source: s, report: &f.report.Sources[i]}
			errs[i] = r.read(ctx)
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

// reading is one source being read. Its methods run in one goroutine.
type reading struct {
	*fetcher
	source Source
	report *SourceReport
	fresh  int  // articles asked for that were never read
	left   bool // articles were left for the next run
	told   bool // that hosts are left alone

	// What was read and is not in the corpus yet: one transaction a document would spend its time waiting for the disk.
	docs   []corpus.Fetched
	states []corpus.FetchState
	size   int
}

// keepDocuments and keepBytes bound what is read before it is archived: what a crash makes the next run read again.
const (
	keepDocuments = 100
	keepBytes     = 8 << 20
)

func (r *reading) read(ctx context.Context) error {
	defer r.see.SourceDone(r.source.Name)
	err := r.readAll(ctx)
	return errors.Join(err, r.flush(context.WithoutCancel(ctx)))
}

func (r *reading) readAll(ctx context.Context) error {
	settings, err := r.source.settings()
	if err != nil {
		return err
	}
	if _, err := r.corpus.Settings(ctx, r.source.Name, settings); err != nil {
		return err
	}
	switch {
	case r.source.Path != "":
		return r.files(ctx)
	case r.source.Feed != "":
		return r.feed(ctx)
	case r.source.Sitemap != "":
		return r.sitemap(ctx)
	}
	items := make([]web.Item, len(r.source.Pages))
	for i, p := range r.source.Pages {
		items[i].URL = p
	}
	return r.articles(ctx, items, "")
}

// fail reports that something of the source could not be read; it is tried again in the next run.
func (r *reading) fail(item string, code string, err error) {
	r.report.Failed++
	r.fetcher.failed(Failure{Stage: "fetch", Source: r.source.Name, Item: item, Code: code, Detail: err.Error()})
}

func (f *fetcher) failed(x Failure) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.report.Failures = append(f.report.Failures, x)
	f.see.Failed(x)
}

// keep archives documents and then the states of the locations they came from, in this order, now or with the next ones.
func (r *reading) keep(ctx context.Context, docs []corpus.Fetched, states ...corpus.FetchState) error {
	r.docs, r.states = append(r.docs, docs...), append(r.states, states...)
	for _, d := range docs {
		r.size += len(d.Document.Text) + len(d.Raw)
	}
	if len(r.docs)+len(r.states) < 2*keepDocuments && r.size < keepBytes {
		return nil
	}
	return r.flush(ctx)
}

func (r *reading) flush(ctx context.Context) error {
	results, err := r.corpus.Put(ctx, r.docs)
	if err != nil {
		return err
	}
	states := r.states
	r.docs, r.states, r.size = nil, nil, 0
	r.mu.Lock()
	for _, got := range results {
		switch got {
		case corpus.Added:
			r.fetcher.report.Fetched.Added++
		case corpus.Changed:
			r.fetcher.report.Fetched.Changed++
		case corpus.Returned:
			r.fetcher.report.Fetched.Returned++
		default:
			r.fetcher.report.Fetched.Unchanged++
		}
	}
	r.mu.Unlock()
	for range results {
		r.see.Fetched(r.source.Name)
	}
	return r.corpus.SetFetchStates(ctx, states)
}

// gone tells the corpus that a document is no longer at a location.
func (r *reading) gone(ctx context.Context, id, location string) error {
	before, after, err := r.corpus.Gone(ctx, id, location, r.now, time.Duration(r.config.Grace))
	if errors.Is(err, corpus.ErrNotFound) {
		return nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case after == corpus.Missing:
		r.fetcher.report.Fetched.Missing++
	case after == corpus.Withdrawn && before != after:
		r.fetcher.report.Fetched.Withdrawn++
	}
	return err
}

// takes reports whether a document goes into the corpus: by the source's word filters, unless it is there already, for a
// correction must not be missed because it no longer holds a word.
func (r *reading) takes(ctx context.Context, doc schema.Document) (bool, error) {
	if r.source.keeps(doc.Title, doc.Text) {
		return true, nil
	}
	info, err := r.corpus.Info(ctx, doc.ID)
	switch {
	case errors.Is(err, corpus.ErrNotFound), err == nil && info.State == corpus.Withdrawn:
		r.report.Filtered++
		return false, nil
	}
	return err == nil, err
}

// at lists the documents that were read from a location.
func (r *reading) at(ctx context.Context, location string) ([]string, error) {
	var ids []string
	for info, err := range r.corpus.List(ctx, corpus.Filter{Source: r.source.Name, Location: location}) {
		if err != nil {
			return nil, err
		}
		ids = append(ids, info.ID)
	}
	return ids, nil
}
