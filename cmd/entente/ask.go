package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/graph/cookbook"
	"github.com/entente-kg/entente/graph/neo4j"
)

func askCommand() *cli.Command {
	return &cli.Command{
		Name:      "ask",
		Usage:     "ask the graph a question of the cookbook",
		ArgsUsage: "NAME",
		UsageText: "entente ask NAME [--param NAME=VALUE]…\nentente ask --list",
		Description: `The cookbook holds the questions that researchers ask most, as Cypher that can be read, changed and pasted into Neo4j
Browser (--cypher). Each has parameters with defaults; an entity may be given by id, name or alias.

   entente ask --list
   entente ask negotiators --param who=何立峰 --param from=2025-10-01 --param to=2025-10-31
   entente ask dyad --param a=日本 --param b=country/USA
   entente ask tariffs --format csv > tariffs.csv
   entente ask dyad --cypher`,
		Flags: append([]cli.Flag{
			&cli.BoolFlag{Name: "list", Usage: "list the questions with their parameters"},
			&cli.BoolFlag{Name: "cypher", Usage: "print the question's Cypher, with the parameters in it, and end"},
			&cli.StringFlag{Name: "format", Usage: "`FORMAT`: table, jsonl or csv"},
			&cli.BoolFlag{Name: "json", Usage: "with --list one JSON object a question, else as --format jsonl"},
			&cli.StringSliceFlag{Name: "param", Aliases: []string{"p"}, Usage: "set a parameter of the question: `NAME=VALUE`; may be repeated"},
		}, connectFlags()...),
		Action: ask,
	}
}

func ask(c *cli.Context) error {
	if c.Bool("list") {
		if c.Bool("json") {
			return listQuestionsJSON(c.App.Writer)
		}
		return listQuestions(c.App.Writer)
	}
	if c.NArg() != 1 {
		return usagef("ask: want the name of one question; entente ask --list prints them")
	}
	q, ok := cookbook.Get(c.Args().First())
	if !ok {
		var names []string
		for _, q := range cookbook.Questions() {
			names = append(names, q.Name)
		}
		return usagef("ask: no question %q in the cookbook%s; entente ask --list prints them", c.Args().First(), didYouMean(c.Args().First(), names))
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
	if format == "" && c.Bool("json") {
		format = "jsonl"
	}
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
	if err := resolve(c, store, q, given, params); err != nil {
		return err
	}
	n := 0
	columns, err := store.Query(c.Context, q.Cypher, params, func(columns []string, values []any) error {
		n++
		return rows.row(columns, values)
	})
	if err != nil {
		return err
	}
	if err := rows.end(columns); err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return err
	}
	if n == 0 {
		noRows(c, q, params)
	}
	return nil
}

// resolve puts ids for the names that entities were given by. A default that the graph does not know stays as it is: the
// answer is empty then.
func resolve(c *cli.Context, store *neo4j.Store, q cookbook.Question, given map[string]string, params map[string]any) error {
	for _, p := range q.Params {
		name, isGiven := given[p.Name]
		if p.Type != cookbook.Entity || !isGiven {
			continue
		}
		ids, similar, err := named(c.Context, store, name)
		switch {
		case err != nil:
			return err
		case len(ids) == 0:
			return usagef("ask: --param %s=%s: no entity of the graph has this id, name or alias%s", p.Name, name, similar)
		case len(ids) > 1:
			return usagef("ask: --param %s=%s: %d entities are called so: give an id, one of %s", p.Name, name, len(ids), strings.Join(ids, ", "))
		}
		params[p.Name] = ids[0]
	}
	return nil
}

// named finds the entities with this id or, where there is none, with this name or alias; similar tells of others.
func named(ctx context.Context, store *neo4j.Store, name string) (ids []string, similar string, err error) {
	const byID = "MATCH (e:Entity) WHERE e.id IN [$name, 'country/' + $name] RETURN e.id AS id, e.nameJa AS nameJa, true AS exact LIMIT 1"
	const byName = `CALL db.index.fulltext.queryNodes('entente_names', $words) YIELD node AS e, score
WITH e, $name IN [e.name, e.nameJa] + coalesce(e.aliases, []) AS exact, score ORDER BY exact DESC, score DESC, e.id LIMIT 20
RETURN e.id AS id, e.nameJa AS nameJa, exact`
	var others []string
	for _, cypher := range []string{byID, byName} {
		// A phrase in quotation marks: no character of it is an operator of the index.
		words := `"` + strings.NewReplacer(`\`, " ", `"`, " ").Replace(name) + `"`
		if _, err := store.Query(ctx, cypher, map[string]any{"name": name, "words": words}, func(_ []string, values []any) error {
			id, _ := values[0].(string)
			nameJa, _ := values[1].(string)
			if exact, _ := values[2].(bool); exact {
				ids = append(ids, id)
			} else if len(others) < 3 {
				others = append(others, nameJa)
			}
			return nil
		}); err != nil {
			return nil, "", err
		}
		if len(ids) > 0 {
			return ids, "", nil
		}
	}
	if len(others) > 0 {
		similar = " (perhaps " + strings.Join(others, ", ") + "?)"
	}
	return nil, similar, nil
}

// noRows tells what was asked, since it may have been a default.
func noRows(c *cli.Context, q cookbook.Question, params map[string]any) {
	if len(q.Params) == 0 {
		say(c, "no rows: the graph holds nothing of the kind")
		return
	}
	list := make([]string, len(q.Params))
	for i, p := range q.Params {
		list[i] = fmt.Sprintf("%s=%v", p.Name, params[p.Name])
	}
	say(c, "no rows for %s; set others by --param (entente ask --list tells their meaning)", strings.Join(list, " "))
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

// listQuestionsJSON prints a question a line: name, title, titleJa, columns, and params with name, type, default and doc.
func listQuestionsJSON(w io.Writer) error {
	type param struct {
		Name    string        `json:"name"`
		Type    cookbook.Type `json:"type"`
		Default string        `json:"default"`
		Doc     string        `json:"doc"`
	}
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	for _, q := range cookbook.Questions() {
		params := make([]param, len(q.Params))
		for i, p := range q.Params {
			params[i] = param(p)
		}
		if err := out.Encode(struct {
			Name    string   `json:"name"`
			Title   string   `json:"title"`
			TitleJa string   `json:"titleJa"`
			Params  []param  `json:"params"`
			Columns []string `json:"columns"`
		}{q.Name, q.Title, q.TitleJa, params, q.Columns}); err != nil {
			return err
		}
	}
	return nil
}
