package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/neo4j"
	"github.com/entente-kg/entente/schema"
)

func verifyCommand() *cli.Command {
	return &cli.Command{
		Name:      "verify",
		Usage:     "check that the graph is what its documents say",
		ArgsUsage: "[FILE|DIR|GLOB|-]",
		Description: `Compares what each document left in the graph with the digest it was loaded with, and entities, edges and links with
what the statements imply. With documents (or, with --statements, what entente extract printed) it also tells which of them the
graph lacks or has otherwise. --repair mends what can be computed anew, and loads the documents given that are damaged.
The exit status is 0 when all is as it should be, also after a repair, and 1 when something is not.

   entente verify
   entente verify --repair articles.jsonl`,
		Flags: slices.Concat([]cli.Flag{
			&cli.BoolFlag{Name: "repair", Usage: "mend it"},
			&cli.BoolFlag{Name: "statements", Usage: "the files hold statements or records, not documents"},
			&cli.BoolFlag{Name: "json", Usage: "print the findings as one JSON object"},
		}, extractFlags(), connectFlags()),
		Action: verifyAction,
	}
}

func verifyAction(c *cli.Context) error {
	repair := c.Bool("repair")
	o, err := connection(c)
	if err != nil {
		return err
	}
	o.KeepSchema = true
	store, err := open(c.Context, o) // not for reading only: it keeps loaders waiting while it looks
	if err != nil {
		return err
	}
	defer store.Close(context.WithoutCancel(c.Context))
	found, err := store.Verify(c.Context, repair)
	if err != nil {
		return err
	}
	left := len(found.Damaged) // damage that no repair here has mended
	if !repair {
		left = len(found.Drifts)
	}
	if c.Args().Present() {
		docs, err := sourceExtractions(c, func(err error) { warn(c, "entente: %v", err) })
		if err != nil {
			return err
		}
		n, err := verifyDocuments(c, store, docs, repair, &found)
		if err != nil {
			return err
		}
		left = n
		if !repair {
			left = len(found.Drifts)
		}
	}
	if c.Bool("json") {
		enc := json.NewEncoder(c.App.Writer)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(found); err != nil {
			return err
		}
	} else {
		for _, d := range found.Drifts {
			fmt.Fprintf(c.App.Writer, "%s %s: %s → %s\n", d.Kind, d.Key, d.What, d.Mend)
		}
		say(c, "%d documents, %d statements, %d entities, %d edges: %d wrong", found.Documents, found.Statements, found.Entities, found.Edges, len(found.Drifts))
	}
	switch {
	case left == 0:
		return nil
	case repair:
		return fmt.Errorf("%d documents are damaged: give their sources to entente verify --repair, or build or load them again", left)
	default:
		return errors.New("the graph is not what its documents say: entente verify --repair mends it")
	}
}

// verifyDocuments compares documents with what the graph has of them; with repair it loads those that differ. left is the
// number of damaged documents that were not among them.
func verifyDocuments(c *cli.Context, store *neo4j.Store, docs iter.Seq[schema.Extraction], repair bool, found *neo4j.Verified) (left int, err error) {
	damaged := map[string]bool{}
	for _, id := range found.Damaged {
		damaged[id] = true
	}
	held := map[string]string{}
	for d, err := range store.Documents(c.Context) {
		if err != nil {
			return 0, err
		}
		held[d.ID] = d.Digest
	}
	batch := batcher{rows: 20_000}
	apply := func(change graph.Change) error {
		if !repair || len(change.Put) == 0 {
			return nil
		}
		_, err := store.Apply(c.Context, change)
		return err
	}
	vocabulary, err := ontology(c)
	if err != nil {
		return 0, err
	}
	for x := range docs {
		rows, err := graph.Derive(vocabulary, x)
		if err != nil {
			return 0, err
		}
		id := rows.Document.ID
		digest, ok := held[id]
		if ok && digest == rows.Document.Digest && !damaged[id] {
			continue
		}
		mend := "build or load it"
		if repair {
			mend = "loaded"
		}
		switch {
		case damaged[id]:
			delete(damaged, id)
		case !ok:
			found.Drifts = append(found.Drifts, neo4j.Drift{Kind: "document", Key: id, What: "the graph lacks it", Mend: mend})
		default:
			found.Drifts = append(found.Drifts, neo4j.Drift{Kind: "document", Key: id, What: "the graph has another version of it", Mend: mend})
		}
		if full := batch.add(x); full != nil {
			if err := apply(*full); err != nil {
				return 0, err
			}
		}
	}
	if err := c.Context.Err(); err != nil {
		return 0, err
	}
	return len(damaged), apply(batch.change)
}
