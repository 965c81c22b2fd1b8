package golden_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/entente-kg/entente/internal/golden"
)

// recorder is a test that only notes how it failed.
type recorder struct {
	testing.TB
	failed string
}

func (r *recorder) Helper() {}

func (r *recorder) Fatalf(format string, args ...any) {
	if r.failed == "" {
		r.failed = fmt.Sprintf(format, args...)
	}
}

func TestCheck(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.golden")
	golden.Check(t, path, "one\ntwo\n", true)
	if data, err := os.ReadFile(path); err != nil || string(data) != "one\ntwo\n" {
		t.Fatalf("rewritten: %q, %v", data, err)
	}
	for got, want := range map[string]string{"one\ntwo\n": "", "one\n2\n": "a.golden:2:\n got 2\nwant two", "one": "has 3 lines, got 1", "one\ntwo\n\nfour": "a.golden:4:\n got four\nwant "} {
		r := &recorder{TB: t}
		golden.Check(r, path, got, false)
		if (want == "") != (r.failed == "") || !strings.Contains(r.failed, want) {
			t.Errorf("%q: failed with %q, want %q", got, r.failed, want)
		}
	}
}
