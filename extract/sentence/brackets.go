package sentence

import (
	"slices"
	"sort"
	"unicode/utf8"

	"github.com/entente-kg/entente/schema"
)

// closers maps a closing bracket to its opening one. ASCII double quotes have no direction and are left out.
var closers = map[rune]rune{
	'」': '「', '』': '『', '）': '（', ')': '(', '］': '［', ']': '[', '〉': '〈', '》': '《', '】': '【',
	'”': '“', '〕': '〔', '｝': '｛', '}': '{', '｣': '｢', '＞': '＜', '〟': '〝',
}

// openers lists the opening brackets with a small number each.
var openers = func() map[rune]int {
	order := []rune("「『（([［〈《【“〔｛{｢＜〝")
	m := make(map[rune]int, len(order))
	for i, r := range order {
		m[r] = i
	}
	return m
}()

// pair is a matched pair of brackets: the span from the opening to behind the closing one.
type pair struct {
	span  schema.Span
	open  rune
	depth int // matched pairs of quotation marks around it
}

// marks are the matched brackets of a block in order of their opening, and the depth they give each byte.
type marks struct {
	pairs []pair
	// ends maps the start of a matched opening bracket to the end of its pair.
	ends map[int]int
}

// matchBrackets pairs brackets within a block. A closing bracket closes the nearest open one of its sort, and leaves
// those opened in between unmatched; an unmatched bracket is an ordinary character.
func matchBrackets(text string, block schema.Span) marks {
	type entry struct {
		at   int
		open rune
	}
	var (
		m     = marks{}
		stack []entry
		count [32]int
	)
	for i := block.Start; i < block.End; {
		r, n := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(text[i:])
		}
		if r < 0x80 && r != '(' && r != ')' && r != '[' && r != ']' && r != '{' && r != '}' {
			i++
			continue
		}
		if k, ok := openers[r]; ok {
			stack = append(stack, entry{at: i, open: r})
			count[k]++
		} else if open, ok := closers[r]; ok && count[openers[open]] > 0 {
			for {
				top := stack[len(stack)-1]
				stack = stack[:len(stack)-1]
				count[openers[top.open]]--
				if top.open == open {
					m.pairs = append(m.pairs, pair{span: schema.Span{Start: top.at, End: i + n}, open: open})
					break
				}
			}
		}
		i += n
	}
	if len(m.pairs) == 0 {
		return m
	}
	slices.SortFunc(m.pairs, func(a, b pair) int { return a.span.Start - b.span.Start })
	m.ends = make(map[int]int, len(m.pairs))
	var quoteEnd []int
	for i := range m.pairs {
		p := &m.pairs[i]
		m.ends[p.span.Start] = p.span.End
		for len(quoteEnd) > 0 && quoteEnd[len(quoteEnd)-1] <= p.span.Start {
			quoteEnd = quoteEnd[:len(quoteEnd)-1]
		}
		p.depth = len(quoteEnd)
		if isQuote(p.open) {
			quoteEnd = append(quoteEnd, p.span.End)
		}
	}
	return m
}

func isQuote(r rune) bool { return r == '「' || r == '『' || r == '“' || r == '｢' || r == '〝' }

// quotesIn are the outermost quotations inside a sentence.
func quotesIn(s schema.Span, m marks) []schema.Span {
	var out []schema.Span
	first := sort.Search(len(m.pairs), func(i int) bool { return m.pairs[i].span.Start >= s.Start })
	for _, p := range m.pairs[first:] {
		if p.span.Start >= s.End {
			break
		}
		if isQuote(p.open) && p.depth == 0 && s.Contains(p.span) {
			out = append(out, p.span)
		}
	}
	return out
}
