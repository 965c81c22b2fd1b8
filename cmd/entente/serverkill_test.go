package main

import (
	"bytes"
	"context"
	"flag"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/memory"
	"github.com/entente-kg/entente/graph/neo4j"
	"github.com/entente-kg/entente/graph/storetest"
	"github.com/entente-kg/entente/internal/localdb"
)

var serverKills = flag.Int("server-kills", 1, "how often TestKilledServer kills its server")

// TestKilledServer ends the server by SIGKILL while a load runs, starts it again, and completes the load.
func TestKilledServer(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a Neo4j of its own")
	}
	o := localdb.Options{Dir: t.TempDir(), HeapMiB: 256, JavaHome: os.Getenv("JAVA_HOME"), Temporary: true, With: localdb.Java}
	if cache, err := os.UserCacheDir(); err == nil {
		o.Install = filepath.Join(cache, "entente")
	}
	var err error
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
	server := start()
	t.Cleanup(func() { localdb.Stop(context.Background(), o.Dir) })
	password, err := server.Password()
	if err != nil {
		t.Fatal(err)
	}
	connect := func() *neo4j.Store {
		s, err := neo4j.Open(t.Context(), neo4j.Options{URI: server.URI(), Username: localdb.Username, Password: password, BatchRows: 150, Retry: time.Second, Connect: 5 * time.Minute})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	all := graph.Change{Put: storetest.Corpus(400, 30, 1)}
	ideal := memory.New(nil)
	if _, err := ideal.Apply(t.Context(), all); err != nil {
		t.Fatal(err)
	}
	var want bytes.Buffer
	if err := ideal.Dump(t.Context(), &want); err != nil {
		t.Fatal(err)
	}
	for range *serverKills {
		s := connect()
		if err := s.Clear(t.Context()); err != nil {
			t.Fatal(err)
		}
		done := make(chan error, 1)
		go func() {
			_, err := s.Apply(context.Background(), all)
			done <- err
		}()
		wait := time.Duration(rand.Int64N(int64(2 * time.Second)))
		time.Sleep(wait)
		process, err := os.FindProcess(server.PID)
		if err != nil {
			t.Fatal(err)
		}
		if err := process.Kill(); err != nil {
			t.Fatal(err)
		}
		t.Logf("killed after %v: the loader said: %v", wait, <-done)
		s.Close(context.Background())
		awaitFree(t, o.Bolt, o.HTTP)
		server = start()
		s = connect()
		if v, err := s.Verify(t.Context(), false); err != nil || len(v.Drifts) > 0 {
			t.Fatalf("the graph is half-written: %+v, %v", v.Drifts, err)
		}
		if _, err := s.Apply(t.Context(), all); err != nil {
			t.Fatal(err)
		}
		var got bytes.Buffer
		if err := s.Dump(t.Context(), &got); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(want.Bytes(), got.Bytes()) {
			t.Fatal("a rerun does not complete the load: the dumps differ")
		}
		s.Close(context.Background())
	}
}

// awaitFree waits until nothing listens on the ports of a server that was killed: the kernel takes a moment to clear it away.
func awaitFree(t *testing.T, ports ...int) {
	t.Helper()
	for _, port := range ports {
		for tries := 0; ; tries++ {
			l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
			if err == nil {
				l.Close()
				break
			}
			if tries == 600 {
				t.Fatal(err)
			}
			time.Sleep(100 * time.Millisecond)
		}
	}
}
