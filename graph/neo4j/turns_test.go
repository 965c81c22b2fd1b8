package neo4j_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/storetest"
	"github.com/entente-kg/entente/internal/localdb/localdbtest"
)

// holdTurn keeps all other writers waiting until it is let go.
func holdTurn(t *testing.T, db localdbtest.DB) (letGo func()) {
	t.Helper()
	d, err := driver.NewDriverWithContext(db.URI, driver.BasicAuth(db.Username, db.Password, ""))
	if err != nil {
		t.Fatal(err)
	}
	session := d.NewSession(t.Context(), driver.SessionConfig{DatabaseName: db.Database})
	tx, err := session.BeginTransaction(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	result, err := tx.Run(t.Context(), "MERGE (g:EntenteGraph {id: 'graph'}) SET g.writes = 0", nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := result.Consume(t.Context()); err != nil {
		t.Fatal(err)
	}
	return func() {
		tx.Rollback(context.Background())
		session.Close(context.Background())
		d.Close(context.Background())
	}
}

func TestWhoWaitsIsTold(t *testing.T) {
	db := localdbtest.Fresh(t)
	o := options(db)
	told := make(chan time.Duration)
	heard := make(chan struct{})
	o.Patience, o.Waiting = 10*time.Millisecond, func(d time.Duration) {
		select {
		case told <- d:
		case <-heard:
		}
	}
	s := open(t, o)
	docs := storetest.Corpus(10, 5, 1)
	letGo := holdTurn(t, db)
	done := make(chan error, 1)
	go func() {
		_, err := s.Apply(context.Background(), graph.Change{Put: docs})
		done <- err
	}()
	if first, second := <-told, <-told; second <= first {
		t.Errorf("waited for %v, then for %v", first, second)
	}
	close(heard)
	letGo()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	storetest.Same(t, s, docs...)
}

func TestWhoWaitsCanGiveUp(t *testing.T) {
	db := localdbtest.Fresh(t)
	o := options(db)
	ctx, cancel := context.WithCancel(t.Context())
	o.Patience, o.Waiting = 10*time.Millisecond, func(time.Duration) { cancel() }
	s := open(t, o)
	defer holdTurn(t, db)()
	if _, err := s.Apply(ctx, graph.Change{Put: storetest.Corpus(10, 5, 1)}); err == nil || !strings.Contains(err.Error(), "canceled") {
		t.Errorf("got %v", err)
	}
	storetest.Same(t, s)
}

// TestEverybodysTurnComes has four loaders of many small batches at once: none is kept waiting until the others are done.
func TestEverybodysTurnComes(t *testing.T) {
	db := localdbtest.Fresh(t)
	const loaders, batches = 4, 25
	open(t, options(db)) // the schema, once
	docs := storetest.Corpus(loaders*batches, 10, 8)
	var left atomic.Int64 // batches that others still had when the first was done
	var committed, finished atomic.Int64
	done := make(chan error, loaders)
	for l := range loaders {
		s := open(t, options(db))
		go func() {
			for b := range batches {
				if _, err := s.Apply(context.Background(), graph.Change{Put: docs[l*batches+b : l*batches+b+1]}); err != nil {
					done <- err
					return
				}
				committed.Add(1)
			}
			if finished.Add(1) == 1 {
				left.Store(loaders*batches - committed.Load())
			}
			done <- nil
		}()
	}
	for range loaders {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	t.Logf("when the first loader was done, the three others had %d of %d batches to go", left.Load(), (loaders-1)*batches)
	if left.Load() == (loaders-1)*batches {
		t.Error("one loader had all the turns")
	}
	storetest.Same(t, open(t, options(db)), docs...)
}
