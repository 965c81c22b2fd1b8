package clause

import "github.com/entente-kg/entente/extract/rules"

// This file makes the features of the two learned decisions: which case a phrase with は, も or nothing, or the head of a
// relative clause, fills (open phrases), and which phrase of the sentence is a subject left out (zero subjects). A feature
// is a hash; the models look its weight up in a table of fixed size.

// mix adds a value to a hash.
func mix(h, v uint32) uint32 {
	h ^= v + 0x9E3779B9 + h<<6 + h>>2
	h *= 0x85EBCA6B
	return h ^ h>>13
}

// wordHash hashes a word (FNV-1a).
func wordHash(s string) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

// openKind is how an open phrase stands to its predicate.
type openKind uint32

const (
	openWa openKind = iota
	openMo
	openBare
	openRelative
	openToWa
)

func (w *work) openKindOf(c int) openKind {
	u := &w.units[c]
	switch {
	case u.mark == To:
		return openToWa
	case u.wa:
		return openWa
	case u.topic:
		return openMo
	}
	return openBare
}

// nounClass sorts the head of unit c coarsely.
func (w *work) nounClass(c int) uint32 {
	u := &w.units[c]
	x := w.words[u.head]
	switch {
	case x.is(timelike):
		return 1
	case x.is(formal):
		return 2
	case x.is(countrylike):
		return 3
	case x.is(proper) && x.is(mayActor):
		return 4
	case x.is(proper):
		return 5
	case x.is(pronoun):
		return 6
	case x.is(mayActor) && x.is(suffix):
		return 7
	case x.is(mayActor):
		return 8
	case x.is(adverbial):
		return 9
	case x.is(number):
		return 10
	case x.is(sahen):
		return 11
	case x.is(suffix):
		return 12
	case x.is(stem):
		return 13
	}
	return 14
}

// formCode is the predicate's form as a small number.
func formCode(f Form) uint32 {
	switch f {
	case Verb:
		return 1
	case Sahen:
		return 2
	case SahenBare:
		return 3
	case Adjective:
		return 4
	case Copula:
		return 5
	case EventNoun:
		return 6
	}
	return 7
}

// caseBits are the cases that p has by particles, as a set.
func (p *pred) caseBits() uint32 {
	var b uint32
	for i := range p.Args {
		a := &p.Args[i]
		if a.How != Overt {
			continue
		}
		switch a.Case {
		case Ga:
			b |= 1
		case Wo:
			b |= 2
		case Ni:
			b |= 4
		case To:
			b |= 8
		case De:
			b |= 16
		case Kara:
			b |= 32
		}
	}
	return b
}

func voiceBits(e rules.Effect) uint32 {
	var b uint32
	for i, k := range [...]rules.Effect{rules.Passive, rules.Causative, rules.Receive, rules.Give, rules.Potential, rules.Progressive, rules.Past} {
		if e&k != 0 {
			b |= 1 << i
		}
	}
	return b
}

func distance(d int) uint32 {
	if d < 0 {
		d = -d
	}
	switch {
	case d <= 4:
		return uint32(d)
	case d <= 6:
		return 5
	case d <= 9:
		return 6
	case d <= 14:
		return 7
	}
	return 8
}

func bit(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

// linkCode is a link as a small number.
func linkCode(l Link) uint32 {
	switch l {
	case Main:
		return 1
	case Chained:
		return 2
	case Relative:
		return 3
	case Quoted:
		return 4
	case Complement:
		return 5
	case Condition:
		return 6
	case Cause:
		return 7
	case Concession:
		return 8
	case Purpose:
		return 9
	case TimeOf:
		return 10
	}
	return 11
}

// openFeatures appends the features of open phrase c, the n-th of its predicate, to f.
func (w *work) openFeatures(f []uint32, p *pred, c int, kind openKind, n int) []uint32 {
	u, v := &w.units[c], &w.units[p.unit]
	r := uint32(kind)
	lemma, noun := p.hash, u.hash
	class := w.nounClass(c)
	cases := p.caseBits()
	ga, wo, ni := cases&1, cases&2, cases&4
	voice := voiceBits(p.set)
	form := formCode(p.Form)
	passive := voice & 1
	link := linkCode(p.Link)
	has := mix(ga, mix(wo, ni))
	add := func(id uint32, parts ...uint32) {
		h := mix(id, r)
		for _, x := range parts {
			h = mix(h, x)
		}
		f = append(f, h)
	}
	add(1)
	add(2, form)
	add(3, has, form, passive)
	add(4, lemma)
	add(5, lemma, passive, ga, wo)
	add(6, noun)
	add(7, class, ga, wo)
	add(8, noun, ga)
	add(9, lemma, class)
	add(10, lemma, noun)
	add(11, link, distance(v.head-u.head))
	add(12, voice, form)
	add(13, uint32(min(n, 3)), uint32(min(len(p.pending), 3)), ga)
	add(14, cases, class)
	add(15, cases, form, voice)
	add(16, bit(u.comma), class)
	add(17, uint32(u.markCode()), class, ga)
	add(18, bit(v.finite), link, class)
	add(19, lemma, cases)
	add(20, class, voice, ga, wo)
	return f
}

// markCode is the unit's case mark as a small number.
func (u *unit) markCode() uint8 {
	switch u.mark {
	case "":
		return 0
	case Ga:
		return 1
	case Wo:
		return 2
	case Ni:
		return 3
	case To:
		return 4
	case De:
		return 5
	case Kara:
		return 6
	case He:
		return 7
	case source:
		return 8
	case asRole:
		return 9
	case noCase:
		return 10
	}
	return 11
}

// relation tells how unit c's predicate g stands to predicate i: a small number and the link that leads there.
func (w *work) relation(i, c int) (uint32, uint32) {
	p := &w.preds[i]
	g := w.units[c].above
	if w.units[c].dep >= 0 && w.units[w.units[c].dep].pred >= 0 {
		g = w.units[w.units[c].dep].pred
	}
	switch {
	case g == i:
		return 1, 0
	case g < 0:
		return 2, linkCode(p.Link)
	case g == p.parent:
		return 3, linkCode(p.Link)
	case w.preds[g].parent == i:
		return 4, linkCode(w.preds[g].Link)
	case w.preds[g].parent >= 0 && w.preds[g].parent == p.parent:
		return 5, mix(linkCode(w.preds[g].Link), linkCode(p.Link))
	}
	q := p.parent
	for depth := uint32(0); q >= 0 && depth < 4; depth++ {
		q = w.preds[q].parent
		if q == g {
			return 6 + depth, mix(linkCode(p.Link), linkCode(w.preds[p.parent].Link))
		}
	}
	if c < p.unit {
		return 12, linkCode(p.Link)
	}
	return 13, linkCode(p.Link)
}

// zeroFeatures appends the features of unit c as the subject that predicate i leaves out; c < 0 is none.
func (w *work) zeroFeatures(f []uint32, i, c int) []uint32 {
	p := &w.preds[i]
	v := &w.units[p.unit]
	cases := p.caseBits()
	voice := voiceBits(p.set)
	form, link := formCode(p.Form), linkCode(p.Link)
	add := func(id uint32, parts ...uint32) {
		h := mix(0x5bd1e995, id)
		for _, x := range parts {
			h = mix(h, x)
		}
		f = append(f, h)
	}
	if c < 0 {
		add(100)
		add(101, form, link)
		add(102, p.hash)
		add(103, voice, form)
		add(104, cases, form)
		add(105, link, voice)
		add(106, p.hash, voice&1)
		add(107, bit(w.hasTopic), link, form)
		add(108, bit(w.hasTopic), voice)
		add(109, form, link, cases&3, voice&1)
		return f
	}
	u := &w.units[c]
	rel, via := w.relation(i, c)
	class := w.nounClass(c)
	d := distance(p.unit - c)
	before := bit(c < p.unit)
	mark := uint32(u.markCode())<<4 | bit(u.wa)<<3 | bit(u.topic)<<2 | bit(u.of)<<1 | bit(u.kind == nominal)
	first := bit(c == w.firstTopic)
	add(1, rel, mark)
	add(2, rel, via, mark)
	add(3, rel, via, mark, before)
	add(4, mark, d, before)
	add(5, class, mark)
	add(6, class, p.hash)
	add(7, u.hash)
	add(8, u.hash, p.hash)
	add(9, mark, link, form)
	add(10, first, mark, link)
	add(11, first, rel, link, voice&1)
	add(12, rel, class, form)
	add(13, p.hash, mark)
	add(14, class, voice, form)
	add(15, bit(u.quoted != v.quoted), mark)
	add(16, rel, d)
	add(17, rel, via, mark, class)
	add(18, cases, mark, rel)
	add(19, bit(u.comma), mark, rel)
	add(20, u.relativeOf(w, i), mark)
	// What the phrase is to the clauses around.
	parent, grand, left, right := uint32(9), uint32(9), uint32(9), uint32(9)
	if p.parent >= 0 {
		q := &w.preds[p.parent]
		parent = q.caseOf(c)
		if q.parent >= 0 {
			grand = w.preds[q.parent].caseOf(c)
		}
	}
	if i > 0 {
		left = w.preds[i-1].caseOf(c)<<4 | linkCode(w.preds[i-1].Link)
	}
	if i+1 < len(w.preds) {
		right = w.preds[i+1].caseOf(c)
	}
	add(21, parent, link, mark)
	add(22, parent, link, voice&1)
	add(23, left, link)
	add(24, right, link)
	add(25, grand, parent, link)
	add(26, parent, left, right)
	add(27, parent, class, link)
	// Whether the phrase reaches over the predicate, and whether anything else does.
	over := bit(c < p.unit) + bit(c < p.unit && u.dep > p.unit) + bit(c < p.unit && u.dep == v.dep)
	add(28, over, mark)
	add(29, over, mark, link)
	add(30, over, mark, class)
	add(31, over, mark, link, form, voice&1)
	add(32, over, bit(u.comma), mark, d)
	add(33, class, link, before)
	return f
}

// caseOf is the case that unit c fills of p as a small number, 0 for none.
func (p *pred) caseOf(c int) uint32 {
	for i := range p.Args {
		a := &p.Args[i]
		if a.Chunk != c {
			continue
		}
		switch a.Case {
		case Ga:
			return 1 + bit(a.How == ByEllipsis || a.How == ByShared)
		case Wo:
			return 3
		case Ni:
			return 4
		case Topic:
			return 5
		}
		return 6
	}
	return 0
}

// relativeOf tells whether the unit is the head of a relative clause that predicate i stands in.
func (u *unit) relativeOf(w *work, i int) uint32 {
	p := &w.preds[i]
	if d := w.units[p.unit].dep; d >= 0 && &w.units[d] == u {
		return 1
	}
	if p.parent >= 0 {
		if d := w.units[w.preds[p.parent].unit].dep; d >= 0 && &w.units[d] == u && w.preds[p.parent].Link == Relative {
			return 2 + linkCode(p.Link)
		}
	}
	return 0
}
