package chunk

import (
	"bytes"
	"os"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/entente-kg/entente/schema"
)

// checkTree holds what Parse promises: bunsetsu that cover the tokens in order, every one but the last with a head to its
// right, no two dependencies that cross.
func checkTree(t *testing.T, text string, s *Sentence) {
	t.Helper()
	if len(s.ChunkOf) != len(s.Tokens) {
		t.Fatalf("ChunkOf has %d entries for %d tokens", len(s.ChunkOf), len(s.Tokens))
	}
	at := 0
	for i := range s.Chunks {
		c := &s.Chunks[i]
		if c.From != at || c.To <= c.From || c.To > len(s.Tokens) {
			t.Fatalf("bunsetsu %d: tokens [%d,%d) behind %d", i, c.From, c.To, at)
		}
		at = c.To
		if c.Head < c.From || c.Head >= c.To || c.Func <= c.Head || c.Func > c.To {
			t.Fatalf("bunsetsu %d: head %d, function %d in [%d,%d)", i, c.Head, c.Func, c.From, c.To)
		}
		if !c.Span.Valid(text) || c.Span.Start != s.Tokens[c.From].Span.Start || c.Span.End != s.Tokens[c.To-1].Span.End {
			t.Fatalf("bunsetsu %d: span %v", i, c.Span)
		}
		for k := c.From; k < c.To; k++ {
			if s.ChunkOf[k] != i {
				t.Fatalf("token %d is in bunsetsu %d, ChunkOf says %d", k, i, s.ChunkOf[k])
			}
		}
		if c.Score < 0 || c.Score > 1 {
			t.Fatalf("bunsetsu %d: score %v", i, c.Score)
		}
		last := i == len(s.Chunks)-1
		if last != (c.Dep == -1) || !last && (c.Dep <= i || c.Dep >= len(s.Chunks)) {
			t.Fatalf("bunsetsu %d of %d depends on %d", i, len(s.Chunks), c.Dep)
		}
	}
	if at != len(s.Tokens) {
		t.Fatalf("bunsetsu end at token %d of %d", at, len(s.Tokens))
	}
	var open []int // heads that enclose the present bunsetsu, the nearest last
	for i := range s.Chunks {
		for len(open) > 0 && open[len(open)-1] <= i {
			open = open[:len(open)-1]
		}
		d := s.Chunks[i].Dep
		if d >= 0 && len(open) > 0 && d > open[len(open)-1] {
			t.Fatalf("the dependency of bunsetsu %d on %d crosses one on %d", i, d, open[len(open)-1])
		}
		if d >= 0 {
			open = append(open, d)
		}
	}
}

// TestExtremes: time has to stay linear in all of these; the test's own time limit is the check.
func TestExtremes(t *testing.T) {
	for name, unit := range map[string]string{
		"one sentence": "首相は会談し、", "nouns": "日本の", "lists": "米国、", "brackets": "「あ（", "bracket pairs": "「あ（い）う」", "closing": "」）",
		"stops inside": "「行く。", "emoji": "🤝", "half-width kana": "ﾄﾗﾝﾌﾟ", "Latin": "Trump met Xi ", "punctuation": "、・", "particles": "がのを", "asides": "首相（60）",
	} {
		t.Run(name, func(t *testing.T) {
			length := 20_000
			if name == "one sentence" {
				length = 100_000
			}
			text := strings.Repeat(unit, length/utf8.RuneCountInString(unit)+1)
			whole := schema.Sentence{Span: schema.Span{End: len(strings.TrimSpace(text))}}
			tokens := analyzer.Tokens(text, whole)
			s := parser.Parse(whole, tokens)
			checkTree(t, text, &s)
			s.Draw()
		})
	}
}

func TestParseWith(t *testing.T) {
	text := "日本の首相が東京で会談した。"
	whole := schema.Sentence{Span: schema.Span{End: len(text)}}
	tokens := analyzer.Tokens(text, whole)
	starts := make([]bool, len(tokens))
	for i := range tokens {
		starts[i] = tokens[i].Norm == "会談" || tokens[i].Norm == "首相"
	}
	s := parser.ParseWith(whole, tokens, starts)
	checkTree(t, text, &s)
	if len(s.Chunks) != 3 || s.Text(1) != "首相が東京で" || s.Chunks[0].Dep != 1 || s.Chunks[1].Dep != 2 {
		t.Errorf("got\n%s", s.Draw())
	}
	empty := parser.Parse(whole, nil)
	if len(empty.Chunks) != 0 || empty.Draw() != "" {
		t.Errorf("a sentence without tokens has bunsetsu: %+v", empty.Chunks)
	}
}

func TestTrain(t *testing.T) {
	var examples []Example
	for _, text := range []string{"首相が東京で会談した。", "日本の首相が会談した。", "大統領は首相と会談した。", "首相の訪問を歓迎した。"} {
		for _, s := range parse(text) {
			e := Example{Sentence: s.Sentence, Tokens: s.Tokens, Starts: make([]bool, len(s.Tokens))}
			for _, c := range s.Chunks {
				e.Starts[c.From] = true
				e.Heads = append(e.Heads, c.Dep)
			}
			examples = append(examples, e)
		}
	}
	epochs := 0
	opts := TrainOptions{Progress: func(int, float64, float64) { epochs++ }}
	first, err := Train(examples, opts)
	if err != nil {
		t.Fatal(err)
	}
	second, err := Train(examples, TrainOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first, second) {
		t.Error("the same examples give other weights")
	}
	if epochs != 12 {
		t.Errorf("Progress was told %d epochs, want 12", epochs)
	}
	p, err := New(Options{Weights: first})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range examples {
		s := p.Parse(e.Sentence, e.Tokens)
		if len(s.Chunks) != len(e.Heads) {
			t.Errorf("learned boundaries differ:\n%s", s.Draw())
			continue
		}
		for i := range s.Chunks {
			if s.Chunks[i].Dep != e.Heads[i] {
				t.Errorf("learned heads differ:\n%s", s.Draw())
			}
		}
	}
}

func TestWeights(t *testing.T) {
	for name, file := range map[string][]byte{"empty": {}, "another file": []byte("PK"), "cut short": weights[:len(weights)/2], "no tables": []byte(modelMagic)} {
		if _, err := New(Options{Weights: file}); err == nil && len(file) > 0 {
			t.Errorf("%s: was taken", name)
		}
	}
}

func FuzzParse(f *testing.F) {
	raw, err := os.ReadFile(goldenFile)
	if err != nil {
		f.Fatal(err)
	}
	for _, line := range strings.Split(string(raw), "\n") {
		if text, ok := strings.CutPrefix(line, "> "); ok {
			f.Add(text)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			t.Skip("documents are UTF-8")
		}
		first, second := parse(text), parse(text)
		if !reflect.DeepEqual(first, second) {
			t.Error("two runs differ")
		}
		for i := range first {
			checkTree(t, text, &first[i])
			first[i].Draw()
		}
	})
}
