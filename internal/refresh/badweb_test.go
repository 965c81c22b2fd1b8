package refresh

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/internal/corpus"
	"golang.org/x/text/encoding/japanese"
)

// TestTheBadWeb reads one feed whose articles misbehave in every way, and expects of each what a careful reader would do.
func TestTheBadWeb(t *testing.T) {
	var mu sync.Mutex
	asked := map[string]int{}
	page := func(a, b string) string { return article("題", a+" meets "+b+"。") }
	encoded := func(enc interface{ String(string) (string, error) }, s string) string {
		out, err := enc.String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	bomb := func() []byte {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		z.Write(make([]byte, 32<<20))
		z.Close()
		return b.Bytes()
	}()
	bare := func(s string) string { return strings.Replace(s, `<meta charset="utf-8">`, "", 1) }
	type answer func(w http.ResponseWriter, r *http.Request, n int)
	body := func(media, s string) answer {
		return func(w http.ResponseWriter, _ *http.Request, _ int) {
			w.Header().Set("Content-Type", media)
			fmt.Fprint(w, s)
		}
	}
	routes := map[string]answer{
		"/good":  body("text/html; charset=utf-8", page("JPN", "KOR")),
		"/sjis":  body("text/html; charset=Shift_JIS", encoded(japanese.ShiftJIS.NewEncoder(), bare(page("JPN", "USA")))),
		"/eucjp": body("text/html", encoded(japanese.EUCJP.NewEncoder(), strings.Replace(page("JPN", "CHN"), "utf-8", "EUC-JP", 1))),
		"/jis":   body("text/html", encoded(japanese.ISO2022JP.NewEncoder(), bare(page("JPN", "IND")))),
		"/wrong": body("text/html; charset=utf-8", encoded(japanese.ShiftJIS.NewEncoder(), bare(page("JPN", "FRA")))), // says UTF-8
		"/pdf":   body("application/pdf", "%PDF-1.7"),
		"/empty": body("text/html", "<html></html>"),
		"/gone":  func(w http.ResponseWriter, _ *http.Request, _ int) { w.WriteHeader(http.StatusGone) },
		"/front": func(w http.ResponseWriter, r *http.Request, _ int) { http.Redirect(w, r, "/", http.StatusFound) },
		"/":      body("text/html", page("CHN", "KOR")), // the front page
		"/moved": func(w http.ResponseWriter, r *http.Request, _ int) {
			http.Redirect(w, r, "/there", http.StatusMovedPermanently)
		},
		"/there": body("text/html", page("JPN", "GBR")),
		"/loop":  func(w http.ResponseWriter, r *http.Request, _ int) { http.Redirect(w, r, "/loop2", http.StatusFound) },
		"/loop2": func(w http.ResponseWriter, r *http.Request, _ int) { http.Redirect(w, r, "/loop", http.StatusFound) },
		"/inside": func(w http.ResponseWriter, r *http.Request, _ int) {
			http.Redirect(w, r, "http://10.0.0.1/", http.StatusFound)
		},
		"/error":      func(w http.ResponseWriter, _ *http.Request, _ int) { w.WriteHeader(http.StatusInternalServerError) },
		"/huge":       func(w http.ResponseWriter, _ *http.Request, _ int) { w.Write(make([]byte, 2<<20)) },
		"/disallowed": body("text/html", page("CHN", "FRA")),
		"/robots.txt": body("text/plain", "User-agent: *\nDisallow: /disallowed\n"),
		"/slow":       func(_ http.ResponseWriter, r *http.Request, _ int) { <-r.Context().Done() },
		"/cut": func(w http.ResponseWriter, _ *http.Request, _ int) {
			w.Header().Set("Content-Length", "9000")
			fmt.Fprint(w, "<html>")
			panic(http.ErrAbortHandler)
		},
		"/bomb": func(w http.ResponseWriter, _ *http.Request, _ int) {
			w.Header().Set("Content-Encoding", "gzip")
			w.Write(bomb)
		},
		"/flaky": func(w http.ResponseWriter, _ *http.Request, n int) {
			oneFailure(w, n, http.StatusBadGateway, page("JPN", "ITA"))
		},
		"/busy": func(w http.ResponseWriter, _ *http.Request, n int) {
			oneFailure(w, n, http.StatusTooManyRequests, page("JPN", "DEU"))
		},
		"/unchanging":  func(w http.ResponseWriter, r *http.Request, _ int) { tagged(w, r, page("JPN", "CAN")) },
		"/datedinmeta": body("text/html", strings.Replace(page("JPN", "AUS"), "<head>", `<head><meta property="article:published_time" content="2025-02-03T04:05:06+09:00">`, 1)),
	}
	order := slices.Sorted(maps.Keys(routes))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		asked[r.URL.Path]++
		n := asked[r.URL.Path]
		mu.Unlock()
		if r.URL.Path == "/feed" {
			var items strings.Builder
			for _, path := range order {
				switch path {
				case "/", "/there", "/loop2", "/robots.txt":
					continue
				}
				// Each twice, once with a fragment; a date on every other one.
				date := "<pubDate>Sat, 01 Mar 2025 09:30:00 +0900</pubDate>"
				if len(path)%2 == 0 {
					date = ""
				}
				fmt.Fprintf(&items, "<item><title>題</title><link>%s</link>%s</item><item><link>%s#top</link></item>", path, date, path)
			}
			fmt.Fprintf(w, `<?xml version="1.0"?><rss version="2.0"><channel><title>悪い新聞</title>%s<item><title>住所なし</title></item></channel></rss>`, &items)
			return
		}
		if f, ok := routes[r.URL.Path]; ok {
			f(w, r, n)
			return
		}
		http.NotFound(w, r)
	}))
	defer server.Close()
	r := newRig(t, Source{Name: "paper", Feed: server.URL + "/feed", Published: "2025-03-05"})
	r.config.Fetch.Timeout = Duration(700 * time.Millisecond)
	r.job.Config = r.config
	x := r.run()
	got := map[string]string{}
	for _, f := range x.Failures {
		got[strings.TrimPrefix(f.Item, server.URL)] = f.Code
	}
	want := map[string]string{
		"/pdf": "media-type", "/empty": "article", "/gone": "gone", "/front": "gone", "/loop": "redirects", "/inside": "forbidden-address", "/error": "status",
		"/huge": "too-large", "/disallowed": "robots", "/slow": "timeout", "/cut": "network", "/bomb": "too-large",
	}
	if !maps.Equal(got, want) {
		t.Errorf("failures %v, want %v", got, want)
	}
	if len(x.Failures) != len(want) || x.Sources[0].Failed != len(want) || x.Sources[0].Listed != len(routes)-4 {
		t.Errorf("each address once: %d failures, %+v", len(x.Failures), x.Sources[0])
	}
	c, err := corpus.Open(t.Context(), r.config.Corpus)
	if err != nil {
		t.Fatal(err)
	}
	dates := map[string]string{}
	for i, err := range c.List(t.Context(), corpus.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		dates[strings.TrimPrefix(i.ID, server.URL)] = i.Published
	}
	c.Close()
	const feed, fallback = "2025-03-01T09:30:00+09:00", "2025-03-05"
	wantDates := map[string]string{
		"/good": feed, "/sjis": feed, "/eucjp": fallback, "/jis": fallback, "/wrong": fallback, "/there": fallback, "/flaky": fallback, "/busy": feed,
		"/unchanging": feed, "/datedinmeta": "2025-02-03T04:05:06+09:00",
	}
	if !maps.Equal(dates, wantDates) {
		t.Errorf("documents and dates %v, want %v", dates, wantDates)
	}
	if x.Loaded != len(wantDates) || x.Graph.Statements.Added != len(wantDates) {
		t.Errorf("%d loaded with %d statements, want one each of %d", x.Loaded, x.Graph.Statements.Added, len(wantDates))
	}
	if x = r.run(); x.Fetched.Added+x.Fetched.Changed != 0 || x.Loaded != 0 || x.Sources[0].NotModified != 1 {
		t.Errorf("again: %+v", x)
	}
}

func oneFailure(w http.ResponseWriter, n, status int, page string) {
	if n == 1 {
		w.Header().Set("Retry-After", "0")
		w.WriteHeader(status)
		return
	}
	fmt.Fprint(w, page)
}

func tagged(w http.ResponseWriter, r *http.Request, page string) {
	w.Header().Set("ETag", `"1"`)
	if r.Header.Get("If-None-Match") == `"1"` {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	fmt.Fprint(w, page)
}

func TestAFeedWithMoreThanARunReads(t *testing.T) {
	pages := map[string]string{}
	var links []string
	for i := range 7 {
		path := fmt.Sprint("/", i)
		pages[path] = article("題", fmt.Sprintf("JPN meets K%02d。", i))
		links = append(links, path)
	}
	pages["/feed"] = feed(links...)
	r := newRig(t, Source{Name: "paper", Feed: newNewspaper(t, pages).URL + "/feed", Max: 3})
	for i, want := range []int{3, 3, 1, 0} {
		if x := r.run(); x.Fetched.Added != want || len(x.Failures) != 0 {
			t.Errorf("run %d read %d new articles, want %d: %+v", i, x.Fetched.Added, want, x.Failures)
		}
	}
}

func TestASitemapWhoseIndexStaysAsItWas(t *testing.T) {
	n := newNewspaper(t, map[string]string{
		"/index.xml": `<sitemapindex><sitemap><loc>/one.xml</loc></sitemap><sitemap><loc>/broken.xml</loc></sitemap></sitemapindex>`,
		"/one.xml":   `<urlset><url><loc>/1</loc></url></urlset>`, "/broken.xml": "500",
		"/1": article("一", "JPN meets KOR。"), "/2": article("二", "JPN meets USA。"),
	})
	r := newRig(t, Source{Name: "map", Sitemap: n.URL + "/index.xml"})
	if x := r.run(); x.Fetched.Added != 1 || !slices.Equal(x.failedItems(), []string{"status"}) {
		t.Errorf("first: %+v", x)
	}
	n.set("/one.xml", `<urlset><url><loc>/1</loc></url><url><loc>/2</loc></url></urlset>`)
	n.set("/broken.xml", `<urlset></urlset>`)
	if x := r.run(); x.Fetched.Added != 1 || len(x.Failures) != 0 {
		t.Errorf("a new article: %+v", x)
	}
}

func TestADeadHostIsToldOnce(t *testing.T) {
	dead := httptest.NewServer(http.NotFoundHandler())
	at := dead.URL
	dead.Close()
	var links []string
	for i := range 50 {
		links = append(links, fmt.Sprint(at, "/", i))
	}
	n := newNewspaper(t, map[string]string{"/feed": feed(links...)})
	r := newRig(t, Source{Name: "paper", Feed: n.URL + "/feed"})
	for range 2 * maxFailures {
		x := r.run()
		if !slices.Equal(x.failedItems(), []string{"unavailable"}) || x.Sources[0].Failed != 50 {
			t.Fatalf("%d failures told of %d: %v", len(x.Failures), x.Sources[0].Failed, x.failedItems())
		}
	}
}

func TestADeadLinkIsLeftAlone(t *testing.T) {
	n := newNewspaper(t, map[string]string{"/feed": feed("/dead")})
	r := newRig(t, Source{Name: "paper", Feed: n.URL + "/feed"})
	for i := range maxFailures + 2 {
		want := 1
		if i >= maxFailures {
			want = 0
		}
		if x := r.run(); len(x.Failures) != want {
			t.Errorf("run %d: %v", i, x.failedItems())
		}
	}
}

func TestTwoSourcesOfOneArticle(t *testing.T) {
	n := newNewspaper(t, map[string]string{"/robots.txt": ""})
	plain := strings.Replace(article("一", "JPN meets KOR。"), `<meta property="og:site_name" content="試験新聞">`, "", 1)
	n.Server.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { // without validators
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		fmt.Fprint(w, plain)
	})
	r := newRig(t, Source{Name: "politics", Pages: []string{n.URL + "/1"}, Outlet: "政治面"}, Source{Name: "world", Pages: []string{n.URL + "/1"}, Outlet: "国際面"})
	r.run()
	for i := range 3 {
		if x := r.run(); x.Fetched.Changed != 0 || x.Fetched.Unchanged != 2 || x.Loaded != 0 {
			t.Errorf("run %d: %+v", i, x.Fetched)
		}
	}
}

func TestACorrectionOutsideTheFilters(t *testing.T) {
	n := newNewspaper(t, map[string]string{
		"/feed": feed("/1", "/2"), "/1": article("一", "外相 meets KOR。"), "/2": article("二", "JPN meets USA。"),
	})
	r := newRig(t, Source{Name: "paper", Feed: n.URL + "/feed", Any: []string{"外相"}})
	if x := r.run(); x.Fetched.Added != 1 || x.Sources[0].Filtered != 1 {
		t.Errorf("first: %+v", x)
	}
	n.set("/1", article("一", "訂正。"))
	if x := r.run(); x.Fetched.Changed != 1 || x.Digest.Counts.Retracted != 1 {
		t.Errorf("the correction no longer holds the word: %+v", x)
	}
}

// picky refuses documents by id.
type picky struct {
	graph.Store
	refuses func(id string) bool
}

var errPicky = errors.New("this document breaks an index")

func (p picky) Apply(ctx context.Context, c graph.Change) (graph.Summary, error) {
	for _, x := range c.Put {
		if p.refuses(x.Source.ID) {
			return graph.Summary{}, errPicky
		}
	}
	return p.Store.Apply(ctx, c)
}

func (picky) Close(context.Context) error { return nil }

func TestADocumentThatTheGraphRefuses(t *testing.T) {
	files := map[string]string{}
	for i := range batchDocuments + 20 {
		files[fmt.Sprintf("%03d.txt", i)] = fmt.Sprintf("JPN meets K%02d。", i%70)
	}
	r := newRig(t, Source{Name: "local", Path: folder(t, files)})
	r.job.Store = func(context.Context) (graph.Store, error) {
		return picky{r.store, func(id string) bool { return id == "local/007" || id == "local/050" }}, nil
	}
	x := r.run()
	if x.Loaded != batchDocuments+18 || x.Pending != 2 || !slices.Equal(x.failedItems(), []string{"load-failed", "load-failed"}) || x.Failures[0].Item != "local/007" {
		t.Errorf("loaded %d, pending %d, failures %v", x.Loaded, x.Pending, x.Failures)
	}
	// One that refuses everything is not asked for every document.
	r = newRig(t, Source{Name: "local", Path: folder(t, files)})
	calls := 0
	r.job.Store = func(context.Context) (graph.Store, error) {
		return picky{r.store, func(string) bool { calls++; return true }}, nil
	}
	if _, err := r.job.Run(t.Context()); !errors.Is(err, errPicky) || calls != 1+maxRefused {
		t.Errorf("%v after %d calls", err, calls)
	}
	// Nor is one that is down.
	calls = 0
	r.job.Unreachable = func(err error) bool { return errors.Is(err, errPicky) }
	if _, err := r.job.Run(t.Context()); !errors.Is(err, errPicky) || calls != 1 {
		t.Errorf("%v after %d calls", err, calls)
	}
}
