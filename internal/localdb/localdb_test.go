package localdb_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/entente-kg/entente/internal/localdb"
)

// programs makes a PATH of shell scripts that stand for java, mvn and docker; a name that is not given is not there.
func programs(t *testing.T, scripts map[string]string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the stand-ins are shell scripts")
	}
	dir := t.TempDir()
	for name, script := range scripts {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+script+"\n"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir)
}

const (
	java17 = `echo 'openjdk version "17.0.15" 2025-04-15' >&2`
	java8  = `echo 'java version "1.8.0_402"' >&2`
	java11 = `echo 'openjdk version "11.0.23" 2024-04-16' >&2`
	maven3 = `echo 'Apache Maven 3.8.7'`
	// An engine that is there and one whose daemon is not.
	docker     = `[ "$1" = version ] && echo 28.2.2`
	deadDocker = `echo 'Cannot connect to the Docker daemon' >&2; exit 1`
)

func TestReady(t *testing.T) {
	for _, c := range []struct {
		name    string
		scripts map[string]string
		with    localdb.Engine
		want    []string // parts of the error; none: ready
	}{
		{"nothing", nil, localdb.Auto, []string{"no Java", "install Java 17 or newer and Maven", "no container engine", "Docker or Podman"}},
		{"Java 8", map[string]string{"java": java8, "mvn": maven3}, localdb.Java, []string{"Java is too old", "1.8.0_402", "needs 17", "JAVA_HOME"}},
		{"Java 11", map[string]string{"java": java11, "mvn": maven3}, localdb.Java, []string{"Java is too old", "11.0.23"}},
		{"a java that only says where to get one", map[string]string{"java": "echo 'Unable to locate a Java Runtime.' >&2; exit 1", "mvn": maven3}, localdb.Java, []string{"no Java", "gives no version"}},
		{"no Maven", map[string]string{"java": java17}, localdb.Java, []string{"no Maven", "apt install maven"}},
		{"Java and Maven", map[string]string{"java": java17, "mvn": maven3}, localdb.Auto, nil},
		{"a container engine only", map[string]string{"docker": docker}, localdb.Auto, nil},
		{"a container engine, Java wanted", map[string]string{"docker": docker}, localdb.Java, []string{"no Java"}},
		{"a dead container engine", map[string]string{"docker": deadDocker}, localdb.Container, []string{"docker is there, but its engine does not answer"}},
		{"podman after a dead docker", map[string]string{"docker": deadDocker, "podman": docker}, localdb.Container, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			programs(t, c.scripts)
			err := localdb.Ready(t.Context(), localdb.Options{Dir: t.TempDir(), With: c.with})
			if len(c.want) == 0 {
				if err != nil {
					t.Errorf("not ready: %v", err)
				}
				return
			}
			if missing := (*localdb.MissingError)(nil); !errors.As(err, &missing) {
				t.Fatalf("error %v is no MissingError", err)
			}
			for _, want := range c.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("the error %q does not say %q", err, want)
				}
			}
		})
	}
}

func TestProbeNamesEverythingInOrder(t *testing.T) {
	programs(t, map[string]string{"java": java17, "docker": docker})
	var got []string
	for _, f := range localdb.Probe(t.Context(), localdb.Options{Dir: t.TempDir()}) {
		got = append(got, f.Name+"/"+f.Version)
		if (f.Version == "") != (f.Fault != "") {
			t.Errorf("%s: version %q and fault %q", f.Name, f.Version, f.Fault)
		}
	}
	if s := strings.Join(got, ", "); s != "java/17.0.15, maven/, neo4j/, container engine/docker 28.2.2" {
		t.Errorf("found %s", s)
	}
}

func TestOptionsReportEveryFault(t *testing.T) {
	o := localdb.Options{Dir: "relative", Bolt: 70000, HTTP: 70000, HeapMiB: 1, PageCacheMiB: 1, With: "wine"}
	o.EnsureDefaults()
	err := o.Validate()
	for _, want := range []string{"Dir", "Install", "port Bolt", "port HTTP", "two ports", "HeapMiB", "PageCacheMiB", `With is "wine"`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v does not name %s", err, want)
		}
	}
}

func TestStartNamesThePortThatIsTaken(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	taken := l.Addr().(*net.TCPAddr).Port
	_, other, _ := localdb.FreePorts()
	_, err = localdb.Start(t.Context(), localdb.Options{Dir: t.TempDir(), Bolt: other, HTTP: taken})
	if port := (*localdb.PortError)(nil); !errors.As(err, &port) || port.Port != taken || port.Name != "HTTP" {
		t.Errorf("error %v, want a PortError of HTTP port %d", err, taken)
	}
}

// installedBy pretends that the server's programs are installed, so that only the java script runs.
func installedBy(t *testing.T, javaRun string) localdb.Options {
	t.Helper()
	programs(t, map[string]string{
		"java":  `if [ "$1" = -version ]; then ` + java17 + `; exit; fi` + "\n" + javaRun,
		"sleep": `exec /bin/sleep "$@"`,
	})
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "neo4j-"+localdb.Version), 0o700); err != nil {
		t.Fatal(err)
	}
	o := localdb.Options{Dir: dir, With: localdb.Java, Timeout: time.Minute}
	var err error
	if o.Bolt, o.HTTP, err = localdb.FreePorts(); err != nil {
		t.Fatal(err)
	}
	return o
}

func TestStartQuotesTheLogOfAServerThatDied(t *testing.T) {
	o := installedBy(t, `echo 'java.lang.OutOfMemoryError: no room' >&2; exit 3`)
	_, err := localdb.Start(t.Context(), o)
	if err == nil || !strings.Contains(err.Error(), "ended by itself") || !strings.Contains(err.Error(), "OutOfMemoryError: no room") {
		t.Errorf("error %v, want that it ended by itself, with the last line of its log", err)
	}
	if _, err := localdb.Status(o.Dir); !errors.Is(err, localdb.ErrNotRunning) {
		t.Errorf("status %v, want %v", err, localdb.ErrNotRunning)
	}
}

func TestStartEndsAServerThatDoesNotAnswer(t *testing.T) {
	o := installedBy(t, `while :; do sleep 1; done`)
	o.Timeout = time.Second
	_, err := localdb.Start(t.Context(), o)
	if err == nil || !strings.Contains(err.Error(), "no answer on ports") {
		t.Errorf("error %v, want that there was no answer", err)
	}
	if _, err := localdb.Status(o.Dir); !errors.Is(err, localdb.ErrNotRunning) {
		t.Errorf("status %v: the server was left running", err)
	}
}

func TestStartIsCancelled(t *testing.T) {
	o := installedBy(t, `while :; do sleep 1; done`)
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	if _, err := localdb.Start(ctx, o); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v, want %v", err, context.DeadlineExceeded)
	}
	if _, err := localdb.Status(o.Dir); !errors.Is(err, localdb.ErrNotRunning) {
		t.Errorf("status %v: the server was left running", err)
	}
}

func TestAStrangersProcessIsLeftAlone(t *testing.T) {
	stranger := exec.Command("sleep", "60")
	if err := stranger.Start(); err != nil {
		t.Skip(err)
	}
	defer stranger.Wait()
	defer stranger.Process.Kill()
	dir := t.TempDir()
	state := fmt.Sprintf(`{"pid": %d, "with": "java", "bolt": 1, "http": 2, "mark": "--home-dir=%s/home"}`, stranger.Process.Pid, dir)
	if err := os.WriteFile(filepath.Join(dir, "state.json"), []byte(state), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := localdb.Stop(t.Context(), dir); !errors.Is(err, localdb.ErrNotRunning) {
		t.Errorf("Stop: %v, want %v", err, localdb.ErrNotRunning)
	}
	if err := stranger.Process.Signal(syscall.Signal(0)); err != nil {
		t.Error("the process that got the old process id was ended")
	}
}

func TestALostPasswordIsNotReplaced(t *testing.T) {
	o := installedBy(t, `exit 1`)
	if err := os.MkdirAll(filepath.Join(o.Dir, "home", "data", "databases"), 0o700); err != nil {
		t.Fatal(err)
	}
	_, err := localdb.Start(t.Context(), o)
	if err == nil || !strings.Contains(err.Error(), "password") || !strings.Contains(err.Error(), "restore the file") {
		t.Errorf("error %v, want that the password is gone and what to do", err)
	}
}

// TestLife starts, finds, stops and starts again a real server, and looks at it from outside.
func TestLife(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a server")
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	o := localdb.Options{Dir: filepath.Join(t.TempDir(), "a folder"), Install: filepath.Join(cache, "entente"), HeapMiB: 256, JavaHome: os.Getenv("JAVA_HOME")}
	if err := localdb.Ready(t.Context(), o); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	if o.Bolt, o.HTTP, err = localdb.FreePorts(); err != nil {
		t.Fatal(err)
	}
	s, err := localdb.Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = localdb.Stop(context.Background(), o.Dir) })
	password, err := s.Password()
	if err != nil {
		t.Fatal(err)
	}

	t.Run("the password is its owner's only", func(t *testing.T) {
		info, err := os.Stat(s.PasswordFile())
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("mode %v (%v), want 0600", info.Mode().Perm(), err)
		}
		if len(password) < 20 {
			t.Errorf("the password has %d letters", len(password))
		}
	})
	t.Run("it is asked for", func(t *testing.T) {
		for user, want := range map[string]int{"": 401, "neo4j": 401, password: 200} {
			req, _ := http.NewRequest(http.MethodPost, fmt.Sprintf("http://127.0.0.1:%d/db/neo4j/tx/commit", o.HTTP), strings.NewReader(`{"statements":[]}`))
			req.Header.Set("Content-Type", "application/json")
			if user != "" {
				req.SetBasicAuth(localdb.Username, user)
			}
			resp, err := http.DefaultClient.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			resp.Body.Close()
			if resp.StatusCode != want {
				t.Errorf("status %d, want %d", resp.StatusCode, want)
			}
		}
	})
	t.Run("Browser is served", func(t *testing.T) {
		resp, err := http.Get(s.Browser())
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusOK {
			t.Errorf("status %d", resp.StatusCode)
		}
	})
	t.Run("no other address is", func(t *testing.T) {
		addrs, err := net.InterfaceAddrs()
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range addrs {
			ip, ok := a.(*net.IPNet)
			if !ok || ip.IP.IsLoopback() || ip.IP.To4() == nil {
				continue
			}
			for _, port := range []int{o.Bolt, o.HTTP} {
				if conn, err := net.DialTimeout("tcp", fmt.Sprintf("%s:%d", ip.IP, port), time.Second); err == nil {
					conn.Close()
					t.Errorf("port %d answers on %s", port, ip.IP)
				}
			}
		}
	})
	t.Run("a second start finds it", func(t *testing.T) {
		again, err := localdb.Start(t.Context(), localdb.Options{Dir: o.Dir, Install: o.Install})
		if err != nil || again.PID != s.PID || again.Bolt != o.Bolt {
			t.Errorf("%+v, %v; want process %d on port %d", again, err, s.PID, o.Bolt)
		}
	})
	t.Run("it stops, and starts again with its password", func(t *testing.T) {
		if err := localdb.Stop(t.Context(), o.Dir); err != nil {
			t.Fatal(err)
		}
		if err := localdb.Stop(t.Context(), o.Dir); !errors.Is(err, localdb.ErrNotRunning) {
			t.Errorf("second Stop: %v, want %v", err, localdb.ErrNotRunning)
		}
		s, err := localdb.Start(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		if again, _ := s.Password(); again != password {
			t.Error("the password changed")
		}
	})
}
