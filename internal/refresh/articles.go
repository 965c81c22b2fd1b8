package refresh

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"time"

	"github.com/entente-kg/entente/internal/corpus"
	"github.com/entente-kg/entente/internal/source/web"
	"github.com/entente-kg/entente/schema"
)

func (r *reading) feed(ctx context.Context) error {
	page, state, err := r.list(ctx, r.source.Feed, true)
	if err != nil {
		return err
	}
	var feed web.Feed
	if page != nil {
		if feed, err = web.ReadFeed(*page); err != nil {
			r.fail(r.source.Feed, "feed", err)
			page = nil
		}
	}
	if err := r.articles(ctx, feed.Items, feed.Title); err != nil || page == nil {
		return err
	}
	return r.listed(ctx, state)
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
		seen   = map[string]bool{r.source.Sitemap: true}
		items  []web.Item
		states []corpus.FetchState
		outlet string
	)
	for n := 0; len(queue) > 0 && n < sitemapFiles; n++ {
		at := queue[0]
		queue = queue[1:]
		// An index that is as it was may list sitemaps that are not: only sitemaps of articles get validators.
		page, state, err := r.list(ctx, at.at, true)
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
		if len(more) == 0 {
			states = append(states, state)
		}
		items = append(items, feed.Items...)
		outlet = cmp.Or(outlet, feed.Title)
		for _, m := range more {
			if at.depth < sitemapDepth && !seen[m] {
				seen[m] = true
				queue = append(queue, level{m, at.depth + 1})
			}
		}
	}
	if err := r.articles(ctx, items, outlet); err != nil {
		return err
	}
	return r.listed(ctx, states...)
}

// list reads a feed or sitemap conditionally. The page is nil when it is as it was, or could not be read (which is then
// reported); the state is for listed.
func (r *reading) list(ctx context.Context, at string, _ bool) (*web.Page, corpus.FetchState, error) {
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
		// No state is kept of it: what failed is asked for again as an article.
		r.fail(at, string(web.KindOf(err)), err)
		return nil, state, nil
	case page.NotModified:
		r.report.NotModified++
		return nil, state, nil
	}
	return &page, r.read200(state, page), nil
}

// listed keeps the validators of lists whose articles were all asked for: of a list that was not modified nothing is read.
func (r *reading) listed(ctx context.Context, states ...corpus.FetchState) error {
	if r.left {
		return nil
	}
	return r.keep(ctx, nil, states...)
}

// read200 is the state of a location after an answer in full.
func (r *reading) read200(s corpus.FetchState, p web.Page) corpus.FetchState {
	s.ETag, s.Modified, s.Size, s.Status = p.ETag, p.Modified, int64(len(p.Body)), 200
	s.Fetched, s.Failures, s.Detail = r.now.UTC().Format(time.RFC3339), 0, ""
	return s
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

// maxFailures is in how many runs an address that never gave a document is tried before it is left alone, listed or not: a dead
// link must not make every run of a year one with failures.
const maxFailures = 10

// articles reads the listed articles, those that failed before, those young enough to be corrected, and those missing.
func (r *reading) articles(ctx context.Context, items []web.Item, outlet string) error {
	r.report.Listed = len(items)
	asked := map[string]bool{}
	ask := func(it web.Item) error {
		if asked[it.URL] {
			return nil
		}
		asked[it.URL] = true
		return r.article(ctx, it, outlet)
	}
	// First what the corpus knows, so that a source with more news than Max cannot keep it from being looked at again.
	since := r.now.Add(-time.Duration(r.config.Recheck)).UTC().Format(time.RFC3339)
	listed := make(map[string]web.Item, len(items))
	for _, it := range items {
		listed[it.URL] = it
	}
	for _, filter := range []corpus.Filter{
		{Source: r.source.Name, State: corpus.Missing}, {Source: r.source.Name, Since: since, State: corpus.Live},
	} {
		for info, err := range r.corpus.List(ctx, filter) {
			if err != nil {
				return err
			}
			if info.Location == "" {
				continue
			}
			it, ok := listed[info.Location]
			if !ok {
				it.URL = info.Location
			}
			if err := ask(it); err != nil {
				return err
			}
		}
	}
	for _, it := range items {
		if err := ask(it); err != nil {
			return err
		}
	}
	for s, err := range r.corpus.FetchStates(ctx, r.source.Name, true) {
		if err != nil {
			return err
		}
		if err := ask(web.Item{URL: s.Location}); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func (r *reading) article(ctx context.Context, it web.Item, outlet string) error {
	state, err := r.corpus.FetchState(ctx, it.URL)
	if err != nil {
		return err
	}
	if state.Fetched == "" || state.Failures >= maxFailures {
		ids, err := r.at(ctx, it.URL)
		switch {
		case err != nil:
			return err
		case len(ids) > 0: // it is known
		case state.Failures >= maxFailures:
			return nil
		case r.fresh >= r.source.Max:
			r.left = true
			return nil
		default:
			r.fresh++
		}
	}
	state.Source = r.source.Name
	page, err := r.client.Get(ctx, it.URL, state.ETag, state.Modified)
	if err == nil && toFront(it.URL, page.URL) {
		err = &web.Error{Kind: web.Gone, URL: it.URL, Err: errors.New("it leads to the front page")}
	}
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case web.KindOf(err) == web.Gone:
		return r.goneArticle(ctx, it.URL, state, err)
	case web.KindOf(err) == web.Unavailable:
		return r.unavailable(ctx, state, err)
	case err != nil:
		r.fail(it.URL, string(web.KindOf(err)), err)
		return r.failedState(ctx, state, err)
	case page.NotModified:
		r.report.NotModified++
		if state.Failures == 0 {
			return nil
		}
		state.Failures, state.Detail = 0, ""
		return r.keep(ctx, nil, state)
	}
	article, err := web.ReadArticle(page)
	if err != nil {
		r.fail(it.URL, cmp.Or(string(web.KindOf(err)), "article"), err)
		return r.failedState(ctx, state, err)
	}
	r.report.Read++
	doc := schema.Document{
		ID: article.URL, URL: article.URL, Title: cmp.Or(article.Title, it.Title), Text: article.Text,
		Outlet: cmp.Or(article.Outlet, r.source.Outlet, outlet), Published: cmp.Or(article.Published, it.Published, article.Day, r.source.Published),
	}
	state = r.read200(state, page)
	if ok, err := r.takes(ctx, doc); err != nil {
		return err
	} else if !ok {
		return r.keep(ctx, nil, state)
	}
	return r.keep(ctx, []corpus.Fetched{{
		Document: doc, Source: r.source.Name, Location: it.URL, Retrieved: r.now, Raw: page.Body, Media: page.Media,
	}}, state)
}

// unavailable is an article of a host that is left alone for this run. It is wanted, and was not tried; one of them is told of.
func (r *reading) unavailable(ctx context.Context, state corpus.FetchState, why error) error {
	if !r.told {
		r.told = true
		r.fail(state.Location, string(web.Unavailable), why)
	} else {
		r.report.Failed++
	}
	state.Failures--
	if state.Failures < 0 {
		state.Failures = 0
	}
	return r.failedState(ctx, state, why)
}

// goneArticle is an article that answers 404 or 410.
func (r *reading) goneArticle(ctx context.Context, at string, state corpus.FetchState, why error) error {
	ids, err := r.at(ctx, at)
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		r.fail(at, string(web.Gone), why)
		return r.failedState(ctx, state, why)
	}
	for _, id := range ids {
		if err := r.gone(ctx, id, at); err != nil {
			return err
		}
	}
	// Whatever answers there next is read in full.
	return r.corpus.DropFetchStates(ctx, []string{at})
}

// toFront reports whether an article's address led to a front page: many sites do so with what they deleted.
func toFront(asked, got string) bool {
	a, errA := url.Parse(asked)
	g, errG := url.Parse(got)
	return errA == nil && errG == nil && web.IsFront(g) && !web.IsFront(a)
}
