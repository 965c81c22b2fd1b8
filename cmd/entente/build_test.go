package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/entente-kg/entente/internal/localdb"
	"github.com/entente-kg/entente/internal/localdb/localdbtest"
)

// meeting is an article that states a meeting, told apart by its number.
func meeting(n int) string {
	return fmt.Sprintf("エストニアのトーマス・キヴィ外相は3日、タリンでラトビアのヤニス・オゾルス外相と会談した。今年で%d回目になる。", n)
}

// jsonl is documents 1 to n, one a line.
func jsonl(n int) []string {
	lines := make([]string, n)
	for i := range lines {
		b, err := json.Marshal(map[string]string{"id": fmt.Sprint("doc-", i+1), "published": "2025-11-04", "text": meeting(i + 1)})
		if err != nil {
			panic(err)
		}
		lines[i] = string(b)
	}
	return lines
}

// with runs the program against a test's database.
func with(t *testing.T, db localdbtest.DB, stdin string, args ...string) result {
	t.Helper()
	return withPassword(t, db.Password, stdin, append(args, "--uri", db.URI)...)
}

func withPassword(t *testing.T, password, stdin string, args ...string) result {
	t.Helper()
	file := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(file, []byte(password+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return entente(t, stdin, append(args, "--password-file", file)...)
}

func write(t *testing.T, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func count(t *testing.T, db localdbtest.DB, cypher string) int {
	t.Helper()
	rows, err := db.Query(t.Context(), cypher)
	if err != nil {
		t.Fatal(err)
	}
	return int(rows[0][0].(float64))
}

func TestBuildAndQuery(t *testing.T) {
	db := localdbtest.Fresh(t)
	article := write(t, "article.txt", []byte("外相会談\n\n"+meeting(1)+"\n"))
	r := with(t, db, "", "build", article, "--published", "2025-11-04")
	if r.code != exitDone || r.stdout != "" || !strings.Contains(r.stderr, "1 documents with") {
		t.Fatalf("status %d, stdout %q, stderr %q", r.code, r.stdout, r.stderr)
	}
	r = with(t, db, "", "query", "--format", "csv", "-p", "name=トーマス・キヴィ",
		"MATCH (a:Official {nameJa: $name})-[r:MEETS {status: 'actual'}]-(b) RETURN b.nameJa AS whom, r.first AS day")
	if want := "whom,day\nヤニス・オゾルス,2025-11-03\n"; r.stdout != want {
		t.Errorf("answer %q, want %q; stderr %q", r.stdout, want, r.stderr)
	}
	r = with(t, db, "", "query", "CREATE (:Entity {id: 'x'})")
	if r.code == exitDone {
		t.Error("a query wrote")
	}
	r = with(t, db, "", "query", "MATCH (a")
	if r.code != exitFailed || !strings.Contains(r.stderr, "Invalid input") {
		t.Errorf("a slip in Cypher: status %d, %q", r.code, r.stderr)
	}

	t.Run("again, nothing changes", func(t *testing.T) {
		before := with(t, db, "", "query", "MATCH (n) RETURN n.id, n.digest, n.documents ORDER BY n.id").stdout
		r := with(t, db, "", "build", article, "--published", "2025-11-04")
		after := with(t, db, "", "query", "MATCH (n) RETURN n.id, n.digest, n.documents ORDER BY n.id").stdout
		if r.code != exitDone || !strings.Contains(r.stderr, "nothing new") || before != after || before == "" {
			t.Errorf("status %d, stderr %q; nodes before:\n%safter:\n%s", r.code, r.stderr, before, after)
		}
	})
	t.Run("quiet", func(t *testing.T) {
		if r := with(t, db, "", "build", article, "--published", "2025-11-04", "--quiet"); r.stderr != "" || r.stdout != "" {
			t.Errorf("stdout %q, stderr %q", r.stdout, r.stderr)
		}
	})
	t.Run("dry run", func(t *testing.T) {
		before := count(t, db, "MATCH (n) RETURN count(n)")
		r := with(t, db, strings.Join(jsonl(3), "\n"), "build", "-", "--dry-run", "--json")
		if r.code != exitDone || !strings.Contains(r.stdout, `"dryRun":true`) {
			t.Errorf("status %d, stdout %q, stderr %q", r.code, r.stdout, r.stderr)
		}
		if after := count(t, db, "MATCH (n) RETURN count(n)"); after != before {
			t.Errorf("%d nodes became %d", before, after)
		}
	})
}

func TestBuildBadInput(t *testing.T) {
	db := localdbtest.Fresh(t)
	good := jsonl(100)
	broken := append([]string(nil), good...)
	broken[16] = `{"id": "doc-17", "text": `
	long := append([]string(nil), good[:3]...)
	long[1] = `{"id": "doc-2", "text": "` + strings.Repeat("会談した。", 50<<20/len("会談した。")) + `"}`
	for _, c := range []struct {
		name  string
		file  string
		data  string
		code  int
		says  []string
		reads int // documents in the graph afterwards
	}{
		{"broken JSON in line 17 of 100", "in.jsonl", strings.Join(broken, "\n"), exitPartial, []string{"in.jsonl:17", "1 of 100 documents failed"}, 99},
		{"a line of 50 MB", "in.jsonl", strings.Join(long, "\n"), exitPartial, []string{"in.jsonl:2", "1 of 3 documents failed"}, 2},
		{"50 MB in one line of text", "in.txt", strings.Repeat("会談した。", 50<<20/len("会談した。")), exitFailed, []string{"in.txt"}, 0},
		{"not UTF-8", "in.txt", "\x93\xfa\x96\x7b\x82\xcc\x8a\x4f\x91\x8a", exitFailed, []string{"in.txt", "UTF-8", "iconv"}, 0},
		{"a binary file", "in.txt", "\x7fELF\x00\x01\x02", exitFailed, []string{"in.txt"}, 0},
		{"an empty file", "in.txt", "", exitFailed, []string{"in.txt", "no text"}, 0},
		{"white space only", "in.txt", " \n\u3000\n", exitFailed, []string{"in.txt", "no text"}, 0},
		{"JSON of another kind", "in.jsonl", `[1, 2]` + "\n" + good[0], exitPartial, []string{"in.jsonl:1"}, 1},
		{"no statements in it", "in.txt", "明日は晴れるでしょう。", exitDone, nil, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := db.Query(t.Context(), "MATCH (n) DETACH DELETE n"); err != nil {
				t.Fatal(err)
			}
			r := with(t, db, "", "build", write(t, c.file, []byte(c.data)))
			if r.code != c.code {
				t.Errorf("exit status %d, want %d", r.code, c.code)
			}
			for _, want := range c.says {
				if !strings.Contains(r.stderr, want) {
					t.Errorf("stderr %.500q does not say %q", r.stderr, want)
				}
			}
			if len(r.stderr) > 4000 {
				t.Errorf("stderr has %d bytes: the input is repeated in it", len(r.stderr))
			}
			if got := count(t, db, "MATCH (d:Document) RETURN count(d)"); got != c.reads {
				t.Errorf("%d documents in the graph, want %d", got, c.reads)
			}
		})
	}

	t.Run("a file that is not there", func(t *testing.T) {
		r := with(t, db, "", "build", filepath.Join(t.TempDir(), "none.txt"))
		if r.code != exitFailed || !strings.Contains(r.stderr, "none.txt") {
			t.Errorf("status %d, stderr %q", r.code, r.stderr)
		}
	})
	t.Run("no date: times stay unresolved", func(t *testing.T) {
		if _, err := db.Query(t.Context(), "MATCH (n) DETACH DELETE n"); err != nil {
			t.Fatal(err)
		}
		if r := with(t, db, meeting(1), "build", "-"); r.code != exitDone {
			t.Fatal(r.stderr)
		}
		if n := count(t, db, "MATCH (s:Statement {relation: 'meets'}) RETURN count(s)"); n != 1 {
			t.Errorf("%d meetings, want 1", n)
		}
		if n := count(t, db, "MATCH (s:Statement) WHERE s.start IS NOT NULL RETURN count(s)"); n != 0 {
			t.Errorf("%d statements have a day", n)
		}
	})
	t.Run("bad flags", func(t *testing.T) {
		for _, args := range [][]string{{"build"}, {"build", "x", "--published", "27/10/2025"}, {"build", "x", "--batch", "0"}, {"build", "x", "--min-confidence", "7"}} {
			if r := with(t, db, "", args...); r.code != exitUsage {
				t.Errorf("%q: status %d, %s", args, r.code, r.stderr)
			}
		}
	})
}

func TestBuildGoesOnAfterCtrlC(t *testing.T) {
	db := localdbtest.Fresh(t)
	file := write(t, "in.jsonl", []byte(strings.Join(jsonl(40), "\n")))
	password := write(t, "password", []byte(db.Password))
	args := []string{"entente", "build", file, "--batch", "10", "--workers", "1", "--json", "--uri", db.URI, "--password-file", password}
	t.Setenv("ENTENTE_DATA_DIR", t.TempDir())

	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var stdout, stderr bytes.Buffer
	// The first batch is told of on stdout: Ctrl-C comes then.
	code := run(ctx, args, strings.NewReader(""), writerFunc(func(p []byte) (int, error) { cancel(); return stdout.Write(p) }), &stderr)
	if code != exitFailed || !strings.Contains(stderr.String(), "interrupted") || !strings.Contains(stderr.String(), "the same command goes on") {
		t.Errorf("status %d, stderr %q", code, stderr.String())
	}
	if n := count(t, db, "MATCH (d:Document) RETURN count(d)"); n != 10 {
		t.Errorf("%d documents in the graph, want the first batch of 10", n)
	}
	if code := run(t.Context(), args, strings.NewReader(""), io.Discard, &stderr); code != exitDone {
		t.Errorf("again: status %d, stderr %q", code, stderr.String())
	}
	if n := count(t, db, "MATCH (d:Document) RETURN count(d)"); n != 40 {
		t.Errorf("%d documents in the graph, want 40", n)
	}
}

type writerFunc func(p []byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

func TestConnectionFaults(t *testing.T) {
	article := write(t, "article.txt", []byte(meeting(1)))
	t.Run("unreachable", func(t *testing.T) {
		port, _, err := localdb.FreePorts()
		if err != nil {
			t.Fatal(err)
		}
		r := withPassword(t, "x", "", "build", article, "--uri", fmt.Sprint("bolt://127.0.0.1:", port))
		if r.code != exitFailed || !strings.Contains(r.stderr, "no Neo4j answers") || !strings.Contains(r.stderr, "entente neo4j start") {
			t.Errorf("status %d, stderr %q", r.code, r.stderr)
		}
	})
	t.Run("wrong password", func(t *testing.T) {
		db := localdbtest.Shared(t)
		r := withPassword(t, "not the password", "", "build", article, "--uri", db.URI)
		if r.code != exitUsage || !strings.Contains(r.stderr, "refused") || strings.Contains(r.stderr, "not the password") {
			t.Errorf("status %d, stderr %q", r.code, r.stderr)
		}
	})
	t.Run("no such database", func(t *testing.T) {
		db := localdbtest.Shared(t)
		r := with(t, db, "", "build", article, "--database", "news")
		if r.code != exitUsage || !strings.Contains(r.stderr, "no such database") {
			t.Errorf("status %d, stderr %q", r.code, r.stderr)
		}
	})
	t.Run("an old server", func(t *testing.T) {
		r := withPassword(t, "x", "", "build", article, "--uri", oldServer(t))
		if r.code == exitDone || !strings.Contains(r.stderr, "4.4.30") || !strings.Contains(r.stderr, "5.26") {
			t.Errorf("status %d, stderr %q", r.code, r.stderr)
		}
	})
	t.Run("no server at all", func(t *testing.T) {
		r := entente(t, "", "build", article)
		if r.code != exitUsage || !strings.Contains(r.stderr, "entente neo4j start") || !strings.Contains(r.stderr, "NEO4J_URI") {
			t.Errorf("status %d, stderr %q", r.code, r.stderr)
		}
	})
	t.Run("a dry run needs none", func(t *testing.T) {
		r := entente(t, "", "build", article, "--dry-run")
		if r.code != exitDone || !strings.Contains(r.stderr, "statements +") {
			t.Errorf("status %d, stderr %q", r.code, r.stderr)
		}
	})
}

// oldServer speaks just enough Bolt 4.4 to say that it is Neo4j 4.4.30.
func oldServer(t *testing.T) (uri string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go speakBolt(conn)
		}
	}()
	return "bolt://" + l.Addr().String()
}

func speakBolt(conn net.Conn) {
	defer conn.Close()
	var handshake [20]byte
	if _, err := io.ReadFull(conn, handshake[:]); err != nil {
		return
	}
	conn.Write([]byte{0, 0, 4, 4})
	text := func(s string) string { return string([]byte{0x80 | byte(len(s))}) + s } // fewer than 16 bytes
	success := func(m string) string { return "\xB1\x70" + m }
	for {
		signature, err := readBolt(conn)
		if err != nil {
			return
		}
		replies := []string{success("\xA0")}
		switch signature {
		case 0x01: // HELLO
			replies = []string{success("\xA2" + text("server") + text("Neo4j/4.4.30") + text("connection_id") + text("bolt-1"))}
		case 0x10: // RUN
			replies = []string{success("\xA1" + text("fields") + "\x92" + text("version") + text("edition"))}
		case 0x3F: // PULL
			replies = []string{"\xB1\x71\x92" + text("4.4.30") + text("community"), success("\xA1" + text("type") + text("r"))}
		case 0x02: // GOODBYE
			return
		}
		for _, r := range replies {
			out := binary.BigEndian.AppendUint16(nil, uint16(len(r)))
			conn.Write(append(append(out, r...), 0, 0))
		}
	}
}

// readBolt is the signature of the next message, whose chunks it reads.
func readBolt(r io.Reader) (signature byte, err error) {
	var message []byte
	for {
		var size [2]byte
		if _, err := io.ReadFull(r, size[:]); err != nil {
			return 0, err
		}
		n := binary.BigEndian.Uint16(size[:])
		if n == 0 && len(message) > 1 {
			return message[1], nil
		}
		chunk := make([]byte, n)
		if _, err := io.ReadFull(r, chunk); err != nil {
			return 0, err
		}
		message = append(message, chunk...)
	}
}
