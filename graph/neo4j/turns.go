package neo4j

import (
	"context"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// lock makes the writers of a database take turns: whoever comes second waits at the SET until the first has committed. The
// server frees the lock when the connection of its holder breaks: at once when a program is killed.
const lock = `MERGE (g:EntenteGraph {id: 'graph'})
SET g.writes = coalesce(g.writes, 0) + 1`

// longest is after what time the server takes a batch back, so that a loader that was stopped in the middle (by a debugger, by a
// laptop that fell asleep) does not keep the others waiting for ever.
const longest = 30 * time.Minute

// takeTurn waits until no other writer is at work, and tells when that takes long.
func (s *Store) takeTurn(ctx context.Context, tx neo4j.ManagedTransaction) error {
	begin := time.Now()
	had, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(s.opts.Patience)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				s.opts.Waiting(time.Since(begin))
			case <-had:
				return
			}
		}
	}()
	_, err := collect(ctx, tx, lock, nil)
	close(had)
	<-done
	return err
}
