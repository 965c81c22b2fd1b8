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
	// Document is the id of the document that was read there; empty for feeds and sitemaps.
	Document string
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
	err := c.db.QueryRowContext(ctx, "SELECT document, etag, modified, size, status, fetched, failures, detail FROM fetch WHERE location = ?", location).
		Scan(&s.Document, &s.ETag, &s.Modified, &s.Size, &s.Status, &s.Fetched, &s.Failures, &s.Detail)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return s, fmt.Errorf("corpus %s: %w", c.path, err)
	}
	return s, nil
}

// SetFetchStates stores states in one transaction. Store a document's state only after the document itself is in the
// corpus, else a crash between the two makes the next request conditional on something that was never kept.
func (c *Corpus) SetFetchStates(ctx context.Context, states []FetchState) error {
	return c.write(ctx, func(tx *sql.Tx) error {
		for _, s := range states {
			if _, err := tx.ExecContext(ctx, `INSERT INTO fetch (location, document, etag, modified, size, status, fetched, failures, detail)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (location) DO UPDATE SET document = excluded.document, etag = excluded.etag, modified = excluded.modified,
  size = excluded.size, status = excluded.status, fetched = excluded.fetched, failures = excluded.failures, detail = excluded.detail`,
				s.Location, s.Document, s.ETag, s.Modified, s.Size, s.Status, s.Fetched, s.Failures, s.Detail); err != nil {
				return fmt.Errorf("location %q: %w", s.Location, err)
			}
		}
		return nil
	})
}
