package sentence

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/entente-kg/entente/schema"
)

var update = flag.Bool("update", false, "rewrite the goldens")

// golden.txt holds cases in groups: "# phenomenon", then for each case its text ("> line", the title as ">> line") and the
// sentences found, drawn. A group, or one case of it, can be run by name: -run 'Golden/brackets/2'.
const goldenFile = "testdata/golden.txt"

func TestGolden(t *testing.T) {
	raw, err := os.ReadFile(goldenFile)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	group, n := "", 0
	lines := strings.Split(strings.TrimSuffix(string(raw), "\n"), "\n")
	for i := 0; i < len(lines); {
		if name, ok := strings.CutPrefix(lines[i], "# "); ok {
			group, n = name, 0
		}
		if !strings.HasPrefix(lines[i], ">") {
			if strings.HasPrefix(lines[i], "#") || lines[i] == "" {
				out.WriteString(lines[i] + "\n")
			}
			i++
			continue
		}
		var doc schema.Document
		var text []string
		for ; i < len(lines) && strings.HasPrefix(lines[i], ">"); i++ {
			out.WriteString(lines[i] + "\n")
			if title, ok := strings.CutPrefix(lines[i], ">> "); ok {
				doc.Title = title
			} else {
				text = append(text, strings.TrimPrefix(strings.TrimPrefix(lines[i], ">"), " "))
			}
		}
		doc.Text = strings.Join(text, "\n")
		var want []string
		for ; i < len(lines) && lines[i] != "" && !strings.HasPrefix(lines[i], ">") && !strings.HasPrefix(lines[i], "#"); i++ {
			want = append(want, lines[i])
		}
		got := draw(doc)
		out.WriteString(strings.Join(got, "\n") + "\n")
		n++
		t.Run(fmt.Sprintf("%s/%d", group, n), func(t *testing.T) {
			if !*update && !slices.Equal(got, want) {
				t.Errorf("text:\n%s\ngot:\n%s\nwant:\n%s", doc.Text, strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
			checkSpans(t, doc)
		})
	}
	if *update {
		if err := os.WriteFile(goldenFile, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// draw renders sentences one a line: kind, then the wording with ⟦dropped pieces⟧ and ‹outermost quotations›.
func draw(doc schema.Document) []string {
	var out []string
	for _, s := range Split(doc) {
		text := doc.In(s.Part)
		var b strings.Builder
		for at := s.Span.Start; at < s.Span.End; {
			for _, q := range s.Quotes {
				if q.Start == at {
					b.WriteString("‹")
				}
			}
			for _, d := range s.Drop {
				if d.Start == at {
					b.WriteString("⟦")
				}
			}
			r := []rune(text[at:])[0]
			if r == '\n' {
				b.WriteString("⏎")
			} else {
				b.WriteRune(r)
			}
			at += len(string(r))
			for _, d := range s.Drop {
				if d.End == at {
					b.WriteString("⟧")
				}
			}
			for _, q := range s.Quotes {
				if q.End == at {
					b.WriteString("›")
				}
			}
		}
		out = append(out, fmt.Sprintf("%d %-8s %s", s.Paragraph, s.Kind, b.String()))
	}
	return out
}
