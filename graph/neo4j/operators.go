package neo4j

import (
	"context"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// Operators runs a query that only reads under PROFILE, throws its rows away, and gives the operators of its plan from the
// top down, as Neo4j names them (NodeIndexSeek@neo4j). Tests use it to see that a query does not scan.
func (s *Store) Operators(ctx context.Context, cypher string, params map[string]any) ([]string, error) {
	session := s.session(ctx, neo4j.AccessModeRead)
	defer session.Close(ctx)
	operators, err := neo4j.ExecuteRead(ctx, session, func(tx neo4j.ManagedTransaction) ([]string, error) {
		result, err := tx.Run(ctx, "PROFILE "+cypher, params)
		if err != nil {
			return nil, err
		}
		summary, err := result.Consume(ctx)
		if err != nil {
			return nil, err
		}
		var out []string
		var walk func(neo4j.ProfiledPlan)
		walk = func(p neo4j.ProfiledPlan) {
			out = append(out, p.Operator())
			for _, c := range p.Children() {
				walk(c)
			}
		}
		if p := summary.Profile(); p != nil {
			walk(p)
		}
		return out, nil
	})
	return operators, s.explain(err)
}
