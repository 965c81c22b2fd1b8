package statement

import (
	"strings"

	"github.com/entente-kg/entente/extract/chunk"
	"github.com/entente-kg/entente/extract/clause"
	"github.com/entente-kg/entente/extract/mention"
	"github.com/entente-kg/entente/extract/timex"
	"github.com/entente-kg/entente/schema"
)

// document is an Input with the indexes that the frames look things up in.
type document struct {
	Input
	// mentions[s] are the indices of sentence s's mentions in text order; times likewise.
	mentions [][]int
	times    [][]int
}

func newDocument(in Input) *document {
	d := &document{Input: in, mentions: make([][]int, len(in.Sentences)), times: make([][]int, len(in.Sentences))}
	for i := range in.Resolution.Mentions {
		if s := in.Resolution.Mentions[i].Sentence; s < len(d.mentions) {
			d.mentions[s] = append(d.mentions[s], i)
		}
	}
	for i := range in.Times {
		if s := in.Times[i].Sentence; s < len(d.times) {
			d.times[s] = append(d.times[s], i)
		}
	}
	return d
}

// text is the part of the document that sentence s belongs to.
func (d *document) text(s int) string { return d.Document.In(d.Sentences[s].Part) }

func (d *document) mention(i int) *mention.Mention { return &d.Resolution.Mentions[i] }

func (d *document) expression(i int) *timex.Expression { return &d.Times[i] }

func (d *document) predicates(s int) []clause.Predicate {
	if s >= len(d.Clauses) {
		return nil
	}
	return d.Clauses[s].Predicates
}

// norm is the normalised wording of the tokens of sentence s that lie within span.
func (d *document) norm(s int, span schema.Span) string {
	var b strings.Builder
	for i := range d.Sentences[s].Tokens {
		t := &d.Sentences[s].Tokens[i]
		if span.Contains(t.Span) {
			b.WriteString(t.Norm)
		} else if t.Span.Overlaps(span) {
			// a span that cuts a token (訪日): take the piece as it stands
			piece := schema.Span{Start: max(span.Start, t.Span.Start), End: min(span.End, t.Span.End)}
			b.WriteString(piece.In(d.text(s)))
		}
	}
	return b.String()
}

// words is the normalised wording of tokens [from,to) of a sentence.
func words(s *chunk.Sentence, from, to int) string {
	var b strings.Builder
	for i := from; i < to && i < len(s.Tokens); i++ {
		b.WriteString(s.Tokens[i].Norm)
	}
	return b.String()
}

// particle is the function part of chunk c, without punctuation: の, による, への, に対する.
func particle(s *chunk.Sentence, c int) string {
	ch := &s.Chunks[c]
	return strings.Trim(words(s, ch.Func, ch.To), "、。，．,.」』)）")
}

// content is the span of chunk c's content words up to the end of its head.
func content(s *chunk.Sentence, c int) schema.Span {
	ch := &s.Chunks[c]
	if ch.Head < ch.From || ch.Head >= len(s.Tokens) {
		return ch.Span
	}
	return schema.Span{Start: s.Tokens[ch.From].Span.Start, End: s.Tokens[ch.Head].Span.End}
}

// dependents lists the chunks that depend on chunk c, in text order.
func dependents(s *chunk.Sentence, c int) []int {
	var out []int
	for i := 0; i < c && i < len(s.Chunks); i++ {
		if s.Chunks[i].Dep == c {
			out = append(out, i)
		}
	}
	return out
}

// chunkAt is the chunk that holds the byte before end, -1 for none.
func chunkAt(s *chunk.Sentence, end int) int {
	for i := range s.Chunks {
		if c := s.Chunks[i].Span; c.Start < end && end <= c.End {
			return i
		}
	}
	return -1
}

// references reports whether a text is a list of sources in other languages rather than a sentence: mostly Latin letters.
func references(text string) bool {
	latin, all := 0, 0
	for _, r := range text {
		all++
		if r < 0x80 && (r|0x20 >= 'a' && r|0x20 <= 'z') {
			latin++
		}
	}
	return latin > 60 && 2*latin > all
}
