package refresh

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/entente-kg/entente/internal/corpus"
	"github.com/entente-kg/entente/internal/source"
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
			r := &reading{fetcher: f, source: s, report: &f.report.Sources[i], seen: map[string]bool{}}
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
	seen   map[string]bool // locations read in this run
	fresh  int             // articles read that the corpus did not have

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

// gone tells the corpus that a document is no longer where it was.
func (r *reading) gone(ctx context.Context, id string) error {
	state, err := r.corpus.Gone(ctx, id, r.now, time.Duration(r.config.Grace))
	if errors.Is(err, corpus.ErrNotFound) {
		return nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	switch state {
	case corpus.Missing:
		r.fetcher.report.Fetched.Missing++
	case corpus.Withdrawn:
		r.fetcher.report.Fetched.Withdrawn++
	}
	return err
}

func (r *reading) feed(ctx context.Context) error {
	page, state, err := r.get(ctx, r.source.Feed)
	if err != nil || page == nil {
		return errors.Join(err, r.articles(ctx, nil, ""))
	}
	feed, err := web.ReadFeed(*page)
	if err != nil {
		r.fail(r.source.Feed, "feed", err)
		return r.articles(ctx, nil, "")
	}
	if err := r.articles(ctx, feed.Items, feed.Title); err != nil {
		return err
	}
	return r.keep(ctx, nil, state)
}

// sitemapDepth bounds how deep an index of sitemaps may nest, sitemapFiles how many are read.
const (
	sitemapDepth = 2
	sitemapFiles = 50
)

func (r *reading) sitemap(ctx context.Context) error {
	type level struct {
		at    string
		depth int
	}
	var (
		queue  = []level{{r.source.Sitemap, 0}}
		items  []web.Item
		states []corpus.FetchState
		outlet string
	)
	for n := 0; len(queue) > 0 && n < sitemapFiles; n++ {
		at := queue[0]
		queue = queue[1:]
		page, state, err := r.get(ctx, at.at)
		if err != nil {
			return err
		}
		if page == nil {
			continue
		}
		feed, more, err := web.ReadSitemap(*page)
		if err != nil {
			r.fail(at.at, "sitemap", err)
			continue
		}
		states = append(states, state)
		items = append(items, feed.Items...)
		if outlet == "" {
			outlet = feed.Title
		}
		for _, m := range more {
			if at.depth < sitemapDepth {
				queue = append(queue, level{m, at.depth + 1})
			}
		}
	}
	if err := r.articles(ctx, items, outlet); err != nil {
		return err
	}
	return r.keep(ctx, nil, states...)
}

// get reads a location conditionally. The page is nil when it is as it was, or could not be read (which is then reported);
// the state is to be stored once what the page gave is in the corpus.
func (r *reading) get(ctx context.Context, at string) (*web.Page, corpus.FetchState, error) {
	state, err := r.corpus.FetchState(ctx, at)
	if err != nil {
		return nil, state, err
	}
	state.Source = r.source.Name
	page, err := r.client.Get(ctx, at, state.ETag, state.Modified)
	switch {
	case ctx.Err() != nil:
		return nil, state, ctx.Err()
	case err != nil:
		r.fail(at, string(web.KindOf(err)), err)
		return nil, state, r.failedState(ctx, state, err)
	case page.NotModified:
		r.report.NotModified++
		return nil, state, nil
	}
	state.ETag, state.Modified, state.Size, state.Status = page.ETag, page.Modified, int64(len(page.Body)), 200
	state.Fetched, state.Failures, state.Detail = r.now.UTC().Format(time.RFC3339), 0, ""
	return &page, state, nil
}

func (r *reading) failedState(ctx context.Context, s corpus.FetchState, err error) error {
	s.Failures++
	s.Detail = err.Error()
	s.Fetched = r.now.UTC().Format(time.RFC3339)
	var e *web.Error
	if errors.As(err, &e) {
		s.Status = e.Status
	}
	return r.corpus.SetFetchStates(ctx, []corpus.FetchState{s})
}

// maxFailures is how often an address that never gave a document is tried before it is left alone.
const maxFailures = 10

// articles reads the listed articles, those that failed before, those young enough to be corrected, and those missing.
func (r *reading) articles(ctx context.Context, items []web.Item, outlet string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	listed := map[string]bool{}
	for _, it := range items {
		listed[it.URL] = true
	}
	r.report.Listed = len(items)
	more := func(at string) {
		if !listed[at] {
			listed[at] = true
			items = append(items, web.Item{URL: at})
		}
	}
	failed, err := r.corpus.FetchStates(ctx, r.source.Name, true)
	if err != nil {
		return err
	}
	for _, s := range failed {
		if s.Failures < maxFailures && s.Location != r.source.Feed && s.Location != r.source.Sitemap {
			more(s.Location)
		}
	}
	since := r.now.Add(-time.Duration(r.config.Recheck)).UTC().Format(time.RFC3339)
	for _, filter := range []corpus.Filter{
		{Source: r.source.Name, Since: since, State: corpus.Live}, {Source: r.source.Name, State: corpus.Missing},
	} {
		for info, err := range r.corpus.List(ctx, filter) {
			if err != nil {
				return err
			}
			if info.Location != "" {
				more(info.Location)
			}
		}
	}
	for _, it := range items {
		if err := r.article(ctx, it, outlet); err != nil {
			return err
		}
	}
	return nil
}

func (r *reading) article(ctx context.Context, it web.Item, outlet string) error {
	if r.seen[it.URL] {
		return nil
	}
	r.seen[it.URL] = true
	state, err := r.corpus.FetchState(ctx, it.URL)
	if err != nil {
		return err
	}
	known := state.Fetched != "" && state.Failures == 0
	if !known {
		if r.fresh >= r.source.Max {
			return nil // the next run goes on
		}
		r.fresh++
	}
	state.Source = r.source.Name
	page, err := r.client.Get(ctx, it.URL, state.ETag, state.Modified)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case web.KindOf(err) == web.Gone:
		ids, listErr := r.at(ctx, it.URL)
		if listErr != nil {
			return listErr
		}
		for _, id := range ids {
			if err := r.gone(ctx, id); err != nil {
				return err
			}
		}
		if len(ids) == 0 {
			r.fail(it.URL, string(web.Gone), err)
			return r.failedState(ctx, state, err)
		}
		// Whatever answers there next is read in full.
		return r.corpus.DropFetchStates(ctx, []string{it.URL})
	case err != nil:
		r.fail(it.URL, string(web.KindOf(err)), err)
		return r.failedState(ctx, state, err)
	case page.NotModified:
		r.report.NotModified++
		return nil
	}
	article, err := web.ReadArticle(page)
	if err != nil {
		r.fail(it.URL, "article", err)
		return r.failedState(ctx, state, err)
	}
	r.report.Read++
	doc := schema.Document{
		ID: article.URL, URL: article.URL, Title: cmp.Or(article.Title, it.Title), Text: article.Text,
		Outlet: cmp.Or(article.Outlet, r.source.Outlet, outlet), Published: cmp.Or(article.Published, it.Published, r.source.Published),
	}
	state.ETag, state.Modified, state.Size, state.Status = page.ETag, page.Modified, int64(len(page.Body)), 200
	state.Fetched, state.Failures, state.Detail = r.now.UTC().Format(time.RFC3339), 0, ""
	if !r.source.keeps(doc.Title, doc.Text) {
		r.report.Filtered++
		return r.keep(ctx, nil, state)
	}
	return r.keep(ctx, []corpus.Fetched{{
		Document: doc, Source: r.source.Name, Location: it.URL, Retrieved: r.now, Raw: page.Body, Media: page.Media,
	}}, state)
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

// files reads the files of a path that are not as they were at the last run, by size and time of modification.
func (r *reading) files(ctx context.Context) error {
	names, err := source.Files(r.source.Path)
	if err != nil {
		r.fail(r.source.Path, "file", err)
		return nil // nothing is withdrawn because a disk is not mounted
	}
	r.report.Listed = len(names)
	before, err := r.corpus.FetchStates(ctx, r.source.Name, false)
	if err != nil {
		return err
	}
	states := make(map[string]corpus.FetchState, len(before))
	for _, s := range before {
		states[s.Location] = s
	}
	for _, name := range names {
		if err := ctx.Err(); err != nil {
			return err
		}
		r.seen[name] = true
		info, err := os.Stat(name)
		if err != nil {
			if !errors.Is(err, fs.ErrNotExist) {
				r.fail(name, "file", err)
			}
			continue
		}
		s := states[name]
		modified := strconv.FormatInt(info.ModTime().UnixNano(), 10)
		if s.Fetched != "" && s.Failures == 0 && s.Modified == modified && s.Size == info.Size() {
			r.report.NotModified++
			continue
		}
		now := corpus.FetchState{Location: name, Source: r.source.Name, Modified: modified, Size: info.Size(), Fetched: r.now.UTC().Format(time.RFC3339)}
		if err := r.file(ctx, name, now); err != nil {
			return err
		}
	}
	// What is no longer there. An unreadable file is not a missing one.
	var dropped []string
	for _, s := range before {
		if r.seen[s.Location] {
			continue
		}
		ids, err := r.at(ctx, s.Location)
		if err != nil {
			return err
		}
		forgotten := true
		for _, id := range ids {
			if err := r.gone(ctx, id); err != nil {
				return err
			}
			if info, err := r.corpus.Info(ctx, id); err == nil && info.State == corpus.Missing {
				forgotten = false // the next run must look again
			}
		}
		if forgotten {
			dropped = append(dropped, s.Location)
		}
	}
	return r.corpus.DropFetchStates(ctx, dropped)
}

func (r *reading) file(ctx context.Context, name string, state corpus.FetchState) error {
	r.report.Read++
	had, err := r.at(ctx, name)
	if err != nil {
		return err
	}
	var (
		docs   []corpus.Fetched
		size   int
		has    = map[string]bool{}
		broken bool
	)
	for doc, err := range source.Open([]string{name}, source.Options{Published: r.source.Published, Outlet: r.source.Outlet}) {
		if err != nil {
			if doc.ID != "" {
				has[r.id(name, doc)] = true
			}
			broken = true
			r.fail(name, "document", err)
			continue
		}
		doc.ID = r.id(name, doc)
		has[doc.ID] = true
		if !r.source.keeps(doc.Title, doc.Text) {
			r.report.Filtered++
			continue
		}
		docs = append(docs, corpus.Fetched{Document: doc, Source: r.source.Name, Location: name, Retrieved: r.now})
		if size += len(doc.Text); size > keepBytes {
			if err := r.keep(ctx, docs); err != nil {
				return err
			}
			docs, size = nil, 0
		}
	}
	if broken {
		state.Failures, state.Detail = 1, "some documents could not be read"
	} else {
		// A document whose line is broken may still be there: only a file that was read in full tells what went.
		for _, id := range had {
			if !has[id] {
				if err := r.gone(ctx, id); err != nil {
					return err
				}
			}
		}
	}
	return r.keep(ctx, docs, state)
}

// id names a document of a file: JSON lines name theirs; a text or page is named by its path below the source's, so that two
// folders may hold files of one name.
func (r *reading) id(name string, doc schema.Document) string {
	if strings.Contains(filepath.Base(name), ".jsonl") || strings.Contains(filepath.Base(name), ".ndjson") {
		return doc.ID
	}
	root := r.source.Path
	if i := strings.IndexAny(root, "*?["); i >= 0 {
		root = filepath.Dir(root[:i] + "x")
	}
	rel, err := filepath.Rel(root, name)
	if err != nil || rel == "." || strings.HasPrefix(rel, "..") {
		rel = filepath.Base(name)
	}
	return fmt.Sprintf("%s/%s", r.source.Name, strings.TrimSuffix(filepath.ToSlash(rel), filepath.Ext(rel)))
}
