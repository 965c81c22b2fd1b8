package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
)

// The exit statuses. No other file of this package decides on one.
const (
	exitDone    = 0 // everything asked for is done
	exitFailed  = 1 // it could not be done
	exitUsage   = 2 // the command line or the configuration is wrong: running it again as it is cannot help
	exitPartial = 3 // done, but some documents failed; they are named on standard error
)

// usageError is a mistake in the command line or the configuration.
type usageError struct{ err error }

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }

// usagef makes an error that ends the program with status 2. Like fmt.Errorf it takes %w.
func usagef(format string, a ...any) error {
	return &usageError{fmt.Errorf(format, a...)}
}

// partialError says that the work is done for all but some of the documents, each of which was named when it failed.
type partialError struct{ failed, total int }

func (e *partialError) Error() string {
	return fmt.Sprintf("%d of %d documents failed", e.failed, e.total)
}

// partial is nil when nothing failed, and else an error that ends the program with status 3; when every document
// failed nothing was done, which is a plain failure (status 1).
func partial(failed, total int) error {
	switch {
	case failed == 0:
		return nil
	case failed >= total:
		return fmt.Errorf("all %d documents failed", total)
	default:
		return &partialError{failed: failed, total: total}
	}
}

// exitCode tells err to the person on stderr and decides the exit status.
func exitCode(err error, stderr io.Writer) int {
	var usage *usageError
	var some *partialError
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(stderr, "entente: interrupted:", strings.ReplaceAll(err.Error(), context.Canceled.Error(), "stopped by a signal"))
		return exitFailed
	case errors.As(err, &usage):
		fmt.Fprintln(stderr, "entente:", err)
		return exitUsage
	case errors.As(err, &some):
		fmt.Fprintln(stderr, "entente:", err)
		return exitPartial
	default:
		fmt.Fprintln(stderr, "entente:", err)
		return exitFailed
	}
}
