package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/extract"
	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/internal/refresh"
)

func memoryBenchCommand() *cli.Command {
	return &cli.Command{
		Name:  "memory",
		Usage: "the memory of one refresh over a large folder, printed as it goes on",
		Description: `Writes documents into a folder and refreshes it: corpus in SQLite, and a graph that is counted and thrown away, or a
Neo4j of its own (--neo4j). Prints heap (after a collection) and resident memory at every --every documents archived and loaded, and
once more for a second run, which finds nothing changed.

   entente-bench memory --documents 100000`,
		Flags: []cli.Flag{
			&cli.IntFlag{Name: "documents", Value: 100_000, Usage: "how many `N`"},
			&cli.IntFlag{Name: "every", Value: 10_000, Usage: "print at every `N`"},
			&cli.BoolFlag{Name: "neo4j", Usage: "load into a Neo4j of the bench's own"},
			&cli.IntFlag{Name: "heap", Value: 1024, Usage: "its Java heap in `MiB`"},
			&cli.IntFlag{Name: "batch-rows", Value: 20_000, Usage: "the most rows of one transaction"},
		},
		Action: memoryBench,
	}
}

func memoryBench(c *cli.Context) error {
	x, err := extract.New(extract.Options{})
	if err != nil {
		return err
	}
	dir, config, err := benchFolder(c.Int("documents"))
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	var store graph.Store = discarded{}
	if c.Bool("neo4j") {
		s, end, err := server(c)
		if err != nil {
			return err
		}
		defer end()
		store = s
	}
	began := time.Now()
	job := refresh.Job{
		Config: config, Extract: refresh.Reader{Extractor: x}, Observer: &memoryObserver{every: int64(c.Int("every")), began: began},
		Store: func(context.Context) (graph.Store, error) { return openStore{store}, nil },
	}
	fmt.Printf("%10s %12s %10s %10s %10s\n", "stage", "documents", "seconds", "heap MiB", "RSS MiB")
	printMemory("start", 0, began)
	report, err := job.Run(c.Context)
	if err != nil {
		return err
	}
	printMemory("done", int64(report.Loaded), began)
	if report, err = job.Run(c.Context); err != nil {
		return err
	}
	printMemory("no change", int64(report.Sources[0].NotModified), began)
	return nil
}

// benchFolder writes n articles below a temporary folder and the configuration that reads them.
func benchFolder(n int) (dir string, config refresh.Config, err error) {
	if dir, err = os.MkdirTemp("", "entente-bench-refresh-"); err != nil {
		return "", config, err
	}
	for i := range n {
		if err := writeBenchArticle(dir, i, 0); err != nil {
			return dir, config, err
		}
	}
	config, err = refresh.ParseConfig(filepath.Join(dir, "entente.yaml"), []byte("sources: [{name: articles, path: articles, published: 2025-03-01}]\n"))
	return dir, config, err
}

func writeBenchArticle(dir string, i, version int) error {
	name := filepath.Join(dir, "articles", fmt.Sprintf("%03d", i%1000), fmt.Sprintf("%06d.txt", i))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, []byte(benchArticle(i, version)), 0o644)
}

// memoryObserver prints at every so many documents.
type memoryObserver struct {
	refresh.Silent
	fetched, loaded atomic.Int64
	every           int64
	began           time.Time
}

func (o *memoryObserver) Fetched(string) { o.count("archived", &o.fetched) }
func (o *memoryObserver) Loaded(string)  { o.count("loaded", &o.loaded) }

func (o *memoryObserver) count(stage string, n *atomic.Int64) {
	if n := n.Add(1); n%o.every == 0 {
		printMemory(stage, n, o.began)
	}
}

func printMemory(stage string, n int64, began time.Time) {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	fmt.Printf("%10s %12d %10.1f %10.1f %10s\n", stage, n, time.Since(began).Seconds(), float64(m.HeapAlloc)/(1<<20), residentMiB())
}

// residentMiB is the memory of the process as Linux counts it, "-" elsewhere.
func residentMiB() string {
	f, err := os.Open("/proc/self/status")
	if err != nil {
		return "-"
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		var kib int
		if _, err := fmt.Sscanf(s.Text(), "VmRSS: %d kB", &kib); err == nil && strings.HasPrefix(s.Text(), "VmRSS:") {
			return fmt.Sprint(kib >> 10)
		}
	}
	return "-"
}

// discarded is a graph that keeps nothing.
type discarded struct{}

var _ graph.Store = discarded{}

func (discarded) Apply(_ context.Context, c graph.Change) (s graph.Summary, err error) {
	for _, x := range c.Put {
		s.Documents.Added++
		s.Statements.Added += len(x.Statements)
	}
	return s, nil
}

func (discarded) Plan(context.Context, graph.Change) (*graph.Delta, error) {
	return &graph.Delta{}, nil
}

func (discarded) Documents(context.Context) iter.Seq2[graph.DocumentState, error] {
	return func(func(graph.DocumentState, error) bool) {}
}
func (discarded) Dump(context.Context, io.Writer) error { return nil }
func (discarded) Close(context.Context) error           { return nil }
