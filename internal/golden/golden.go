// Package golden compares what a test draws with the file that holds what it should draw. It is for tests only.
package golden

import (
	"os"
	"strings"
	"testing"
)

// Check compares got with the file at path and names the first line that differs; with rewrite it makes got the file's content.
func Check(t testing.TB, path, got string, rewrite bool) {
	t.Helper()
	if rewrite {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v: run the test with -update to make it", err)
	}
	if got == string(want) {
		return
	}
	g, w := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range g {
		if i >= len(w) || g[i] != w[i] {
			line := ""
			if i < len(w) {
				line = w[i]
			}
			t.Fatalf("%s:%d:\n got %s\nwant %s\n(-update rewrites)", path, i+1, g[i], line)
		}
	}
	t.Fatalf("%s has %d lines, got %d (-update rewrites)", path, len(w), len(g))
}
