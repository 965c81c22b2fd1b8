package neo4j_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-kg/entente/graph/neo4j"
	"github.com/entente-kg/entente/internal/localdb/localdbtest"
)

func TestQueryGivesPlainValues(t *testing.T) {
	db := localdbtest.Fresh(t)
	store, err := neo4j.Open(t.Context(), neo4j.Options{URI: db.URI, Username: db.Username, Password: db.Password, ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close(t.Context())
	if _, err := db.Query(t.Context(), "CREATE (:Entity:Country {id: 'country/JPN'})-[:MEETS {status: 'actual'}]->(:Entity {id: 'country/USA'})"); err != nil {
		t.Fatal(err)
	}
	node := map[string]any{"labels": []any{"Entity", "Country"}, "properties": map[string]any{"id": "country/JPN"}}
	other := map[string]any{"labels": []any{"Entity"}, "properties": map[string]any{"id": "country/USA"}}
	edge := map[string]any{"type": "MEETS", "properties": map[string]any{"status": "actual"}}
	for _, c := range []struct {
		cypher string
		want   any
	}{
		{"RETURN 1", int64(1)},
		{"RETURN [1.5, null, true, '日本']", []any{1.5, nil, true, "日本"}},
		{"RETURN {a: [date('2025-10-27')]}", map[string]any{"a": []any{"2025-10-27"}}},
		{"RETURN datetime('2025-10-27T09:00:00+09:00')", "2025-10-27T09:00:00+09:00"},
		{"RETURN duration({days: 3})", "P0M3DT0S"},
		{"MATCH (n:Country) RETURN n", node},
		{"MATCH ()-[r]->() RETURN r", edge},
		{"MATCH p = (:Country)-->() RETURN p", map[string]any{"nodes": []any{node, other}, "relationships": []any{edge}}},
		{"RETURN $x", "'; MATCH (n) DETACH DELETE n"},
	} {
		t.Run(c.cypher, func(t *testing.T) {
			var got []any
			_, err := store.Query(t.Context(), c.cypher, map[string]any{"x": "'; MATCH (n) DETACH DELETE n"}, func(_ []string, values []any) error {
				got = append(got, values...)
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff([]any{c.want}, got); d != "" {
				t.Error(d)
			}
		})
	}

	t.Run("it refuses to write", func(t *testing.T) {
		if _, err := store.Query(t.Context(), "CREATE (:Entity {id: 'x'})", nil, nil); err == nil {
			t.Error("a query wrote")
		}
	})
	t.Run("columns without rows", func(t *testing.T) {
		columns, err := store.Query(t.Context(), "MATCH (n:None) RETURN n.a AS a, n.b AS b", nil, nil)
		if err != nil || strings.Join(columns, " ") != "a b" {
			t.Errorf("%v, %v", columns, err)
		}
	})
	t.Run("the caller stops it", func(t *testing.T) {
		enough, rows := errors.New("enough"), 0
		_, err := store.Query(t.Context(), "UNWIND range(1, 100000) AS i RETURN i", nil, func([]string, []any) error {
			if rows++; rows == 3 {
				return enough
			}
			return nil
		})
		if !errors.Is(err, enough) || rows != 3 {
			t.Errorf("%v after %d rows", err, rows)
		}
	})
}
