package corpus

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
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
		return s, fmt.Errorf("corpus %s: %w", c.path, err)
	}
	return s, nil
}

// FetchStates reads the states of all locations of a source, or only of those whose last attempt failed, by location.
func (c *Corpus) FetchStates(ctx context.Context, source string, failedOnly bool) ([]FetchState, error) {
	query := "SELECT location, source, etag, modified, size, status, fetched, failures, detail FROM fetch WHERE source = ?"
	if failedOnly {
		query += " AND failures > 0"
	}
	rows, err := c.db.QueryContext(ctx, query+" ORDER BY location", source)
	if err != nil {
		return nil, fmt.Errorf("corpus %s: %w", c.path, err)
	}
	defer rows.Close()
	var out []FetchState
	for rows.Next() {
		var s FetchState
		if err := rows.Scan(&s.Location, &s.Source, &s.ETag, &s.Modified, &s.Size, &s.Status, &s.Fetched, &s.Failures, &s.Detail); err != nil {
			return nil, fmt.Errorf("corpus %s: %w", c.path, err)
		}
		out = append(out, s)
	}
	return out, rows.Err()
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
