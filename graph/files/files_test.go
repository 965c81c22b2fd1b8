package files

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/memory"
	"github.com/entente-kg/entente/graph/storetest"
	"github.com/entente-kg/entente/schema"
)

// full is a document whose rows have every property there is.
func full(t *testing.T) *memory.Store {
	t.Helper()
	person := func(id string) schema.Argument {
		return schema.Argument{ID: id, Type: schema.Official, Name: "N " + id, NameJa: "名" + id, Wikidata: "Q1", Country: "country/JPN", Office: "外相", Mention: "氏"}
	}
	var docs []schema.Extraction
	for i := range 2 {
		docs = append(docs, schema.Extraction{
			Source: schema.Source{ID: fmt.Sprintf("d%d", i), URL: "u", Title: "t", Outlet: "甲", Published: "2025-10-27", Hash: "h", Extractor: "x", Retrieved: "2025-10-28T00:00:00Z",
				Shingles: string(graph.MakeSketch(strings.Repeat("これは似た文章である。", 3) + strings.Join(numbers(), "")))},
			Entities: []schema.EntityMention{
				{Entity: schema.Entity{ID: "country/JPN", Type: schema.Country, Name: "Japan", NameJa: "日本", ISO3: "JPN", Aliases: []string{"我が国"}}, Count: 2},
				{Entity: schema.Entity{ID: "official/a", Type: schema.Official, NameJa: "名", OfficeEn: "foreign minister"}, Count: 1}},
		})
	}
	for i, m := range []schema.Modality{schema.Planned, schema.Actual} {
		docs[0].Statements = append(docs[0].Statements, schema.Statement{
			Sentence: i, Part: schema.PartText, Span: schema.Span{Start: 1, End: 9}, Text: "「会談」\n'quoted' \\u0027 \x00\u202e", Relation: "meets",
			Subject: person("official/a"), Object: person("official/b"), Polarity: schema.Affirmed, Modality: m, Confidence: 0.9,
			Time:        &schema.Time{Start: "2025-10-26", End: "2025-10-27", Granularity: schema.Range, Basis: schema.Explicit, Text: "26日"},
			Attribution: []schema.Argument{person("official/c")}, Trigger: schema.Trigger{Text: "会談", Span: schema.Span{Start: 2, End: 4}}, Rule: "r", Extractor: "x",
			Qualifiers: map[string]string{"office": "o", "award": "a", "rate": "25%", "amount": "1", "topic": "t", "place": "p", "via": "v", "mood": "m"},
			Evidence:   []schema.Evidence{{Text: "1"}, {Text: "2"}},
		})
	}
	for _, who := range []string{"official/a", "official/b"} {
		docs[0].Statements = append(docs[0].Statements, schema.Statement{Relation: "holds-office", Subject: person(who), Object: schema.Argument{ID: "country/JPN", Type: schema.Country, NameJa: "日本"},
			Polarity: schema.Affirmed, Modality: schema.Actual, Time: &schema.Time{Start: map[string]string{"official/a": "2024-10-01", "official/b": "2025-10-21"}[who]},
			Qualifiers: map[string]string{"office": "首相", "unique": "true"}})
	}
	docs[0].Statements = append(docs[0].Statements, schema.Statement{Relation: "calls", Subject: person("official/a"), Object: person("official/b"),
		Polarity: schema.Affirmed, Modality: schema.Actual})
	s := memory.New(nil)
	storetest.Apply(t, s, docs...)
	return s
}

func numbers() (out []string) {
	for i := range 60 {
		out = append(out, fmt.Sprint(i*i))
	}
	return out
}

// columnsChecker reports properties that no column holds.
type columnsChecker struct{ t *testing.T }

func (v columnsChecker) check(kind string, p graph.Properties, cols []column) {
	v.t.Helper()
	have := map[string]string{"id": "string"}
	for _, c := range cols {
		have[c.name] = c.typ
	}
	for k, value := range p {
		want := map[string]string{"string": "string", "int64": "long", "float64": "double", "[]string": "string[]", "[]int64": "long[]"}[fmt.Sprintf("%T", value)]
		if have[k] != want {
			v.t.Errorf("%s: column %s is %q, want %q", kind, k, have[k], want)
		}
		delete(have, k)
	}
	delete(have, "id")
	for k := range have {
		v.t.Errorf("%s: the column %s is never filled: give the test's document what it takes, or drop it", kind, k)
	}
}

func TestColumnsAreTheProperties(t *testing.T) {
	all := map[string]graph.Properties{}
	merge := func(kind string, p graph.Properties) {
		if all[kind] == nil {
			all[kind] = graph.Properties{}
		}
		for k, v := range p {
			all[kind][k] = v
		}
	}
	g := full(t).Graph()
	for _, e := range g.Entities {
		merge("entity", e.Properties())
	}
	for _, e := range g.Edges {
		merge("edge", e.Properties(nil))
	}
	for _, d := range g.Documents {
		merge("document", d.Properties())
	}
	for _, m := range g.Mentions {
		merge("mention", m.Properties())
	}
	for _, s := range g.Statements {
		merge("statement", s.Properties(nil))
	}
	v := columnsChecker{t}
	v.check("entity", all["entity"], entityColumns)
	v.check("edge", all["edge"], edgeColumns)
	v.check("document", all["document"], documentColumns)
	v.check("mention", all["mention"], mentionColumns)
	v.check("statement", all["statement"], statementColumns)
}

func TestJSONLIsTheDump(t *testing.T) {
	s := full(t)
	var dump, jsonl bytes.Buffer
	if err := errors.Join(s.Dump(t.Context(), &dump), Write(t.Context(), s, nil, JSONL, &jsonl)); err != nil {
		t.Fatal(err)
	}
	if dump.String() != jsonl.String() || dump.Len() == 0 {
		t.Error("the export differs from the dump")
	}
}

type folder map[string]*bytes.Buffer

type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }

func (f folder) create(name string) (io.WriteCloser, error) {
	f[name] = new(bytes.Buffer)
	return nopCloser{f[name]}, nil
}

func TestCSVReadsBack(t *testing.T) {
	f := folder{}
	if err := WriteFolder(t.Context(), full(t), nil, CSV, f.create); err != nil {
		t.Fatal(err)
	}
	for name, rows := range map[string]int{"entities.csv": 4, "documents.csv": 2, "statements.csv": 5, "edges.csv": 5, "copies.csv": 1, "fulfilled.csv": 1, "arguments.csv": 12, "stated.csv": 5} {
		records, err := csv.NewReader(f[name]).ReadAll()
		if err != nil || len(records) != rows+1 {
			t.Errorf("%s: %d rows (%v), want %d", name, len(records)-1, err, rows)
		}
	}
	if !strings.Contains(f["IMPORT.txt"].String(), "--nodes=entities.csv") {
		t.Error("the note does not say how to import")
	}
}

func TestParquetReadsBack(t *testing.T) {
	f := folder{}
	if err := WriteFolder(t.Context(), full(t), nil, Parquet, f.create); err != nil {
		t.Fatal(err)
	}
	b := f["statements.parquet"].Bytes()
	rows, err := parquet.Read[statementRow](bytes.NewReader(b), int64(len(b)))
	if err != nil || len(rows) != 5 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	n := 0
	for _, r := range rows {
		if r.Plover == "AGREE" && r.FulfilledBy != "" && r.Rate == "25%" && len(r.Attribution) == 1 {
			n++
		}
	}
	if n != 1 {
		t.Errorf("no planned meeting with its fulfilment in %+v", rows)
	}
	b = f["entities.parquet"].Bytes()
	entities, err := parquet.Read[entityRow](bytes.NewReader(b), int64(len(b)))
	if err != nil || len(entities) != 4 || entities[0].ISO3 != "JPN" {
		t.Errorf("%+v, %v", entities, err)
	}
}

func TestGraphMLIsWellFormed(t *testing.T) {
	var b bytes.Buffer
	if err := Write(t.Context(), full(t), nil, GraphML, &b); err != nil {
		t.Fatal(err)
	}
	nodes, edges := map[string]bool{}, 0
	d := xml.NewDecoder(&b)
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := token.(xml.StartElement); ok {
			switch e.Name.Local {
			case "node":
				nodes[e.Attr[0].Value] = true
			case "edge":
				edges++
			}
		}
	}
	if len(nodes) != 11 || edges != 30 {
		t.Errorf("%d nodes and %d edges", len(nodes), edges)
	}
}

func TestQuoteLeavesNoWayOut(t *testing.T) {
	for in, want := range map[string]string{
		"it's":     `'it\'s'`,
		`\`:        `'\\'`,
		`\' + 1`:   `'\\\' + 1'`,
		`\u0027`:   `'\\' + 'u0027'`,
		"a\x00\nb": `'a\u0000\u000Ab'`,
		"\u202e会談": `'\u202E会談'`,
	} {
		if got := quote(in); got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
}

func TestPloverRows(t *testing.T) {
	var b bytes.Buffer
	if err := Write(t.Context(), full(t), nil, Plover, &b); err != nil {
		t.Fatal(err)
	}
	var got []string
	for d := json.NewDecoder(&b); ; {
		var e ploverEvent
		if err := d.Decode(&e); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprintf("%s %v %d actors %d recipients quad %d %s %s", e.Event[0], e.Mode, len(e.Actor), len(e.Recipient), e.QuadCode, e.Date, e.Actor[0].Country))
	}
	for _, want := range []string{
		"AGREE [future] 1 actors 1 recipients quad 1 2025-10-26 JPN",
		"CONSULT [] 2 actors 0 recipients quad 1 2025-10-26 JPN",
		"CONSULT [phone] 2 actors 0 recipients quad 1 2025-10-27 JPN",
	} {
		if !strings.Contains(strings.Join(got, "\n"), want) {
			t.Errorf("no %s in %q", want, got)
		}
	}
}
