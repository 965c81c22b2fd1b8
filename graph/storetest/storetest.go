// Package storetest is the conformance suite of graph.Store: what every store must do, whatever it keeps its rows in. The
// yardstick is graph.Assemble, which derives a whole graph at once.
package storetest

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
)

// Run tests the stores that open gives: each an empty one.
func Run(t *testing.T, open func(t testing.TB) graph.Store) {
	for _, c := range []struct {
		name string
		test func(*testing.T, graph.Store)
	}{
		{"an empty graph dumps nothing", empty},
		{"loading twice is loading once", twice},
		{"order and batches do not matter", order},
		{"a changed document replaces what it said", changed},
		{"a withdrawn document leaves nothing behind", withdrawn},
		{"copies count once", copies},
		{"a family without its head finds another", headless},
		{"a crowd of near-copies is no family", crowded},
		{"a plan is linked to its fulfilment", fulfilled},
		{"the next holder ends a tenure", superseded},
		{"a plan of a change writes nothing", planOnly},
		{"a bad change is refused whole", refused},
		{"documents come by rising id", documents},
		{"hostile texts are only texts", hostile},
		{"four loaders at once", concurrent},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(t, open(t)) })
	}
}

// Property tests that any sequence of changes ends in the graph that Assemble makes of the documents that are left. open gives
// an empty store.
func Property(t *testing.T, open func(t rapid.TB) graph.Store) {
	rapid.Check(t, func(t *rapid.T) {
		s := open(t)
		held := map[string]schema.Extraction{}
		for range rapid.IntRange(1, 6).Draw(t, "steps") {
			c := Change(t)
			if _, err := s.Apply(t.Context(), c); err != nil {
				t.Fatalf("apply: %v", err)
			}
			for _, x := range c.Put {
				held[x.Source.ID] = x
			}
			for _, id := range c.Withdraw {
				delete(held, id)
			}
			if diff := cmp.Diff(Want(t, held), Dump(t, s)); diff != "" {
				t.Fatalf("the graph is not what its documents imply (-want +got):\n%s", diff)
			}
		}
	})
}

// TB is what testing and rapid have in common.
type TB interface {
	Helper()
	Fatalf(string, ...any)
}

// Want is the canonical dump of the graph of these documents, by graph.Assemble.
func Want(t TB, held map[string]schema.Extraction) []string {
	t.Helper()
	var rows []graph.Rows
	for _, id := range slices.Sorted(maps.Keys(held)) {
		r, err := graph.Derive(nil, held[id])
		if err != nil {
			t.Fatalf("derive: %v", err)
		}
		rows = append(rows, r)
	}
	var b bytes.Buffer
	if err := graph.Assemble(nil, rows).Dump(nil, &b); err != nil {
		t.Fatalf("dump: %v", err)
	}
	return lines(b.String())
}

// Dump is a store's canonical dump, by lines.
func Dump(t TB, s graph.Store) []string {
	t.Helper()
	var b bytes.Buffer
	if err := s.Dump(context.Background(), &b); err != nil {
		t.Fatalf("dump: %v", err)
	}
	return lines(b.String())
}

func lines(s string) []string { return strings.Split(strings.TrimSuffix(s, "\n"), "\n") }

// Apply puts documents and fails the test on an error.
func Apply(t TB, s graph.Store, put ...schema.Extraction) graph.Summary {
	t.Helper()
	return change(t, s, graph.Change{Put: put})
}

func change(t TB, s graph.Store, c graph.Change) graph.Summary {
	t.Helper()
	sum, err := s.Apply(context.Background(), c)
	if err != nil {
		t.Fatalf("apply: %v", err)
	}
	return sum
}

// Same fails the test unless the store holds exactly the graph of these documents.
func Same(t TB, s graph.Store, documents ...schema.Extraction) {
	t.Helper()
	held := map[string]schema.Extraction{}
	for _, x := range documents {
		held[x.Source.ID] = x
	}
	if diff := cmp.Diff(Want(t, held), Dump(t, s)); diff != "" {
		t.Fatalf("the graph is not what its documents imply (-want +got):\n%s", diff)
	}
}

func empty(t *testing.T, s graph.Store) {
	if got := Dump(t, s); len(got) != 1 || got[0] != "" {
		t.Errorf("an empty graph dumps %q", got)
	}
	if sum := change(t, s, graph.Change{Withdraw: []string{"nothing"}}); sum != (graph.Summary{}) {
		t.Errorf("withdrawing from an empty graph: %+v", sum)
	}
}

func twice(t *testing.T, s graph.Store) {
	docs := Corpus(30, 12, 1)
	first := Apply(t, s, docs...)
	if first.Documents.Added != 30 || first.Statements.Added != 150 || first.Edges.Added == 0 || first.Entities.Added == 0 {
		t.Errorf("first load: %+v", first)
	}
	Same(t, s, docs...)
	if again := Apply(t, s, docs...); again != (graph.Summary{Documents: graph.Counts{Unchanged: 30}}) {
		t.Errorf("second load: %+v", again)
	}
	Same(t, s, docs...)
}

func order(t *testing.T, s graph.Store) {
	docs := Corpus(40, 12, 2)
	for i := len(docs) - 1; i >= 0; i -= 7 {
		Apply(t, s, docs[max(0, i-6):i+1]...)
	}
	Same(t, s, docs...)
}

func changed(t *testing.T, s graph.Store) {
	docs := Corpus(20, 8, 3)
	Apply(t, s, docs...)
	other := Corpus(20, 8, 4)
	docs[3], docs[11] = other[3], other[11]
	sum := Apply(t, s, docs...)
	if sum.Documents.Changed != 2 || sum.Documents.Unchanged != 18 || sum.Statements.Removed == 0 || sum.Statements.Added == 0 {
		t.Errorf("%+v", sum)
	}
	Same(t, s, docs...)
	// The same statement with other words is a change, not a retraction and an addition.
	docs[3].Statements[0].Text = "別の文。"
	if sum := Apply(t, s, docs[3]); sum.Statements != (graph.Counts{Changed: 1}) || sum.Edges != (graph.Counts{}) || sum.Entities != (graph.Counts{}) {
		t.Errorf("other words: %+v", sum)
	}
	Same(t, s, docs...)
}

func withdrawn(t *testing.T, s graph.Store) {
	docs := Corpus(20, 8, 5)
	Apply(t, s, docs...)
	change(t, s, graph.Change{Withdraw: []string{docs[0].Source.ID, docs[7].Source.ID, "unknown"}})
	Same(t, s, slices.Concat(docs[1:7], docs[8:])...)
	var all []string
	for _, d := range docs {
		all = append(all, d.Source.ID)
	}
	sum := change(t, s, graph.Change{Withdraw: all})
	if sum.Documents.Removed != 18 || sum.Entities.Removed == 0 || sum.Edges.Removed == 0 {
		t.Errorf("%+v", sum)
	}
	Same(t, s)
}

// copy is one statement in a text of family a, by an outlet.
func copyOf(id, outlet, published string, wording int, confidence float64) schema.Extraction {
	return schema.Extraction{
		Source: schema.Source{ID: id, Outlet: outlet, Published: published, Shingles: string(graph.MakeSketch(wordings[wording]))},
		Statements: []schema.Statement{{Relation: "meets", Subject: argument(people[0]), Object: argument(people[1]), Text: "会談した。",
			Polarity: schema.Affirmed, Modality: schema.Actual, Confidence: confidence}},
	}
}

func copies(t *testing.T, s graph.Store) {
	docs := []schema.Extraction{
		copyOf("b", "乙通信", "2025-10-25", 1, 0.6), copyOf("a", "甲新聞", "2025-10-26", 0, 0.9),
		copyOf("c", "丙放送", "2025-10-26", 2, 0.5), copyOf("d", "甲新聞", "2025-10-26", 3, 0.5),
	}
	for _, d := range docs {
		Apply(t, s, d)
	}
	Same(t, s, docs...)
	got := find(t, s, `"type":"MEETS"`)
	for _, want := range []string{`"documents":2`, `"outlets":2`, `"statements":2`, `"outletNames":["乙通信","甲新聞"]`, `"confidence":0.95`} {
		if !strings.Contains(got, want) {
			t.Errorf("want %s in %s", want, got)
		}
	}
}

func headless(t *testing.T, s graph.Store) {
	docs := []schema.Extraction{
		copyOf("a", "甲新聞", "2025-10-25", 0, 0.6), copyOf("b", "乙通信", "2025-10-26", 1, 0.9), copyOf("c", "丙放送", "2025-10-27", 2, 0.5),
	}
	Apply(t, s, docs...)
	change(t, s, graph.Change{Withdraw: []string{"a"}})
	Same(t, s, docs[1:]...)
	// The rewritten copy is one no more.
	docs[2] = copyOf("c", "丙放送", "2025-10-27", 3, 0.5)
	Apply(t, s, docs[2])
	Same(t, s, docs[1:]...)
}

// crowded moves the number of documents that share a band over the limit of 200 and back.
func crowded(t *testing.T, s graph.Store) {
	r := rand.New(rand.NewPCG(3, 3))
	docs := make([]schema.Extraction, 330)
	for i := range docs {
		docs[i] = schema.Extraction{
			Source: schema.Source{ID: fmt.Sprintf("%03d", i), Outlet: outlets[1+i%3], Published: fmt.Sprintf("2025-01-%02d", 1+r.IntN(28)),
				Shingles: banded(i%2, 100+i%20, 1000+i)},
			Statements: []schema.Statement{{Relation: "meets", Subject: argument(people[i%4]), Object: argument(people[(i+1)%4]), Text: "会談した。",
				Polarity: schema.Affirmed, Modality: schema.Actual, Confidence: float64(5+i%4) / 10}},
		}
	}
	held := map[string]schema.Extraction{}
	step := func(name string, from, to int, withdraw bool, links int) {
		t.Helper()
		var c graph.Change
		for _, i := range r.Perm(to - from) {
			x := docs[from+i]
			if withdraw {
				c.Withdraw = append(c.Withdraw, x.Source.ID)
				delete(held, x.Source.ID)
			} else {
				c.Put = append(c.Put, x)
				held[x.Source.ID] = x
			}
		}
		change(t, s, c)
		if diff := cmp.Diff(Want(t, held), Dump(t, s)); diff != "" {
			t.Fatalf("%s: the graph is not what its documents imply (-want +got):\n%s", name, diff)
		}
		if n := count(t, s, `"type":"COPY_OF"`); n != links {
			t.Errorf("%s: %d links, want %d", name, n, links)
		}
	}
	// Every second document shares its first band with its like, every twentieth its second band.
	step("two families of 150", 0, 300, false, 298)
	step("two families of 165", 300, 330, false, 328)
	for i := range docs {
		docs[i].Source.Shingles = banded(0, 100+i%20, 1000+i)
	}
	step("80 of the one join the other: a crowd, which only second bands hold together", 1, 160, false, 319)
	step("all are of the crowd", 160, 330, false, 310)
	step("the crowd loses some", 0, 130, true, 199)
	step("and has more again", 0, 1, false, 181)
	step("all go", 0, 330, true, 0)
}

// banded is a sketch that agrees with all others made here, and shares its first band with those of the same a and its
// second with those of the same b; c keeps the other bands apart.
func banded(a, b, c int) string {
	raw := bytes.Repeat([]byte{7}, 128)
	for band := range graph.SketchBands {
		n := c
		if band < 2 {
			n = []int{a, b}[band]
		}
		raw[8*band], raw[8*band+1] = byte(n>>8), byte(n)
	}
	return base64.RawStdEncoding.EncodeToString(raw)
}

func fulfilled(t *testing.T, s graph.Store) {
	at := func(id string, m schema.Modality, day string) schema.Extraction {
		x := copyOf(id, "", day, 5, 0.9)
		x.Statements[0].Modality = m
		x.Statements[0].Time = &schema.Time{Start: day, End: day}
		return x
	}
	plan, late, first, never := at("plan", schema.Planned, "2025-10-26"), at("late", schema.Actual, "2025-10-30"), at("first", schema.Actual, "2025-10-27"), at("x", schema.Actual, "2025-12-01")
	for _, step := range [][]schema.Extraction{{late, never}, {plan}, {first}} {
		Apply(t, s, step...)
	}
	Same(t, s, plan, late, first, never)
	if n := count(t, s, `"type":"FULFILLED_BY"`); n != 1 {
		t.Errorf("%d links, want 1", n)
	}
	change(t, s, graph.Change{Withdraw: []string{"first"}})
	Same(t, s, plan, late, never)
	change(t, s, graph.Change{Withdraw: []string{"late"}})
	Same(t, s, plan, never)
	if n := count(t, s, `"type":"FULFILLED_BY"`); n != 0 {
		t.Errorf("%d links, want none", n)
	}
}

// holds is a document of one statement on an office.
func holds(id, published string, who schema.Entity, of schema.Entity, qualifiers map[string]string) schema.Extraction {
	return schema.Extraction{
		Source: schema.Source{ID: id, Published: published},
		Statements: []schema.Statement{{Relation: "holds-office", Subject: argument(who), Object: argument(of), Text: "首相だ。",
			Polarity: schema.Affirmed, Modality: schema.Actual, Confidence: 0.9, Qualifiers: qualifiers}},
	}
}

func superseded(t *testing.T, s graph.Store) {
	japan, china := states[0], states[2]
	first := holds("first", "2020-05-01", people[0], japan, office("首相"))
	again := holds("again", "2020-06-01", people[0], japan, office("首相"))
	second := holds("second", "2021-10-04", people[1], japan, office("首相"))
	third := holds("third", "2024-10-01T09:00:00+09:00", people[2], japan, office("首相"))
	abroad := holds("abroad", "2022-01-01", people[3], china, office("首相"))
	other := holds("other", "2022-01-01", people[3], japan, office("外相"))
	member := holds("member", "2020-01-01", people[0], japan, map[string]string{"office": "議員"})
	member2 := holds("member2", "2021-01-01", people[1], japan, map[string]string{"office": "議員"})
	plan := holds("plan", "2020-07-01", people[3], japan, office("首相"))
	plan.Statements[0].Modality = schema.Planned
	denial := holds("denial", "2020-08-01", people[3], japan, office("首相"))
	denial.Statements[0].Polarity = schema.Negated
	// tenure is what the edge of somebody says of the offices in Japan.
	tenure := func(who schema.Entity) string {
		line := find(t, s, `"type":"HOLDS_OFFICE","from":"`+who.ID+`","to":"country/JPN","properties":{"confidence"`)
		var e struct{ Properties graph.Properties }
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatal(err)
		}
		p := e.Properties
		return fmt.Sprintf("%v %v %v, %s to %s", p["offices"], p["officeFrom"], p["officeTo"], p.Get("from"), p.Get("to"))
	}
	held := []schema.Extraction{}
	step := func(put []schema.Extraction, withdraw []string, want ...string) {
		t.Helper()
		change(t, s, graph.Change{Put: put, Withdraw: withdraw})
		held = slices.DeleteFunc(append(held, put...), func(x schema.Extraction) bool { return slices.Contains(withdraw, x.Source.ID) })
		Same(t, s, held...)
		for i, w := range want {
			if got := tenure(people[i]); got != w {
				t.Errorf("%s: %s, want %s", people[i].Name, got, w)
			}
		}
	}
	step([]schema.Extraction{third, again, plan, denial}, nil, "[首相] [2020-06-01] [2024-09-30], 2020-06-01 to 2024-09-30")
	step([]schema.Extraction{second, abroad, other}, nil, "[首相] [2020-06-01] [2021-10-03], 2020-06-01 to 2021-10-03",
		"[首相] [2021-10-04] [2024-09-30], 2021-10-04 to 2024-09-30", "[首相] [2024-10-01] [?], 2024-10-01 to ")
	step([]schema.Extraction{first}, nil, "[首相] [2020-05-01] [2021-10-03], 2020-05-01 to 2021-10-03")
	step([]schema.Extraction{member, member2}, nil, "[議員 首相] [2020-01-01 2020-05-01] [? 2021-10-03], 2020-01-01 to ")
	step(nil, []string{"second", "first"}, "[議員 首相] [2020-01-01 2020-06-01] [? 2024-09-30], 2020-01-01 to ", "[議員] [2021-01-01] [?], 2021-01-01 to ")
	step(nil, []string{"third", "member"}, "[首相] [2020-06-01] [?], 2020-06-01 to ")
	// Back in office: two days' word of it, after the others' time.
	back1, back2 := holds("back1", "2026-01-05", people[0], japan, office("首相")), holds("back2", "2026-01-06", people[0], japan, office("首相"))
	step([]schema.Extraction{second, third, back2}, nil, "[首相] [2020-06-01] [2021-10-03], 2020-06-01 to 2021-10-03")
	step([]schema.Extraction{back1}, nil, "[首相 首相] [2020-06-01 2026-01-05] [2021-10-03 ?], 2020-06-01 to ",
		"[議員 首相] [2021-01-01 2021-10-04] [? 2024-09-30], 2021-01-01 to ", "[首相] [2024-10-01] [2026-01-04], 2024-10-01 to 2026-01-04")
	step(nil, []string{"third"}, "[首相 首相] [2020-06-01 2026-01-05] [2021-10-03 ?], 2020-06-01 to ", "[議員 首相] [2021-01-01 2021-10-04] [? 2026-01-04], 2021-01-01 to ")
	step(nil, []string{"back2"}, "[首相] [2020-06-01] [2021-10-03], 2020-06-01 to 2021-10-03")
}

func planOnly(t *testing.T, s graph.Store) {
	docs := Corpus(10, 6, 6)
	Apply(t, s, docs[:5]...)
	d, err := s.Plan(t.Context(), graph.Change{Put: docs[3:], Withdraw: []string{docs[0].Source.ID}})
	if err != nil {
		t.Fatal(err)
	}
	if d.Summary.Documents != (graph.Counts{Added: 5, Removed: 1, Unchanged: 2}) || len(d.AddStatements) != 25 || len(d.DeleteStatements) != 5 {
		t.Errorf("%+v", d.Summary)
	}
	Same(t, s, docs[:5]...)
}

func refused(t *testing.T, s graph.Store) {
	docs := Corpus(3, 6, 7)
	bad := docs[2]
	bad.Statements = slices.Clone(bad.Statements)
	bad.Statements[1].Relation = "likes`) DETACH DELETE n //"
	if _, err := s.Apply(t.Context(), graph.Change{Put: []schema.Extraction{docs[0], bad}}); err == nil || !strings.Contains(err.Error(), bad.Source.ID) {
		t.Errorf("want an error that names the document, got %v", err)
	}
	if _, err := s.Apply(t.Context(), graph.Change{Put: []schema.Extraction{docs[0], docs[0]}}); err == nil {
		t.Error("a document twice in one change was taken")
	}
	Same(t, s)
}

func documents(t *testing.T, s graph.Store) {
	var docs []schema.Extraction
	want := []string{"a", "é", "ｶ", "𠮷"} // by code point
	for _, id := range []string{"𠮷", "ｶ", "a", "é"} {
		docs = append(docs, schema.Extraction{Source: schema.Source{ID: id, Hash: "h" + id, Extractor: "v1"}})
	}
	Apply(t, s, docs...)
	var got []string
	for d, err := range s.Documents(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if d.Hash != "h"+d.ID || d.Extractor != "v1" || d.Digest == "" {
			t.Errorf("%+v", d)
		}
		got = append(got, d.ID)
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// Hostile are documents whose every text, also those that should be ids and dates, is out to break something.
func Hostile() []schema.Extraction {
	texts := []string{
		"' OR 1=1 //", "`) DETACH DELETE n //", `"}) MATCH (n) DETACH DELETE n RETURN ({x:"`, "a\x00b", "\u202Egnp.exe\u2066", "\xff\xfe invalid \xc3",
		strings.Repeat("長", 3_500_000), "$rows", "{{.}}", "\\u0000\\", `\u0027}) DETACH DELETE n //`, `\\u0027`, "a;b\x1fc", "<![CDATA[&amp;]]>", "line\r\nbreak\u2028\u2029", "=cmd|' /C calc'!A0", "",
	}
	var docs []schema.Extraction
	for i, text := range texts {
		who := func(prefix string) schema.Argument {
			return schema.Argument{ID: "official/" + prefix + text, Type: schema.Official, Name: text, NameJa: text, Mention: text, Office: text}
		}
		x := schema.Extraction{Source: schema.Source{ID: fmt.Sprintf("%d %s", i, text), URL: text, Title: text, Outlet: text, Published: text, Hash: text, Shingles: text, Extractor: text}}
		x.Entities = []schema.EntityMention{{Entity: schema.Entity{ID: "place/" + text, Type: schema.Place, Name: text, NameJa: text, Aliases: []string{text, text + "2"}}}}
		x.Statements = []schema.Statement{{ID: text, Document: text, Relation: "meets", Subject: who("a"), Object: who("b"), Text: text, Rule: text,
			Polarity: schema.Affirmed, Modality: schema.Actual, Confidence: 2, Time: &schema.Time{Start: text, End: text, Text: text},
			Trigger: schema.Trigger{Text: text}, Qualifiers: map[string]string{"topic": text, text: text, "id": text, "office`": text}, Attribution: []schema.Argument{who("c")}}}
		docs = append(docs, x)
	}
	return docs
}

func hostile(t *testing.T, s graph.Store) {
	docs := Hostile()
	Apply(t, s, docs...)
	Same(t, s, docs...)
	if sum := Apply(t, s, docs...); sum.Documents.Unchanged != len(docs) {
		t.Errorf("again: %+v", sum)
	}
	for i := range docs {
		docs[i].Statements = nil
	}
	Apply(t, s, docs...)
	Same(t, s, docs...)
}

func concurrent(t *testing.T, s graph.Store) {
	docs := Corpus(60, 10, 8)
	var wg sync.WaitGroup
	errs := make([]error, 4)
	for w := range 4 {
		wg.Go(func() {
			for i := range 12 {
				at := (i + 3*w) % 12
				if _, err := s.Apply(context.Background(), graph.Change{Put: docs[5*at : 5*at+5]}); err != nil {
					errs[w] = err
					return
				}
			}
		})
	}
	wg.Wait()
	for w, err := range errs {
		if err != nil {
			t.Errorf("loader %d: %v", w, err)
		}
	}
	Same(t, s, docs...)
}

func find(t *testing.T, s graph.Store, part string) string {
	t.Helper()
	for _, line := range Dump(t, s) {
		if strings.Contains(line, part) {
			return line
		}
	}
	t.Fatalf("no %s in the dump", part)
	return ""
}

func count(t *testing.T, s graph.Store, part string) int {
	t.Helper()
	n := 0
	for _, line := range Dump(t, s) {
		if strings.Contains(line, part) {
			n++
		}
	}
	return n
}
