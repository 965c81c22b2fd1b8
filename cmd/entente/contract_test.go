package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-kg/entente/internal/localdb/localdbtest"
	"github.com/entente-kg/entente/schema"
)

var contractPage = filepath.Join("..", "..", "docs", "json.md")

const contractDocument = `{"id":"ex-1","url":"https://news.example/1","outlet":"例通信","published":"2025-11-04","title":"外相会談","text":"エストニアのトーマス・キヴィ外相は3日、タリンでラトビアのヤニス・オゾルス外相と会談した。"}`

// example is the part of docs/json.md between two marks, and its place.
var example = regexp.MustCompile("(?s)(<!-- example: made by go test ./cmd/entente -update -->\n).*?(<!-- end of example -->)")

// TestTheContractsExampleIsTrue compares the names of docs/json.md's example with those of a real line, at every depth. It
// leaves values alone: rules and confidences move.
func TestTheContractsExampleIsTrue(t *testing.T) {
	r := entente(t, contractDocument, "extract", "--format", "jsonl", "-")
	if r.code != exitDone {
		t.Fatal(r.stderr)
	}
	var meeting []byte
	for line := range strings.Lines(r.stdout) {
		if strings.Contains(line, `"relation":"meets"`) {
			meeting = []byte(line)
		}
	}
	if meeting == nil {
		t.Fatalf("no meeting in %s", r.stdout)
	}
	page, err := os.ReadFile(contractPage)
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		var indented bytes.Buffer
		if err := json.Indent(&indented, bytes.TrimSpace(meeting), "", "  "); err != nil {
			t.Fatal(err)
		}
		block := fmt.Sprintf("The document\n\n```json\n%s\n```\n\ngives, among others, this statement (indented here for reading):\n\n```json\n%s\n```\n",
			contractDocument, &indented)
		page = example.ReplaceAllFunc(page, func(old []byte) []byte {
			m := example.FindSubmatch(old)
			return slices.Concat(m[1], []byte(block), m[2])
		})
		if err := os.WriteFile(contractPage, page, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	blocks := strings.Split(string(example.Find(page)), "```")
	if len(blocks) != 5 {
		t.Fatalf("docs/json.md has no example with two blocks; make it by: go test ./cmd/entente -update")
	}
	want := namesOf(t, []byte(strings.TrimPrefix(blocks[3], "json")))
	if d := cmp.Diff(want, namesOf(t, meeting)); d != "" {
		t.Errorf("the names of docs/json.md's example and of a real statement differ (-page +program):\n%s", d)
	}
}

// namesOf lists the paths of all names in a JSON value, with [] for lists.
func namesOf(t *testing.T, data []byte) []string {
	t.Helper()
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatalf("%v in %s", err, data)
	}
	paths := make(map[string]bool)
	var walk func(path string, v any)
	walk = func(path string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for k, e := range v {
				paths[path+"."+k] = true
				walk(path+"."+k, e)
			}
		case []any:
			for _, e := range v {
				walk(path+"[]", e)
			}
		}
	}
	walk("", v)
	return slices.Sorted(maps.Keys(paths))
}

func TestTheContractNamesEveryField(t *testing.T) {
	page, err := os.ReadFile(contractPage)
	if err != nil {
		t.Fatal(err)
	}
	for _, record := range []any{
		schema.Document{}, schema.Statement{}, schema.Argument{}, schema.Antecedent{}, schema.Time{}, schema.Trigger{},
		schema.Evidence{}, schema.Source{}, schema.Extraction{}, schema.EntityMention{}, schema.Entity{},
	} {
		typ := reflect.TypeOf(record)
		for i := range typ.NumField() {
			name, _, _ := strings.Cut(typ.Field(i).Tag.Get("json"), ",")
			if name != "" && !bytes.Contains(page, []byte("`"+name+"`")) {
				t.Errorf("docs/json.md does not name `%s` of %s", name, typ)
			}
		}
	}
}

// TestTheGraphModelNamesEverything holds docs/graph-model.md against a graph.
func TestTheGraphModelNamesEverything(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "graph-model.md"))
	if err != nil {
		t.Fatal(err)
	}
	db := localdbtest.Fresh(t)
	if r := with(t, db, "", "demo"); r.code != exitDone {
		t.Fatalf("status %d: %s", r.code, r.stderr)
	}
	relations := make(map[string]bool)
	for _, r := range schema.Relations().All {
		relations[r.Type()] = true
	}
	rows, err := db.Query(t.Context(), `MATCH (n) WHERE n:Entity OR n:Statement OR n:Document UNWIND keys(n) AS key RETURN DISTINCT labels(n)[0], key
UNION MATCH ()-[r]->() UNWIND keys(r) AS key RETURN DISTINCT type(r) AS `+"`labels(n)[0]`"+`, key`)
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) < 40 {
		t.Fatalf("only %d kinds of property", len(rows))
	}
	for _, row := range rows {
		kind, key := row[0].(string), row[1].(string)
		if !relations[kind] && !bytes.Contains(page, []byte(kind)) {
			t.Errorf("docs/graph-model.md does not name %s", kind)
		}
		key = regexp.MustCompile(`^band\d+$`).ReplaceAllString(key, "band1")
		if !bytes.Contains(page, []byte("`"+key+"`")) && !bytes.Contains(page, []byte("{"+key+"}")) {
			t.Errorf("docs/graph-model.md does not name `%s` of %s", key, kind)
		}
	}
}
