package chunk

import "github.com/entente-kg/entente/extract/morph"

// tokenAttr are the hashes of a token that the boundary model looks at.
type tokenAttr struct {
	pos1, pos2, word, form, kind, pos3 uint64
}

var edgeToken = tokenAttr{pos1: 1, pos2: 2, word: 3, form: 4, kind: 5, pos3: 6}

func tokenAttrs(tokens []morph.Token) []tokenAttr {
	out := make([]tokenAttr, len(tokens))
	for i := range tokens {
		t := &tokens[i]
		a := &out[i]
		a.pos1 = hashString(t.POS[0])
		a.pos2 = mix(a.pos1, hashString(t.POS[1]))
		a.pos3 = mix(a.pos2, hashString(t.POS[2]))
		switch {
		case t.Kind == morph.Number:
			a.word = 11
		case t.Kind == morph.Name:
			a.word = 12
		default:
			a.word = hashString(t.Norm)
		}
		a.form = mix(hashString(t.Form), a.pos1)
		a.kind = uint64(t.Kind) + 21
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
	f := func(template uint64, v ...uint64) {
		h := template * 0x632BE59BD9B4E019
		for _, x := range v {
			h = mix(h, x)
		}
		buf = append(buf, slot(h, boundaryBits))
	}
	f(1)
	f(2, p.pos2)
	f(3, t.pos2)
	f(4, p.pos2, t.pos2)
	f(5, p.pos3, t.pos3)
	f(6, p.word)
	f(7, t.word)
	f(8, p.word, t.word)
	f(9, p.word, t.pos2)
	f(10, p.pos2, t.word)
	f(11, p2.pos2, p.pos2, t.pos2)
	f(12, p.pos2, t.pos2, n.pos2)
	f(13, p2.pos2, p.pos2, t.pos2, n.pos2)
	f(14, p.form, t.pos2)
	f(15, p.form, t.word)
	f(16, p2.word, p.word, t.pos2)
	f(17, t.pos2, n.word)
	f(18, t.word, n.word)
	f(19, p2.word, p.word, t.word)
	f(20, p.kind, t.kind, t.pos2)
	f(21, g, p.pos2, t.pos2)
	f(22, t.pos2, n.pos2, n2.pos2)
	f(23, p.word, t.word, n.word)
	f(24, t.word, n.pos2)
	f(25, t.form, t.pos2, p.pos2)
	f(26, p2.pos2, t.word)
	f(27, p.word, t.pos2, n.pos2)
	f(28, p.pos2, t.word, n.pos2)
	return buf
}
