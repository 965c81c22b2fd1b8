package refresh

import (
	"context"

	"github.com/entente-kg/entente/extract"
	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
)

// Reader is an Extractor that also sketches each text, by which the graph recognises syndicated copies.
type Reader struct{ Extractor *extract.Extractor }

// Version implements Extractor.
func (r Reader) Version() string { return r.Extractor.Version() }

// Extract implements Extractor.
func (r Reader) Extract(ctx context.Context, doc schema.Document) (schema.Extraction, error) {
	result, err := r.Extractor.Document(ctx, doc)
	result.Source.Shingles = string(graph.MakeSketch(doc.Text))
	return result.Extraction, err
}
