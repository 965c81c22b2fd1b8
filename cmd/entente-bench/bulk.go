package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/files"
	"github.com/entente-kg/entente/graph/neo4j"
	"github.com/entente-kg/entente/internal/localdb"
)

// bulk measures the way from statements to a server that answers without the driver: the graph is derived in memory, written
// as CSV files, imported by neo4j-admin and served, constraints and indexes included. It compares it with the rates of the other
// ways, if any, and uses the graph.
func (g generator) bulk(c *cli.Context, rate map[string]float64) error {
	o, remove, err := serverOptions(c)
	if err != nil {
		return err
	}
	defer remove()
	o.With = localdb.Java // neo4j-admin runs beside the server's files
	if _, err := localdb.Start(c.Context, o); err != nil {
		return err // it makes the server's folders
	}
	if err := localdb.Stop(c.Context, o.Dir); err != nil {
		return err
	}

	start, last := time.Now(), time.Now()
	lap := func(what string) {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		fmt.Printf("bulk: %6.1f s %s, heap %d MiB\n", time.Since(last).Seconds(), what, m.HeapInuse>>20)
		last = time.Now()
	}
	var rows []graph.Rows
	for _, x := range g.documents() {
		r, err := graph.Derive(nil, x)
		if err != nil {
			return err
		}
		rows = append(rows, r)
	}
	whole := graph.Assemble(nil, rows)
	n := len(whole.Statements)
	rows = nil
	lap("the graph in memory")

	dir := filepath.Join(o.Dir, "csv")
	if err := os.Mkdir(dir, 0o755); err != nil {
		return err
	}
	if err := files.WriteFolder(c.Context, whole, nil, files.CSV, func(name string) (io.WriteCloser, error) {
		return os.Create(filepath.Join(dir, name))
	}); err != nil {
		return err
	}
	lap("CSV files")
	if err := adminImport(c.Context, o, dir); err != nil {
		return err
	}
	lap("neo4j-admin database import")
	s, end, err := open(c, o)
	if err != nil {
		return err
	}
	defer end()
	lap("the server with constraints and indexes")
	if err := answers(c.Context, s, n); err != nil {
		return err
	}
	lap("the first answer")
	took := time.Since(start).Seconds()
	fmt.Printf("bulk: %d statements with everything else in %.1f s: %.0f statements/s\n", n, took, float64(n)/took)
	if rate["store"] > 0 {
		fmt.Printf("store / bare: %.2f\nbulk / store: %.2f\n", rate["store"]/rate["bare"], float64(n)/took/rate["store"])
	}
	whole = graph.Graph{}
	return g.use(c, s)
}

// adminImport runs neo4j-admin over the files in dir, the server of o being stopped.
func adminImport(ctx context.Context, o localdb.Options, dir string) error {
	java := "java"
	if o.JavaHome != "" {
		java = filepath.Join(o.JavaHome, "bin", "java")
	}
	home := filepath.Join(o.Dir, "home")
	args := append([]string{fmt.Sprintf("-Xmx%dm", o.HeapMiB), "-cp", filepath.Join(o.Install, "neo4j-"+localdb.Version, "*"), "org.neo4j.cli.AdminTool"},
		files.ImportArguments("neo4j")...)
	admin := exec.CommandContext(ctx, java, args...)
	admin.Dir = dir
	admin.Env = append(os.Environ(), "NEO4J_HOME="+home, "NEO4J_CONF="+filepath.Join(home, "conf"))
	if out, err := admin.CombinedOutput(); err != nil {
		return fmt.Errorf("neo4j-admin: %w\n%s", err, out)
	}
	return nil
}

// answers asks how many statements there are, by an edge of layer 1 as well.
func answers(ctx context.Context, s *neo4j.Store, want int) error {
	var got, edges int64
	_, err := s.Query(ctx, "MATCH (s:Statement) WITH count(s) AS n MATCH ()-[r:MEETS]->() RETURN n, count(r)", nil, func(_ []string, v []any) error {
		got, _ = v[0].(int64)
		edges, _ = v[1].(int64)
		return nil
	})
	if err == nil && (got != int64(want) || edges == 0) {
		err = fmt.Errorf("bulk: the server has %d statements and %d meetings, want %d statements", got, edges, want)
	}
	return err
}
