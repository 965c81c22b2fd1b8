package main

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"
)

func queryCommand() *cli.Command {
	return &cli.Command{
		Name:      "query",
		Usage:     "ask the graph in Cypher",
		ArgsUsage: "CYPHER|-",
		UsageText: "entente query [--format table|jsonl|csv] [--param NAME=VALUE]… CYPHER|-",
		Description: `Runs one query that only reads; the server refuses to write. "-" reads it from standard input. Formats:

   table   for people; the default on a terminal
   jsonl   one JSON object a row; the default elsewhere
   csv     with a line of column names

   entente query "MATCH (a:Official)-[r:MEETS {status: 'actual'}]-(b:Official) RETURN a.name, b.name, r.first"
   entente query --param name=何立峰 'MATCH (a {nameJa: $name})-[r]-(b) RETURN type(r), b.name, r.status'
   entente query --format csv - < question.cypher > answer.csv`,
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "format", Usage: "`FORMAT`: table, jsonl or csv"},
			&cli.StringSliceFlag{Name: "param", Aliases: []string{"p"}, Usage: "give $`NAME=VALUE` to the query; a value that is JSON is taken as such; may be repeated"},
		}, connectFlags()...),
		Action: query,
	}
}

func query(c *cli.Context) error {
	cypher, err := cypherOf(c)
	if err != nil {
		return err
	}
	params, err := parseParams(c.StringSlice("param"))
	if err != nil {
		return err
	}
	format := c.String("format")
	if format == "" {
		format = "jsonl"
		if isTerminal(c.App.Writer) {
			format = "table"
		}
	}
	out := bufio.NewWriter(c.App.Writer)
	rows, err := newRowWriter(format, out, width(c.App.Writer))
	if err != nil {
		return err
	}
	store, err := openStore(c, true)
	if err != nil {
		return err
	}
	defer store.Close(c.Context)
	columns, err := store.Query(c.Context, cypher, params, rows.row)
	if err != nil {
		return err
	}
	if err := rows.end(columns); err != nil {
		return err
	}
	return out.Flush()
}

// cypherOf is the query that the arguments or standard input give.
func cypherOf(c *cli.Context) (string, error) {
	if c.NArg() != 1 {
		return "", usagef("query: want one query in quotation marks, or - for standard input, got %d arguments; see entente query --help", c.NArg())
	}
	cypher := c.Args().First()
	if cypher == "-" {
		b, err := io.ReadAll(c.App.Reader)
		if err != nil {
			return "", fmt.Errorf("standard input: %w", err)
		}
		cypher = string(b)
	}
	if strings.TrimSpace(cypher) == "" {
		return "", usagef("query: the query is empty; see entente query --help")
	}
	return cypher, nil
}

// parseParams reads NAME=VALUE. A value that is JSON is that value, anything else the text as it stands.
func parseParams(list []string) (map[string]any, error) {
	params := make(map[string]any, len(list))
	for _, p := range list {
		name, text, ok := strings.Cut(p, "=")
		if !ok || name == "" {
			return nil, usagef("--param %q: want NAME=VALUE", p)
		}
		params[name] = text
		in := json.NewDecoder(strings.NewReader(text))
		in.UseNumber()
		var v any
		if in.Decode(&v) == nil && !in.More() {
			params[name] = numbers(v)
		}
	}
	return params, nil
}

// numbers turns JSON numbers into integers where they are, so that LIMIT $n works.
func numbers(v any) any {
	switch v := v.(type) {
	case json.Number:
		if n, err := v.Int64(); err == nil {
			return n
		}
		f, _ := v.Float64()
		return f
	case []any:
		for i := range v {
			v[i] = numbers(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = numbers(v[k])
		}
	}
	return v
}

// rowWriter writes the rows of an answer in one format.
type rowWriter interface {
	row(columns []string, values []any) error
	// end is told the columns again, for answers without rows.
	end(columns []string) error
}

func newRowWriter(format string, w io.Writer, columns int) (rowWriter, error) {
	switch format {
	case "table":
		return &tableRows{w: w, columns: columns}, nil
	case "csv":
		return &csvRows{w: csv.NewWriter(w)}, nil
	case "jsonl":
		return jsonRows{w}, nil
	}
	return nil, usagef("--format %q: want table, jsonl or csv", format)
}

type tableRows struct {
	w       io.Writer
	columns int
	rows    [][]string
}

func (t *tableRows) row(_ []string, values []any) error {
	t.rows = append(t.rows, texts(values))
	return nil
}

func (t *tableRows) end(columns []string) error {
	return writeTable(t.w, t.columns, columns, t.rows)
}

type csvRows struct {
	w      *csv.Writer
	headed bool
}

func (r *csvRows) row(columns []string, values []any) error {
	if !r.headed {
		r.headed = true
		if err := r.w.Write(columns); err != nil {
			return err
		}
	}
	return r.w.Write(texts(values))
}

func (r *csvRows) end(columns []string) error {
	if !r.headed {
		if err := r.w.Write(columns); err != nil {
			return err
		}
	}
	r.w.Flush()
	return r.w.Error()
}

type jsonRows struct{ w io.Writer }

// row writes an object with its names in the order of the columns, which a map would lose.
func (r jsonRows) row(columns []string, values []any) error {
	var b strings.Builder
	b.WriteByte('{')
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for i, name := range columns {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := enc.Encode(name); err != nil {
			return err
		}
		b.WriteByte(':')
		if err := enc.Encode(values[i]); err != nil {
			return err
		}
	}
	b.WriteByte('}')
	_, err := io.WriteString(r.w, strings.ReplaceAll(b.String(), "\n", "")+"\n") // Encode ends each value with a line end
	return err
}

func (r jsonRows) end([]string) error { return nil }

func texts(values []any) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = text(v)
	}
	return out
}

// text shows a value of an answer in one cell: nodes by their name, relationships by their type and status, paths drawn.
func text(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case []any:
		parts := make([]string, len(v))
		for i, e := range v {
			parts[i] = text(e)
		}
		return strings.Join(parts, ", ")
	case map[string]any:
		return textOfMap(v)
	default:
		return fmt.Sprint(v)
	}
}

func textOfMap(m map[string]any) string {
	properties, _ := m["properties"].(map[string]any)
	if labels, ok := m["labels"].([]any); ok {
		for _, key := range []string{"name", "title", "text", "id"} {
			if s, ok := properties[key].(string); ok {
				return "(" + strings.Join(labelNames(labels), ":") + " " + s + ")"
			}
		}
		return "(" + strings.Join(labelNames(labels), ":") + ")"
	}
	if t, ok := m["type"].(string); ok && properties != nil {
		if s, ok := properties["status"].(string); ok {
			return "[" + t + " " + s + "]"
		}
		return "[" + t + "]"
	}
	if nodes, ok := m["nodes"].([]any); ok {
		relationships, _ := m["relationships"].([]any)
		var b strings.Builder
		for i, n := range nodes {
			if i > 0 && i <= len(relationships) {
				b.WriteString("-" + text(relationships[i-1]) + "-")
			}
			b.WriteString(text(n))
		}
		return b.String()
	}
	parts := make([]string, 0, len(m))
	for _, k := range slices.Sorted(maps.Keys(m)) {
		parts = append(parts, k+": "+text(m[k]))
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// labelNames leaves out Entity, which every entity has.
func labelNames(labels []any) []string {
	var names []string
	for _, l := range labels {
		if s, _ := l.(string); s != "Entity" || len(labels) == 1 {
			names = append(names, s)
		}
	}
	return names
}
