package report_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/entente-kg/entente/internal/report"
	"github.com/entente-kg/entente/internal/view"
)

// page opens a network's page in a real browser; heard is what the browser complained of until now. The test is skipped
// where there is no Chromium, and fails there when the environment variable CI is true.
func page(t *testing.T, n view.Network, opts report.Options) (ctx context.Context, heard func() []string) {
	t.Helper()
	var program string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if path, err := exec.LookPath(name); err == nil {
			program = path
			break
		}
	}
	if program == "" {
		if os.Getenv("CI") == "true" {
			t.Fatal("no Chromium on the PATH")
		}
		t.Skip("no Chromium on the PATH")
	}
	var b bytes.Buffer
	if err := report.Write(t.Context(), &b, nil, n, opts); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "report.html")
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.WSURLReadTimeout(2*time.Minute), chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.UserDataDir(t.TempDir()),
		chromedp.WindowSize(1280, 900), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true))...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var messages []string
	go func() {
		for m, err := range chromedp.Console(ctx) {
			if err != nil {
				return
			}
			mu.Lock()
			messages = append(messages, fmt.Sprint(m))
			mu.Unlock()
		}
	}()
	if err := chromedp.Do(ctx, chromedp.Navigate("file://"+file)); err != nil {
		t.Fatal(err)
	}
	return ctx, func() []string {
		mu.Lock()
		defer mu.Unlock()
		return append([]string(nil), messages...)
	}
}

// js runs a script in the page.
func js[T any](t *testing.T, ctx context.Context, script string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](script))
	if err != nil {
		t.Fatalf("%s: %v", script, err)
	}
	return v
}

func TestThePageWorks(t *testing.T) {
	ctx, heard := page(t, sample(t), report.Options{Lang: "en"})
	text := func(selector string) string {
		return js[string](t, ctx, `document.querySelector("`+selector+`").textContent`)
	}
	if got := text("#summary"); got != "3 relations, 4 statements, 2 articles" {
		t.Errorf("summary %q", got)
	}
	if got := js[int](t, ctx, `document.querySelectorAll("#edges li").length`); got != 3 {
		t.Errorf("%d entries in the list", got)
	}
	if got := js[int](t, ctx, `document.querySelectorAll("#svg .edge").length`); got != 3 {
		t.Errorf("%d drawn edges", got)
	}

	t.Run("an edge shows its sentences beside the picture", func(t *testing.T) {
		js[bool](t, ctx, `document.querySelector("#e0").dispatchEvent(new MouseEvent("click")), true`)
		if got := text("#panel mark.s"); !strings.HasPrefix(got, "キヴィ外相") {
			t.Errorf("the subject's words are %q", got)
		}
		if got := js[string](t, ctx, `document.querySelector("#panel a").href`); got != "https://example.org/1" {
			t.Errorf("the link leads to %q", got)
		}
		if got := js[string](t, ctx, `document.activeElement.id`); got != "h-panel" {
			t.Errorf("the focus is on %q", got)
		}
	})
	t.Run("a node lists what concerns it, and each leads to its sentences", func(t *testing.T) {
		js[bool](t, ctx, `document.querySelector("#panel .back").click(), true`)
		js[bool](t, ctx, `[...document.querySelectorAll("#panel li button")].find((b) => b.textContent.startsWith("Ozols")).click(), true`)
		if got := js[int](t, ctx, `document.querySelectorAll("#panel li").length`); got != 2 {
			t.Errorf("%d relations of Ozols", got)
		}
		if got := js[int](t, ctx, `document.querySelectorAll("#fresh .node").length`); got != 3 {
			t.Errorf("%d nodes around Ozols, want 3", got)
		}
		js[bool](t, ctx, `document.querySelector("#panel li button").click(), true`)
		if got := js[int](t, ctx, `document.querySelectorAll("#panel blockquote").length`); got != 2 {
			t.Errorf("%d sentences, want 2", got)
		}
		js[bool](t, ctx, `document.querySelector("#reset").click(), true`)
	})
	t.Run("an entry of the list opens its sentences", func(t *testing.T) {
		js[bool](t, ctx, `document.querySelector("#edges summary").click(), true`)
		if _, err := chromedp.Run(ctx, chromedp.Poll[bool](`!!document.querySelector("#edges details[open] blockquote")`)); err != nil {
			t.Fatal(err)
		}
	})
	t.Run("filters", func(t *testing.T) {
		for _, c := range []struct{ name, script, want string }{
			{"by status", `document.querySelectorAll("#statuses input")[1].click()`, "2 relations, 3 statements, 2 articles (of 3 relations)"},
			{"by name", `const w = document.querySelector("#who"); w.value = "Kivi"; w.dispatchEvent(new Event("input"))`, "1 relations, 2 statements, 2 articles (of 3 relations)"},
			{"by day", `const f = document.querySelector("#from"); f.value = "2025-11-10"; f.dispatchEvent(new Event("change"))`, "2 relations, 2 statements, 1 articles (of 3 relations)"},
			{"by bar", `document.querySelector("#bars button").click()`, "1 relations, 1 statements, 1 articles (of 3 relations)"},
			{"by pair", `document.querySelector("#cells td button").click()`, "1 relations, 2 statements, 2 articles (of 3 relations)"},
			{"by node, with the keyboard", `document.querySelector("#svg .node").dispatchEvent(new KeyboardEvent("keydown", {key: "Enter"}))`, ""},
			{"no relation at all", `document.querySelector("#relnone").click()`, "Nothing fits the filter."},
		} {
			js[bool](t, ctx, `{`+c.script+`}; true`)
			if c.want != "" {
				if _, err := chromedp.Run(ctx, chromedp.Poll[bool](fmt.Sprintf(`document.querySelector("#summary").textContent === %q`, c.want), chromedp.WithPollingTimeout(time.Minute))); err != nil {
					t.Errorf("%s: summary %q, want %q", c.name, text("#summary"), c.want)
				}
			} else if got := text("#chips"); !strings.Contains(got, "✕") {
				t.Errorf("%s: nothing says what is selected", c.name)
			}
			js[bool](t, ctx, `document.querySelector("#reset").click(), true`)
		}
	})
	t.Run("Japanese", func(t *testing.T) {
		js[bool](t, ctx, `document.querySelector("#lang").click(), true`)
		if got := text("#summary"); got != "関係3件、記述4件、記事2本" {
			t.Errorf("summary %q", got)
		}
		if got := js[string](t, ctx, `document.documentElement.lang`); got != "ja" {
			t.Errorf("lang %q", got)
		}
	})
	t.Run("every control has a name", func(t *testing.T) {
		nameless := js[string](t, ctx, `[...document.querySelectorAll("button, input, summary, [role=button], [role=region], [role=group]")]
			.filter((e) => !(e.textContent.trim() || e.getAttribute("aria-label") || e.getAttribute("aria-labelledby") || e.closest("label")))
			.map((e) => e.outerHTML.slice(0, 80)).join("\n")`)
		if nameless != "" {
			t.Error(nameless)
		}
	})
	t.Run("a telephone", func(t *testing.T) {
		if err := chromedp.Do(ctx, chromedp.EmulateViewport(360, 740)); err != nil {
			t.Fatal(err)
		}
		if got := js[int](t, ctx, `document.documentElement.scrollWidth`); got > 360 {
			t.Errorf("the page is %d pixels wide on a screen of 360", got)
		}
	})
	if m := heard(); len(m) > 0 {
		t.Errorf("the browser complains: %q", m)
	}
}

func TestNothingOfADocumentRuns(t *testing.T) {
	ctx, heard := page(t, hostile(t), report.Options{Title: `</title><script>window.hacked = 1</script>`})
	js[bool](t, ctx, `for (const d of document.querySelectorAll("#edges details")) { d.open = true; } true`)
	if _, err := chromedp.Run(ctx, chromedp.Poll[bool](`document.querySelectorAll("blockquote").length >= 5`)); err != nil {
		t.Fatal(err)
	}
	protocols := js[string](t, ctx, `[...document.querySelectorAll("#edges a")].map((a) => a.protocol).join(" ")`)
	// A picture drawn afresh, and the sentences beside it.
	js[bool](t, ctx, `document.querySelector("#panel li:last-child button").click(), document.querySelector("#fresh .edge").dispatchEvent(new MouseEvent("click")), true`)
	if js[bool](t, ctx, `window.hacked !== undefined`) {
		t.Error("a text of a document ran as script")
	}
	if got := js[int](t, ctx, `document.scripts.length`); got != 2 {
		t.Errorf("%d scripts in the page, want its data and its own", got)
	}
	for _, p := range strings.Fields(protocols) {
		if p != "https:" {
			t.Errorf("a link with %s", p)
		}
	}
	if n := js[int](t, ctx, `document.querySelectorAll("img, iframe, object, embed, form[action], [onclick], [onerror], [onload]").length`); n != 0 {
		t.Errorf("%d elements that no page of ours has", n)
	}
	if m := heard(); len(m) > 0 {
		t.Errorf("the browser complains: %q", m)
	}
}

// TestFiveThousandEdges keeps the work for one change of the filter small: how much of the page is made, not how long it
// takes, since that depends on the machine. The times are logged: go test -v -run FiveThousand ./internal/report
func TestFiveThousandEdges(t *testing.T) {
	n := large(t, 5000)
	ctx, heard := page(t, n, report.Options{})
	if got := js[int](t, ctx, `document.querySelectorAll("#svg .edge").length`); got != 150 {
		t.Errorf("%d drawn edges, want the 150 strongest", got)
	}
	js[bool](t, ctx, `document.querySelector("#statuses input").click(), document.querySelector("#statuses input").click(), true`)
	if got := js[int](t, ctx, `document.getElementsByTagName("*").length`); got > 12_000 {
		t.Errorf("the page has %d elements", got)
	}
	millis := js[float64](t, ctx, `(() => { const b = document.querySelector("#statuses input"), t = performance.now();
		for (let i = 0; i < 10; i++) { b.click(); document.body.offsetHeight; } return (performance.now() - t) / 10 })()`)
	t.Logf("%d edges: %.0f ms for one change of the filter, layout included", len(n.Edges), millis)
	// A name leaves what is not drawn: the page draws it afresh.
	millis = js[float64](t, ctx, `(() => { const w = document.querySelector("#panel li button"), t = performance.now(); w.click(); document.body.offsetHeight; return performance.now() - t })()`)
	t.Logf("%.0f ms for what concerns the node with the most counterparts, drawn afresh", millis)
	if got := js[int](t, ctx, `document.querySelectorAll("#fresh .edge").length`); got == 0 || got > 150 {
		t.Errorf("%d edges drawn afresh", got)
	}
	js[bool](t, ctx, `document.querySelector("#reset").click(), true`)
	frames, err := chromedp.Run(ctx, chromedp.Evaluate[[]float64](drag, chromedp.EvalAwaitPromise))
	if err != nil || len(frames) != 60 {
		t.Fatalf("%d frames (%v)", len(frames), err)
	}
	slices.Sort(frames)
	t.Logf("dragging the picture: %.0f ms between frames in the middle, %.0f at worst", frames[30], frames[59])
	if got := js[bool](t, ctx, `document.querySelector("#svg").getAttribute("viewBox") !== window.boxBefore`); !got {
		t.Error("the picture does not follow the pointer")
	}
	if m := heard(); len(m) > 0 {
		t.Errorf("the browser complains: %q", m)
	}
}

// drag moves the pointer over the picture for 60 frames and gives the milliseconds between them.
const drag = `new Promise((resolve) => {
  const svg = document.querySelector("#svg"), times = [];
  window.boxBefore = svg.getAttribute("viewBox");
  svg.dispatchEvent(new PointerEvent("pointerdown", { clientX: 300, clientY: 300, button: 0, bubbles: true }));
  let last = performance.now();
  const next = (now) => {
    times.push(now - last); last = now;
    if (times.length === 60) { window.dispatchEvent(new PointerEvent("pointerup")); return resolve(times); }
    window.dispatchEvent(new PointerEvent("pointermove", { clientX: 300 + 4 * times.length, clientY: 300 + 2 * times.length }));
    requestAnimationFrame(next);
  };
  requestAnimationFrame((now) => { last = now; requestAnimationFrame(next); });
})`
