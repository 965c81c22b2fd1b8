// Package graph is the model of the knowledge graph: how what documents say (schema.Extraction) becomes nodes and
// relationships with stable keys, and what has to be written when documents come, change or go.
//
// The graph has two layers. Layer 2 is the evidence: Document, Mention and Statement rows, made from one document alone
// (Derive). Layer 1 is what researchers look at first: Entity nodes and typed Edges, which are always exactly what layer 2
// implies (Assemble is the whole derivation in one function, and the specification). Plan computes, from what a store holds
// and a Change, the smallest Delta that leads to the graph that Assemble would make; a Store only reads and writes rows.
//
// Everything here is pure: no I/O, no clock, no randomness. Every aggregate is order-free (integer sums, minima, maxima,
// ties broken by the value itself), so that the same documents in any order and any batches make the same graph, byte for
// byte. Stores live in the packages below: memory, neo4j, and files for exports.
package graph

import (
	"context"
	"io"
	"iter"

	"github.com/entente-kg/entente/schema"
)

// Change is what happened to a set of documents. A document must not occur twice in one Change.
type Change struct {
	// Put holds what documents say now. It replaces everything the same document said before.
	Put []schema.Extraction
	// Withdraw holds the ids of documents that are to go with all they said. Unknown ids are ignored.
	Withdraw []string
}

// Store keeps a graph. Implementations are safe for concurrent use, also by several processes on one database.
type Store interface {
	// Apply makes the graph true to the change. Each document is replaced in one transaction with everything that
	// follows from it (edges, entities, families); a large change is split into several transactions, and after an error the
	// documents of earlier ones stay. Applying the same change again completes it and counts nothing twice.
	// A change with an invalid extraction is refused as a whole (see Derive).
	Apply(ctx context.Context, c Change) (Summary, error)
	// Plan tells what Apply would write and writes nothing. The result is held in memory: give it a few hundred documents
	// at a time.
	Plan(ctx context.Context, c Change) (*Delta, error)
	// Documents yields the documents of the graph by rising id. It stops after the first error.
	Documents(ctx context.Context) iter.Seq2[DocumentState, error]
	// Dump writes the graph in canonical form (see DumpWriter): equal graphs give equal bytes.
	Dump(ctx context.Context, w io.Writer) error
	// Close frees the store's connections.
	Close(ctx context.Context) error
}

// DocumentState says which version of a document the graph holds.
type DocumentState struct {
	ID        string `json:"id"`
	Published string `json:"published,omitempty"`
	// Hash is that of the text (schema.ContentHash), Extractor the version that read it; both as given by schema.Source.
	Hash      string `json:"hash,omitempty"`
	Extractor string `json:"extractor,omitempty"`
	// Digest is that of everything the document contributes (Rows.Digest): equal digests mean nothing to do.
	Digest string `json:"digest"`
}

// Summary counts what an Apply wrote. The zero value says that the graph was up to date.
type Summary struct {
	Documents  Counts `json:"documents"`
	Statements Counts `json:"statements"`
	Edges      Counts `json:"edges"`
	Entities   Counts `json:"entities"`
	// Copies is the number of documents that became or ceased to be a COPY_OF another.
	Copies int `json:"copies"`
}

// Counts counts rows of one kind.
type Counts struct {
	Added     int `json:"added"`
	Changed   int `json:"changed"`
	Removed   int `json:"removed"`
	Unchanged int `json:"unchanged,omitempty"` // documents only
}

// Add sums up.
func (s *Summary) Add(t Summary) {
	s.Documents.add(t.Documents)
	s.Statements.add(t.Statements)
	s.Edges.add(t.Edges)
	s.Entities.add(t.Entities)
	s.Copies += t.Copies
}

func (c *Counts) add(d Counts) {
	c.Added += d.Added
	c.Changed += d.Changed
	c.Removed += d.Removed
	c.Unchanged += d.Unchanged
}
