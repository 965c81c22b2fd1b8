package corpus

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/entente-kg/entente/schema"
)

var noon = time.Date(2025, 3, 1, 12, 0, 0, 0, time.UTC)

func open(t *testing.T) *Corpus {
	t.Helper()
	c, err := Open(t.Context(), filepath.Join(t.TempDir(), "a ?#folder", "corpus.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

func doc(id, text string) Fetched {
	return Fetched{Document: schema.Document{ID: id, Text: text, Outlet: "試験", Published: "2025-03-01"}, Source: "folder", Retrieved: noon,
		Raw: []byte("<p>" + text), Media: "text/html"}
}

func put(t *testing.T, c *Corpus, docs ...Fetched) []PutResult {
	t.Helper()
	r, err := c.Put(t.Context(), docs)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func pending(t *testing.T, c *Corpus) []string {
	t.Helper()
	var ids []string
	for i, err := range c.List(t.Context(), Filter{Pending: true}) {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, i.ID)
	}
	return ids
}

func TestPutKeepsVersions(t *testing.T) {
	c := open(t)
	if r := put(t, c, doc("a", "外相が会談した。"), doc("a2", "別の記事。")); r[0] != Added || r[1] != Added {
		t.Fatalf("new documents: %v", r)
	}
	if r := put(t, c, doc("a", "外相が会談した。")); r[0] != Unchanged {
		t.Errorf("the same text: %v", r)
	}
	if r := put(t, c, doc("a", "外相が会談しなかった。")); r[0] != Changed {
		t.Errorf("another text: %v", r)
	}
	for version, want := range map[int]string{0: "外相が会談しなかった。", 1: "外相が会談した。", 2: "外相が会談しなかった。"} {
		f, err := c.Document(t.Context(), "a", version)
		if err != nil || f.Document.Text != want || string(f.Raw) != "<p>"+want || !f.Retrieved.Equal(noon) {
			t.Errorf("version %d: %+v, %v", version, f, err)
		}
	}
	if _, err := c.Document(t.Context(), "a", 3); !errors.Is(err, ErrNotFound) {
		t.Errorf("version 3: %v", err)
	}
	if _, err := c.Document(t.Context(), "b", 0); !errors.Is(err, ErrNotFound) {
		t.Errorf("unknown document: %v", err)
	}
}

func TestADocumentIsPendingUntilTheGraphHoldsIt(t *testing.T) {
	c, ctx := open(t), t.Context()
	put(t, c, doc("a", "一"), doc("b", "二"))
	hash := schema.ContentHash("", "一")
	finish := func(o Outcome) {
		t.Helper()
		if err := c.Finish(ctx, noon, []Outcome{o}); err != nil {
			t.Fatal(err)
		}
	}
	finish(Outcome{ID: "a", Hash: hash, Extractor: "v1", Code: Loaded})
	finish(Outcome{ID: "b", Code: LoadFailed, Detail: "no server"})
	if got := pending(t, c); fmt.Sprint(got) != "[b]" {
		t.Errorf("after one load: %v", got)
	}
	// It changes while an older text of it is being loaded.
	put(t, c, doc("a", "一、改"))
	finish(Outcome{ID: "a", Hash: hash, Extractor: "v1", Code: Loaded})
	if got := pending(t, c); fmt.Sprint(got) != "[a b]" {
		t.Errorf("after a change: %v", got)
	}
	finish(Outcome{ID: "a", Hash: schema.ContentHash("", "一、改"), Extractor: "v1", Code: Loaded})
	if n, err := c.Renew(ctx, "v1"); n != 0 || err != nil {
		t.Errorf("the same extractor renews %d, %v", n, err)
	}
	if n, err := c.Renew(ctx, "v2"); n != 1 || err != nil {
		t.Errorf("another extractor renews %d, %v", n, err)
	}
}

func TestGoneAfterAGrace(t *testing.T) {
	c, ctx := open(t), t.Context()
	put(t, c, doc("a", "一"))
	if err := c.Finish(ctx, noon, []Outcome{{ID: "a", Hash: schema.ContentHash("", "一"), Code: Loaded}}); err != nil {
		t.Fatal(err)
	}
	gone := func(after time.Duration) State {
		t.Helper()
		_, s, err := c.Gone(ctx, "a", "", noon.Add(after), 48*time.Hour)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	if s := gone(0); s != Missing || len(pending(t, c)) != 0 {
		t.Errorf("at first: %s, pending %v", s, pending(t, c))
	}
	if s := gone(47 * time.Hour); s != Missing {
		t.Errorf("within the grace: %s", s)
	}
	if s := gone(48 * time.Hour); s != Withdrawn || len(pending(t, c)) != 1 {
		t.Errorf("after the grace: %s, pending %v", s, pending(t, c))
	}
	if err := c.Finish(ctx, noon, []Outcome{{ID: "a", Code: Retracted}}); err != nil || len(pending(t, c)) != 0 {
		t.Errorf("retracted: %v, pending %v", err, pending(t, c))
	}
	if r := put(t, c, doc("a", "一")); r[0] != Returned || len(pending(t, c)) != 1 {
		t.Errorf("back again: %v, pending %v", r, pending(t, c))
	}
	if _, _, err := c.Gone(ctx, "x", "", noon, 0); !errors.Is(err, ErrNotFound) {
		t.Errorf("unknown: %v", err)
	}
}

func TestListPages(t *testing.T) {
	c := open(t)
	var docs []Fetched
	for i := range 2*page + 7 {
		docs = append(docs, doc(fmt.Sprintf("d%05d", i), "文"))
	}
	put(t, c, docs...)
	for limit, want := range map[int]int{0: 2*page + 7, page: page, page + 1: page + 1, 3: 3} {
		n, last := 0, ""
		for i, err := range c.List(t.Context(), Filter{Limit: limit}) {
			if err != nil {
				t.Fatal(err)
			}
			if i.ID <= last {
				t.Fatalf("%s after %s", i.ID, last)
			}
			n, last = n+1, i.ID
		}
		if n != want {
			t.Errorf("limit %d: %d documents, want %d", limit, n, want)
		}
	}
	s, err := c.Stats(t.Context())
	if err != nil || s.Documents != 2*page+7 || s.Pending != s.Documents || s.Sources["folder"] != s.Documents || s.Bytes == 0 {
		t.Errorf("stats %+v, %v", s, err)
	}
}

func TestOpenTellsDamage(t *testing.T) {
	for name, content := range map[string]string{
		"not SQLite": "これはデータベースではない。" + string(make([]byte, 4096)),
		"truncated":  "SQLite format 3\x00garbage",
	} {
		path := filepath.Join(t.TempDir(), "corpus.db")
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(t.Context(), path); !errors.Is(err, ErrCorrupt) {
			t.Errorf("%s: %v", name, err)
		}
	}
	c := open(t)
	for i := range 300 {
		put(t, c, doc(fmt.Sprint(i), fmt.Sprint("本文", i)))
	}
	if _, err := c.db.Exec("PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		t.Fatal(err)
	}
	c.Close()
	b, err := os.ReadFile(c.Path())
	if err != nil {
		t.Fatal(err)
	}
	for i := 3 * 4096; i < 8*4096; i++ {
		b[i] = 0x5a
	}
	if err := os.WriteFile(c.Path(), b, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), c.Path()); !errors.Is(err, ErrCorrupt) {
		t.Errorf("overwritten pages: %v", err)
	}
}

func TestFetchStates(t *testing.T) {
	c, ctx := open(t), t.Context()
	s := FetchState{Location: "http://localhost/a", Source: "folder", ETag: `"1"`, Modified: "Sat, 01 Mar 2025 12:00:00 GMT", Size: 7, Status: 200, Fetched: stamp(noon)}
	if err := c.SetFetchStates(ctx, []FetchState{s}); err != nil {
		t.Fatal(err)
	}
	s.Status, s.Failures = 500, 1
	if err := c.SetFetchStates(ctx, []FetchState{s}); err != nil {
		t.Fatal(err)
	}
	if got, err := c.FetchState(ctx, s.Location); err != nil || got != s {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err := c.FetchState(ctx, "http://localhost/b"); err != nil || got != (FetchState{Location: "http://localhost/b"}) {
		t.Errorf("never fetched: %+v, %v", got, err)
	}
}

func TestADocumentThatMoved(t *testing.T) {
	c, ctx := open(t), t.Context()
	at := func(location, source, outlet string) Fetched {
		f := doc("a", "一")
		f.Location, f.Source, f.Document.Outlet = location, source, outlet
		return f
	}
	put(t, c, at("old.jsonl", "folder", "試験"))
	put(t, c, at("new.jsonl", "folder", "試験"))
	if _, s, err := c.Gone(ctx, "a", "old.jsonl", noon, 0); s != Live || err != nil {
		t.Errorf("gone from where it no longer is: %s, %v", s, err)
	}
	// Another source that lists it makes no version of it.
	if r := put(t, c, at("https://b", "other", "別の社")); r[0] != Unchanged {
		t.Errorf("of another source: %v", r)
	}
	if i, err := c.Info(ctx, "a"); err != nil || i.Version != 1 || i.Outlet != "試験" || i.Source != "other" || i.Location != "https://b" {
		t.Errorf("%+v, %v", i, err)
	}
	if r := put(t, c, at("https://b", "other", "別の社")); r[0] != Changed {
		t.Errorf("the same source names another outlet: %v", r)
	}
}

func TestReconcile(t *testing.T) {
	c, ctx := open(t), t.Context()
	hash := func(text string) string { return schema.ContentHash("", text) }
	put(t, c, doc("held", "一"), doc("older", "二"), doc("otherwise", "三"), doc("lost", "四"), doc("withdrawn", "五"), doc("forgotten", "六"))
	if err := c.Withdraw(ctx, []string{"withdrawn", "forgotten"}); err != nil {
		t.Fatal(err)
	}
	var all []Outcome
	for _, id := range []string{"held", "older", "otherwise", "lost"} {
		i, err := c.Info(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, Outcome{ID: id, Hash: i.Hash, Extractor: "v1", Code: Loaded})
	}
	if err := c.Finish(ctx, noon, append(all, Outcome{ID: "withdrawn", Code: Retracted}, Outcome{ID: "forgotten", Code: Retracted})); err != nil {
		t.Fatal(err)
	}
	graph := func(yield func(Held, error) bool) {
		for _, h := range []Held{{"foreign", "x", "v1"}, {"held", hash("一"), "v1"}, {"older", hash("older"), "v1"}, {"otherwise", hash("三"), "v0"}, {"withdrawn", hash("五"), "v1"}} {
			if !yield(h, nil) {
				return
			}
		}
	}
	for range 2 { // it can be done again
		if n, err := c.Reconcile(ctx, "v1", graph); n != 4 || err != nil {
			t.Errorf("%d, %v", n, err)
		}
		if got := pending(t, c); fmt.Sprint(got) != "[lost older otherwise withdrawn]" {
			t.Errorf("pending: %v", got)
		}
	}
	if n, err := c.Pending(ctx); n != 4 || err != nil {
		t.Errorf("%d pending, %v", n, err)
	}
	broken := errors.New("no server")
	if _, err := c.Reconcile(ctx, "v1", func(yield func(Held, error) bool) { yield(Held{}, broken) }); !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
	if n, err := c.Reconcile(ctx, "v1", graph); n != 4 || err != nil {
		t.Errorf("after a broken one: %d, %v", n, err)
	}
}

func TestSettingsThatChangeForgetTheValidators(t *testing.T) {
	c, ctx := open(t), t.Context()
	states := []FetchState{{Location: "a", Source: "one", Modified: "1", ETag: "e", Fetched: "x"}, {Location: "b", Source: "two", Modified: "1"}}
	if err := c.SetFetchStates(ctx, states); err != nil {
		t.Fatal(err)
	}
	for i, step := range []struct {
		value    string
		changed  bool
		modified string
	}{{"first", false, "1"}, {"first", false, "1"}, {"second", true, ""}, {"second", false, ""}} {
		changed, err := c.Settings(ctx, "one", step.value)
		if err != nil || changed != step.changed {
			t.Errorf("step %d: %v, %v", i, changed, err)
		}
		var got []FetchState
		for s, err := range c.FetchStates(ctx, "one", false) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, s)
		}
		if len(got) != 1 || got[0].Modified != step.modified || got[0].Fetched != "x" {
			t.Errorf("step %d: %+v", i, got)
		}
	}
	if s, err := c.FetchState(ctx, "b"); err != nil || s.Modified != "1" {
		t.Errorf("another source's: %+v, %v", s, err)
	}
}
