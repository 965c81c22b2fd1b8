package main

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"
)

// explainRun runs explain or analyze and returns exit status, standard output and standard error.
func explainRun(stdin string, args ...string) (int, string, string) {
	var out, err bytes.Buffer
	status := run(context.Background(), append([]string{"entente"}, args...), strings.NewReader(stdin), &out, &err)
	return status, out.String(), err.String()
}

func TestExplainDraws(t *testing.T) {
	status, out, stderr := explainRun("", "explain", "首相は訪米した。外相は欠席した。", "--show", "tokens,bunsetsu")
	if status != exitDone {
		t.Fatalf("status %d: %s", status, stderr)
	}
	for _, want := range []string{"━━ 0  prose", "首相は─┐", "訪米した。", "USA", "━━ 1  prose"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	if strings.Contains(out, "\x1b") || strings.Contains(out, "predicates") {
		t.Errorf("escape sequences, or a part that was not asked for:\n%s", out)
	}
	_, one, _ := explainRun("", "explain", "首相は訪米した。外相は欠席した。", "--show", "bunsetsu", "--sentence", "1")
	if strings.Contains(one, "訪米") || !strings.Contains(one, "外相は") {
		t.Errorf("--sentence 1 gives\n%s", one)
	}
}

func TestExplainJSON(t *testing.T) {
	status, out, stderr := explainRun("首相は訪米した。", "explain", "-", "--json")
	if status != exitDone {
		t.Fatalf("status %d: %s", status, stderr)
	}
	var d explainedDocument
	if err := json.Unmarshal([]byte(out), &d); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
	if len(d.Sentences) != 1 || len(d.Sentences[0].Bunsetsu) != 2 || d.Sentences[0].Bunsetsu[0].Head != 1 || d.Sentences[0].Tokens[2].Kind != "travel" {
		t.Errorf("got %s", out)
	}
}

func TestExplainUsage(t *testing.T) {
	for name, args := range map[string][]string{
		"no argument": {"explain"}, "two arguments": {"explain", "首相", "外相"}, "unknown part": {"explain", "首相", "--show", "trees"},
	} {
		if status, _, stderr := explainRun("", args...); status != exitUsage || stderr == "" {
			t.Errorf("%s: status %d, %q", name, status, stderr)
		}
	}
	if status, _, stderr := explainRun("", "explain", "no-such-file.txt"); status == exitDone || !strings.Contains(stderr, "no-such-file.txt") {
		t.Errorf("a missing file: status %d, %q", status, stderr)
	}
}

func TestAnalyze(t *testing.T) {
	line := `{"id":"a","text":"首相は貿易について協議した。","sentences":[[0,14]],"bunsetsu":[[0,3,3],[3,6,2],[6,9,3],[9,14,-1]]}` + "\n"
	for _, args := range [][]string{{"analyze", "--wac", "-"}, {"analyze", "--wac", "-", "--gold-bunsetsu"}} {
		status, out, stderr := explainRun(line, args...)
		if status != exitDone {
			t.Fatalf("%v: status %d: %s", args, status, stderr)
		}
		var a analysis
		if err := json.Unmarshal([]byte(out), &a); err != nil {
			t.Fatal(err)
		}
		want := [][3]int{{0, 3, 3}, {3, 6, 2}, {6, 9, 3}, {9, 14, -1}}
		if len(a.Bunsetsu) != len(want) {
			t.Fatalf("%v: bunsetsu %v, want %v", args, a.Bunsetsu, want)
		}
		for i := range want {
			if a.Bunsetsu[i] != want[i] {
				t.Errorf("%v: bunsetsu %v, want %v", args, a.Bunsetsu, want)
				break
			}
		}
	}
	if status, _, stderr := explainRun("{", "analyze", "--wac", "-"); status == exitDone || !strings.Contains(stderr, "document 1") {
		t.Errorf("broken JSON: status %d, %q", status, stderr)
	}
}
