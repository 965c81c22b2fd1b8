package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/entente-kg/entente/schema"
)

const said = "アルメニアとアゼルバイジャンは10日、停戦に合意した。"

func TestExtractFormats(t *testing.T) {
	for _, c := range []struct{ format, has string }{
		{"jsonl", `"relation":"ceases-fire-with"`},
		{"records", `"statements":[{`},
		{"csv", "Armenia,"},
		{"table", "ceases-fire-with"},
	} {
		r := entente(t, said, "extract", "-", "--format", c.format, "--published", "2024-06-15")
		if r.code != exitDone || !strings.Contains(r.stdout, c.has) {
			t.Errorf("%s: status %d, no %s in\n%s%s", c.format, r.code, c.has, r.stdout, r.stderr)
		}
	}
}

func TestExtractLinesAreStatements(t *testing.T) {
	r := entente(t, said, "extract", "-", "--published", "2024-06-15")
	for line := range strings.Lines(r.stdout) {
		var st schema.Statement
		if err := json.Unmarshal([]byte(line), &st); err != nil {
			t.Fatal(err)
		}
		if st.Document != "stdin" || st.Time == nil || st.Time.Start != "2024-06-10" || st.Source == nil {
			t.Errorf("%+v", st)
		}
	}
	if strings.Count(r.stdout, "\n") < 2 {
		t.Errorf("want agrees-with and ceases-fire-with, have\n%s", r.stdout)
	}
}

func TestExtractKeepsTheOrderOfDocuments(t *testing.T) {
	var in strings.Builder
	for _, id := range strings.Split("abcdefghijklmnop", "") {
		in.WriteString(`{"id":"` + id + `","text":"` + said + `","published":"2024-06-15"}` + "\n")
	}
	r := entente(t, in.String(), "extract", "-", "--format", "records", "--workers", "4")
	var ids strings.Builder
	for line := range strings.Lines(r.stdout) {
		var e schema.Extraction
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatal(err)
		}
		ids.WriteString(e.Source.ID)
	}
	if ids.String() != "abcdefghijklmnop" {
		t.Errorf("documents in the order %s", ids.String())
	}
}

func TestExtractPartlyBroken(t *testing.T) {
	path := filepath.Join(t.TempDir(), "some.jsonl")
	if err := os.WriteFile(path, []byte(`{"id":"good","text":"`+said+`"}`+"\n{broken\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	r := entente(t, "", "extract", path)
	if r.code != exitPartial || !strings.Contains(r.stderr, "some.jsonl:2") || !strings.Contains(r.stdout, "good") {
		t.Errorf("status %d\n%s%s", r.code, r.stdout, r.stderr)
	}
}

func TestExtractUsage(t *testing.T) {
	for _, args := range [][]string{
		{"extract"},
		{"extract", "-", "--format", "xml"},
		{"extract", "-", "--published", "yesterday"},
		{"extract", "-", "--rules", "/no/such/folder"},
		{"extract", "-", "--min-confidence", "7"},
	} {
		if r := entente(t, said, args...); r.code != exitUsage {
			t.Errorf("%v: status %d, %s", args, r.code, r.stderr)
		}
	}
}

func TestEval(t *testing.T) {
	r := entente(t, "", "eval", "--calibrate", "-v")
	for _, want := range []string{"ALL ", "by relation", "by register", "extra statements:", "expected calibration error", "curve that fits"} {
		if !strings.Contains(r.stdout, want) {
			t.Errorf("status %d: no %q in what eval prints\n%s", r.code, want, r.stderr)
		}
	}
	if r := entente(t, "", "eval", "--links"); r.code != exitDone || !strings.Contains(r.stdout, "accuracy") || !strings.Contains(r.stdout, "Official") {
		t.Errorf("--links: status %d, %s\n%s", r.code, r.stderr, r.stdout)
	}
	if r := entente(t, "", "eval", "--links", "--calibrate"); r.code != exitUsage {
		t.Errorf("--links with --calibrate: status %d, want %d", r.code, exitUsage)
	}
	if r := entente(t, "", "eval", t.TempDir()); r.code != exitUsage || !strings.Contains(r.stderr, "entities.json") {
		t.Errorf("an empty folder: status %d, %s", r.code, r.stderr)
	}
}
