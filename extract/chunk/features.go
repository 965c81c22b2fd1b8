package chunk

import (
	"strings"
	"unicode/utf8"

	"github.com/entente-kg/entente/extract/morph"
)

// attr are the hashes of a bunsetsu that the dependency model looks at.
type attr struct {
	lemma uint64 // head word
	pos   uint64 // its part of speech
	class uint64 // verb, サ変 noun, noun, adjective …: coarser
	last  uint64 // last character of the head word: what sort of noun
	fn    uint64 // how it modifies: its last particle, or inflection form
	fn2   uint64 // all its function words
	comma uint64 // fn with the comma behind it
	tail  uint64 // comma, full stop, closing bracket, or none
	first uint64 // part of speech of its first word
	mark  uint64 // opening bracket or none
	pair  uint64 // last two characters of the head word
	sub   uint64 // all levels of its part of speech

	verbal bool // heads a clause
	commas bool // ends in a comma
	topic  bool // は
}

// attributes of every bunsetsu.
func attributes(s *Sentence) []attr {
	out := make([]attr, len(s.Chunks))
	for i := range s.Chunks {
		describe(&out[i], s, i)
	}
	return out
}

func describe(a *attr, s *Sentence, i int) {
	c := &s.Chunks[i]
	head := &s.Tokens[c.Head]
	a.pos = mix(hashString(head.POS[0]), hashString(head.POS[1]))
	switch {
	case head.Kind == morph.OneKanji && c.Head > c.From && s.Tokens[c.Head-1].Kind == morph.Travel:
		a.pos = mix(hashString("名詞"), hashString("サ変接続"))
		a.lemma = hashString("訪問")
	case head.Kind == morph.Number:
		a.lemma = 101
	case head.Kind == morph.Name:
		a.lemma = 102
	case head.POS[1] == "固有名詞":
		a.lemma = mix(103, hashString(head.POS[2]))
	case head.Kind == morph.DateUnit:
		a.lemma = 104
	default:
		a.lemma = hashString(head.Base)
	}
	r, _ := utf8.DecodeLastRuneInString(head.Base)
	a.last = mix(uint64(r)+7, a.pos)
	a.pair = mix(a.last, 1)
	if cut := len(head.Base) - utf8.RuneLen(r); r != utf8.RuneError && cut > 0 {
		q, _ := utf8.DecodeLastRuneInString(head.Base[:cut])
		a.pair = mix(a.last, uint64(q))
	}
	a.sub = mix(a.pos, mix(hashString(head.POS[2]), hashString(head.POS[3])))
	a.first = mix(hashString(s.Tokens[c.From].POS[0]), hashString(s.Tokens[c.From].POS[1]))
	a.mark, a.tail = 1, 1
	if isOpening(&s.Tokens[c.From]) {
		a.mark = 2
	}
	var particle, inflected *morph.Token
	fn := uint64(201)
	fn2 := uint64(202)
	final := &s.Tokens[c.Head]
	for k := c.Head; k < c.To; k++ {
		t := &s.Tokens[k]
		if t.Kind == morph.Symbol {
			switch {
			case t.Norm == "、" || t.Norm == "，":
				a.tail, a.commas = 2, true
			case isStop(t.Norm):
				a.tail = 3
			case isClosing(t.Norm):
				a.tail = 4
			}
			continue
		}
		a.tail, a.commas = 1, false
		final = t
		switch t.POS[0] {
		case "動詞", "形容詞", "助動詞":
			a.verbal = true
			inflected = t
			if k > c.Head {
				fn2 = mix(fn2, hashString(t.Base))
			}
		case "助詞":
			fn2 = mix(fn2, hashString(t.Norm))
			if t.Norm == "は" || t.Norm == "も" {
				a.topic = t.Norm == "は"
			}
			if particle != nil && k > 0 && s.Tokens[k-1].POS[0] == "助詞" {
				fn = mix(hashString(particle.Norm), hashString(t.Norm))
			} else {
				fn = mix(hashString(t.Norm), hashString(t.POS[1]))
			}
			particle = t
		default:
			if k > c.Head {
				fn2 = mix(fn2, hashString(t.Norm))
			}
		}
	}
	switch {
	case final.POS[0] == "助詞":
		if inflected != nil {
			fn = mix(fn, 203)
		}
	case final == inflected:
		fn = mix(mix(hashString(final.POS[0]), hashString(final.Form)), 204)
		if final.POS[0] == "助動詞" {
			fn = mix(fn, hashString(final.Base))
		}
	default:
		fn = mix(mix(hashString(final.POS[0]), hashString(final.POS[1])), 205)
		if final.POS[0] == "副詞" || final.POS[0] == "連体詞" || final.POS[0] == "接続詞" {
			a.lemma = hashString(final.Base)
		}
	}
	a.fn, a.fn2 = fn, mix(fn2, fn)
	a.comma = mix(fn, a.tail)
	switch {
	case head.POS[0] == "動詞":
		a.class = 301
	case head.POS[0] == "形容詞":
		a.class = 302
	case head.POS[1] == "サ変接続" && a.verbal:
		a.class = 303
	case a.verbal:
		a.class = 304 // noun or adjectival noun with a copula
	case head.POS[1] == "サ変接続":
		a.class = 305
	case head.POS[0] == "名詞" && strings.HasPrefix(head.POS[1], "形容動詞"):
		a.class = 306
	case head.POS[0] == "名詞":
		a.class = 307
	default:
		a.class = mix(308, hashString(head.POS[0]))
	}
	if a.class >= 305 && a.class <= 307 {
		if c.Func < c.To { // what follows a noun tells whether it can head a clause
			a.class = mix(a.class, 309)
		} else {
			a.class = mix(a.class, 310+a.tail)
		}
	}
}

// between counts what stands between a bunsetsu and a candidate head.
type between struct {
	distance int // bunsetsu
	rank     int // candidates before it
	commas   int
	verbals  int
	topics   int
	same     bool // a bunsetsu between with the same function as the modifier's
	root     bool // the candidate is the last one
	depth    int  // brackets closed between: 0, 1
	// children so far
	child     uint64 // function of the nearest child of the candidate, on its left
	child2    uint64 // of the one after that
	left      int    // bunsetsu before the modifier
	childSame bool   // it has a child with the modifier's function
	children  int
}

func bucket(n int) uint64 {
	switch {
	case n <= 3:
		return uint64(n)
	case n <= 5:
		return 4
	case n <= 9:
		return 5
	}
	return 6
}

func bit(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// edgeFeatures appends the features of bunsetsu i depending on j.
func edgeFeatures(buf []uint32, a []attr, i, j, headOfJ int, b *between) []uint32 {
	m, h := &a[i], &a[j]
	var none = attr{lemma: 1, pos: 1, class: 1, fn: 1, fn2: 1, comma: 1}
	before, after, next, grand := &none, &none, &none, &none
	if j-1 > i {
		before = &a[j-1]
	}
	if j+1 < len(a) {
		after = &a[j+1]
	}
	next = &a[i+1]
	if headOfJ >= 0 {
		grand = &a[headOfJ]
	}
	d := bucket(b.distance)
	rank := bucket(b.rank)
	root := bit(b.root)
	f := func(template uint64, v ...uint64) {
		x := template * 0x632BE59BD9B4E019
		for _, y := range v {
			x = mix(x, y+1)
		}
		buf = append(buf, slot(x, edgeBits))
	}
	f(100, m.fn, h.class)
	f(101, m.comma, h.class, d)
	f(102, m.comma, h.class, rank, root)
	f(103, m.fn, h.lemma)
	f(104, m.lemma, m.fn, h.lemma)
	f(105, m.lemma, h.lemma)
	f(106, m.pos, m.fn, h.pos, h.fn)
	f(107, m.comma, h.comma, rank)
	f(108, m.fn, h.fn2)
	f(109, m.fn2, h.class, d)
	f(110, m.comma, h.class, bucket(b.commas))
	f(111, m.comma, h.fn, bucket(b.verbals), root)
	f(112, m.last, m.fn, h.last)
	f(113, m.lemma, m.fn, h.pos)
	f(114, m.pos, m.fn, h.lemma)
	f(115, m.fn, h.class, bit(b.same))
	f(116, m.fn, h.class, b.child)
	f(117, m.fn, h.class, bit(b.childSame))
	f(118, h.lemma, m.fn, bit(b.childSame), b.child)
	f(119, m.comma, before.fn, h.class)
	f(120, m.comma, h.class, after.fn)
	f(121, m.fn, next.fn, h.class, d)
	f(122, m.comma, h.class, h.fn, grand.class)
	f(123, m.comma, root, d)
	f(124, m.comma, bucket(b.topics), h.fn)
	f(125, m.class, m.comma, h.class, h.tail)
	f(126, m.fn, m.mark, h.mark, uint64(b.depth))
	f(127, m.fn, m.pos, next.class, next.fn, d)
	f(128, m.comma, h.tail, rank)
	f(129, m.lemma, m.comma, d)
	f(130, m.lemma, rank, root)
	f(131, h.lemma, h.fn, d)
	f(132, m.fn, bit(m.last == h.last), h.fn, m.tail)
	f(133, bit(m.lemma == h.lemma), m.fn, m.tail)
	f(134, m.fn2, h.fn2, root)
	f(135, m.comma, h.comma, bucket(b.commas), root)
	f(136, m.fn, m.class, h.class, bit(m.fn == h.fn), m.tail, h.tail)
	f(137, m.comma, next.lemma, d)
	f(138, m.last, m.comma, h.class, d)
	f(139, h.last, m.fn, rank)
	f(140, m.comma, h.class, bucket(b.children), rank)
	f(141, m.fn, h.first, h.class)
	f(142, m.comma, h.class, before.class, before.tail)
	f(143, m.comma, next.comma, h.comma)
	f(144, m.class, h.class, d, root)
	return buf
}
