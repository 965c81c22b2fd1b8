// Package localdbtest gives tests a real Neo4j: one server a test binary, on free ports, with a small heap and a folder of
// its own, started by the first test that asks and ended with the binary, however that ends.
package localdbtest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/entente-kg/entente/internal/localdb"
)

// DB is a database that only the calling test uses.
type DB struct {
	URI      string // bolt://127.0.0.1:…
	Username string
	Password string
	Database string // neo4j
	// HTTP is the server's HTTP address, http://127.0.0.1:….
	HTTP string
}

// Fresh is an empty database: no nodes, no constraints, no indexes but the server's own. Community has one database a
// server, so the tests of a binary that ask for one run one after the other, also with t.Parallel. Where no server can
// run, the test is skipped with the reason, or fails when the environment variable CI is set; go test -short skips it.
func Fresh(t testing.TB) DB {
	t.Helper()
	db := Shared(t)
	turn.Lock()
	t.Cleanup(turn.Unlock)
	if err := wipe(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	return db
}

// Shared is the binary's server as the tests before left it, for tests of connections and for tests that bring their own
// order.
func Shared(t testing.TB) DB {
	t.Helper()
	if testing.Short() {
		t.Skip("go test -short starts no Neo4j")
	}
	db, err := server()
	switch {
	case err == nil:
		return db
	case os.Getenv("CI") != "":
		t.Fatalf("no Neo4j for this test: %v", err)
	default:
		t.Skipf("no Neo4j for this test: %v", err)
	}
	panic("unreachable")
}

var turn sync.Mutex

var server = sync.OnceValues(func() (DB, error) {
	dir, err := os.MkdirTemp("", "entente-neo4j-test-")
	if err != nil {
		return DB{}, err
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	o := localdb.Options{
		Dir:       dir,
		Install:   filepath.Join(cache, "entente"),
		HeapMiB:   256,
		JavaHome:  os.Getenv("JAVA_HOME"),
		Temporary: true,
	}
	if o.Bolt, o.HTTP, err = localdb.FreePorts(); err != nil {
		return DB{}, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), 8*time.Minute) // a first download included
	defer cancel()
	s, err := localdb.Start(ctx, o)
	if err != nil {
		return DB{}, err
	}
	password, err := s.Password()
	if err != nil {
		return DB{}, err
	}
	return DB{
		URI: s.URI(), Username: localdb.Username, Password: password, Database: "neo4j",
		HTTP: fmt.Sprintf("http://127.0.0.1:%d", s.HTTP),
	}, nil
})

// wipe empties the database over HTTP, so that no driver is needed here.
func wipe(ctx context.Context, db DB) error {
	for _, kind := range []struct{ list, drop string }{
		{"SHOW CONSTRAINTS YIELD name", "DROP CONSTRAINT"},
		{"SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name", "DROP INDEX"}, // look-ups are the server's own
	} {
		rows, err := db.Query(ctx, kind.list)
		if err != nil {
			return err
		}
		for _, row := range rows {
			name := strings.ReplaceAll(fmt.Sprint(row[0]), "`", "``")
			if _, err := db.Query(ctx, kind.drop+" `"+name+"`"); err != nil {
				return err
			}
		}
	}
	_, err := db.Query(ctx, "MATCH (n) CALL { WITH n DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS")
	return err
}

// Query runs one Cypher statement over HTTP, for checks that shall not go through the code under test. Rows come back as
// JSON values.
func (db DB) Query(ctx context.Context, cypher string) ([][]any, error) {
	body, err := json.Marshal(map[string]any{"statements": []any{map[string]any{"statement": cypher}}})
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, db.HTTP+"/db/"+db.Database+"/tx/commit", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.SetBasicAuth(db.Username, db.Password)
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	var answer struct {
		Results []struct{ Data []struct{ Row []any } }
		Errors  []struct{ Code, Message string }
	}
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(raw, &answer); err != nil {
		return nil, fmt.Errorf("%s: %w: %.200s", cypher, err, raw)
	}
	if len(answer.Errors) > 0 {
		return nil, fmt.Errorf("%s: %s: %s", cypher, answer.Errors[0].Code, answer.Errors[0].Message)
	}
	var rows [][]any
	for _, r := range answer.Results {
		for _, d := range r.Data {
			rows = append(rows, d.Row)
		}
	}
	return rows, nil
}
