package main

import (
	"os"
	"os/exec"
	"path/filepath"
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
				c := exec.CommandContext(t.Context(), shell, "-e", "-c", command)
				c.Dir = folder
				c.Env = append(os.Environ(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"), "NEO4J_URI="+db.URI,
					"NEO4J_USERNAME="+db.Username, "NEO4J_PASSWORD="+db.Password, "ENTENTE_DATA_DIR="+t.TempDir())
				if out, err := c.CombinedOutput(); err != nil {
					t.Errorf("%s, block %d: %s: %v\n%.1000s", page, n+1, command, err, out)
				}
			}
		}
	}
	if ran < 10 {
		t.Errorf("only %d commands were run: the test does not see the docs any more", ran)
	}
}
