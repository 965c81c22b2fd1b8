package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"html/template"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/extract"
	"github.com/entente-kg/entente/fixtures"
	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/neo4j"
	"github.com/entente-kg/entente/internal/localdb"
	"github.com/entente-kg/entente/schema"
)

// demoQueries are what the demo asks its graph. Each stands on one line.
var demoQueries = []struct{ title, cypher string }{
	{
		"Who met whom, and when?",
		"MATCH (a:Official)-[r:MEETS {status: 'actual'}]-(b:Official) WHERE a.id < b.id RETURN a.nameJa AS one, a.office AS office, b.nameJa AS other, r.first AS day ORDER BY day, one LIMIT 8",
	},
	{
		"What is only planned or threatened so far?",
		"MATCH (a:Entity)-[r]->(b:Entity) WHERE r.status IN ['planned', 'threatened'] RETURN a.nameJa AS who, type(r) AS relation, b.nameJa AS whom, r.status AS status, r.first AS day ORDER BY status DESC, day, who LIMIT 8",
	},
	{
		"Which sentences say who signed what?",
		"MATCH (a)<-[:SUBJECT]-(s:Statement {relation: 'signs'})-[:OBJECT]->(b) MATCH (s)-[:STATED_IN]->(d) RETURN a.nameJa AS who, b.nameJa AS what, s.status AS status, s.text AS sentence, d.id AS article ORDER BY article, who LIMIT 8",
	},
}

func demoCommand() *cli.Command {
	return &cli.Command{
		Name:      "demo",
		Usage:     "build a graph of the built-in articles and show what can be asked",
		UsageText: "entente demo [--output DIR] [--remove]",
		Description: `Starts a Neo4j on this machine if none is given (see entente neo4j), reads the built-in articles (their people and events
are invented) into it, asks three questions, and tells where to look at the graph. Where no Neo4j can run, the statements
go into files instead: JSON lines, CSV and a page for your web browser.

   entente demo
   entente demo --remove                takes the built-in articles out of the graph again`,
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Value: "entente-demo", Usage: "the `FOLDER` for files, where no Neo4j can run"},
			&cli.BoolFlag{Name: "files", Usage: "write files even where a Neo4j can run"},
			&cli.BoolFlag{Name: "remove", Usage: "take the built-in articles out of the graph"},
			&cli.BoolFlag{Name: "print-queries", Usage: "only print the three questions, one a line"},
		}, connectFlags()...),
		Action: demo,
	}
}

func demo(c *cli.Context) error {
	if c.Bool("print-queries") {
		for _, q := range demoQueries {
			fmt.Fprintln(c.App.Writer, q.cypher)
		}
		return nil
	}
	docs, err := fixtures.Documents()
	if err != nil {
		return err
	}
	if c.Bool("remove") {
		return removeDemo(c, docs)
	}
	var store *neo4j.Store
	reason := errors.New("--files asks for them")
	if !c.Bool("files") {
		store, reason, err = demoStore(c)
		if err != nil {
			return err
		}
	}
	extractions, err := extractDemo(c, docs)
	if err != nil {
		return err
	}
	if store == nil {
		return demoFiles(c, extractions, reason)
	}
	defer store.Close(context.WithoutCancel(c.Context))
	sum, err := store.Apply(c.Context, graph.Change{Put: extractions})
	if err != nil {
		return err
	}
	statements := 0
	for _, e := range extractions {
		statements += len(e.Statements)
	}
	fmt.Fprintf(c.App.Writer, "%d articles with %d statements are in the graph; this run: %s.\n", len(extractions), statements, changes(sum))
	if err := demoContents(c, store); err != nil {
		return err
	}
	for i, q := range demoQueries {
		fmt.Fprintf(c.App.Writer, "\n%d. %s\n   %s\n\n", i+1, q.title, q.cypher)
		if err := printAnswer(c, store, q.cypher); err != nil {
			return err
		}
	}
	demoEnd(c, store)
	return nil
}

// demoStore is the Neo4j that is given, else the local one, started if need be. When none can run, the store is nil and
// reason says why.
func demoStore(c *cli.Context) (store *neo4j.Store, reason, err error) {
	o, err := localOptions(c)
	if err != nil {
		return nil, nil, err
	}
	if c.String("uri") == "" && os.Getenv("NEO4J_PASSWORD") == "" {
		if _, err := localdb.Status(o.Dir); errors.Is(err, localdb.ErrNotRunning) {
			if missing := localdb.Ready(c.Context, o); missing != nil {
				return nil, missing, nil
			}
			if err := startForDemo(c, o); err != nil {
				return nil, nil, withEngineRemedy(err)
			}
		}
	}
	store, err = openStore(c, false)
	return store, nil, err
}

// startForDemo starts the local server on the usual ports or, where they are taken, on free ones.
func startForDemo(c *cli.Context, o localdb.Options) error {
	_, err := localdb.Start(c.Context, o)
	var taken *localdb.PortError
	if !errors.As(err, &taken) {
		return err
	}
	if o.Bolt, o.HTTP, err = localdb.FreePorts(); err != nil {
		return err
	}
	say(c, "port %d is taken; using %d and %d", taken.Port, o.Bolt, o.HTTP)
	_, err = localdb.Start(c.Context, o)
	return err
}

func extractDemo(c *cli.Context, docs []schema.Document) ([]schema.Extraction, error) {
	x, err := extract.New(extract.Options{})
	if err != nil {
		return nil, err
	}
	p := newProgress(c, "articles", len(docs))
	defer p.Done()
	all := make([]schema.Extraction, 0, len(docs))
	for result, err := range extractAll(c.Context, x, func(yield func(schema.Document, error) bool) {
		for _, d := range docs {
			if !yield(d, nil) {
				return
			}
		}
	}, 0) {
		p.Step()
		if err == nil {
			_, err = graph.Derive(x.Ontology(), result.Extraction)
		}
		if err != nil {
			p.Warn("entente: %v", err)
			continue
		}
		all = append(all, result.Extraction)
	}
	if err := c.Context.Err(); err != nil {
		return nil, err
	}
	return all, nil
}

// demoContents counts what the graph holds, of the demo and of anything else.
func demoContents(c *cli.Context, store *neo4j.Store) error {
	for _, q := range []struct{ what, cypher string }{
		{"nodes", "MATCH (n:Entity) UNWIND [l IN labels(n) WHERE l <> 'Entity'] AS kind RETURN kind, count(*) AS n ORDER BY n DESC, kind"},
		{"edges", "MATCH (:Entity)-[r]->(:Entity) RETURN type(r) AS kind, count(*) AS n ORDER BY n DESC, kind"},
	} {
		var parts []string
		_, err := store.Query(c.Context, q.cypher, nil, func(_ []string, v []any) error {
			parts = append(parts, fmt.Sprintf("%v %v", v[0], v[1]))
			return nil
		})
		if err != nil {
			return err
		}
		if more := len(parts) - 10; more > 1 { // one line, not five
			parts = append(parts[:10], fmt.Sprintf("and of %d other types", more))
		}
		fmt.Fprintf(c.App.Writer, "%s: %s\n", q.what, strings.Join(parts, ", "))
	}
	return nil
}

func printAnswer(c *cli.Context, store *neo4j.Store, cypher string) error {
	columnsOf := width(c.App.Writer)
	if columnsOf == 0 {
		columnsOf = 140 // whole sentences would drown the rest
	}
	rows, err := newRowWriter("table", c.App.Writer, columnsOf)
	if err != nil {
		return err
	}
	columns, err := store.Query(c.Context, cypher, nil, rows.row)
	if err != nil {
		return err
	}
	return rows.end(columns)
}

func demoEnd(c *cli.Context, store *neo4j.Store) {
	w := c.App.Writer
	if s, err := localServer(c); err == nil && s.URI() == store.URI() {
		fmt.Fprintf(w, "\nNeo4j Browser: %s\n  user      %s\n  password  in %s\n", s.Browser(), localdb.Username, s.PasswordFile())
		fmt.Fprintf(w, "There, try:  MATCH p = (:Official)-[r]-() WHERE r.status = 'actual' RETURN p LIMIT 60\n")
		fmt.Fprintf(w, "\nYour own article:  %[1]s build article.txt --published 2025-10-27\nStop the server:   %[1]s neo4j stop\n", self())
		return
	}
	fmt.Fprintf(w, "\nThe graph is in %s. Take the built-in articles out again by: %s demo --remove\n", store.URI(), self())
}

// self is how the person called the program.
func self() string {
	if strings.Contains(executable(), "go-build") {
		return "go run ./cmd/entente"
	}
	return "entente"
}

func removeDemo(c *cli.Context, docs []schema.Document) error {
	store, err := openStore(c, false)
	if err != nil {
		return err
	}
	defer store.Close(context.WithoutCancel(c.Context))
	var ids []string
	for _, d := range docs {
		ids = append(ids, d.ID)
	}
	sum, err := store.Apply(c.Context, graph.Change{Withdraw: ids})
	if err != nil {
		return err
	}
	say(c, "the built-in articles are out of the graph: %s", changes(sum))
	return nil
}

// demoFiles does the demo without a Neo4j.
func demoFiles(c *cli.Context, extractions []schema.Extraction, reason error) error {
	dir := c.String("output")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("--output: %w", err)
	}
	files := []struct {
		name  string
		write func(io.Writer) error
	}{
		{"statements.html", func(w io.Writer) error { return demoPage.Execute(w, extractions) }},
		{"statements.csv", printAll("csv", extractions)},
		{"statements.jsonl", printAll("jsonl", extractions)},
	}
	for _, f := range files {
		if err := writeOutput(c, filepath.Join(dir, f.name), f.write); err != nil {
			return err
		}
	}
	out := bufio.NewWriter(c.App.Writer)
	statements := 0
	for _, e := range extractions {
		statements += len(e.Statements)
	}
	fmt.Fprintf(out, "%d articles with %d statements are in these files:\n", len(extractions), statements)
	for _, f := range files {
		fmt.Fprintf(out, "  %s\n", filepath.Join(dir, f.name))
	}
	fmt.Fprintf(out, "\nThey are not in a graph: %v\nThen try again: %s demo\n", reason, self())
	return out.Flush()
}

func printAll(format string, extractions []schema.Extraction) func(io.Writer) error {
	return func(w io.Writer) error {
		p, err := newPrinter(format, w, 0)
		if err != nil {
			return err
		}
		for i := range extractions {
			if err := p.print(&extractions[i]); err != nil {
				return err
			}
		}
		return p.end()
	}
}

// demoPage is a table of statements. html/template keeps a document's text from being anything but text.
var demoPage = template.Must(template.New("page").Parse(`<!DOCTYPE html>
<html lang="ja">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Entente: statements of the built-in articles</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; margin: 1rem; max-width: 90rem }
table { border-collapse: collapse }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #ccc }
th { position: sticky; top: 0; background: #fff }
.planned, .possible { color: #8a5a00 } .threatened { color: #a00 } .denied { text-decoration: line-through }
td:last-child { color: #444; min-width: 20rem }
</style>
<h1>Statements of the built-in articles</h1>
<p>The people and events in them are invented.</p>
<table>
<thead><tr><th scope="col">subject</th><th scope="col">relation</th><th scope="col">object</th><th scope="col">status</th><th scope="col">day</th><th scope="col">sentence</th></tr></thead>
<tbody>
{{range .}}{{range .Statements}}<tr><td>{{.Subject.NameJa}}</td><td>{{.Relation}}</td><td>{{.Object.NameJa}}</td><td class="{{.Status}}">{{.Status}}</td><td>{{with .Time}}{{.Start}}{{end}}</td><td>{{.Text}}</td></tr>
{{end}}{{end}}</tbody>
</table>
</html>
`))
