package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/graph/neo4j"
)

func schemaCommand() *cli.Command {
	return &cli.Command{
		Name:  "schema",
		Usage: "manage the constraints and indexes in Neo4j",
		Description: `The commands that write make them by themselves; these are for looking, for repair and for moving out. Only what
is named entente_… is touched, and only nodes that Entente made.

   entente schema show
   entente schema drop --data    the database without any trace of Entente`,
		Subcommands: []*cli.Command{
			{
				Name: "apply", Usage: "make what is missing",
				Flags: connectFlags(),
				Action: withStore(true, func(c *cli.Context, s *neo4j.Store) error {
					if err := s.ApplySchema(c.Context); err != nil {
						return err
					}
					say(c, "version %d of the schema is there", neo4j.SchemaVersion)
					return nil
				}),
			},
			{
				Name: "show", Usage: "list them with their state",
				Flags:  append([]cli.Flag{&cli.BoolFlag{Name: "json", Usage: "print one JSON object"}}, connectFlags()...),
				Action: withStore(true, schemaShow),
			},
			{
				Name: "drop", Usage: "take them away",
				Flags: append([]cli.Flag{&cli.BoolFlag{Name: "data", Usage: "delete the graph as well"}}, connectFlags()...),
				Action: withStore(true, func(c *cli.Context, s *neo4j.Store) error {
					if c.Bool("data") {
						if err := s.Clear(c.Context); err != nil {
							return err
						}
					}
					if err := s.DropSchema(c.Context); err != nil || !c.Bool("data") {
						return err
					}
					return s.Forget(c.Context)
				}),
			},
		},
	}
}

// withStore makes an action that needs the graph, with the schema as it stands.
func withStore(keepSchema bool, action func(*cli.Context, *neo4j.Store) error) cli.ActionFunc {
	return func(c *cli.Context) error {
		o, err := connection(c)
		if err != nil {
			return err
		}
		o.KeepSchema = keepSchema
		store, err := open(c.Context, o)
		if err != nil {
			return err
		}
		defer store.Close(context.WithoutCancel(c.Context))
		return action(c, store)
	}
}

func schemaShow(c *cli.Context, s *neo4j.Store) error {
	version, items, err := s.Schema(c.Context)
	if err != nil {
		return err
	}
	if c.Bool("json") {
		return json.NewEncoder(c.App.Writer).Encode(map[string]any{"version": version, "current": neo4j.SchemaVersion, "items": items})
	}
	fmt.Fprintf(c.App.Writer, "version %d, this program's %d\n", version, neo4j.SchemaVersion)
	for _, item := range items {
		fmt.Fprintf(c.App.Writer, "%-10s  %-10s  %-28s  %s\n", item.State, item.Kind, item.Name, item.On)
	}
	return nil
}
