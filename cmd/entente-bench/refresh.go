package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/extract"
	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/memory"
	"github.com/entente-kg/entente/internal/corpus"
	"github.com/entente-kg/entente/internal/refresh"
	"github.com/entente-kg/entente/schema"
)

func refreshBenchCommand() *cli.Command {
	return &cli.Command{
		Name:  "refresh",
		Usage: "a refresh of a folder in which one document in a hundred changed, for corpora of growing size",
		Description: `Writes documents into a folder, refreshes (corpus in SQLite, graph in memory), changes the same number of them in each size,
refreshes again, and prints what the second refresh read and how long it took, beside one in which nothing changed and one that
finds the changed documents in the corpus (--offline). A run with the folder looks at every file's size and time of
modification; one without it is to take the same time for every size. The fastest of five rounds counts.

   entente-bench refresh --documents 10000`,
		Flags: []cli.Flag{
			&cli.IntFlag{Name: "documents", Value: 10000, Usage: "the largest corpus, in `N` documents"},
			&cli.IntFlag{Name: "changed", Value: 100, Usage: "how many `N` change"},
		},
		Action: refreshBench,
	}
}

type openStore struct{ graph.Store }

func (openStore) Close(context.Context) error { return nil }

func refreshBench(c *cli.Context) error {
	x, err := extract.New(extract.Options{})
	if err != nil {
		return err
	}
	fmt.Printf("%10s %14s %12s %12s %12s %10s %10s %10s\n", "documents", "first run", "no change", "with change", "offline", "read", "loaded", "heap MiB")
	for n := c.Int("documents") / 10; n <= c.Int("documents"); n *= 10 {
		if err := refreshSize(c, refresh.Reader{Extractor: x}, n, c.Int("changed")); err != nil {
			return err
		}
	}
	return nil
}

// rounds is how often each kind of refresh is measured.
const rounds = 5

func refreshSize(c *cli.Context, r refresh.Extractor, n, changed int) error {
	dir, config, err := benchFolder(n)
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	store := memory.New(nil)
	job := refresh.Job{Config: config, Extract: r, Store: func(context.Context) (graph.Store, error) { return openStore{store}, nil }}
	timed := func(fastest time.Duration) (*refresh.Report, time.Duration, error) {
		began := time.Now()
		report, err := job.Run(c.Context)
		if took := time.Since(began); fastest == 0 || took < fastest {
			fastest = took
		}
		return report, fastest, err
	}
	_, first, err := timed(0)
	if err != nil {
		return err
	}
	var still, again, offline time.Duration
	var report *refresh.Report
	read := 0
	for round := range rounds {
		if _, still, err = timed(still); err != nil {
			return err
		}
		for i := range changed {
			if err := writeBenchArticle(dir, i*(n/changed), 2*round+1); err != nil {
				return err
			}
		}
		if report, again, err = timed(again); err != nil {
			return err
		}
		read = report.Sources[0].Read
		// The same without the folder: the archive gets changed documents, and a run reads nothing else.
		if err := changeArchive(c.Context, config, n, changed, 2*round+2); err != nil {
			return err
		}
		job.Offline = true
		if report, offline, err = timed(offline); err != nil {
			return err
		}
		job.Offline = false
	}
	debug.FreeOSMemory()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	fmt.Printf("%10d %14v %12v %12v %12v %10d %10d %10d\n", n, first.Round(time.Millisecond), still.Round(time.Millisecond), again.Round(time.Millisecond),
		offline.Round(time.Millisecond), read, report.Loaded, m.HeapAlloc>>20)
	return nil
}

// changeArchive puts another version of some documents into the corpus.
func changeArchive(ctx context.Context, config refresh.Config, n, changed, version int) (err error) {
	c, err := corpus.Open(ctx, config.Corpus)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	var docs []corpus.Fetched
	for i := range changed {
		k := i * (n / changed)
		id := fmt.Sprintf("articles/%03d/%06d", k%1000, k)
		docs = append(docs, corpus.Fetched{
			Document: schema.Document{ID: id, Published: "2025-03-01", Text: benchArticle(k, version)}, Source: "articles", Retrieved: time.Now(),
		})
	}
	_, err = c.Put(ctx, docs)
	return err
}

// benchArticle is a short article with two statements; version tells what changed in it.
func benchArticle(i, version int) string {
	countries := []string{"フランス", "ドイツ", "ケニア", "ベトナム", "チリ", "ペルー", "トルコ", "カナダ", "インド", "モロッコ"}
	a, b := i%10, (i/10+i+1+version)%10
	if a == b {
		b = (b + 1) % 10
	}
	// Texts differ as articles do: else they would all be copies of one.
	var filler strings.Builder
	for k := range 30 {
		filler.WriteString(benchName(i*31 + k*k*17))
		filler.WriteString("、")
	}
	return fmt.Sprintf("%sの%s外相は%d日、訪問先の首都で%sの%s外相と会談した。両外相は協力の拡大で一致した。記事番号は%d、版は%d。%sが見守った。\n",
		countries[a], benchName(7*i), i%28+1, countries[b], benchName(11*i+version), i, version, &filler)
}

// benchName is one of some sixty thousand names.
func benchName(i int) string {
	syllables := []rune("アイウエオカキクケコサシスセソタチツテトナニネノハヒフヘホマミムメモラリルレロバビ")
	n := len(syllables)
	return string([]rune{syllables[i%n], syllables[i/n%n], 'ー', syllables[i/n/n%n], 'ス'})
}
