package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/extract/entity"
	"github.com/entente-kg/entente/schema"
)

// curationFlag names the user's file of merges, splits, aliases, renames and blocks.
func curationFlag() cli.Flag {
	return &cli.StringFlag{Name: "curation", Usage: "apply the merges, splits, aliases, renames and blocks of `FILE`"}
}

// readCuration reads a curation file; an empty name is none.
func readCuration(name string) (*entity.Curation, error) {
	if name == "" {
		return nil, nil
	}
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, usagef("curation: %w", err)
	}
	c, err := entity.ParseCuration(name, b)
	if err != nil {
		return nil, usagef("%w", err)
	}
	return c, nil
}

func entitiesCommand() *cli.Command {
	return &cli.Command{
		Name:  "entities",
		Usage: "look after the entities of the graph",
		Subcommands: []*cli.Command{{
			Name:      "suggest",
			Usage:     "list entities that may be one, as entries of a curation file",
			ArgsUsage: " ",
			Description: `Compares the officials, bodies, agreements, events and places of the graph by name, country and office, and prints pairs that
may be one, the surest first, in the form that a curation file takes. Nothing is merged: keep the entries that are right,
and give the file to build, refresh (curation: in entente.yaml) and verify.

   entente entities suggest > curation.yaml
   entente build articles/ --curation curation.yaml`,
			Flags: append([]cli.Flag{
				&cli.IntFlag{Name: "limit", Value: 100, Usage: "at most `N` pairs"},
				&cli.BoolFlag{Name: "json", Usage: "print one JSON object a pair"},
			}, connectFlags()...),
			Action: suggestEntities,
		}},
	}
}

// allEntities reads what Suggest compares. Countries are known and never suggested.
const allEntities = `MATCH (e:Entity) WHERE NOT e:Country
RETURN e.id AS id, head([l IN labels(e) WHERE l <> 'Entity']) AS type, e.name AS name, e.nameJa AS nameJa,
       coalesce(e.aliases, []) AS aliases, e.wikidata AS wikidata, e.office AS office, e.country AS country
ORDER BY id`

func suggestEntities(c *cli.Context) error {
	store, err := openStore(c, true)
	if err != nil {
		return err
	}
	defer store.Close(c.Context)
	var all []schema.Entity
	text := func(v any) string { s, _ := v.(string); return s }
	_, err = store.Query(c.Context, allEntities, nil, func(_ []string, v []any) error {
		e := schema.Entity{ID: text(v[0]), Type: schema.EntityType(text(v[1])), Name: text(v[2]), NameJa: text(v[3]),
			Wikidata: text(v[5]), Office: text(v[6]), Country: text(v[7])}
		aliases, _ := v[4].([]any)
		for _, a := range aliases {
			e.Aliases = append(e.Aliases, text(a))
		}
		all = append(all, e)
		return nil
	})
	if err != nil {
		return err
	}
	pairs := entity.Suggest(all)
	out := bufio.NewWriter(c.App.Writer)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	if !c.Bool("json") {
		fmt.Fprintf(out, "# %d pairs that may be one, of %d entities. Keep what is right; see docs/operations.md.\nmerge:\n", len(pairs), len(all))
	}
	for _, p := range pairs[:min(len(pairs), c.Int("limit"))] {
		if !c.Bool("json") {
			fmt.Fprint(out, p.YAML())
			continue
		}
		if err := enc.Encode(map[string]any{"into": p.Into.ID, "from": p.From.ID, "why": p.Why, "score": p.Score}); err != nil {
			return err
		}
	}
	return out.Flush()
}
