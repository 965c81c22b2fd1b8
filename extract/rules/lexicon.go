package rules

import (
	"math/bits"
	"slices"
	"unicode/utf8"
)

// Lexicon finds the terms of all gazetteers in one pass over a text. It is a trie over runes whose transitions lie in one
// open-addressed table (key: node and rune), so that a lookup costs one probe a rune whatever the number of terms, and
// building it costs one insertion a rune. It is immutable once built and safe for concurrent use.
type Lexicon[T any] struct {
	keys  []uint64 // node<<21 | rune, +1 so that 0 is free
	next  []int32  // the node that keys[i] leads to
	shift uint     // 64 - log2(len(keys))
	// first[node] is an index into entries where a term ends in the node, else -1.
	first   []int32
	entries [][]T
	// starts has a bit for each rune (its low sixteen bits) that starts a term: most positions of a text are refused by it.
	starts [1024]uint64
	// pairs has a bit for the hash of the first two runes of each term, or of its only one and alone: most of the other
	// positions are refused by it, in the nearest memory.
	pairs     []uint64
	pairShift uint // 64 - log2 of the number of bits
	terms     int
}

// LexiconBuilder collects the terms of a Lexicon. The zero value is ready.
type LexiconBuilder[T any] struct {
	forms   []string
	values  []T
	runes   int
	skipped int
}

// Add gives form the value v; a form may have several values, which a lookup returns in the order in which they were
// added. An empty form is skipped.
func (b *LexiconBuilder[T]) Add(form string, v T) {
	if form == "" {
		b.skipped++
		return
	}
	b.forms = append(b.forms, form)
	b.values = append(b.values, v)
	b.runes += utf8.RuneCountInString(form)
}

// Build makes the lexicon.
func (b *LexiconBuilder[T]) Build() *Lexicon[T] {
	size := max(16, 1<<bits.Len(uint(b.runes+b.runes/2)))
	l := &Lexicon[T]{
		keys:  make([]uint64, size),
		next:  make([]int32, size),
		shift: uint(64 - bits.TrailingZeros(uint(size))),
		first: append(make([]int32, 0, b.runes+1), -1),
		pairs: make([]uint64, max(64, size/4)/64),
		terms: len(b.forms),
	}
	l.pairShift = uint(64 - bits.TrailingZeros(uint(64*len(l.pairs))))
	for i, form := range b.forms {
		node := int32(0)
		first, size := utf8.DecodeRuneInString(form)
		second := alone
		if size < len(form) {
			second, _ = utf8.DecodeRuneInString(form[size:])
		}
		p := l.pair(first, second)
		l.pairs[p>>6] |= 1 << (p & 63)
		for at, r := range form {
			if at == 0 {
				l.starts[startWord(r)] |= 1 << startBit(r)
			}
			node = l.step(node, r)
		}
		if l.first[node] < 0 {
			l.first[node] = int32(len(l.entries))
			l.entries = append(l.entries, nil)
		}
		e := l.first[node]
		l.entries[e] = append(l.entries[e], b.values[i])
	}
	l.first = slices.Clip(l.first)
	return l
}

// Len is the number of terms that were added.
func (l *Lexicon[T]) Len() int { return l.terms }

// Longest returns the end of the longest term that starts at byte from of text, and its values; 0 and nil when none does.
// The caller must not change the values.
func (l *Lexicon[T]) Longest(text string, from int) (end int, values []T) {
	l.Each(text, from, func(e int, v []T) bool {
		end, values = e, v
		return true
	})
	return end, values
}

// Each calls yield for every term that starts at byte from of text, the shortest first, until yield returns false.
func (l *Lexicon[T]) Each(text string, from int, yield func(end int, values []T) bool) {
	if l == nil || from >= len(text) {
		return
	}
	first, size := decode(text, from)
	if l.starts[startWord(first)]&(1<<startBit(first)) == 0 {
		return
	}
	second := alone
	if from+size < len(text) {
		second, _ = decode(text, from+size)
	}
	if p, q := l.pair(first, second), l.pair(first, alone); (l.pairs[p>>6]>>(p&63)|l.pairs[q>>6]>>(q&63))&1 == 0 {
		return
	}
	node := int32(0)
	for at := from; at < len(text); {
		r, size := decode(text, at)
		n, ok := l.lookup(node, r)
		if !ok {
			return
		}
		node = n
		at += size
		if e := l.first[node]; e >= 0 && !yield(at, l.entries[e]) {
			return
		}
	}
}

// Starts reports whether a term may start with r; it may be true where none does.
func (l *Lexicon[T]) Starts(r rune) bool { return l.starts[startWord(r)]&(1<<startBit(r)) != 0 }

// Get is the values of exactly this form, nil when it is no term.
func (l *Lexicon[T]) Get(form string) []T {
	if l == nil {
		return nil
	}
	node := int32(0)
	for _, r := range form {
		n, ok := l.lookup(node, r)
		if !ok {
			return nil
		}
		node = n
	}
	if e := l.first[node]; e >= 0 {
		return l.entries[e]
	}
	return nil
}

func (l *Lexicon[T]) lookup(node int32, r rune) (int32, bool) {
	key := uint64(node)<<21 | uint64(r) + 1
	mask := uint64(len(l.keys) - 1)
	for i := l.slot(key); ; i = (i + 1) & mask {
		switch l.keys[i] {
		case key:
			return l.next[i], true
		case 0:
			return 0, false
		}
	}
}

// step is lookup that adds the transition where there is none.
func (l *Lexicon[T]) step(node int32, r rune) int32 {
	key := uint64(node)<<21 | uint64(r) + 1
	mask := uint64(len(l.keys) - 1)
	for i := l.slot(key); ; i = (i + 1) & mask {
		switch l.keys[i] {
		case key:
			return l.next[i]
		case 0:
			n := int32(len(l.first))
			l.keys[i], l.next[i] = key, n
			l.first = append(l.first, -1)
			return n
		}
	}
}

// slot is Fibonacci hashing.
func (l *Lexicon[T]) slot(key uint64) uint64 { return key * 0x9E3779B97F4A7C15 >> l.shift }

func startWord(r rune) uint32 { return uint32(r) >> 6 & 1023 }
func startBit(r rune) uint32  { return uint32(r) & 63 }

// alone stands for the second rune of a term of one.
const alone = rune(utf8.MaxRune + 1)

// pair is the bit of pairs for two runes.
func (l *Lexicon[T]) pair(first, second rune) uint64 {
	return (uint64(first)<<21 | uint64(second)) * 0x9E3779B97F4A7C15 >> l.pairShift
}

// decode is utf8.DecodeRuneInString at byte i of text, i < len(text), with what nearly all Japanese text is made of (three bytes,
// E3 to E9) in front.
func decode(text string, i int) (rune, int) {
	if c := text[i]; c >= 0xE3 && c <= 0xE9 && i+2 < len(text) && text[i+1]&0xC0 == 0x80 && text[i+2]&0xC0 == 0x80 {
		return rune(c&0x0F)<<12 | rune(text[i+1]&0x3F)<<6 | rune(text[i+2]&0x3F), 3
	}
	return utf8.DecodeRuneInString(text[i:])
}
