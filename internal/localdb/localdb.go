// Package localdb starts and stops a real Neo4j on this machine for people (and tests) without one: the Community server
// that its makers publish, resolved by Maven and run by Java, or their image run by a container engine.
//
// The server listens on the loopback interface only, asks for a generated password that is kept in a file only its owner
// can read, and keeps everything under one folder (Options.Dir). It outlives the program that started it, unless
// Options.Temporary asks otherwise. All functions are safe to call from several processes at once: a lock file in the folder
// puts them in order.
package localdb

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

// Version is the version of the server, long-term support.
const Version = "5.26.30"

// Username is the only user of a local server.
const Username = "neo4j"

// ErrNotRunning says that no local server of ours runs.
var ErrNotRunning = errors.New("no local Neo4j is running")

// Engine is what runs the server.
type Engine string

// The engines. Auto takes Java where a fitting one and Maven (or an earlier installation) are found, else a container
// engine that answers.
const (
	Auto      Engine = "auto"
	Java      Engine = "java"
	Container Engine = "container"
)

// Options say where and how to run a server. Only Dir is required.
type Options struct {
	// Dir is the absolute path of the folder that holds the server: its data, configuration, logs, password and state.
	Dir string
	// Install is the absolute path of the folder that the server's programs (140 MB) are copied to once; several servers
	// may share one. Default: Dir.
	Install string
	// Bolt and HTTP are the ports, 1–65535. Default: 7687 and 7474. FreePorts finds others.
	Bolt, HTTP int
	// HeapMiB bounds the Java heap, in MiB, at least 128. Default: 512.
	HeapMiB int
	// PageCacheMiB is how much of the data the server keeps in memory besides the heap, in MiB. Default: a quarter of the
	// heap, at least 64. Of a graph that does not fit into it, every look-up may read the disk.
	PageCacheMiB int
	// With chooses the engine. Default: Auto.
	With Engine
	// JavaHome is searched for bin/java before the PATH is. Default: none.
	JavaHome string
	// Temporary ends the server and deletes Dir when the calling process ends, however that happens. For tests; needs a
	// POSIX shell.
	Temporary bool
	// Timeout bounds the wait for the server's first answer. Default: 3 minutes. It does not bound the download.
	Timeout time.Duration
	// Say is told what is being done, a line at a time without its end. Default: nobody.
	Say func(line string)
}

// EnsureDefaults fills every field that was left at its zero value.
func (o *Options) EnsureDefaults() {
	if o.Install == "" {
		o.Install = o.Dir
	}
	if o.Bolt == 0 {
		o.Bolt = 7687
	}
	if o.HTTP == 0 {
		o.HTTP = 7474
	}
	if o.HeapMiB == 0 {
		o.HeapMiB = 512
	}
	if o.PageCacheMiB == 0 {
		o.PageCacheMiB = max(64, o.HeapMiB/4)
	}
	if o.With == "" {
		o.With = Auto
	}
	if o.Timeout == 0 {
		o.Timeout = 3 * time.Minute
	}
	if o.Say == nil {
		o.Say = func(string) {}
	}
}

// Validate reports every fault of the options.
func (o *Options) Validate() error {
	var faults []error
	fault := func(format string, a ...any) { faults = append(faults, fmt.Errorf("localdb: "+format, a...)) }
	if !filepath.IsAbs(o.Dir) {
		fault("Dir is %q, want an absolute path", o.Dir)
	}
	if !filepath.IsAbs(o.Install) {
		fault("Install is %q, want an absolute path", o.Install)
	}
	for _, p := range o.ports() {
		if p.Port < 1 || p.Port > 65535 {
			fault("the port %s is %d, want 1 to 65535", p.Name, p.Port)
		}
	}
	if o.Bolt == o.HTTP {
		fault("Bolt and HTTP are both port %d, want two ports", o.Bolt)
	}
	if o.HeapMiB < 128 {
		fault("HeapMiB is %d, want at least 128", o.HeapMiB)
	}
	if o.PageCacheMiB < 8 {
		fault("PageCacheMiB is %d, want at least 8", o.PageCacheMiB)
	}
	if o.With != Auto && o.With != Java && o.With != Container {
		fault("With is %q, want %q, %q or %q", o.With, Auto, Java, Container)
	}
	return errors.Join(faults...)
}

// Server is a running local server.
type Server struct {
	// PID is the process id of the server, or of the client that holds its container.
	PID int `json:"pid"`
	// With is the engine that runs it, never Auto.
	With Engine `json:"with"`
	// Bolt and HTTP are its ports on 127.0.0.1.
	Bolt int `json:"bolt"`
	HTTP int `json:"http"`
	// Started is when it was started.
	Started time.Time `json:"started"`
	// Mark is an argument of the process's command line that no other process has.
	Mark string `json:"mark"`

	dir string
}

// URI is the address for a driver. It is a bolt address: there is one server, nothing to route.
func (s *Server) URI() string { return "bolt://127.0.0.1:" + strconv.Itoa(s.Bolt) }

// Browser is the address of Neo4j Browser.
func (s *Server) Browser() string { return fmt.Sprintf("http://localhost:%d/browser/", s.HTTP) }

// PasswordFile is the file that holds the password, readable by its owner only.
func (s *Server) PasswordFile() string { return filepath.Join(s.dir, "password") }

// LogFile is the server's own log.
func (s *Server) LogFile() string { return layout(s.dir).log() }

// Password reads the password.
func (s *Server) Password() (string, error) {
	b, err := os.ReadFile(s.PasswordFile())
	if err != nil {
		return "", fmt.Errorf("localdb: password of the local Neo4j: %w", err)
	}
	return strings.TrimSpace(string(b)), nil
}

// layout names the files under Options.Dir.
type layout string

func (l layout) state() string    { return filepath.Join(string(l), "state.json") }
func (l layout) lock() string     { return filepath.Join(string(l), "lock") }
func (l layout) password() string { return filepath.Join(string(l), "password") }
func (l layout) home() string     { return filepath.Join(string(l), "home") }
func (l layout) conf() string     { return filepath.Join(string(l), "home", "conf") }
func (l layout) auth() string     { return filepath.Join(string(l), "home", "data", "dbms", "auth.ini") }
func (l layout) stores() string   { return filepath.Join(string(l), "home", "data", "databases") }
func (l layout) log() string      { return filepath.Join(string(l), "home", "logs", "neo4j.log") }
func (l layout) console() string  { return filepath.Join(string(l), "console.log") }

// Status is the running server of the folder dir, or ErrNotRunning. A state that a server which is gone left behind
// counts as not running, also when its process id has been given to another process since.
func Status(dir string) (*Server, error) {
	b, err := os.ReadFile(layout(dir).state())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNotRunning
	}
	if err != nil {
		return nil, fmt.Errorf("localdb: %w", err)
	}
	s := &Server{dir: dir}
	if err := json.Unmarshal(b, s); err != nil || s.PID <= 1 || s.Mark == "" {
		return nil, fmt.Errorf("localdb: %s: not a state that entente wrote; end the server by hand and delete the file", layout(dir).state())
	}
	if !runs(s.PID, s.Mark) {
		return nil, ErrNotRunning
	}
	return s, nil
}

// Start starts a server, or finds the one of the folder running, and returns when it answers. When it does not come up
// it is ended, and the error holds the last lines of its log.
func Start(ctx context.Context, o Options) (*Server, error) {
	o.EnsureDefaults()
	if err := o.Validate(); err != nil {
		return nil, err
	}
	unlock, err := hold(ctx, o.Dir)
	if err != nil {
		return nil, err
	}
	defer unlock()
	s, err := Status(o.Dir)
	if err == nil {
		return s, waitForAnswer(ctx, s.Bolt, s.HTTP, o.Timeout, nil)
	}
	if !errors.Is(err, ErrNotRunning) {
		return nil, err
	}
	for _, p := range o.ports() {
		if err := p.taken(); err != nil {
			return nil, err
		}
	}
	password, err := ensurePassword(o.Dir)
	if err != nil {
		return nil, err
	}
	start, err := engine(ctx, &o, password)
	if err != nil {
		return nil, err
	}
	return launch(ctx, o, start)
}

// Stop ends the server of the folder dir and waits until it is gone. ErrNotRunning when there is none.
func Stop(ctx context.Context, dir string) error {
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return ErrNotRunning
	}
	unlock, err := hold(ctx, dir)
	if err != nil {
		return err
	}
	defer unlock()
	s, err := Status(dir)
	if err != nil {
		return err
	}
	if err := s.end(ctx); err != nil {
		return err
	}
	return os.Remove(layout(dir).state())
}

// FreePorts are two TCP ports of the loopback interface that nothing listened on a moment ago.
func FreePorts() (bolt, http int, err error) {
	a, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, 0, fmt.Errorf("localdb: no free port: %w", err)
	}
	defer a.Close()
	b, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, 0, fmt.Errorf("localdb: no free port: %w", err)
	}
	defer b.Close()
	return a.Addr().(*net.TCPAddr).Port, b.Addr().(*net.TCPAddr).Port, nil
}

// PortError says that a port is taken.
type PortError struct {
	Name string // Bolt or HTTP
	Port int
}

func (o *Options) ports() []PortError { return []PortError{{"Bolt", o.Bolt}, {"HTTP", o.HTTP}} }

func (e *PortError) Error() string {
	return fmt.Sprintf("port %d (%s) is taken, maybe by another Neo4j: stop that, choose another port, or use it as it is by NEO4J_URI, NEO4J_USERNAME and NEO4J_PASSWORD",
		e.Port, e.Name)
}

func (e PortError) taken() error {
	l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(e.Port)))
	if err != nil {
		return &e
	}
	return l.Close()
}

func hold(ctx context.Context, dir string) (unlock func(), err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("localdb: %w", err)
	}
	lock := flock.New(layout(dir).lock())
	if _, err := lock.TryLockContext(ctx, 50*time.Millisecond); err != nil {
		return nil, fmt.Errorf("localdb: waiting for another entente that starts or stops the server in %s: %w", dir, err)
	}
	return func() { _ = lock.Unlock() }, nil
}

// ensurePassword is the password of the folder's server, made on the first start. A server that has data already takes no
// new one, so a lost file is an error.
func ensurePassword(dir string) (string, error) {
	l := layout(dir)
	b, err := os.ReadFile(l.password())
	if err == nil && strings.TrimSpace(string(b)) != "" {
		return strings.TrimSpace(string(b)), nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("localdb: %w", err)
	}
	if _, err := os.Stat(l.stores()); err == nil {
		return "", fmt.Errorf("localdb: %s is gone, and the server's data in %s cannot be opened without it: restore the file, or delete %[2]s and build the graph again",
			l.password(), l.home())
	}
	password := rand.Text()
	return password, writeFile(l.password(), password+"\n")
}

// writeFile replaces a file in one step, so that whoever reads it sees the old or the new one; only its owner may.
func writeFile(name, content string) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return fmt.Errorf("localdb: %w", err)
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".new-*") // mode 0600
	if err != nil {
		return fmt.Errorf("localdb: %w", err)
	}
	defer os.Remove(f.Name())
	if _, err := f.WriteString(content); err != nil {
		f.Close()
		return fmt.Errorf("localdb: %w", err)
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("localdb: %w", err)
	}
	if err := os.Rename(f.Name(), name); err != nil {
		return fmt.Errorf("localdb: %w", err)
	}
	return nil
}
