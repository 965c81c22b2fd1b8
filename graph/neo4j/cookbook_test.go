package neo4j_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/cookbook"
	"github.com/entente-kg/entente/graph/neo4j"
	"github.com/entente-kg/entente/graph/storetest"
	"github.com/entente-kg/entente/internal/localdb/localdbtest"
	"github.com/entente-kg/entente/schema"
)

// say is a document of one statement.
func say(id, published, subject, relation, object, status, text string, qualifiers ...string) schema.Extraction {
	who := func(id string) schema.Argument {
		typ := schema.Official
		if id == "国" {
			typ = schema.Country
		}
		return schema.Argument{ID: id, Type: typ, Name: id, NameJa: id, Mention: id}
	}
	s := schema.Statement{Relation: relation, Subject: who(subject), Object: who(object), Text: text, Confidence: 0.9,
		Polarity: schema.Affirmed, Modality: schema.Modality(status), Qualifiers: map[string]string{}}
	if status == "denied" {
		s.Polarity, s.Modality = schema.Negated, schema.Actual
	}
	for i := 0; i < len(qualifiers); i += 2 {
		s.Qualifiers[qualifiers[i]] = qualifiers[i+1]
	}
	return schema.Extraction{Source: schema.Source{ID: id, Published: published}, Statements: []schema.Statement{s}}
}

// ask gives the rows of a question's answer, each as text.
func ask(t *testing.T, s *neo4j.Store, question string, given map[string]string) []string {
	t.Helper()
	q, ok := cookbook.Get(question)
	if !ok {
		t.Fatalf("no question %s", question)
	}
	params, err := q.Bind(given)
	if err != nil {
		t.Fatal(err)
	}
	out := []string{}
	if _, err := s.Query(t.Context(), q.Cypher, params, func(_ []string, values []any) error {
		out = append(out, strings.TrimSuffix(fmt.Sprintln(values...), "\n"))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestClaimsAndDenials(t *testing.T) {
	s := open(t, options(localdbtest.Fresh(t)))
	storetest.Apply(t, s,
		say("1", "2025-01-01", "甲", "criticizes", "乙", "actual", "甲は乙を批判した。"),
		say("2", "2025-01-02", "甲", "criticizes", "乙", "denied", "甲は乙を批判していない。"),
		say("3", "2025-01-03", "乙", "criticizes", "甲", "actual", "乙は甲を批判した。"),    // the other way round
		say("4", "2025-01-04", "甲", "praises", "乙", "actual", "甲は乙を称賛した。"),       // another relation
		say("5", "2025-01-05", "丙", "criticizes", "乙", "denied", "丙は乙を批判していない。"), // nobody says so
		say("6", "2025-01-06", "丙", "meets", "甲", "planned", "丙は甲と会談する。"),        // symmetric: either order
		say("7", "2025-01-07", "甲", "meets", "丙", "denied", "甲は丙と会談しない。"),
	)
	want := []string{
		"甲 criticizes 乙 甲は乙を批判した。 甲は乙を批判していない。",
		"甲 meets 丙 丙は甲と会談する。 甲は丙と会談しない。",
	}
	if diff := cmp.Diff(want, ask(t, s, "claims-and-denials", nil)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestOverduePlans(t *testing.T) {
	s := open(t, options(localdbtest.Fresh(t)))
	at := func(x schema.Extraction, start, end string) schema.Extraction {
		x.Statements[0].Time = &schema.Time{Start: start, End: end}
		return x
	}
	storetest.Apply(t, s,
		at(say("1", "2025-01-01", "甲", "visits", "国", "planned", "甲は訪問する。"), "2025-02-01", "2025-02-03"),
		at(say("2", "2025-01-01", "乙", "visits", "国", "planned", "乙は訪問する。"), "2025-02-01", "2025-02-03"),
		at(say("3", "2025-02-02", "乙", "visits", "国", "actual", "乙は訪問した。"), "2025-02-02", "2025-02-02"),
		at(say("4", "2025-01-01", "丙", "visits", "国", "planned", "丙は年内に訪問する。"), "2025-01-01", "2025-12-31"),
		say("5", "2025-01-01", "丁", "visits", "国", "planned", "丁は訪問する。"), // some day
		at(say("6", "2025-01-01", "戊", "visits", "国", "denied", "戊は訪問しない。"), "2025-02-01", "2025-02-03"),
	)
	for on, want := range map[string][]string{
		"2025-02-10": {}, // a week's grace
		"2025-02-11": {"甲 visits 国 2025-02-03 1"},
		"2026-02-01": {"甲 visits 国 2025-02-03 1", "丙 visits 国 2025-12-31 1"},
	} {
		if diff := cmp.Diff(want, ask(t, s, "overdue", map[string]string{"on": on})); diff != "" {
			t.Errorf("%s: -want +got:\n%s", on, diff)
		}
	}
}

func TestOfficeHolders(t *testing.T) {
	s := open(t, options(localdbtest.Fresh(t)))
	storetest.Apply(t, s,
		say("1", "2020-09-20", "甲", "holds-office", "国", "actual", "甲首相は述べた。", "office", "首相", "unique", "true"),
		say("2", "2021-10-05", "乙", "holds-office", "国", "actual", "乙首相は述べた。", "office", "首相", "unique", "true"),
		say("3", "2019-03-01", "乙", "holds-office", "国", "actual", "乙外相は述べた。", "office", "外相", "unique", "true"),
		say("4", "2021-11-12", "丙", "holds-office", "国", "actual", "丙外相は述べた。", "office", "外相", "unique", "true"),
		say("5", "2018-01-01", "丙", "holds-office", "国", "actual", "丙議員は述べた。", "office", "議員"),
		say("6", "2021-12-01", "丁", "holds-office", "国", "planned", "丁は首相になる。", "office", "首相", "unique", "true"),
	)
	for on, want := range map[string][]string{
		"2017-12-31": {},
		"2021-10-04": {"乙 外相 2019-03-01 2021-11-11 2", "丙 議員 2018-01-01 <nil> 2", "甲 首相 2020-09-20 2021-10-04 1"},
		"2021-10-05": {"乙 外相 2019-03-01 2021-11-11 2", "丙 議員 2018-01-01 <nil> 2", "乙 首相 2021-10-05 <nil> 2"},
		"2025-01-01": {"丙 外相 2021-11-12 <nil> 2", "丙 議員 2018-01-01 <nil> 2", "乙 首相 2021-10-05 <nil> 2"},
	} {
		if diff := cmp.Diff(want, ask(t, s, "office-holders", map[string]string{"country": "国", "on": on})); diff != "" {
			t.Errorf("%s: -want +got:\n%s", on, diff)
		}
	}
}

// TestAGraphWithoutTenures loads again into a graph of an older version, which had none.
func TestAGraphWithoutTenures(t *testing.T) {
	db := localdbtest.Fresh(t)
	s := open(t, options(db))
	var docs []schema.Extraction
	for i, who := range []string{"甲", "甲", "甲", "乙", "乙"} {
		docs = append(docs, say(fmt.Sprint(i), fmt.Sprintf("2020-0%d-01", i+1), who, "holds-office", "国", "actual", "首相は述べた。", "office", "首相", "unique", "true"))
	}
	storetest.Apply(t, s, docs...)
	for _, old := range []string{
		"MATCH ()-[r:HOLDS_OFFICE]->() REMOVE r.from, r.to, r.offices, r.officeFrom, r.officeTo, r.officeUnique, r.officeSaid",
		"MATCH (s:Statement) REMOVE s.said",
		"MATCH (d:Document) SET d.digest = 'old'",
	} {
		if _, err := db.Query(t.Context(), old); err != nil {
			t.Fatal(err)
		}
	}
	storetest.Apply(t, s, docs[4])
	storetest.Apply(t, s, docs[1], docs[3])
	if _, err := s.Apply(t.Context(), graph.Change{Put: []schema.Extraction{docs[0]}, Withdraw: []string{"2"}}); err != nil {
		t.Fatal(err)
	}
	storetest.Same(t, s, docs[0], docs[1], docs[3], docs[4])
}
