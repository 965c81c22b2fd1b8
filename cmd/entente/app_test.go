package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/urfave/cli/v2"
)

// result is what a run of the program left.
type result struct {
	code           int
	stdout, stderr string
}

// entente runs the program with a folder of its own for data, and nothing about a Neo4j in the environment.
func entente(t *testing.T, stdin string, args ...string) result {
	t.Helper()
	return ententeIn(t, t.TempDir(), stdin, args...)
}

// ententeIn runs the program with this data folder.
func ententeIn(t *testing.T, data, stdin string, args ...string) result {
	t.Helper()
	t.Setenv("ENTENTE_DATA_DIR", data)
	for _, name := range []string{"NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD", "NEO4J_PASSWORD_FILE", "NEO4J_DATABASE", "NEO4J_CERTIFICATE"} {
		t.Setenv(name, "")
	}
	var stdout, stderr bytes.Buffer
	code := run(t.Context(), append([]string{"entente"}, args...), strings.NewReader(stdin), &stdout, &stderr)
	return result{code, stdout.String(), stderr.String()}
}

func TestUsage(t *testing.T) {
	for _, c := range []struct {
		name           string
		args           []string
		code           int
		stdout, stderr string // parts
	}{
		{"nothing asked for", nil, exitDone, "START HERE:", ""},
		{"help", []string{"--help"}, exitDone, "entente demo", ""},
		{"help of a command", []string{"neo4j", "start", "--help"}, exitDone, "--bolt-port", ""},
		{"a command that holds others", []string{"neo4j"}, exitDone, "status", ""},
		{"a command that is not there", []string{"biuld"}, exitUsage, "", "entente --help"},
		{"a slip", []string{"verison"}, exitUsage, "", "did you mean version?"},
		{"a slip in the name of a question", []string{"ask", "tarifs"}, exitUsage, "", "did you mean tariffs?"},
		{"a subcommand that is not there", []string{"neo4j", "restart"}, exitUsage, "", "did you mean start?"},
		{"a flag that is not there", []string{"version", "--colour"}, exitUsage, "", "-colour; see entente version --help"},
		{"a flag with a wrong value", []string{"neo4j", "start", "--bolt-port", "x"}, exitUsage, "", "bolt-port"},
		{"no server", []string{"neo4j", "status"}, exitFailed, "", "entente neo4j start"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := entente(t, "", c.args...)
			if r.code != c.code {
				t.Errorf("exit status %d, want %d", r.code, c.code)
			}
			if !strings.Contains(r.stdout, c.stdout) || !strings.Contains(r.stderr, c.stderr) {
				t.Errorf("stdout %q, stderr %q; want %q, %q", r.stdout, r.stderr, c.stdout, c.stderr)
			}
			if c.code != exitDone && r.stdout != "" {
				t.Errorf("an error left %q on stdout", r.stdout)
			}
		})
	}
}

func TestExitCode(t *testing.T) {
	for _, c := range []struct {
		err  error
		want int
	}{
		{nil, exitDone},
		{errors.New("no"), exitFailed},
		{usagef("no %s", "that"), exitUsage},
		{fmt.Errorf("reading: %w", usagef("no")), exitUsage},
		{partial(0, 5), exitDone},
		{partial(2, 5), exitPartial},
		{fmt.Errorf("build: %w", partial(2, 5)), exitPartial},
		{partial(5, 5), exitFailed},
		{fmt.Errorf("load: %w", context.Canceled), exitFailed},
	} {
		var told bytes.Buffer
		if got := exitCode(c.err, &told); got != c.want {
			t.Errorf("%v: status %d, want %d", c.err, got, c.want)
		}
		if (c.err == nil) != (told.Len() == 0) {
			t.Errorf("%v: told %q", c.err, told.String())
		}
	}
}

// toy is an app with every kind of flag, to see what its command gets.
func toy(got *[]string) *cli.App {
	app := newApp(strings.NewReader(""), io.Discard, io.Discard)
	app.Commands = []*cli.Command{{
		Name:  "build",
		Flags: []cli.Flag{&cli.StringFlag{Name: "published", Aliases: []string{"p"}}, &cli.BoolFlag{Name: "dry-run"}},
		Action: func(c *cli.Context) error {
			*got = append(c.Args().Slice(), "published="+c.String("published"),
				fmt.Sprint("dry-run=", c.Bool("dry-run")), fmt.Sprint("quiet=", c.Bool("quiet")))
			return nil
		},
	}, {
		Name: "neo4j",
		Subcommands: []*cli.Command{{Name: "start", Flags: []cli.Flag{&cli.IntFlag{Name: "bolt-port"}}, Action: func(c *cli.Context) error {
			*got = append(c.Args().Slice(), fmt.Sprint("bolt-port=", c.Int("bolt-port")))
			return nil
		}}},
	}}
	for _, c := range app.Commands {
		prepare(c)
	}
	return app
}

func TestFlagsFirst(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"build a.txt --published 2025-10-27", "a.txt published=2025-10-27 dry-run=false quiet=false"},
		{"build a.txt -p 2025-10-27 b.txt --dry-run", "a.txt b.txt published=2025-10-27 dry-run=true quiet=false"},
		{"build --published=2025-10-27 a.txt -q", "a.txt published=2025-10-27 dry-run=false quiet=true"},
		{"-q build a.txt", "a.txt published= dry-run=false quiet=true"},
		{"build - --dry-run", "- published= dry-run=true quiet=false"},
		{"build -- --published", "--published published= dry-run=false quiet=false"},
		{"build a.txt -- --published -q", "a.txt -- --published -q published= dry-run=false quiet=false"},
		{"build help", "help published= dry-run=false quiet=false"},
		{"build build", "build published= dry-run=false quiet=false"},
		{"neo4j start --bolt-port 1234", "bolt-port=1234"},
		{"neo4j --quiet start --bolt-port=1234", "bolt-port=1234"},
	} {
		t.Run(c.line, func(t *testing.T) {
			var got []string
			app := toy(&got)
			if err := app.Run(flagsFirst(app, append([]string{"entente"}, strings.Fields(c.line)...))); err != nil {
				t.Fatal(err)
			}
			if s := strings.Join(got, " "); s != c.want {
				t.Errorf("got  %s\nwant %s", s, c.want)
			}
		})
	}
}

func TestCompletion(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"", "build neo4j"},
		{"b", "build"},
		{"build |-", "--published --dry-run --help"},
		{"build |--d", "--dry-run"},
		{"build --published |", ""},
		{"build --published 2025 |--d", "--dry-run"},
		{"build a.txt |", ""},
		{"neo4j |", "start"},
		{"neo4j start |--b", "--bolt-port"},
		{"--q", "--quiet"},
		{"-- |", ""},
	} {
		t.Run(c.line, func(t *testing.T) {
			var none []string
			var out strings.Builder
			before, last, found := strings.Cut(c.line, "|")
			if !found {
				before, last = "", c.line
			}
			complete(toy(&none), append(strings.Fields(before), last), &out)
			var got []string
			for line := range strings.Lines(out.String()) {
				word, _, _ := strings.Cut(line, "\t")
				got = append(got, word)
			}
			if s := strings.Join(got, " "); s != c.want {
				t.Errorf("candidates %q, want %q", s, c.want)
			}
		})
	}
}

// TestManners holds what every command has to have.
func TestManners(t *testing.T) {
	app := newApp(strings.NewReader(""), io.Discard, io.Discard)
	var check func(c *cli.Command, path string)
	check = func(c *cli.Command, path string) {
		path += " " + c.Name
		if c.Usage == "" || strings.HasSuffix(c.Usage, ".") || strings.ToUpper(c.Usage[:1]) == c.Usage[:1] && !strings.HasPrefix(c.Usage, "Neo4j") {
			t.Errorf("%s: usage %q: want a phrase in lower case without a full stop", path, c.Usage)
		}
		for _, f := range c.Flags {
			if f == cli.HelpFlag {
				continue
			}
			if r, ok := f.(cli.RequiredFlag); ok && r.IsRequired() {
				t.Errorf("%s --%s: do not use Required, its error is not told from a failure: check it in the action and return usagef", path, f.Names()[0])
			}
			if d, ok := f.(cli.DocGenerationFlag); ok && d.GetUsage() == "" {
				t.Errorf("%s --%s has no usage text", path, f.Names()[0])
			}
			if slices.Contains(f.Names(), "quiet") || slices.Contains(f.Names(), "q") {
				t.Errorf("%s --%s hides the flag of all commands", path, f.Names()[0])
			}
		}
		if len(c.Subcommands) == 0 && c.Action == nil {
			t.Errorf("%s does nothing", path)
		}
		for _, sub := range c.Subcommands {
			check(sub, path)
		}
	}
	for _, c := range app.Commands {
		check(c, "entente")
	}
}

func TestVersion(t *testing.T) {
	r := entente(t, "", "version")
	for _, want := range []string{"entente ", "extractor ", "dictionary ", "ontology    1 (52 relations, PLOVER 2.0 draft)", "go "} {
		if !strings.Contains(r.stdout, want) {
			t.Errorf("no %q in %s", want, r.stdout)
		}
	}
}
