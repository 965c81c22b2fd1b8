package neo4j

import (
	"context"

	"github.com/entente-kg/entente/graph"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// recordRefresh is keyed by the run's start: recording it again changes nothing.
const recordRefresh = `MERGE (r:Refresh {started: $started}) SET r = $properties`

// RecordRefresh keeps what a run of the refresh job changed as a (:Refresh) node.
func (s *Store) RecordRefresh(ctx context.Context, r graph.Refresh) error {
	properties := map[string]any{
		"started": r.Started, "finished": r.Finished, "extractor": r.Extractor,
		"documents": r.Documents, "withdrawn": r.Withdrawn, "failed": r.Failed,
		"entitiesAdded": r.EntitiesAdded, "entitiesRemoved": r.EntitiesRemoved,
		"statementsAdded": r.StatementsAdded, "statementsRetracted": r.StatementsRetracted,
		"denied": r.Denied, "fulfilled": r.Fulfilled, "digest": r.Digest,
	}
	return s.write(ctx, func(tx neo4j.ManagedTransaction) error {
		result, err := tx.Run(ctx, recordRefresh, map[string]any{"started": r.Started, "properties": properties})
		if err != nil {
			return err
		}
		_, err = result.Consume(ctx)
		return err
	})
}
