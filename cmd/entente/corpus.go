package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/internal/corpus"
	"github.com/entente-kg/entente/internal/refresh"
	"github.com/entente-kg/entente/internal/source"
)

func corpusCommand() *cli.Command {
	jsonFlag := &cli.BoolFlag{Name: "json", Usage: "print JSON"}
	return &cli.Command{
		Name:  "corpus",
		Usage: "look into the archive of fetched documents, save it and bring it back",
		Description: `The corpus holds every document that a refresh fetched, with its versions and how far it has got.

   entente corpus stats
   entente corpus list --pending
   entente corpus show https://news.example.org/2025/1 --version 1
   entente corpus export > backup.jsonl        what a rebuild elsewhere needs
   entente corpus import backup.jsonl
   entente corpus salvage -o saved.jsonl       what can still be read from a damaged one`,
		Subcommands: []*cli.Command{
			{
				Name: "list", Usage: "list documents", ArgsUsage: " ", Action: corpusList,
				Flags: []cli.Flag{configFlag(), jsonFlag,
					&cli.BoolFlag{Name: "pending", Usage: "only those that the graph does not hold as they are"},
					&cli.StringFlag{Name: "source", Usage: "only those of the source `NAME`"},
					&cli.StringFlag{Name: "state", Usage: "only those in `STATE`: live, missing or withdrawn"},
					&cli.IntFlag{Name: "limit", Usage: "at most `N`"},
				},
			},
			{
				Name: "show", Usage: "print a document", ArgsUsage: "ID", Action: corpusShow,
				Flags: []cli.Flag{configFlag(), jsonFlag,
					&cli.IntFlag{Name: "version", Usage: "its version `N` (default: the newest)"},
					&cli.BoolFlag{Name: "raw", Usage: "print the page as it was fetched"},
				},
			},
			{Name: "stats", Usage: "count what is there", ArgsUsage: " ", Action: corpusStats, Flags: []cli.Flag{configFlag(), jsonFlag}},
			{Name: "export", Usage: "print all live documents as JSON lines", ArgsUsage: " ", Action: corpusExport, Flags: []cli.Flag{configFlag(),
				&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "write to `FILE`"}}},
			{Name: "import", Usage: "archive documents from JSON lines, text files or folders", ArgsUsage: "FILE|DIR|GLOB|-", Action: corpusImport, Flags: []cli.Flag{configFlag()}},
			{Name: "salvage", Usage: "print the documents that can still be read from a damaged corpus, as JSON lines", ArgsUsage: " ", Action: corpusSalvage,
				Flags: []cli.Flag{configFlag(), &cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "write to `FILE`"}}},
			{Name: "withdraw", Usage: "make the graph forget documents at the next refresh", ArgsUsage: "[ID…]", Action: corpusWithdraw,
				Flags: []cli.Flag{configFlag(), &cli.StringFlag{Name: "source", Usage: "all documents of the source `NAME`"}}},
			{Name: "vacuum", Usage: "give unused space back", ArgsUsage: " ", Action: corpusVacuum, Flags: []cli.Flag{configFlag()}},
		},
	}
}

func openCorpus(c *cli.Context) (*corpus.Corpus, error) {
	config, err := refresh.ReadConfig(c.String("config"))
	if err != nil {
		return nil, usagef("%w", err)
	}
	return corpus.Open(c.Context, config.Corpus)
}

// writeCorpus opens the corpus for a change: not while a refresh is running.
func writeCorpus(c *cli.Context, f func(*corpus.Corpus) error) error {
	a, err := openCorpus(c)
	if err != nil {
		return err
	}
	defer a.Close()
	unlock, err := refresh.Lock(a.Path())
	if err != nil {
		return err
	}
	defer unlock()
	return f(a)
}

func corpusList(c *cli.Context) error {
	a, err := openCorpus(c)
	if err != nil {
		return err
	}
	defer a.Close()
	state := corpus.State(c.String("state"))
	if state != "" && !slices.Contains([]corpus.State{corpus.Live, corpus.Missing, corpus.Withdrawn}, state) {
		return usagef("corpus list: --state %s: want live, missing or withdrawn", state)
	}
	out := bufio.NewWriter(c.App.Writer)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for info, err := range a.List(c.Context, corpus.Filter{Pending: c.Bool("pending"), Source: c.String("source"), State: state, Limit: c.Int("limit")}) {
		if err != nil {
			return err
		}
		if c.Bool("json") {
			if err := enc.Encode(info); err != nil {
				return err
			}
			continue
		}
		waiting := ""
		if info.Pending {
			waiting = "waiting"
		}
		fmt.Fprintf(out, "%s\t%s\t%s\tv%d\t%s\t%s\t%s\n", info.ID, info.Published, info.State, info.Version, waiting, info.Outcome, info.Title)
	}
	return out.Flush()
}

func corpusShow(c *cli.Context) error {
	if c.Args().Len() != 1 {
		return usagef("corpus show: want the id of one document; entente corpus list prints them")
	}
	a, err := openCorpus(c)
	if err != nil {
		return err
	}
	defer a.Close()
	f, err := a.Document(c.Context, c.Args().First(), c.Int("version"))
	if err != nil {
		return err
	}
	switch {
	case c.Bool("raw") && f.Raw == nil:
		return fmt.Errorf("document %q: the source gave no more than its text", f.Document.ID)
	case c.Bool("raw"):
		_, err = c.App.Writer.Write(f.Raw)
	case c.Bool("json"):
		enc := json.NewEncoder(c.App.Writer)
		enc.SetEscapeHTML(false)
		err = enc.Encode(f.Document)
	default:
		d := f.Document
		_, err = fmt.Fprintf(c.App.Writer, "%s\n%s · %s · %s · fetched %s\n\n%s\n", d.Title, d.ID, d.Outlet, d.Published, f.Retrieved.Format(time.RFC3339), d.Text)
	}
	return err
}

func corpusStats(c *cli.Context) error {
	a, err := openCorpus(c)
	if err != nil {
		return err
	}
	defer a.Close()
	s, err := a.Stats(c.Context)
	if err != nil {
		return err
	}
	if c.Bool("json") {
		return json.NewEncoder(c.App.Writer).Encode(s)
	}
	w := c.App.Writer
	fmt.Fprintf(w, "%s\n%d documents, %d versions, %d waiting, %s bytes\n", a.Path(), s.Documents, s.Versions, s.Pending, strconv.FormatInt(s.Bytes, 10))
	printCounts(w, "state", s.States)
	printCounts(w, "outcome", s.Outcomes)
	printCounts(w, "source", s.Sources)
	return nil
}

func printCounts[K ~string](w io.Writer, what string, counts map[K]int) {
	keys := make([]K, 0, len(counts))
	for k := range counts {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		fmt.Fprintf(w, "  %s %s: %d\n", what, k, counts[k])
	}
}

func corpusExport(c *cli.Context) error {
	a, err := openCorpus(c)
	if err != nil {
		return err
	}
	defer a.Close()
	return writeOutput(c, c.String("output"), func(w io.Writer) error {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		for info, err := range a.List(c.Context, corpus.Filter{}) {
			if err != nil {
				return err
			}
			if info.State == corpus.Withdrawn {
				continue
			}
			f, err := a.Document(c.Context, info.ID, 0)
			if err != nil {
				return err
			}
			if err := enc.Encode(f.Document); err != nil {
				return err
			}
		}
		return nil
	})
}

// corpusSalvage prints what can be read, and ends with status 3 when something could not.
func corpusSalvage(c *cli.Context) error {
	config, err := refresh.ReadConfig(c.String("config"))
	if err != nil {
		return usagef("%w", err)
	}
	saved, failed := 0, 0
	err = writeOutput(c, c.String("output"), func(w io.Writer) error {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		for doc, err := range corpus.Salvage(c.Context, config.Corpus) {
			if err != nil {
				failed++
				warn(c, "entente: %v", err)
				continue
			}
			saved++
			if err := enc.Encode(doc); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	say(c, "%d documents saved", saved)
	return partial(failed, saved+failed)
}

// importBytes bounds the texts that are archived in one transaction.
const importBytes = 8 << 20

func corpusImport(c *cli.Context) error {
	if !c.Args().Present() {
		return usagef("corpus import: want a file, folder, glob or -")
	}
	return writeCorpus(c, func(a *corpus.Corpus) error {
		failed, total, size := 0, 0, 0
		var batch []corpus.Fetched
		keep := func() error {
			_, err := a.Put(c.Context, batch)
			batch, size = batch[:0], 0
			return err
		}
		for doc, err := range source.Open(c.Args().Slice(), source.Options{Stdin: c.App.Reader}) {
			total++
			if err != nil {
				failed++
				warn(c, "entente: %v", err)
				continue
			}
			batch = append(batch, corpus.Fetched{Document: doc, Source: "import", Retrieved: time.Now()})
			if size += len(doc.Text); len(batch) == 200 || size > importBytes {
				if err := keep(); err != nil {
					return err
				}
			}
		}
		if err := keep(); err != nil {
			return err
		}
		say(c, "%d documents archived; entente refresh --offline loads them", total-failed)
		return partial(failed, total)
	})
}

func corpusWithdraw(c *cli.Context) error {
	name := c.String("source")
	if !c.Args().Present() && name == "" {
		return usagef("corpus withdraw: want the ids of documents, or --source NAME")
	}
	return writeCorpus(c, func(a *corpus.Corpus) error {
		ids := c.Args().Slice()
		if name != "" {
			for info, err := range a.List(c.Context, corpus.Filter{Source: name}) {
				if err != nil {
					return err
				}
				ids = append(ids, info.ID)
			}
		}
		if err := a.Withdraw(c.Context, ids); err != nil {
			return err
		}
		say(c, "%d documents withdrawn; entente refresh --offline makes the graph forget them", len(ids))
		return nil
	})
}

func corpusVacuum(c *cli.Context) error {
	return writeCorpus(c, func(a *corpus.Corpus) error { return a.Vacuum(c.Context) })
}
