package clause

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/entente-kg/entente/extract/chunk"
	"github.com/entente-kg/entente/extract/morph"
	"github.com/entente-kg/entente/extract/rules"
	"github.com/entente-kg/entente/extract/sentence"
	"github.com/entente-kg/entente/schema"
)

var update = flag.Bool("update", false, "rewrite the goldens with what the analysis gives now")

// stages are what the tests run before clause. The dictionary is loaded once.
var stages = sync.OnceValue(func() (s struct {
	morph  *morph.Analyzer
	chunk  *chunk.Parser
	clause *Analyzer
	err    error
},
) {
	cues, err := rules.LoadCues()
	if err != nil {
		s.err = err
		return s
	}
	if s.clause, s.err = New(cues, Options{}); s.err != nil {
		return s
	}
	if s.morph, s.err = morph.New(morph.Options{}); s.err != nil {
		return s
	}
	s.chunk, s.err = chunk.New(chunk.Options{})
	return s
})

// analyse runs all stages on a document.
func analyse(t testing.TB, doc schema.Document) ([]chunk.Sentence, []Sentence) {
	t.Helper()
	s := stages()
	if s.err != nil {
		t.Fatal(s.err)
	}
	var parsed []chunk.Sentence
	for _, x := range sentence.Split(doc) {
		parsed = append(parsed, s.chunk.Parse(x, s.morph.Tokens(doc.In(x.Part), x)))
	}
	return parsed, s.clause.Document(parsed)
}

// draw renders the predicates of a document.
func draw(doc schema.Document, parsed []chunk.Sentence, got []Sentence) string {
	var b strings.Builder
	for _, s := range got {
		for i := range s.Predicates {
			line := s.Predicates[i].Draw(func(n int, sp schema.Span) string { return sp.In(doc.In(parsed[n].Part)) })
			if len(got) > 1 {
				line = fmt.Sprintf("%d: %s", s.Index, line)
			}
			b.WriteString("  " + line + "\n")
		}
	}
	return b.String()
}

// TestGolden reads testdata/*.golden: a line that begins with "> " is a document ("># " one that has only a headline),
// the lines behind it the predicates that are found in it, comments begin with "#". Run with -update to rewrite them.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.golden")
	if err != nil || len(files) == 0 {
		t.Fatalf("no goldens in testdata (%v)", err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".golden"), func(t *testing.T) { golden(t, name) })
	}
}

func golden(t *testing.T, name string) {
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	var want strings.Builder
	text, line, at := "", 0, 0
	check := func() {
		if text == "" {
			return
		}
		doc := schema.Document{ID: "golden", Text: text}
		if title, ok := strings.CutPrefix(text, "# "); ok {
			doc = schema.Document{ID: "golden", Title: title}
		}
		parsed, found := analyse(t, doc)
		got := draw(doc, parsed, found)
		out.WriteString(got)
		if !*update && got != want.String() {
			t.Errorf("%s:%d: %s\ngot:\n%swant:\n%s", name, at, text, got, want.String())
		}
		text = ""
		want.Reset()
	}
	sc := bufio.NewScanner(strings.NewReader(string(data)))
	for sc.Scan() {
		line++
		l := sc.Text()
		switch {
		case strings.HasPrefix(l, "  "):
			want.WriteString(l + "\n")
			continue
		case strings.HasPrefix(l, "> "):
			check()
			text, at = l[2:], line
		default:
			check()
		}
		out.WriteString(l + "\n")
	}
	check()
	if *update {
		if err := os.WriteFile(name, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
