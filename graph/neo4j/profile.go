package neo4j

import (
	"context"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/entente-kg/entente/graph"
)

// Hits says how much of the database a transaction touched.
type Hits struct {
	// Queries is the number of queries; Reading and Writing are the db hits of those that plan a change and of those that
	// carry it out, as PROFILE counts them.
	Queries          int
	Reading, Writing int64
}

// ApplyProfiled applies a change in one transaction, as Apply does its batches, with every query under PROFILE. It is slower
// than Apply and meant for measuring. The driver may repeat it; then the hits are those of the last try.
func (s *Store) ApplyProfiled(ctx context.Context, c graph.Change) (graph.Summary, Hits, error) {
	put, withdraw, err := graph.Prepare(s.opts.Ontology, c)
	if err != nil {
		return graph.Summary{}, Hits{}, err
	}
	var sum graph.Summary
	var hits Hits
	err = s.write(ctx, func(tx neo4j.ManagedTransaction) error {
		hits = Hits{}
		p := &profiled{ManagedTransaction: tx}
		if err := s.takeTurn(ctx, tx); err != nil {
			return err
		}
		d, err := graph.Plan(ctx, s.opts.Ontology, reader{p, s.opts.Ontology}, put, withdraw)
		if err != nil {
			return err
		}
		if hits.Reading, err = p.hits(ctx); err != nil {
			return err
		}
		if err := s.writerIn(ctx, p).write(d); err != nil {
			return err
		}
		hits.Writing, err = p.hits(ctx)
		sum, hits.Queries = d.Summary, p.queries
		return err
	})
	return sum, hits, s.explain(err)
}

// profiled runs every query under PROFILE and keeps the results.
type profiled struct {
	neo4j.ManagedTransaction
	results []neo4j.ResultWithContext
	queries int
}

func (p *profiled) Run(ctx context.Context, cypher string, params map[string]any) (neo4j.ResultWithContext, error) {
	result, err := p.ManagedTransaction.Run(ctx, "PROFILE "+cypher, params)
	if err == nil {
		p.results = append(p.results, result)
		p.queries++
	}
	return result, err
}

// hits sums up the results since the last call.
func (p *profiled) hits(ctx context.Context) (n int64, err error) {
	for _, r := range p.results {
		summary, err := r.Consume(ctx)
		if err != nil {
			return 0, err
		}
		var walk func(neo4j.ProfiledPlan)
		walk = func(plan neo4j.ProfiledPlan) {
			n += plan.DbHits()
			for _, c := range plan.Children() {
				walk(c)
			}
		}
		if plan := summary.Profile(); plan != nil {
			walk(plan)
		}
	}
	p.results = nil
	return n, nil
}
