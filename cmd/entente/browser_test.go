package main

import (
	"errors"
	"flag"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/entente-kg/entente/internal/localdb/localdbtest"
)

var picture = flag.Bool("picture", false, "renew the pictures of Neo4j Browser in docs/images")

// TestNeo4jBrowserShowsTheDemo looks at the demo's graph as its user would: in the real Neo4j Browser.
func TestNeo4jBrowserShowsTheDemo(t *testing.T) {
	findChromium(t) // before the work
	db := localdbtest.Fresh(t)
	if r := with(t, db, "", "demo"); r.code != exitDone {
		t.Fatalf("status %d: %s", r.code, r.stderr)
	}
	// No holds-office: the picture is of what people do.
	const cypher = "MATCH p = (:Official)-[r]-(:Entity) WHERE r.status = 'actual' AND type(r) <> 'HOLDS_OFFICE' RETURN p LIMIT 30"
	ctx := browserPage(t, db, "?cmd=edit&arg="+url.QueryEscape(cypher))
	err := chromedp.Do(ctx,
		inEditor("LIMIT 30"),
		press(`[data-testid="editor-Run"]`),
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
