package neo4j_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/storetest"
	"github.com/entente-kg/entente/internal/localdb/localdbtest"
)

func TestVerifyFindsAndMends(t *testing.T) {
	db := localdbtest.Fresh(t)
	s := open(t, options(db))
	docs := storetest.Corpus(60, 10, 3)
	if _, err := s.Apply(t.Context(), graph.Change{Put: docs}); err != nil {
		t.Fatal(err)
	}
	whole := storetest.Dump(t, s)
	if v, err := s.Verify(t.Context(), false); err != nil || len(v.Drifts) != 0 || v.Documents != 60 || v.Statements != 300 {
		t.Fatalf("an untouched graph: %+v, %v", v, err)
	}
	for _, c := range []struct {
		name, cypher string
		kinds        []string
		reload       bool // mended only by loading the damaged documents again
	}{
		{"an edge deleted", "MATCH (:Entity)-[r:MEETS]->() WITH r ORDER BY r.id LIMIT 1 DELETE r", []string{"edge"}, false},
		{"an edge counted wrongly", "MATCH (:Entity)-[r:MEETS]->() WITH r ORDER BY r.id LIMIT 1 SET r.documents = 99", []string{"edge"}, false},
		{"an edge made up", "MATCH (a:Entity), (b:Entity) WHERE a.id < b.id WITH a, b LIMIT 1 CREATE (a)-[:ATTACKS {status: 'actual', weight: 1}]->(b)", []string{"edge"}, false},
		{"an edge doubled", "MATCH (a:Entity)-[r:MEETS]->(b) WITH a, b, r ORDER BY r.id LIMIT 1 CREATE (a)-[x:MEETS]->(b) SET x = properties(r)", []string{"edge"}, false},
		{"an entity renamed", "MATCH (e:Entity) WITH e ORDER BY e.id LIMIT 1 SET e.name = 'Mallory', e.office = '王'", []string{"entity"}, false},
		{"an entity of another type", "MATCH (e:Entity) WITH e ORDER BY e.id LIMIT 1 REMOVE e:Official SET e:Place", []string{"entity"}, false},
		{"an entity nobody mentions", "CREATE (:Entity:Official {id: 'official/nobody', documents: 1})", []string{"entity"}, false},
		{"a copy unlinked", "MATCH ()-[c:COPY_OF]->() WITH c LIMIT 1 DELETE c", []string{"copy"}, false},
		{"a fulfilment unlinked", "MATCH ()-[f:FULFILLED_BY]->() WITH f LIMIT 1 DELETE f", []string{"fulfilled"}, false},
		{"a statement under another edge", "MATCH (s:Statement) WITH s ORDER BY s.id LIMIT 1 SET s.edge = 'x', s.quad = null", []string{"statement"}, false},
		{"a fulfilment made up", "MATCH (p:Statement) WHERE NOT (p)-[:FULFILLED_BY]->() WITH p ORDER BY p.id LIMIT 2 WITH collect(p) AS c WITH c[0] AS a, c[1] AS b CREATE (a)-[:FULFILLED_BY]->(b)", []string{"fulfilled"}, false},
		{"a statement reworded", "MATCH (s:Statement) WITH s ORDER BY s.id LIMIT 1 SET s.text = 'x'", []string{"document"}, true},
		{"a statement deleted", "MATCH (s:Statement) WITH s ORDER BY s.id LIMIT 1 DETACH DELETE s", []string{"document", "edge"}, true},
		{"a statement cut off", "MATCH (s:Statement)-[r:SUBJECT]->() WITH s, r ORDER BY s.id LIMIT 1 DELETE r", []string{"statement", "document", "edge"}, true},
		{"a document retitled", "MATCH (d:Document) WITH d ORDER BY d.id LIMIT 1 SET d.title = 'x'", []string{"document"}, true},
		{"a mention deleted", "MATCH (d:Document)-[m:MENTIONS]->(e) WITH m ORDER BY d.id, e.id LIMIT 1 DELETE m", []string{"document", "entity"}, true},
		{"an entity deleted", "MATCH (e:Entity) WITH e ORDER BY e.documents DESC, e.id LIMIT 1 DETACH DELETE e", []string{"statement", "document"}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := db.Query(t.Context(), c.cypher); err != nil {
				t.Fatal(err)
			}
			if cmp.Equal(whole, storetest.Dump(t, s)) {
				t.Fatal("nothing was broken")
			}
			found, err := s.Verify(t.Context(), false)
			if err != nil {
				t.Fatal(err)
			}
			var kinds []string
			for _, d := range found.Drifts {
				if !slices.Contains(kinds, d.Kind) {
					kinds = append(kinds, d.Kind)
				}
			}
			for _, k := range c.kinds {
				if !slices.Contains(kinds, k) {
					t.Errorf("found %v, want a %s", found.Drifts, k)
				}
			}
			mended, err := s.Verify(t.Context(), true)
			if err != nil {
				t.Fatal(err)
			}
			if c.reload {
				if len(mended.Damaged) == 0 {
					t.Error("no document is to be loaded again")
				}
				if _, err := s.Apply(t.Context(), graph.Change{Put: docs}); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(whole, storetest.Dump(t, s)); diff != "" {
				t.Fatalf("not mended (-want +got):\n%s", diff)
			}
		})
	}
}
