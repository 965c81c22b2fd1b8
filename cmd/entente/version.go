package main

import (
	"encoding/json"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/extract"
	"github.com/entente-kg/entente/schema"
)

// versions is what the version command tells: everything that a result depends on.
type versions struct {
	Entente    string `json:"entente"`
	Extractor  string `json:"extractor"`
	Dictionary string `json:"dictionary"`
	Ontology   string `json:"ontology"`
	Go         string `json:"go"`
	Platform   string `json:"platform"`
}

func versionCommand() *cli.Command {
	return &cli.Command{
		Name:      "version",
		Usage:     "print the versions of the program, its rules, dictionary and ontology",
		UsageText: "entente version [--json]",
		Flags:     []cli.Flag{&cli.BoolFlag{Name: "json", Usage: "print one JSON object"}},
		Action: func(c *cli.Context) error {
			v := currentVersions()
			if c.Bool("json") {
				return json.NewEncoder(c.App.Writer).Encode(v)
			}
			_, err := fmt.Fprintf(c.App.Writer, "entente     %s\nextractor   %s\ndictionary  %s\nontology    %s\ngo          %s %s\n",
				v.Entente, v.Extractor, v.Dictionary, v.Ontology, v.Go, v.Platform)
			return err
		},
	}
}

func currentVersions() versions {
	o := schema.Relations()
	return versions{
		Entente:    programVersion(),
		Extractor:  extract.Version(),
		Dictionary: extract.Dictionary,
		Ontology:   fmt.Sprintf("%d (%d relations, %s)", o.Version, len(o.All), o.Codebook),
		Go:         runtime.Version(),
		Platform:   runtime.GOOS + "/" + runtime.GOARCH,
	}
}

// programVersion is the module's version for an installed program, and the commit for one built in a clone.
func programVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	revision, modified := "devel", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision" && len(s.Value) >= 12:
			revision = s.Value[:12]
		case s.Key == "vcs.modified" && s.Value == "true":
			modified = " with local changes"
		}
	}
	return revision + modified
}
