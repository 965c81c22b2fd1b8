// Package chunk groups tokens into bunsetsu and gives each the bunsetsu it depends on. Every bunsetsu but the last of its
// sentence depends on one to its right, without crossing.
package chunk

import (
	"github.com/entente-kg/entente/extract/morph"
	"github.com/entente-kg/entente/schema"
)

// Chunk is a bunsetsu: content words followed by function words.
type Chunk struct {
	// Span covers the bunsetsu in its part of the document, punctuation included.
	Span schema.Span
	// From and To are the half-open range of its tokens in the sentence.
	From, To int
	// Head is the index (in the sentence) of the last content token; Func that of the first function token after it, or To.
	Head int
	Func int
	// Dep is the index of the chunk it depends on, -1 for the last of the sentence.
	Dep int
	// Score is the parser's margin for Dep, 0 to 1; 1 where only one head was possible.
	Score float64
}

// Sentence is an analysed sentence: the input of clause and mention.
type Sentence struct {
	schema.Sentence
	Tokens []morph.Token
	Chunks []Chunk
	// ChunkOf maps a token's index to that of its chunk.
	ChunkOf []int
}
