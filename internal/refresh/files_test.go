package refresh

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/entente-kg/entente/graph/memory"
)

func remove(t *testing.T, path ...string) {
	t.Helper()
	if err := os.Remove(filepath.Join(path...)); err != nil {
		t.Fatal(err)
	}
}

func TestALineThatGoesIsForgottenAfterTheGrace(t *testing.T) {
	both := `{"id":"1","text":"JPN meets KOR。"}` + "\n" + `{"id":"2","text":"JPN meets USA。"}` + "\n"
	dir := folder(t, map[string]string{"d.jsonl": both, "e.jsonl": `{"id":"3","text":"CHN meets USA。"}`})
	r := newRig(t, Source{Name: "lines", Path: dir})
	r.run()
	put(t, dir, "d.jsonl", `{"id":"1","text":"JPN meets KOR。"}`)
	for i, step := range []struct {
		after                         time.Duration
		missing, withdrawn, retracted int
	}{{0, 1, 0, 0}, {time.Hour, 1, 0, 0}, {71 * time.Hour, 0, 1, 1}, {time.Hour, 0, 0, 0}} {
		r.now = r.now.Add(step.after)
		if x := r.run(); x.Fetched.Missing != step.missing || x.Fetched.Withdrawn != step.withdrawn || x.Retracted != step.retracted {
			t.Errorf("run %d: %+v, %d retracted", i, x.Fetched, x.Retracted)
		}
	}
	put(t, dir, "d.jsonl", both)
	if x := r.run(); x.Fetched.Returned != 1 || x.Loaded != 1 {
		t.Errorf("back: %+v", x)
	}
}

func TestADocumentThatMovesToAnotherFile(t *testing.T) {
	one, two := `{"id":"1","text":"JPN meets KOR。"}`+"\n", `{"id":"2","text":"JPN meets USA。"}`+"\n"
	for name, to := range map[string]string{"to one that is read before": "archive.jsonl", "to one that is read after": "older.jsonl"} {
		dir := folder(t, map[string]string{"current.jsonl": one + two})
		r := newRig(t, Source{Name: "lines", Path: dir})
		r.run()
		put(t, dir, to, one)
		put(t, dir, "current.jsonl", two)
		for range 2 {
			if x := r.run(); x.Fetched.Missing != 0 || x.Fetched.Added+x.Fetched.Changed != 0 {
				t.Errorf("%s: %+v", name, x.Fetched)
			}
			r.now = r.now.Add(100 * time.Hour)
		}
		// Now it goes for good.
		remove(t, dir, to)
		r.run()
		r.now = r.now.Add(100 * time.Hour)
		if x := r.run(); x.Fetched.Withdrawn != 1 || x.Retracted != 1 {
			t.Errorf("%s, and away: %+v", name, x)
		}
	}
}

func TestAFolderThatIsEmptyAllAtOnce(t *testing.T) {
	dir := folder(t, map[string]string{"a.txt": "JPN meets KOR。", "b.txt": "JPN meets USA。"})
	r := newRig(t, Source{Name: "local", Path: dir})
	r.run()
	remove(t, dir, "a.txt")
	remove(t, dir, "b.txt")
	for range 2 {
		if x := r.run(); len(x.Failures) != 1 || x.Fetched.Missing+x.Fetched.Withdrawn != 0 {
			t.Errorf("%+v", x)
		}
		r.now = r.now.Add(100 * time.Hour)
	}
	empty := newRig(t, Source{Name: "local", Path: t.TempDir()})
	if x := empty.run(); len(x.Failures) != 0 {
		t.Errorf("a folder that never held a file: %+v", x.Failures)
	}
}

func TestFilesOfOneNameAreDocumentsOfTheirOwn(t *testing.T) {
	dir := folder(t, map[string]string{"2024/a.txt": "JPN meets KOR。", "2025/a.txt": "JPN meets USA。", "a.txt": "JPN meets CHN。"})
	for path, want := range map[string]int{dir: 3, filepath.Join(dir, "*", "a.txt"): 2, filepath.Join(dir, "20*"): 2, filepath.Join(dir, "a.txt"): 1} {
		r := newRig(t, Source{Name: "local", Path: path})
		if x := r.run(); x.Fetched.Added != want || x.Loaded != want {
			t.Errorf("%s: %+v", path, x.Fetched)
		}
	}
}

func TestChangedSettingsAreApplied(t *testing.T) {
	dir := folder(t, map[string]string{"a.txt": "JPN meets KOR。", "b.txt": "CHN meets USA。"})
	r := newRig(t, Source{Name: "local", Path: dir, None: []string{"CHN"}})
	if x := r.run(); x.Loaded != 1 {
		t.Fatalf("%+v", x)
	}
	r.job.Config.Sources[0].None, r.job.Config.Sources[0].Published = nil, "2025-02-02"
	if x := r.run(); x.Fetched.Added != 1 || x.Fetched.Changed != 1 || x.Loaded != 2 {
		t.Errorf("with another date and filter: %+v", x.Fetched)
	}
	if x := r.run(); x.Sources[0].NotModified != 2 {
		t.Errorf("again: %+v", x.Sources)
	}
}

// TestALostGraphComesBack rebuilds what the graph does not hold: all of it, or what a backup lacks.
func TestALostGraphComesBack(t *testing.T) {
	dir := folder(t, map[string]string{"a.txt": "JPN meets KOR。", "b.txt": "JPN meets USA。"})
	r := newRig(t, Source{Name: "local", Path: dir})
	r.run()
	backup := r.store
	r.store = memory.New(nil)
	r.job.Offline, r.job.Rebuild, r.job.All = true, true, true
	if x := r.run(); x.Loaded != 2 {
		t.Errorf("a lost graph: %+v", x)
	}
	if x := r.run(); x.Loaded != 0 {
		t.Errorf("the same command once more: %+v", x)
	}
	want := dump(t, r.store)
	r.store = backup
	if x := r.run(); x.Loaded != 0 || dump(t, r.store) != want {
		t.Errorf("a graph that holds everything: %+v", x)
	}
}
