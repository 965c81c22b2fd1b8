package localdbtest

import "testing"

func TestFreshIsEmpty(t *testing.T) {
	for _, name := range []string{"first", "second"} {
		t.Run(name, func(t *testing.T) {
			db := Fresh(t)
			for _, q := range []string{
				"CREATE CONSTRAINT entity_id FOR (e:Entity) REQUIRE e.id IS UNIQUE",
				"CREATE (:Entity {id: 'country/JPN'})-[:MEETS]->(:Entity {id: 'country/USA'})",
			} {
				// The second round would fail on the first one's constraint.
				if _, err := db.Query(t.Context(), q); err != nil {
					t.Fatal(err)
				}
			}
			rows, err := db.Query(t.Context(), "MATCH (n) RETURN count(n)")
			if err != nil || rows[0][0] != 2.0 {
				t.Errorf("%v nodes (%v), want 2", rows, err)
			}
		})
	}
}
