package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/entente-kg/entente/internal/localdb/localdbtest"
)

// tutorial does what docs/rules.md tells: it is the file's own YAML and sentence.
func tutorial(t *testing.T) (folder, article string) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "docs", "rules.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(b), "```yaml\n")
	if !ok {
		t.Fatal("no YAML in docs/rules.md")
	}
	text, _, _ := strings.Cut(rest, "```")
	_, rest, ok = strings.Cut(string(b), "echo \"")
	if !ok {
		t.Fatal("no sentence in docs/rules.md")
	}
	sentence, _, _ := strings.Cut(rest, "\"")
	dir := t.TempDir()
	save(t, filepath.Join(dir, "rules", "congratulations.yaml"), text)
	save(t, filepath.Join(dir, "telegram.txt"), sentence+"\n")
	return filepath.Join(dir, "rules"), filepath.Join(dir, "telegram.txt")
}

func TestRulesTutorial(t *testing.T) {
	folder, article := tutorial(t)
	code, stdout, stderr := program(t, "extract", article, "--rules", folder, "--format", "csv")
	if code != 0 || !strings.Contains(stdout, "congratulates") {
		t.Fatalf("exit %d: %s %s", code, stdout, stderr)
	}
	if _, stdout, _ := program(t, "extract", article, "--format", "csv"); strings.Contains(stdout, "congratulates") {
		t.Error("the relation is there without the folder")
	}
	for sentence, want := range map[string]string{
		"日本の山田太郎首相はケニアのオドンゴ大統領に祝電を送る予定だ。": "planned", "日本の山田太郎首相はケニアのオドンゴ大統領に祝電を送らなかった。": "denied",
	} {
		save(t, article, sentence)
		if _, stdout, _ := program(t, "extract", article, "--rules", folder, "--format", "jsonl"); !strings.Contains(stdout, `"relation":"congratulates"`) || !strings.Contains(stdout, `"status":"`+want+`"`) {
			t.Errorf("%s: want %s: %s", sentence, want, stdout)
		}
	}
}

func TestRulesOfOnesOwnReachTheGraph(t *testing.T) {
	db := localdbtest.Fresh(t)
	connect(t, db)
	folder, article := tutorial(t)
	for _, args := range [][]string{{"build", article, "--rules", folder}, {"verify", "--rules", folder}} {
		if code, _, stderr := program(t, args...); code != 0 {
			t.Fatalf("%v: exit %d: %s", args, code, stderr)
		}
	}
	if _, stdout, _ := program(t, "query", "MATCH (a)-[r:CONGRATULATES]->(b) RETURN r.plover AS p"); !strings.Contains(stdout, "SUPPORT") {
		t.Errorf("the graph says %s", stdout)
	}
	_, dump, _ := program(t, "dump", "--rules", folder)
	if _, export, stderr := program(t, "export", "--rules", folder); export != dump || !strings.Contains(export, "CONGRATULATES") {
		t.Errorf("the export is not the dump: %s\n%s\n%s", stderr, export, dump)
	}
}

func TestRulesTellTheirMistakes(t *testing.T) {
	folder, article := tutorial(t)
	name := filepath.Join(folder, "congratulations.yaml")
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ from, to, want string }{
		{"verbs:", "verb:", "unknown field"},
		{"object: [ni]", "object: [nii]", "no path"},
		{"relation: congratulates", "relation: congratulate", "congratulate"},
		{"{event: SUPPORT}", "{event: HUG}", "HUG"},
		{"subject: [actor]", "subject: [Person]", "Person"},
		{"id: congratulates\n", "id: meets\n", "meets"},
	} {
		save(t, name, strings.Replace(string(b), c.from, c.to, 1))
		code, _, stderr := program(t, "extract", article, "--rules", folder)
		if code != exitUsage || !strings.Contains(stderr, "congratulations.yaml") || !strings.Contains(stderr, c.want) {
			t.Errorf("%q: exit %d: %s", c.to, code, stderr)
		}
	}
}
