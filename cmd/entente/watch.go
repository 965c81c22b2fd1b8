package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/internal/refresh"
)

func watchCommand() *cli.Command {
	return &cli.Command{
		Name:      "watch",
		Usage:     "run entente refresh on a schedule, with health and metrics",
		ArgsUsage: " ",
		Description: `Stays and does a refresh whenever the schedule of entente.yaml (watch.cron) says so. Tells its health at /healthz and its
metrics for Prometheus at /metrics, on loopback (watch.listen), and writes its log to standard error as JSON lines. On SIGTERM
or Ctrl-C a running refresh ends its batch, within watch.stop; the next run takes up the rest.

   entente watch
   entente watch --now --config /etc/entente/entente.yaml
   entente watch --check                      is the one that runs here well? 0: yes, 1: no; for containers
   curl http://127.0.0.1:9464/healthz`,
		Flags: append([]cli.Flag{
			configFlag(),
			&cli.BoolFlag{Name: "now", Usage: "make the first run at once"},
			&cli.BoolFlag{Name: "check", Usage: "only ask the one that runs on this machine for its health"},
		}, connectFlags()...),
		Action: func(c *cli.Context) error {
			if c.Bool("check") {
				return watchCheck(c)
			}
			return watchAction(c)
		},
	}
}

// watchCheck prints the health of the process that watches by the same configuration; it fails when that does not answer, or
// its last run failed.
func watchCheck(c *cli.Context) error {
	config, err := refresh.ReadConfig(c.String("config"))
	if err != nil {
		return usagef("%w", err)
	}
	ctx, cancel := context.WithTimeout(c.Context, 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+config.Watch.Listen+"/healthz", nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("watch --check: no entente watch answers: %w", err)
	}
	defer resp.Body.Close()
	if _, err := io.Copy(c.App.Writer, io.LimitReader(resp.Body, 1<<16)); err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("watch --check: the last refresh failed")
	}
	return nil
}

func watchAction(c *cli.Context) error {
	job, err := newJob(c)
	if err != nil {
		return err
	}
	log := slog.New(slog.NewJSONHandler(c.App.ErrWriter, nil))
	job.Observer = logObserver{log: log}
	w := job.Config.Watch
	err = refresh.Watcher{
		Run:  func(ctx context.Context) (*refresh.Report, error) { return job.Run(ctx) },
		Cron: w.Cron, Listen: w.Listen, Stop: time.Duration(w.Stop), Now: c.Bool("now"),
		Ready: func(address string) {
			log.Info("watching", "cron", w.Cron, "health", "http://"+address+"/healthz", "metrics", "http://"+address+"/metrics", "extractor", job.Extract.Version())
		},
		Began: func() { log.Info("refresh began") },
		Ended: func(r *refresh.Report, err error) {
			attrs := []any{"seconds", r.Finished.Sub(r.Started).Seconds(), "loaded", r.Loaded, "retracted", r.Retracted, "pending", r.Pending, "failed", r.Failed(),
				"statementsAdded", r.Graph.Statements.Added, "statementsRemoved", r.Graph.Statements.Removed}
			if err != nil {
				log.Error("refresh failed", append(attrs, "error", err.Error())...)
				return
			}
			log.Info("refresh done", attrs...)
		},
	}.Watch(c.Context)
	if err == nil {
		log.Info("stopped")
	}
	return err
}

// logObserver writes what goes wrong in a run to the log.
type logObserver struct {
	refresh.Silent
	log *slog.Logger
}

func (o logObserver) Failed(f refresh.Failure) {
	o.log.Warn("failed", "stage", f.Stage, "source", f.Source, "item", f.Item, "code", f.Code, "detail", f.Detail)
}
