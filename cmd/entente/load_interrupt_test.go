package main

import (
	"context"
	"errors"
	"testing"

	"github.com/entente-kg/entente/graph/memory"
	"github.com/entente-kg/entente/schema"
)

// TestALoadThatIsInterruptedEnds interrupts while documents are being read: once with a batch to hand over, once with the
// last one.
func TestALoadThatIsInterruptedEnds(t *testing.T) {
	for _, rows := range []int{1, 1000} {
		ctx, cancel := context.WithCancel(t.Context())
		l := loader{store: memory.New(nil), rows: rows}
		err := l.documents(ctx, func(yield func(schema.Extraction) bool) {
			for _, id := range []string{"a", "b", "c", "d"} {
				if id == "b" {
					cancel()
				}
				if !yield(schema.Extraction{Source: schema.Source{ID: id}}) {
					return
				}
			}
		})
		cancel()
		// The writer may have been quicker than the interruption.
		if err != nil && !errors.Is(err, context.Canceled) {
			t.Errorf("batches of %d rows: %v, want that it was interrupted", rows, err)
		}
	}
}
