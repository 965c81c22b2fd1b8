package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/entente-kg/entente/internal/localdb/localdbtest"
)

// onNeo4j is the program with an empty database.
func onNeo4j(t *testing.T) func(t *testing.T, stdin string, args ...string) result {
	t.Helper()
	db := localdbtest.Fresh(t)
	return func(t *testing.T, stdin string, args ...string) result {
		t.Helper()
		t.Setenv("NEO4J_URI", db.URI)
		t.Setenv("NEO4J_USERNAME", db.Username)
		t.Setenv("NEO4J_PASSWORD", db.Password)
		t.Setenv("NEO4J_DATABASE", db.Database)
		var stdout, stderr bytes.Buffer
		code := run(t.Context(), append([]string{"entente"}, args...), strings.NewReader(stdin), &stdout, &stderr)
		return result{code, stdout.String(), stderr.String()}
	}
}

// stated is a line of extract --format jsonl.
func stated(document string, sentence int, subject, relation, object string) string {
	b, _ := json.Marshal(map[string]any{
		"document": document, "sentence": sentence, "text": "両氏が会談した。", "relation": relation,
		"subject":  map[string]any{"id": "official/" + subject, "type": "Official", "name": subject, "nameJa": subject, "mention": subject},
		"object":   map[string]any{"id": "official/" + object, "type": "Official", "name": object, "nameJa": object, "mention": object},
		"polarity": "affirmed", "modality": "actual", "confidence": 0.9, "rule": "r", "extractor": "test",
		"source": map[string]any{"outlet": "甲新聞", "published": "2025-10-27"},
	})
	return string(b)
}

func TestLoadLeavesOutWhatItCannotRead(t *testing.T) {
	entente := onNeo4j(t)
	var lines []string
	for i := range 100 {
		lines = append(lines, stated(fmt.Sprintf("d%d", i/10), i, "甲", "meets", fmt.Sprintf("乙%d", i)))
	}
	lines[16] = `{"document": "d1", "relation": `
	lines[33] = stated("d3", 33, "甲", "likes", "乙")
	lines[77] = stated("d2", 77, "甲", "meets", "乙") // d2 stood further up
	in := filepath.Join(t.TempDir(), "statements.jsonl")
	if err := os.WriteFile(in, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	dry := entente(t, "", "load", in, "--dry-run", "--json")
	if r := entente(t, "", "dump"); dry.code != exitPartial || r.stdout != "" {
		t.Errorf("a dry run ended with %d and wrote %q", dry.code, r.stdout)
	}
	r := entente(t, "", "load", in, "--json")
	if r.code != exitPartial {
		t.Errorf("exit status %d, want %d", r.code, exitPartial)
	}
	for _, want := range []string{in + ":17:", in + ":34:", `"likes" is no relation`, in + ":78:", "stand together"} {
		if !strings.Contains(r.stderr, want) {
			t.Errorf("%q is not in:\n%s", want, r.stderr)
		}
	}
	if !strings.Contains(r.stdout, `"failed":3`) {
		t.Errorf("got %s", r.stdout)
	}
	if n := strings.Count(entente(t, "", "dump").stdout, `"labels":["Statement"]`); n != 97 {
		t.Errorf("%d statements in the graph, want 97", n)
	}
	// Again, from standard input: nothing changes.
	if r = entente(t, strings.Join(lines, "\n"), "load", "-"); !strings.Contains(r.stderr, "documents +0 ~0 -0, 10 unchanged") {
		t.Errorf("a second load: %s", r.stderr)
	}
	if r = entente(t, "", "load", "--withdraw", "d0,d1,unknown", "-q"); r.code != exitDone || r.stdout+r.stderr != "" {
		t.Errorf("withdraw: %+v", r)
	}
	if n := strings.Count(entente(t, "", "dump").stdout, `"labels":["Document"]`); n != 8 {
		t.Errorf("%d documents left, want 8", n)
	}
}

func TestDiffTellsAndWritesNothing(t *testing.T) {
	entente := onNeo4j(t)
	before := stated("a", 1, "甲", "meets", "乙") + "\n" + stated("a", 2, "甲", "calls", "乙") + "\n" + stated("b", 1, "丙", "meets", "丁")
	if r := entente(t, before, "load", "-"); r.code != exitDone {
		t.Fatalf("%+v", r)
	}
	dump := entente(t, "", "dump").stdout
	after := stated("a", 1, "甲", "meets", "乙") + "\n" + stated("a", 3, "甲", "visits", "乙") + "\n" + stated("c", 1, "丙", "calls", "丁")
	r := entente(t, after, "diff", "--statements", "--all", "-")
	want := []string{
		"- a  official/甲 → calls → official/乙 [actual]  両氏が会談した。", "+ a  official/甲 → visits → official/乙 [actual]  両氏が会談した。",
		"+ c  official/丙 → calls → official/丁 [actual]  両氏が会談した。", "- b  official/丙 → meets → official/丁 [actual]  両氏が会談した。",
	}
	if r.code != exitDone || r.stdout != strings.Join(want, "\n")+"\n" {
		t.Errorf("got %+v", r)
	}
	if entente(t, "", "dump").stdout != dump {
		t.Error("diff wrote to the graph")
	}
}

func TestSchemaLeavesOthersAlone(t *testing.T) {
	entente := onNeo4j(t)
	db := localdbtest.Shared(t)
	for _, q := range []string{
		"CREATE CONSTRAINT theirs FOR (x:Theirs) REQUIRE x.id IS UNIQUE",
		"CREATE (:Theirs {id: 1})-[:KNOWS]->(:Document {title: 'theirs'}), (:Entity {id: 'country/XXX'})",
	} {
		if _, err := db.Query(t.Context(), q); err != nil {
			t.Fatal(err)
		}
	}
	if r := entente(t, "", "schema", "show"); !strings.Contains(r.stdout, "missing") {
		t.Errorf("show: %+v", r)
	}
	if r := entente(t, stated("a", 1, "甲", "meets", "乙"), "load", "-"); r.code != exitDone {
		t.Fatalf("load: %+v", r)
	}
	if r := entente(t, "", "schema", "show"); strings.Contains(r.stdout, "missing") || !strings.Contains(r.stdout, "entente_names") {
		t.Errorf("show: %+v", r)
	}
	if r := entente(t, "", "schema", "drop", "--data"); r.code != exitDone {
		t.Errorf("drop: %+v", r)
	}
	for q, want := range map[string]float64{
		"SHOW CONSTRAINTS YIELD name RETURN count(*)":                    1,
		"SHOW INDEXES YIELD type WHERE type <> 'LOOKUP' RETURN count(*)": 1,
		"MATCH (n) RETURN count(*)":                                      3,
	} {
		rows, err := db.Query(t.Context(), q)
		if err != nil || rows[0][0] != want {
			t.Errorf("%s: %v (%v), want %v", q, rows, err, want)
		}
	}
}
