package corpus

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"

	"github.com/entente-kg/entente/schema"
)

// Salvage yields the newest text of every document, but withdrawn ones, that can still be read from a damaged archive: from the first
// on until one is out of reach, then from the last back. It works on a copy beside the file, which it removes. An item with
// an error names what could not be read; the ones after it may still come. Documents come in no order that means anything.
func Salvage(ctx context.Context, path string) iter.Seq2[schema.Document, error] {
	return func(yield func(schema.Document, error) bool) {
		dir, err := os.MkdirTemp(filepath.Dir(path), ".salvage-")
		if err != nil {
			yield(schema.Document{}, fmt.Errorf("corpus %s: %w", path, err))
			return
		}
		defer os.RemoveAll(dir)
		c, err := copied(path, filepath.Join(dir, "corpus.db"))
		if err != nil {
			yield(schema.Document{}, fmt.Errorf("corpus %s: %w", path, err))
			return
		}
		defer c.db.Close()
		s := salvage{corpus: c, yield: yield}
		s.read(ctx)
	}
}

// key is a row of the table version.
type key struct {
	id      string
	version int
}

type salvage struct {
	corpus *Corpus
	yield  func(schema.Document, error) bool
}

func (s *salvage) read(ctx context.Context) {
	const (
		forward  = "SELECT id, version FROM version WHERE (id, version) > (?, ?) ORDER BY id, version LIMIT 1"
		last     = "SELECT id, version FROM version ORDER BY id DESC, version DESC LIMIT 1"
		backward = "SELECT id, version FROM version WHERE (id, version) < (?, ?) ORDER BY id DESC, version DESC LIMIT 1"
	)
	var at key
	for {
		next, err := s.key(ctx, forward, at.id, at.version)
		if err == nil && next.id != at.id && at.id != "" || errors.Is(err, ErrNotFound) && at.id != "" {
			if !s.document(ctx, at) { // the newest of its versions
				return
			}
		}
		if errors.Is(err, ErrNotFound) {
			return
		}
		if err != nil {
			if at.id != "" && !s.document(ctx, at) || !s.yield(schema.Document{}, s.corpus.wrap(err)) {
				return
			}
			break
		}
		at = next
	}
	reached, before := at.id, ""
	for next, err := s.key(ctx, last); ; next, err = s.key(ctx, backward, at.id, at.version) {
		if err != nil || next.id <= reached {
			if err != nil && !errors.Is(err, ErrNotFound) {
				s.yield(schema.Document{}, s.corpus.wrap(err))
			}
			return
		}
		if next.id != before && !s.document(ctx, next) {
			return
		}
		at, before = next, next.id
	}
}

func (s *salvage) key(ctx context.Context, query string, args ...any) (key, error) {
	var k key
	err := s.corpus.db.QueryRowContext(ctx, query, args...).Scan(&k.id, &k.version)
	return k, notFound(err, k.id)
}

// document yields the document of a row.
func (s *salvage) document(ctx context.Context, k key) bool {
	var state State
	if err := s.corpus.db.QueryRowContext(ctx, "SELECT state FROM document WHERE id = ?", k.id).Scan(&state); err == nil && state == Withdrawn {
		return true
	}
	var text []byte
	d := schema.Document{ID: k.id}
	err := s.corpus.db.QueryRowContext(ctx, "SELECT url, outlet, published, title, text FROM version WHERE id = ? AND version = ?", k.id, k.version).
		Scan(&d.URL, &d.Outlet, &d.Published, &d.Title, &text)
	if err == nil {
		text, err = unpack(text)
	}
	if err != nil {
		return s.yield(schema.Document{ID: k.id}, fmt.Errorf("document %q: %w", k.id, err))
	}
	d.Text = string(text)
	return s.yield(d, nil)
}

// copied opens a copy of a damaged archive, with its WAL where there is one, and mends the copy's header.
func copied(path, to string) (*Corpus, error) {
	if err := copyFile(path, to); err != nil {
		return nil, err
	}
	if err := copyFile(path+"-wal", to+"-wal"); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if err := mendHeader(to); err != nil {
		return nil, err
	}
	c, err := connect(to)
	if err != nil {
		return nil, err
	}
	c.path = path // what errors name
	return c, nil
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// pageSize is SQLite's default, which every corpus has.
const pageSize = 4096

// mendHeader writes an SQLite header (https://www.sqlite.org/fileformat.html, 1.3) where the first bytes are none, and the
// number of pages that are really there. Everything else in a file can then be read as far as it is whole.
func mendHeader(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if info.Size() < pageSize {
		return fmt.Errorf("%w: %d bytes are left of it: nothing to save", ErrCorrupt, info.Size())
	}
	h := make([]byte, 100)
	if _, err := f.ReadAt(h, 0); err != nil {
		return err
	}
	const magic = "SQLite format 3\x00"
	if string(h[:16]) != magic || binary.BigEndian.Uint16(h[16:]) != pageSize {
		clear(h)
		copy(h, magic)
		binary.BigEndian.PutUint16(h[16:], pageSize)
		h[18], h[19] = 2, 2                   // WAL
		h[21], h[22], h[23] = 64, 32, 32      // payload fractions
		binary.BigEndian.PutUint32(h[44:], 4) // schema format
		binary.BigEndian.PutUint32(h[56:], 1) // UTF-8
		binary.BigEndian.PutUint32(h[24:], 1) // change counter
		binary.BigEndian.PutUint32(h[92:], 1) // the counter that the page count below belongs to
		binary.BigEndian.PutUint32(h[96:], 3_045_000)
	}
	binary.BigEndian.PutUint32(h[28:], uint32(info.Size()/pageSize))
	if _, err := f.WriteAt(h, 0); err != nil {
		return err
	}
	return f.Truncate(info.Size() / pageSize * pageSize)
}
