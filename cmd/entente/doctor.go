package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/internal/localdb"
)

func doctorCommand() *cli.Command {
	return &cli.Command{
		Name:      "doctor",
		Usage:     "tell what this machine has, what it lacks, and what to do",
		UsageText: "entente doctor [--json]",
		Description: `Looks for everything that entente can use, starts nothing and downloads nothing. The exit status is 0 when a graph
can be built here: a Neo4j answers, or one can be started.`,
		Flags:  append([]cli.Flag{&cli.BoolFlag{Name: "json", Usage: "print one JSON object a line"}}, connectFlags()...),
		Action: doctor,
	}
}

func doctor(c *cli.Context) error {
	o, err := localOptions(c)
	if err != nil {
		return err
	}
	v := currentVersions()
	findings := []localdb.Finding{
		{Name: "entente", Version: v.Entente, Path: executable()},
		{Name: "extractor", Version: v.Extractor},
		{Name: "dictionary", Version: v.Dictionary},
	}
	findings = append(findings, localdb.Probe(c.Context, o)...)
	running := localdb.Finding{Name: "local Neo4j"}
	s, err := localdb.Status(o.Dir)
	switch {
	case err == nil:
		running.Version, running.Path = localdb.Version, s.URI()
	case errors.Is(err, localdb.ErrNotRunning):
		running.Fault = "not running: start it by entente neo4j start"
	default:
		running.Fault = err.Error()
	}
	findings = append(findings, running)
	given, err := givenServer(c)
	if err != nil {
		return err
	}
	if given != nil {
		findings = append(findings, *given)
	}

	if err := printFindings(c, findings); err != nil {
		return err
	}
	switch {
	case given != nil && given.Fault != "":
		return errors.New(given.Fault)
	case given != nil || running.Fault == "":
		return nil
	}
	if err := localdb.Ready(c.Context, o); err != nil {
		return fmt.Errorf("no Neo4j: %w\n  or set NEO4J_URI, NEO4J_USERNAME and NEO4J_PASSWORD to a server that is there", err)
	}
	return nil
}

// givenServer asks the Neo4j that the flags or the environment name for its version; nil when they name none.
func givenServer(c *cli.Context) (*localdb.Finding, error) {
	if c.String("uri") == "" && os.Getenv("NEO4J_PASSWORD") == "" {
		return nil, nil
	}
	o, err := connection(c)
	if err != nil {
		return nil, err
	}
	o.ReadOnly = true
	f := &localdb.Finding{Name: "given Neo4j", Path: o.URI}
	store, err := open(c.Context, o)
	if err != nil {
		f.Fault = err.Error()
		return f, nil
	}
	defer store.Close(context.WithoutCancel(c.Context))
	f.Version = store.Server().Version + " " + store.Server().Edition
	return f, nil
}

func printFindings(c *cli.Context, findings []localdb.Finding) error {
	if c.Bool("json") {
		out := json.NewEncoder(c.App.Writer)
		for _, f := range findings {
			if err := out.Encode(f); err != nil {
				return err
			}
		}
		return nil
	}
	for _, f := range findings {
		mark, found := "ok     ", f.Version
		if f.Path != "" {
			found += " (" + f.Path + ")"
		}
		if f.Fault != "" {
			mark, found = "missing", f.Fault
		}
		if _, err := fmt.Fprintf(c.App.Writer, "%s  %-16s  %s\n", mark, f.Name, found); err != nil {
			return err
		}
	}
	return nil
}

func executable() string {
	path, err := os.Executable()
	if err != nil {
		return ""
	}
	return path
}
