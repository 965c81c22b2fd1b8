package entity_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/mattn/go-runewidth"

	"github.com/entente-kg/entente/extract/chunk"
	"github.com/entente-kg/entente/extract/entity"
	"github.com/entente-kg/entente/extract/mention"
	"github.com/entente-kg/entente/extract/morph"
	"github.com/entente-kg/entente/extract/sentence"
	"github.com/entente-kg/entente/extract/wording"
	"github.com/entente-kg/entente/internal/golden"
	"github.com/entente-kg/entente/schema"
)

var update = flag.Bool("update", false, "rewrite the goldens")

type stages struct {
	morph  *morph.Analyzer
	finder *mention.Finder
}

var tools = sync.OnceValue(func() stages {
	m, err := morph.New(morph.Options{})
	if err != nil {
		panic(err)
	}
	f, err := mention.New()
	if err != nil {
		panic(err)
	}
	return stages{m, f}
})

func analyse(doc schema.Document) []chunk.Sentence {
	var out []chunk.Sentence
	for _, s := range sentence.Split(doc) {
		out = append(out, chunk.Sentence{Sentence: s, Tokens: tools().morph.Tokens(doc.In(s.Part), s)})
	}
	return out
}

func resolve(t testing.TB, doc schema.Document, opts entity.Options) ([]chunk.Sentence, entity.Resolution) {
	t.Helper()
	r, err := entity.New(opts)
	if err != nil {
		t.Fatal(err)
	}
	sents := analyse(doc)
	return sents, r.Resolve(doc, sents, tools().finder.Document(sents, wording.Document(sents)))
}

// TestTraps wants no country and no official where testdata/traps.txt says so.
func TestTraps(t *testing.T) {
	data, err := os.ReadFile("testdata/traps.txt")
	if err != nil {
		t.Fatal(err)
	}
	cases := 0
	line := 0
	for text := range strings.Lines(string(data)) {
		line++
		text = strings.TrimSpace(text)
		if text == "" || strings.HasPrefix(text, "#") {
			continue
		}
		what, text, ok := strings.Cut(text, "\t")
		if !ok || !slices.Contains([]string{"country", "official", "both"}, what) {
			t.Fatalf("testdata/traps.txt:%d: want country, official or both, a tab, and a sentence", line)
		}
		cases++
		_, res := resolve(t, schema.Document{ID: "t", Text: text, Published: "2025-10-27"}, entity.Options{})
		for m, refs := range res.Refs {
			for _, r := range refs {
				e := res.Entities[r.Entity]
				if e.Type == schema.Country && what != "official" || e.Type == schema.Official && what != "country" {
					t.Errorf("testdata/traps.txt:%d: %s\n  found %s %s by %s", line, text, e.ID, res.Mentions[m].Span.In(text), res.Mentions[m].Rule)
				}
			}
		}
	}
	if cases < 100 {
		t.Errorf("%d traps, want 100 or more", cases)
	}
}

// TestGoldens draws the resolution of testdata/documents/*.txt: the first line is the date, a line that begins with ＝ the
// title, the rest the text.
func TestGoldens(t *testing.T) {
	files, err := filepath.Glob("testdata/documents/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no testdata: %v", err)
	}
	for _, in := range files {
		name := strings.TrimSuffix(filepath.Base(in), ".txt")
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(in)
			if err != nil {
				t.Fatal(err)
			}
			date, text, _ := strings.Cut(string(data), "\n")
			doc := schema.Document{ID: name, Published: strings.TrimSpace(date)}
			if strings.HasPrefix(text, "＝") {
				doc.Title, text, _ = strings.Cut(strings.TrimPrefix(text, "＝"), "\n")
			}
			doc.Text = strings.TrimSpace(text)
			golden.Check(t, strings.TrimSuffix(in, ".txt")+".golden", draw(t, doc, entity.Options{}), *update)
		})
	}
}

// label is an entity's id, or its Japanese name where the id comes from a gazetteer that may learn a Wikidata id any day.
func label(e schema.Entity) string {
	if e.Type == schema.Country || e.Type == schema.Agreement || e.Type == schema.Event {
		return e.ID
	}
	return strings.ToLower(string(e.Type)) + "/" + e.NameJa
}

func draw(t testing.TB, doc schema.Document, opts entity.Options) string {
	sents, res := resolve(t, doc, opts)
	var b strings.Builder
	for _, s := range sents {
		text := s.Span.In(doc.In(s.Part))
		fmt.Fprintln(&b, text)
		for i, m := range res.Mentions {
			if m.Sentence != s.Index {
				continue
			}
			fmt.Fprintf(&b, "%s%s", strings.Repeat(" ", runewidth.StringWidth(text[:m.Span.Start-s.Span.Start])), strings.Repeat("~", runewidth.StringWidth(m.Text(doc))))
			for k, r := range res.Refs[i] {
				if k > 0 {
					b.WriteString(" +")
				}
				fmt.Fprintf(&b, " %s %s", label(res.Entities[r.Entity]), r.Rule)
				if r.Antecedent >= 0 {
					fmt.Fprintf(&b, " ← %s", res.Mentions[r.Antecedent].Text(doc))
				}
			}
			if len(res.Refs[i]) == 0 {
				b.WriteString(" ?")
			}
			b.WriteByte('\n')
		}
	}
	fmt.Fprintln(&b)
	for i, e := range res.Entities {
		fmt.Fprintf(&b, "%s %s | %s | %s", e.Type, label(e), e.NameJa, e.Name)
		if e.Office != "" {
			fmt.Fprintf(&b, " | %s (%s)", e.Office, e.OfficeEn)
		}
		if e.Country != "" {
			fmt.Fprintf(&b, " | %s", e.Country)
		}
		if res.Former[i] {
			b.WriteString(" | former")
		}
		fmt.Fprintf(&b, " | %s\n", strings.Join(e.Aliases, ", "))
	}
	return b.String()
}
