package rules

import (
	"fmt"
	"strings"
)

// Patterns is a trie over words: each step matches a token's dictionary form, or its wording. It is immutable once built.
type Patterns[T any] struct{ root patternNode[T] }

type patternNode[T any] struct {
	base    map[string]*patternNode[T]
	surface map[string]*patternNode[T]
	value   *T
}

// add enters a pattern: words in a row, "=x" for the wording, a|b for alternatives. It fails when a pattern stands twice.
func (p *Patterns[T]) add(pattern string, v T) error {
	steps := strings.Fields(pattern)
	if len(steps) == 0 {
		return fmt.Errorf("an empty pattern")
	}
	return p.root.add(steps, pattern, v)
}

func (n *patternNode[T]) add(steps []string, pattern string, v T) error {
	if len(steps) == 0 {
		if n.value != nil {
			return fmt.Errorf("the pattern %q stands twice", pattern)
		}
		n.value = &v
		return nil
	}
	for _, w := range strings.Split(steps[0], "|") {
		m := &n.base
		if rest, ok := strings.CutPrefix(w, "="); ok {
			m, w = &n.surface, rest
		}
		if w == "" {
			return fmt.Errorf("an empty word in the pattern %q", pattern)
		}
		if *m == nil {
			*m = map[string]*patternNode[T]{}
		}
		next := (*m)[w]
		if next == nil {
			next = &patternNode[T]{}
			(*m)[w] = next
		}
		if err := next.add(steps[1:], pattern, v); err != nil {
			return err
		}
	}
	return nil
}

// Longest walks from word 0 as long as a pattern goes on, and returns the value of the longest pattern and how many words
// it takes; nil and 0 where none fits. word(i) gives the dictionary form and wording of the i-th word, or two empty
// strings behind the last one.
func (p *Patterns[T]) Longest(word func(i int) (base, surface string)) (*T, int) {
	return p.root.longest(word, 0)
}

func (n *patternNode[T]) longest(word func(i int) (base, surface string), at int) (*T, int) {
	best, width := n.value, at
	if n.base == nil && n.surface == nil {
		return best, width
	}
	base, surface := word(at)
	if base == "" && surface == "" {
		return best, width
	}
	// Wording first: where both go on equally far the more special one wins.
	if next := n.surface[surface]; next != nil {
		if v, w := next.longest(word, at+1); v != nil && w > width {
			best, width = v, w
		}
	}
	if next := n.base[base]; next != nil {
		if v, w := next.longest(word, at+1); v != nil && w > width {
			best, width = v, w
		}
	}
	return best, width
}
