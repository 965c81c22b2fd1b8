package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/files"
	"github.com/entente-kg/entente/graph/memory"
	"github.com/entente-kg/entente/graph/neo4j"
	"github.com/entente-kg/entente/graph/storetest"
	"github.com/entente-kg/entente/internal/localdb"
	"github.com/entente-kg/entente/internal/localdb/localdbtest"
)

// exported is a graph with everything in it, and its dump.
func exported(t *testing.T) (*memory.Store, string) {
	t.Helper()
	s := memory.New(nil)
	if _, err := s.Apply(t.Context(), graph.Change{Put: slices.Concat(storetest.Corpus(40, 12, 1), storetest.Hostile())}); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := s.Dump(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return s, b.String()
}

// sameDump names the first line that differs.
func sameDump(t *testing.T, want, got string) {
	t.Helper()
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range w {
		if i >= len(g) || w[i] != g[i] {
			other := "nothing"
			if i < len(g) {
				other = g[i]
			}
			t.Fatalf("line %d: want %.1500s\ngot %.1500s", i+1, w[i], other)
		}
	}
	if len(g) != len(w) {
		t.Fatalf("%d lines, want %d", len(g), len(w))
	}
}

func TestACypherScriptMakesTheSameGraph(t *testing.T) {
	entente := onNeo4j(t)
	db := localdbtest.Shared(t)
	s, want := exported(t)
	var script bytes.Buffer
	if err := files.Write(t.Context(), s, nil, files.Cypher, &script); err != nil {
		t.Fatal(err)
	}
	for _, statement := range strings.Split(strings.TrimSuffix(script.String(), ";\n"), ";\n") {
		if _, err := db.Query(t.Context(), statement); err != nil {
			t.Fatalf("%.300v", err)
		}
	}
	r := entente(t, "", "export")
	if r.code != exitDone {
		t.Fatalf("export: %s", r.stderr)
	}
	sameDump(t, want, r.stdout)
	if r = entente(t, "", "verify"); r.code != exitDone {
		t.Errorf("verify: %.1000s%s", r.stdout, r.stderr)
	}
	// From Neo4j, the same files as from memory.
	dir := t.TempDir()
	if r = entente(t, "", "export", "--format", "csv", "-o", dir); r.code != exitDone {
		t.Errorf("export: %+v", r)
	}
	f := map[string]*bytes.Buffer{}
	if err := files.WriteFolder(t.Context(), s, nil, files.CSV, func(name string) (io.WriteCloser, error) {
		f[name] = new(bytes.Buffer)
		return nopCloser{f[name]}, nil
	}); err != nil {
		t.Fatal(err)
	}
	for name, want := range f {
		got, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		sameDump(t, want.String(), string(got))
	}
}

type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }

// TestNeo4jAdminImportsTheSameGraph runs the real import of the server's own programs.
func TestNeo4jAdminImportsTheSameGraph(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a Neo4j of its own")
	}
	o := localdb.Options{Dir: t.TempDir(), HeapMiB: 256, JavaHome: os.Getenv("JAVA_HOME"), With: localdb.Java}
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Skip(err)
	}
	o.Install = filepath.Join(cache, "entente")
	if o.Bolt, o.HTTP, err = localdb.FreePorts(); err != nil {
		t.Fatal(err)
	}
	start := func() *localdb.Server {
		s, err := localdb.Start(t.Context(), o)
		if err != nil && os.Getenv("CI") == "" {
			t.Skipf("no Neo4j for this test: %v", err)
		}
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	start() // makes the server's folders
	t.Cleanup(func() { localdb.Stop(context.Background(), o.Dir) })
	if err := localdb.Stop(t.Context(), o.Dir); err != nil {
		t.Fatal(err)
	}
	s, want := exported(t)
	dir := t.TempDir()
	if err := files.WriteFolder(t.Context(), s, nil, files.CSV, func(name string) (io.WriteCloser, error) {
		return os.Create(filepath.Join(dir, name))
	}); err != nil {
		t.Fatal(err)
	}
	home := filepath.Join(o.Dir, "home")
	java := "java"
	if o.JavaHome != "" {
		java = filepath.Join(o.JavaHome, "bin", "java")
	}
	args := append([]string{"-cp", filepath.Join(o.Install, "neo4j-"+localdb.Version, "*"), "org.neo4j.cli.AdminTool"}, files.ImportArguments("neo4j")...)
	admin := exec.CommandContext(t.Context(), java, args...)
	admin.Dir = dir
	admin.Env = append(os.Environ(), "NEO4J_HOME="+home, "NEO4J_CONF="+filepath.Join(home, "conf"))
	if out, err := admin.CombinedOutput(); err != nil {
		t.Fatalf("neo4j-admin: %v\n%s", err, out)
	}
	server := start()
	password, err := server.Password()
	if err != nil {
		t.Fatal(err)
	}
	store, err := neo4j.Open(t.Context(), neo4j.Options{URI: server.URI(), Username: localdb.Username, Password: password})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close(context.Background())
	var got bytes.Buffer
	if err := store.Dump(t.Context(), &got); err != nil {
		t.Fatal(err)
	}
	sameDump(t, want, got.String())
	if v, err := store.Verify(t.Context(), false); err != nil || len(v.Drifts) > 0 {
		t.Errorf("%+v, %v", v.Drifts, err)
	}
}
