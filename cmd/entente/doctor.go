package main

import (
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
		Flags:  []cli.Flag{dataFlag(), &cli.BoolFlag{Name: "json", Usage: "print one JSON object a line"}},
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

	if err := printFindings(c, findings); err != nil {
		return err
	}
	if running.Fault == "" {
		return nil
	}
	if err := localdb.Ready(c.Context, o); err != nil {
		return fmt.Errorf("no Neo4j: %w\n  or set NEO4J_URI, NEO4J_USERNAME and NEO4J_PASSWORD to a server that is there", err)
	}
	return nil
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
