package main

import (
	"bytes"
	"io"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/internal/report"
)

func reportCommand() *cli.Command {
	return &cli.Command{
		Name:      "report",
		Usage:     "write a page to read, filter, print and pass on",
		ArgsUsage: "[FILE|DIR|-]",
		UsageText: "entente report -o report.html [--from DAY] [--to DAY] [--entity NAME]… [--relation R]… [--status S]… [FILE|DIR|-…]",
		Description: `Writes one HTML page that needs nothing else, no network either: the picture, a timeline, who deals with whom, and every
relation with the sentences that state it, the words marked, and links to the articles. It can be filtered, printed, and
read on a telephone, by keyboard or screen reader, in Japanese and English.

` + networkInput + `

   entente report -o report.html
   entente report -o japan.html --entity 日本 --from 2025-10-01 --to 2025-12-31
   entente report -o report.html articles.jsonl`,
		Flags: slices.Concat([]cli.Flag{
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "write to `FILE` instead of standard output"},
			&cli.StringFlag{Name: "title", Usage: "the page's `TITLE`"},
			&cli.StringFlag{Name: "lang", Usage: "open in this `LANGUAGE`: ja or en (default: the reader's)"},
			&cli.IntFlag{Name: "most-drawn", Value: 150, Usage: "draw the `N` strongest relations; all are in the tables and lists"},
		}, filterFlags(), extractFlags(), connectFlags()),
		Action: reportAction,
	}
}

func reportAction(c *cli.Context) error {
	opts := report.Options{Title: c.String("title"), Lang: c.String("lang"), MostDrawn: c.Int("most-drawn")}
	if c.Int("most-drawn") < 1 {
		return usagef("report: --most-drawn %d: want at least 1", c.Int("most-drawn"))
	}
	opts.EnsureDefaults()
	if err := opts.Validate(); err != nil {
		return usagef("%w", err)
	}
	if c.String("output") == "" && isTerminal(c.App.Writer) {
		return usagef("report: a page is nothing for a terminal: name a file by -o report.html")
	}
	n, vocabulary, bad, of, err := network(c)
	if err != nil {
		return err
	}
	var page bytes.Buffer
	if err := report.Write(c.Context, &page, vocabulary, n, opts); err != nil {
		return err
	}
	size := page.Len()
	if err := writeOutput(c, c.String("output"), func(w io.Writer) error {
		_, err := page.WriteTo(w)
		return err
	}); err != nil {
		return err
	}
	statements := 0
	for _, e := range n.Edges {
		statements += len(e.Statements)
	}
	say(c, "a page of %d relations with %d statements, %d KiB", len(n.Edges), statements, size>>10)
	return partial(bad, of)
}
