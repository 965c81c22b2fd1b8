package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/graph/cookbook"
)

func askCommand() *cli.Command {
	return &cli.Command{
		Name:      "ask",
		Usage:     "ask the graph a question of the cookbook",
		ArgsUsage: "NAME",
		UsageText: "entente ask NAME [--param NAME=VALUE]…\nentente ask --list",
		Description: `The cookbook holds the questions that researchers ask most, as Cypher that can be read, changed and pasted into Neo4j
Browser (--cypher). Each has parameters with defaults.

   entente ask --list
   entente ask negotiators --param who=何立峰 --param from=2025-10-01 --param to=2025-10-31
   entente ask tariffs --format csv > tariffs.csv
   entente ask dyad --cypher`,
		Flags: append([]cli.Flag{
			&cli.BoolFlag{Name: "list", Usage: "list the questions with their parameters"},
			&cli.BoolFlag{Name: "cypher", Usage: "print the question's Cypher, with the parameters in it, and end"},
			&cli.StringFlag{Name: "format", Usage: "`FORMAT`: table, jsonl or csv"},
			&cli.StringSliceFlag{Name: "param", Aliases: []string{"p"}, Usage: "set a parameter of the question: `NAME=VALUE`; may be repeated"},
		}, connectFlags()...),
		Action: ask,
	}
}

func ask(c *cli.Context) error {
	if c.Bool("list") {
		return listQuestions(c.App.Writer)
	}
	if c.NArg() != 1 {
		return usagef("ask: want the name of one question; entente ask --list prints them")
	}
	q, ok := cookbook.Get(c.Args().First())
	if !ok {
		return usagef("ask: no question %q in the cookbook; entente ask --list prints them", c.Args().First())
	}
	given := map[string]string{}
	for _, p := range c.StringSlice("param") {
		name, value, ok := strings.Cut(p, "=")
		if !ok || name == "" {
			return usagef("ask: --param %q: want NAME=VALUE", p)
		}
		given[name] = value
	}
	params, err := q.Bind(given)
	if err != nil {
		return usagef("ask: %w", err)
	}
	if c.Bool("cypher") {
		_, err := fmt.Fprintln(c.App.Writer, q.Alone(params))
		return err
	}
	out := bufio.NewWriter(c.App.Writer)
	format := c.String("format")
	if format == "" {
		format = "jsonl"
		if isTerminal(c.App.Writer) {
			format = "table"
		}
	}
	rows, err := newRowWriter(format, out, width(c.App.Writer))
	if err != nil {
		return err
	}
	store, err := openStore(c, true)
	if err != nil {
		return err
	}
	defer store.Close(c.Context)
	columns, err := store.Query(c.Context, q.Cypher, params, rows.row)
	if err != nil {
		return err
	}
	if err := rows.end(columns); err != nil {
		return err
	}
	return out.Flush()
}

func listQuestions(w io.Writer) error {
	for _, q := range cookbook.Questions() {
		if _, err := fmt.Fprintf(w, "%s\n  %s\n  %s\n", q.Name, q.Title, q.TitleJa); err != nil {
			return err
		}
		for _, p := range q.Params {
			if _, err := fmt.Fprintf(w, "    --param %s=%s   %s (%s)\n", p.Name, p.Default, p.Doc, p.Type); err != nil {
				return err
			}
		}
	}
	return nil
}
