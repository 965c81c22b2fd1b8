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

	verbal bool // heads a clause
	commas bool // ends in a comma
	topic  bool // は
}

// describe sets a to the attributes of bunsetsu i; tokens are those of the sentence's tokens.
func describe(a *attr, s *Sentence, tokens []tokenAttr, i int) {
	c := &s.Chunks[i]
	*a = attr{}
	head := &s.Tokens[c.Head]
	hashes := &tokens[c.Head]
	a.pos = hashes.pos2
	switch {
	case head.Kind == morph.OneKanji && c.Head > c.From && s.Tokens[c.Head-1].Kind == morph.Travel:
		a.pos = mix(hashString("名詞"), hashString("サ変接続"))
		a.lemma = hashString("訪問")
	case head.Kind == morph.Number:
		a.lemma = 101
	case head.Kind == morph.Name:
		a.lemma = 102
	case head.POS[1] == "固有名詞":
		a.lemma = mix(103, hashes.level[2])
	case head.Kind == morph.DateUnit:
		a.lemma = 104
	default:
		a.lemma = hashString(head.Base)
	}
	r, _ := utf8.DecodeLastRuneInString(head.Base)
	a.last = mix(uint64(r)+7, a.pos)
	a.first = tokens[c.From].pos2
	a.mark, a.tail = 1, 1
	if isOpening(&s.Tokens[c.From]) {
		a.mark = 2
	}
	var particle, inflected *morph.Token
	fn := uint64(201)
	fn2 := uint64(202)
	final, last := head, c.Head
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
		final, last = t, k
		switch t.POS[0] {
		case "動詞", "形容詞", "助動詞":
			a.verbal = true
			inflected = t
			if k > c.Head {
				fn2 = mix(fn2, hashString(t.Base))
			}
		case "助詞":
			word := hashString(t.Norm)
			fn2 = mix(fn2, word)
			if t.Norm == "は" || t.Norm == "も" {
				a.topic = t.Norm == "は"
			}
			if particle != nil && k > 0 && s.Tokens[k-1].POS[0] == "助詞" {
				fn = mix(hashString(particle.Norm), word)
			} else {
				fn = mix(word, tokens[k].level[1])
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
		fn = mix(mix(tokens[last].level[0], hashString(final.Form)), 204)
		if final.POS[0] == "助動詞" {
			fn = mix(fn, hashString(final.Base))
		}
	default:
		fn = mix(tokens[last].pos2, 205)
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
		a.class = mix(308, hashes.level[0])
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

// half holds, for each template of edgeFeatures, the hash of what it takes of the modifier first: the same for all its
// candidates. Index 0 is template 100.
type half [edgeTemplates]uint64

// edgeTemplates is the number of features of a dependency, firstTemplate the number of the first.
const (
	edgeTemplates = 45
	firstTemplate = 100
)

// set makes p that of bunsetsu i, which is not the last.
func (p *half) set(a []attr, i int) {
	m, next := &a[i], &a[i+1]
	for t := range p {
		p[t] = seed(firstTemplate + uint64(t))
	}
	for _, t := range []int{0, 3, 8, 15, 16, 17, 21, 26, 27, 32, 36, 41} {
		p[t] = join(p[t], m.fn)
	}
	for _, t := range []int{1, 2, 7, 10, 11, 19, 20, 22, 23, 24, 28, 35, 37, 40, 42, 43} {
		p[t] = join(p[t], m.comma)
	}
	p[4] = join(join(p[4], m.lemma), m.fn)
	p[5] = join(p[5], m.lemma)
	p[6] = join(join(p[6], m.pos), m.fn)
	p[9] = join(p[9], m.fn2)
	p[12] = join(join(p[12], m.last), m.fn)
	p[13] = join(join(p[13], m.lemma), m.fn)
	p[14] = join(join(p[14], m.pos), m.fn)
	p[21] = join(p[21], next.fn)
	p[25] = join(join(p[25], m.class), m.comma)
	p[26] = join(p[26], m.mark)
	p[27] = join(join(join(p[27], m.pos), next.class), next.fn)
	p[29] = join(join(p[29], m.lemma), m.comma)
	p[30] = join(p[30], m.lemma)
	p[34] = join(p[34], m.fn2)
	p[36] = join(p[36], m.class)
	p[37] = join(p[37], next.lemma)
	p[38] = join(join(p[38], m.last), m.comma)
	p[43] = join(p[43], next.comma)
	p[44] = join(p[44], m.class)
}

var none = attr{lemma: 1, pos: 1, class: 1, fn: 1, fn2: 1, comma: 1}

// edgeFeatures appends the features of bunsetsu i, of which p is the half, depending on j.
func edgeFeatures(buf []uint32, a []attr, p *half, i, j, headOfJ int, b *between) []uint32 {
	m, h := &a[i], &a[j]
	before, after, grand := &none, &none, &none
	if j-1 > i {
		before = &a[j-1]
	}
	if j+1 < len(a) {
		after = &a[j+1]
	}
	if headOfJ >= 0 {
		grand = &a[headOfJ]
	}
	d, rank, root := bucket(b.distance), bucket(b.rank), bit(b.root)
	commas, verbals, topics, children := bucket(b.commas), bucket(b.verbals), bucket(b.topics), bucket(b.children)
	same, childSame := bit(b.same), bit(b.childSame)
	return append(buf,
		place(join(p[0], h.class)),
		place(join(join(p[1], h.class), d)),
		place(join(join(join(p[2], h.class), rank), root)),
		place(join(p[3], h.lemma)),
		place(join(p[4], h.lemma)),
		place(join(p[5], h.lemma)),
		place(join(join(p[6], h.pos), h.fn)),
		place(join(join(p[7], h.comma), rank)),
		place(join(p[8], h.fn2)),
		place(join(join(p[9], h.class), d)),
		place(join(join(p[10], h.class), commas)),
		place(join(join(join(p[11], h.fn), verbals), root)),
		place(join(p[12], h.last)),
		place(join(p[13], h.pos)),
		place(join(p[14], h.lemma)),
		place(join(join(p[15], h.class), same)),
		place(join(join(p[16], h.class), b.child)),
		place(join(join(p[17], h.class), childSame)),
		place(join(join(join(join(p[18], h.lemma), m.fn), childSame), b.child)),
		place(join(join(p[19], before.fn), h.class)),
		place(join(join(p[20], h.class), after.fn)),
		place(join(join(p[21], h.class), d)),
		place(join(join(join(p[22], h.class), h.fn), grand.class)),
		place(join(join(p[23], root), d)),
		place(join(join(p[24], topics), h.fn)),
		place(join(join(p[25], h.class), h.tail)),
		place(join(join(p[26], h.mark), uint64(b.depth))),
		place(join(p[27], d)),
		place(join(join(p[28], h.tail), rank)),
		place(join(p[29], d)),
		place(join(join(p[30], rank), root)),
		place(join(join(join(p[31], h.lemma), h.fn), d)),
		place(join(join(join(p[32], bit(m.last == h.last)), h.fn), m.tail)),
		place(join(join(join(p[33], bit(m.lemma == h.lemma)), m.fn), m.tail)),
		place(join(join(p[34], h.fn2), root)),
		place(join(join(join(p[35], h.comma), commas), root)),
		place(join(join(join(join(p[36], h.class), bit(m.fn == h.fn)), m.tail), h.tail)),
		place(join(p[37], d)),
		place(join(join(p[38], h.class), d)),
		place(join(join(join(p[39], h.last), m.fn), rank)),
		place(join(join(join(p[40], h.class), children), rank)),
		place(join(join(p[41], h.first), h.class)),
		place(join(join(join(p[42], h.class), before.class), before.tail)),
		place(join(p[43], h.comma)),
		place(join(join(join(p[44], h.class), d), root)),
	)
}

// join adds a value to the hash of a dependency's feature.
func join(h, v uint64) uint64 { return mix(h, v+1) }

// place is where the weight of a dependency's feature stands.
func place(h uint64) uint32 { return slot(h, edgeBits) }
