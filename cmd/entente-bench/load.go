package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/neo4j"
	"github.com/entente-kg/entente/internal/localdb"
	"github.com/entente-kg/entente/schema"
)

func loadBenchCommand() *cli.Command {
	return &cli.Command{
		Name:  "load",
		Usage: "measure loads into Neo4j: the store, a bare UNWIND … MERGE of the same nodes and edges, and a bulk import",
		Description: `Generates statements (ten a document, over a fifth as many officials, popular ones far oftener), starts a Neo4j for each
way in turn on free ports, and prints the rate of each 100,000 statements:

   bare    UNWIND … MERGE of the finished graph, nothing read or retracted: the yardstick
   store   Store.Apply through the driver, then 100 changed documents, with the db hits of their transaction
   bulk    from statements to a server that answers: CSV files, neo4j-admin, start, constraints and indexes

The first two are warmed up by 20,000 statements that are deleted again.`,
		Flags: []cli.Flag{
			&cli.IntFlag{Name: "statements", Value: 1_000_000, Usage: "how many"},
			&cli.IntFlag{Name: "heap", Value: 1024, Usage: "the Java heap in `MiB`"},
			&cli.IntFlag{Name: "batch-rows", Value: 20_000, Usage: "the most rows of one transaction"},
			&cli.Float64Flag{Name: "skew", Value: 1.1, Usage: "the exponent of the Zipf distribution of officials, over 1"},
			&cli.StringFlag{Name: "way", Value: "all", Usage: "store, bare, bulk or all"},
		},
		Action: loadBench,
	}
}

func loadBench(c *cli.Context) error {
	n := c.Int("statements")
	g := generator{statements: n, entities: max(n/5, 10), skew: c.Float64("skew")}
	fmt.Printf("%d statements in %d documents over %d officials, skew %.2f, heap %d MiB, batches of %d rows\n",
		n, n/10, g.entities, g.skew, c.Int("heap"), c.Int("batch-rows"))
	ways := []struct {
		name string
		run  func(*cli.Context) (float64, error)
	}{{"bare", g.bare}, {"store", g.store}, {"bulk", g.bulk}}
	rate := map[string]float64{}
	for _, w := range ways {
		if only := c.String("way"); only != "all" && only != w.name {
			continue
		}
		var err error
		if rate[w.name], err = w.run(c); err != nil {
			return fmt.Errorf("%s: %w", w.name, err)
		}
		runtime.GC()
	}
	if len(rate) == 0 {
		return fmt.Errorf("--way %q: want store, bare, bulk or all", c.String("way"))
	}
	if len(rate) == len(ways) {
		fmt.Printf("store / bare: %.2f\nbulk / store: %.2f\n", rate["store"]/rate["bare"], rate["bulk"]/rate["store"])
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
	o = localdb.Options{Dir: dir, HeapMiB: c.Int("heap"), JavaHome: os.Getenv("JAVA_HOME"), Temporary: true}
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

// store measures Store.Apply, in statements a second.
func (g generator) store(c *cli.Context) (float64, error) {
	s, end, err := server(c)
	if err != nil {
		return 0, err
	}
	defer end()
	if err := g.warm(c.Context, s, func(put []schema.Extraction) error {
		_, err := s.Apply(c.Context, graph.Change{Put: put})
		return err
	}); err != nil {
		return 0, err
	}
	start := time.Now()
	r := rates{start: start, last: start}
	for put := range g.batches(c.Int("batch-rows") / 25) {
		sum, err := s.Apply(c.Context, graph.Change{Put: put})
		if err != nil {
			return 0, err
		}
		r.add("store", sum.Statements.Added)
	}
	rate := float64(r.n) / time.Since(start).Seconds()
	fmt.Printf("store: %d statements in %.1f s: %.0f statements/s\n", r.n, time.Since(start).Seconds(), rate)

	// A refresh: a hundred documents that say something else now.
	changed := make([]schema.Extraction, 0, 100)
	other := generator{statements: g.statements, entities: g.entities, skew: g.skew, seed: 9}
	for put := range other.batches(100) {
		changed = put
		break
	}
	start = time.Now()
	sum, err := s.Apply(c.Context, graph.Change{Put: changed})
	if err != nil {
		return 0, err
	}
	fmt.Printf("store: 100 changed documents of %d: %.2f s (%d statements added, %d removed, %d edges touched)\n", g.statements/10,
		time.Since(start).Seconds(), sum.Statements.Added, sum.Statements.Removed, sum.Edges.Added+sum.Edges.Changed+sum.Edges.Removed)
	for put := range g.batches(100) { // back to what they said, counted
		changed = put
		break
	}
	sum, hits, err := s.ApplyProfiled(c.Context, graph.Change{Put: changed})
	if err != nil {
		return 0, err
	}
	fmt.Printf("store: the same 100 changed back: %d queries, %d db hits reading, %d writing (%d statements added, %d removed)\n",
		hits.Queries, hits.Reading, hits.Writing, sum.Statements.Added, sum.Statements.Removed)
	return rate, nil
}

// bare measures Store.MergeBare, in statements a second. The graph is assembled beforehand, out of the measured time.
func (g generator) bare(c *cli.Context) (float64, error) {
	s, end, err := server(c)
	if err != nil {
		return 0, err
	}
	defer end()
	write := func(put []schema.Extraction, see func(kind string, rows int)) error {
		var rows []graph.Rows
		for _, x := range put {
			r, err := graph.Derive(nil, x)
			if err != nil {
				return err
			}
			rows = append(rows, r)
		}
		whole := graph.Assemble(nil, rows)
		put, rows = nil, nil
		runtime.GC()
		see("start", 0)
		return s.MergeBare(c.Context, whole, c.Int("batch-rows")/2, see)
	}
	if err := g.warm(c.Context, s, func(put []schema.Extraction) error { return write(put, func(string, int) {}) }); err != nil {
		return 0, err
	}
	var all []schema.Extraction
	for put := range g.batches(1000) {
		all = append(all, put...)
	}
	var start time.Time
	var r rates
	err = write(all, func(kind string, n int) {
		switch kind {
		case "start":
			start = time.Now()
		case "statements":
			if r.n == 0 {
				r = rates{start: time.Now(), last: time.Now()}
			}
			r.add("bare (statements alone)", n)
		}
	})
	if err != nil {
		return 0, err
	}
	rate := float64(r.n) / time.Since(start).Seconds()
	fmt.Printf("bare: %d statements with everything else in %.1f s: %.0f statements/s\n", r.n, time.Since(start).Seconds(), rate)
	return rate, nil
}

// warm lets the server compile what it will run, and empties it again.
func (g generator) warm(ctx context.Context, s *neo4j.Store, write func([]schema.Extraction) error) error {
	w := generator{statements: 20_000, entities: 4_000, skew: g.skew, seed: 5}
	for put := range w.batches(1000) {
		if err := write(put); err != nil {
			return err
		}
		if err := s.Clear(ctx); err != nil {
			return err
		}
	}
	return nil
}

// rates prints the rate of every 100,000 statements.
type rates struct {
	start, last time.Time
	n, since    int
}

func (r *rates) add(what string, n int) {
	r.n += n
	r.since += n
	if r.since < 100_000 {
		return
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	fmt.Printf("%s: %9d statements, %6.0f/s, loader's heap %d MiB\n", what, r.n, float64(r.since)/time.Since(r.last).Seconds(), m.HeapInuse>>20)
	r.last, r.since = time.Now(), 0
}

// generator makes documents of ten statements, the same for the same fields.
type generator struct {
	statements, entities int
	skew                 float64
	seed                 uint64
}

var benchRelations = []string{"meets", "negotiates-with", "calls", "criticizes", "praises", "supports", "requests", "agrees-with"}

// batches yields n documents at a time.
func (g generator) batches(n int) func(yield func([]schema.Extraction) bool) {
	return func(yield func([]schema.Extraction) bool) {
		r := rand.New(rand.NewPCG(1, g.seed))
		zipf := rand.NewZipf(r, g.skew, 50, uint64(g.entities-1))
		var batch []schema.Extraction
		for i := range g.statements / 10 {
			batch = append(batch, g.document(r, zipf, i))
			if len(batch) == n {
				if !yield(batch) {
					return
				}
				batch = nil
			}
		}
		if len(batch) > 0 {
			yield(batch)
		}
	}
}

func (g generator) document(r *rand.Rand, zipf *rand.Zipf, i int) schema.Extraction {
	start := time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC)
	date := start.AddDate(0, 0, i*3650/max(g.statements/10, 1)).Format(time.DateOnly)
	x := schema.Extraction{Source: schema.Source{
		ID: fmt.Sprintf("bench/%07d", i), URL: fmt.Sprintf("https://example.org/%d", i), Title: "両首脳、首都で会談", Outlet: fmt.Sprintf("通信%d", r.IntN(40)),
		Published: date, Hash: fmt.Sprintf("%064d", i), Extractor: "bench",
	}}
	person := func() schema.Argument {
		// Half of the mentions fall on the popular, half anywhere, so that all officials occur.
		k := zipf.Uint64()
		if r.IntN(2) == 0 {
			k = uint64(r.IntN(g.entities))
		}
		name := fmt.Sprintf("要人%d", k)
		return schema.Argument{ID: "official/" + name, Type: schema.Official, Name: fmt.Sprintf("Official %d", k), NameJa: name, Mention: name + "氏"}
	}
	for j := range 10 {
		s := schema.Statement{
			Sentence: j, Part: schema.PartText, Span: schema.Span{Start: 100 * j, End: 100*j + 90}, Text: "両氏は首都で会談し、地域の安定に向けて協力を続けることで一致した。",
			Relation: benchRelations[r.IntN(len(benchRelations))], Subject: person(), Object: person(),
			Polarity: schema.Affirmed, Modality: schema.Actual, Confidence: float64(50+r.IntN(50)) / 100,
			Time:    &schema.Time{Start: date, End: date, Granularity: schema.Day, Basis: schema.Relative, Text: "同日"},
			Trigger: schema.Trigger{Text: "会談し", Span: schema.Span{Start: 100*j + 20, End: 100*j + 29}}, Rule: "meets.kaidan", Extractor: "bench",
		}
		switch r.IntN(10) {
		case 0:
			s.Modality = schema.Planned
		case 1:
			s.Polarity = schema.Negated
		}
		x.Statements = append(x.Statements, s)
	}
	return x
}
