package view_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/memory"
	"github.com/entente-kg/entente/internal/view"
	"github.com/entente-kg/entente/schema"
)

func arg(t schema.EntityType, id, nameJa, country string) schema.Argument {
	return schema.Argument{ID: id, Type: t, Name: strings.ToUpper(id), NameJa: nameJa, Country: country, Mention: nameJa}
}

// store holds three documents; d3 is one that says again what d1 says.
func store(t *testing.T) *memory.Store {
	t.Helper()
	japan, kato := arg(schema.Country, "country/JPN", "日本", ""), arg(schema.Official, "official/kato", "加藤", "country/JPN")
	lee, france := arg(schema.Official, "official/lee", "李", ""), arg(schema.Country, "country/FRA", "フランス", "")
	say := func(doc, published string, list ...schema.Statement) schema.Extraction {
		x := schema.Extraction{Source: schema.Source{ID: doc, Published: published}}
		for i, s := range list {
			s.Document, s.Sentence, s.Polarity, s.Confidence = doc, i, schema.Affirmed, 0.5
			x.Statements = append(x.Statements, s)
		}
		return x
	}
	day := func(d string) *schema.Time { return &schema.Time{Start: d, End: d} }
	meets := schema.Statement{Relation: "meets", Subject: lee, Object: kato, Modality: schema.Actual, Time: day("2025-10-03"), Text: "会談した。"}
	s := memory.New(nil)
	if _, err := s.Apply(t.Context(), graph.Change{Put: []schema.Extraction{
		say("d1", "2025-10-04", meets, schema.Statement{Relation: "visits", Subject: kato, Object: france, Modality: schema.Planned, Text: "訪れる。"}),
		say("d2", "2025-12-01", schema.Statement{Relation: "criticizes", Subject: japan, Object: france, Modality: schema.Actual, Text: "批判した。"}),
		say("d3", "2025-10-05", meets),
	}}); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestReadIsTheReverseOfDump(t *testing.T) {
	s := store(t)
	var dump bytes.Buffer
	if err := s.Dump(t.Context(), &dump); err != nil {
		t.Fatal(err)
	}
	read, err := view.Read(bytes.NewReader(dump.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	var again bytes.Buffer
	if err := read.Dump(nil, &again); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(dump.String(), again.String()); d != "" {
		t.Error(d)
	}
	walked, err := view.FromStore(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(view.Of(nil, walked, view.Filter{}), view.Of(nil, read, view.Filter{})); d != "" {
		t.Errorf("the store and its dump give two views: %s", d)
	}
}

func TestReadRefuses(t *testing.T) {
	good := `{"labels":["Entity"],"properties":{"id":"a"}}` + "\n"
	for name, line := range map[string]string{
		"no JSON": "x", "a node without id": `{"labels":["Entity"],"properties":{}}`, "another's node": `{"labels":["Person"],"properties":{"id":"p"}}`,
		"an end without its statement": `{"type":"SUBJECT","from":"s","to":"a"}`, "a mention without its document": `{"type":"MENTIONS","from":"d","to":"a"}`,
	} {
		if _, err := view.Read(strings.NewReader(good + line)); err == nil || !strings.Contains(err.Error(), "line 2") {
			t.Errorf("%s: error %v does not name line 2", name, err)
		}
	}
}

func TestFilters(t *testing.T) {
	g := store(t).Graph()
	for _, c := range []struct {
		name   string
		filter view.Filter
		want   string
	}{
		{"nothing", view.Filter{}, "meets×2 criticizes×1 visits×1"},
		{"a name", view.Filter{Entities: []string{"李"}}, "meets×2"},
		{"a country stands for its officials", view.Filter{Entities: []string{"日本"}}, "meets×2 criticizes×1 visits×1"},
		{"an official does not stand for the country", view.Filter{Entities: []string{"加藤"}}, "meets×2 visits×1"},
		{"a relation", view.Filter{Relations: []string{"visits", "criticizes"}}, "criticizes×1 visits×1"},
		{"a status", view.Filter{Statuses: []string{"planned"}}, "visits×1"},
		{"a period of events", view.Filter{From: "2025-10-03", To: "2025-10-03"}, "meets×2"},
		{"a period of publication", view.Filter{From: "2025-10-04", To: "2025-10-31"}, "visits×1"},
		{"no such entity", view.Filter{Entities: []string{"誰か"}}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := view.Of(nil, g, c.filter)
			var got []string
			for _, e := range n.Edges {
				got = append(got, e.Relation+"×"+string(rune('0'+e.Documents)))
			}
			if s := strings.Join(got, " "); s != c.want {
				t.Errorf("edges %q, want %q", s, c.want)
			}
			ends := map[string]bool{}
			for _, e := range n.Entities {
				ends[e.ID] = true
			}
			for _, e := range n.Edges {
				if !ends[e.From] || !ends[e.To] {
					t.Errorf("an end of %v is missing", e.EdgeKey)
				}
			}
		})
	}
}

func TestEdgesAreSummedUpAsTheGraphDoes(t *testing.T) {
	g := store(t).Graph()
	n := view.Of(nil, g, view.Filter{})
	if len(n.Edges) != len(g.Edges) {
		t.Fatalf("%d edges of %d", len(n.Edges), len(g.Edges))
	}
	byKey := map[graph.EdgeKey]graph.Edge{}
	for _, e := range g.Edges {
		byKey[e.EdgeKey] = e
	}
	for _, e := range n.Edges {
		want := byKey[e.EdgeKey]
		if e.Documents != want.Documents || e.First != want.First || e.Last != want.Last || len(e.Statements) != want.Statements || e.Confidence != want.Confidence() {
			t.Errorf("%v: %d documents, %s to %s, confidence %v; the graph says %d, %s to %s, %v", e.EdgeKey,
				e.Documents, e.First, e.Last, e.Confidence, want.Documents, want.First, want.Last, want.Confidence())
		}
	}
}

func TestStrongestKeepsTheEndsOnly(t *testing.T) {
	n := view.Of(nil, store(t).Graph(), view.Filter{}).Strongest(1)
	if len(n.Edges) != 1 || len(n.Entities) != 2 || n.Edges[0].Relation != "meets" {
		t.Errorf("%d edges, %d entities", len(n.Edges), len(n.Entities))
	}
}

func TestFindByIDThenNameThenAlias(t *testing.T) {
	g := store(t).Graph()
	for name, want := range map[string]string{"country/JPN": "country/JPN", "日本": "country/JPN", "COUNTRY/JPN": "country/JPN", "誰か": ""} {
		if got := strings.Join(view.Find(g.Entities, name), " "); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

func TestEveryRelationHasAJapaneseLabel(t *testing.T) {
	for _, r := range schema.Relations().All {
		if view.Japanese(r.ID) == r.ID {
			t.Errorf("labels.tsv has no line for %s", r.ID)
		}
	}
	if view.Japanese("unheard-of") != "unheard-of" {
		t.Error("a relation without a label is not shown by its id")
	}
}

// TestEventsComeBeforeOffices: an office that more documents tell of stands behind what was done.
func TestEventsComeBeforeOffices(t *testing.T) {
	s := store(t)
	kato, japan := arg(schema.Official, "official/kato", "加藤", "country/JPN"), arg(schema.Country, "country/JPN", "日本", "")
	for _, id := range []string{"d4", "d5", "d6", "d7"} {
		x := schema.Extraction{Source: schema.Source{ID: id, Published: "2025-10-04"}, Statements: []schema.Statement{{Document: id, Relation: "holds-office",
			Subject: kato, Object: japan, Polarity: schema.Affirmed, Modality: schema.Actual, Confidence: 0.9, Text: id + "の加藤外相。"}}}
		if _, err := s.Apply(t.Context(), graph.Change{Put: []schema.Extraction{x}}); err != nil {
			t.Fatal(err)
		}
	}
	edges := view.Of(nil, s.Graph(), view.Filter{}).Edges
	if last := edges[len(edges)-1]; len(edges) < 3 || last.Relation != "holds-office" {
		t.Errorf("the last of %d edges is %s", len(edges), last.Relation)
	}
}
