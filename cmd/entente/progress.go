package main

import (
	"fmt"
	"sync"

	"github.com/urfave/cli/v2"
	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
)

// progress shows how far a run over many documents is: a bar with rate and time left on a terminal, nothing elsewhere or
// with --quiet. Its methods are safe for concurrent use.
type progress struct {
	c    *cli.Context
	bars *mpb.Progress // nil: nothing is shown
	bar  *mpb.Bar
	end  sync.Once
}

// newProgress begins a bar of total steps, or a count without a bar when total is 0, unknown. Done must be called, also
// after a failure.
func newProgress(c *cli.Context, what string, total int) *progress {
	p := &progress{c: c}
	if c.Bool("quiet") || !isTerminal(c.App.ErrWriter) {
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
