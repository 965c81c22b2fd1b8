package refresh

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/memory"
	"github.com/entente-kg/entente/internal/corpus"
	"github.com/entente-kg/entente/schema"
)

// reader is an Extractor for tests: each sentence "A meets B" of countries by code is a statement. A text with the word
// DEFECT cannot be read.
type reader struct{ version string }

func (r reader) Version() string { return r.version }

func (r reader) Extract(_ context.Context, doc schema.Document) (schema.Extraction, error) {
	x := schema.Extraction{Source: schema.Source{
		ID: doc.ID, URL: doc.URL, Outlet: doc.Outlet, Published: doc.Published, Title: doc.Title,
		Hash: schema.ContentHash(doc.Title, doc.Text), Extractor: r.version,
	}}
	if strings.Contains(doc.Text, "DEFECT") {
		return x, errors.New("a defect of the test's own")
	}
	country := func(code string) schema.Argument {
		return schema.Argument{ID: "country/" + code, Type: schema.Country, Name: code, NameJa: code, Mention: code}
	}
	for i, sentence := range strings.Split(doc.Text, "。") {
		a, b, ok := strings.Cut(strings.TrimSpace(sentence), " meets ")
		if !ok {
			continue
		}
		s := schema.Statement{
			Document: doc.ID, Sentence: i, Subject: country(a), Relation: "meets", Object: country(b), Polarity: schema.Affirmed,
			Modality: schema.Actual, Status: schema.StatusActual, Confidence: 0.9, Text: sentence, Part: schema.PartText,
		}
		if r.version == "v2" {
			s.Relation = "calls"
		}
		s.ID = schema.StatementID(s)
		x.Statements = append(x.Statements, s)
	}
	return x, nil
}

// rig is a corpus, a graph and a clock for one test.
type rig struct {
	t      *testing.T
	config Config
	store  *memory.Store
	job    Job
	now    time.Time
}

// kept does not let a run close the store.
type kept struct{ graph.Store }

func (kept) Close(context.Context) error { return nil }

func newRig(t *testing.T, sources ...Source) *rig {
	t.Helper()
	r := &rig{t: t, store: memory.New(nil), now: time.Date(2025, 3, 1, 12, 0, 0, 0, time.UTC)}
	r.config = Config{dir: t.TempDir(), Sources: sources, Fetch: Fetch{
		Allow: []string{"127.0.0.0/8"}, Interval: -1, Backoff: Duration(time.Millisecond), Retries: 1, Timeout: Duration(2 * time.Second), MaxBytes: 1 << 20,
	}}
	r.config.EnsureDefaults()
	if err := r.config.Validate(); err != nil {
		t.Fatal(err)
	}
	r.job = Job{Config: r.config, Extract: reader{"v1"}, Clock: func() time.Time { return r.now },
		Store: func(context.Context) (graph.Store, error) { return kept{r.store}, nil }}
	return r
}

func (r *rig) run() *Report {
	r.t.Helper()
	report, err := r.job.Run(r.t.Context())
	if err != nil {
		r.t.Fatal(err)
	}
	return report
}

func dump(t *testing.T, s graph.Store) string {
	t.Helper()
	var b bytes.Buffer
	if err := s.Dump(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		put(t, dir, name, text)
	}
	return dir
}

// stamped gives each write another time of modification, whatever the file system's resolution.
var stamped = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)

func put(t *testing.T, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	stamped = stamped.Add(time.Second)
	if err := os.Chtimes(path, stamped, stamped); err != nil {
		t.Fatal(err)
	}
}

func TestAFolderThatChanges(t *testing.T) {
	dir := folder(t, map[string]string{"a.txt": "JPN meets KOR。", "sub/a.txt": "JPN meets USA。", "b.txt": "CHN meets USA。DEFECT"})
	r := newRig(t, Source{Name: "local", Path: dir})
	first := r.run()
	if first.Fetched.Added != 3 || first.Loaded != 2 || len(first.Failures) != 1 || first.Failures[0].Item != "local/b" || first.Pending != 1 {
		t.Errorf("first run: %+v", first)
	}
	if second := r.run(); second.Sources[0].NotModified != 3 || second.Loaded != 0 || second.Graph.Documents.Added+second.Graph.Statements.Added != 0 {
		t.Errorf("nothing changed: %+v", second)
	}
	put(t, dir, "b.txt", "CHN meets USA。")
	put(t, dir, "a.txt", "JPN meets PRK。")
	third := r.run()
	if third.Fetched.Changed != 2 || third.Loaded != 2 || third.Digest.Counts.Added != 2 || third.Digest.Counts.Retracted != 1 ||
		!slices.Contains(third.Digest.Entities, "PRK") || third.Pending != 0 {
		t.Errorf("two changed: %+v", third)
	}
	// A file that goes is forgotten after the grace, and back when it is back.
	if err := os.Remove(filepath.Join(dir, "a.txt")); err != nil {
		t.Fatal(err)
	}
	if x := r.run(); x.Fetched.Missing != 1 || x.Retracted != 0 {
		t.Errorf("just gone: %+v", x)
	}
	r.now = r.now.Add(73 * time.Hour)
	if x := r.run(); x.Fetched.Withdrawn != 1 || x.Retracted != 1 || x.Digest.Counts.Retracted != 1 {
		t.Errorf("gone for good: %+v", x)
	}
	put(t, dir, "a.txt", "JPN meets PRK。")
	if x := r.run(); x.Fetched.Returned != 1 || x.Loaded != 1 {
		t.Errorf("back: %+v", x)
	}
	var text strings.Builder
	if err := third.Write(&text); err != nil || !strings.Contains(text.String(), "+ JPN → meets → PRK [actual] local/a") {
		t.Errorf("digest: %v\n%s", err, &text)
	}
}

func (s *Report) failedItems() (items []string) {
	for _, f := range s.Failures {
		items = append(items, f.Code)
	}
	return items
}

func TestJSONLinesThatComeAndGo(t *testing.T) {
	dir := folder(t, map[string]string{"d.jsonl": `{"id":"1","text":"JPN meets KOR。"}` + "\n" + `{"id":"2","text":"JPN meets USA。"}`})
	r := newRig(t, Source{Name: "lines", Path: filepath.Join(dir, "*.jsonl"), Any: []string{"meets"}, None: []string{"CHN"}})
	r.run()
	put(t, dir, "d.jsonl", `{"id":"1","text":"JPN meets KOR。"}`+"\n{broken\n"+`{"id":"3","text":"CHN meets USA。"}`)
	x := r.run()
	if x.Fetched.Unchanged != 1 || x.Fetched.Missing != 0 || x.Sources[0].Failed != 1 || x.Sources[0].Filtered != 1 {
		t.Errorf("with a broken line: %+v", x)
	}
	put(t, dir, "d.jsonl", `{"id":"1","text":"JPN meets KOR。"}`)
	if x := r.run(); x.Fetched.Missing != 1 {
		t.Errorf("mended: %+v", x)
	}
}

func TestANewExtractorReadsEverythingAgain(t *testing.T) {
	dir := folder(t, map[string]string{"a.txt": "JPN meets KOR。", "b.txt": "JPN meets USA。"})
	r := newRig(t, Source{Name: "local", Path: dir})
	r.run()
	r.job.Extract, r.job.Rebuild, r.job.Offline = reader{"v2"}, true, true
	if x := r.run(); x.Loaded != 2 || x.Digest.Counts.Added != 2 || x.Digest.Counts.Retracted != 2 {
		t.Errorf("rebuild: %+v", x)
	}
	fresh := newRig(t, Source{Name: "local", Path: dir})
	fresh.job.Extract = reader{"v2"}
	fresh.run()
	if a, b := dump(t, r.store), dump(t, fresh.store); a != b {
		t.Errorf("a rebuilt graph is not the graph of a new build:\n%s\n---\n%s", a, b)
	}
}

func TestNothingIsLostWhileTheGraphIsDown(t *testing.T) {
	dir := folder(t, map[string]string{"a.txt": "JPN meets KOR。", "b.txt": "JPN meets USA。"})
	r := newRig(t, Source{Name: "local", Path: dir})
	down := errors.New("no server")
	up := r.job.Store
	r.job.Store = func(context.Context) (graph.Store, error) { return nil, down }
	report, err := r.job.Run(t.Context())
	if !errors.Is(err, down) || report.Fetched.Added != 2 || report.Pending != 2 {
		t.Fatalf("%+v, %v", report, err)
	}
	r.job.Store = up
	if x := r.run(); x.Loaded != 2 || x.Sources[0].NotModified != 2 || x.Pending != 0 {
		t.Errorf("up again: %+v", x)
	}
}

func TestOneRunAtATime(t *testing.T) {
	r := newRig(t, Source{Name: "local", Path: folder(t, map[string]string{"a.txt": "JPN meets KOR。"})})
	unlock, err := Lock(r.config.Corpus)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.job.Run(t.Context()); !errors.Is(err, ErrRunning) {
		t.Errorf("a second run: %v", err)
	}
	unlock()
	r.run()
}

// flaky fails after a number of calls, as if the process were killed there: before or after the graph has committed.
type flaky struct {
	graph.Store
	left  int
	after bool
}

var errKilled = errors.New("killed")

func (f *flaky) Apply(ctx context.Context, c graph.Change) (graph.Summary, error) {
	f.left--
	if f.left >= 0 {
		return f.Store.Apply(ctx, c)
	}
	if f.after {
		if _, err := f.Store.Apply(ctx, c); err != nil {
			return graph.Summary{}, err
		}
	}
	return graph.Summary{}, errKilled
}

func (f *flaky) Close(context.Context) error { return nil }

func TestAnInterruptedRunIsTakenUp(t *testing.T) {
	files := map[string]string{}
	for i := range 3*batchDocuments + 10 {
		files[fmt.Sprintf("%03d.txt", i)] = fmt.Sprintf("JPN meets K%02d。", i%70)
	}
	dir := folder(t, files)
	whole := newRig(t, Source{Name: "local", Path: dir})
	whole.run()
	want := dump(t, whole.store)
	for calls := range 4 {
		for _, after := range []bool{false, true} {
			r := newRig(t, Source{Name: "local", Path: dir})
			up := r.job.Store
			r.job.Store = func(context.Context) (graph.Store, error) { return &flaky{r.store, calls, after}, nil }
			if _, err := r.job.Run(t.Context()); !errors.Is(err, errKilled) {
				t.Fatalf("call %d: %v", calls, err)
			}
			r.job.Store = up
			if x := r.run(); x.Pending != 0 {
				t.Errorf("call %d, committed %v: %d pending", calls, after, x.Pending)
			}
			if dump(t, r.store) != want {
				t.Errorf("call %d, committed %v: another graph than that of an undisturbed run", calls, after)
			}
		}
	}
}

// newspaper is a web server with articles that a test changes.
type newspaper struct {
	*httptest.Server
	mu    sync.Mutex
	pages map[string]string // path → body; "" is gone, "500" a failure
	asked map[string]int
}

func newNewspaper(t *testing.T, pages map[string]string) *newspaper {
	n := &newspaper{pages: pages, asked: map[string]int{}}
	n.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n.mu.Lock()
		defer n.mu.Unlock()
		n.asked[r.URL.Path]++
		body, ok := n.pages[r.URL.Path]
		switch {
		case !ok:
			http.NotFound(w, r)
		case body == "":
			w.WriteHeader(http.StatusGone)
		case body == "500":
			w.WriteHeader(http.StatusInternalServerError)
		default:
			tag := `"` + schema.ContentHash("", body)[:12] + `"`
			w.Header().Set("ETag", tag)
			if r.Header.Get("If-None-Match") == tag {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			fmt.Fprint(w, body)
		}
	}))
	t.Cleanup(n.Close)
	return n
}

func (n *newspaper) set(path, body string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.pages[path] = body
}

func article(title, text string) string {
	return fmt.Sprintf(`<html lang="ja"><head><meta charset="utf-8"><meta property="og:title" content="%s"><meta property="og:site_name" content="試験新聞"></head>
<body><article><h1>%s</h1><p>%s</p><p>%s</p></article></body></html>`, title, title, text, strings.Repeat("この段落は記事の長さを本物らしくするために置かれている。", 6))
}

func feed(links ...string) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><rss version="2.0"><channel><title>試験新聞</title>`)
	for _, l := range links {
		fmt.Fprintf(&b, "<item><title>t</title><link>%s</link></item>", l)
	}
	return b.String() + "</channel></rss>"
}

func TestAFeedWithItsArticles(t *testing.T) {
	n := newNewspaper(t, map[string]string{
		"/feed": feed("/1", "/1#again", "/2", "/broken", "/empty"),
		"/1":    article("一", "JPN meets KOR。"), "/2": article("二", "JPN meets USA。"), "/broken": "500", "/empty": "<html></html>",
	})
	r := newRig(t, Source{Name: "paper", Feed: n.URL + "/feed"})
	x := r.run()
	if x.Fetched.Added != 2 || x.Loaded != 2 || x.Sources[0].Listed != 4 || !slices.Equal(x.failedItems(), []string{"status", "article"}) {
		t.Fatalf("first run: %+v", x)
	}
	// Nothing changed, but what failed is tried again.
	n.set("/broken", article("三", "CHN meets USA。"))
	x = r.run()
	if x.Fetched.Added != 1 || x.Sources[0].NotModified != 3 || x.Loaded != 1 {
		t.Errorf("second run: %+v", x)
	}
	// One is corrected, one withdrawn, although the feed is as it was.
	n.set("/1", article("一", "JPN meets PRK。"))
	n.set("/2", "")
	x = r.run()
	if x.Fetched.Changed != 1 || x.Fetched.Missing != 1 || x.Digest.Counts.Retracted != 1 {
		t.Errorf("third run: %+v", x)
	}
	r.now = r.now.Add(80 * time.Hour)
	if x = r.run(); x.Fetched.Withdrawn != 1 || x.Retracted != 1 {
		t.Errorf("after the grace: %+v", x)
	}
	// Long after, old articles are left alone.
	r.now = r.now.Add(1000 * time.Hour)
	n.mu.Lock()
	clear(n.asked)
	n.mu.Unlock()
	r.run()
	if n.asked["/1"] != 0 || n.asked["/feed"] != 1 {
		t.Errorf("asked long after: %v", n.asked)
	}
}

func TestASitemapOfSitemaps(t *testing.T) {
	n := newNewspaper(t, map[string]string{
		"/index.xml": `<sitemapindex><sitemap><loc>/one.xml</loc></sitemap><sitemap><loc>/index.xml</loc></sitemap></sitemapindex>`,
		"/one.xml":   `<urlset><url><loc>/1</loc></url><url><loc>http://127.0.0.2/x</loc></url></urlset>`,
		"/1":         article("一", "JPN meets KOR。"),
	})
	r := newRig(t, Source{Name: "map", Sitemap: n.URL + "/index.xml"}, Source{Name: "page", Pages: []string{n.URL + "/1"}})
	if x := r.run(); x.Fetched.Added+x.Fetched.Unchanged+x.Fetched.Changed < 1 || x.Loaded != 1 {
		t.Errorf("%+v", x)
	}
}

func TestDryRunWritesNothing(t *testing.T) {
	dir := folder(t, map[string]string{"a.txt": "JPN meets KOR。"})
	r := newRig(t, Source{Name: "local", Path: dir})
	up := r.job.Store
	r.job.Store = func(context.Context) (graph.Store, error) { return nil, errors.New("down") }
	if _, err := r.job.Run(t.Context()); err == nil {
		t.Fatal("no error")
	}
	r.job.Store, r.job.DryRun = up, true
	if x := r.run(); x.Digest.Counts.Added != 1 || x.Pending != 1 || x.Loaded != 0 {
		t.Errorf("%+v", x)
	}
	if empty := dump(t, memory.New(nil)); dump(t, r.store) != empty {
		t.Error("a dry run wrote")
	}
}

func TestParseConfig(t *testing.T) {
	c, err := ParseConfig("/etc/entente/entente.yaml", []byte("sources:\n  - name: a\n    path: news\ngrace: 48h\nfetch:\n  interval: 5s\n"))
	if err != nil || c.Sources[0].Path != "/etc/entente/news" || c.Corpus != "/etc/entente/corpus.db" || time.Duration(c.Grace) != 48*time.Hour {
		t.Errorf("%+v, %v", c, err)
	}
	for text, want := range map[string]string{
		"sources: []\n":                                            "at least one",
		"sources:\n  - name: a\n":                                  "exactly one of",
		"sources:\n  - {name: a, path: x, feed: y}\n":              "exactly one of",
		"sources:\n  - {name: a, path: x}\n  - {name: a, path: y}": "taken",
		"sources:\n  - {name: a, pth: x}\n":                        "pth",
		"sources:\n  - {name: a, path: x}\ngrace: soon\n":          "soon",
		"sources:\n  - {name: a, path: x}\nminConfidence: 2\n":     "0 to 1",
		"sources:\n  - {name: a, path: x}\nfetch: {allow: [here]}": "here",
	} {
		if _, err := ParseConfig("entente.yaml", []byte(text)); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "entente.yaml") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestRunTellsOfADamagedCorpus(t *testing.T) {
	r := newRig(t, Source{Name: "local", Path: t.TempDir()})
	if err := os.WriteFile(r.config.Corpus, []byte(strings.Repeat("no database ", 999)), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := r.job.Run(t.Context()); !errors.Is(err, corpus.ErrCorrupt) {
		t.Errorf("%v", err)
	}
}
