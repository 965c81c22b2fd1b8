package main

import (
	"context"
	"net"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/entente-kg/entente/internal/browser"
	"github.com/entente-kg/entente/internal/localdb/localdbtest"
)

// TestTheGuideInNeo4jBrowser plays the guide in the real Neo4j Browser, loads the style sheet by a click in it, and runs
// the first query the same way.
func TestTheGuideInNeo4jBrowser(t *testing.T) {
	chromium := findChromium(t)
	db := localdbtest.Fresh(t)
	if r := with(t, db, "", "demo"); r.code != exitDone {
		t.Fatalf("status %d: %s", r.code, r.stderr)
	}
	server := httptest.NewServer(browser.Handler())
	defer server.Close()
	_, port, err := net.SplitHostPort(server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	base := "http://localhost:" + port // Browser takes guides from localhost, not from 127.0.0.1

	for _, query := range browser.Queries(browser.Guide(false, base)) {
		rows := 0
		err := func() error {
			found, err := db.Query(t.Context(), query)
			rows = len(found)
			return err
		}()
		if err != nil || rows == 0 {
			t.Errorf("a query of the guide gives %d rows (%v):\n%s", rows, err, query)
		}
	}

	// Browser is another's program, and its page may swallow a click while it is still being put together: several tries.
	for try := 1; ; try++ {
		err := playGuide(t, chromium, db, base)
		if err == nil {
			return
		}
		if try == 8 {
			t.Fatal(err)
		}
		t.Logf("try %d: %v", try, err)
	}
}

// playGuide logs in, reads the guide and clicks through it as a person does.
func playGuide(t *testing.T, chromium string, db localdbtest.DB, base string) error {
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium), chromedp.NoSandbox, chromedp.WSURLReadTimeout(2*time.Minute), chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.UserDataDir(t.TempDir()), chromedp.WindowSize(1400, 1000),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
	)...)
	defer cancel()
	ctx, cancel = chromedp.NewContext(ctx)
	defer cancel()
	page := ctx // without the limit, for a picture of what went wrong
	ctx, cancel = context.WithTimeout(ctx, 40*time.Second)
	defer cancel()
	err := chromedp.Do(ctx,
		chromedp.Navigate(db.HTTP+"/browser/?cmd=play&arg="+url.QueryEscape(base+browser.GuidePath)),
		chromedp.WaitVisible(chromedp.CSS(`[data-testid="username"]`)),
		chromedp.SendKeys(chromedp.CSS(`[data-testid="username"]`), db.Username),
		chromedp.SendKeys(chromedp.CSS(`[data-testid="password"]`), db.Password),
		chromedp.Click(chromedp.CSS(`[data-testid="connect"]`)),
		until(`document.body.innerText.includes("You are connected as user")`),
		until(`document.body.innerText.includes("The graph in five minutes")`),
	)
	if err != nil {
		shot(t, page, "fault")
		return err
	}
	if *picture {
		fullscreen := chromedp.Evaluate[any](guideFrame + `.querySelector('[title="Fullscreen"]').click()`)
		if _, err := chromedp.Run(ctx, fullscreen); err != nil {
			t.Error(err)
		}
		shot(t, ctx, "guide")
		if _, err := chromedp.Run(ctx, chromedp.Evaluate[any](`document.querySelector('[title="Close fullscreen"]').click()`)); err != nil {
			t.Error(err)
		}
	}
	// A click on a box puts it into the editor.
	err = chromedp.Do(ctx,
		chromedp.Click(chromedp.CSS(`pre.runnable`)),
		until(`document.querySelector(".view-lines").innerText.includes(":style")`),
		chromedp.Click(chromedp.CSS(`[data-testid="editor-Run"]`)),
		until(`document.body.innerText.includes("relationship.MEETS")`),
		chromedp.Click(chromedp.CSS(`[data-testid="nextSlide"]`)),
		until(`document.querySelector("pre.runnable").innerText.includes("MEETS")`),
		chromedp.Click(chromedp.CSS(`pre.runnable`)),
		until(`document.querySelector(".view-lines").innerText.includes("LIMIT")`),
		chromedp.Click(chromedp.CSS(`[data-testid="editor-Run"]`)),
		until(`document.querySelectorAll("g.relationship").length > 5`),
		until(`[...document.querySelectorAll("g.relationship")].some((r) => r.textContent.includes("actual ·"))`),
	)
	if err != nil {
		shot(t, page, "fault")
		return err
	}
	if *picture {
		b, err := chromedp.Run(ctx, photograph)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join("..", "..", "docs", "images", "browser-styled.png"), b, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// guideFrame is the frame of Browser that plays the guide.
const guideFrame = `[...document.querySelectorAll('[data-testid="frame"]')].find((f) => f.innerText.includes("The graph in five minutes"))`

// shot keeps what the browser shows: as a picture of the docs with -picture, in the test's output folder else.
func shot(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	b, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		t.Log(err)
		return
	}
	file := filepath.Join(t.ArtifactDir(), name+".png")
	if *picture && name != "fault" {
		file = filepath.Join("..", "..", "docs", "images", name+".png")
	}
	if err := os.WriteFile(file, b, 0o644); err != nil {
		t.Log(err)
	}
	t.Log(strings.TrimSpace("picture in " + file))
}
