package web

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}

// fast are options for a server of the test's own.
func fast() Options {
	return Options{Allow: loopback, Interval: -1, Backoff: time.Millisecond, Timeout: 5 * time.Second, MaxBytes: 1 << 16}
}

func client(t *testing.T, o Options) *Client {
	t.Helper()
	c, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func serve(t *testing.T, routes map[string]http.HandlerFunc) string {
	t.Helper()
	mux := http.NewServeMux()
	for path, f := range routes {
		mux.HandleFunc(path, f)
	}
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s.URL
}

func TestGetIsConditional(t *testing.T) {
	at := serve(t, map[string]http.HandlerFunc{"/a": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"v1"`)
		w.Header().Set("Last-Modified", "Sat, 01 Mar 2025 12:00:00 GMT")
		if r.Header.Get("If-None-Match") == `"v1"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		fmt.Fprint(w, "本文")
	}})
	c := client(t, fast())
	first, err := c.Get(t.Context(), at+"/a", "", "")
	if err != nil || string(first.Body) != "本文" || first.ETag != `"v1"` {
		t.Fatalf("%+v, %v", first, err)
	}
	again, err := c.Get(t.Context(), at+"/a", first.ETag, first.Modified)
	if err != nil || !again.NotModified || len(again.Body) != 0 || again.ETag != `"v1"` {
		t.Errorf("again: %+v, %v", again, err)
	}
}

func TestGetSaysWhoItIs(t *testing.T) {
	var agents []string
	at := serve(t, map[string]http.HandlerFunc{"/": func(w http.ResponseWriter, r *http.Request) { agents = append(agents, r.UserAgent()) }})
	if _, err := client(t, fast()).Get(t.Context(), at+"/x", "", ""); err != nil {
		t.Fatal(err)
	}
	for _, a := range agents {
		if a != DefaultUserAgent {
			t.Errorf("user agent %q", a)
		}
	}
	if len(agents) != 2 {
		t.Errorf("%d requests, want robots.txt and the page", len(agents))
	}
}

func TestGetFails(t *testing.T) {
	at := serve(t, map[string]http.HandlerFunc{
		"/gone":    func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusGone) },
		"/missing": http.NotFound,
		"/denied":  func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) },
		"/broken":  func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) },
		"/loop":    func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", http.StatusFound) },
		"/file": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
		},
		"/large":    func(w http.ResponseWriter, _ *http.Request) { w.Write(make([]byte, 1<<17)) },
		"/declared": func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Length", "9999999999") },
		"/bomb": func(w http.ResponseWriter, _ *http.Request) {
			var b bytes.Buffer
			z := gzip.NewWriter(&b)
			z.Write(make([]byte, 64<<20))
			z.Close()
			w.Header().Set("Content-Encoding", "gzip")
			w.Write(b.Bytes())
		},
		"/notgzip": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			fmt.Fprint(w, "plain")
		},
		"/brotli": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "br")
			fmt.Fprint(w, "x")
		},
		"/cut": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000")
			fmt.Fprint(w, "half")
			panic(http.ErrAbortHandler)
		},
		"/slow": func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
	})
	o := fast()
	o.Retries, o.Timeout = -1, time.Minute
	c := client(t, o)
	o.Timeout = 100 * time.Millisecond
	hasty := client(t, o)
	for path, want := range map[string]Kind{
		"/gone": Gone, "/missing": Gone, "/denied": BadStatus, "/broken": BadStatus, "/loop": Redirects, "/file": BadURL,
		"/large": TooLarge, "/declared": TooLarge, "/bomb": TooLarge, "/notgzip": BadEncoding, "/brotli": BadEncoding,
		"/cut": Network, "/slow": Timeout,
	} {
		c := c
		if want == Timeout {
			c = hasty
		}
		_, err := c.Get(t.Context(), at+path, "", "")
		if KindOf(err) != want {
			t.Errorf("%s: %q (%v), want %q", path, KindOf(err), err, want)
		}
		if err != nil && !strings.Contains(err.Error(), at) {
			t.Errorf("%s: the error does not name what was read: %v", path, err)
		}
	}
	for _, bad := range []string{"ftp://example.org/", "http://", "//x", "http://u:p@example.org/", "http://[::1", "file:///etc/passwd"} {
		if _, err := c.Get(t.Context(), bad, "", ""); KindOf(err) != BadURL {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

func TestGetRetries(t *testing.T) {
	var asked atomic.Int32
	at := serve(t, map[string]http.HandlerFunc{
		"/robots.txt": http.NotFound,
		"/busy": func(w http.ResponseWriter, _ *http.Request) {
			if asked.Add(1) <= 2 {
				w.Header().Set("Retry-After", "0")
				w.WriteHeader(http.StatusTooManyRequests)
				return
			}
			fmt.Fprint(w, "ok")
		},
		"/later": func(w http.ResponseWriter, _ *http.Request) {
			asked.Add(1)
			w.Header().Set("Retry-After", "86400")
			w.WriteHeader(http.StatusServiceUnavailable)
		},
	})
	c := client(t, fast())
	if p, err := c.Get(t.Context(), at+"/busy", "", ""); err != nil || string(p.Body) != "ok" || asked.Load() != 3 {
		t.Errorf("busy: %v after %d requests", err, asked.Load())
	}
	asked.Store(0)
	if _, err := c.Get(t.Context(), at+"/later", "", ""); KindOf(err) != BadStatus || asked.Load() != 1 {
		t.Errorf("a server that asks for a day: %v after %d requests", err, asked.Load())
	}
}

func TestGetStaysOutOfPrivateNetworks(t *testing.T) {
	inside := serve(t, map[string]http.HandlerFunc{"/": func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "secret") }})
	o := fast()
	o.Allow, o.Retries = nil, -1
	c := client(t, o)
	port := inside[strings.LastIndexByte(inside, ':'):]
	for _, u := range []string{inside, "http://localhost" + port, "http://[::1]" + port, "http://[::ffff:127.0.0.1]" + port} {
		if _, err := c.Get(t.Context(), u, "", ""); KindOf(err) != Forbidden {
			t.Errorf("%s: %v", u, err)
		}
	}
	// A page that may be read leads to an address that may not.
	outer := serve(t, map[string]http.HandlerFunc{
		"/robots.txt": http.NotFound,
		"/": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://127.0.0.2"+port, http.StatusFound)
		},
	})
	o.Allow = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}
	if _, err := client(t, o).Get(t.Context(), outer, "", ""); KindOf(err) != Forbidden {
		t.Errorf("after a redirect: %v", err)
	}
	for ip, want := range map[string]bool{
		"8.8.8.8": true, "2606:4700::1111": true, "10.1.2.3": false, "172.16.0.1": false, "192.168.1.1": false, "169.254.169.254": false,
		"100.64.0.1": false, "0.0.0.0": false, "224.0.0.1": false, "255.255.255.255": false, "fe80::1": false, "fc00::1": false, "::": false,
		"64:ff9b::7f00:1": false, "2002:7f00:1::": false, "::127.0.0.1": false,
	} {
		if got := public(netip.MustParseAddr(ip)); got != want {
			t.Errorf("%s is public: %v", ip, got)
		}
	}
}

func TestGetObeysRobots(t *testing.T) {
	var down atomic.Bool
	at := serve(t, map[string]http.HandlerFunc{
		"/robots.txt": func(w http.ResponseWriter, _ *http.Request) {
			if down.Load() {
				w.WriteHeader(http.StatusInternalServerError)
				return
			}
			fmt.Fprint(w, "User-agent: Entente\nDisallow: /private\n\nUser-agent: *\nDisallow: /\n")
		},
		"/": func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "ok") },
	})
	o := fast()
	o.Retries = -1
	c := client(t, o)
	if _, err := c.Get(t.Context(), at+"/news?a=1", "", ""); err != nil {
		t.Errorf("allowed: %v", err)
	}
	if _, err := c.Get(t.Context(), at+"/private/x", "", ""); KindOf(err) != Robots {
		t.Errorf("forbidden: %v", err)
	}
	o.IgnoreRobots = true
	if _, err := client(t, o).Get(t.Context(), at+"/private/x", "", ""); err != nil {
		t.Errorf("one's own site: %v", err)
	}
	down.Store(true)
	o.IgnoreRobots = false
	if _, err := client(t, o).Get(t.Context(), at+"/news", "", ""); err == nil {
		t.Error("a page was read while robots.txt answers 500")
	}
}

func TestGetKeepsToOneRequestPerHost(t *testing.T) {
	var under, most atomic.Int32
	at := serve(t, map[string]http.HandlerFunc{"/": func(http.ResponseWriter, *http.Request) {
		most.Store(max(most.Load(), under.Add(1)))
		time.Sleep(5 * time.Millisecond)
		under.Add(-1)
	}})
	c := client(t, fast())
	done := make(chan error)
	for i := range 8 {
		go func() {
			_, err := c.Get(t.Context(), fmt.Sprintf("%s/%d", at, i), "", "")
			done <- err
		}()
	}
	for range 8 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if most.Load() != 1 {
		t.Errorf("%d requests at once", most.Load())
	}
}

func TestGetEndsWithItsContext(t *testing.T) {
	at := serve(t, map[string]http.HandlerFunc{"/robots.txt": http.NotFound, "/": func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }})
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := client(t, fast()).Get(ctx, at, "", ""); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
}

func TestRedirectsAskTheRobotsOfWhereTheyLead(t *testing.T) {
	var read atomic.Int32
	other := serve(t, map[string]http.HandlerFunc{
		"/robots.txt": func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "User-agent: *\nDisallow: /private\n") },
		"/":           func(w http.ResponseWriter, _ *http.Request) { read.Add(1); fmt.Fprint(w, "ok") },
	})
	at := serve(t, map[string]http.HandlerFunc{
		"/robots.txt": http.NotFound,
		"/closed": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, other+"/private/1", http.StatusFound)
		},
		"/open": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, other+"/news/1", http.StatusMovedPermanently)
		},
	})
	c := client(t, fast())
	if _, err := c.Get(t.Context(), at+"/closed", "", ""); KindOf(err) != Robots || read.Load() != 0 {
		t.Errorf("a page that another host's robots.txt forbids: %v, read %d times", err, read.Load())
	}
	if p, err := c.Get(t.Context(), at+"/open", "", ""); err != nil || p.URL != other+"/news/1" {
		t.Errorf("a page that it allows: %+v, %v", p, err)
	}
}

func TestRobotsThemselvesMayBeElsewhere(t *testing.T) {
	at := serve(t, map[string]http.HandlerFunc{
		"/robots.txt": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/rules", http.StatusFound) },
		"/rules":      func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "User-agent: *\nDisallow: /private\n") },
		"/":           func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "ok") },
	})
	c := client(t, fast())
	if _, err := c.Get(t.Context(), at+"/private/1", "", ""); KindOf(err) != Robots {
		t.Errorf("forbidden: %v", err)
	}
	if _, err := c.Get(t.Context(), at+"/news", "", ""); err != nil {
		t.Errorf("allowed: %v", err)
	}
}

func TestAHostIsLeftAlone(t *testing.T) {
	var asked atomic.Int32
	busy := serve(t, map[string]http.HandlerFunc{"/robots.txt": http.NotFound, "/": func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		w.Header().Set("Retry-After", "86400")
		w.WriteHeader(http.StatusTooManyRequests)
	}})
	c := client(t, fast())
	for i, want := range []Kind{BadStatus, Unavailable, Unavailable} {
		if _, err := c.Get(t.Context(), fmt.Sprint(busy, "/", i), "", ""); KindOf(err) != want {
			t.Errorf("request %d to a host that asks for a day: %v", i, err)
		}
	}
	if asked.Load() != 1 {
		t.Errorf("a host that asks for a day was asked %d times", asked.Load())
	}
	asked.Store(0)
	dead := serve(t, map[string]http.HandlerFunc{"/robots.txt": http.NotFound, "/": func(http.ResponseWriter, *http.Request) {
		asked.Add(1)
		panic(http.ErrAbortHandler)
	}})
	o := fast()
	o.Retries = 1
	c = client(t, o)
	for i, want := range []Kind{Network, Network, Network, Unavailable, Unavailable} {
		if _, err := c.Get(t.Context(), fmt.Sprint(dead, "/", i), "", ""); KindOf(err) != want {
			t.Errorf("request %d to a dead host: %v", i, err)
		}
	}
	// net/http itself asks once more where a connection that it kept was cut.
	if n := asked.Load(); n < 6 || n > 12 {
		t.Errorf("a dead host was asked %d times", n)
	}
}

func TestRetryAfterHoldsForEveryRequest(t *testing.T) {
	var first, second atomic.Int64
	at := serve(t, map[string]http.HandlerFunc{
		"/robots.txt": http.NotFound,
		"/a": func(w http.ResponseWriter, _ *http.Request) {
			if first.CompareAndSwap(0, time.Now().UnixNano()) {
				w.Header().Set("Retry-After", "1")
				w.WriteHeader(http.StatusServiceUnavailable)
			}
		},
		"/b": func(http.ResponseWriter, *http.Request) { second.Store(time.Now().UnixNano()) },
	})
	o := fast()
	o.PerHost = 2
	c := client(t, o)
	done := make(chan error, 2)
	go func() { _, err := c.Get(t.Context(), at+"/a", "", ""); done <- err }()
	for first.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	time.Sleep(100 * time.Millisecond) // the answer arrives
	go func() { _, err := c.Get(t.Context(), at+"/b", "", ""); done <- err }()
	for range 2 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if waited := time.Duration(second.Load() - first.Load()); waited < time.Second {
		t.Errorf("the host asked for a pause of a second, the next request came after %v", waited)
	}
}

// TestNoSpellingOfLoopbackIsRead tries the ways in which an address of this machine can be written.
func TestNoSpellingOfLoopbackIsRead(t *testing.T) {
	var read atomic.Int32
	inside := serve(t, map[string]http.HandlerFunc{"/": func(http.ResponseWriter, *http.Request) { read.Add(1) }})
	port := inside[strings.LastIndexByte(inside, ':'):]
	o := fast()
	o.Allow, o.Retries, o.Timeout = nil, -1, 2*time.Second
	for _, host := range []string{
		"127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0.0.0.0", "0", "[::]", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
		"[64:ff9b::127.0.0.1]", "localhost", "LOCALHOST", "localhost.",
	} {
		if _, err := client(t, o).Get(t.Context(), "http://"+host+port, "", ""); err == nil {
			t.Errorf("%s was read", host)
		}
	}
	if read.Load() != 0 {
		t.Errorf("%d requests arrived", read.Load())
	}
}
