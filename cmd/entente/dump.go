package main

import (
	"context"
	"io"

	"github.com/urfave/cli/v2"
)

func dumpCommand() *cli.Command {
	return &cli.Command{
		Name:  "dump",
		Usage: "print the whole graph in canonical form",
		Description: `One JSON object a line, sorted: entities with their typed edges, documents with what they mention and copy, statements
with their ends. Equal graphs give equal bytes, whatever way they were loaded; compare two with diff or cmp.

   entente dump -o before.jsonl
   entente build articles.jsonl
   entente dump | diff before.jsonl -`,
		Flags: append([]cli.Flag{
			rulesFlag(),
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "write to `FILE` instead of standard output"},
		}, connectFlags()...),
		Action: func(c *cli.Context) error {
			store, err := openStore(c, true)
			if err != nil {
				return err
			}
			defer store.Close(context.WithoutCancel(c.Context))
			return writeOutput(c, c.String("output"), func(w io.Writer) error { return store.Dump(c.Context, w) })
		},
	}
}
