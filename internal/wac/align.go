package wac

import (
	"github.com/entente-kg/entente/extract/morph"
	"github.com/entente-kg/entente/schema"
)

// AlignBunsetsu lays the gold bunsetsu d.Bunsetsu[r[0]:r[1]] of one sentence over its tokens: starts[i] says whether
// tokens[i] begins a bunsetsu. A token that reaches over a boundary is cut there, so that every bunsetsu has a token;
// its pieces keep its part of speech. Bunsetsu of white space alone get none.
func AlignBunsetsu(d *Document, o *Offsets, r [2]int, tokens []morph.Token) ([]morph.Token, []bool) {
	var (
		out    []morph.Token
		starts []bool
	)
	k := r[0]
	begin := false
	for _, t := range tokens {
		for {
			for k < r[1] && o.Byte(d.Bunsetsu[k][0]) <= t.Span.Start {
				begin = true
				k++
			}
			if k >= r[1] || o.Byte(d.Bunsetsu[k][0]) >= t.Span.End {
				break
			}
			at := o.Byte(d.Bunsetsu[k][0])
			left := t
			left.Span = schema.Span{Start: t.Span.Start, End: at}
			left.Surface = left.Span.In(d.Text)
			left.Norm, left.Base = left.Surface, left.Surface
			out, starts = append(out, left), append(starts, begin)
			begin = false
			t.Span.Start = at
			t.Surface = t.Span.In(d.Text)
			t.Norm, t.Base = t.Surface, t.Surface
		}
		out, starts = append(out, t), append(starts, begin)
		begin = false
	}
	return out, starts
}
