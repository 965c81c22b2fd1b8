// Command entente reads Japanese news about diplomacy and keeps a knowledge graph of what it states.
//
// Data goes to standard output, everything said to a person goes to standard error. The exit status is 0 when all is
// done, 1 when it failed, 2 for bad usage or configuration, and 3 when it is done but some documents failed.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	os.Exit(untilSignalled())
}

// untilSignalled runs the command line with a context that the first Ctrl-C or SIGTERM cancels; the second one ends the
// process at once, since the signals are handed back to their defaults by then.
func untilSignalled() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	return run(ctx, os.Args, os.Stdin, os.Stdout, os.Stderr)
}
