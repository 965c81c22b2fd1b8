package graph

import (
	"bytes"
	"flag"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-kg/entente/schema"
)

var update = flag.Bool("update", false, "rewrite the goldens")

func official(id, name, nameJa, mention string) schema.Argument {
	return schema.Argument{ID: "official/" + id, Type: schema.Official, Name: name, NameJa: nameJa, Mention: mention}
}

// twoArticles are two articles on one meeting: a plan, and the event with a denial.
func twoArticles() []schema.Extraction {
	suzuki, lee := official("Q1", "Suzuki Haruka", "鈴木遥", "鈴木外相"), official("李明", "李明", "李明", "李氏")
	suzuki.Office, suzuki.Country = "外相", "country/JPN"
	japan := schema.EntityMention{Entity: schema.Entity{ID: "country/JPN", Type: schema.Country, Name: "Japan", NameJa: "日本", ISO3: "JPN", Aliases: []string{"我が国", "日本"}}, Count: 2}
	said := func(sentence int, relation string, a, b schema.Argument, p schema.Polarity, m schema.Modality, day string, c float64, text string) schema.Statement {
		s := schema.Statement{Sentence: sentence, Part: schema.PartText, Text: text, Relation: relation, Subject: a, Object: b, Polarity: p, Modality: m,
			Confidence: c, Rule: "test", Extractor: "v1"}
		if day != "" {
			s.Time = &schema.Time{Start: day, End: day, Granularity: schema.Day, Basis: schema.Relative}
		}
		return s
	}
	return []schema.Extraction{
		{Source: schema.Source{ID: "a", Outlet: "甲新聞", Published: "2025-10-24", Title: "会談へ", Hash: "1", Extractor: "v1"},
			Entities:   []schema.EntityMention{japan},
			Statements: []schema.Statement{said(0, "meets", suzuki, lee, schema.Affirmed, schema.Planned, "2025-10-26", 0.8, "鈴木外相は26日に李氏と会談する。")}},
		{Source: schema.Source{ID: "b", Outlet: "乙通信", Published: "2025-10-27T08:00:00+09:00", Hash: "2", Extractor: "v1"},
			Statements: []schema.Statement{
				said(0, "meets", lee, suzuki, schema.Affirmed, schema.Actual, "2025-10-26", 0.9, "李氏は26日、鈴木外相と会談した。"),
				said(2, "threatens", lee, suzuki, schema.Negated, schema.Actual, "", 0.6, "李氏は警告していないと述べた。"),
			}},
	}
}

// TestWhatTwoArticlesMake draws the whole graph of two articles.
func TestWhatTwoArticlesMake(t *testing.T) {
	var rows []Rows
	for _, x := range twoArticles() {
		r, err := Derive(nil, x)
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, r)
	}
	var got, reversed bytes.Buffer
	if err := Assemble(nil, rows).Dump(nil, &got); err != nil {
		t.Fatal(err)
	}
	slices.Reverse(rows)
	if err := Assemble(nil, rows).Dump(nil, &reversed); err != nil {
		t.Fatal(err)
	}
	if got.String() != reversed.String() {
		t.Error("the order of the documents matters")
	}
	name := filepath.Join("testdata", "two-articles.jsonl")
	if *update {
		if err := os.WriteFile(name, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got.String(), "\n")); diff != "" {
		t.Errorf("-want +got (rewrite by go test ./graph -update):\n%s", diff)
	}
}

func TestDeriveRefuses(t *testing.T) {
	good := func() schema.Extraction { return twoArticles()[1] }
	for name, c := range map[string]struct {
		spoil func(*schema.Extraction)
		want  string
	}{
		"no document id":       {func(x *schema.Extraction) { x.Source.ID = "" }, "no id"},
		"an unknown relation":  {func(x *schema.Extraction) { x.Statements[0].Relation = "likes" }, `"likes" is no relation`},
		"no polarity":          {func(x *schema.Extraction) { x.Statements[0].Polarity = "" }, "want affirmed or negated"},
		"no modality":          {func(x *schema.Extraction) { x.Statements[0].Modality = "denied" }, "want actual"},
		"a subject without id": {func(x *schema.Extraction) { x.Statements[0].Subject.ID = "" }, "subject has no id"},
		"an object of no type": {func(x *schema.Extraction) { x.Statements[0].Object.Type = "Dog" }, `"Dog" is no entity type`},
		"a speaker of no type": {func(x *schema.Extraction) { x.Statements[0].Attribution = []schema.Argument{{ID: "x"}} }, "attribution"},
		"an entity of no type": {func(x *schema.Extraction) { x.Entities = []schema.EntityMention{{Entity: schema.Entity{ID: "x"}}} }, "entity"},
		"two faults":           {func(x *schema.Extraction) { x.Statements[0].Relation, x.Statements[1].Polarity = "likes", "x" }, "polarity"},
	} {
		t.Run(name, func(t *testing.T) {
			x := good()
			c.spoil(&x)
			_, err := Derive(nil, x)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q in it", err, c.want)
			}
		})
	}
}

func TestConfidenceCombinesIndependentDocuments(t *testing.T) {
	for _, c := range []struct {
		say  []float64
		want float64
	}{{[]float64{0.8}, 0.8}, {[]float64{0.8, 0.5}, 0.9}, {[]float64{0.6, 0.6, 0.6}, 0.936}, {[]float64{0}, 0}, {[]float64{1}, 0.9999}, {[]float64{1, 1}, 1}} {
		var e Edge
		for _, p := range c.say {
			e.Weight += weight(p)
		}
		if got := e.Confidence(); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%v make %v, want %v", c.say, got, c.want)
		}
	}
}

func TestEntityNames(t *testing.T) {
	e := Entity{ID: "official/Q1", Documents: 3}
	for _, d := range []struct {
		day  string
		says []string
	}{
		{"2025-01-01", []string{"type=Official", "name=鈴木遥", "nameJa=鈴木遥", "office=副大臣", "alias=鈴木氏"}},
		{"2025-03-01", []string{"type=Official", "name=鈴木遥", "nameJa=鈴木遥", "office=外相", "alias=同氏"}},
		{"2025-02-01", []string{"type=Official", "name=Suzuki Haruka", "nameJa=鈴木遥", "office=副大臣"}},
	} {
		e.count(d.says, d.day, 1)
	}
	if e.Name() != "Suzuki Haruka" || e.NameJa() != "鈴木遥" || e.Latest("office") != "外相" || !slices.Equal(e.Aliases(), []string{"同氏", "鈴木氏"}) ||
		e.FirstSeen != "2025-01-01" || e.LastSeen != "2025-03-01" || e.Type() != schema.Official {
		t.Errorf("%v", e.Properties())
	}
	if n := (Entity{ID: "x"}).Name(); n != "x" {
		t.Errorf("nothing known: %q", n)
	}
}

func TestPropertiesReadBack(t *testing.T) {
	rows, err := Derive(nil, twoArticles()[0])
	if err != nil {
		t.Fatal(err)
	}
	rows.Document.Sketch = MakeSketch(strings.Repeat("長い文章", 40) + prose(1, 300))
	if got := ReadDocument(rows.Document.Properties()); got != rows.Document {
		t.Errorf("document: %+v", got)
	}
	g := Assemble(nil, []Rows{rows})
	for _, e := range g.Entities {
		if diff := cmp.Diff(e, ReadEntity(e.Properties())); diff != "" {
			t.Errorf("entity: %s", diff)
		}
	}
	for _, e := range g.Edges {
		if diff := cmp.Diff(e, ReadEdge(e.EdgeKey, e.Properties(nil))); diff != "" {
			t.Errorf("edge: %s", diff)
		}
	}
	for _, s := range g.Statements {
		r := ReadStatement(s.Properties(nil))
		r.Subject, r.Object = s.Subject, s.Object
		if diff := cmp.Diff(s, r); diff != "" {
			t.Errorf("statement: %s", diff)
		}
	}
}

func prose(seed uint64, n int) string {
	r := rand.New(rand.NewPCG(seed, 1))
	var b strings.Builder
	for range n {
		b.WriteRune(rune(0x4E00 + r.IntN(2000)))
	}
	return b.String()
}

func TestSketchTellsCopiesFromChance(t *testing.T) {
	story := prose(1, 800)
	half := len(story) / 2
	for half > 0 && story[half]&0xC0 == 0x80 {
		half--
	}
	for _, c := range []struct {
		name, other string
		copy        bool
	}{
		{"the same text", story, true},
		{"other line breaks and punctuation", strings.ReplaceAll(story, story[:3], "。\n"+story[:3]), true},
		{"a dateline before it", "【北京時事】" + story, true},
		{"a sentence replaced", prose(2, 60) + story[180:], true},
		{"a paragraph added", story + prose(3, 200), true},
		{"the first half alone", story[:half], false},
		{"another story", prose(4, 800), false},
		{"too short to tell", "日米首脳が会談した。", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			docs := []Document{{ID: "a", Published: "2025-01-01", Sketch: MakeSketch(story)}, {ID: "b", Published: "2025-01-02", Sketch: MakeSketch(c.other)}}
			Families(docs)
			if got := docs[1].CopyOf == "a"; got != c.copy {
				t.Errorf("a copy: %v, want %v (similarity %.2f)", got, c.copy, MakeSketch(story).Similarity(MakeSketch(c.other)))
			}
		})
	}
	if s := ParseSketch("`) DETACH DELETE n //"); s != "" || len(s.Bands()) != 0 {
		t.Errorf("a sketch that is none: %q", s)
	}
}

func TestFamilyHeads(t *testing.T) {
	sketch := MakeSketch(prose(1, 300))
	docs := []Document{{ID: "undated", Sketch: sketch}, {ID: "b", Published: "2025-01-02", Sketch: sketch}, {ID: "a", Published: "2025-01-02", Sketch: sketch}, {ID: "other", Published: "2020-01-01"}}
	for range 4 {
		docs = append(docs[1:], docs[0])
		family := slices.Clone(docs)
		Families(family)
		for _, d := range family {
			if want := map[string]string{"undated": "a", "b": "a"}[d.ID]; d.CopyOf != want {
				t.Errorf("%s is a copy of %q, want %q", d.ID, d.CopyOf, want)
			}
		}
	}
}

func TestSupersede(t *testing.T) {
	for _, c := range []struct {
		name string
		said string // holder and day
		want string
	}{
		{"one holder", "A 2020-01-01, A 2020-05-01", "A 2020-01-01 –"},
		{"the next ends it", "A 2020-01-01, B 2021-04-02, A 2020-12-01", "A 2020-01-01 – 2021-04-01, B 2021-04-02 –"},
		{"back after a gap", "A 2006-09-26, B 2008-01-01, A 2012-12-26, A 2013-01-05, C 2020-09-16", "A 2006-09-26 – 2007-12-31, A 2012-12-26 – 2020-09-15, B 2008-01-01 – 2012-12-25, C 2020-09-16 –"},
		{"a word about the past is no return", "A 2006-09-26, B 2008-01-01, A 2012-12-26", "A 2006-09-26 – 2007-12-31, B 2008-01-01 –"},
		{"nor two, with the holder's between them", "A 2006-09-26, B 2008-01-01, A 2012-12-26, B 2012-12-27, A 2012-12-28", "A 2006-09-26 – 2007-12-31, B 2008-01-01 –"},
		{"nor what is said of the old one in the first month", "A 2006-09-26, B 2008-01-01, A 2008-01-02, A 2008-01-20, B 2008-03-01", "A 2006-09-26 – 2007-12-31, B 2008-01-01 –"},
		{"two return", "A 2001-01-01, B 2003-01-01, A 2005-01-01, A 2005-01-02, B 2007-01-01, B 2007-01-02", "A 2001-01-01 – 2002-12-31, A 2005-01-01 – 2006-12-31, B 2003-01-01 – 2004-12-31, B 2007-01-01 –"},
		{"first named on one day", "A 2020-01-01, B 2020-01-01, A 2020-03-01, C 2021-01-01", "A 2020-01-01 – 2020-12-31, B 2020-01-01 – 2020-12-31, C 2021-01-01 –"},
		{"without a day", "A , B 2020-01-01", "A  –, B 2020-01-01 –"},
		{"a day that is none", "A 2020-99-99, B 2021-01-01", "A 2020-99-99 – 2020-12-31, B 2021-01-01 –"},
	} {
		t.Run(c.name, func(t *testing.T) {
			said := strings.Split(c.said, ", ")
			for range len(said) {
				said = append(said[1:], said[0]) // in any order
				by := map[string]*Edge{}
				for _, s := range said {
					who, day, _ := strings.Cut(s, " ")
					if by[who] == nil {
						by[who] = &Edge{EdgeKey: EdgeKey{From: who}}
					}
					by[who].hold(held{"首相", true}, day, 1)
				}
				edges := slices.Collect(maps.Values(by))
				supersede(Seat{Office: "首相"}, edges)
				var got []string
				for _, who := range slices.Sorted(maps.Keys(by)) {
					for _, term := range by[who].Tenures[0].Terms {
						got = append(got, strings.TrimSpace(who+" "+term.From+" – "+term.To))
					}
				}
				if diff := cmp.Diff(c.want, strings.Join(got, ", ")); diff != "" {
					t.Fatalf("%v (-want +got):\n%s", said, diff)
				}
			}
		})
	}
}

func TestFulfils(t *testing.T) {
	at := func(id, day string) Dated { return Dated{ID: id, Start: day} }
	for _, c := range []struct {
		name, start, end string
		actual           []Dated
		want             string
	}{
		{"on the day", "2025-10-26", "2025-10-26", []Dated{at("x", "2025-10-26")}, "x"},
		{"the first of two", "2025-10-26", "", []Dated{at("x", "2025-10-28"), at("y", "2025-10-27")}, "y"},
		{"of one day the smaller id", "2025-10-26", "", []Dated{at("y", "2025-10-27"), at("x", "2025-10-27")}, "x"},
		{"within the month", "2025-10-01", "2025-10-31", []Dated{at("x", "2025-10-20")}, "x"},
		{"a week late", "2025-10-26", "", []Dated{at("x", "2025-11-02")}, "x"},
		{"later than that", "2025-10-26", "", []Dated{at("x", "2025-11-03")}, ""},
		{"before it", "2025-10-26", "", []Dated{at("x", "2025-10-25")}, ""},
		{"a plan without a date", "", "", []Dated{at("x", "2025-10-25")}, ""},
		{"an event without a date", "2025-10-26", "", []Dated{at("x", "")}, ""},
	} {
		if got := fulfils(c.start, c.end, c.actual); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestLongTextsAreCut(t *testing.T) {
	long := strings.Repeat("長", 1000)
	if id := identifier("official/" + long); len(id) > maxID || !strings.HasPrefix(id, "official/長") || id == identifier("official/"+long+"1") {
		t.Errorf("id %q", id)
	}
	if c := clip(long, 100); len(c) > 100 || !strings.HasSuffix(c, "長…") {
		t.Errorf("cut %q", c)
	}
	if c := clip("a\xffb\x1fc", 100); c != "a\uFFFDb\uFFFDc" {
		t.Errorf("%q", c)
	}
	for in, want := range map[string]string{"2025-10-27T09:00:00+09:00": "2025-10-27", "2025-10-27": "2025-10-27", "2025": "", "27 October": "", "": ""} {
		if got := day(in); got != want {
			t.Errorf("day of %q: %q", in, got)
		}
	}
}
