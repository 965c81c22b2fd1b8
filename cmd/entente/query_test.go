package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRowWriters(t *testing.T) {
	node := map[string]any{"labels": []any{"Entity", "Official"}, "properties": map[string]any{"name": "何立峰", "id": "official/Q1"}}
	edge := map[string]any{"type": "MEETS", "properties": map[string]any{"status": "actual"}}
	path := map[string]any{"nodes": []any{node, node}, "relationships": []any{edge}}
	columns := []string{"b", "a"}
	rows := [][]any{
		{"x,\"y\"", int64(3)},
		{node, nil},
		{path, []any{1.5, "日本", true}},
		{edge, map[string]any{"k": "v<w", "a": nil}},
	}
	for format, want := range map[string]string{
		"jsonl": `{"b":"x,\"y\"","a":3}
{"b":{"labels":["Entity","Official"],"properties":{"id":"official/Q1","name":"何立峰"}},"a":null}
{"b":{"nodes":[{"labels":["Entity","Official"],"properties":{"id":"official/Q1","name":"何立峰"}},{"labels":["Entity","Official"],"properties":{"id":"official/Q1","name":"何立峰"}}],"relationships":[{"properties":{"status":"actual"},"type":"MEETS"}]},"a":[1.5,"日本",true]}
{"b":{"properties":{"status":"actual"},"type":"MEETS"},"a":{"a":null,"k":"v<w"}}
`,
		"csv": `b,a
"x,""y""",3
(Official 何立峰),
(Official 何立峰)-[MEETS actual]-(Official 何立峰),"1.5, 日本, true"
[MEETS actual],"{a: , k: v<w}"
`,
		"table": `b                                                   a
--------------------------------------------------  ---------------
x,"y"                                               3
(Official 何立峰)
(Official 何立峰)-[MEETS actual]-(Official 何立峰)  1.5, 日本, true
[MEETS actual]                                      {a: , k: v<w}
`,
	} {
		t.Run(format, func(t *testing.T) {
			var b strings.Builder
			w, err := newRowWriter(format, &b, 0)
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range rows {
				if err := w.row(columns, row); err != nil {
					t.Fatal(err)
				}
			}
			if err := w.end(columns); err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(want, b.String()); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestParseParams(t *testing.T) {
	got, err := parseParams([]string{"name=何立峰", "n=10", "x=1.5", `list=["a", 2]`, "eq=a=b", "empty=", "day=2025-10-27"})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{"name": "何立峰", "n": int64(10), "x": 1.5, "list": []any{"a", int64(2)}, "eq": "a=b", "empty": "", "day": "2025-10-27"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if _, err := parseParams([]string{"name"}); err == nil {
		t.Error("a parameter without = was taken")
	}
}

func TestQueryUsage(t *testing.T) {
	for _, c := range []struct {
		name, stdin string
		args        []string
		want        string
	}{
		{"no query", "", []string{"query"}, "want one query"},
		{"two", "", []string{"query", "RETURN 1", "RETURN 2"}, "got 2 arguments"},
		{"an empty one", " \n", []string{"query", "-"}, "empty"},
		{"a format that is none", "", []string{"query", "--format", "xml", "RETURN 1"}, "xml"},
		{"no Neo4j", "", []string{"query", "RETURN 1"}, "entente neo4j start"},
		{"an http address", "", []string{"query", "--uri", "http://localhost:7474", "RETURN 1"}, "not the http address"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := entente(t, c.stdin, c.args...)
			if r.code != exitUsage || !strings.Contains(r.stderr, c.want) || r.stdout != "" {
				t.Errorf("status %d, stderr %q; want %d and %q", r.code, r.stderr, exitUsage, c.want)
			}
		})
	}
}
