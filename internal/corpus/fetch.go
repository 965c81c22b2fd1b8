package corpus

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
)

// FetchState is what the last request for a location left behind, for the next one to be conditional.
type FetchState struct {
	// Location is a URL or a file's path.
	Location string
	// Source names the configured source it belongs to.
	Source string
	// ETag and Modified are the validators: of HTTP, or a file's modification time.
	ETag, Modified string
	// Size is the number of bytes read.
	Size int64
	// Status is the HTTP status, or 0 for a file.
	Status int
	// Fetched is when (RFC 3339); Failures counts failed attempts since the last success; Detail tells of the last.
	Fetched  string
	Failures int
	Detail   string
}

// FetchState reads the state of a location; the zero state with its Location when it was never fetched.
func (c *Corpus) FetchState(ctx context.Context, location string) (FetchState, error) {
	s := FetchState{Location: location}
	err := c.db.QueryRowContext(ctx, "SELECT source, etag, modified, size, status, fetched, failures, detail FROM fetch WHERE location = ?", location).
		Scan(&s.Source, &s.ETag, &s.Modified, &s.Size, &s.Status, &s.Fetched, &s.Failures, &s.Detail)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return s, c.wrap(err)
	}
	return s, nil
}

// FetchStates yields the states of all locations of a source, or only of those whose last attempt failed, by rising
// location in constant memory. It stops after the first error.
func (c *Corpus) FetchStates(ctx context.Context, source string, failedOnly bool) iter.Seq2[FetchState, error] {
	return func(yield func(FetchState, error) bool) {
		after := ""
		for {
			states, err := c.fetchStatesPage(ctx, source, failedOnly, after)
			if err != nil {
				yield(FetchState{}, c.wrap(err))
				return
			}
			for _, s := range states {
				if !yield(s, nil) {
					return
				}
				after = s.Location
			}
			if len(states) < page {
				return
			}
		}
	}
}

func (c *Corpus) fetchStatesPage(ctx context.Context, source string, failedOnly bool, after string) ([]FetchState, error) {
	query := "SELECT location, source, etag, modified, size, status, fetched, failures, detail FROM fetch WHERE source = ? AND location > ?"
	if failedOnly {
		query += " AND failures > 0"
	}
	rows, err := c.db.QueryContext(ctx, query+" ORDER BY location LIMIT ?", source, after, page)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []FetchState
	for rows.Next() {
		var s FetchState
		if err := rows.Scan(&s.Location, &s.Source, &s.ETag, &s.Modified, &s.Size, &s.Status, &s.Fetched, &s.Failures, &s.Detail); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

// Settings says with which settings a source is read from now on. When they are others than before, the validators of its
// locations are forgotten, so that each is read in full once more, and Settings reports true.
func (c *Corpus) Settings(ctx context.Context, source, value string) (changed bool, err error) {
	err = c.write(ctx, func(tx *sql.Tx) error {
		var before string
		err := tx.QueryRowContext(ctx, "SELECT value FROM settings WHERE source = ?", source).Scan(&before)
		known := !errors.Is(err, sql.ErrNoRows)
		if known && err != nil || before == value {
			return err
		}
		changed = known
		if _, err := tx.ExecContext(ctx, "INSERT INTO settings (source, value) VALUES (?, ?) ON CONFLICT (source) DO UPDATE SET value = excluded.value", source, value); err != nil || !known {
			return err
		}
		_, err = tx.ExecContext(ctx, "UPDATE fetch SET etag = '', modified = '' WHERE source = ?", source)
		return err
	})
	return changed, err
}

// DropFetchStates forgets locations: what is read there next counts as new.
func (c *Corpus) DropFetchStates(ctx context.Context, locations []string) error {
	return c.write(ctx, func(tx *sql.Tx) error {
		for _, l := range locations {
			if _, err := tx.ExecContext(ctx, "DELETE FROM fetch WHERE location = ?", l); err != nil {
				return err
			}
		}
		return nil
	})
}

// SetFetchStates stores states in one transaction. Store a document's state only after the document itself is in the
// corpus, else a crash between the two makes the next request conditional on something that was never kept.
func (c *Corpus) SetFetchStates(ctx context.Context, states []FetchState) error {
	return c.write(ctx, func(tx *sql.Tx) error {
		for _, s := range states {
			if _, err := tx.ExecContext(ctx, `INSERT INTO fetch (location, source, etag, modified, size, status, fetched, failures, detail)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (location) DO UPDATE SET source = excluded.source, etag = excluded.etag, modified = excluded.modified,
  size = excluded.size, status = excluded.status, fetched = excluded.fetched, failures = excluded.failures, detail = excluded.detail`,
				s.Location, s.Source, s.ETag, s.Modified, s.Size, s.Status, s.Fetched, s.Failures, s.Detail); err != nil {
				return fmt.Errorf("location %q: %w", s.Location, err)
			}
		}
		return nil
	})
}
