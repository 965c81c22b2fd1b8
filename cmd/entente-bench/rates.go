package main

import (
	"fmt"
	"runtime"
	"runtime/metrics"
	"strings"
	"time"
)

// rates counts what a way of loading has done, how long it took, and how large the program's heap was meanwhile.
type rates struct {
	what string
	n    int
	took time.Duration
	heap uint64 // the most, in bytes

	since       int // at the last comparison
	sinceTook   time.Duration
	sinceHeap   uint64
	interrupted time.Time // when work began, less what is not to be counted
}

// measure times work, which loads n statements, and watches the heap.
func (r *rates) measure(n int, work func() error) error {
	runtime.GC() // what others left
	stop, done := make(chan struct{}), make(chan uint64)
	go func() { done <- watchHeap(stop) }()
	r.begin()
	err := work()
	took := time.Since(r.interrupted)
	close(stop)
	most := <-done
	r.n, r.since = r.n+n, r.since+n
	r.took, r.sinceTook = r.took+took, r.sinceTook+took
	r.heap, r.sinceHeap = max(r.heap, most), max(r.sinceHeap, most)
	return err
}

// begin starts the clock anew: what the work did so far was its preparation.
func (r *rates) begin() { r.interrupted = time.Now() }

// watchHeap gives the most bytes of objects, reachable or not yet collected, until stop.
func watchHeap(stop <-chan struct{}) (most uint64) {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		metrics.Read(sample)
		most = max(most, sample[0].Value.Uint64())
		select {
		case <-stop:
			return most
		case <-tick.C:
		}
	}
}

// compare prints the rates of the ways since the last time.
func compare(ways []*way, n int) {
	var line []string
	var rate []float64
	for _, w := range ways {
		per := float64(w.since) / w.sinceTook.Seconds()
		rate = append(rate, per)
		line = append(line, fmt.Sprintf("%s %6.0f/s, %4d MiB", w.what, per, w.sinceHeap>>20))
		w.since, w.sinceTook, w.sinceHeap = 0, 0, 0
	}
	if len(rate) == 2 {
		line = append(line, fmt.Sprintf("%s / %s %.2f", ways[1].what, ways[0].what, rate[1]/rate[0]))
	}
	fmt.Printf("%9d: %s\n", n, strings.Join(line, "; "))
}
