package chunk

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/entente-kg/entente/extract/morph"
	"github.com/entente-kg/entente/extract/sentence"
	"github.com/entente-kg/entente/schema"
)

var update = flag.Bool("update", false, "rewrite the goldens")

// golden.txt holds cases in groups: "# phenomenon", then "> sentence" and its tree, drawn. A case can be run by name:
// -run 'Golden/quotations/3'.
const goldenFile = "testdata/golden.txt"

var (
	analyzer = must(morph.New(morph.Options{}))
	parser   = must(New(Options{}))
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// parse takes a text through the stages before, and returns its sentences.
func parse(text string) []Sentence {
	var out []Sentence
	for _, s := range sentence.Split(schema.Document{Text: text}) {
		out = append(out, parser.Parse(s, analyzer.Tokens(text, s)))
	}
	return out
}

func TestGolden(t *testing.T) {
	raw, err := os.ReadFile(goldenFile)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	group, n := "", 0
	lines := strings.Split(strings.TrimSuffix(string(raw), "\n"), "\n")
	for i := 0; i < len(lines); {
		line := lines[i]
		i++
		if name, ok := strings.CutPrefix(line, "# "); ok {
			group, n = name, 0
		}
		text, ok := strings.CutPrefix(line, "> ")
		if !ok {
			if strings.HasPrefix(line, "#") || line == "" {
				out.WriteString(line + "\n")
			}
			continue
		}
		var want []string
		for ; i < len(lines) && lines[i] != "" && !strings.HasPrefix(lines[i], "> ") && !strings.HasPrefix(lines[i], "# "); i++ {
			want = append(want, lines[i])
		}
		var got []string
		for _, s := range parse(text) {
			got = append(got, strings.Split(strings.TrimSuffix(s.Draw(), "\n"), "\n")...)
		}
		out.WriteString(line + "\n" + strings.Join(got, "\n") + "\n")
		n++
		t.Run(fmt.Sprintf("%s/%d", group, n), func(t *testing.T) {
			if !*update && !slices.Equal(got, want) {
				t.Errorf("%s\ngot:\n%s\nwant:\n%s", text, strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
			for _, s := range parse(text) {
				checkTree(t, text, &s)
			}
		})
	}
	if *update {
		if err := os.WriteFile(goldenFile, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
