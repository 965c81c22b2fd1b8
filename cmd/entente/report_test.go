package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/entente-kg/entente/fixtures"
	"github.com/entente-kg/entente/internal/localdb/localdbtest"
)

func TestReportWithoutNeo4j(t *testing.T) {
	file := filepath.Join(t.TempDir(), "report.html")
	r := entente(t, strings.Join(jsonl(3), "\n"), "report", "-", "-o", file, "--title", "会談 <1>")
	if r.code != exitDone || r.stdout != "" || !strings.Contains(r.stderr, "a page of") {
		t.Fatalf("status %d, %q, %q", r.code, r.stdout, r.stderr)
	}
	page, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"<title>会談 &lt;1&gt;</title>", "トーマス・キヴィ", `["t","会談"]`} {
		if !strings.Contains(string(page), want) {
			t.Errorf("the page does not hold %q", want)
		}
	}
	if again := entente(t, statementsOf(t, 3), "report", "-", "--title", "会談 <1>", "--quiet"); again.stdout != string(page) || again.stderr != "" {
		t.Errorf("the same statements make another page, or it says %q", again.stderr)
	}
}

func TestReportRefuses(t *testing.T) {
	records := statementsOf(t, 1)
	for _, c := range []struct {
		name string
		args []string
		code int
		says string
	}{
		{"a language", []string{"--lang", "fr"}, exitUsage, "ja or en"},
		{"an unknown entity", []string{"--entity", "誰か"}, exitUsage, "誰か"},
		{"a period that ends before it begins", []string{"--from", "2025-11-02", "--to", "2025-11-01"}, exitUsage, "before it begins"},
		{"no drawn edges", []string{"--most-drawn", "0"}, exitUsage, "at least 1"},
		{"a folder that is not there", []string{"-o", filepath.Join(t.TempDir(), "none", "x.html")}, exitFailed, "none"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if r := entente(t, records, append([]string{"report", "-"}, c.args...)...); r.code != c.code || !strings.Contains(r.stderr, c.says) || r.stdout != "" {
				t.Errorf("status %d, %q does not say %q", r.code, r.stderr, c.says)
			}
		})
	}
	if r := entente(t, records+"{broken\n", "report", "-"); r.code != exitPartial || !strings.Contains(r.stderr, "standard input:2") || !strings.Contains(r.stdout, "</html>") {
		t.Errorf("a broken line: status %d, %s", r.code, r.stderr)
	}
}

func TestReportFromNeo4j(t *testing.T) {
	db := localdbtest.Fresh(t)
	if r := with(t, db, strings.Join(jsonl(2), "\n"), "build", "-"); r.code != exitDone {
		t.Fatal(r.stderr)
	}
	page := with(t, db, "", "report")
	if page.code != exitDone || !strings.Contains(page.stdout, "</html>") {
		t.Fatalf("status %d, %s", page.code, page.stderr)
	}
	dump := with(t, db, "", "dump").stdout
	if r := entente(t, dump, "report", "-"); r.stdout != page.stdout {
		t.Errorf("the dump makes another page: %s", r.stderr)
	}
	if r := entente(t, strings.Join(jsonl(2), "\n"), "report", "-"); r.stdout != page.stdout {
		t.Errorf("the documents make another page: %s", r.stderr)
	}
}

// TestTheReportOfTheDemo makes the page of the built-in articles and, with -picture, its picture for the docs.
func TestTheReportOfTheDemo(t *testing.T) {
	chromium := findChromium(t)
	dir := t.TempDir()
	if err := os.CopyFS(dir, fixtures.Gold()); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "report.html")
	if r := entente(t, "", "report", dir, "--published", "2026-11-01", "-o", file, "--lang", "ja", "--title", "日本の外交", "--entity", "日本"); r.code != exitDone {
		t.Fatal(r.stderr)
	}
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium), chromedp.NoSandbox, chromedp.WSURLReadTimeout(2*time.Minute), chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.UserDataDir(t.TempDir()), chromedp.WindowSize(1200, 900),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
	)...)
	defer cancel()
	ctx, cancel = chromedp.NewContext(ctx)
	defer cancel()
	ctx, cancel = context.WithTimeout(ctx, 4*time.Minute)
	defer cancel()
	if err := chromedp.Do(ctx,
		chromedp.EmulateViewport(1200, 1900),
		chromedp.Navigate("file://"+file),
		until(`document.querySelectorAll("#edges li").length > 5`),
		until(`(() => { const d = document.querySelector("#edges details"); d.open = true; return d.querySelectorAll("mark").length > 0 })()`),
	); err != nil {
		t.Fatal(err)
	}
	if *picture {
		b, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join("..", "..", "docs", "images", "report.png"), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
