package neo4j_test

import (
	"context"
	"encoding/json"
	"flag"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/memory"
	"github.com/entente-kg/entente/graph/neo4j"
	"github.com/entente-kg/entente/graph/storetest"
	"github.com/entente-kg/entente/internal/localdb/localdbtest"
)

var (
	kills  = flag.Int("kills", 3, "how often TestKilledLoader kills a loader in the middle")
	loader = flag.Bool("loader", false, "be the loader that TestKilledLoader kills")
)

// before and after are two versions of a corpus: a loader goes from the first to the second.
func before() graph.Change { return graph.Change{Put: storetest.Corpus(200, 30, 1)} }

func after() graph.Change {
	c := graph.Change{Put: storetest.Corpus(200, 30, 2)}
	for _, x := range c.Put[:40] {
		c.Withdraw = append(c.Withdraw, x.Source.ID)
	}
	c.Put = c.Put[40:]
	return c
}

// TestLoaderProcess is no test but the process that TestKilledLoader starts and kills. Its options come by standard input.
func TestLoaderProcess(t *testing.T) {
	if !*loader {
		t.Skip("run by TestKilledLoader")
	}
	var o neo4j.Options
	text, err := io.ReadAll(os.Stdin)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &struct{ *neo4j.Options }{&o}); err != nil {
		t.Fatal(err)
	}
	s := open(t, o)
	if _, err := s.Apply(t.Context(), after()); err != nil {
		t.Fatal(err)
	}
}

func TestKilledLoader(t *testing.T) {
	o := options(localdbtest.Fresh(t))
	s := open(t, o)
	ideal := memory.New(nil)
	for _, c := range []graph.Change{before(), after()} {
		if _, err := ideal.Apply(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	want := storetest.Dump(t, ideal)
	r := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 1))
	longest := 3 * time.Second // a loader's life, nearly
	done := true
	runs := 0
	for killed := 0; killed < *kills; runs++ {
		if done || killed%5 == 0 { // afresh, so that the kills fall on all stages
			if err := s.Clear(t.Context()); err != nil {
				t.Fatal(err)
			}
			if _, err := s.Apply(t.Context(), before()); err != nil {
				t.Fatal(err)
			}
		}
		wait := time.Duration(r.Int64N(int64(longest)))
		if done = runLoader(t, o, wait); done {
			longest = max(wait, 300*time.Millisecond) // it was faster than thought: this kill does not count
			if diff := cmp.Diff(want, storetest.Dump(t, s)); diff != "" {
				t.Fatalf("a loader does not complete what those before it began (-want +got):\n%s", diff)
			}
			continue
		}
		killed++
		if v, err := s.Verify(t.Context(), false); err != nil || len(v.Drifts) > 0 {
			t.Fatalf("killed after %v, the graph is half-written: %+v, %v", wait, v.Drifts, err)
		}
		if killed%5 == 0 || killed == *kills {
			if _, err := s.Apply(t.Context(), after()); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, storetest.Dump(t, s)); diff != "" {
				t.Fatalf("after a kill at %v a rerun does not complete the load (-want +got):\n%s", wait, diff)
			}
		}
	}
	t.Logf("%d loaders killed in the middle, of %d started", *kills, runs)
}

// runLoader starts a loader and kills it after a while; ended says that it was done before.
func runLoader(t *testing.T, o neo4j.Options, wait time.Duration) (ended bool) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	o.BatchRows = 150 // many transactions
	text, err := json.Marshal(map[string]any{"URI": o.URI, "Username": o.Username, "Password": o.Password, "Database": o.Database, "BatchRows": o.BatchRows})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), wait)
	defer cancel()
	cmd := exec.CommandContext(ctx, exe, "-test.run=^TestLoaderProcess$", "-loader") // the context kills it by SIGKILL
	cmd.Stdin = strings.NewReader(string(text))
	out, err := cmd.CombinedOutput()
	if err == nil {
		return true
	}
	if ctx.Err() == nil {
		t.Fatalf("the loader failed by itself: %v\n%s", err, out)
	}
	return false
}
