package main

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares got with a file, or rewrites that with -update.
func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatalf("%v; make it by: go test ./cmd/entente -update", err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s is not what the program says (-file +program); if that is meant: go test ./cmd/entente -update\n%s", name, d)
	}
}

func TestGeneratedDocsAreCurrent(t *testing.T) {
	for page, file := range map[string]string{"ontology": "ontology.md", "cli": "cli.md", "cookbook": "cookbook.md"} {
		t.Run(page, func(t *testing.T) {
			r := entente(t, "", "docs", page)
			if r.code != exitDone {
				t.Fatal(r.stderr)
			}
			golden(t, filepath.Join("..", "..", "docs", file), r.stdout)
		})
	}
}

func TestTheManualPageIsMade(t *testing.T) {
	r := entente(t, "", "docs", "man")
	if r.code != exitDone || len(r.stdout) < 1000 {
		t.Errorf("status %d, %d bytes: %s", r.code, len(r.stdout), r.stderr)
	}
}

func TestWriteOutputLeavesTheOldFileWhenItFails(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "page.md")
	if err := os.WriteFile(name, []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	if r := entente(t, "", "docs", "ontology", "-o", filepath.Join(dir, "none", "page.md")); r.code != exitFailed {
		t.Errorf("a folder that is not there: status %d, %s", r.code, r.stderr)
	}
	if r := entente(t, "", "docs", "ontology", "--output", name); r.code != exitDone || r.stdout != "" {
		t.Errorf("status %d, stdout %q", r.code, r.stdout)
	}
	if b, _ := os.ReadFile(name); len(b) < 1000 {
		t.Errorf("the page has %d bytes", len(b))
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 1 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
