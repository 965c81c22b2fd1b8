package main

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/extract"
	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/memory"
	"github.com/entente-kg/entente/graph/neo4j"
	"github.com/entente-kg/entente/internal/refresh"
)

//go:embed entente.example.yaml
var exampleConfig []byte

// configFlag names the configuration of refresh, rebuild, watch and corpus.
func configFlag() cli.Flag {
	return &cli.StringFlag{Name: "config", Aliases: []string{"c"}, Value: "entente.yaml", EnvVars: []string{"ENTENTE_CONFIG"}, Usage: "the configuration `FILE`"}
}

func refreshCommand() *cli.Command {
	return &cli.Command{
		Name:      "refresh",
		Usage:     "fetch what the sources publish and bring the graph up to date",
		ArgsUsage: " ",
		Description: `Does one run: fetch → corpus → extract → Neo4j → report. Sources, filters and manners stand in entente.yaml. Only what
changed since the last run is read. A document is in the corpus before anything else happens to it: when Neo4j is down, or
the run is killed, the next run takes up the rest.

Exit status: 0 done, 1 failed, 2 wrong configuration, 3 done but some documents failed.

   entente refresh --init                     write an example entente.yaml here
   entente refresh
   entente refresh --config /etc/entente/entente.yaml --json
   entente refresh --offline                  only load what the corpus holds and the graph does not`,
		Flags: append([]cli.Flag{
			configFlag(),
			&cli.BoolFlag{Name: "init", Usage: "write an example configuration and end"},
			&cli.BoolFlag{Name: "offline", Usage: "leave the sources alone; load what waits in the corpus"},
			&cli.BoolFlag{Name: "dry-run", Usage: "only tell what the documents waiting in the corpus would change"},
			&cli.BoolFlag{Name: "json", Usage: "print the report as JSON"},
		}, connectFlags()...),
		Action: func(c *cli.Context) error {
			if c.Bool("init") {
				return initConfig(c)
			}
			return refreshOnce(c, func(j *refresh.Job) { j.Offline, j.DryRun = c.Bool("offline"), c.Bool("dry-run") })
		},
	}
}

func rebuildCommand() *cli.Command {
	return &cli.Command{
		Name:      "rebuild",
		Usage:     "read the whole corpus again with today's rules",
		ArgsUsage: " ",
		Description: `Extracts every document of the corpus that another version of the rules read, and makes the graph true to what it says
now: each document is replaced in one transaction, so that the graph is never half of both. No network is used. Killed or
interrupted, the same command goes on where it was.

   entente rebuild
   entente rebuild --all                      also what today's rules have read and the graph does not hold: for one that was
                                              lost, or brought back from a backup`,
		Flags: append([]cli.Flag{
			configFlag(),
			&cli.BoolFlag{Name: "all", Usage: "also load what the graph ought to hold and does not"},
			&cli.IntFlag{Name: "workers", Usage: "read `N` documents at once (default: the configuration's)"},
			&cli.BoolFlag{Name: "json", Usage: "print the report as JSON"},
		}, connectFlags()...),
		Action: func(c *cli.Context) error {
			return refreshOnce(c, func(j *refresh.Job) {
				j.Offline, j.Rebuild, j.All = true, true, c.Bool("all")
				if n := c.Int("workers"); n > 0 {
					j.Config.Workers = n
				}
			})
		},
	}
}

func initConfig(c *cli.Context) error {
	name := c.String("config")
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return usagef("refresh --init: %w", err)
	}
	if _, err := f.Write(exampleConfig); err != nil {
		return errors.Join(err, f.Close())
	}
	say(c, "%s written: name your sources in it, then run entente refresh", name)
	return f.Close()
}

// newJob makes a job from the configuration and the connection flags.
func newJob(c *cli.Context) (refresh.Job, error) {
	if c.Args().Present() {
		return refresh.Job{}, usagef("%s takes no arguments: sources stand in %s", c.Command.Name, c.String("config"))
	}
	config, err := refresh.ReadConfig(c.String("config"))
	if err != nil {
		return refresh.Job{}, usagef("%w", err)
	}
	for flag, value := range map[string]string{"uri": config.Neo4j.URI, "username": config.Neo4j.Username, "database": config.Neo4j.Database} {
		if value != "" && !c.IsSet(flag) {
			if err := c.Set(flag, value); err != nil {
				return refresh.Job{}, usagef("%s: neo4j.%s: %w", c.String("config"), flag, err)
			}
		}
	}
	opts := extract.Options{MinConfidence: config.MinConfidence}
	if opts.Curation, err = readCuration(config.Curation); err != nil {
		return refresh.Job{}, err
	}
	for _, dir := range config.Rules {
		opts.Rules = append(opts.Rules, os.DirFS(dir))
	}
	x, err := extract.New(opts)
	if err != nil {
		return refresh.Job{}, usagef("%s: %w", c.String("config"), err)
	}
	return refresh.Job{
		Config: config, Extract: refresh.Reader{Extractor: x}, Ontology: x.Ontology(),
		Unreachable: func(err error) bool { return errors.Is(err, neo4j.ErrUnreachable) || errors.Is(err, neo4j.ErrRefused) },
		Store: func(ctx context.Context) (graph.Store, error) {
			o, err := connection(c)
			if err != nil {
				return nil, err
			}
			o.Ontology = x.Ontology()
			return open(ctx, o)
		},
	}, nil
}

func refreshOnce(c *cli.Context, set func(*refresh.Job)) error {
	job, err := newJob(c)
	if err != nil {
		return err
	}
	set(&job)
	if job.DryRun {
		connect := job.Store
		job.Store = func(ctx context.Context) (graph.Store, error) {
			store, err := connect(ctx)
			var usage *usageError
			if errors.As(err, &usage) && !c.IsSet("uri") {
				say(c, "no Neo4j: telling what would be written into an empty graph")
				return memory.New(job.Ontology), nil
			}
			return store, err
		}
	}
	see := &refreshProgress{c: c}
	job.Observer = see
	report, err := job.Run(c.Context)
	see.done()
	if report != nil {
		if printErr := printReport(c, report); err == nil {
			err = printErr
		}
	}
	switch {
	case err != nil && report != nil && report.Pending > 0:
		return fmt.Errorf("%w; %d documents wait in the corpus: the next entente refresh takes them up", err, report.Pending)
	case err != nil:
		return err
	}
	return refreshOutcome(report)
}

// refreshOutcome is the status of a run that came to its end.
func refreshOutcome(r *refresh.Report) error {
	if n := r.Failed(); n > 0 {
		return &partialError{failed: n, total: n + r.Loaded + r.Retracted + r.Fetched.Unchanged}
	}
	return nil
}

func printReport(c *cli.Context, r *refresh.Report) error {
	if c.Bool("json") {
		enc := json.NewEncoder(c.App.Writer)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(r)
	}
	var b bytes.Buffer
	if err := r.Write(&b); err != nil {
		return err
	}
	_, err := b.WriteTo(c.App.Writer)
	return err
}

// refreshProgress shows a bar while documents are loaded; what fails is told by the report.
type refreshProgress struct {
	refresh.Silent
	c   *cli.Context
	bar *progress
}

func (p *refreshProgress) Loading(pending int) {
	if pending > 0 {
		p.bar = newProgress(p.c, "documents", pending)
	}
}

func (p *refreshProgress) Loaded(string) {
	if p.bar != nil {
		p.bar.Step()
	}
}

func (p *refreshProgress) done() {
	if p.bar != nil {
		p.bar.Done()
	}
}
