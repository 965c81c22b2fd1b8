package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/files"
	"github.com/entente-kg/entente/graph/neo4j"
)

func exportCommand() *cli.Command {
	var names []string
	for _, f := range files.Formats() {
		names = append(names, string(f))
	}
	return &cli.Command{
		Name:  "export",
		Usage: "write the graph to files",
		Description: `   csv      a folder for neo4j-admin database import, with a note on how to run it
   jsonl    the canonical dump (as entente dump)
   parquet  a folder with entities, edges, documents, mentions and statements as tables
   graphml  for Gephi, yEd, NetworkX, igraph
   cypher   a script for cypher-shell and hosted databases
   plover   PLOVER 2.0 event rows, one JSON object a line

   entente export --format parquet -o tables
   entente export --format cypher | cypher-shell -a neo4j+s://…`,
		Flags: append([]cli.Flag{
			rulesFlag(),
			&cli.StringFlag{Name: "format", Value: string(files.JSONL), Usage: "`FORMAT`: " + strings.Join(names, ", ")},
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "write to `FILE` or folder instead of standard output"},
		}, connectFlags()...),
		Action: exportAction,
	}
}

func exportAction(c *cli.Context) error {
	format, out := files.Format(c.String("format")), c.String("output")
	if !slices.Contains(files.Formats(), format) {
		return usagef("export: format %q: want one of %v", format, files.Formats())
	}
	if format.Folder() && (out == "" || out == "-") {
		return usagef("export: %s is a folder: name it by -o", format)
	}
	vocabulary, err := ontology(c)
	if err != nil {
		return err
	}
	store, err := openStore(c, true)
	if err != nil {
		return err
	}
	defer store.Close(context.WithoutCancel(c.Context))
	var rows graph.Walker = store
	if out != "" && out != "-" { // else the bar would run through what is printed
		seen, err := newWalked(c, store)
		if err != nil {
			return err
		}
		defer seen.bar.Done()
		rows = seen
	}
	if !format.Folder() {
		return writeOutput(c, out, func(w io.Writer) error { return files.Write(c.Context, rows, vocabulary, format, w) })
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	err = files.WriteFolder(c.Context, rows, vocabulary, format, func(name string) (io.WriteCloser, error) {
		return os.Create(filepath.Join(out, name))
	})
	if err != nil {
		return fmt.Errorf("export to %s: %w; the files there are not complete, the same command makes them anew", out, err)
	}
	say(c, "written to %s", out)
	return nil
}

// walked is a graph that shows on a terminal how far its visitor is.
type walked struct {
	graph.Walker
	bar *progress
}

func newWalked(c *cli.Context, store *neo4j.Store) (walked, error) {
	total := 0
	if shows(c) {
		const rows = "MATCH (n) WHERE n:Entity OR n:Document OR n:Statement RETURN count(n)"
		if _, err := store.Query(c.Context, rows, nil, func(_ []string, values []any) error {
			if n, ok := values[0].(int64); ok {
				total = int(n)
			}
			return nil
		}); err != nil {
			return walked{}, err
		}
	}
	return walked{store, newProgress(c, "rows", total)}, nil
}

// Walk visits the graph and counts.
func (g walked) Walk(ctx context.Context, v graph.Visitor) error {
	return g.Walker.Walk(ctx, stepper{v, g.bar})
}

type stepper struct {
	graph.Visitor
	bar *progress
}

func (s stepper) Entity(e graph.Entity, edges []graph.Edge) error {
	s.bar.Step()
	return s.Visitor.Entity(e, edges)
}

func (s stepper) Document(d graph.Document, mentions []graph.Mention) error {
	s.bar.Step()
	return s.Visitor.Document(d, mentions)
}

func (s stepper) Statement(t graph.Statement, fulfilledBy string) error {
	s.bar.Step()
	return s.Visitor.Statement(t, fulfilledBy)
}
