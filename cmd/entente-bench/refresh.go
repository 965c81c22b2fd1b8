package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/extract"
	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/memory"
	"github.com/entente-kg/entente/internal/refresh"
)

func refreshBenchCommand() *cli.Command {
	return &cli.Command{
		Name:  "refresh",
		Usage: "a refresh of a folder in which one document in a hundred changed, for corpora of growing size",
		Description: `Writes documents into a folder, refreshes (corpus in SQLite, graph in memory), changes the same number of them in each size,
refreshes again, and prints what the second refresh read and how long it took, beside one in which nothing changed.

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
	fmt.Printf("%10s %14s %12s %12s %10s %10s %10s\n", "documents", "first run", "no change", "with change", "read", "loaded", "heap MiB")
	for n := c.Int("documents") / 10; n <= c.Int("documents"); n *= 10 {
		if err := refreshSize(c, refresh.Reader{Extractor: x}, n, c.Int("changed")); err != nil {
			return err
		}
	}
	return nil
}

func refreshSize(c *cli.Context, r refresh.Extractor, n, changed int) error {
	dir, err := os.MkdirTemp("", "entente-bench-refresh-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	write := func(i, version int) error {
		name := filepath.Join(dir, "articles", fmt.Sprintf("%03d", i%1000), fmt.Sprintf("%06d.txt", i))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		return os.WriteFile(name, []byte(benchArticle(i, version)), 0o644)
	}
	for i := range n {
		if err := write(i, 0); err != nil {
			return err
		}
	}
	config, err := refresh.ParseConfig(filepath.Join(dir, "entente.yaml"), []byte("sources: [{name: articles, path: articles, published: 2025-03-01}]\n"))
	if err != nil {
		return err
	}
	store := memory.New(nil)
	job := refresh.Job{Config: config, Extract: r, Store: func(context.Context) (graph.Store, error) { return openStore{store}, nil }}
	timed := func() (*refresh.Report, time.Duration, error) {
		began := time.Now()
		report, err := job.Run(c.Context)
		return report, time.Since(began), err
	}
	_, first, err := timed()
	if err != nil {
		return err
	}
	_, still, err := timed()
	if err != nil {
		return err
	}
	for i := range changed {
		if err := write(i*(n/changed), 1); err != nil {
			return err
		}
	}
	report, again, err := timed()
	if err != nil {
		return err
	}
	debug.FreeOSMemory()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	fmt.Printf("%10d %14v %12v %12v %10d %10d %10d\n", n, first.Round(time.Millisecond), still.Round(time.Millisecond), again.Round(time.Millisecond),
		report.Sources[0].Read, report.Loaded, m.HeapAlloc>>20)
	return nil
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
