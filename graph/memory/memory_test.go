package memory_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/memory"
	"github.com/entente-kg/entente/graph/storetest"
)

func TestConformance(t *testing.T) {
	storetest.Run(t, func(testing.TB) graph.Store { return memory.New(nil) })
}

func TestAnySequenceOfChanges(t *testing.T) {
	storetest.Property(t, func(rapid.TB) graph.Store { return memory.New(nil) })
}
