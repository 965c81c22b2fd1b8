package main

import (
	"bytes"
	"context"
	"strings"
	"testing"
)

func TestExtractThatIsInterruptedSaysSo(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	// More than the output's buffer holds: the first write comes while documents are still to be read.
	var stdout, stderr bytes.Buffer
	code := run(ctx, []string{"entente", "extract", "-", "--format", "jsonl", "--workers", "1"}, strings.NewReader(strings.Join(jsonl(200), "\n")),
		writerFunc(func(p []byte) (int, error) { cancel(); return stdout.Write(p) }), &stderr)
	if code != exitFailed || !strings.Contains(stderr.String(), "interrupted: stopped by a signal; what was read until then") {
		t.Errorf("status %d, stderr %q", code, stderr.String())
	}
	if !strings.HasSuffix(stdout.String(), "}\n") {
		t.Errorf("the output ends in the middle of a line: %q", stdout.String()[max(0, stdout.Len()-80):])
	}
}
