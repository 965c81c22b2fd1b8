package main

import (
	"bufio"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/mattn/go-runewidth"
)

// cells measures text as terminals show it: Japanese characters take two columns. Characters that East Asian fonts may
// draw wide (→, …, Greek) count as narrow, whatever the locale, so that the output does not depend on it.
var cells = &runewidth.Condition{}

// writeTable prints rows under a header in aligned columns, two spaces apart. When columns > 0 (a terminal) the widest
// columns are cut, with …, so that a line fits; else nothing is cut. Control characters are shown as spaces: a document
// must not be able to steer the terminal.
func writeTable(w io.Writer, columns int, header []string, rows [][]string) error {
	all := make([][]string, 0, len(rows)+1)
	for _, row := range append([][]string{header}, rows...) {
		line := make([]string, len(header))
		for i := range min(len(row), len(line)) {
			line[i] = printable(row[i])
		}
		all = append(all, line)
	}
	widths := make([]int, len(header))
	for _, line := range all {
		for i, cell := range line {
			widths[i] = max(widths[i], cells.StringWidth(cell))
		}
	}
	fit(widths, columns)
	out := bufio.NewWriter(w)
	for n, line := range all {
		writeRow(out, line, widths)
		if n == 0 {
			rule := make([]string, len(widths))
			for i, width := range widths {
				if i == len(widths)-1 {
					width = min(width, 80) // nothing stands behind it; an uncut sentence may be pages long
				}
				rule[i] = strings.Repeat("-", width)
			}
			writeRow(out, rule, widths)
		}
	}
	return out.Flush()
}

func writeRow(out *bufio.Writer, line []string, widths []int) {
	var b strings.Builder
	for i, cell := range line {
		if i > 0 {
			b.WriteString("  ")
		}
		b.WriteString(cells.FillRight(cells.Truncate(cell, widths[i], "…"), widths[i]))
	}
	out.WriteString(strings.TrimRight(b.String(), " "))
	out.WriteByte('\n')
}

// fit takes columns off the widest of widths, one at a time, until a line is at most that wide. No column gets narrower
// than eight.
func fit(widths []int, columns int) {
	if columns <= 0 || len(widths) == 0 {
		return
	}
	total := 2 * (len(widths) - 1)
	for _, w := range widths {
		total += w
	}
	for ; total > columns; total-- {
		widest := 0
		for i, w := range widths {
			if w > widths[widest] {
				widest = i
			}
		}
		if widths[widest] <= 8 {
			return
		}
		widths[widest]--
	}
}

// printable is s with every control and format character replaced by a space.
func printable(s string) string {
	if !slices.ContainsFunc([]rune(s), steers) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if steers(r) {
			return ' '
		}
		return r
	}, s)
}

func steers(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029'
}
