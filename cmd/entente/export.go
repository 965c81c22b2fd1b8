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

	"github.com/entente-kg/entente/graph/files"
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
		return usagef("export: format %q; see entente export --help", format)
	}
	if format.Folder() && (out == "" || out == "-") {
		return usagef("export: %s is a folder: name it by -o", format)
	}
	store, err := openStore(c, true)
	if err != nil {
		return err
	}
	defer store.Close(context.WithoutCancel(c.Context))
	if !format.Folder() {
		return writeOutput(c, out, func(w io.Writer) error { return files.Write(c.Context, store, nil, format, w) })
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	err = files.WriteFolder(c.Context, store, nil, format, func(name string) (io.WriteCloser, error) {
		return os.Create(filepath.Join(out, name))
	})
	if err != nil {
		return fmt.Errorf("export to %s: %w", out, err)
	}
	say(c, "written to %s", out)
	return nil
}
