package main

import (
	"context"
	"errors"
	"flag"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/entente-kg/entente/internal/localdb/localdbtest"
)

var picture = flag.Bool("picture", false, "renew docs/images/browser.png")

// TestNeo4jBrowserShowsTheDemo looks at the demo's graph as its user would: in the real Neo4j Browser.
func TestNeo4jBrowserShowsTheDemo(t *testing.T) {
	chromium := findChromium(t)
	db := localdbtest.Fresh(t)
	if r := with(t, db, "", "demo"); r.code != exitDone {
		t.Fatalf("status %d: %s", r.code, r.stderr)
	}
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium), chromedp.NoSandbox, chromedp.WSURLReadTimeout(2*time.Minute), chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.UserDataDir(t.TempDir()), chromedp.WindowSize(1500, 950),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
	)...)
	defer cancel()
	ctx, cancel = chromedp.NewContext(ctx)
	defer cancel()
	ctx, cancel = context.WithTimeout(ctx, 6*time.Minute)
	defer cancel()

	// No holds-office: the picture is of what people do.
	const cypher = "MATCH p = (:Official)-[r]-(:Entity) WHERE r.status = 'actual' AND type(r) <> 'HOLDS_OFFICE' RETURN p LIMIT 30"
	err := chromedp.Do(ctx,
		chromedp.Navigate(db.HTTP+"/browser/?cmd=edit&arg="+url.QueryEscape(cypher)),
		chromedp.WaitVisible(chromedp.CSS(`[data-testid="username"]`)),
		chromedp.SendKeys(chromedp.CSS(`[data-testid="username"]`), db.Username),
		chromedp.SendKeys(chromedp.CSS(`[data-testid="password"]`), db.Password),
		chromedp.Click(chromedp.CSS(`[data-testid="connect"]`)),
		until(`document.body.innerText.includes("You are connected as user")`),
		chromedp.Click(chromedp.CSS(`[data-testid="editor-Run"]`)),
		until(`document.querySelectorAll("g.node").length > 10`),
	)
	if err != nil {
		t.Fatal(err)
	}
	for what, script := range map[string]string{
		"an official's name in a node":    `[...document.querySelectorAll("g.node")].some(n => n.textContent.length > 1)`,
		"relationships between the nodes": `document.querySelectorAll("g.relationship").length > 10`,
		"the label Official":              `document.querySelector('[data-testid="property-details-overview-node-label-Official"]') !== null`,
	} {
		seen, err := chromedp.Run(ctx, chromedp.Evaluate[bool](script))
		if err != nil || !seen {
			t.Errorf("Browser does not show %s (%v)", what, err)
		}
	}
	if !*picture {
		return
	}
	shot, err := chromedp.Run(ctx, photograph)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join("..", "..", "docs", "images", "browser.png"), shot, 0o644); err != nil {
		t.Fatal(err)
	}
}

// until waits until a script is true.
func until(script string) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, target *chromedp.Target) (chromedp.Void, error) {
		// The test's own time limit counts: a machine under load takes its time.
		_, err := chromedp.Poll[bool](script, chromedp.WithPollingTimeout(0))(ctx, target)
		return chromedp.Void{}, err
	}
}

// photograph gives the answer's frame the whole window, lets the nodes find their places, and takes the picture.
func photograph(ctx context.Context, target *chromedp.Target) ([]byte, error) {
	const frame = `document.querySelector('[data-testid="cypherFrameSidebarVisualization"]').closest('[data-testid="frame"]')`
	for _, script := range []string{
		frame + `.querySelector('[title="Fullscreen"]').click()`,
		`document.querySelector('[title="Collapse the node properties display"]')?.click()`,
	} {
		if _, err := chromedp.Evaluate[any](script)(ctx, target); err != nil {
			return nil, err
		}
	}
	if _, err := chromedp.Sleep(6*time.Second)(ctx, target); err != nil {
		return nil, err
	}
	if _, err := chromedp.Evaluate[any](`document.querySelector('[aria-label="zoom-to-fit"], .zoom-to-fit, [title*="fit" i]')?.click()`)(ctx, target); err != nil {
		return nil, err
	}
	if _, err := chromedp.Sleep(2*time.Second)(ctx, target); err != nil {
		return nil, err
	}
	return chromedp.FullScreenshot(100)(ctx, target)
}

// findChromium is the browser's program; the test is skipped without one, and fails when the environment variable CI is set.
func findChromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	err := errors.New("no Chromium on the PATH (Debian, Ubuntu: apt install chromium)")
	if os.Getenv("CI") != "" {
		t.Fatal(err)
	}
	t.Skip(err)
	return ""
}
