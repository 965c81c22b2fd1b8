package morph

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/ikawaha/kagome-dict/dict"
	"github.com/ikawaha/kagome-dict/ipa"
	"github.com/ikawaha/kagome/v2/tokenizer"

	"github.com/entente-kg/entente/schema"
)

// Word is an entry of the user dictionary: a name that is to be one token.
type Word struct {
	// Surface is the wording, in any width; it is compared in normalised form. Never empty.
	Surface string
	// POS is its part of speech; the zero value stands for 名詞, 固有名詞, 一般.
	POS [4]string
	// Reading in katakana, or "".
	Reading string
	// Kind is the token's kind; the zero value stands for Name.
	Kind Kind
	// ISO3 is the country the word stands for by itself, or "".
	ISO3 string
}

// Options configure an Analyzer. The zero value is the plain IPA dictionary.
type Options struct {
	// Words are the user dictionary. Of two entries with one surface the first counts.
	Words []Word
}

// Analyzer turns sentences into tokens. It is immutable and safe for concurrent use. The dictionary it holds is shared
// by all analyzers of a process.
type Analyzer struct {
	kagome *tokenizer.Tokenizer
	dict   *dict.Dict
	words  words
	spare  sync.Pool // of *memo
}

// pieceLength is the greatest number of bytes handed to kagome at once: the time of its
// lattice grows with the length of runs of letters it does not know.
const pieceLength = 1500

// New loads the dictionary (about half a second, once a process) and returns an analyzer. It fails on a user word
// without a surface.
func New(opts Options) (*Analyzer, error) {
	d := ipa.Dict()
	k, err := tokenizer.New(d, tokenizer.OmitBosEos())
	if err != nil {
		return nil, fmt.Errorf("morph: kagome with the IPA dictionary: %w", err)
	}
	w, err := newWords(opts.Words)
	if err != nil {
		return nil, err
	}
	return &Analyzer{kagome: k, dict: d, words: w}, nil
}

// Tokens returns the tokens of a sentence. Text is the part of the document that s belongs to (Document.In(s.Part)).
// The result is empty for a sentence of white space.
func (a *Analyzer) Tokens(text string, s schema.Sentence) []Token {
	n := normalise(text, s)
	if n.text == "" {
		return nil
	}
	var tokens []Token
	for at := 0; at < len(n.text); {
		end := pieceEnd(n.text, at)
		tokens = a.analyse(tokens, text, &n, at, end)
		at = end
	}
	l := &line{norm: n.text, text: text, kind: s.Kind, tokens: tokens}
	l.joinNumbers()
	l.joinWords(&a.words)
	l.joinNames()
	l.openContractions()
	return l.tokens
}

// Bare runs the tokenizer on the wording of a sentence and does nothing else: what the other stages' time is measured
// against. It returns the number of tokens.
func (a *Analyzer) Bare(text string, s schema.Sentence) int {
	return len(a.kagome.Tokenize(s.Span.In(text)))
}

// pieceEnd is where the piece of s that begins at from ends: at a mark of punctuation where there is one.
func pieceEnd(s string, from int) int {
	if len(s)-from <= pieceLength {
		return len(s)
	}
	piece := s[from : from+pieceLength]
	for _, marks := range []string{"。", "、", "」", "）", "　"} {
		if i := strings.LastIndex(piece, marks); i >= pieceLength/2 {
			return from + i + len(marks)
		}
	}
	end := from + pieceLength
	for !utf8.RuneStart(s[end]) {
		end--
	}
	return end
}

// analyse appends the tokens of n.text[from:to].
func (a *Analyzer) analyse(tokens []Token, text string, n *normal, from, to int) []Token {
	seen, ok := a.spare.Get().(*memo)
	if !ok {
		seen = new(memo)
	}
	defer a.spare.Put(seen)
	found := a.kagome.Tokenize(n.text[from:to])
	tokens = slices.Grow(tokens, len(found))
	for i := range found {
		k := &found[i]
		start := from + k.Position
		end := start + len(k.Surface)
		if k.Surface == "　" || start == end {
			continue
		}
		span := n.span(start, end)
		if len(tokens) > 0 && span.Start < tokens[len(tokens)-1].Span.End {
			// Two tokens out of one character (㍿): they stay one.
			last := &tokens[len(tokens)-1]
			last.Norm += k.Surface
			last.Base = last.Norm
			last.Span.End = max(span.End, last.Span.End)
			last.Surface = last.Span.In(text)
			continue
		}
		known := k.Class == tokenizer.KNOWN
		memory := &seen[k.ID%len(seen)]
		if known && memory.id == k.ID && memory.token.Known {
			tokens = append(tokens, memory.token)
		} else {
			tokens = append(tokens, Token{Known: known, Norm: k.Surface})
			t := &tokens[len(tokens)-1]
			a.describe(t, k.ID)
			classify(t)
			if known {
				memory.id, memory.token = k.ID, *t
				memory.token.Norm = "" // it would hold the document
			}
		}
		t := &tokens[len(tokens)-1]
		t.Span, t.Norm, t.Surface = span, k.Surface, k.Surface
		if n.start != nil {
			t.Surface = span.In(text)
		}
		if t.Base == "" {
			t.Base = t.Norm
		}
	}
	return tokens
}

// memo holds the words of the dictionary met last, by their number, as classify leaves them: a few hundred make up most of
// a text, and the dictionary is larger than the caches.
type memo [1024]struct {
	id    int
	token Token
}

// describe fills in what the dictionary says of its word id, or of the class of unknown words id.
func (a *Analyzer) describe(t *Token, id int) {
	fields := [8]*string{&t.POS[0], &t.POS[1], &t.POS[2], &t.POS[3], &t.Infl, &t.Form, &t.Base, &t.Reading}
	rest := fields[:]
	set := func(f string) {
		if len(rest) == 0 {
			return
		}
		if f != "*" {
			*rest[0] = f
		}
		rest = rest[1:]
	}
	if !t.Known {
		for _, f := range a.dict.UnkDict.Contents[id] {
			set(f)
		}
		return
	}
	for _, p := range a.dict.POSTable.POSs[id] {
		set(a.dict.POSTable.NameList[p])
	}
	for _, f := range a.dict.Contents[id] {
		set(f)
	}
}

// classify sets the kind of a token by its form alone, and mends the dictionary's guess for unknown symbols and for
// Latin words.
func classify(t *Token) {
	switch {
	case t.POS[0] == "記号" && t.POS[1] != "アルファベット":
		t.Kind = Symbol
	case t.POS[0] == "名詞" && t.POS[1] == "数" && t.Norm != "何" && t.Norm != "幾" && t.Norm != "数":
		t.Kind = Number
	case !t.Known && isSymbols(t.Norm):
		t.POS = symbolPOS
		t.Kind = Symbol
	case t.Known && isSymbolNoun(t.Norm):
		t.POS = symbolPOS
		t.Kind = Symbol
	}
}

var symbolPOS = [4]string{"記号", "一般", "", ""}

// isSymbolNoun reports a symbol that the dictionary has as a noun.
func isSymbolNoun(s string) bool {
	switch s {
	case "＝", "－", "～", "〓", "／", "：", "；", "＊", "●":
		return true
	}
	return false
}

// isSymbols reports whether s has no letter and no digit.
func isSymbols(s string) bool {
	for _, r := range s {
		if isLetter(r) {
			return false
		}
	}
	return true
}
