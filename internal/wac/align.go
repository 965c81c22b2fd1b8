package wac

import (
	"strings"
	"unicode/utf8"

	"github.com/entente-kg/entente/extract/chunk"
	"github.com/entente-kg/entente/extract/morph"
	"github.com/entente-kg/entente/schema"
)

// Compound particles (に関する, として, という) are one token to us, and part of the bunsetsu of the noun before them; the
// corpus cuts them in two, に and 関する, and makes the second a bunsetsu of its own. Align joins what the corpus cuts,
// and Units cuts it again for scoring.

// cutAt is the length in bytes of the particle that the corpus cuts off a compound particle, or 0.
func cutAt(t *morph.Token) int {
	if t.POS[0] != "助詞" || t.POS[2] != "連語" || len(t.Norm) != len(t.Surface) || len(t.Norm) < 9 {
		return 0
	}
	for _, p := range []string{"に", "と", "を"} {
		if rest, ok := strings.CutPrefix(t.Norm, p); ok && rest != "ともに" && rest != "共に" {
			return len(p)
		}
	}
	return 0
}

// Align lays the gold bunsetsu d.Bunsetsu[r[0]:r[1]] of one sentence over its tokens: starts[i] says whether tokens[i]
// begins a bunsetsu, heads are the heads of those bunsetsu (-1 for the last). A bunsetsu that begins inside a compound
// particle is joined with the one before it. Any other token that reaches over a boundary is cut there, and its pieces
// keep its part of speech. Bunsetsu of white space alone are joined with the next.
func Align(d *Document, o *Offsets, r [2]int, tokens []morph.Token) (aligned []morph.Token, starts []bool, heads []int) {
	unit := make([]int, r[1]-r[0]) // the bunsetsu of ours that holds each gold one
	count := -1
	k := r[0]
	begin := false
	add := func(t morph.Token) {
		if begin || count < 0 {
			count++
			for g := k - 1; g >= r[0] && unit[g-r[0]] < 0; g-- {
				unit[g-r[0]] = count
			}
			begin = true
		}
		aligned, starts = append(aligned, t), append(starts, begin)
		begin = false
	}
	for i := range unit {
		unit[i] = -1
	}
	for _, t := range tokens {
		for k < r[1] && o.Byte(d.Bunsetsu[k][0]) <= t.Span.Start {
			begin = true
			k++
		}
		if n := cutAt(&t); n > 0 && k < r[1] && o.Byte(d.Bunsetsu[k][0]) == t.Span.Start+n {
			add(t)
			unit[k-r[0]] = count
			k++
		} else {
			for k < r[1] && o.Byte(d.Bunsetsu[k][0]) < t.Span.End {
				at := o.Byte(d.Bunsetsu[k][0])
				left := t
				left.Span = schema.Span{Start: t.Span.Start, End: at}
				retext(&left, d.Text)
				add(left)
				t.Span.Start = at
				retext(&t, d.Text)
				begin = true
				k++
			}
			add(t)
		}
	}
	heads = make([]int, count+1)
	for i := range heads {
		heads[i] = -1
	}
	for g := r[0]; g < r[1]; g++ {
		u := unit[g-r[0]]
		if h := d.Bunsetsu[g][2]; u >= 0 && h >= r[0] && h < r[1] {
			if v := unit[h-r[0]]; v > u {
				heads[u] = v // the last gold bunsetsu of the unit decides
			}
		}
	}
	return aligned, starts, heads
}

func retext(t *morph.Token, text string) {
	t.Surface = t.Span.In(text)
	t.Norm, t.Base = t.Surface, t.Surface
}

// Unit is a bunsetsu as the corpus cuts them.
type Unit struct {
	Span schema.Span
	Head int // index into the units of the sentence, -1 for the last
}

// Units are the bunsetsu of a parsed sentence with compound particles cut as the corpus does: the noun with its に depends
// on 関する, which depends on what the whole did, and what depended on the whole depends on the noun. Cuts says whether to cut at a byte; nil stands for always.
func Units(s *chunk.Sentence, cuts func(at int) bool) []Unit {
	var (
		out   []Unit
		first = make([]int, len(s.Chunks))
		last  = make([]int, len(s.Chunks))
	)
	for i := range s.Chunks {
		c := &s.Chunks[i]
		first[i] = len(out)
		start := c.Span.Start
		for k := c.From; k < c.To; k++ {
			t := &s.Tokens[k]
			if n := cutAt(t); n > 0 && k > c.From && utf8.RuneStart(t.Surface[n]) && (cuts == nil || cuts(t.Span.Start+n)) {
				out = append(out, Unit{Span: schema.Span{Start: start, End: t.Span.Start + n}, Head: len(out) + 1})
				start = t.Span.Start + n
			}
		}
		last[i] = len(out)
		out = append(out, Unit{Span: schema.Span{Start: start, End: c.Span.End}, Head: -1})
	}
	for i := range s.Chunks {
		if h := s.Chunks[i].Dep; h >= 0 {
			out[last[i]].Head = first[h]
		}
	}
	return out
}
