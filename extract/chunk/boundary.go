package chunk

import "github.com/entente-kg/entente/extract/morph"

// tokenAttr are the hashes of a token that the models look at.
type tokenAttr struct {
	partHashes
	word, form, kind uint64
}

// partHashes are those of a part of speech: of each of its first three levels, and of the levels down to the second and
// the third.
type partHashes struct {
	level      [3]uint64
	pos2, pos3 uint64
}

var edgeToken = tokenAttr{partHashes: partHashes{level: [3]uint64{1}, pos2: 2, pos3: 6}, word: 3, form: 4, kind: 5}

// parts remembers the hashes of the parts of speech seen last. The zero value is ready.
type parts [64]struct {
	pos    [3]string
	hashes partHashes
}

func (p *parts) of(pos *[4]string) *partHashes {
	at := len(pos[1])*5 + len(pos[2])*7
	for _, level := range pos[:3] {
		if level != "" {
			at += int(level[len(level)-1])
		}
	}
	e := &p[at%len(p)]
	if e.pos != [3]string(pos[:3]) || e.hashes.pos2 == 0 {
		e.pos = [3]string(pos[:3])
		l := [3]uint64{hashString(pos[0]), hashString(pos[1]), hashString(pos[2])}
		pos2 := mix(l[0], l[1])
		e.hashes = partHashes{level: l, pos2: pos2, pos3: mix(pos2, l[2])}
	}
	return &e.hashes
}

// tokenAttrs appends the hashes of tokens to out.
func tokenAttrs(out []tokenAttr, tokens []morph.Token, p *parts) []tokenAttr {
	for i := range tokens {
		t := &tokens[i]
		a := tokenAttr{partHashes: *p.of(&t.POS), kind: uint64(t.Kind) + 21}
		switch t.Kind {
		case morph.Number:
			a.word = 11
		case morph.Name:
			a.word = 12
		default:
			a.word = hashString(t.Norm)
		}
		a.form = mix(hashString(t.Form), a.level[0])
		out = append(out, a)
	}
	return out
}

// boundaryFeatures appends the features of a bunsetsu boundary before token i > 0. Gap says whether white space, and
// since how many tokens the last boundary was, are the other evidence.
func boundaryFeatures(buf []uint32, a []tokenAttr, i int, gap bool) []uint32 {
	at := func(k int) *tokenAttr {
		if k < 0 || k >= len(a) {
			return &edgeToken
		}
		return &a[k]
	}
	p2, p, t, n := at(i-2), at(i-1), at(i), at(i+1)
	n2 := at(i + 2)
	g := uint64(1)
	if gap {
		g = 2
	}
	return append(buf,
		slot(seed(1), boundaryBits),
		slot(mix(seed(2), p.pos2), boundaryBits),
		slot(mix(seed(3), t.pos2), boundaryBits),
		slot(mix(mix(seed(4), p.pos2), t.pos2), boundaryBits),
		slot(mix(mix(seed(5), p.pos3), t.pos3), boundaryBits),
		slot(mix(seed(6), p.word), boundaryBits),
		slot(mix(seed(7), t.word), boundaryBits),
		slot(mix(mix(seed(8), p.word), t.word), boundaryBits),
		slot(mix(mix(seed(9), p.word), t.pos2), boundaryBits),
		slot(mix(mix(seed(10), p.pos2), t.word), boundaryBits),
		slot(mix(mix(mix(seed(11), p2.pos2), p.pos2), t.pos2), boundaryBits),
		slot(mix(mix(mix(seed(12), p.pos2), t.pos2), n.pos2), boundaryBits),
		slot(mix(mix(mix(mix(seed(13), p2.pos2), p.pos2), t.pos2), n.pos2), boundaryBits),
		slot(mix(mix(seed(14), p.form), t.pos2), boundaryBits),
		slot(mix(mix(seed(15), p.form), t.word), boundaryBits),
		slot(mix(mix(mix(seed(16), p2.word), p.word), t.pos2), boundaryBits),
		slot(mix(mix(seed(17), t.pos2), n.word), boundaryBits),
		slot(mix(mix(seed(18), t.word), n.word), boundaryBits),
		slot(mix(mix(mix(seed(19), p2.word), p.word), t.word), boundaryBits),
		slot(mix(mix(mix(seed(20), p.kind), t.kind), t.pos2), boundaryBits),
		slot(mix(mix(mix(seed(21), g), p.pos2), t.pos2), boundaryBits),
		slot(mix(mix(mix(seed(22), t.pos2), n.pos2), n2.pos2), boundaryBits),
		slot(mix(mix(mix(seed(23), p.word), t.word), n.word), boundaryBits),
		slot(mix(mix(seed(24), t.word), n.pos2), boundaryBits),
		slot(mix(mix(mix(seed(25), t.form), t.pos2), p.pos2), boundaryBits),
		slot(mix(mix(seed(26), p2.pos2), t.word), boundaryBits),
		slot(mix(mix(mix(seed(27), p.word), t.pos2), n.pos2), boundaryBits),
		slot(mix(mix(mix(seed(28), p.pos2), t.word), n.pos2), boundaryBits),
	)
}
