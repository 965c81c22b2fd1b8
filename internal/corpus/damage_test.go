package corpus

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/entente-kg/entente/schema"
)

// closed is the path of a closed archive of n documents.
func closed(t *testing.T, n int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "corpus.db")
	c, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	var docs []Fetched
	for i := range n {
		// Texts that do not compress, so that they fill pages.
		docs = append(docs, doc(fmt.Sprintf("d%04d", i), strings.Repeat(schema.ContentHash(fmt.Sprint(i), ""), 4)+schema.ContentHash("x", fmt.Sprint(i))))
	}
	put(t, c, docs...)
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// damage rewrites a file.
func damage(t *testing.T, path string, f func([]byte) []byte) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, f(b), 0o644); err != nil {
		t.Fatal(err)
	}
}

func salvaged(t *testing.T, path string) (docs map[string]schema.Document, failed int) {
	t.Helper()
	docs = map[string]schema.Document{}
	for d, err := range Salvage(t.Context(), path) {
		if err != nil {
			failed++
			continue
		}
		if _, twice := docs[d.ID]; twice {
			t.Errorf("%s came twice", d.ID)
		}
		docs[d.ID] = d
	}
	return docs, failed
}

func TestDamageIsToldAndSalvaged(t *testing.T) {
	const n = 600
	for name, c := range map[string]struct {
		damage func([]byte) []byte
		least  int // documents that must come back
	}{
		"header overwritten": {func(b []byte) []byte { copy(b, make([]byte, 100)); return b }, n},
		"magic overwritten":  {func(b []byte) []byte { copy(b, "not a database"); return b }, n},
		"cut within a page":  {func(b []byte) []byte { return b[:len(b)-1000] }, n - 40},
		"cut in half":        {func(b []byte) []byte { return b[:len(b)/2] }, 50},
		"pages overwritten": {func(b []byte) []byte {
			for i := len(b) / 2; i < len(b)/2+2*pageSize; i++ {
				b[i] = 0x5a
			}
			return b
		}, n / 2},
		"emptied": {func([]byte) []byte { return nil }, 0},
	} {
		path := closed(t, n)
		damage(t, path, c.damage)
		a, err := Open(t.Context(), path)
		if err == nil {
			a.Close()
		}
		if !errors.Is(err, ErrCorrupt) || !strings.Contains(err.Error(), "entente corpus salvage") || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: opened with %v", name, err)
		}
		before, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		docs, failed := salvaged(t, path)
		if len(docs) < c.least || len(docs) < n && failed == 0 {
			t.Errorf("%s: %d documents saved, want at least %d; %d failures told", name, len(docs), c.least, failed)
		}
		for id, d := range docs {
			if d.Outlet != "試験" || d.Published != "2025-03-01" || len(d.Text) != 5*64 {
				t.Errorf("%s: %s came back as %+v", name, id, d)
				break
			}
		}
		if after, _ := os.ReadFile(path); string(after) != string(before) {
			t.Errorf("%s: salvaging changed the file", name)
		}
		if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".salvage*")); len(left) > 0 {
			t.Errorf("%s: %v is left", name, left)
		}
	}
}

func TestSalvageLeavesOutWhatIsWithdrawnOrOld(t *testing.T) {
	path := filepath.Join(t.TempDir(), "corpus.db")
	c, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	put(t, c, doc("a", "一"), doc("b", "二"), doc("c", "三"))
	put(t, c, doc("a", "一、改"))
	if err := c.Withdraw(t.Context(), []string{"b"}); err != nil {
		t.Fatal(err)
	}
	// The process was killed: what it wrote is in the WAL.
	got, failed := salvaged(t, path)
	if len(got) != 2 || got["a"].Text != "一、改" || got["c"].Text != "三" || failed != 0 {
		t.Errorf("%v, %d failures", got, failed)
	}
	c.Close()
}

func TestAWALThatIsGoneOrBroken(t *testing.T) {
	for name, wal := range map[string]func(path string) error{
		"gone":   os.Remove,
		"broken": func(path string) error { return os.WriteFile(path, make([]byte, 8192), 0o644) },
		"cut": func(path string) error {
			info, err := os.Stat(path)
			if err != nil {
				return err
			}
			return os.Truncate(path, info.Size()-5000)
		},
	} {
		from := closed(t, 50)
		c, err := Open(t.Context(), from)
		if err != nil {
			t.Fatal(err)
		}
		var docs []Fetched
		for i := range 50 {
			docs = append(docs, doc(fmt.Sprintf("e%02d", i), strings.Repeat("新しい記事。", i)))
		}
		for _, d := range docs {
			put(t, c, d)
		}
		// A copy of the files as a killed process leaves them.
		path := filepath.Join(t.TempDir(), "corpus.db")
		for _, suffix := range []string{"", "-wal", closedSuffix} {
			if err := copyFile(from+suffix, path+suffix); err != nil {
				t.Fatal(err)
			}
		}
		c.Close()
		if err := wal(path + "-wal"); err != nil {
			t.Fatal(err)
		}
		c, err = Open(t.Context(), path)
		if err != nil {
			// Whether a checkpoint was under way decides which of the two it is: told, or an older state that is whole.
			if !errors.Is(err, ErrCorrupt) {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		for i := range 50 {
			if _, err := c.Document(t.Context(), fmt.Sprintf("d%04d", i), 0); err != nil {
				t.Errorf("%s: an older document: %v", name, err)
			}
		}
		for _, r := range put(t, c, docs...) {
			if r != Added && r != Unchanged {
				t.Errorf("%s: fetched again: %v", name, r)
			}
		}
		if s, err := c.Stats(t.Context()); err != nil || s.Documents != 100 {
			t.Errorf("%s: %+v, %v", name, s, err)
		}
		c.Close()
	}
}

func TestTheWholeFileIsReadOnlyWhenItWasTouched(t *testing.T) {
	path := closed(t, 10)
	c := &Corpus{path: path}
	if untouched, emptied := c.sinceClose(); !untouched || emptied {
		t.Errorf("as it was closed: untouched %v, emptied %v", untouched, emptied)
	}
	damage(t, path, func(b []byte) []byte { return b })
	if untouched, _ := c.sinceClose(); untouched {
		t.Error("a file that was written to counts as untouched")
	}
	if a, err := Open(t.Context(), path); err != nil {
		t.Fatal(err)
	} else if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if untouched, _ := c.sinceClose(); !untouched {
		t.Error("a file that was checked and closed does not count as untouched")
	}
	// Moved away with its note left behind: an empty file of a process that was killed at once is no damage.
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if _, emptied := c.sinceClose(); emptied {
		t.Error("a file that is not there counts as emptied")
	}
	if err := os.WriteFile(path, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	a, err := Open(t.Context(), path)
	if err != nil {
		t.Fatalf("an empty file: %v", err)
	}
	a.Close()
}

// TestDamageThatShowsLater reads a page that went bad behind the back of the check.
func TestDamageThatShowsLater(t *testing.T) {
	path := closed(t, 600)
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	damage(t, path, func(b []byte) []byte {
		for i := 2 * pageSize; i < len(b)-pageSize; i++ {
			b[i] = 0x5a
		}
		return b
	})
	if err := os.Chtimes(path, info.ModTime(), info.ModTime()); err != nil {
		t.Fatal(err)
	}
	c, err := Open(t.Context(), path)
	if err == nil {
		defer c.Close()
		_, err = c.Document(t.Context(), "d0300", 0)
	}
	if !errors.Is(err, ErrCorrupt) {
		t.Errorf("%v", err)
	}
}
