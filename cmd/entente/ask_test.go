package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/entente-kg/entente/extract"
	"github.com/entente-kg/entente/fixtures"
	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/cookbook"
	"github.com/entente-kg/entente/graph/neo4j"
	"github.com/entente-kg/entente/internal/localdb/localdbtest"
	"github.com/entente-kg/entente/schema"
)

var updateAnswers = flag.Bool("update-answers", false, "rewrite the golden answers of the cookbook")

// frozen is what the extractor once made of the fixtures' articles. The answers rest on it, so that a new rule of the
// extractor does not change what the questions are tested with; -update-answers makes it anew.
var frozen = filepath.Join("testdata", "answers", "graph.jsonl")

func frozenChange(t *testing.T) (change graph.Change) {
	t.Helper()
	if *updateAnswers {
		freeze(t)
	}
	f, err := os.Open(frozen)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for in := json.NewDecoder(f); in.More(); {
		var x schema.Extraction
		if err := in.Decode(&x); err != nil {
			t.Fatalf("%s: %v", frozen, err)
		}
		change.Put = append(change.Put, x)
	}
	return change
}

func freeze(t *testing.T) {
	t.Helper()
	x, err := extract.New(extract.Options{})
	if err != nil {
		t.Fatal(err)
	}
	docs, err := fixtures.Documents()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for _, d := range docs {
		r, err := x.Document(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		if err := enc.Encode(r.Extraction); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.MkdirAll(filepath.Dir(frozen), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(frozen, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// fixtureGraph is a database with the graph of the fixtures' articles.
func fixtureGraph(t *testing.T) localdbtest.DB {
	t.Helper()
	db := localdbtest.Fresh(t)
	change := frozenChange(t)
	store, err := neo4j.Open(t.Context(), neo4j.Options{URI: db.URI, Username: db.Username, Password: db.Password, Database: db.Database})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close(t.Context())
	if err := store.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Apply(t.Context(), change); err != nil {
		t.Fatal(err)
	}
	if err := store.RecordRefresh(t.Context(), graph.Refresh{Started: "2025-03-01T00:00:00Z", Documents: len(change.Put), StatementsAdded: 1}); err != nil {
		t.Fatal(err)
	}
	return db
}

// asks runs entente against a database.
func asks(t *testing.T, db localdbtest.DB, args ...string) string {
	t.Helper()
	return asksWith(t, db, os.DevNull, args...)
}

// asksWith runs entente against a database with a file as standard input.
func asksWith(t *testing.T, db localdbtest.DB, stdin string, args ...string) string {
	t.Helper()
	in, err := os.Open(stdin)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	t.Setenv("NEO4J_URI", db.URI)
	t.Setenv("NEO4J_USERNAME", db.Username)
	t.Setenv("NEO4J_PASSWORD", db.Password)
	var stdout, stderr bytes.Buffer
	if code := run(t.Context(), append([]string{"entente"}, args...), in, &stdout, &stderr); code != 0 {
		t.Fatalf("entente %v: exit %d: %s", args, code, &stderr)
	}
	return stdout.String()
}

// TestAsk asks every question of one graph.
func TestAsk(t *testing.T) {
	db := fixtureGraph(t)
	t.Run("answers", func(t *testing.T) { askAnswers(t, db) })
	t.Run("entities by name", func(t *testing.T) { askByName(t, db) })
	t.Run("scans", func(t *testing.T) { askScansNothing(t, db) })
}

// asked are the parameters that fit the fixtures' graph, where the defaults do not.
var asked = map[string][]string{
	"allies-and-rivals": {"country=country/RUS"},
	"balance":           {"country=country/CHN"},
	"coverage":          {"country=country/CHN"},
	"dyad":              {"a=country/PER", "b=country/CHL"},
	"evidence":          {"subject=岡村雅俊", "object=ソ・ジヌク"},
	"meeting-chain":     {"from_name=岡村雅俊", "to_name=ソ・ジヌク"},
	"negotiators":       {"who=富田良介"},
	"office-holders":    {"country=country/KEN", "on=2025-12-31"},
	"opinions-of":       {"who=中国"},
}

// askAnswers keeps the answer of every question on the fixtures' graph: what changes here changes for researchers.
func askAnswers(t *testing.T, db localdbtest.DB) {
	empty := 0
	for _, q := range cookbook.Questions() {
		t.Run(q.Name, func(t *testing.T) {
			args := []string{"ask", q.Name}
			for _, p := range asked[q.Name] {
				args = append(args, "--param", p)
			}
			got := asks(t, db, append(args, "--format", "csv")...)
			if head, _, _ := strings.Cut(got, "\n"); head != strings.Join(q.Columns, ",") {
				t.Errorf("columns %q", head)
			}
			if strings.Count(got, "\n") == 1 {
				empty++
			}
			golden := filepath.Join("testdata", "answers", q.Name+".csv")
			if *updateAnswers {
				if err := os.MkdirAll(filepath.Dir(golden), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			// What --cypher prints answers the same by itself.
			alone := filepath.Join(t.TempDir(), "alone.cypher")
			if err := os.WriteFile(alone, []byte(asks(t, db, append(args, "--cypher")...)), 0o600); err != nil {
				t.Fatal(err)
			}
			if again := asksWith(t, db, alone, "query", "--format", "csv", "-"); again != got {
				t.Errorf("as one statement it answers\n%s\nwant\n%s", again, got)
			}
			if got != string(want) {
				t.Errorf("another answer than %s (go test -run TestAsk -update-answers rewrites it):\n%s\nwant\n%s", golden, got, want)
			}
		})
	}
	if empty > 3 {
		t.Errorf("%d questions have no answer in the fixtures' graph: they test nothing", empty)
	}
}

// askByName gives an entity by its id, code, name and alias: the answer is the same; and by what nothing is called.
func askByName(t *testing.T, db localdbtest.DB) {
	want := asks(t, db, "ask", "dyad", "--param", "a=country/PER", "--param", "b=country/CHL", "--format", "csv")
	for _, a := range []string{"PER", "ペルー", "Peru"} {
		if got := asks(t, db, "ask", "dyad", "--param", "a="+a, "--param", "b=チリ", "--format", "csv"); got != want {
			t.Errorf("%s: %s, want %s", a, got, want)
		}
	}
	for args, says := range map[string]string{
		"a=ペルー共": "no entity of the graph has this id, name or alias",
		`a="(:~`: "no entity of the graph has this id, name or alias",
	} {
		r := with(t, db, "", "ask", "dyad", "--param", args)
		if r.code != exitUsage || !strings.Contains(r.stderr, says) {
			t.Errorf("--param %s: status %d, %q", args, r.code, r.stderr)
		}
	}
	if r := with(t, db, "", "ask", "opinions-of", "--param", "who=誰でもない"); r.code != exitDone || !strings.Contains(r.stderr, "no rows for who=誰でもない") {
		t.Errorf("an empty answer: status %d, %q", r.code, r.stderr)
	}
}

// scans are the operators that read every node or every relationship, or multiply rows without a condition.
var scans = []string{"AllNodesScan", "NodeByLabelScan", "AllRelationshipsScan", "UnionNodeByLabelsScan"}

// askScansNothing profiles every question: none reads all nodes of a label.
func askScansNothing(t *testing.T, db localdbtest.DB) {
	store, err := neo4j.Open(t.Context(), neo4j.Options{URI: db.URI, Username: db.Username, Password: db.Password, Database: db.Database})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close(t.Context())
	for _, q := range cookbook.Questions() {
		params, err := q.Bind(nil)
		if err != nil {
			t.Fatal(err)
		}
		operators, err := store.Operators(t.Context(), q.Cypher, params)
		if err != nil {
			t.Errorf("%s: %v", q.Name, err)
			continue
		}
		for _, o := range operators {
			for _, scan := range scans {
				if strings.HasPrefix(o, scan) {
					t.Errorf("%s: the plan has %s in %v", q.Name, o, operators)
				}
			}
		}
	}
}

func TestAskRefuses(t *testing.T) {
	for _, args := range [][]string{{}, {"no-such-question"}, {"tariffs", "--param", "who=x"}, {"negotiators", "--param", "from=soon"}, {"negotiators", "--param", "who"}} {
		var stdout, stderr bytes.Buffer
		if code := run(t.Context(), append([]string{"entente", "ask"}, args...), strings.NewReader(""), &stdout, &stderr); code != exitUsage {
			t.Errorf("ask %v: exit %d: %s", args, code, &stderr)
		}
	}
}

func TestAskPrintsWhatBrowserTakes(t *testing.T) {
	var stdout, stderr bytes.Buffer
	if code := run(t.Context(), []string{"entente", "ask", "negotiators", "--cypher", "--param", `who=O'Neill \`}, strings.NewReader(""), &stdout, &stderr); code != 0 {
		t.Fatal(&stderr)
	}
	if !strings.HasPrefix(stdout.String(), `WITH 'O\'Neill \\' AS param_who, // `) || !strings.Contains(stdout.String(), "MATCH") {
		t.Error(&stdout)
	}
}

func TestAskListsForPrograms(t *testing.T) {
	r := entente(t, "", "ask", "--list", "--json")
	lines := strings.Split(strings.TrimSpace(r.stdout), "\n")
	if r.code != exitDone || len(lines) != len(cookbook.Questions()) {
		t.Fatalf("status %d, %d lines: %s", r.code, len(lines), r.stderr)
	}
	for i, line := range lines {
		var q struct {
			Name, Title, TitleJa string
			Params               []struct{ Name, Type, Default, Doc string }
			Columns              []string
		}
		in := json.NewDecoder(strings.NewReader(line))
		in.DisallowUnknownFields()
		if err := in.Decode(&q); err != nil {
			t.Fatalf("line %d: %v", i+1, err)
		}
		want := cookbook.Questions()[i]
		if q.Name != want.Name || q.Title == "" || q.TitleJa == "" || len(q.Params) != len(want.Params) || len(q.Columns) != len(want.Columns) {
			t.Errorf("line %d: %s", i+1, line)
		}
	}
}
