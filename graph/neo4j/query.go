package neo4j

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// Query runs one Cypher query that only reads and calls row for each of its rows as they come; columns is the same slice
// every time. Without rows it is called never, and columns are returned alone. An error of row ends the query and comes back
// as it is. The server refuses to write.
//
// Values are nil, bool, int64, float64, string, []any and map[string]any. A node is a map of labels and properties, a
// relationship one of type and properties, a path one of nodes and relationships; dates, times, durations and points are
// strings in ISO 8601 or Cypher form.
func (s *Store) Query(ctx context.Context, cypher string, params map[string]any, row func(columns []string, values []any) error) (columns []string, err error) {
	session := s.session(ctx, neo4j.AccessModeRead)
	defer session.Close(ctx)
	var stopped error // the fault of row
	given := false
	columns, err = neo4j.ExecuteRead(ctx, session, func(tx neo4j.ManagedTransaction) ([]string, error) {
		result, err := tx.Run(ctx, cypher, params)
		if err != nil {
			return nil, err
		}
		columns, err := result.Keys()
		if err != nil {
			return nil, err
		}
		for result.Next(ctx) {
			values := make([]any, len(columns))
			for i, v := range result.Record().Values {
				values[i] = plain(v)
			}
			given = true
			if stopped = row(columns, values); stopped != nil {
				return nil, stopped
			}
		}
		if err := result.Err(); err != nil && given {
			// A second try would give the first rows again.
			return nil, fmt.Errorf("after the first rows: %w", &final{err})
		} else if err != nil {
			return nil, err
		}
		return columns, nil
	})
	var last *final
	switch {
	case stopped != nil:
		return columns, stopped
	case errors.As(err, &last):
		return columns, s.explain(last.err)
	default:
		return columns, s.explain(err)
	}
}

// final hides an error from the driver, which would try again.
type final struct{ err error }

func (f *final) Error() string { return f.err.Error() }

// plain makes a driver's value one that knows nothing of the driver.
func plain(v any) any {
	switch v := v.(type) {
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = plain(e)
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, e := range v {
			out[k] = plain(e)
		}
		return out
	case neo4j.Node:
		labels := make([]any, len(v.Labels))
		for i, l := range v.Labels {
			labels[i] = l
		}
		return map[string]any{"labels": labels, "properties": plain(v.Props)}
	case neo4j.Relationship:
		return map[string]any{"type": v.Type, "properties": plain(v.Props)}
	case neo4j.Path:
		nodes, relationships := make([]any, len(v.Nodes)), make([]any, len(v.Relationships))
		for i, n := range v.Nodes {
			nodes[i] = plain(n)
		}
		for i, r := range v.Relationships {
			relationships[i] = plain(r)
		}
		return map[string]any{"nodes": nodes, "relationships": relationships}
	case time.Time:
		return v.Format(time.RFC3339Nano)
	case nil, bool, int64, float64, string:
		return v
	case fmt.Stringer: // Date, LocalTime, Duration, Point2D, …
		return v.String()
	default:
		return fmt.Sprint(v)
	}
}
