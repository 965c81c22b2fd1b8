// Package wac reads and writes the JSON lines in which the Wikipedia Annotated Corpus is used here: sentences, bunsetsu
// with their heads, and predicates with their arguments, as code point offsets into the text of a document.
package wac

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/entente-kg/entente/schema"
)

// Document is one line of the corpus. Offsets are code points into Text, ends exclusive.
type Document struct {
	ID        string   `json:"id"`
	Text      string   `json:"text"`
	Sentences [][2]int `json:"sentences"`
	// Paren are the indices of the sentences that the corpus lifted out of brackets.
	Paren []int `json:"paren,omitempty"`
	// Bunsetsu are start, end and head, the head as an index into Bunsetsu, -1 for the last of a sentence.
	Bunsetsu   [][3]int    `json:"bunsetsu"`
	DepType    []string    `json:"dep_type,omitempty"`
	Predicates []Predicate `json:"predicates,omitempty"`
}

// Predicate is a predicate with its arguments by case (ガ, ヲ, ニ, ト, カラ, デ, ヘ).
type Predicate struct {
	Head [2]int           `json:"head"`
	Type string           `json:"type"` // verb or noun
	Args map[string][]Arg `json:"args"`
}

// Arg is the span of an argument: start, end and, in gold, "overt" or "zero".
type Arg []any

// Read reads the documents of a file; a name that ends in .gz is decompressed.
func Read(name string) ([]Document, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(name, ".gz") {
		z, err := gzip.NewReader(f)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		r = z
	}
	return Decode(r, name)
}

// Decode reads documents, one JSON object a line, until the end of r. Name is for error messages.
func Decode(r io.Reader, name string) ([]Document, error) {
	var docs []Document
	dec := json.NewDecoder(bufio.NewReaderSize(r, 1<<16))
	for {
		var d Document
		err := dec.Decode(&d)
		if err == io.EOF {
			return docs, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: document %d: %w: want the JSON lines of the annotated corpus", name, len(docs)+1, err)
		}
		docs = append(docs, d)
	}
}

// Offsets converts between code points and bytes of one text.
type Offsets struct {
	// toByte[i] is the byte offset of code point i, with one entry for the end.
	toByte []int
	// toRune[b] is the number of code points that begin before byte b.
	toRune []int
}

// NewOffsets indexes a text.
func NewOffsets(text string) *Offsets {
	o := &Offsets{toByte: make([]int, 0, utf8.RuneCountInString(text)+1), toRune: make([]int, len(text)+1)}
	n := 0
	for i, r := range text {
		o.toByte = append(o.toByte, i)
		for k := range utf8.RuneLen(r) {
			o.toRune[i+k] = n
		}
		n++
	}
	o.toRune[len(text)] = n
	o.toByte = append(o.toByte, len(text))
	return o
}

// Byte is the byte offset of code point i.
func (o *Offsets) Byte(i int) int { return o.toByte[i] }

// Rune is the code point offset of the character that holds byte b.
func (o *Offsets) Rune(b int) int { return o.toRune[b] }

// Span is the byte span of the code points [s,e).
func (o *Offsets) Span(s, e int) schema.Span {
	return schema.Span{Start: o.toByte[s], End: o.toByte[e]}
}

// Points is the code point range of a byte span.
func (o *Offsets) Points(s schema.Span) [2]int { return [2]int{o.toRune[s.Start], o.toRune[s.End]} }

// SchemaSentences are the gold sentences as the stages take them, surrounding white space trimmed. A sentence of white
// space alone has an empty span.
func (d *Document) SchemaSentences(o *Offsets) []schema.Sentence {
	out := make([]schema.Sentence, len(d.Sentences))
	for i, s := range d.Sentences {
		span := o.Span(s[0], s[1])
		t := span.In(d.Text)
		left := strings.TrimLeft(t, " \t\n\r　")
		span.Start += len(t) - len(left)
		span.End = span.Start + len(strings.TrimRight(left, " \t\n\r　"))
		out[i] = schema.Sentence{Index: i, Part: schema.PartText, Span: span, Kind: schema.Prose, Paragraph: i}
	}
	return out
}

// BunsetsuOf returns the range of indices into Bunsetsu of each sentence.
func (d *Document) BunsetsuOf() [][2]int {
	out := make([][2]int, len(d.Sentences))
	k := 0
	for i, s := range d.Sentences {
		for k < len(d.Bunsetsu) && d.Bunsetsu[k][0] < s[0] {
			k++
		}
		from := k
		for k < len(d.Bunsetsu) && d.Bunsetsu[k][0] < s[1] {
			k++
		}
		out[i] = [2]int{from, k}
	}
	return out
}
