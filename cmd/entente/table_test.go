package main

import (
	"strings"
	"testing"
)

func TestWriteTable(t *testing.T) {
	for _, c := range []struct {
		name    string
		columns int
		rows    [][]string
		want    string
	}{
		{"Japanese takes two columns a character", 0, [][]string{{"日本", "meets", "韓国"}, {"Japan", "visits", "ﾀｲ"}}, `
subject  relation  object
-------  --------  ------
日本     meets     韓国
Japan    visits    ﾀｲ
`},
		{"the widest column is cut", 30, [][]string{{"フランス共和国大統領", "negotiates-with", "タイ"}}, `
subject     relation    object
----------  ----------  ------
フランス…   negotiate…  タイ
`},
		{"a document cannot steer the terminal", 0, [][]string{{"a\x1b[2Jb", "x\ny", "\u202eevil"}}, `
subject  relation  object
-------  --------  ------
a [2Jb   x y        evil
`},
		{"a short row", 0, [][]string{{"a"}}, `
subject  relation  object
-------  --------  ------
a
`},
		{"no rows", 0, nil, `
subject  relation  object
-------  --------  ------
`},
	} {
		t.Run(c.name, func(t *testing.T) {
			var b strings.Builder
			if err := writeTable(&b, c.columns, []string{"subject", "relation", "object"}, c.rows); err != nil {
				t.Fatal(err)
			}
			if got := "\n" + b.String(); got != c.want {
				t.Errorf("got:%s\nwant:%s", got, c.want)
			}
		})
	}
}
