package corpus

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"sync"
	"time"

	"github.com/entente-kg/entente/schema"
	"github.com/klauspost/compress/zstd"
)

// State says whether a document is still published.
type State string

// The states.
const (
	Live      State = "live"
	Missing   State = "missing"   // its source answered 404 or 410, or the file is gone; within the grace
	Withdrawn State = "withdrawn" // gone for good: the graph must forget what it said
)

// Code is the outcome of the last attempt to bring a document into the graph.
type Code string

// The outcomes.
const (
	Loaded        Code = "loaded"
	ExtractFailed Code = "extract-failed"
	LoadFailed    Code = "load-failed"
	Retracted     Code = "retracted"
)

// Fetched is a document as it came from its source.
type Fetched struct {
	Document schema.Document
	// Source names the configured source it came from, Location the file or address there.
	Source, Location string
	// Retrieved is when; not zero.
	Retrieved time.Time
	// Raw is the page or record as fetched, Media its content type; nil where the text is all there was.
	Raw   []byte
	Media string
}

// Info is what the corpus knows of a document besides its text.
type Info struct {
	ID, URL, Outlet, Published, Title, Source, Location string
	Version                                             int
	Hash                                                string
	FirstSeen, LastSeen                                 string
	State                                               State
	MissingSince                                        string
	Pending                                             bool
	Outcome                                             Code
	Detail                                              string
	Extractor                                           string
	LoadedHash                                          string
}

// PutResult is what Put did with a document.
type PutResult int

// The results of Put.
const (
	Unchanged PutResult = iota
	Added
	Changed
	Returned // it was missing or withdrawn, and is there again
)

// Put archives documents in one transaction; result i belongs to docs[i]. A document whose text, title, outlet, date and URL are the same
// as its newest version is only noted as seen, now and there. So is one whose title and text are the same where another source
// gives another outlet or date: else two sources that list one article would make a version of it in every run.
func (c *Corpus) Put(ctx context.Context, docs []Fetched) ([]PutResult, error) {
	results := make([]PutResult, len(docs))
	err := c.write(ctx, func(tx *sql.Tx) error {
		for i, f := range docs {
			r, err := putOne(ctx, tx, f)
			if err != nil {
				return fmt.Errorf("document %q: %w", f.Document.ID, err)
			}
			results[i] = r
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return results, nil
}

func putOne(ctx context.Context, tx *sql.Tx, f Fetched) (PutResult, error) {
	d, now := f.Document, stamp(f.Retrieved)
	if d.ID == "" {
		return 0, errors.New("no id")
	}
	hash := schema.ContentHash(d.Title, d.Text)
	var (
		version                                     int
		oldHash, outlet, published, address, source string
		state                                       State
	)
	err := tx.QueryRowContext(ctx, "SELECT version, hash, outlet, published, url, source, state FROM document WHERE id = ?", d.ID).
		Scan(&version, &oldHash, &outlet, &published, &address, &source, &state)
	known := !errors.Is(err, sql.ErrNoRows)
	if known && err != nil {
		return 0, err
	}
	if known && oldHash == hash && (source != f.Source || outlet == d.Outlet && published == d.Published && address == d.URL) {
		_, err := tx.ExecContext(ctx, `UPDATE document SET last_seen = ?, source = ?, location = ?, state = 'live', missing_since = '',
  pending = pending OR state = 'withdrawn' WHERE id = ?`, now, f.Source, f.Location, d.ID)
		if state == Live {
			return Unchanged, err
		}
		return Returned, err
	}
	version++
	if _, err := tx.ExecContext(ctx, `INSERT INTO version (id, version, hash, title, published, outlet, url, retrieved, media, text, raw)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, d.ID, version, hash, d.Title, d.Published, d.Outlet, d.URL, now, f.Media,
		pack([]byte(d.Text)), packOrNil(f.Raw)); err != nil {
		return 0, err
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO document (id, url, outlet, published, title, source, location, version, hash, first_seen, last_seen)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET url = excluded.url, outlet = excluded.outlet, published = excluded.published, title = excluded.title,
  source = excluded.source, location = excluded.location, version = excluded.version, hash = excluded.hash, last_seen = excluded.last_seen,
  state = 'live', missing_since = '', pending = 1`,
		d.ID, d.URL, d.Outlet, d.Published, d.Title, f.Source, f.Location, version, hash, now, now); err != nil {
		return 0, err
	}
	switch {
	case !known:
		return Added, nil
	case state != Live:
		return Returned, nil
	}
	return Changed, nil
}

// Gone says that a document is no longer at a location. Where it is read from another one by now, that means nothing. The
// first time starts its grace; once grace has passed, it is withdrawn and pending. Gone reports the state before and after.
// An unknown document gives ErrNotFound.
func (c *Corpus) Gone(ctx context.Context, id, location string, now time.Time, grace time.Duration) (before, after State, err error) {
	err = c.write(ctx, func(tx *sql.Tx) error {
		var since, at string
		if err := tx.QueryRowContext(ctx, "SELECT state, missing_since, location FROM document WHERE id = ?", id).Scan(&before, &since, &at); err != nil {
			return notFound(err, id)
		}
		after = before
		if before == Withdrawn || at != location {
			return nil
		}
		first, err := time.Parse(time.RFC3339, since)
		if err != nil {
			first, since = now, stamp(now)
		}
		after = Missing
		if !now.Before(first.Add(grace)) {
			after = Withdrawn
		}
		_, err = tx.ExecContext(ctx, "UPDATE document SET state = ?, missing_since = ?, pending = pending OR ? WHERE id = ?",
			after, since, after == Withdrawn, id)
		return err
	})
	return before, after, err
}

// Withdraw marks documents as gone for good, without a grace. Unknown ids are ignored.
func (c *Corpus) Withdraw(ctx context.Context, ids []string) error {
	return c.write(ctx, func(tx *sql.Tx) error {
		for _, id := range ids {
			if _, err := tx.ExecContext(ctx, "UPDATE document SET state = 'withdrawn', pending = 1 WHERE id = ? AND state <> 'withdrawn'", id); err != nil {
				return err
			}
		}
		return nil
	})
}

// Outcome is how an attempt to bring a document into the graph ended.
type Outcome struct {
	ID string
	// Hash is the text that was extracted: a document that changed meanwhile stays pending.
	Hash      string
	Extractor string
	Code      Code
	Detail    string
}

// Finish records outcomes in one transaction, after the graph has committed: this must happen last, because a document
// that is no longer pending is not looked at again.
func (c *Corpus) Finish(ctx context.Context, now time.Time, outcomes []Outcome) error {
	return c.write(ctx, func(tx *sql.Tx) error {
		for _, o := range outcomes {
			var err error
			switch o.Code {
			case Loaded:
				_, err = tx.ExecContext(ctx, `UPDATE document SET outcome = ?, detail = ?, extractor = ?, loaded_hash = ?, loaded_at = ?,
  pending = NOT (hash = ? AND state <> 'withdrawn') WHERE id = ?`, o.Code, o.Detail, o.Extractor, o.Hash, stamp(now), o.Hash, o.ID)
			case Retracted:
				_, err = tx.ExecContext(ctx, `UPDATE document SET outcome = ?, detail = ?, extractor = '', loaded_hash = '', loaded_at = ?,
  pending = (state <> 'withdrawn') WHERE id = ?`, o.Code, o.Detail, stamp(now), o.ID)
			default:
				_, err = tx.ExecContext(ctx, "UPDATE document SET outcome = ?, detail = ? WHERE id = ?", o.Code, o.Detail, o.ID)
			}
			if err != nil {
				return fmt.Errorf("document %q: %w", o.ID, err)
			}
		}
		return nil
	})
}

// Renew makes every live document pending that another version of the extractor read, and reports how many.
func (c *Corpus) Renew(ctx context.Context, extractor string) (int, error) {
	r, err := c.db.ExecContext(ctx, "UPDATE document SET pending = 1 WHERE extractor <> ? AND state <> 'withdrawn' AND pending = 0", extractor)
	if err != nil {
		return 0, c.wrap(err)
	}
	n, err := r.RowsAffected()
	return int(n), err
}

// Held says what the graph holds of a document: the hash of its text and the version of the extractor that read it.
type Held struct{ ID, Hash, Extractor string }

// Reconcile makes every document pending that the graph does not hold as this version of the extractor would read it, and every withdrawn
// one that it still holds; it reports how many it found. What the graph holds and the corpus never had is left alone.
func (c *Corpus) Reconcile(ctx context.Context, extractor string, graph iter.Seq2[Held, error]) (int, error) {
	var found int64
	err := c.write(ctx, func(tx *sql.Tx) error {
		// A temporary table belongs to the connection: it must not outlive the transaction.
		if _, err := tx.ExecContext(ctx, "CREATE TEMP TABLE held (id TEXT PRIMARY KEY, hash TEXT, extractor TEXT) WITHOUT ROWID"); err != nil {
			return err
		}
		for h, err := range graph {
			if err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, "INSERT INTO held VALUES (?, ?, ?)", h.ID, h.Hash, h.Extractor); err != nil {
				return fmt.Errorf("document %q: %w", h.ID, err)
			}
		}
		r, err := tx.ExecContext(ctx, `UPDATE document SET pending = 1 WHERE CASE state WHEN 'withdrawn'
  THEN EXISTS (SELECT 1 FROM held h WHERE h.id = document.id)
  ELSE NOT EXISTS (SELECT 1 FROM held h WHERE h.id = document.id AND h.hash = document.hash AND h.extractor = ?) END`, extractor)
		if err != nil {
			return err
		}
		if found, err = r.RowsAffected(); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "DROP TABLE held")
		return err
	})
	return int(found), err
}

// Pending counts the documents that the graph does not hold as they are, in a time that depends on their number alone.
func (c *Corpus) Pending(ctx context.Context) (n int, err error) {
	if err := c.db.QueryRowContext(ctx, "SELECT count(*) FROM document WHERE pending = 1").Scan(&n); err != nil {
		return 0, c.wrap(err)
	}
	return n, nil
}

const infoColumns = "id, url, outlet, published, title, source, location, version, hash, first_seen, last_seen, state, missing_since, pending, outcome, detail, extractor, loaded_hash"

func scanInfo(row interface{ Scan(...any) error }) (Info, error) {
	var i Info
	err := row.Scan(&i.ID, &i.URL, &i.Outlet, &i.Published, &i.Title, &i.Source, &i.Location, &i.Version, &i.Hash, &i.FirstSeen, &i.LastSeen,
		&i.State, &i.MissingSince, &i.Pending, &i.Outcome, &i.Detail, &i.Extractor, &i.LoadedHash)
	return i, err
}

// Info tells what is known of a document; ErrNotFound when nothing is.
func (c *Corpus) Info(ctx context.Context, id string) (Info, error) {
	i, err := scanInfo(c.db.QueryRowContext(ctx, "SELECT "+infoColumns+" FROM document WHERE id = ?", id))
	if err != nil {
		err = c.wrap(notFound(err, id))
	}
	return i, err
}

// Filter chooses documents; its zero value all.
type Filter struct {
	Pending bool   // only those that the graph does not hold as they are
	State   State  // only these
	Source  string // only of this source
	// Location keeps only those read from this file or address.
	Location string
	// Since keeps only those first seen at this time (RFC 3339) or later.
	Since string
	After string // only ids above this one
	Limit int    // at most so many; 0: all
}

// page bounds how many rows a List holds in memory, and for how long it keeps a read transaction open.
const page = 500

// List yields documents by rising id in constant memory. It stops after the first error.
func (c *Corpus) List(ctx context.Context, f Filter) iter.Seq2[Info, error] {
	return func(yield func(Info, error) bool) {
		after, left := f.After, f.Limit
		for {
			n := page
			if f.Limit > 0 {
				n = min(n, left)
			}
			rows, err := c.listPage(ctx, f, after, n)
			if err != nil {
				yield(Info{}, c.wrap(err))
				return
			}
			for _, i := range rows {
				if !yield(i, nil) {
					return
				}
				after = i.ID
			}
			left -= len(rows)
			if len(rows) < n || f.Limit > 0 && left <= 0 {
				return
			}
		}
	}
}

func (c *Corpus) listPage(ctx context.Context, f Filter, after string, n int) ([]Info, error) {
	query, args := "SELECT "+infoColumns+" FROM document WHERE id > ?", []any{after}
	if f.Pending {
		query += " AND pending = 1"
	}
	if f.State != "" {
		query, args = query+" AND state = ?", append(args, f.State)
	}
	if f.Source != "" {
		query, args = query+" AND source = ?", append(args, f.Source)
	}
	if f.Location != "" {
		query, args = query+" AND location = ?", append(args, f.Location)
	}
	if f.Since != "" {
		query, args = query+" AND first_seen >= ?", append(args, f.Since)
	}
	rows, err := c.db.QueryContext(ctx, query+" ORDER BY id LIMIT ?", append(args, n)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Info
	for rows.Next() {
		i, err := scanInfo(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, i)
	}
	return out, rows.Err()
}

// Document reads a version of a document; 0 is the newest. ErrNotFound when there is none.
func (c *Corpus) Document(ctx context.Context, id string, version int) (Fetched, error) {
	var (
		f         Fetched
		text, raw []byte
		retrieved string
	)
	err := c.db.QueryRowContext(ctx, `SELECT v.url, v.outlet, v.published, v.title, v.retrieved, v.media, v.text, v.raw, d.source, d.location
FROM document d JOIN version v ON v.id = d.id AND v.version = CASE WHEN ? > 0 THEN ? ELSE d.version END WHERE d.id = ?`, version, version, id).
		Scan(&f.Document.URL, &f.Document.Outlet, &f.Document.Published, &f.Document.Title, &retrieved, &f.Media, &text, &raw, &f.Source, &f.Location)
	if err != nil {
		return f, c.wrap(notFound(err, id))
	}
	f.Document.ID = id
	f.Retrieved, _ = time.Parse(time.RFC3339, retrieved)
	plain, err := unpack(text)
	if err != nil {
		return f, fmt.Errorf("corpus %s: document %q: %w (%w)", c.path, id, ErrCorrupt, err)
	}
	f.Document.Text = string(plain)
	if raw != nil {
		if f.Raw, err = unpack(raw); err != nil {
			return f, fmt.Errorf("corpus %s: document %q: %w (%w)", c.path, id, ErrCorrupt, err)
		}
	}
	return f, nil
}

// Stats counts what is in the corpus.
type Stats struct {
	Documents int            `json:"documents"`
	Versions  int            `json:"versions"`
	Pending   int            `json:"pending"`
	States    map[State]int  `json:"states"`
	Outcomes  map[Code]int   `json:"outcomes"`
	Sources   map[string]int `json:"sources"`
	Bytes     int64          `json:"bytes"`
}

// Stats counts documents, versions, states, outcomes, sources, and the file's size in bytes.
func (c *Corpus) Stats(ctx context.Context) (Stats, error) {
	s := Stats{States: map[State]int{}, Outcomes: map[Code]int{}, Sources: map[string]int{}}
	rows, err := c.db.QueryContext(ctx, "SELECT state, outcome, source, pending, count(*) FROM document GROUP BY 1, 2, 3, 4")
	if err != nil {
		return s, c.wrap(err)
	}
	defer rows.Close()
	for rows.Next() {
		var (
			state   State
			outcome Code
			source  string
			pending bool
			n       int
		)
		if err := rows.Scan(&state, &outcome, &source, &pending, &n); err != nil {
			return s, c.wrap(err)
		}
		s.Documents += n
		s.States[state] += n
		s.Sources[source] += n
		if outcome != "" {
			s.Outcomes[outcome] += n
		}
		if pending {
			s.Pending += n
		}
	}
	if err := rows.Err(); err != nil {
		return s, c.wrap(err)
	}
	err = c.db.QueryRowContext(ctx, "SELECT (SELECT count(*) FROM version), (SELECT page_count FROM pragma_page_count) * (SELECT page_size FROM pragma_page_size)").
		Scan(&s.Versions, &s.Bytes)
	if err != nil {
		return s, c.wrap(err)
	}
	return s, nil
}

func notFound(err error, id string) error {
	if errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("document %q: %w", id, ErrNotFound)
	}
	return err
}

// A zstd encoder and decoder are safe for concurrent EncodeAll and DecodeAll.
var codec = sync.OnceValues(func() (*zstd.Encoder, *zstd.Decoder) {
	e, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	if err != nil {
		panic(err) // constant options
	}
	d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(1<<30))
	if err != nil {
		panic(err)
	}
	return e, d
})

func pack(b []byte) []byte {
	e, _ := codec()
	return e.EncodeAll(b, []byte{})
}

func packOrNil(b []byte) []byte {
	if b == nil {
		return nil
	}
	return pack(b)
}

func unpack(b []byte) ([]byte, error) {
	_, d := codec()
	return d.DecodeAll(b, nil)
}
