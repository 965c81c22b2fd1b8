package refresh

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func get(t *testing.T, url string) (int, string) {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(b)
}

func TestWatchRunsAndTellsHowItGoes(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	ready, ended := make(chan string, 1), make(chan error)
	run := make(chan error)
	done := make(chan error, 1)
	go func() {
		done <- Watcher{
			Cron: "@every 1s", Listen: "127.0.0.1:0", Stop: time.Second, Now: true,
			Run: func(context.Context) (*Report, error) {
				err := <-run
				return &Report{Loaded: 3, Failures: []Failure{{Stage: "fetch", Code: "timeout"}}}, err
			},
			Ended: func(_ *Report, err error) { ended <- err },
			Ready: func(a string) { ready <- "http://" + a },
		}.Watch(ctx)
	}()
	at := <-ready
	if code, _ := get(t, at+"/healthz"); code != http.StatusOK {
		t.Errorf("before the first run: %d", code)
	}
	run <- nil
	<-ended
	if _, body := get(t, at+"/metrics"); !strings.Contains(body, `entente_documents_total{outcome="loaded"} 3`) ||
		!strings.Contains(body, `entente_failures_total{code="timeout",stage="fetch"} 1`) || !strings.Contains(body, `entente_refresh_runs_total{outcome="partial"} 1`) {
		t.Errorf("metrics:\n%s", body)
	}
	run <- errors.New("no server")
	<-ended
	if code, body := get(t, at+"/healthz"); code != http.StatusServiceUnavailable || !strings.Contains(body, "no server") {
		t.Errorf("after a failure: %d %s", code, body)
	}
	cancel()
	select {
	case run <- nil: // a third run had begun
		<-ended
	case err := <-done:
		done <- err
	}
	if err := <-done; err != nil {
		t.Errorf("%v", err)
	}
}

func TestWatchStopsWithinItsBound(t *testing.T) {
	for name, c := range map[string]struct {
		obeys bool
		want  error
	}{"a run that ends": {true, nil}, "a run that does not": {false, ErrStopped}} {
		ctx, cancel := context.WithCancel(t.Context())
		forever := make(chan struct{})
		began := make(chan struct{})
		done := make(chan error, 1)
		go func() {
			done <- Watcher{Cron: "@hourly", Listen: "127.0.0.1:0", Stop: 50 * time.Millisecond, Now: true,
				Run: func(ctx context.Context) (*Report, error) {
					close(began)
					if c.obeys {
						<-ctx.Done()
						return nil, ctx.Err()
					}
					<-forever
					return nil, nil
				}}.Watch(ctx)
		}()
		<-began
		cancel()
		if err := <-done; !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
		close(forever)
	}
}

func TestWatchRefuses(t *testing.T) {
	for _, w := range []Watcher{{Cron: "often", Listen: "127.0.0.1:0"}, {Cron: "@hourly", Listen: "0.0.0.0:0"}, {Cron: "@hourly", Listen: "example.org:80"}, {Cron: "@hourly", Listen: "x"}} {
		if err := w.Watch(t.Context()); err == nil {
			t.Errorf("%+v was taken", w)
		}
	}
}

func TestWatchNeverOverlaps(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var under, most, runs atomic.Int32
	done := make(chan error, 1)
	third := make(chan struct{})
	go func() {
		done <- Watcher{Cron: "@every 1s", Listen: "127.0.0.1:0", Stop: time.Second, Now: true, Run: func(context.Context) (*Report, error) {
			most.Store(max(most.Load(), under.Add(1)))
			time.Sleep(1500 * time.Millisecond) // longer than the interval
			under.Add(-1)
			if runs.Add(1) == 3 {
				close(third)
			}
			return &Report{}, nil
		}}.Watch(ctx)
	}()
	<-third
	cancel()
	if err := <-done; err != nil || most.Load() != 1 {
		t.Errorf("%d runs at once, %v", most.Load(), err)
	}
}
