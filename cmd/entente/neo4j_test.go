package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"github.com/entente-kg/entente/internal/localdb"
	"github.com/entente-kg/entente/internal/localdb/localdbtest"
)

// TestNeo4jLife is a new user's way: start, build without any address, ask, stop, start again, ask again.
func TestNeo4jLife(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a server")
	}
	if err := localdb.Ready(t.Context(), localdb.Options{Dir: t.TempDir(), JavaHome: os.Getenv("JAVA_HOME")}); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	data := t.TempDir()
	bolt, http, err := localdb.FreePorts()
	if err != nil {
		t.Fatal(err)
	}
	start := []string{"neo4j", "start", "--bolt-port", strconv.Itoa(bolt), "--http-port", strconv.Itoa(http), "--heap", "256"}
	// The test's own context has ended when its clean-up runs.
	t.Cleanup(func() { localdb.Stop(context.Background(), filepath.Join(data, "neo4j")) })
	step := func(want, stdin string, args ...string) result {
		t.Helper()
		r := ententeIn(t, data, stdin, args...)
		if r.code != exitDone || !strings.Contains(r.stdout+r.stderr, want) {
			t.Fatalf("%q: status %d, stdout %q, stderr %q; want %q", args, r.code, r.stdout, r.stderr, want)
		}
		return r
	}
	step("neo4j/password", "", start...)
	step("1 documents with", meeting(1), "build", "-", "--published", "2025-11-04")
	ask := []string{"query", "--format", "csv", "MATCH (:Official)-[r:MEETS]-(:Official) RETURN DISTINCT r.first"}
	step("2025-11-03", "", ask...)
	step("/browser/", "", "neo4j", "browser", "--no-open")

	var status struct {
		URI, PasswordFile string
		PID               int
	}
	if err := json.Unmarshal([]byte(step("", "", "neo4j", "status", "--json").stdout), &status); err != nil {
		t.Fatal(err)
	}
	if status.URI != "bolt://127.0.0.1:"+strconv.Itoa(bolt) || status.PID <= 1 {
		t.Errorf("status %+v", status)
	}
	password, err := os.ReadFile(status.PasswordFile)
	if err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"neo4j", "status"}, {"doctor"}, {"neo4j", "browser", "--no-open"}} {
		r := ententeIn(t, data, "", args...)
		if strings.Contains(r.stdout+r.stderr, strings.TrimSpace(string(password))) {
			t.Errorf("%q prints the password", args)
		}
	}

	step("stopped", "", "neo4j", "stop")
	step("no local Neo4j is running", "", "neo4j", "stop")
	if r := ententeIn(t, data, "", ask...); r.code != exitUsage || !strings.Contains(r.stderr, "entente neo4j start") {
		t.Errorf("a query without a server: status %d, %q", r.code, r.stderr)
	}
	step("neo4j/password", "", start...)
	step("2025-11-03", "", ask...)
}

func TestNeo4jStartFaults(t *testing.T) {
	t.Run("nothing that can run it", func(t *testing.T) {
		t.Setenv("PATH", t.TempDir())
		t.Setenv("JAVA_HOME", "")
		r := entente(t, "", "neo4j", "start")
		if r.code != exitUsage && !strings.Contains(r.stderr, "is taken") { // by the developer's own Neo4j
			t.Errorf("status %d, %q", r.code, r.stderr)
		}
		if r := entente(t, "", "doctor"); r.code != exitFailed || !strings.Contains(r.stderr, "install Java 17 or newer") || !strings.Contains(r.stdout, "missing  java") {
			t.Errorf("doctor: status %d, stdout %q, stderr %q", r.code, r.stdout, r.stderr)
		}
	})
	t.Run("ports that are none", func(t *testing.T) {
		if r := entente(t, "", "neo4j", "start", "--bolt-port", "99999"); r.code != exitUsage {
			t.Errorf("status %d, %q", r.code, r.stderr)
		}
	})
}

func TestDoctorJSON(t *testing.T) {
	r := entente(t, "", "doctor", "--json")
	for line := range strings.Lines(r.stdout) {
		var f localdb.Finding
		if err := json.Unmarshal([]byte(line), &f); err != nil || f.Name == "" || f.Version == "" && f.Fault == "" {
			t.Errorf("line %s: %v", line, err)
		}
	}
	if !strings.Contains(r.stdout, `"name":"maven"`) {
		t.Errorf("no word of Maven in %s", r.stdout)
	}
}

func TestDoctorLooksAtTheGivenServer(t *testing.T) {
	db := localdbtest.Shared(t)
	if r := with(t, db, "", "doctor"); r.code != exitDone || !strings.Contains(r.stdout, "ok       given Neo4j       5.26.30 community ("+db.URI+")") {
		t.Errorf("status %d, stdout %q, stderr %q", r.code, r.stdout, r.stderr)
	}
	if r := withPassword(t, "wrong", "", "doctor", "--uri", db.URI); r.code != exitFailed || !strings.Contains(r.stdout, "missing  given Neo4j") || !strings.Contains(r.stderr, "refused") {
		t.Errorf("status %d, stdout %q, stderr %q", r.code, r.stdout, r.stderr)
	}
}

// TestTheComposeFile holds what the README promises of it.
func TestTheComposeFile(t *testing.T) {
	b, err := os.ReadFile(filepath.Join("..", "..", "docker-compose.yml"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Services map[string]struct {
			Image       string
			Ports       []string
			Environment map[string]string
			Healthcheck struct{ Test []string }
			MemLimit    string `yaml:"mem_limit"`
			Volumes     []string
		}
	}
	if err := yaml.Unmarshal(b, &file); err != nil {
		t.Fatal(err)
	}
	s, ok := file.Services["neo4j"]
	if !ok || s.Image != localdb.Image {
		t.Errorf("image %q, want %q as entente neo4j start runs", s.Image, localdb.Image)
	}
	for _, p := range s.Ports {
		if !strings.HasPrefix(p, "127.0.0.1:") {
			t.Errorf("port %q is open to other machines", p)
		}
	}
	if !strings.HasPrefix(s.Environment["NEO4J_AUTH"], "neo4j/${NEO4J_PASSWORD:?") {
		t.Errorf("NEO4J_AUTH %q: want the password from the environment, and none by default", s.Environment["NEO4J_AUTH"])
	}
	if len(s.Ports) != 2 || len(s.Volumes) == 0 || len(s.Healthcheck.Test) == 0 || s.MemLimit == "" {
		t.Errorf("want two ports, volumes, a health check and a limit: %+v", s)
	}
}
