// Package source reads documents: JSON lines, text files, saved pages, also compressed; folders, globs and standard input.
//
// A document that cannot be read does not stop the others: its error, which names it, comes in its place.
package source

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/entente-kg/entente/internal/source/web"
	"github.com/entente-kg/entente/schema"
	"github.com/klauspost/compress/zstd"
)

// Options configure reading.
type Options struct {
	// Published is the date of documents that give none themselves, RFC 3339 or 2006-01-02. Default: unknown.
	Published string
	// Outlet is the publisher of documents that give none. Default: unknown.
	Outlet string
	// Stdin is what "-" reads. Default: nothing.
	Stdin io.Reader
	// MaxBytes is the longest document, and the longest line of JSON, in bytes. Default: 16 MiB.
	MaxBytes int
}

// EnsureDefaults fills what is zero.
func (o *Options) EnsureDefaults() {
	if o.MaxBytes == 0 {
		o.MaxBytes = 16 << 20
	}
	if o.Stdin == nil {
		o.Stdin = strings.NewReader("")
	}
}

// Validate reports every fault of the options.
func (o *Options) Validate() error {
	var faults []error
	if o.MaxBytes < 1 {
		faults = append(faults, fmt.Errorf("MaxBytes %d, want at least 1", o.MaxBytes))
	}
	if o.Published != "" && !validDate(o.Published) {
		faults = append(faults, fmt.Errorf("published %q, want a date such as 2025-10-27 or 2025-10-27T09:00:00+09:00", o.Published))
	}
	return errors.Join(faults...)
}

func validDate(s string) bool {
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		if _, err := time.Parse(layout, s); err == nil {
			return true
		}
	}
	return false
}

// ErrEmpty is a document without text.
var ErrEmpty = errors.New("the document has no text")

// ErrNotUTF8 is a document in another encoding, or a binary file.
var ErrNotUTF8 = errors.New("not UTF-8 text: convert it first, for example with iconv -f SHIFT_JIS -t UTF-8")

// ErrTooLong is a document or line over Options.MaxBytes.
var ErrTooLong = errors.New("longer than the limit")

// Open reads the documents that the paths name, in order: files, folders, globs (see Files), and "-" for standard input. Each
// item is a document, or the error of one that cannot be read; its ID, where known, is then set in the document. Faulty options come
// as the only item.
func Open(paths []string, opts Options) iter.Seq2[schema.Document, error] {
	return func(yield func(schema.Document, error) bool) {
		opts.EnsureDefaults()
		if err := opts.Validate(); err != nil {
			yield(schema.Document{}, err)
			return
		}
		for _, path := range paths {
			if !opts.path(path, yield) {
				return
			}
		}
	}
}

// Read reads the documents of one file, as Open does.
func Read(f File, opts Options) iter.Seq2[schema.Document, error] {
	return func(yield func(schema.Document, error) bool) {
		opts.EnsureDefaults()
		if err := opts.Validate(); err != nil {
			yield(schema.Document{}, err)
			return
		}
		opts.file(f, yield)
	}
}

type yieldFunc = func(schema.Document, error) bool

func (o Options) path(path string, yield yieldFunc) bool {
	if path == "-" {
		return o.stdin(yield)
	}
	files, err := Files(path)
	switch {
	case err != nil:
		return yield(schema.Document{ID: path}, err)
	case len(files) == 0 && strings.ContainsAny(path, "*?["):
		return yield(schema.Document{}, fmt.Errorf("%s: no file fits the pattern", path))
	case len(files) == 0:
		return yield(schema.Document{}, fmt.Errorf("%s: no %s file in this folder", path, strings.Join(suffixes, ", ")))
	}
	for _, f := range files {
		if !o.file(f, yield) {
			return false
		}
	}
	return true
}

func (o Options) file(file File, yield yieldFunc) bool {
	f, err := os.Open(file.Path)
	if err != nil {
		return yield(schema.Document{ID: file.Path}, err)
	}
	defer f.Close()
	content, err := unpacked(f, file.Path)
	if err != nil {
		return yield(schema.Document{ID: file.Name}, fmt.Errorf("%s: %w", file.Path, err))
	}
	defer content.Close()
	switch {
	case file.Lines():
		return o.lines(file.Path, content, yield)
	case strings.HasSuffix(file.Name, ".html") || strings.HasSuffix(file.Name, ".htm"):
		return o.page(file, content, yield)
	}
	return o.plain(file, content, yield)
}

// unpacked reads through the compression that a file's name tells.
func unpacked(f io.Reader, path string) (io.ReadCloser, error) {
	switch filepath.Ext(path) {
	case ".gz":
		return gzip.NewReader(f)
	case ".zst":
		z, err := zstd.NewReader(f, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(256<<20))
		if err != nil {
			return nil, err
		}
		return z.IOReadCloser(), nil
	}
	return io.NopCloser(f), nil
}

// page is an HTML page as saved from the web: its main text is the document.
func (o Options) page(file File, r io.Reader, yield yieldFunc) bool {
	path := file.Path
	doc := schema.Document{ID: file.Name, Outlet: o.Outlet, Published: o.Published}
	body, err := io.ReadAll(io.LimitReader(r, int64(o.MaxBytes)+1))
	if err == nil && len(body) > o.MaxBytes {
		err = fmt.Errorf("%w of %d bytes", ErrTooLong, o.MaxBytes)
	}
	if err != nil {
		return yield(doc, fmt.Errorf("%s: %w", path, err))
	}
	article, err := web.ReadArticle(web.Page{URL: "file:" + filepath.ToSlash(path), Body: body})
	if err != nil {
		return yield(doc, err)
	}
	doc.Title, doc.Text = article.Title, article.Text
	if article.Outlet != "" {
		doc.Outlet = article.Outlet
	}
	if day := cmp.Or(article.Published, article.Day); day != "" {
		doc.Published = day
	}
	if strings.HasPrefix(article.URL, "http") {
		doc.URL = article.URL
	}
	if err := check(&doc); err != nil {
		return yield(doc, fmt.Errorf("%s: %w", path, err))
	}
	return yield(doc, nil)
}

// stdin is JSON lines when its first byte other than space is {, else the text of one document.
func (o Options) stdin(yield yieldFunc) bool {
	r := bufio.NewReader(o.Stdin)
	for {
		b, err := r.ReadByte()
		if err != nil {
			return yield(schema.Document{ID: "stdin"}, fmt.Errorf("standard input: %w", ErrEmpty))
		}
		if b == ' ' || b == '\n' || b == '\r' || b == '\t' {
			continue
		}
		if err := r.UnreadByte(); err != nil {
			return yield(schema.Document{ID: "stdin"}, fmt.Errorf("standard input: %w", err))
		}
		if b == '{' {
			return o.lines("standard input", r, yield)
		}
		return o.plain(File{"standard input", "stdin"}, r, yield)
	}
}

// plain is one document. A first line that an empty line follows is its title.
func (o Options) plain(file File, r io.Reader, yield yieldFunc) bool {
	data, err := io.ReadAll(io.LimitReader(r, int64(o.MaxBytes)+1))
	doc := schema.Document{ID: file.Name, Outlet: o.Outlet, Published: o.Published}
	if err == nil && len(data) > o.MaxBytes {
		err = fmt.Errorf("%w of %d bytes", ErrTooLong, o.MaxBytes)
	}
	if err != nil {
		return yield(doc, fmt.Errorf("%s: %w", file.Path, err))
	}
	text := strings.TrimPrefix(string(data), "\ufeff")
	first, rest, _ := strings.Cut(text, "\n")
	second, _, _ := strings.Cut(rest, "\n")
	if title := strings.TrimSpace(first); title != "" && rest != "" && strings.TrimSpace(second) == "" {
		doc.Title, text = title, strings.TrimLeft(rest, "\r\n")
	}
	doc.Text = text
	if err := check(&doc); err != nil {
		return yield(doc, fmt.Errorf("%s: %w", file.Path, err))
	}
	return yield(doc, nil)
}

// lines is one document a line. A line that cannot be read is an error with its number; the others are read.
func (o Options) lines(name string, r io.Reader, yield yieldFunc) bool {
	br := bufio.NewReaderSize(r, 64<<10)
	for n := 1; ; n++ {
		line, tooLong, err := readLine(br, o.MaxBytes)
		at := fmt.Sprintf("%s:%d", name, n)
		switch {
		case err != nil && !errors.Is(err, io.EOF):
			return yield(schema.Document{}, fmt.Errorf("%s: %w", at, err))
		case tooLong:
			if !yield(schema.Document{}, fmt.Errorf("%s: %w of %d bytes", at, ErrTooLong, o.MaxBytes)) {
				return false
			}
		case len(bytes.TrimSpace(line)) > 0:
			doc, bad := o.line(line)
			if bad != nil {
				bad = fmt.Errorf("%s: %w", at, bad)
			}
			if !yield(doc, bad) {
				return false
			}
		}
		if err != nil {
			return true
		}
	}
}

func (o Options) line(line []byte) (schema.Document, error) {
	var doc schema.Document
	if !utf8.Valid(line) {
		return doc, ErrNotUTF8
	}
	if err := json.Unmarshal(bytes.TrimPrefix(line, []byte("\ufeff")), &doc); err != nil {
		return doc, fmt.Errorf("no JSON document: %w (want {\"id\", \"text\", and, where known, \"title\", \"published\", \"url\", \"outlet\"})", err)
	}
	if doc.ID == "" {
		return doc, errors.New(`the document has no "id"`)
	}
	if doc.Published == "" {
		doc.Published = o.Published
	}
	if doc.Outlet == "" {
		doc.Outlet = o.Outlet
	}
	if doc.Published != "" && !validDate(doc.Published) {
		return doc, fmt.Errorf("document %q: published %q, want a date such as 2025-10-27 or an RFC 3339 time", doc.ID, doc.Published)
	}
	if err := check(&doc); err != nil {
		return doc, fmt.Errorf("document %q: %w", doc.ID, err)
	}
	return doc, nil
}

func check(doc *schema.Document) error {
	if !utf8.ValidString(doc.Text) || !utf8.ValidString(doc.Title) || strings.ContainsRune(doc.Text, 0) {
		return ErrNotUTF8
	}
	if strings.TrimSpace(doc.Text) == "" && strings.TrimSpace(doc.Title) == "" {
		return ErrEmpty
	}
	return nil
}

// readLine is the next line without its end; what is over most bytes is read past and reported.
func readLine(r *bufio.Reader, most int) (line []byte, tooLong bool, err error) {
	for {
		piece, more, err := r.ReadLine()
		if err != nil {
			return line, tooLong, err
		}
		if !tooLong {
			line = append(line, piece...)
			if len(line) > most {
				tooLong, line = true, nil
			}
		}
		if !more {
			return line, tooLong, nil
		}
	}
}
