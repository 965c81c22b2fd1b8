package morph

// runeSet is a set of characters of the basic plane. The zero value is empty.
type runeSet [1 << 16 / 64]uint64

func runesOf(s string) *runeSet {
	var set runeSet
	for _, r := range s {
		set.add(r)
	}
	return &set
}

// add puts r, below U+10000, into the set.
func (s *runeSet) add(r rune) { s[r/64] |= 1 << (r % 64) }

func (s *runeSet) has(r rune) bool { return r < 1<<16 && s[r/64]>>(r%64)&1 != 0 }

// hasAny reports whether a character of text is in the set.
func (s *runeSet) hasAny(text string) bool {
	for _, r := range text {
		if s.has(r) {
			return true
		}
	}
	return false
}
