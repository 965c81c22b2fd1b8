package neo4j

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/entente-kg/entente/graph"
)

// Apply implements graph.Store.
func (s *Store) Apply(ctx context.Context, c graph.Change) (graph.Summary, error) {
	var sum graph.Summary
	put, withdraw, err := graph.Prepare(s.opts.Ontology, c)
	if err != nil {
		return sum, err
	}
	for len(put) > 0 {
		n := s.batch(put)
		if err := s.apply(ctx, put[:n], nil, &sum); err != nil {
			return sum, err
		}
		put = put[n:]
	}
	for len(withdraw) > 0 {
		n, err := s.withdrawable(ctx, withdraw)
		if err != nil {
			return sum, err
		}
		if err := s.apply(ctx, nil, withdraw[:n], &sum); err != nil {
			return sum, err
		}
		withdraw = withdraw[n:]
	}
	return sum, nil
}

// batch is how many of the documents fit into one transaction, at least one.
func (s *Store) batch(put []graph.Rows) int {
	n, rows, size := 0, 0, 0
	for n < len(put) && (n == 0 || rows < s.opts.BatchRows && size < s.opts.BatchBytes) {
		r, b := put[n].Size()
		rows, size = rows+r, size+b
		n++
	}
	return n
}

// withdrawable is how many of the documents can go in one transaction, by the number of rows that go with them.
func (s *Store) withdrawable(ctx context.Context, ids []string) (int, error) {
	ids = ids[:min(len(ids), chunk)]
	records, err := s.read(ctx, `UNWIND range(0, size($ids)-1) AS i
OPTIONAL MATCH (d:Document {id: $ids[i]})
RETURN i, COUNT { (d)--() } ORDER BY i`, map[string]any{"ids": ids})
	if err != nil {
		return 0, s.explain(err)
	}
	n, rows := 0, 0
	for _, r := range records {
		if degree, _ := r.Values[1].(int64); n == 0 || rows+int(degree) < s.opts.BatchRows {
			rows += int(degree) + 1
			n++
			continue
		}
		break
	}
	return max(n, 1), nil
}

// apply writes one batch in one transaction. The driver repeats it after transient faults; here it is repeated once more after
// a lost connection, when the outcome of the commit is unknown: if it was committed, the second time finds nothing to do, and
// its counts are those of the first.
func (s *Store) apply(ctx context.Context, put []graph.Rows, withdraw []string, sum *graph.Summary) error {
	start := time.Now()
	var planned *graph.Delta
	attempt := func() error {
		return s.writeWithin(ctx, longest, func(tx neo4j.ManagedTransaction) error {
			if err := s.takeTurn(ctx, tx); err != nil {
				return err
			}
			d, err := graph.Plan(ctx, s.opts.Ontology, reader{tx, s.opts.Ontology}, put, withdraw)
			if err != nil {
				return err
			}
			if planned == nil || !d.Empty() {
				planned = d
			}
			return s.writerIn(ctx, tx).write(d)
		})
	}
	err := attempt()
	if neo4j.IsConnectivityError(err) && ctx.Err() == nil {
		err = attempt()
	}
	if err != nil {
		if errors.Is(err, graph.ErrDrift) || errors.Is(err, ErrForeign) {
			return err
		}
		return s.explain(err)
	}
	sum.Add(planned.Summary)
	s.opts.Observe(Batch{Documents: len(put), Withdrawn: len(withdraw), Summary: planned.Summary, Took: time.Since(start)})
	return nil
}

// Plan implements graph.Store.
func (s *Store) Plan(ctx context.Context, c graph.Change) (*graph.Delta, error) {
	put, withdraw, err := graph.Prepare(s.opts.Ontology, c)
	if err != nil {
		return nil, err
	}
	session := s.session(ctx, neo4j.AccessModeRead)
	defer session.Close(ctx)
	d, err := neo4j.ExecuteRead(ctx, session, func(tx neo4j.ManagedTransaction) (*graph.Delta, error) {
		return graph.Plan(ctx, s.opts.Ontology, reader{tx, s.opts.Ontology}, put, withdraw)
	})
	if err != nil && !errors.Is(err, graph.ErrDrift) && !errors.Is(err, ErrForeign) {
		err = s.explain(err)
	}
	return d, err
}

// page is how many nodes a listing reads in one transaction.
const page = 1000

const documentsAfter = `MATCH (d:Document)
WHERE d.id > $after AND d.digest IS NOT NULL
WITH d ORDER BY d.id LIMIT $page
OPTIONAL MATCH (d)-[:COPY_OF]->(h:Document)
RETURN properties(d), h.id,
  COLLECT { MATCH (d)-[m:MENTIONS]->(e:Entity) RETURN [e.id, properties(m)] }
ORDER BY d.id`

// Documents implements graph.Store.
func (s *Store) Documents(ctx context.Context) iter.Seq2[graph.DocumentState, error] {
	return func(yield func(graph.DocumentState, error) bool) {
		err := s.pages(ctx, `MATCH (d:Document)
WHERE d.id > $after AND d.digest IS NOT NULL
RETURN properties(d) ORDER BY d.id LIMIT $page`, func(v []any) (string, error) {
			d := graph.ReadDocument(properties(v[0]))
			if !yield(d.State(), nil) {
				return "", errStop
			}
			return d.ID, nil
		})
		if err != nil && !errors.Is(err, errStop) {
			yield(graph.DocumentState{}, err)
		}
	}
}

var errStop = errors.New("stop")

// pages runs a query again and again, each time for the rows whose id (which f returns) comes after the last one, until
// there are no more. So no transaction is long and no result is held whole.
func (s *Store) pages(ctx context.Context, cypher string, f func(v []any) (id string, err error)) error {
	after := ""
	for {
		records, err := s.read(ctx, cypher, map[string]any{"after": after, "page": page})
		if err != nil {
			return s.explain(err)
		}
		for _, r := range records {
			id, err := f(r.Values)
			if err != nil {
				return err
			}
			if id <= after {
				return fmt.Errorf("neo4j: %q came after %q: the server orders texts otherwise than by code point", id, after)
			}
			after = id
		}
		if len(records) < page {
			return nil
		}
	}
}

// Dump implements graph.Store. It writes what the database holds of ours, as it stands: properties that others added show.
func (s *Store) Dump(ctx context.Context, w io.Writer) error {
	b := bufio.NewWriter(w)
	d := graph.NewDumpWriter(b)
	if err := s.dumpEntities(ctx, d); err != nil {
		return err
	}
	if err := s.dumpDocuments(ctx, d); err != nil {
		return err
	}
	if err := s.dumpStatements(ctx, d); err != nil {
		return err
	}
	if err := d.Err(); err != nil {
		return err
	}
	return b.Flush()
}
