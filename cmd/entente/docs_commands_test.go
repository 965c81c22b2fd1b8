package main

import (
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/urfave/cli/v2"
)

// pages are the Markdown files for people.
func pages(t *testing.T) []string {
	t.Helper()
	root := filepath.Join("..", "..")
	var all []string
	for _, pattern := range []string{"*.md", "docs/*.md", "docs/*/*.md"} {
		names, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, names...)
	}
	if len(all) < 5 {
		t.Fatalf("only %d pages", len(all))
	}
	return all
}

var link = regexp.MustCompile(`\]\(([^)\s]+)\)`)

func TestLinksBetweenPagesLead(t *testing.T) {
	for _, page := range pages(t) {
		b, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range link.FindAllStringSubmatch(string(b), -1) {
			target, _, _ := strings.Cut(m[1], "#")
			if target == "" || strings.Contains(target, "://") || strings.HasPrefix(target, "mailto:") {
				continue
			}
			if _, err := os.Stat(filepath.Join(filepath.Dir(page), filepath.FromSlash(target))); err != nil {
				t.Errorf("%s: the link %s leads nowhere", page, m[1])
			}
		}
	}
}

// TestCommandsInTheDocsExist reads every line that begins with entente (or go run ./cmd/entente) in a page's code blocks and in
// the help texts, and looks its command and flags up.
func TestCommandsInTheDocsExist(t *testing.T) {
	app := newApp(strings.NewReader(""), io.Discard, io.Discard)
	checked := 0
	check := func(where, line string) {
		line = strings.TrimPrefix(strings.TrimSpace(line), "$ ")
		if i := strings.Index(line, "| entente "); i >= 0 {
			line = line[i+2:]
		}
		rest, ok := strings.CutPrefix(line, "go run ./cmd/entente ")
		if !ok {
			if rest, ok = strings.CutPrefix(line, "entente "); !ok {
				return
			}
		}
		rest, _, _ = strings.Cut(rest, " #")
		checked++
		if fault := unknown(app, unquoted(rest)); fault != "" {
			t.Errorf("%s: %s: %s", where, line, fault)
		}
	}
	for _, page := range pages(t) {
		b, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		inCode := false
		for line := range strings.Lines(string(b)) {
			if strings.HasPrefix(line, "```") {
				inCode = !inCode
			} else if inCode {
				check(page, line)
			}
		}
	}
	var help func(c *cli.Command, path string)
	help = func(c *cli.Command, path string) {
		path += " " + c.Name
		for line := range strings.Lines(c.Description + "\n" + c.UsageText) {
			check("help of"+path, line)
		}
		for _, sub := range c.Subcommands {
			help(sub, path)
		}
	}
	for _, c := range app.Commands {
		help(c, "")
	}
	if checked < 50 {
		t.Errorf("only %d commands found: the test does not see the docs any more", checked)
	}
}

var quoted = regexp.MustCompile(`'[^']*'|"[^"]*"`)

// unquoted are the words of a command line up to a pipe or redirection; a quoted text is one word. Brackets of usage lines
// are dropped.
func unquoted(line string) []string {
	line = quoted.ReplaceAllString(line, "TEXT")
	line = strings.NewReplacer("[", " ", "]", " ", "…", " ", "(", " ", ")", " ").Replace(line)
	var words []string
	for _, w := range strings.Fields(line) {
		if w == ">" || w == "<" || w == "&&" || w == ";" || strings.HasPrefix(w, ">") {
			break
		}
		if w == "|" {
			if len(words) > 0 && strings.HasPrefix(words[len(words)-1], "--") {
				continue
			}
			break
		}
		words = append(words, w)
	}
	return words
}

// unknown says what of a command line the program does not know.
func unknown(app *cli.App, words []string) string {
	commands, flags := app.Commands, app.Flags
	for i := 0; i < len(words); i++ {
		w := words[i]
		if strings.HasPrefix(w, "-") && w != "-" {
			name, _, _ := strings.Cut(strings.TrimLeft(w, "-"), "=")
			f := lookup(append(append([]cli.Flag{cli.HelpFlag}, flags...), app.Flags...), name)
			if f == nil {
				return "no flag " + w
			}
			if takesValue(f) && !strings.Contains(w, "=") {
				i++
			}
			continue
		}
		if len(commands) == 0 {
			continue // an argument
		}
		c := find(commands, w)
		if c == nil {
			if strings.ToUpper(w) == w || strings.Contains(w, "|") {
				return "" // COMMAND, start|stop: a pattern
			}
			return "no command " + w
		}
		commands, flags = c.Subcommands, c.Flags
	}
	return ""
}
