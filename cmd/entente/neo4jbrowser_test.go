package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/entente-kg/entente/internal/localdb/localdbtest"
)

// browserPage opens Neo4j Browser in a Chromium and logs in. query is what follows its address: "?cmd=play&arg=…".
func browserPage(t *testing.T, db localdbtest.DB, query string) context.Context {
	t.Helper()
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(findChromium(t)), chromedp.NoSandbox, chromedp.WSURLReadTimeout(2*time.Minute), chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.UserDataDir(t.TempDir()), chromedp.WindowSize(1500, 1000),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
	)...)
	t.Cleanup(cancel)
	page, cancel := chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(page, 5*time.Minute)
	t.Cleanup(cancel)
	t.Cleanup(func() {
		if t.Failed() {
			shot(t, page, "fault") // without the time limit
		}
	})
	err := chromedp.Do(ctx,
		chromedp.Navigate(db.HTTP+"/browser/"+query),
		chromedp.WaitVisible(chromedp.CSS(`[data-testid="username"]`)),
		chromedp.SendKeys(chromedp.CSS(`[data-testid="username"]`), db.Username),
		chromedp.SendKeys(chromedp.CSS(`[data-testid="password"]`), db.Password),
		press(`[data-testid="connect"]`),
		until(`document.body.innerText.includes("You are connected as user")`),
		// The editor comes as a bundle of its own, after the frames. Before it is there nobody takes what is put into it.
		until(`document.querySelector('[data-testid="activeEditor"] .view-lines') !== null`),
	)
	if err != nil {
		t.Fatal(err)
	}
	return ctx
}

// where gives the middle of an element that a press would reach, null until then: what lies there stands still for several
// looks and is the element, and it is not disabled. It begins to listen for the click.
const where = `new Promise((resolve) => {
  const selector = %q;
  let last = "", under = null, same = 0;
  window.clicked = false;
  document.addEventListener("click", (ev) => { window.clicked ||= ev.target.closest(selector) !== null; }, true);
  const look = (left) => {
    const e = document.querySelector(selector);
    if (!e || left === 0) return resolve(null);
    e.scrollIntoView({ block: "nearest", behavior: "instant" });
    const r = e.getBoundingClientRect(), x = r.x + r.width / 2, y = r.y + r.height / 2, now = [x, y, r.width, r.height].join();
    const hit = document.elementFromPoint(x, y);
    same = now === last && hit === under && r.width > 0 && !e.disabled && e.contains(hit) ? same + 1 : 0;
    last = now; under = hit;
    if (same >= 5) return resolve([x, y]);
    setTimeout(look, 40, left - 1);
  };
  look(50);
})`

// press clicks the first element that a selector finds. Browser draws its buttons anew while it works (the Run button when the
// editor has read a query), and a button that is replaced between press and release gets no click from Chromium: then, and only
// then, it is pressed again.
func press(selector string) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, target *chromedp.Target) (chromedp.Void, error) {
		for clicked := false; !clicked; {
			at, err := chromedp.Evaluate[[]float64](fmt.Sprintf(where, selector), chromedp.EvalAwaitPromise)(ctx, target)
			if err == nil && len(at) == 2 {
				if _, err = chromedp.MouseClickXY(at[0], at[1])(ctx, target); err == nil {
					clicked, err = chromedp.Evaluate[bool](`window.clicked`)(ctx, target)
				}
			}
			if err = cmp.Or(err, ctx.Err()); err != nil {
				return chromedp.Void{}, fmt.Errorf("pressing %s: %w", selector, err)
			}
		}
		return chromedp.Void{}, nil
	}
}

// until waits until a script is true. The test's own time limit counts: a machine under load takes its time.
func until(script string) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, target *chromedp.Target) (chromedp.Void, error) {
		_, err := chromedp.Poll[bool](script, chromedp.WithPollingTimeout(0))(ctx, target)
		if err != nil {
			err = fmt.Errorf("until %s: %w", script, err)
		}
		return chromedp.Void{}, err
	}
}

// inEditor waits until Browser's editor holds a text. Its spaces are no-break spaces.
func inEditor(text string) chromedp.Action[chromedp.Void] {
	return until(fmt.Sprintf(`document.querySelector('[data-testid="activeEditor"] .view-lines').innerText.replaceAll("\u00a0", " ").includes(%q)`, text))
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
	t.Log("picture in " + file)
}
