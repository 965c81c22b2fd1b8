package main

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/extract"
	"github.com/entente-kg/entente/graph/neo4j"
	"github.com/entente-kg/entente/internal/localdb"
	"github.com/entente-kg/entente/schema"
)

// connectFlags are the flags of every command that talks to a Neo4j.
func connectFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "uri", EnvVars: []string{"NEO4J_URI"}, Category: "Neo4j",
			Usage: "the `ADDRESS` of a Neo4j: bolt:// or neo4j://, with +s for TLS (default: the one of entente neo4j start)"},
		&cli.StringFlag{Name: "username", EnvVars: []string{"NEO4J_USERNAME"}, Value: localdb.Username, Category: "Neo4j", Usage: "the user's `NAME`"},
		&cli.StringFlag{Name: "password-file", EnvVars: []string{"NEO4J_PASSWORD_FILE"}, Category: "Neo4j",
			Usage: "a `FILE` that holds the password; else NEO4J_PASSWORD in the environment"},
		&cli.StringFlag{Name: "database", EnvVars: []string{"NEO4J_DATABASE"}, Value: "neo4j", Category: "Neo4j", Usage: "the database's `NAME`"},
		&cli.StringFlag{Name: "certificate", EnvVars: []string{"NEO4J_CERTIFICATE"}, Category: "Neo4j",
			Usage: "trust the authority of this PEM `FILE` besides the system's"},
		dataFlag(),
	}
}

// openStore connects to the Neo4j that the flags and the environment name, or to the local one. The caller closes it.
func openStore(c *cli.Context, readOnly bool) (*neo4j.Store, error) {
	o, err := connection(c)
	if err != nil {
		return nil, err
	}
	o.ReadOnly = readOnly
	return open(c.Context, o)
}

func open(ctx context.Context, o neo4j.Options) (*neo4j.Store, error) {
	store, err := neo4j.Open(ctx, o)
	for _, mistake := range []error{neo4j.ErrRefused, neo4j.ErrNoDatabase, neo4j.ErrCertificate, neo4j.ErrTooOld} {
		if errors.Is(err, mistake) {
			return nil, usagef("%w", err)
		}
	}
	return store, err
}

// connection says where the Neo4j is: where --uri or NEO4J_URI says, at the usual port of this machine when only a password
// is given (docker-compose.yml), else where entente neo4j start put it.
func connection(c *cli.Context) (neo4j.Options, error) {
	vocabulary, err := ontology(c)
	if err != nil {
		return neo4j.Options{}, err
	}
	o := neo4j.Options{
		Ontology: vocabulary,
		Waiting: func(d time.Duration) {
			say(c, "waiting for another program that writes into this graph (%v so far)", d.Round(time.Second))
		},
		URI: c.String("uri"), Username: cmp.Or(c.String("username"), localdb.Username), Password: os.Getenv("NEO4J_PASSWORD"), Database: c.String("database"),
	}
	if name := c.String("password-file"); name != "" {
		b, err := os.ReadFile(name)
		if err != nil {
			return o, usagef("--password-file: %w", err)
		}
		o.Password = strings.TrimRight(string(b), "\r\n")
	}
	if name := c.String("certificate"); name != "" {
		if o.Certificates, err = os.ReadFile(name); err != nil {
			return o, usagef("--certificate: %w", err)
		}
	}
	switch {
	case o.URI != "":
		if o.Password == "" {
			o.Username = "" // a server without authentication
		}
	case o.Password != "":
		o.URI = "bolt://localhost:7687"
	default:
		s, err := localServer(c)
		if errors.Is(err, localdb.ErrNotRunning) {
			return o, usagef("no Neo4j: start one here by entente neo4j start, or name one by NEO4J_URI, NEO4J_USERNAME and NEO4J_PASSWORD")
		}
		if err != nil {
			return o, err
		}
		o.URI, o.Username = s.URI(), localdb.Username
		if o.Password, err = s.Password(); err != nil {
			return o, err
		}
	}
	defaults := o
	defaults.EnsureDefaults()
	if err := defaults.Validate(); err != nil {
		return o, usagef("%w", err)
	}
	return o, nil
}

// rulesFlag adds relations and frames of one's own.
func rulesFlag() cli.Flag {
	return &cli.StringSliceFlag{Name: "rules", Usage: "add the frames and relations of `DIR`; may be repeated"}
}

// ruleFolders are the folders of --rules.
func ruleFolders(c *cli.Context) ([]fs.FS, error) {
	var folders []fs.FS
	for _, dir := range c.StringSlice("rules") {
		info, err := os.Stat(dir)
		if err != nil {
			return nil, usagef("--rules: %w", err)
		}
		if !info.IsDir() {
			return nil, usagef("--rules %s: want a folder of .yaml files", dir)
		}
		folders = append(folders, os.DirFS(dir))
	}
	return folders, nil
}

// ontology is the vocabulary with the relations that --rules adds.
func ontology(c *cli.Context) (*schema.Ontology, error) {
	folders, err := ruleFolders(c)
	if err != nil {
		return nil, err
	}
	o, err := extract.Ontology(folders...)
	if err != nil {
		return nil, usagef("%w", err)
	}
	return o, nil
}
