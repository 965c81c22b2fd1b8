package refresh

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"github.com/robfig/cron/v3"
)

// Watcher runs a job on a schedule and tells how it goes by HTTP: /healthz (200 while the last run succeeded or none has
// ended, 503 after a failure) and /metrics (Prometheus).
type Watcher struct {
	// Run does one run.
	Run func(context.Context) (*Report, error)
	// Cron is the schedule; Listen the loopback address; Stop how long a run may take to end once asked to.
	Cron, Listen string
	Stop         time.Duration
	// Began and Ended, which may be nil, are told of each run.
	Began func()
	Ended func(*Report, error)
	// Ready, which may be nil, is told the address that is listened on.
	Ready func(address string)
	// Now makes the first run at once.
	Now bool
}

// ErrStopped says that a run did not come to its end within Watcher.Stop; the next run takes up the rest.
var ErrStopped = errors.New("the running refresh was cut off")

// parseCron reads five fields, or @hourly, @daily, @every 6h.
func parseCron(spec string) (cron.Schedule, error) {
	s, err := cron.ParseStandard(spec)
	if err != nil {
		return nil, fmt.Errorf("cron %q: %w (want five fields, such as \"0 */6 * * *\", or @hourly, @every 6h)", spec, err)
	}
	return s, nil
}

// Watch runs until ctx ends, then gives a running refresh Stop to end: it returns nil when it did, else ErrStopped. The refresh sees its
// own context end at once and leaves what it was about to the next run. Runs never overlap: a time that passes during a run is left
// out.
func (w Watcher) Watch(ctx context.Context) error {
	schedule, err := parseCron(w.Cron)
	if err != nil {
		return err
	}
	if host, _, err := net.SplitHostPort(w.Listen); err != nil || !loopback(host) {
		return fmt.Errorf("listen %q: want a loopback address with a port, such as 127.0.0.1:9464", w.Listen)
	}
	listener, err := net.Listen("tcp", w.Listen)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	m := newMetrics()
	server := &http.Server{Handler: m.handler(), ReadHeaderTimeout: 5 * time.Second}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	defer func() {
		server.Close()
		<-served
	}()
	if w.Ready != nil {
		w.Ready(listener.Addr().String())
	}
	next := schedule.Next(time.Now())
	if w.Now {
		next = time.Now()
	}
	for {
		m.next.Set(float64(next.Unix()))
		select {
		case <-ctx.Done():
			return nil
		case err := <-served:
			return fmt.Errorf("serve: %w", err)
		case <-time.After(time.Until(next)):
		}
		if err := w.once(ctx, m); err != nil {
			return err
		}
		next = schedule.Next(time.Now())
	}
}

// once makes a run, and waits for it until Stop after the end of ctx.
func (w Watcher) once(ctx context.Context, m *metrics) error {
	if w.Began != nil {
		w.Began()
	}
	m.running.Set(1)
	type outcome struct {
		report *Report
		err    error
	}
	done := make(chan outcome, 1)
	go func() {
		report, err := w.Run(ctx)
		done <- outcome{report, err}
	}()
	var out outcome
	select {
	case out = <-done:
	case <-ctx.Done():
		select {
		case out = <-done:
		case <-time.After(w.Stop):
			return ErrStopped
		}
	}
	m.running.Set(0)
	m.ended(out.report, out.err, time.Now())
	if w.Ended != nil {
		w.Ended(out.report, out.err)
	}
	return nil
}

func loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// metrics are what Prometheus reads.
type metrics struct {
	registry *prometheus.Registry

	runs      *prometheus.CounterVec
	documents *prometheus.CounterVec
	changes   *prometheus.CounterVec
	failures  *prometheus.CounterVec
	seconds   prometheus.Histogram
	running   prometheus.Gauge
	pending   prometheus.Gauge
	last      prometheus.Gauge
	next      prometheus.Gauge

	mu      sync.Mutex
	lastErr string
	lastRun time.Time
}

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		runs: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "entente_refresh_runs_total",
			Help: "Refresh runs by outcome (done, partial, failed)."}, []string{"outcome"}),
		documents: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "entente_documents_total",
			Help: "Documents by what became of them (added, changed, withdrawn, loaded, retracted)."}, []string{"outcome"}),
		changes: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "entente_graph_changes_total",
			Help: "Changes of the graph by kind (statements, entities, edges) and direction (added, removed)."}, []string{"kind", "direction"}),
		failures: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "entente_failures_total",
			Help: "Failures by stage (fetch, extract, load) and code."}, []string{"stage", "code"}),
		seconds: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "entente_refresh_seconds",
			Help: "Duration of refresh runs in seconds.", Buckets: prometheus.ExponentialBuckets(0.5, 2, 14)}),
		running: prometheus.NewGauge(prometheus.GaugeOpts{Name: "entente_refresh_running", Help: "1 while a refresh runs."}),
		pending: prometheus.NewGauge(prometheus.GaugeOpts{Name: "entente_pending_documents", Help: "Documents that wait to be loaded."}),
		last:    prometheus.NewGauge(prometheus.GaugeOpts{Name: "entente_last_success_timestamp_seconds", Help: "End of the last run without an error, Unix time."}),
		next:    prometheus.NewGauge(prometheus.GaugeOpts{Name: "entente_next_run_timestamp_seconds", Help: "Start of the next run, Unix time."}),
	}
	m.registry.MustRegister(m.runs, m.documents, m.changes, m.failures, m.seconds, m.running, m.pending, m.last, m.next,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	for _, outcome := range []string{"done", "partial", "failed"} {
		m.runs.WithLabelValues(outcome)
	}
	return m
}

func (m *metrics) ended(r *Report, err error, now time.Time) {
	outcome := "done"
	m.mu.Lock()
	m.lastErr, m.lastRun = "", now
	switch {
	case err != nil:
		outcome, m.lastErr = "failed", err.Error()
	case r != nil && r.Failed() > 0:
		outcome = "partial"
	}
	m.mu.Unlock()
	m.runs.WithLabelValues(outcome).Inc()
	if err == nil {
		m.last.Set(float64(now.Unix()))
	}
	if r == nil {
		return
	}
	m.seconds.Observe(r.Finished.Sub(r.Started).Seconds())
	m.pending.Set(float64(r.Pending))
	for outcome, n := range map[string]int{
		"added": r.Fetched.Added, "changed": r.Fetched.Changed, "withdrawn": r.Fetched.Withdrawn, "loaded": r.Loaded, "retracted": r.Retracted,
	} {
		m.documents.WithLabelValues(outcome).Add(float64(n))
	}
	g := r.Graph
	for kind, c := range map[string][2]int{
		"statements": {g.Statements.Added, g.Statements.Removed}, "entities": {g.Entities.Added, g.Entities.Removed}, "edges": {g.Edges.Added, g.Edges.Removed},
	} {
		m.changes.WithLabelValues(kind, "added").Add(float64(c[0]))
		m.changes.WithLabelValues(kind, "removed").Add(float64(c[1]))
	}
	for _, f := range r.Failures {
		m.failures.WithLabelValues(f.Stage, f.Code).Inc()
	}
}

func (m *metrics) handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		m.mu.Lock()
		health := struct {
			OK      bool   `json:"ok"`
			LastRun string `json:"lastRun,omitempty"`
			Error   string `json:"error,omitempty"`
		}{OK: m.lastErr == "", Error: m.lastErr, LastRun: formatTime(m.lastRun)}
		m.mu.Unlock()
		w.Header().Set("Content-Type", "application/json")
		if !health.OK {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
		json.NewEncoder(w).Encode(health)
	})
	return mux
}

func formatTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
