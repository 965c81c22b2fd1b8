package clause

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/entente-kg/entente/extract/chunk"
	"github.com/entente-kg/entente/schema"
)

// FuzzDocument: no panic, spans on rune boundaries inside the text, indices inside the sentence, and the same result twice.
func FuzzDocument(f *testing.F) {
	files, err := filepath.Glob("testdata/*.golden")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, l := range strings.Split(string(data), "\n") {
			if text, ok := strings.CutPrefix(l, "> "); ok {
				f.Add(text)
			}
		}
	}
	for _, text := range []string{
		"", "。", "「", "「」」「と述べた", "、、、、、", "はがをにと", "というという", "😀😀と会談した。", "ｶｲﾀﾞﾝ", "A B C", "訪訪訪日日日",
		"の" + strings.Repeat("の", 50), "ないないないないない。", "かもしれないかもしれない", strings.Repeat("「首相は", 40) + "と述べた。",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) || len(text) > 20000 {
			t.Skip()
		}
		doc := schema.Document{ID: "fuzz", Text: text}
		parsed, got := analyse(t, doc)
		check(t, doc, parsed, got)
		_, again := analyse(t, doc)
		if !reflect.DeepEqual(got, again) {
			t.Errorf("two runs differ on %q", text)
		}
	})
}

// check tests what holds for any analysis.
func check(t *testing.T, doc schema.Document, parsed []chunk.Sentence, got []Sentence) {
	t.Helper()
	if len(got) != len(parsed) {
		t.Fatalf("%d sentences out of %d", len(got), len(parsed))
	}
	valid := func(what string, a Argument) {
		if a.Sentence < 0 || a.Sentence >= len(parsed) {
			t.Fatalf("%s in sentence %d of %d", what, a.Sentence, len(parsed))
		}
		s := &parsed[a.Sentence]
		if !a.Span.Valid(doc.In(s.Part)) || a.Span.Empty() {
			t.Errorf("%s has the span %v", what, a.Span)
		}
		if a.Chunk < -1 || a.Chunk >= len(s.Chunks) {
			t.Errorf("%s on bunsetsu %d of %d", what, a.Chunk, len(s.Chunks))
		}
		if a.Certainty < 0 || a.Certainty > 1 {
			t.Errorf("%s has certainty %v", what, a.Certainty)
		}
	}
	for i := range got {
		for k := range got[i].Predicates {
			p := &got[i].Predicates[k]
			if p.Index != k || p.Sentence != parsed[i].Index {
				t.Errorf("predicate %d of sentence %d calls itself %d of %d", k, i, p.Index, p.Sentence)
			}
			if !p.Span.Valid(doc.In(parsed[i].Part)) || p.Span.Empty() {
				t.Errorf("trigger %s has the span %v", p.Lemma, p.Span)
			}
			if p.Parent < -1 || p.Parent >= len(got[i].Predicates) || p.Parent == k {
				t.Errorf("predicate %d of %d has the parent %d", k, len(got[i].Predicates), p.Parent)
			}
			if p.Chunk < 0 || p.Chunk >= len(parsed[i].Chunks) || p.LightChunk >= len(parsed[i].Chunks) {
				t.Errorf("predicate %s on bunsetsu %d and %d of %d", p.Lemma, p.Chunk, p.LightChunk, len(parsed[i].Chunks))
			}
			for _, a := range p.Args {
				valid(p.Lemma+" "+string(a.Case), a)
			}
			for _, a := range p.Speakers {
				valid(p.Lemma+" speaker", a)
			}
		}
	}
}

// TestLongSentences: hostile sentences are read in full, with results that hold together.
func TestLongSentences(t *testing.T) {
	for name, text := range map[string]string{
		"clauses":   strings.Repeat("首相が会談し、", 4000) + "合意した。",
		"nouns":     strings.Repeat("首相と", 6000) + "会談した。",
		"no":        strings.Repeat("首相の", 6000) + "訪問。",
		"brackets":  strings.Repeat("「首相は述べた」と", 3000) + "述べた。",
		"relatives": strings.Repeat("訪問した", 6000) + "首相が会談した。",
	} {
		t.Run(name, func(t *testing.T) {
			doc := schema.Document{ID: name, Text: text}
			parsed, got := analyse(t, doc)
			check(t, doc, parsed, got)
		})
	}
}
