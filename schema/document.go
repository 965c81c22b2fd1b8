package schema

// Document is one article as it was published. Text and Title are never rewritten: every Span points into them.
type Document struct {
	// ID is unique among the documents of a graph and stable over refreshes. Never empty.
	ID string `json:"id"`
	// URL is where the article was read; empty for local files.
	URL string `json:"url,omitempty"`
	// Outlet is the publisher as the source names it (共同通信); empty when unknown.
	Outlet string `json:"outlet,omitempty"`
	// Published is the publication time, RFC 3339 or a plain date (2025-10-27); empty when unknown.
	// Relative dates of the text then stay unresolved.
	Published string `json:"published,omitempty"`
	// Title is the headline; empty when the document has none.
	Title string `json:"title,omitempty"`
	// Text is the body, valid UTF-8.
	Text string `json:"text"`
}

// In is the text of one part of the document: Title for PartTitle, Text else.
func (d Document) In(p Part) string {
	if p == PartTitle {
		return d.Title
	}
	return d.Text
}

// Part says which text of a document a span points into.
type Part string

// The parts of a document.
const (
	PartText  Part = "text"
	PartTitle Part = "title"
)

// SentenceKind tells running prose from pieces of text that have a grammar of their own.
type SentenceKind string

// The kinds of sentence.
const (
	Prose    SentenceKind = "prose"
	Headline SentenceKind = "headline" // the title, or a heading line within the text
	Caption  SentenceKind = "caption"  // a picture's caption
	ListItem SentenceKind = "item"     // （1）…, ・…, 1 冒頭発言, a live blog's time stamp
)

// Sentence is a piece of one part of a document that is analysed by itself.
type Sentence struct {
	// Index numbers the sentences of a document in reading order from 0; the title comes first when there is one.
	Index int `json:"index"`
	// Part says whether Span points into the document's Text or its Title.
	Part Part `json:"part"`
	// Span covers the sentence without surrounding white space, with its final 。.
	Span Span `json:"span"`
	// Kind is the sentence's kind.
	Kind SentenceKind `json:"kind"`
	// Paragraph numbers the paragraphs (runs of text between line breaks) from 0.
	Paragraph int `json:"paragraph"`
	// Quotes are the outermost quotations 「…」『…』“…” inside, brackets included, in order.
	Quotes []Span `json:"quotes,omitempty"`
	// Drop are pieces of the span that are not part of the sentence's wording (credit lines, list numbers, readings
	// in parentheses are NOT dropped), in order, without overlap.
	Drop []Span `json:"drop,omitempty"`
}
