package source

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/entente-kg/entente/schema"
	"github.com/klauspost/compress/zstd"
)

func write(t *testing.T, dir, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func read(paths []string, o Options) (docs []schema.Document, errs []error) {
	for d, err := range Open(paths, o) {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		docs = append(docs, d)
	}
	return docs, errs
}

func TestOpenReadsEveryFormOfAFolder(t *testing.T) {
	dir := t.TempDir()
	line := []byte(`{"id":"j","text":"外相が訪問した。"}` + "\n")
	var gz bytes.Buffer
	z := gzip.NewWriter(&gz)
	z.Write(bytes.ReplaceAll(line, []byte(`"j"`), []byte(`"g"`)))
	z.Close()
	zw, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, "a.txt", []byte("見出し\n\n本文。\n"))
	write(t, dir, "b/c.txt", []byte("本文だけ。\n続き。\n"))
	write(t, dir, "d.jsonl", line)
	write(t, dir, "e.jsonl.gz", gz.Bytes())
	write(t, dir, "f.jsonl.zst", zw.EncodeAll(bytes.ReplaceAll(line, []byte(`"j"`), []byte(`"z"`)), nil))
	write(t, dir, "g.html", []byte(`<html><head><meta charset="utf-8"><meta property="og:title" content="題"></head><body><article><p>`+
		strings.Repeat("外相は首都を訪れ、大統領と会談した。", 12)+`</p></article></body></html>`))
	write(t, dir, "ignored.pdf", []byte("%PDF"))
	docs, errs := read([]string{dir}, Options{Published: "2025-03-01", Outlet: "試験"})
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	var got []string
	for _, d := range docs {
		got = append(got, d.ID+"|"+d.Title+"|"+d.Published+"|"+d.Outlet)
	}
	want := []string{"a|見出し|2025-03-01|試験", "b/c||2025-03-01|試験", "j||2025-03-01|試験", "g||2025-03-01|試験", "z||2025-03-01|試験", "g.html|題|2025-03-01|試験"}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestOpenNamesWhatItCannotRead(t *testing.T) {
	dir := t.TempDir()
	var lines strings.Builder
	for i := 1; i <= 100; i++ {
		if i == 17 {
			lines.WriteString("{\"id\": \"broken\n")
			continue
		}
		fmt.Fprintf(&lines, "{\"id\":\"d%d\",\"text\":\"本文。\"}\n", i)
	}
	broken := write(t, dir, "broken.jsonl", []byte(lines.String()))
	docs, errs := read([]string{broken}, Options{})
	if len(docs) != 99 || len(errs) != 1 || !strings.Contains(errs[0].Error(), "broken.jsonl:17") {
		t.Errorf("%d documents, %v", len(docs), errs)
	}
	long := write(t, dir, "long.jsonl", []byte(`{"id":"a","text":"`+strings.Repeat("長", 1<<20)+"\"}\n{\"id\":\"b\",\"text\":\"本文。\"}\n"))
	if docs, errs := read([]string{long}, Options{MaxBytes: 1 << 20}); len(docs) != 1 || len(errs) != 1 || !errors.Is(errs[0], ErrTooLong) {
		t.Errorf("a long line: %d documents, %v", len(docs), errs)
	}
	for name, c := range map[string]struct {
		content string
		want    error
	}{
		"sjis.txt":   {"\x8a\x4f\x91\x8a\x82\xaa\x96\x4b\x96\xe2", ErrNotUTF8},
		"empty.txt":  {" \n\n", ErrEmpty},
		"nul.txt":    {"本文\x00。", ErrNotUTF8},
		"bomb.txt":   {strings.Repeat("長", 1<<20), ErrTooLong},
		"void.jsonl": {`{"id":"a","text":""}`, ErrEmpty},
	} {
		path := write(t, dir, name, []byte(c.content))
		if docs, errs := read([]string{path}, Options{MaxBytes: 1 << 20}); len(docs) != 0 || len(errs) != 1 || !errors.Is(errs[0], c.want) || !strings.Contains(errs[0].Error(), name) {
			t.Errorf("%s: %d documents, %v", name, len(docs), errs)
		}
	}
	for _, line := range []string{`{"text":"x"}`, `{"id":"a","text":"x","published":"yesterday"}`, `[1]`, `{"id":5,"text":"x"}`} {
		if docs, errs := read([]string{write(t, dir, "line.jsonl", []byte(line))}, Options{}); len(docs) != 0 || len(errs) != 1 {
			t.Errorf("%s: %v, %v", line, docs, errs)
		}
	}
	if _, errs := read([]string{filepath.Join(dir, "none.txt"), filepath.Join(dir, "*.none")}, Options{}); len(errs) != 2 {
		t.Errorf("nothing there: %v", errs)
	}
}

func TestOpenReadsStandardInput(t *testing.T) {
	for in, want := range map[string]string{"外相が訪問した。": "stdin", "\n {\"id\":\"j\",\"text\":\"本文。\"}": "j"} {
		docs, errs := read([]string{"-"}, Options{Stdin: strings.NewReader(in)})
		if len(errs) > 0 || len(docs) != 1 || docs[0].ID != want {
			t.Errorf("%q: %v, %v", in, docs, errs)
		}
	}
	if _, errs := read([]string{"-"}, Options{}); len(errs) != 1 || !errors.Is(errs[0], ErrEmpty) {
		t.Errorf("nothing: %v", errs)
	}
}
