package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/entente-kg/entente/fixtures"
	"github.com/entente-kg/entente/internal/localdb/localdbtest"
)

// TestRunnableBlocksOfTheDocs runs every code block that is marked "sh runnable", as a reader would: in a shell, with the
// program on the PATH, in a folder with the built-in articles in articles/, beside a Neo4j that holds them.
func TestRunnableBlocksOfTheDocs(t *testing.T) {
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("no shell on the PATH")
	}
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("no go on the PATH")
	}
	db := localdbtest.Fresh(t)
	bin := t.TempDir()
	program := filepath.Join(bin, "entente")
	if runtime.GOOS == "windows" {
		program += ".exe"
	}
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	folder := t.TempDir()
	articles := filepath.Join(folder, "articles")
	if err := os.CopyFS(articles, fixtures.Gold()); err != nil {
		t.Fatal(err)
	}
	if r := with(t, db, "", "build", articles, "--published", "2025-11-04"); r.code != exitDone {
		t.Fatal(r.stderr)
	}
	sh := func(command string) (string, error) {
		c := exec.CommandContext(t.Context(), shell, "-e", "-c", command)
		c.Dir = folder
		c.Env = append(os.Environ(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"), "NEO4J_URI="+db.URI,
			"NEO4J_USERNAME="+db.Username, "NEO4J_PASSWORD="+db.Password, "ENTENTE_DATA_DIR="+t.TempDir())
		out, err := c.CombinedOutput()
		return string(out), err
	}
	ran := 0
	for _, page := range pages(t) {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for n, block := range strings.Split(string(text), "```sh runnable\n")[1:] {
			block, _, _ = strings.Cut(block, "```")
			for command := range strings.Lines(block) {
				command = strings.TrimSpace(command)
				if command == "" {
					continue
				}
				ran++
				if out, err := sh(command); err != nil {
					t.Errorf("%s, block %d: %s: %v\n%.1000s", page, n+1, command, err, out)
				}
			}
		}
	}
	if ran < 10 {
		t.Errorf("only %d commands were run: the test does not see the docs any more", ran)
	}
	t.Run("README", func(t *testing.T) {
		article := "日本の山本健一外相は3日、ベルリンでドイツのハンス・ミュラー外相と会談した。\n"
		if err := os.WriteFile(filepath.Join(folder, "article.txt"), []byte(article), 0o644); err != nil {
			t.Fatal(err)
		}
		for _, page := range []string{"README.md", "README.ja.md"} {
			readme(t, filepath.Join("..", "..", page), sh)
		}
	})
}

// readme runs a README's commands, but for those that start and stop a server of the machine or run all tests, which have tests
// of their own, and holds the example at its head against what is printed.
func readme(t *testing.T, page string, sh func(string) (string, error)) {
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	var own = regexp.MustCompile(`entente (demo|neo4j|doctor)|^go (test|install)`)
	ran := 0
	for _, block := range strings.Split(string(text), "```sh\n")[1:] {
		block, _, _ = strings.Cut(block, "```")
		for command := range strings.Lines(block) {
			command, _, _ = strings.Cut(strings.TrimSpace(command), "  #")
			if command == "" || own.MatchString(command) {
				continue
			}
			ran++
			if out, err := sh(strings.Replace(command, "go run ./cmd/entente", "entente", 1)); err != nil {
				t.Errorf("%s: %s: %v\n%s", page, command, err, out)
			}
		}
	}
	_, example, _ := strings.Cut(string(text), "```console\n$ ")
	example, _, _ = strings.Cut(example, "```")
	command, answer, _ := strings.Cut(example, "\n")
	out, err := sh(command)
	if err != nil || ran < 2 || strings.Count(answer, "\n") < 4 {
		t.Fatalf("%s: %d commands, example %q: %v\n%s", page, ran, example, err, out)
	}
	printed := strings.Split(out, "\n")
	for i, line := range strings.Split(strings.TrimSpace(answer), "\n") {
		if line = strings.TrimSpace(strings.TrimSuffix(line, "…")); i >= len(printed) || !strings.HasPrefix(printed[i], line) {
			t.Errorf("%s: line %d of the example is %q, printed was\n%s", page, i+1, line, out)
		}
	}
}
