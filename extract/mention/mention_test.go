package mention_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/mattn/go-runewidth"

	"github.com/entente-kg/entente/extract/chunk"
	"github.com/entente-kg/entente/extract/mention"
	"github.com/entente-kg/entente/extract/morph"
	"github.com/entente-kg/entente/extract/rules"
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

// TestMoreTerms wants terms beyond the gazetteers found as theirs are.
func TestMoreTerms(t *testing.T) {
	const text = "環礁漁業者同盟は環礁漁業者を支援した。"
	more := rules.LexEntry{Form: "環礁漁業者同盟", LexTerm: rules.LexTerm{Kind: rules.TermOrganization, ID: "organization/環礁漁業者同盟"}}
	f, err := mention.New(more)
	if err != nil {
		t.Fatal(err)
	}
	all := f.Sentence(analyse(schema.Document{ID: "m", Text: text})[0])
	if len(all) != 1 || all[0].Kind != mention.Organization || all[0].Candidates[0] != more.ID || all[0].Span.In(text) != more.Form {
		t.Errorf("%s: %+v, want the body alone", text, all)
	}
}

// TestGoldens draws the mentions of testdata/*.txt, one document a block (blocks are divided by empty lines, # begins a
// comment), as lanes under each sentence.
func TestGoldens(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no testdata: %v", err)
	}
	for _, in := range files {
		name := strings.TrimSuffix(filepath.Base(in), ".txt")
		t.Run(name, func(t *testing.T) {
			var b strings.Builder
			for _, doc := range documents(t, in) {
				drawDocument(&b, doc)
			}
			golden.Check(t, strings.TrimSuffix(in, ".txt")+".golden", b.String(), *update)
		})
	}
}

func documents(t *testing.T, path string) []schema.Document {
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var docs []schema.Document
	for i, block := range strings.Split(strings.TrimSpace(string(data)), "\n\n") {
		var lines []string
		for line := range strings.Lines(block) {
			if !strings.HasPrefix(line, "#") {
				lines = append(lines, strings.TrimSpace(line))
			}
		}
		if text := strings.Join(lines, "\n"); text != "" {
			docs = append(docs, schema.Document{ID: fmt.Sprint(i), Text: text})
		}
	}
	return docs
}

func drawDocument(b *strings.Builder, doc schema.Document) {
	sents := analyse(doc)
	all := tools().finder.Document(sents, wording.Document(sents))
	for _, s := range sents {
		text := s.Span.In(doc.In(s.Part))
		fmt.Fprintln(b, text)
		for _, m := range all {
			if m.Sentence != s.Index {
				continue
			}
			fmt.Fprintf(b, "%s%s %s\n", strings.Repeat(" ", runewidth.StringWidth(text[:m.Span.Start-s.Span.Start])), lane(text, m, s.Span.Start), describe(m, doc))
		}
	}
	fmt.Fprintln(b)
}

// lane underlines a mention: ~ all of it, = its name.
func lane(text string, m mention.Mention, at int) string {
	var b strings.Builder
	for i, r := range text[m.Span.Start-at : m.Span.End-at] {
		c := "~"
		if p := m.Span.Start + i; m.NameSpan.Start <= p && p < m.NameSpan.End {
			c = "="
		}
		b.WriteString(strings.Repeat(c, runewidth.RuneWidth(r)))
	}
	return b.String()
}

func describe(m mention.Mention, doc schema.Document) string {
	parts := []string{string(m.Kind)}
	if m.Name != "" && m.Name != m.NameSpan.In(doc.In(m.Part)) {
		parts = append(parts, "name="+m.Name)
	}
	for _, t := range m.Titles {
		s := t.Office
		if t.Mark != "" {
			s = t.Mark + " " + s
		}
		parts = append(parts, "["+s+"]")
	}
	for _, c := range m.Countries {
		parts = append(parts, strings.TrimPrefix(c, "country/"))
	}
	for _, o := range m.Orgs {
		parts = append(parts, strings.TrimPrefix(o, "organization/"))
	}
	if m.Proxy != "" {
		parts = append(parts, m.Proxy)
	}
	if m.Relative != "" {
		parts = append(parts, m.Relative)
	}
	if m.Kind == mention.Anaphor {
		parts = append(parts, fmt.Sprintf("%s×%d", m.Class, m.Number))
	}
	if m.Plural {
		parts = append(parts, "plural")
	}
	if m.Spokesman {
		parts = append(parts, "spokesman")
	}
	if m.Nested {
		parts = append(parts, "(nested)")
	}
	return strings.Join(parts, " ")
}
