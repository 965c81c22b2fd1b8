package localdb

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// command is how an engine runs the server in the foreground.
type command struct {
	with Engine
	path string
	args []string
	env  []string // added to the environment
	mark string   // the one of args that tells this process from all others
}

// launch runs the command, writes the state, and waits for the server's first answer.
func launch(ctx context.Context, o Options, c command) (*Server, error) {
	l := layout(o.Dir)
	console, err := os.OpenFile(l.console(), os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("localdb: %w", err)
	}
	defer console.Close()
	_ = os.Remove(l.log()) // what an error quotes is of this start

	cmd := exec.Command(c.path, c.args...) // not CommandContext: the server outlives us
	cmd.Dir = o.Dir
	cmd.Env = append(os.Environ(), c.env...)
	cmd.Stdout, cmd.Stderr = console, console
	detach(cmd)
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("localdb: %s: %w", c.path, err)
	}
	s := &Server{
		PID: cmd.Process.Pid, With: c.with, Bolt: o.Bolt, HTTP: o.HTTP,
		Started: time.Now().UTC().Truncate(time.Second), Mark: c.mark, dir: o.Dir,
	}
	gone := make(chan struct{})
	go func() {
		_ = cmd.Wait() // why it ended stands in its log
		close(gone)
	}()
	err = s.writeState()
	if err == nil && o.Temporary {
		err = tie(s.PID, s.Mark, o.Dir)
	}
	if err == nil {
		o.Say(fmt.Sprintf("starting Neo4j %s (%s) on ports %d and %d …", Version, c.with, o.Bolt, o.HTTP))
		err = waitForAnswer(ctx, o.Bolt, o.HTTP, o.Timeout, gone)
	}
	if err == nil {
		return s, nil
	}
	tail := logTail(l, 15)
	// The caller's context may be why we are here.
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
	defer cancel()
	if endErr := s.end(ending); endErr != nil {
		err = errors.Join(err, endErr)
	}
	_ = os.Remove(l.state())
	return nil, fmt.Errorf("localdb: Neo4j did not come up: %w%s", err, tail)
}

func (s *Server) writeState() error {
	b, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return fmt.Errorf("localdb: %w", err)
	}
	return writeFile(layout(s.dir).state(), string(b)+"\n")
}

// end asks the server to stop and waits until its process is gone. After 30 seconds, or when ctx is done, it is killed.
// A process that is not ours any more is left alone.
func (s *Server) end(ctx context.Context) error {
	if !runs(s.PID, s.Mark) {
		return nil
	}
	if err := terminate(s.PID); err != nil {
		return fmt.Errorf("localdb: stop process %d: %w", s.PID, err)
	}
	patience := time.NewTimer(30 * time.Second)
	defer patience.Stop()
	for {
		select {
		case <-ctx.Done():
		case <-patience.C:
		case <-time.After(50 * time.Millisecond):
			if !runs(s.PID, s.Mark) {
				return nil
			}
			continue
		}
		break
	}
	if runs(s.PID, s.Mark) {
		if err := kill(s.PID); err != nil {
			return fmt.Errorf("localdb: kill process %d: %w", s.PID, err)
		}
	}
	return nil
}

var errGone = errors.New("the server ended by itself")

// waitForAnswer waits until the server speaks Bolt on the one port and HTTP on the other, which it opens last. A close of
// gone ends the wait.
func waitForAnswer(ctx context.Context, bolt, web int, timeout time.Duration, gone <-chan struct{}) error {
	ctx, cancel := context.WithTimeoutCause(ctx, timeout, fmt.Errorf("no answer on ports %d and %d within %v", bolt, web, timeout))
	defer cancel()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		if boltAnswers(ctx, bolt) && httpAnswers(ctx, web) {
			return nil
		}
		select {
		case <-gone:
			return errGone
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-tick.C:
		}
	}
}

// boltAnswers does the Bolt handshake: a magic number and four proposed versions, of which the server picks one.
func boltAnswers(ctx context.Context, port int) bool {
	var d net.Dialer
	d.Timeout = 2 * time.Second
	conn, err := d.DialContext(ctx, "tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return false
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(2 * time.Second))
	handshake := []byte{0x60, 0x60, 0xB0, 0x17, 0, 4, 4, 5, 0, 0, 4, 4, 0, 0, 0, 4, 0, 0, 0, 3}
	if _, err := conn.Write(handshake); err != nil {
		return false
	}
	var picked [4]byte
	_, err = io.ReadFull(conn, picked[:])
	return err == nil && picked != [4]byte{} && string(picked[:]) != "HTTP"
}

func httpAnswers(ctx context.Context, port int) bool {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://127.0.0.1:"+strconv.Itoa(port)+"/", nil)
	if err != nil {
		return false
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		return false
	}
	resp.Body.Close()
	return resp.StatusCode == http.StatusOK
}

// logTail is the end of what the server wrote, ready to follow an error, or a hint where that is kept.
func logTail(l layout, lines int) string {
	var b strings.Builder
	for _, name := range []string{l.console(), l.log()} {
		last := lastLines(name, lines)
		if len(last) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\nlast lines of %s:\n  %s", name, strings.Join(last, "\n  "))
	}
	return b.String()
}

func lastLines(name string, n int) []string {
	f, err := os.Open(name)
	if err != nil {
		return nil
	}
	defer f.Close()
	var last []string
	in := bufio.NewScanner(f)
	for in.Scan() {
		if last = append(last, in.Text()); len(last) > n {
			last = last[1:]
		}
	}
	return last
}
