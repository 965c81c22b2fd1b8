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

	"modernc.org/sqlite" // with the driver "sqlite", pure Go
	sqlite3 "modernc.org/sqlite/lib"
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
`, `
CREATE TABLE settings (                       -- what a source's locations were last read with
  source    TEXT PRIMARY KEY,
  value     TEXT NOT NULL
) WITHOUT ROWID;
`}

// applicationID marks the file as a corpus ("Ente").
const applicationID = 0x456e7465

// Corpus is an open archive. It is safe for concurrent use; several processes may read while one writes.
type Corpus struct {
	db   *sql.DB
	path string
}

// Open opens or makes the archive at path, with its folder. A file that is damaged or no corpus gives ErrCorrupt with the
// way out; one of a newer Entente ErrNewer. The whole file is checked when anything but this package may have touched it
// since it was last closed; damage that shows later gives ErrCorrupt as well.
func Open(ctx context.Context, path string) (*Corpus, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, fmt.Errorf("corpus %s: %w", path, err)
	}
	c, err := connect(path)
	if err != nil {
		return nil, err
	}
	if err := c.prepare(ctx); err != nil {
		c.db.Close()
		return nil, err
	}
	return c, nil
}

func connect(path string) (*Corpus, error) {
	dsn := (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: url.Values{"_pragma": {
		"busy_timeout(30000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(ON)",
	}, "_txlock": {"immediate"}}.Encode()}).String()
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, fmt.Errorf("corpus %s: %w", path, err)
	}
	return &Corpus{db: db, path: path}, nil
}

// prepare checks the file and brings it to the newest layout.
func (c *Corpus) prepare(ctx context.Context) error {
	untouched, emptied := c.sinceClose()
	if emptied {
		return c.damaged("it is empty, and was not when it was last closed")
	}
	var id, layout, tables int
	for _, read := range []struct {
		query string
		into  *int
	}{{"PRAGMA application_id", &id}, {"PRAGMA user_version", &layout}, {"SELECT count(*) FROM sqlite_schema", &tables}} {
		if err := c.db.QueryRowContext(ctx, read.query).Scan(read.into); err != nil {
			return c.wrap(err)
		}
	}
	switch {
	case id == 0 && tables > 0:
		return c.damaged("it is an SQLite file of another program")
	case id != 0 && id != applicationID:
		return c.damaged(fmt.Sprintf("it is an SQLite file of another program, id %#x", id))
	case layout > len(migrations):
		return fmt.Errorf("corpus %s: %w (layout %d, this one knows %d): update entente", c.path, ErrNewer, layout, len(migrations))
	}
	if tables > 0 && !untouched {
		var verdict string
		if err := c.db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&verdict); err != nil {
			return c.wrap(err)
		}
		if verdict != "ok" {
			return c.damaged(verdict)
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

// Close closes the file and notes how it was left.
func (c *Corpus) Close() error {
	if err := c.db.Close(); err != nil {
		return fmt.Errorf("corpus %s: %w", c.path, err)
	}
	if _, err := os.Stat(c.path + "-wal"); err == nil {
		return nil // another process has it open
	}
	if now := fingerprint(c.path); now != "" && now != c.closedAs() {
		// Without the note the next Open only takes longer.
		_ = os.WriteFile(c.path+closedSuffix, []byte(now), 0o644)
	}
	return nil
}

// closedSuffix names the file that tells how the archive was left. Reading a large archive through at every start would
// make the time of a small refresh depend on everything that was ever fetched.
const closedSuffix = ".closed"

func (c *Corpus) closedAs() string {
	b, err := os.ReadFile(c.path + closedSuffix)
	if err != nil {
		return ""
	}
	return string(b)
}

// sinceClose reports whether the file is as Close left it, and whether it lost all that it held.
func (c *Corpus) sinceClose() (untouched, emptied bool) {
	closed := c.closedAs()
	if closed == "" {
		return false, false
	}
	info, err := os.Stat(c.path)
	if err != nil {
		os.Remove(c.path + closedSuffix) // moved away: a new one begins, and may be empty if the process is killed now
		return false, false
	}
	_, walErr := os.Stat(c.path + "-wal")
	return walErr != nil && fingerprint(c.path) == closed, info.Size() == 0
}

// fingerprint is a file's size and time of modification, "" when there is none.
func fingerprint(path string) string {
	info, err := os.Stat(path)
	if err != nil {
		return ""
	}
	return fmt.Sprintf("%d bytes, modified %d\n", info.Size(), info.ModTime().UnixNano())
}

// damaged is ErrCorrupt with why and the way out.
func (c *Corpus) damaged(why string) error {
	return fmt.Errorf("corpus %[1]s: %[2]w (%[3]s): save what can be read with `entente corpus salvage -o saved.jsonl`, move %[1]s* away, "+
		"bring back saved.jsonl or a backup with `entente corpus import`, and refresh again", c.path, ErrCorrupt, why)
}

// wrap names the corpus in an error, and tells damage for what it is.
func (c *Corpus) wrap(err error) error {
	var e *sqlite.Error
	if errors.As(err, &e) {
		switch e.Code() & 0xff { // the rest tells where it showed
		case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
			return c.damaged(e.Error())
		}
	}
	return fmt.Errorf("corpus %s: %w", c.path, err)
}

// Path is the file's path.
func (c *Corpus) Path() string { return c.path }

// Vacuum gives unused space back to the file system.
func (c *Corpus) Vacuum(ctx context.Context) error {
	if _, err := c.db.ExecContext(ctx, "VACUUM"); err != nil {
		return c.wrap(err)
	}
	return nil
}

// write runs fn in one transaction.
func (c *Corpus) write(ctx context.Context, fn func(*sql.Tx) error) error {
	tx, err := c.db.BeginTx(ctx, nil)
	if err != nil {
		return c.wrap(err)
	}
	if err := fn(tx); err != nil {
		tx.Rollback() // the first error is the one to tell
		return c.wrap(err)
	}
	if err := tx.Commit(); err != nil {
		return c.wrap(err)
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
