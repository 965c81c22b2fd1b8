package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/entente-kg/entente/internal/localdb/localdbtest"
)

// TestCurationSurvivesARebuild goes the whole way: two names of one official, the suggestion, the user's file, the graph, and
// the graph built once more.
func TestCurationSurvivesARebuild(t *testing.T) {
	db := localdbtest.Fresh(t)
	connect(t, db)
	dir := t.TempDir()
	articles := filepath.Join(dir, "articles.jsonl")
	save(t, articles, `{"id":"a","published":"2025-03-01","text":"ケニアのアベル・ニヨンガ外相は1日、フランスを訪問した。"}
{"id":"b","published":"2025-03-02","text":"ケニアのニヨンガ外相は2日、ベトナムを訪問した。"}
`)
	build := func(args ...string) {
		t.Helper()
		if code, _, stderr := program(t, append([]string{"build", articles}, args...)...); code != 0 {
			t.Fatal(stderr)
		}
	}
	visitors := func() string {
		t.Helper()
		_, stdout, _ := program(t, "query", "--format", "csv", "MATCH (o:Official)-[:VISITS]->(c) RETURN o.nameJa AS who, c.iso3 AS iso ORDER BY iso")
		return stdout
	}
	build()
	if got := visitors(); got != "who,iso\nアベル・ニヨンガ,FRA\nニヨンガ,VNM\n" {
		t.Fatalf("before: %s", got)
	}
	code, suggestion, stderr := program(t, "entities", "suggest")
	if code != 0 || !strings.Contains(suggestion, "ニヨンガ") {
		t.Fatalf("exit %d: %s %s", code, suggestion, stderr)
	}
	curation := filepath.Join(dir, "curation.yaml")
	save(t, curation, suggestion)
	for range 2 {
		build("--curation", curation)
		if got := visitors(); got != "who,iso\nアベル・ニヨンガ,FRA\nアベル・ニヨンガ,VNM\n" {
			t.Fatalf("with the suggestion taken: %s", got)
		}
	}
	save(t, curation, "merge:\n  - into: x\n    form: [y]\n")
	if code, _, stderr := program(t, "build", articles, "--curation", curation); code != exitUsage || !strings.Contains(stderr, "curation.yaml") {
		t.Errorf("a faulty file: exit %d: %s", code, stderr)
	}
}
