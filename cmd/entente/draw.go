package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/flopp/go-findfont"
	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/internal/draw"
	"github.com/entente-kg/entente/internal/view"
	"github.com/entente-kg/entente/schema"
)

func drawCommand() *cli.Command {
	return &cli.Command{
		Name:      "draw",
		Usage:     "draw a part of the graph as a picture",
		ArgsUsage: "[FILE|DIR|-]",
		UsageText: "entente draw [--entity NAME]… [--query CYPHER] [--format svg|png|dot] [-o FILE] [FILE|DIR|-…]",
		Description: `Draws entities and typed edges: colours tell cooperation (blue) from conflict (orange, red), dashes tell what is planned,
possible, threatened or denied from what is so, and a line is thicker when more documents say it.

` + networkInput + `

   entente draw --entity 何立峰 -o he-lifeng.svg
   entente draw --entity 日本 --status actual --from 2025-10-01 -o japan.png
   entente draw --query "MATCH p = (:Official)-[:MEETS]-(:Official) RETURN p" -o meetings.svg
   entente draw --format dot articles.jsonl | dot -Tpdf > network.pdf`,
		Flags: slices.Concat([]cli.Flag{
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "write to `FILE` instead of standard output; its ending says the format"},
			&cli.StringFlag{Name: "format", Usage: "`FORMAT`: svg, png or dot (default: the ending of --output, else svg)"},
			&cli.StringFlag{Name: "query", Usage: "draw the nodes, edges and paths that this `CYPHER` query returns"},
			&cli.StringFlag{Name: "layout", Value: "neato", Usage: "Graphviz `ENGINE`: neato, fdp, dot, circo or twopi"},
			&cli.StringFlag{Name: "lang", Value: "ja", Usage: "names in this `LANGUAGE`: ja or en"},
			&cli.BoolFlag{Name: "labels", Usage: "write the relation beside each edge"},
			&cli.IntFlag{Name: "most", Value: 150, Usage: "draw the `N` strongest edges; 0 for all"},
			&cli.StringFlag{Name: "font", Usage: "a font `FILE` with Japanese characters, for png (default: one that is installed)"},
		}, filterFlags(), extractFlags(), connectFlags()),
		Action: drawAction,
	}
}

func drawAction(c *cli.Context) error {
	format := draw.Format(c.String("format"))
	if format == "" {
		format = draw.SVG
		if ending := strings.ToLower(strings.TrimPrefix(filepath.Ext(c.String("output")), ".")); ending != "" {
			format = draw.Format(ending)
		}
	}
	if !slices.Contains([]draw.Format{draw.SVG, draw.PNG, draw.DOT}, format) {
		return usagef("draw: format %q: want svg, png or dot", format)
	}
	if format == draw.PNG && c.String("output") == "" && isTerminal(c.App.Writer) {
		return usagef("draw: a PNG is nothing for a terminal: name a file by --output")
	}
	opts := draw.Options{Layout: c.String("layout"), Japanese: c.String("lang") == "ja", Labels: c.Bool("labels")}
	switch {
	case opts.Layout != "" && !slices.Contains(draw.Layouts, opts.Layout):
		return usagef("draw: layout %q: want %s", opts.Layout, strings.Join(draw.Layouts, ", "))
	case c.String("lang") != "ja" && c.String("lang") != "en":
		return usagef("draw: --lang %q: want ja or en", c.String("lang"))
	case c.Int("most") < 0:
		return usagef("draw: --most %d: want 0 or more", c.Int("most"))
	case c.String("query") != "" && c.Args().Present():
		return usagef("draw: --query asks the graph in Neo4j: give no files with it")
	}
	if format == draw.PNG {
		font, err := fontFile(c)
		if err != nil {
			return err
		}
		opts.Font = font
	}
	var n view.Network
	var vocabulary *schema.Ontology
	var bad, of int
	var err error
	if cypher := c.String("query"); cypher != "" {
		n, vocabulary, err = queried(c, cypher)
	} else {
		n, vocabulary, bad, of, err = network(c)
	}
	if err != nil {
		return err
	}
	if len(n.Edges) == 0 {
		return usagef("draw: nothing to draw: no edge of the graph fits (of %d)", n.Of.Edges)
	}
	shown := n.Strongest(c.Int("most"))
	if left := len(n.Edges) - len(shown.Edges); left > 0 {
		say(c, "drawing the %d strongest edges; %d are left out (--most)", len(shown.Edges), left)
	}
	// Drawn first: a failure must not leave half a file.
	var picture bytes.Buffer
	if err := draw.Render(c.Context, &picture, vocabulary, shown, format, opts); err != nil {
		return err
	}
	if err := writeOutput(c, c.String("output"), func(w io.Writer) error {
		_, err := picture.WriteTo(w)
		return err
	}); err != nil {
		return err
	}
	return partial(bad, of)
}

// fontFile is the font that PNGs are written with: the one given, else one of the system's.
func fontFile(c *cli.Context) ([]byte, error) {
	if name := c.String("font"); name != "" {
		b, err := os.ReadFile(name)
		if err != nil {
			return nil, usagef("--font: %w", err)
		}
		return b, nil
	}
	installed := findfont.List()
	for _, name := range draw.Fonts {
		for _, path := range installed {
			if filepath.Base(path) == name {
				return os.ReadFile(path)
			}
		}
	}
	warn(c, "no font with Japanese characters is installed: they will be missing; name one by --font")
	return nil, nil
}

// queried is the part of the graph in Neo4j that a query's answer holds: its edges, or the edges between its nodes when it
// gives no edge.
func queried(c *cli.Context, cypher string) (view.Network, *schema.Ontology, error) {
	o, err := ontology(c)
	if err != nil {
		return view.Network{}, nil, err
	}
	store, err := openStore(c, true)
	if err != nil {
		return view.Network{}, nil, err
	}
	defer store.Close(context.WithoutCancel(c.Context))
	found := map[string]bool{} // ids of nodes and edges
	edges := 0
	if _, err := store.Query(c.Context, cypher, nil, func(_ []string, values []any) error {
		for _, v := range values {
			edges += collectIDs(v, found)
		}
		return nil
	}); err != nil {
		return view.Network{}, nil, err
	}
	if len(found) == 0 {
		return view.Network{}, nil, usagef("draw: the query's answer holds no nodes and no edges: return them or a path, not their properties")
	}
	g, err := view.FromStore(c.Context, store)
	if err != nil {
		return view.Network{}, nil, err
	}
	f := filterOf(c)
	if err := f.Validate(o, g); err != nil {
		return view.Network{}, nil, usagef("draw: %w", err)
	}
	return view.Of(o, g, f).Keep(func(k graph.EdgeKey) bool {
		if edges > 0 {
			return found[k.ID()]
		}
		return found[k.From] && found[k.To]
	}), o, nil
}

// collectIDs gathers the ids of nodes and edges in a value of an answer, and counts the edges.
func collectIDs(v any, into map[string]bool) (edges int) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			edges += collectIDs(e, into)
		}
	case map[string]any:
		properties, _ := v["properties"].(map[string]any)
		if id, ok := properties["id"].(string); ok {
			into[id] = true
			if _, ok := v["type"].(string); ok {
				edges++
			}
			return edges
		}
		for _, e := range v {
			edges += collectIDs(e, into)
		}
	}
	return edges
}
