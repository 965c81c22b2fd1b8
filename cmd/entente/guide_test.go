package main

import (
	"context"
	"net"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"github.com/entente-kg/entente/internal/browser"
	"github.com/entente-kg/entente/internal/localdb/localdbtest"
)

// TestTheGuideInNeo4jBrowser plays the guide in the real Neo4j Browser, loads the style sheet by a click in it, runs the first
// query the same way, and drops the favourites onto the window.
func TestTheGuideInNeo4jBrowser(t *testing.T) {
	findChromium(t) // before the work
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

	ctx := browserPage(t, db, "?cmd=play&arg="+url.QueryEscape(base+browser.GuidePath))
	// Browser makes the guide's boxes take clicks once the slide is there.
	if err := chromedp.Do(ctx, until(`typeof document.querySelector("pre.runnable")?.onclick === "function"`)); err != nil {
		t.Fatal(err)
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
		press(`pre.runnable`),
		inEditor(":style"),
		press(`[data-testid="editor-Run"]`),
		until(`document.body.innerText.includes("relationship.MEETS")`),
		press(`[data-testid="nextSlide"]`),
		until(`document.querySelector("pre.runnable").innerText.includes("MEETS") && typeof document.querySelector("pre.runnable").onclick === "function"`),
		press(`pre.runnable`),
		inEditor("LIMIT"),
		press(`[data-testid="editor-Run"]`),
		until(`document.querySelectorAll("g.relationship").length > 5`),
		until(`[...document.querySelectorAll("g.relationship")].some((r) => r.textContent.includes("actual ·"))`),
	)
	if err != nil {
		t.Fatal(err)
	}
	if *picture {
		b, err := chromedp.Run(ctx, photograph)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join("..", "..", "docs", "images", "browser-styled.png"), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Run("favourites", func(t *testing.T) { dropFavourites(t, db) })
}

// dropFavourites drops the file of favourites onto Browser's window, as from a folder of the desktop, and runs one of them.
func dropFavourites(t *testing.T, db localdbtest.DB) {
	file := filepath.Join(t.TempDir(), "entente-favorites.zip")
	if r := entente(t, "", "neo4j", "browser", "--save", filepath.Dir(file)); r.code != exitDone {
		t.Fatal(r.stderr)
	}
	ctx := browserPage(t, db, "")
	const title = `[data-testid^="scriptTitle-The network of meetings"]`
	err := chromedp.Do(ctx,
		drop(file),
		press(`[data-testid="navigationFavorites"]`),
		press(`[data-testid="expandFolder-Entente"]`),
		until(`document.querySelectorAll('[data-testid^="scriptTitle-"]').length >= 30`),
		press(title), // puts it into the editor
		inEditor("AS param_from"),
		press(`[data-testid="editor-Run"]`),
		until(`[...document.querySelectorAll('[data-testid="frame"] th')].some((h) => h.innerText.includes("weight"))`),
	)
	if err != nil {
		t.Fatal(err)
	}
}

// drop lets go of a file over the middle of the window.
func drop(file string) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, target *chromedp.Target) (chromedp.Void, error) {
		for _, kind := range []input.DispatchDragEventType{input.DispatchDragEventTypeDragEnter, input.DispatchDragEventTypeDragOver, input.DispatchDragEventTypeDrop} {
			if _, err := chromedp.Call(ctx, input.DispatchDragEvent, input.DispatchDragEventParams{
				Type: kind, X: 700, Y: 500, Data: &input.DragData{Items: []*input.DragDataItem{}, Files: []string{file}, DragOperationsMask: 1},
			}); err != nil {
				return chromedp.Void{}, err
			}
		}
		return chromedp.Void{}, nil
	}
}

// guideFrame is the frame of Browser that plays the guide.
const guideFrame = `[...document.querySelectorAll('[data-testid="frame"]')].find((f) => f.innerText.includes("The graph in five minutes"))`
