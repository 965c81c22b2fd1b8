package main

import (
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/entente-kg/entente/internal/localdb/localdbtest"
)

// statementsOf is what entente extract prints of documents 1 to n.
func statementsOf(t *testing.T, n int) string {
	t.Helper()
	r := entente(t, strings.Join(jsonl(n), "\n"), "extract", "-", "--format", "records")
	if r.code != exitDone {
		t.Fatal(r.stderr)
	}
	return r.stdout
}

func TestDrawWithoutNeo4j(t *testing.T) {
	records := statementsOf(t, 2)
	fromRecords := entente(t, records, "draw", "-")
	if fromRecords.code != exitDone || !strings.Contains(fromRecords.stdout, "トーマス・キヴィ") {
		t.Fatalf("status %d, %s, %.200s", fromRecords.code, fromRecords.stderr, fromRecords.stdout)
	}
	if fromDocuments := entente(t, strings.Join(jsonl(2), "\n"), "draw", "-"); fromDocuments.stdout != fromRecords.stdout {
		t.Errorf("documents are drawn another way than their records: %.300s %s", fromDocuments.stdout, fromDocuments.stderr)
	}
	file := filepath.Join(t.TempDir(), "picture.png")
	if r := entente(t, records, "draw", "-", "-o", file, "--entity", "ラトビア"); r.code != exitDone {
		t.Fatal(r.stderr)
	}
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := png.Decode(f); err != nil {
		t.Error(err)
	}
}

func TestDrawRefuses(t *testing.T) {
	records := statementsOf(t, 1)
	for _, c := range []struct {
		name string
		args []string
		says string
	}{
		{"an unknown entity", []string{"--entity", "キヴ"}, "トーマス・キヴィ"},
		{"an unknown relation", []string{"--relation", "greets"}, "greets"},
		{"an unknown status", []string{"--status", "sure"}, "threatened"},
		{"a day that is none", []string{"--from", "10/27"}, "2025-10-27"},
		{"nothing to draw", []string{"--from", "2031-01-01"}, "nothing to draw"},
		{"a format", []string{"--format", "gif"}, "svg, png or dot"},
		{"a format by its ending", []string{"-o", "x.jpeg"}, "svg, png or dot"},
		{"a layout", []string{"--layout", "round"}, "neato"},
		{"a query without a graph", []string{"--query", "RETURN 1"}, "give no files"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := entente(t, records, append([]string{"draw", "-"}, c.args...)...)
			if r.code != exitUsage || !strings.Contains(r.stderr, c.says) || r.stdout != "" {
				t.Errorf("status %d, %q does not say %q", r.code, r.stderr, c.says)
			}
		})
	}
}

func TestDrawFromNeo4j(t *testing.T) {
	db := localdbtest.Fresh(t)
	if r := with(t, db, strings.Join(jsonl(2), "\n"), "build", "-"); r.code != exitDone {
		t.Fatal(r.stderr)
	}
	dump := with(t, db, "", "dump").stdout
	whole := with(t, db, "", "draw")
	if whole.code != exitDone || !strings.Contains(whole.stdout, "<svg") {
		t.Fatalf("status %d, %s", whole.code, whole.stderr)
	}
	if r := entente(t, dump, "draw", "-"); r.stdout != whole.stdout {
		t.Errorf("the dump is drawn another way: %s", r.stderr)
	}
	for query, edges := range map[string]string{
		"MATCH (:Official)-[r:MEETS]-(:Official) RETURN r":    `class="edge"`,
		"MATCH p = (:Official)-[:MEETS]-(:Official) RETURN p": `class="edge"`,
		"MATCH (n:Official) RETURN collect(n)":                `class="edge"`,
	} {
		r := with(t, db, "", "draw", "--query", query)
		if r.code != exitDone || strings.Count(r.stdout, edges) != 1 {
			t.Errorf("%s: status %d, %d edges, want the one meeting; %s", query, r.code, strings.Count(r.stdout, edges), r.stderr)
		}
	}
	if r := with(t, db, "", "draw", "--query", "MATCH (n) RETURN n.name"); r.code != exitUsage || !strings.Contains(r.stderr, "return them or a path") {
		t.Errorf("a query of properties: status %d, %s", r.code, r.stderr)
	}
}
