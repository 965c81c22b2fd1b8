// Package corpus is the archive of every document that was ever fetched, in one SQLite file: each version as it came, its
// text, where and when it was read, and how far it has got on its way into the graph. A document is in the corpus before
// anything else happens to it, so that nothing is lost when extraction fails or Neo4j is down, and a rebuild needs no
// network.
package corpus

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite", pure Go
)

// Errors that callers tell apart.
var (
	// ErrCorrupt says that the file is no corpus, or a damaged one.
	ErrCorrupt = errors.New("the corpus file is damaged")
	// ErrNotFound says that the corpus holds no such document or version.
	ErrNotFound = errors.New("not in the corpus")
	// ErrNewer says that a newer Entente wrote the file.
	ErrNewer = errors.New("the corpus was written by a newer version of entente")
)

// migrations[i] leads from layout i to layout i+1; the layout is the file's user_version.
var migrations = []string{`
CREATE TABLE document (
  id        TEXT PRIMARY KEY,
  url       TEXT NOT NULL DEFAULT '',
  outlet    TEXT NOT NULL DEFAULT '',
  published TEXT NOT NULL DEFAULT '',
  title     TEXT NOT NULL DEFAULT '',
  source    TEXT NOT NULL DEFAULT '',
  location  TEXT NOT NULL DEFAULT '',         -- the file or address it is read from
  version   INTEGER NOT NULL,
  hash      TEXT NOT NULL,
  first_seen TEXT NOT NULL,
  last_seen  TEXT NOT NULL,
  state     TEXT NOT NULL DEFAULT 'live',     -- live, missing, withdrawn
  missing_since TEXT NOT NULL DEFAULT '',
  pending   INTEGER NOT NULL DEFAULT 1,       -- the graph does not hold what the document is now
  outcome   TEXT NOT NULL DEFAULT '',         -- of the last attempt: loaded, extract-failed, load-failed, withdrawn
  detail    TEXT NOT NULL DEFAULT '',
  extractor TEXT NOT NULL DEFAULT '',         -- the version that made what the graph holds
  loaded_hash TEXT NOT NULL DEFAULT '',
  loaded_at TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE INDEX document_pending ON document(id) WHERE pending = 1;
CREATE INDEX document_missing ON document(source) WHERE state = 'missing';
CREATE INDEX document_location ON document(location);
CREATE INDEX document_recent ON document(source, first_seen);
CREATE INDEX document_outdated ON document(extractor);
CREATE TABLE version (
  id        TEXT NOT NULL,
  version   INTEGER NOT NULL,
  hash      TEXT NOT NULL,
  title     TEXT NOT NULL,
  published TEXT NOT NULL,
  outlet    TEXT NOT NULL,
  url       TEXT NOT NULL,
  retrieved TEXT NOT NULL,
  media     TEXT NOT NULL,                    -- content type of raw
  text      BLOB NOT NULL,                    -- zstd
  raw       BLOB,                             -- zstd; NULL where the text is all there was
  PRIMARY KEY (id, version)
) WITHOUT ROWID;
CREATE TABLE fetch (
  location  TEXT PRIMARY KEY,                 -- address or file
  source    TEXT NOT NULL DEFAULT '',
  etag      TEXT NOT NULL DEFAULT '',
  modified  TEXT NOT NULL DEFAULT '',
  size      INTEGER NOT NULL DEFAULT 0,
  status    INTEGER NOT NULL DEFAULT 0,
  fetched   TEXT NOT NULL DEFAULT '',
  failures  INTEGER NOT NULL DEFAULT 0,
  detail    TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE INDEX fetch_source ON fetch(source);
CREATE INDEX fetch_failed ON fetch(source) WHERE failures > 0;
`}

// applicationID marks the file as a corpus ("Ente").
const applicationID = 0x456e7465

// Corpus is an open archive. It is safe for concurrent use; several processes may read while one writes.
type Corpus struct {
	db   *sql.DB
	path string
}

// Open opens or makes the archive at path, with its folder. A file that is damaged or no corpus gives ErrCorrupt with the
// way out; one of a newer Entente ErrNewer.
func Open(ctx context.Context, path string) (*Corpus, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, fmt.Errorf("corpus %s: %w", path, err)
	}
	dsn := (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: url.Values{"_pragma": {
		"busy_timeout(30000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(ON)",
	}, "_txlock": {"immediate"}}.Encode()}).String()
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, fmt.Errorf("corpus %s: %w", path, err)
	}
	c := &Corpus{db: db, path: path}
	if err := c.prepare(ctx); err != nil {
		db.Close()
		return nil, err
	}
	return c, nil
}

func (c *Corpus) prepare(ctx context.Context) error {
	damaged := func(why string) error {
		return fmt.Errorf("corpus %s: %w (%s): move the file away and run `entente corpus import BACKUP.jsonl`, or start an empty one and refresh again", c.path, ErrCorrupt, why)
	}
	var id, layout int
	if err := c.db.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return damaged(err.Error())
	}
	if err := c.db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&layout); err != nil {
		return damaged(err.Error())
	}
	var tables int
	if err := c.db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables); err != nil {
		return damaged(err.Error())
	}
	switch {
	case id == 0 && tables > 0:
		return damaged("it is an SQLite file of another program")
	case id != 0 && id != applicationID:
		return damaged(fmt.Sprintf("it is an SQLite file of another program, id %#x", id))
	case layout > len(migrations):
		return fmt.Errorf("corpus %s: %w (layout %d, this one knows %d): update entente", c.path, ErrNewer, layout, len(migrations))
	}
	if tables > 0 {
		var verdict string
		if err := c.db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&verdict); err != nil {
			return damaged(err.Error())
		}
		if verdict != "ok" {
			return damaged(verdict)
		}
	}
	if layout == len(migrations) {
		return nil
	}
	return c.write(ctx, func(tx *sql.Tx) error {
		// Another process may have migrated while this one waited for the lock.
		if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&layout); err != nil {
			return err
		}
		for ; layout < len(migrations); layout++ {
			if _, err := tx.ExecContext(ctx, migrations[layout]); err != nil {
				return fmt.Errorf("layout %d: %w", layout+1, err)
			}
		}
		_, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id=%d; PRAGMA user_version=%d", applicationID, layout))
		return err
	})
}

// Close closes the file.
func (c *Corpus) Close() error { return c.db.Close() }

// Path is the file's path.
func (c *Corpus) Path() string { return c.path }

// Vacuum gives unused space back to the file system.
func (c *Corpus) Vacuum(ctx context.Context) error {
	if _, err := c.db.ExecContext(ctx, "VACUUM"); err != nil {
		return fmt.Errorf("corpus %s: %w", c.path, err)
	}
	return nil
}

// write runs fn in one transaction.
func (c *Corpus) write(ctx context.Context, fn func(*sql.Tx) error) error {
	tx, err := c.db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("corpus %s: %w", c.path, err)
	}
	if err := fn(tx); err != nil {
		tx.Rollback() // the first error is the one to tell
		return fmt.Errorf("corpus %s: %w", c.path, err)
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("corpus %s: %w", c.path, err)
	}
	return nil
}

// stamp writes a time as the corpus keeps it.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
