package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/urfave/cli/v2"
	"golang.org/x/term"
)

// group is a part of the help text's list of commands.
type group struct {
	title    string
	commands []*cli.Command
}

// groups lists the subcommands in the order of the help text. Each is made by one file, <name>.go, which reads from
// c.App.Reader, writes its data to c.App.Writer, and talks with say.
func groups() []group {
	return []group{
		{"Start here", []*cli.Command{
			demoCommand(),
			buildCommand(),
			neo4jCommand(),
			doctorCommand(),
		}},
		{"Read", []*cli.Command{
			extractCommand(),
			explainCommand(),
		}},
		{"Ask", []*cli.Command{
			queryCommand(),
			askCommand(),
			entitiesCommand(),
			drawCommand(),
			reportCommand(),
		}},
		{"Keep the graph", []*cli.Command{
			loadCommand(),
			diffCommand(),
			dumpCommand(),
			verifyCommand(),
			exportCommand(),
			schemaCommand(),
		}},
		{"Keep it current", []*cli.Command{
			refreshCommand(),
			rebuildCommand(),
			watchCommand(),
			corpusCommand(),
		}},
		{"Measure", []*cli.Command{
			evalCommand(),
			analyzeCommand(),
		}},
		{"The program", []*cli.Command{
			versionCommand(),
			completionCommand(),
			docsCommand(),
		}},
	}
}

// commands are those of all groups.
func commands(groups []group) []*cli.Command {
	var all []*cli.Command
	for _, g := range groups {
		all = append(all, g.commands...)
	}
	return all
}

// helpTemplate is the program's help text: urfave/cli's, with the commands in groups.
func helpTemplate(groups []group) string {
	var b strings.Builder
	b.WriteString(`NAME:
   {{template "helpNameTemplate" .}}

USAGE:
   {{.Name}} [--quiet] COMMAND [flags] [arguments]

DESCRIPTION:
   {{template "descriptionTemplate" .}}
`)
	for _, g := range groups {
		fmt.Fprintf(&b, "\n%s:\n", strings.ToUpper(g.title))
		for _, c := range g.commands {
			if !c.Hidden {
				fmt.Fprintf(&b, "   %-11s %s\n", c.Name, c.Usage)
			}
		}
	}
	b.WriteString(`
FLAGS OF EVERY COMMAND:{{template "visibleFlagTemplate" .}}

entente COMMAND --help tells more of each.
`)
	return b.String()
}

// run is the whole program: it parses args (args[0] is the program's name), runs the subcommand and is the exit status.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	app := newApp(stdin, stdout, stderr)
	if len(args) > 1 && args[1] == completeWord {
		complete(app, args[2:], stdout)
		return exitDone
	}
	return exitCode(app.RunContext(ctx, flagsFirst(app, args)), stderr)
}

func newApp(stdin io.Reader, stdout, stderr io.Writer) *cli.App {
	groups := groups()
	app := &cli.App{
		Name:  "entente",
		Usage: "Japanese diplomacy news → knowledge graph",
		Description: `Entente reads Japanese news about diplomacy, turns each sentence into subject–relation–object statements with
their evidence, and keeps a Neo4j graph true to them. It works offline and gives the same result every time.

   entente demo                                     a graph of the built-in articles, in a Neo4j of its own
   entente build article.txt --published 2025-10-27 your own article into Neo4j
   entente doctor                                   what is installed, what is missing, what to do`,
		Reader:    stdin,
		Writer:    stdout,
		ErrWriter: stderr,
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "say nothing on standard error but errors"},
		},
		Commands:              commands(groups),
		CustomAppHelpTemplate: helpTemplate(groups),
		HideVersion:           true, // the version command says more
		HideHelpCommand:       true,
		ExitErrHandler:        func(*cli.Context, error) {}, // exitCode decides
		OnUsageError:          onUsageError,
		Action:                needSubcommand,
		EnableBashCompletion:  false, // completion.go
	}
	for _, c := range app.Commands {
		prepare(c)
	}
	return app
}

// prepare gives every command the same manners, however deep it is nested.
func prepare(c *cli.Command) {
	c.OnUsageError = onUsageError
	c.HideHelpCommand = true // else a file named "help" or "h" could not be an argument
	if len(c.Subcommands) > 0 && c.Action == nil {
		c.Action = needSubcommand
	}
	for _, sub := range c.Subcommands {
		prepare(sub)
	}
}

func onUsageError(c *cli.Context, err error, _ bool) error {
	name := strings.TrimSpace("entente " + strings.TrimPrefix(c.Command.FullName(), "entente"))
	return usagef("%w; see %s --help", err, name)
}

// needSubcommand is the action of a command that only holds others: help when asked for nothing, an error when asked
// for something that is not there.
func needSubcommand(c *cli.Context) error {
	if !c.Args().Present() {
		if c.Command.Name == c.App.Name {
			return cli.ShowAppHelp(c)
		}
		return cli.ShowSubcommandHelp(c)
	}
	name := c.Args().First()
	var names []string
	for _, s := range c.Command.Subcommands {
		if !s.Hidden {
			names = append(names, s.Name)
		}
	}
	hint := didYouMean(name, names)
	return usagef("no command %q%s; see entente --help", name, hint)
}

// didYouMean is a hint at the name that is at most two letters away from what was typed; empty when there is none.
func didYouMean(name string, among []string) string {
	best, bestDistance := "", 3
	for _, other := range among {
		if d := editDistance(name, other); d < bestDistance {
			best, bestDistance = other, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf(" (did you mean %s?)", best)
}

func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			diagonal, row[j] = row[j], min(row[j]+1, row[j-1]+1, diagonal+cost)
		}
	}
	return row[len(b)]
}

// say tells the person something on standard error, unless --quiet. A line end is added.
func say(c *cli.Context, format string, a ...any) {
	if !c.Bool("quiet") {
		warn(c, format, a...)
	}
}

// warn tells the person of something that went wrong, even with --quiet. A line end is added.
func warn(c *cli.Context, format string, a ...any) {
	fmt.Fprintf(c.App.ErrWriter, format+"\n", a...)
}

// isTerminal reports whether a reader or writer is a terminal. Colours and progress bars are for terminals only.
func isTerminal(rw any) bool {
	f, ok := rw.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// width is the number of columns of a terminal, or 0 for anything else.
func width(w io.Writer) int {
	f, ok := w.(*os.File)
	if !ok {
		return 0
	}
	columns, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0
	}
	return columns
}
