package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/graph/cookbook"
	"github.com/entente-kg/entente/schema"
)

//go:generate go run . docs ontology -o ../../docs/ontology.md
//go:generate go run . docs cli -o ../../docs/cli.md
//go:generate go run . docs cookbook -o ../../docs/cookbook.md

func docsCommand() *cli.Command {
	out := &cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "write to `FILE` instead of standard output"}
	write := func(page func(c *cli.Context, w io.Writer) error) cli.ActionFunc {
		return func(c *cli.Context) error {
			return writeOutput(c, c.String("output"), func(w io.Writer) error { return page(c, w) })
		}
	}
	return &cli.Command{
		Name:  "docs",
		Usage: "print documentation that is made from the program itself",
		Description: `   entente docs man | man -l -          the manual page
   entente docs ontology -o ontology.md relations and entity types`,
		Subcommands: []*cli.Command{
			{Name: "ontology", Usage: "relations and entity types, as Markdown", Flags: []cli.Flag{out},
				Action: write(func(_ *cli.Context, w io.Writer) error { return ontologyPage(w, schema.Relations()) })},
			{Name: "cli", Usage: "every command and its flags, as Markdown", Flags: []cli.Flag{out},
				Action: write(func(c *cli.Context, w io.Writer) error { return cliPage(w, c.App) })},
			{Name: "cookbook", Usage: "the questions of entente ask, as Markdown", Flags: []cli.Flag{out},
				Action: write(func(_ *cli.Context, w io.Writer) error { return cookbookPage(w, cookbook.Questions()) })},
			{Name: "man", Usage: "the manual page, as troff", Flags: []cli.Flag{out},
				Action: write(func(c *cli.Context, w io.Writer) error {
					page, err := c.App.ToManWithSection(1)
					if err != nil {
						return err
					}
					_, err = io.WriteString(w, page)
					return err
				})},
		},
	}
}

const generatedNote = "<!-- Made by \"go generate ./cmd/entente\": change the program or schema/ontology.yaml, not this file. -->\n"

// ontologyPage writes docs/ontology.md: the entity types and relations in the ontology's order.
func ontologyPage(w io.Writer, o *schema.Ontology) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# Ontology\n\n%s\n", generatedNote)
	fmt.Fprintf(&b, `What the graph can say: version %d, %d entity types and %d relations. It is one file that a person can read and extend,
[schema/ontology.yaml](../schema/ontology.yaml); a new relation needs no Go. PLOVER codes are those of the %s for a
statement of status *actual*.

## Entity types

| type | what |
|---|---|
`, o.Version, len(o.Entities), len(o.All), o.Codebook)
	for _, e := range o.Entities {
		fmt.Fprintf(&b, "| %s | %s |\n", e.Type, e.Definition)
	}
	b.WriteString(`
## Relations

↔ marks symmetric relations: stated once, in either order. *actor* is short for Country, Official, Organization.
A *functional* relation is superseded by a later statement of the same; all others can be repeated.

| relation | Neo4j type | PLOVER | from → to | meaning | example |
|---|---|---|---|---|---|
`)
	for _, r := range o.All {
		name, arrow := r.ID, "→"
		if r.Symmetric {
			name += " ↔"
			arrow = "↔"
		}
		if r.Functional {
			name += " (functional)"
		}
		fmt.Fprintf(&b, "| %s | `%s` | %s | %s %s %s | %s | %s |\n",
			name, r.Type(), ploverCode(r.Plover), typeList(r.Subject), arrow, typeList(r.Object), cell(r.Definition), cell(r.Example))
	}
	b.WriteString(`
## Statuses

The status of a statement joins its polarity and modality, and moves its PLOVER code.

| status | when | PLOVER code |
|---|---|---|
| actual | it has happened, happens, or is done by saying so | as above |
| planned | it is to happen | CONSULT, SUPPORT, COOPERATE and AID become AGREE; RETREAT becomes CONCEDE; else as above |
| possible | it may happen | as planned |
| threatened | it is held out as a threat | THREATEN |
| denied | it is said not to happen or not to have happened | CONSULT becomes REJECT; else none |
`)
	fmt.Fprintf(&b, "\nRelation by relation, in the codes of the %s:\n\n| relation |", o.Codebook)
	for _, status := range schema.Statuses() {
		fmt.Fprintf(&b, " %s |", status)
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(schema.Statuses())) + "\n")
	for _, r := range o.All {
		fmt.Fprintf(&b, "| %s |", r.ID)
		for _, status := range schema.Statuses() {
			fmt.Fprintf(&b, " %s |", ploverCode(r.PloverOf(status)))
		}
		b.WriteString("\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// ploverCode writes an event type with its mode in brackets, or a dash for none.
func ploverCode(p schema.Plover) string {
	switch {
	case p.Event == "":
		return "—"
	case p.Mode == "":
		return p.Event
	}
	return p.Event + " (" + p.Mode + ")"
}

// cookbookPage writes docs/cookbook.md: the questions by name.
func cookbookPage(w io.Writer, questions []cookbook.Question) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# Cookbook\n\n%s\n", "<!-- Made by \"go generate ./cmd/entente\": change graph/cookbook/queries, not this file. -->\n")
	fmt.Fprintf(&b, `%d questions that researchers ask of the graph, each one Cypher query. They are run in tests on the graph of the built-in
articles. In the terminal:

~~~sh
entente ask --list
entente ask negotiators --param who=何立峰 --format csv
~~~

In Neo4j Browser they come as favourites: see [explore](explore.md). Parameters stand in the queries as $name.

| name | question | 問い |
|---|---|---|
`, len(questions))
	for _, q := range questions {
		fmt.Fprintf(&b, "| [%s](#%s) | %s | %s |\n", q.Name, q.Name, cell(q.Title), cell(q.TitleJa))
	}
	for _, q := range questions {
		fmt.Fprintf(&b, "\n## %s\n\n%s\n%s\n\n", q.Name, q.Title, q.TitleJa)
		if len(q.Params) > 0 {
			b.WriteString("| parameter | type | default | what |\n|---|---|---|---|\n")
			for _, p := range q.Params {
				fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", p.Name, p.Type, cell(p.Default), cell(p.Doc))
			}
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "Columns: %s\n\n~~~cypher\n%s\n~~~\n", strings.Join(q.Columns, ", "), q.Cypher)
	}
	_, err := io.WriteString(w, strings.ReplaceAll(b.String(), "~~~", "```"))
	return err
}

// typeList names entity types, the three actors by their short name.
func typeList(types []schema.EntityType) string {
	actors := 0
	var names []string
	for _, t := range types {
		switch t {
		case schema.Country, schema.Official, schema.Organization:
			actors++
		}
		names = append(names, string(t))
	}
	if actors < 3 {
		return strings.Join(names, ", ")
	}
	names = []string{"actor"}
	for _, t := range types {
		switch t {
		case schema.Country, schema.Official, schema.Organization:
		default:
			names = append(names, string(t))
		}
	}
	return strings.Join(names, ", ")
}

// cell makes text safe inside a Markdown table.
func cell(s string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ", "<", "&lt;", "`", "'").Replace(s)
}

// cliPage writes docs/cli.md: every visible command in the order of the help text.
func cliPage(w io.Writer, app *cli.App) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# Command line\n\n%s\n%s.\n\n```\n%s\n```\n", generatedNote, app.Usage, app.Description)
	b.WriteString(`
Data goes to standard output, everything said to a person to standard error. Flags may stand before or after the
arguments. The exit status is 0 when all is done, 1 when it failed, 2 for bad usage or configuration, and 3 when it is done
but some documents failed.

Flags of every command:

`)
	flagTable(&b, app.Flags)
	b.WriteString(`
## Connection

Every command that talks to a Neo4j finds the one of entente neo4j start by itself, and takes any other, cluster or
hosted, by these flags or variables. The password comes from a file or from NEO4J_PASSWORD, never from the command line.

`)
	flagTable(&b, connectFlags())
	for _, c := range app.Commands {
		commandSection(&b, c, "entente", 2)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func commandSection(b *strings.Builder, c *cli.Command, parent string, level int) {
	if c.Hidden {
		return
	}
	name := parent + " " + c.Name
	fmt.Fprintf(b, "\n%s %s\n\n%s.\n", strings.Repeat("#", level), name, upperFirst(c.Usage))
	if c.UsageText != "" {
		fmt.Fprintf(b, "\n```\n%s\n```\n", strings.TrimSpace(c.UsageText))
	}
	if c.Description != "" {
		fmt.Fprintf(b, "\n```\n%s\n```\n", c.Description)
	}
	own, connects := withoutConnection(c.Flags)
	if len(own) > 0 {
		b.WriteString("\n")
		flagTable(b, own)
	}
	if connects {
		b.WriteString("\nAlso the flags of a [connection](#connection).\n")
	}
	for _, sub := range c.Subcommands {
		commandSection(b, sub, name, level+1)
	}
}

// withoutConnection leaves out the flags of connectFlags, which are told once, when all of them are there.
func withoutConnection(flags []cli.Flag) (own []cli.Flag, connects bool) {
	shared := connectFlags()
	for _, f := range flags {
		if f != cli.HelpFlag && lookup(shared, f.Names()[0]) == nil {
			own = append(own, f)
		}
	}
	for _, f := range shared {
		if lookup(flags, f.Names()[0]) == nil {
			return flags, false
		}
	}
	return own, true
}

func flagTable(b *strings.Builder, flags []cli.Flag) {
	b.WriteString("| flag | environment | default | what |\n|---|---|---|---|\n")
	for _, f := range flags {
		if f == cli.HelpFlag {
			continue // added while running
		}
		d, ok := f.(cli.DocGenerationFlag)
		if v, isVisible := f.(cli.VisibleFlag); !ok || isVisible && !v.IsVisible() {
			continue
		}
		var names []string
		for _, n := range f.Names() {
			dashes := "--"
			if len(n) == 1 {
				dashes = "-"
			}
			names = append(names, "`"+dashes+n+"`")
		}
		env := strings.Join(d.GetEnvVars(), ", ")
		value := ""
		if d.TakesValue() {
			value = d.GetDefaultText()
		}
		fmt.Fprintf(b, "| %s | %s | %s | %s |\n", strings.Join(names, ", "), env, cell(value), strings.ReplaceAll(d.GetUsage(), "|", `\|`))
	}
}

func upperFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
