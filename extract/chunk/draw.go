package chunk

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"github.com/entente-kg/entente/extract/morph"
)

// maxDrawnDepth is the depth of a tree that is still drawn; deeper ones are listed with the numbers of their heads.
const maxDrawnDepth = 30

// Draw renders the bunsetsu of a sentence, one a line, with lines to the bunsetsu each depends on:
//
//	26日に訪れた─┐
//	      首都で─┐
//	      首相と─┤
//	         会談した。
//
// Every line ends in a line break. The width of Japanese characters is taken as two columns.
func (s *Sentence) Draw() string {
	return s.DrawWith(func(i int) string { return s.Text(i) })
}

// Text is the wording of bunsetsu i, white space inside shown as one space.
func (s *Sentence) Text(i int) string {
	var b strings.Builder
	c := &s.Chunks[i]
	for k := c.From; k < c.To; k++ {
		if k > c.From && s.Tokens[k-1].Span.End < s.Tokens[k].Span.Start && s.Tokens[k].Kind != morph.Symbol {
			b.WriteByte(' ')
		}
		b.WriteString(strings.Join(strings.Fields(s.Tokens[k].Surface), " "))
	}
	return b.String()
}

// DrawWith is Draw with other words for the bunsetsu.
func (s *Sentence) DrawWith(text func(i int) string) string {
	n := len(s.Chunks)
	depth := make([]int, n)
	wide := make([]int, n)
	words := make([]string, n)
	deepest, right := 0, 0
	for i := n - 1; i >= 0; i-- {
		if d := s.Chunks[i].Dep; d > i {
			depth[i] = depth[d] + 1
		}
		deepest = max(deepest, depth[i])
		words[i] = text(i)
		wide[i] = visibleWidth(words[i])
		right = max(right, wide[i]+step*depth[i])
	}
	var b strings.Builder
	if deepest > maxDrawnDepth {
		for i := range n {
			b.WriteString(strconv.Itoa(i) + " " + words[i])
			if d := s.Chunks[i].Dep; d >= 0 {
				b.WriteString(" → " + strconv.Itoa(d))
			}
			b.WriteByte('\n')
		}
		return b.String()
	}
	waiting := make([]bool, n) // heads that have a dependent above
	for i := range n {
		end := right - step*depth[i]
		b.WriteString(strings.Repeat(" ", end-wide[i]))
		b.WriteString(words[i])
		// The line of head h runs in the column where the words of its dependents end, plus one.
		at := end
		var lanes []int
		for h := s.Chunks[i].Dep; h >= 0; h = s.Chunks[h].Dep {
			lanes = append(lanes, h)
		}
		for k, h := range lanes {
			column := right - step*(depth[h]+1) + 1
			switch {
			case k == 0 && waiting[h]:
				b.WriteString("─┤")
				at = column + 1
			case k == 0:
				b.WriteString("─┐")
				at = column + 1
			case waiting[h]:
				b.WriteString(strings.Repeat(" ", column-at) + "│")
				at = column + 1
			}
		}
		if len(lanes) > 0 {
			waiting[lanes[0]] = true
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// step is how many columns a dependent's words end before those of its head.
const step = 3

// visibleWidth is the width of s on a terminal, escape sequences left out.
func visibleWidth(s string) int {
	n := 0
	for s != "" {
		if rest, ok := strings.CutPrefix(s, "\x1b["); ok {
			if k := strings.IndexByte(rest, 'm'); k >= 0 {
				s = rest[k+1:]
				continue
			}
		}
		r, size := utf8.DecodeRuneInString(s)
		n += columns(r)
		s = s[size:]
	}
	return n
}

// columns is how many columns of a terminal a rune takes: Japanese characters two, marks that join the one before none.
func columns(r rune) int {
	if unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}
