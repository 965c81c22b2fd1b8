package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/files"
	"github.com/entente-kg/entente/graph/neo4j"
	"github.com/entente-kg/entente/internal/localdb"
	"github.com/entente-kg/entente/schema"
)

func loadBenchCommand() *cli.Command {
	return &cli.Command{
		Name:  "load",
		Usage: "measure loads into Neo4j: the store, a bare UNWIND … MERGE of the same nodes and edges, and a bulk import",
		Description: `Generates statements (ten a document, over a fifth as many officials, popular ones far oftener) and loads them into servers of
its own on free ports. It prints the rate of each 100,000 statements:

   bare    UNWIND … MERGE of the finished graph, nothing read or retracted: the yardstick
   store   Store.Apply through the driver
   bulk    from statements to a server that answers: CSV files, neo4j-admin, start, constraints and indexes

At last, in the graph that the last way made: 100 changed documents, with the db hits of their transaction, and what verify,
dump and exports take.

The first two take turns, some thousand statements each at a time, so that whatever else the machine does slows both. They are
warmed up by 20,000 statements that are deleted again. Memory is the most of the bench's own heap while the way was at work.`,
		Flags: []cli.Flag{
			&cli.IntFlag{Name: "statements", Value: 1_000_000, Usage: "how many"},
			&cli.IntFlag{Name: "heap", Value: 1024, Usage: "the Java heap in `MiB`"},
			&cli.IntFlag{Name: "page-cache", Value: 1024, Usage: "the server's page cache in `MiB`"},
			&cli.IntFlag{Name: "batch-rows", Value: 20_000, Usage: "the most rows of one transaction"},
			&cli.IntFlag{Name: "turn", Value: 20_000, Usage: "how many statements each way loads at a time"},
			&cli.Float64Flag{Name: "skew", Value: 1.1, Usage: "the exponent of the Zipf distribution of officials, over 1"},
			&cli.BoolFlag{Name: "use", Value: true, Usage: "measure also changes, verify, dump and exports; --use=false leaves it out"},
			&cli.StringFlag{Name: "way", Value: "all", Usage: "store, bare, bulk or all"},
		},
		Action: loadBench,
	}
}

func loadBench(c *cli.Context) error {
	n := c.Int("statements")
	g := generator{statements: n, entities: max(n/5, 10), skew: c.Float64("skew")}
	fmt.Printf("%d statements in %d documents over %d officials, skew %.2f, heap %d MiB, page cache %d MiB, batches of %d rows\n",
		n, n/10, g.entities, g.skew, c.Int("heap"), c.Int("page-cache"), c.Int("batch-rows"))
	var turns []string
	switch way := c.String("way"); way {
	case "all":
		turns = []string{"bare", "store"}
	case "bare", "store":
		turns = []string{way}
	case "bulk":
	default:
		return fmt.Errorf("--way %q: want store, bare, bulk or all", way)
	}
	var rate map[string]float64
	if len(turns) > 0 {
		var err error
		if rate, err = g.byTurns(c, turns); err != nil {
			return err
		}
	}
	if w := c.String("way"); w != "all" && w != "bulk" {
		return nil
	}
	return g.bulk(c, rate)
}

// way is one of those that take turns.
type way struct {
	name  string
	store *neo4j.Store
	end   func()
	// load writes the next turn's documents; io.EOF when there are no more.
	load func() error
	rates
}

// byTurns loads in every way, turn by turn, and gives the rates in statements a second.
func (g generator) byTurns(c *cli.Context, names []string) (map[string]float64, error) {
	var ways []*way
	defer func() {
		for _, w := range ways {
			w.end()
		}
	}()
	dir, err := os.MkdirTemp("", "entente-bench-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	for _, name := range names {
		s, end, err := server(c)
		if err != nil {
			return nil, err
		}
		w := &way{name: name, store: s, end: end, rates: rates{what: name}}
		ways = append(ways, w)
		loads, err := g.loads(c, w, dir)
		if err != nil {
			return nil, err
		}
		w.load = loads
	}
	debug.FreeOSMemory()
	documents := c.Int("turn") / 10
	for turn, done := 0, 0; done < g.statements; turn++ {
		n := min(documents*10, g.statements-done)
		done += n
		order := slices.Clone(ways)
		if turn%2 == 1 { // so that neither is always the one after
			slices.Reverse(order)
		}
		for _, w := range order {
			if err := w.measure(n, w.load); err != nil {
				return nil, fmt.Errorf("%s: %w", w.name, err)
			}
		}
		if done%max(100_000, documents*10) == 0 || done == g.statements {
			compare(ways, done)
		}
	}
	rate := map[string]float64{}
	for _, w := range ways {
		rate[w.name] = float64(w.n) / w.took.Seconds()
		fmt.Printf("%s: %d statements with everything else in %.1f s: %.0f statements/s\n", w.name, w.n, w.took.Seconds(), rate[w.name])
	}
	if len(ways) == 2 {
		if err := sameSize(c.Context, ways[0].store, ways[1].store); err != nil {
			return nil, err
		}
		return rate, nil
	}
	return rate, g.use(c, ways[0].store)
}

// loads warms a way's server up, and gives its next turn.
func (g generator) loads(c *cli.Context, w *way, dir string) (func() error, error) {
	documents := c.Int("turn") / 10
	warm := generator{statements: 20_000, entities: 4_000, skew: g.skew, seed: 5}
	if w.name == "bare" {
		next := func(g generator) (func() error, error) {
			p, err := g.cut(dir, documents)
			if err != nil {
				return nil, err
			}
			return func() error {
				piece, err := p.next()
				if errors.Is(err, io.EOF) {
					return errors.Join(err, p.close())
				}
				if err != nil {
					return err
				}
				w.begin()
				return w.store.MergeBare(c.Context, piece, c.Int("batch-rows")/2)
			}, nil
		}
		first, err := next(warm)
		if err != nil {
			return nil, err
		}
		for !errors.Is(err, io.EOF) {
			if err = first(); err != nil && !errors.Is(err, io.EOF) {
				return nil, err
			}
		}
		if err := w.store.Clear(c.Context); err != nil {
			return nil, err
		}
		return next(g)
	}
	next := func(g generator) func() error {
		batches := g.turns(documents)
		return func() error {
			put, ok := batches()
			if !ok {
				return io.EOF
			}
			w.begin()
			for batch := range slices.Chunk(put, max(c.Int("batch-rows")/25, 1)) {
				if _, err := w.store.Apply(c.Context, graph.Change{Put: batch}); err != nil {
					return err
				}
			}
			return nil
		}
	}
	first := next(warm)
	for {
		if err := first(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
	}
	return next(g), w.store.Clear(c.Context)
}

// sameSize compares two databases by what they count themselves.
func sameSize(ctx context.Context, a, b *neo4j.Store) error {
	var got [2][2]int64
	for i, s := range []*neo4j.Store{a, b} {
		for j, q := range []string{"MATCH (n) RETURN count(n)", "MATCH ()-[r]->() RETURN count(r)"} {
			if _, err := s.Query(ctx, q, nil, func(_ []string, v []any) error {
				got[i][j], _ = v[0].(int64)
				return nil
			}); err != nil {
				return err
			}
		}
	}
	fmt.Printf("%d nodes and %d relationships\n", got[1][0], got[1][1])
	if got[0][1] != got[1][1] || got[0][0] != got[1][0] {
		return fmt.Errorf("bare has %d nodes and %d relationships, store %d and %d: want the same", got[0][0], got[0][1], got[1][0], got[1][1])
	}
	return nil
}

// serverOptions are those of a Neo4j of the bench's own in a folder that remove deletes.
func serverOptions(c *cli.Context) (o localdb.Options, remove func(), err error) {
	dir, err := os.MkdirTemp("", "entente-bench-")
	if err != nil {
		return o, nil, err
	}
	remove = func() { os.RemoveAll(dir) }
	o = localdb.Options{Dir: dir, HeapMiB: c.Int("heap"), PageCacheMiB: c.Int("page-cache"), JavaHome: os.Getenv("JAVA_HOME"), Temporary: true}
	if cache, err := os.UserCacheDir(); err == nil {
		o.Install = filepath.Join(cache, "entente")
	}
	if o.Bolt, o.HTTP, err = localdb.FreePorts(); err != nil {
		remove()
		return o, nil, err
	}
	return o, remove, nil
}

// server is a Neo4j of the bench's own; end stops it and deletes its folder.
func server(c *cli.Context) (s *neo4j.Store, end func(), err error) {
	o, remove, err := serverOptions(c)
	if err != nil {
		return nil, nil, err
	}
	s, stop, err := open(c, o)
	if err != nil {
		remove()
		return nil, nil, err
	}
	return s, func() { stop(); remove() }, nil
}

// open starts the server and connects; end closes and stops.
func open(c *cli.Context, o localdb.Options) (store *neo4j.Store, end func(), err error) {
	s, err := localdb.Start(c.Context, o)
	if err != nil {
		return nil, nil, err
	}
	stop := func() { localdb.Stop(context.WithoutCancel(c.Context), o.Dir) }
	password, err := s.Password()
	if err != nil {
		stop()
		return nil, nil, err
	}
	store, err = neo4j.Open(c.Context, neo4j.Options{URI: s.URI(), Username: localdb.Username, Password: password, BatchRows: c.Int("batch-rows")})
	if err != nil {
		stop()
		return nil, nil, err
	}
	return store, func() { store.Close(context.WithoutCancel(c.Context)); stop() }, nil
}

// use measures what a loaded graph is for: a refresh of a hundred documents, verify, dump and exports.
func (g generator) use(c *cli.Context, s *neo4j.Store) error {
	if !c.Bool("use") {
		return nil
	}
	other := generator{statements: g.statements, entities: g.entities, skew: g.skew, seed: 9}
	changed := other.spread(100)
	var sum graph.Summary
	var r rates
	if err := r.measure(0, func() (err error) {
		sum, err = s.Apply(c.Context, graph.Change{Put: changed})
		return err
	}); err != nil {
		return err
	}
	fmt.Printf("100 changed documents of %d: %.2f s (%d statements added, %d removed, %d edges touched)\n", g.statements/10,
		r.took.Seconds(), sum.Statements.Added, sum.Statements.Removed, sum.Edges.Added+sum.Edges.Changed+sum.Edges.Removed)
	back := g.spread(100) // to what they said before, counted
	sum, hits, err := s.ApplyProfiled(c.Context, graph.Change{Put: back})
	if err != nil {
		return err
	}
	fmt.Printf("the same 100 changed back: %d queries, %d db hits reading, %d writing (%d statements added, %d removed)\n",
		hits.Queries, hits.Reading, hits.Writing, sum.Statements.Added, sum.Statements.Removed)
	type work struct {
		name string
		run  func(context.Context) error
	}
	all := []work{
		{"verify", func(ctx context.Context) error {
			v, err := s.Verify(ctx, false)
			if err == nil && len(v.Drifts) > 0 {
				err = fmt.Errorf("the graph has %d drifts, the first: %+v", len(v.Drifts), v.Drifts[0])
			}
			return err
		}},
		{"dump", func(ctx context.Context) error { return s.Dump(ctx, io.Discard) }},
	}
	for _, f := range files.Formats() {
		all = append(all, work{"export --format " + string(f), func(ctx context.Context) error {
			if f.Folder() {
				return files.WriteFolder(ctx, s, schema.Relations(), f, func(string) (io.WriteCloser, error) { return discard{io.Discard}, nil })
			}
			return files.Write(ctx, s, schema.Relations(), f, io.Discard)
		}})
	}
	for _, w := range all {
		var r rates
		if err := r.measure(0, func() error { return w.run(c.Context) }); err != nil {
			return fmt.Errorf("%s: %w", w.name, err)
		}
		fmt.Printf("%-24s %7.1f s, %5d MiB\n", w.name+":", r.took.Seconds(), r.heap>>20)
	}
	return nil
}

type discard struct{ io.Writer }

func (discard) Close() error { return nil }
