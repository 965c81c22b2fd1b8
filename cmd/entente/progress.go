package main

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/urfave/cli/v2"
	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"github.com/entente-kg/entente/internal/source"
)

// progress shows how far a run over many documents is: a bar with rate and time left on a terminal, nothing elsewhere or
// with --quiet. Its methods are safe for concurrent use.
type progress struct {
	c    *cli.Context
	bars *mpb.Progress // nil: nothing is shown
	bar  *mpb.Bar
	end  sync.Once
}

// shows says whether a bar is drawn: on a terminal, and not with --quiet.
func shows(c *cli.Context) bool { return !c.Bool("quiet") && isTerminal(c.App.ErrWriter) }

// readsDocuments begins a bar over the documents that the paths name. They are counted first, so that the bar knows how many are
// left; standard input and what takes longer than two seconds to count has no total.
func readsDocuments(c *cli.Context, paths []string, opts source.Options) *progress {
	total := 0
	if shows(c) && !slices.Contains(paths, "-") {
		late := time.Now().Add(2 * time.Second)
		for range source.Open(paths, opts) {
			total++
			if total%100 == 0 && (time.Now().After(late) || c.Context.Err() != nil) {
				total = 0
				break
			}
		}
	}
	return newProgress(c, "documents", total)
}

// newProgress begins a bar of total steps, or a count without a bar when total is 0, unknown. Done must be called, also
// after a failure.
func newProgress(c *cli.Context, what string, total int) *progress {
	p := &progress{c: c}
	if !shows(c) {
		return p
	}
	p.bars = mpb.NewWithContext(c.Context, mpb.WithOutput(c.App.ErrWriter), mpb.WithWidth(40))
	if total == 0 {
		p.bar = p.bars.New(0, mpb.NopStyle(),
			mpb.PrependDecorators(decor.Name(what+" "), decor.CurrentNoUnit("%d ")),
			mpb.AppendDecorators(decor.AverageSpeed(0, "%.1f/s")))
		return p
	}
	p.bar = p.bars.AddBar(int64(total),
		mpb.PrependDecorators(decor.Name(what+" "), decor.CountersNoUnit("%d/%d ")),
		mpb.AppendDecorators(decor.AverageSpeed(0, "%.1f/s "), decor.AverageETA(decor.ET_STYLE_GO)))
	return p
}

// Step says that one more document is through.
func (p *progress) Step() {
	if p.bar != nil {
		p.bar.Increment()
	}
}

// Warn tells of something that went wrong, above the bar where there is one.
func (p *progress) Warn(format string, a ...any) {
	if p.bars == nil {
		warn(p.c, format, a...)
		return
	}
	fmt.Fprintf(p.bars, format+"\n", a...)
}

// Done ends the bar, where it stands when not all steps were made.
func (p *progress) Done() {
	p.end.Do(func() {
		if p.bars == nil {
			return
		}
		if !p.bar.Completed() {
			p.bar.Abort(false)
		}
		p.bars.Wait()
	})
}
