package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestWatchAsAProcess watches without a server: the log, health, metrics, --check, and the end by a signal.
func TestWatchAsAProcess(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	listen := l.Addr().String()
	l.Close()
	dir := t.TempDir()
	save(t, filepath.Join(dir, "articles", "a.txt"), "フランスのジャン・デュポン外相は1日、ベトナムを訪問した。")
	config := filepath.Join(dir, "entente.yaml")
	save(t, config, fmt.Sprintf("sources: [{name: articles, path: articles}]\nwatch: {cron: '@every 1h', listen: %q, stop: 20s}\n", listen))
	if code, _, stderr := program(t, "watch", "--check", "--config", config); code != exitFailed || !strings.Contains(stderr, "no entente watch answers") {
		t.Errorf("nobody watches: exit %d: %s", code, stderr)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, "watch", "--now", "--config", config)
	cmd.Env = append(os.Environ(), asProgram+"=1", "NEO4J_URI=bolt://127.0.0.1:1", "NEO4J_PASSWORD=password")
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Process.Kill()
	var messages []string
	type line struct{ Time, Level, Msg, Error string }
	next := bufio.NewScanner(stderr)
	read := func(until string) line {
		t.Helper()
		for next.Scan() {
			var l line
			if err := json.Unmarshal(next.Bytes(), &l); err != nil || l.Time == "" || l.Level == "" {
				t.Errorf("a line of the log is no record: %s", next.Text())
			}
			messages = append(messages, l.Msg)
			if l.Msg == until {
				return l
			}
		}
		t.Fatalf("the log ended without %q: %q", until, messages)
		return line{}
	}
	read("watching")
	if failed := read("refresh failed"); !strings.Contains(failed.Error, "no Neo4j answers") {
		t.Errorf("%+v", failed)
	}
	if code, stdout, _ := program(t, "watch", "--check", "--config", config); code != exitFailed || !strings.Contains(stdout, `"ok":false`) {
		t.Errorf("after a failed run: exit %d: %s", code, stdout)
	}
	resp, err := http.Get("http://" + listen + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	metrics, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	if err != nil || !strings.Contains(string(metrics), "entente_pending_documents 1\n") || !strings.Contains(string(metrics), `entente_refresh_runs_total{outcome="failed"} 1`) {
		t.Errorf("%v\n%s", err, metrics)
	}
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	read("stopped")
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("after SIGTERM: %v", err)
		}
	case <-time.After(30 * time.Second):
		t.Error("SIGTERM did not end it")
	}
}
