package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/entente-kg/entente/graph/memory"
	"github.com/entente-kg/entente/internal/localdb/localdbtest"
	"github.com/entente-kg/entente/schema"
)

// TestALoadThatIsInterruptedEnds interrupts while documents are being read: once with a batch to hand over, once with the
// last one.
func TestALoadThatIsInterruptedEnds(t *testing.T) {
	for _, rows := range []int{1, 1000} {
		ctx, cancel := context.WithCancel(t.Context())
		l := loader{store: memory.New(nil), rows: rows}
		err := l.documents(ctx, func(yield func(schema.Extraction) bool) {
			for _, id := range []string{"a", "b", "c", "d"} {
				if id == "b" {
					cancel()
				}
				if !yield(schema.Extraction{Source: schema.Source{ID: id}}) {
					return
				}
			}
		})
		cancel()
		// The writer may have been quicker than the interruption.
		if err != nil && !errors.Is(err, context.Canceled) {
			t.Errorf("batches of %d rows: %v, want that it was interrupted", rows, err)
		}
	}
}

// TestLoadSaysHowToGoOnAfterCtrlC interrupts while standard input is still being read.
func TestLoadSaysHowToGoOnAfterCtrlC(t *testing.T) {
	db := localdbtest.Fresh(t)
	t.Setenv("ENTENTE_DATA_DIR", t.TempDir())
	password := write(t, "password", []byte(db.Password))
	code, statements, stderr := program(t, "extract", "--format", "jsonl", write(t, "in.jsonl", []byte(strings.Join(jsonl(3), "\n"))))
	if code != exitDone {
		t.Fatal(stderr)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	rest := readerFunc(func([]byte) (int, error) { cancel(); return 0, io.EOF })
	var out, errs bytes.Buffer
	code = run(ctx, []string{"entente", "load", "-", "--uri", db.URI, "--password-file", password},
		io.MultiReader(strings.NewReader(statements), rest), &out, &errs)
	if code != exitFailed || !strings.Contains(errs.String(), "interrupted") || !strings.Contains(errs.String(), "the same command goes on") {
		t.Errorf("status %d, stderr %q", code, errs.String())
	}
}

// readerFunc is a reader by a function.
type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }
