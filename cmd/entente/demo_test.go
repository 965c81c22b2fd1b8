package main

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/entente-kg/entente/internal/localdb/localdbtest"
	"github.com/entente-kg/entente/schema"
)

func TestDemo(t *testing.T) {
	db := localdbtest.Fresh(t)
	r := with(t, db, "", "demo")
	if r.code != exitDone {
		t.Fatalf("status %d: %s", r.code, r.stderr)
	}
	for _, want := range []string{"nodes: ", "edges: ", "1. Who met whom", "2. What is only planned", "3. Which sentences", "demo --remove"} {
		if !strings.Contains(r.stdout, want) {
			t.Errorf("no %q in\n%s", want, r.stdout)
		}
	}
	for _, q := range demoQueries {
		r := with(t, db, "", "query", "--format", "jsonl", q.cypher)
		if rows := strings.Count(r.stdout, "\n"); rows < 2 {
			t.Errorf("%s: %d rows; %s", q.title, rows, r.stderr)
		}
	}
	if r := with(t, db, "", "demo"); !strings.Contains(r.stdout, "this run: nothing new") {
		t.Errorf("a second demo changed the graph:\n%s", r.stdout)
	}
	if r := with(t, db, "", "demo", "--remove"); r.code != exitDone {
		t.Errorf("--remove: status %d, %s", r.code, r.stderr)
	}
	if n := count(t, db, "MATCH (n) WHERE n:Entity OR n:Statement OR n:Document RETURN count(n)"); n != 0 {
		t.Errorf("%d nodes are left after --remove", n)
	}
}

func TestDemoWithoutAnyNeo4j(t *testing.T) {
	t.Setenv("PATH", t.TempDir()) // no Java, no container engine
	t.Setenv("JAVA_HOME", "")
	dir := filepath.Join(t.TempDir(), "out")
	r := entente(t, "", "demo", "-o", dir)
	if r.code != exitDone {
		t.Fatalf("status %d: %s", r.code, r.stderr)
	}
	for _, want := range []string{"no Java", "install Java 17 or newer and Maven", "Docker or Podman", "statements.html"} {
		if !strings.Contains(r.stdout, want) {
			t.Errorf("no %q in\n%s", want, r.stdout)
		}
	}
	lines := 0
	f, err := os.Open(filepath.Join(dir, "statements.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		var s schema.Statement
		if err := json.Unmarshal(in.Bytes(), &s); err != nil || s.ID == "" {
			t.Fatalf("line %d: %v", lines+1, err)
		}
		lines++
	}
	table, err := os.Open(filepath.Join(dir, "statements.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer table.Close()
	rows, err := csv.NewReader(table).ReadAll()
	if err != nil || len(rows) != lines+1 || lines < 50 {
		t.Errorf("%d rows of CSV for %d lines of JSON (%v)", len(rows), lines, err)
	}
	page, err := os.ReadFile(filepath.Join(dir, "statements.html"))
	if err != nil || strings.Count(string(page), "<tr>") != lines+1 {
		t.Errorf("%d rows of HTML for %d lines of JSON (%v)", strings.Count(string(page), "<tr>"), lines, err)
	}
}

func TestTheDemoPageRunsNothing(t *testing.T) {
	var b strings.Builder
	hostile := `<script>alert(1)</script>"><img src=x onerror=alert(1)>`
	err := demoPage.Execute(&b, []schema.Extraction{{Statements: []schema.Statement{{
		Subject: schema.Argument{NameJa: hostile}, Object: schema.Argument{NameJa: hostile}, Relation: hostile, Status: schema.Status(hostile), Text: hostile,
	}}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"<script", "<img", `class=""><`} {
		if strings.Contains(b.String(), bad) {
			t.Errorf("the page holds %s", bad)
		}
	}
}
