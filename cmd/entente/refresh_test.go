package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/entente-kg/entente/fixtures"
	"github.com/entente-kg/entente/internal/localdb/localdbtest"
	"github.com/entente-kg/entente/internal/refresh"
)

// asProgram in the environment makes the test binary be entente itself, for tests that kill it.
const asProgram = "ENTENTE_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		os.Args[0] = "entente"
		os.Exit(untilSignalled())
	}
	os.Exit(m.Run())
}

// articles is the number of the fixtures' articles.
func articles(t *testing.T) int {
	t.Helper()
	docs, err := fixtures.Documents()
	if err != nil {
		t.Fatal(err)
	}
	return len(docs)
}

// newsroom is a folder with a configuration and the fixtures' articles as a source, each as printed by so many outlets.
func newsroom(t *testing.T, outlets int) (dir, config string) {
	t.Helper()
	dir = t.TempDir()
	docs, err := fixtures.Documents()
	if err != nil {
		t.Fatal(err)
	}
	for i, d := range docs {
		var lines strings.Builder
		id := d.ID
		for outlet := range outlets {
			if outlet > 0 {
				d.ID, d.Outlet = fmt.Sprintf("%s/%d", id, outlet), fmt.Sprintf("第%d新聞", outlet)
			}
			if err := json.NewEncoder(&lines).Encode(d); err != nil {
				t.Fatal(err)
			}
		}
		save(t, filepath.Join(dir, "articles", fmt.Sprintf("%02d.jsonl", i)), lines.String())
	}
	config = filepath.Join(dir, "entente.yaml")
	save(t, config, "sources:\n  - name: articles\n    path: articles\ngrace: 1ns\n")
	return dir, config
}

func save(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// connect makes the environment name db.
func connect(t *testing.T, db localdbtest.DB) {
	t.Helper()
	t.Setenv("NEO4J_URI", db.URI)
	t.Setenv("NEO4J_USERNAME", db.Username)
	t.Setenv("NEO4J_PASSWORD", db.Password)
}

func program(t *testing.T, args ...string) (int, string, string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code := run(t.Context(), append([]string{"entente"}, args...), strings.NewReader(""), &stdout, &stderr)
	return code, stdout.String(), stderr.String()
}

func TestRefreshKeepsTheGraphTrue(t *testing.T) {
	db := localdbtest.Fresh(t)
	dir, config := newsroom(t, 1)
	connect(t, db)
	refreshJSON := func() (int, refresh.Report) {
		t.Helper()
		code, stdout, stderr := program(t, "refresh", "--config", config, "--json")
		var r refresh.Report
		if err := json.Unmarshal([]byte(stdout), &r); err != nil {
			t.Fatalf("%v in %s\n%s", err, stdout, stderr)
		}
		return code, r
	}
	// The server is down for a whole run.
	t.Setenv("NEO4J_URI", "bolt://127.0.0.1:1")
	if code, r := refreshJSON(); code != exitFailed || r.Fetched.Added != articles(t) || r.Pending != articles(t) {
		t.Fatalf("without a server: exit %d, %+v", code, r)
	}
	connect(t, db)
	code, first := refreshJSON()
	if code != exitDone || first.Loaded != articles(t) || first.Graph.Statements.Added == 0 {
		t.Fatalf("first: exit %d, %+v", code, first)
	}
	if _, again := refreshJSON(); again.Loaded != 0 || again.Sources[0].NotModified != articles(t) {
		t.Errorf("again: %+v", again)
	}
	// One article is broken, one is withdrawn, one says something else.
	save(t, filepath.Join(dir, "articles", "00.jsonl"), "{broken")
	save(t, filepath.Join(dir, "articles", "05.jsonl"), `{"id":"new","published":"2025-03-01","text":"フランスのジャン・デュポン外相は1日、ベトナムを訪問した。"}`)
	if err := os.Remove(filepath.Join(dir, "articles", "06.jsonl")); err != nil {
		t.Fatal(err)
	}
	code, r := refreshJSON()
	if code != exitPartial || r.Failed() != 1 || r.Loaded != 1 || r.Fetched.Missing != 2 {
		t.Errorf("changed: exit %d, %+v", code, r)
	}
	time.Sleep(10 * time.Millisecond)
	if _, r := refreshJSON(); r.Retracted != 2 {
		t.Errorf("after the grace: %+v", r)
	}
	_, stdout, _ := program(t, "ask", "refreshes", "--format", "csv")
	if strings.Count(stdout, "\n") != 5 {
		t.Errorf("the runs that the graph remembers:\n%s", stdout)
	}
	if code, stdout, stderr := program(t, "corpus", "stats", "--config", config); code != 0 || !strings.Contains(stdout, fmt.Sprintf("%d documents", articles(t)+1)) {
		t.Errorf("corpus stats: %d %s %s", code, stdout, stderr)
	}
}

func TestRefreshRefusesAWrongConfiguration(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"unknown": "sources:\n  - name: a\n    pfad: x\n", "empty": "", "broken": "sources: [", "listen": "sources: [{name: a, path: x}]\nwatch: {cron: sometimes}\n",
	} {
		config := filepath.Join(dir, name+".yaml")
		save(t, config, text)
		if code, _, stderr := program(t, "refresh", "--config", config); code != exitUsage || !strings.Contains(stderr, config) {
			t.Errorf("%s: exit %d: %s", name, code, stderr)
		}
	}
	if code, _, stderr := program(t, "refresh", "--config", filepath.Join(dir, "none.yaml")); code != exitUsage || !strings.Contains(stderr, "--init") {
		t.Errorf("no file: exit %d: %s", code, stderr)
	}
	config := filepath.Join(dir, "init.yaml")
	if code, _, stderr := program(t, "refresh", "--init", "--config", config); code != 0 {
		t.Fatal(stderr)
	}
	if _, err := refresh.ReadConfig(config); err != nil {
		t.Errorf("the example: %v", err)
	}
	if code, _, _ := program(t, "refresh", "--init", "--config", config); code != exitUsage {
		t.Error("an existing configuration was overwritten")
	}
}

func TestCorpusComesBackFromItsExport(t *testing.T) {
	_, config := newsroom(t, 1)
	t.Setenv("NEO4J_URI", "bolt://127.0.0.1:1")
	program(t, "refresh", "--config", config)
	_, saved, _ := program(t, "corpus", "export", "--config", config)
	other := filepath.Join(t.TempDir(), "entente.yaml")
	save(t, other, "sources: [{name: a, path: x}]\n")
	backup := filepath.Join(t.TempDir(), "backup.jsonl")
	save(t, backup, saved)
	if code, _, stderr := program(t, "corpus", "import", "--config", other, backup); code != 0 {
		t.Fatal(stderr)
	}
	if _, again, _ := program(t, "corpus", "export", "--config", other); again != saved || strings.Count(saved, "\n") != articles(t) {
		t.Errorf("%d documents saved, %d back", strings.Count(saved, "\n"), strings.Count(again, "\n"))
	}
	if code, stdout, _ := program(t, "corpus", "show", "--config", other, "wire-tokyo-seoul"); code != 0 || !strings.Contains(stdout, "岡村雅俊外相") {
		t.Errorf("show: %d %s", code, stdout)
	}
	if code, _, stderr := program(t, "corpus", "show", "--config", other, "nothing"); code != exitFailed || !strings.Contains(stderr, "nothing") {
		t.Errorf("show what is not there: %d %s", code, stderr)
	}
}

var kills = flag.Int("kills", 6, "how often TestRefreshKilled kills a refresh")

// TestRefreshKilled kills a refresh at random points; one more run must make corpus and graph equal to those of an
// undisturbed run.
func TestRefreshKilled(t *testing.T) {
	db := localdbtest.Fresh(t)
	connect(t, db)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	clear := func() { // the constraints may stay: a run that makes them is one of many
		t.Helper()
		_, err := db.Query(t.Context(), "MATCH (n) DETACH DELETE n")
		if errors.Is(err, io.EOF) { // the server closed a connection that was idle for long
			_, err = db.Query(t.Context(), "MATCH (n) DETACH DELETE n")
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	state := func(config string) string {
		t.Helper()
		code, graph, stderr := program(t, "dump")
		if code != 0 {
			t.Fatal(stderr)
		}
		_, archive, _ := program(t, "corpus", "export", "--config", config)
		return graph + archive
	}
	const outlets = 3 // 114 documents: more than one batch
	start := func(config string) *exec.Cmd {
		t.Helper()
		cmd := exec.Command(self, "refresh", "--config", config)
		cmd.Env = append(os.Environ(), asProgram+"=1")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		return cmd
	}
	// begun waits until a run has made its corpus: before, there is nothing to lose.
	begun := func(config string) {
		for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(config), "corpus.db")); err == nil {
				return
			}
		}
		t.Fatal("a run makes no corpus")
	}
	// The first run warms the server up, the second is undisturbed and timed.
	var want string
	var whole time.Duration
	for range 2 {
		clear()
		_, config := newsroom(t, outlets)
		cmd := start(config)
		begun(config)
		began := time.Now()
		if err := cmd.Wait(); err != nil {
			t.Fatal(err)
		}
		whole = time.Since(began)
		want = withoutTimes(state(config))
	}
	random := rand.New(rand.NewPCG(1, 2))
	ended, reached := 0, map[string]int{}
	for i := range *kills {
		clear()
		_, config := newsroom(t, outlets)
		cmd := start(config)
		begun(config)
		after := time.Duration(random.Int64N(int64(whole)))
		time.Sleep(after)
		killErr := cmd.Process.Kill()
		if killErr != nil && !errors.Is(killErr, os.ErrProcessDone) {
			t.Fatal(killErr)
		}
		waitErr := cmd.Wait()
		if waitErr == nil {
			ended++
		} else {
			reached[progressOf(t, db, config)]++
		}
		if code, _, stderr := program(t, "refresh", "--config", config); code != 0 {
			t.Fatalf("kill %d after %v (%v): the next run: exit %d: %s", i, after, waitErr, code, stderr)
		}
		if got := withoutTimes(state(config)); got != want {
			t.Errorf("kill %d after %v: another corpus or graph than those of an undisturbed run", i, after)
		}
	}
	t.Logf("%d kills within %v; %d runs had come to their end before; how far the others were: %v", *kills, whole, ended, reached)
}

// progressOf tells how far a killed run came.
func progressOf(t *testing.T, db localdbtest.DB, config string) string {
	t.Helper()
	_, stdout, _ := program(t, "corpus", "stats", "--config", config, "--json")
	var stats struct{ Documents, Pending int }
	if err := json.Unmarshal([]byte(stdout), &stats); err != nil {
		t.Fatal(err)
	}
	rows, err := db.Query(t.Context(), "MATCH (d:Document) WHERE d.digest IS NOT NULL RETURN count(d)")
	if err != nil {
		t.Fatal(err)
	}
	loaded := fmt.Sprint(rows[0][0])
	switch {
	case stats.Documents == 0:
		return "an empty corpus"
	case loaded == "0":
		return "a corpus, no graph"
	case stats.Pending == 0:
		return "everything"
	}
	return "a part of the graph"
}

// withoutTimes leaves out when documents were retrieved, which differs from run to run.
func withoutTimes(dump string) string {
	var b strings.Builder
	for line := range strings.Lines(dump) {
		if i := strings.Index(line, `"retrieved":"`); i >= 0 {
			j := i + len(`"retrieved":"`)
			j += strings.IndexByte(line[j:], '"')
			line = line[:i] + line[j+1:]
		}
		b.WriteString(line)
	}
	return b.String()
}

// TestOneArticleAtThreeOutlets counts a syndicated article once.
func TestOneArticleAtThreeOutlets(t *testing.T) {
	db := localdbtest.Fresh(t)
	connect(t, db)
	dir := t.TempDir()
	text := "ケニアのアベル・ニヨンガ外相は1日、東京都内で桐島香織外相と会談した。両外相は港湾の整備と干ばつ対策で協力することで一致した。" +
		"会談は予定を30分超えて続き、終了後には共同で記者会見が開かれた。ニヨンガ外相は3日まで滞在し、大学で講演する。"
	var lines strings.Builder
	for i, outlet := range []string{"北新聞", "南新聞", "東通信"} {
		// Each outlet edits a little.
		fmt.Fprintf(&lines, `{"id":"%d","outlet":"%s","published":"2025-03-0%d","text":"%s"}`+"\n", i, outlet, i+1, strings.Replace(text, "30分", fmt.Sprintf("%d分", 30+i), 1))
	}
	save(t, filepath.Join(dir, "articles.jsonl"), lines.String())
	config := filepath.Join(dir, "entente.yaml")
	save(t, config, "sources:\n  - name: articles\n    path: articles.jsonl\n")
	if code, _, stderr := program(t, "refresh", "--config", config); code != 0 {
		t.Fatal(stderr)
	}
	if _, got, _ := program(t, "query", "--format", "csv", "MATCH (d:Document)-[:COPY_OF]->(h) RETURN d.id AS copy, h.id AS of ORDER BY copy"); got != "copy,of\n1,0\n2,0\n" {
		t.Errorf("copies: %s", got)
	}
	if _, got, _ := program(t, "query", "--format", "csv", "MATCH (:Official)-[r:MEETS]-(:Official) RETURN DISTINCT r.documents AS documents"); got != "documents\n1\n" {
		t.Errorf("the edge: %s", got)
	}
}
