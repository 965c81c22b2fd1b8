package morph

import (
	"os"
	"reflect"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/entente-kg/entente/schema"
)

// checkTokens holds what Tokens promises: rising spans inside the sentence, on rune boundaries, that cover all but white
// space and dropped pieces, with their wording.
func checkTokens(t *testing.T, text string, s schema.Sentence) {
	t.Helper()
	tokens := analyzer.Tokens(text, s)
	if again := analyzer.Tokens(text, s); !reflect.DeepEqual(tokens, again) {
		t.Error("two runs differ")
	}
	at := s.Span.Start
	for i, k := range tokens {
		if !k.Span.Valid(text) || k.Span.Empty() || k.Span.Start < at || k.Span.End > s.Span.End {
			t.Fatalf("token %d %q: span %v behind %d in %v", i, k.Surface, k.Span, at, s.Span)
		}
		if k.Surface != k.Span.In(text) {
			t.Fatalf("token %d: surface %q, text %q", i, k.Surface, k.Span.In(text))
		}
		if k.Norm == "" || k.Base == "" || k.POS[0] == "" {
			t.Fatalf("token %d %q: norm %q, base %q, part of speech %q", i, k.Surface, k.Norm, k.Base, k.POS[0])
		}
		if (k.Kind == OneKanji || k.Kind == Travel || k.Kind == Relation) && utf8.RuneCountInString(k.Norm) != 1 {
			t.Fatalf("token %d %q is a contraction's piece of several characters", i, k.Surface)
		}
		checkGap(t, text, s, at, k.Span.Start)
		at = k.Span.End
	}
	checkGap(t, text, s, at, s.Span.End)
}

func checkGap(t *testing.T, text string, s schema.Sentence, from, to int) {
	t.Helper()
	for _, d := range s.Drop {
		if d.Start >= from && d.End <= to {
			checkGap(t, text, schema.Sentence{}, from, d.Start)
			from = d.End
		}
	}
	if gap := text[from:to]; strings.TrimFunc(gap, isBlank) != "" {
		t.Fatalf("%q is in no token", gap)
	}
}

func TestDropAndOffset(t *testing.T) {
	text := "前の文。【北京共同】訪日した（AP）。"
	start := strings.Index(text, "【")
	s := schema.Sentence{
		Span: schema.Span{Start: start, End: len(text)},
		Drop: []schema.Span{
			{Start: start, End: strings.Index(text, "訪")},
			{Start: strings.Index(text, "（"), End: strings.LastIndex(text, "。")},
		},
	}
	if got, want := draw(analyzer.Tokens(text, s)), "訪‹行›|日‹国JPN›|し|た|。"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	checkTokens(t, text, s)
}

func TestWords(t *testing.T) {
	if _, err := New(Options{Words: []Word{{Surface: " "}}}); err == nil {
		t.Error("a word without a surface was taken")
	}
	a, err := New(Options{Words: []Word{{Surface: "和平の会", ISO3: "XXX"}, {Surface: "和平の会", ISO3: "YYY"}, {Surface: "和平"}}})
	if err != nil {
		t.Fatal(err)
	}
	text := "和平の会は和平を求めた"
	tokens := a.Tokens(text, whole(text))
	if got, want := draw(tokens), "和平の会‹名›|は|和平‹名›|を|求め|た"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if tokens[0].ISO3 != "XXX" || tokens[0].POS != [4]string{"名詞", "固有名詞", "一般", ""} {
		t.Errorf("the first entry of a surface does not count: %+v", tokens[0])
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"ﾄﾗﾝﾌﾟ": "トランプ", "ＥＵ": "EU", "髙﨑": "高崎", "１０": "10", "か\u3099": "が", " 日 本 ": "日本", "New York": "New　York", "（A）": "（A）", "(A)": "（A）", "㌔": "キロ",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestConcurrent(t *testing.T) {
	text := "トランプ米大統領は訪日し、日米韓の首脳と会談した。"
	want := analyzer.Tokens(text, whole(text))
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				if got := analyzer.Tokens(text, whole(text)); !reflect.DeepEqual(got, want) {
					t.Error("concurrent results differ")
					return
				}
			}
		})
	}
	wg.Wait()
}

// TestExtremes: time has to stay linear in all of these; the test's own time limit is the check.
func TestExtremes(t *testing.T) {
	for name, unit := range map[string]string{
		"one sentence": "首相は訪日し日中韓", "brackets": "（「", "stops": "。", "emoji": "🇯🇵🤝🏽", "half-width kana": "ﾄﾗﾝﾌﾟ", "Latin": "Trump ",
		"Latin word": "a", "katakana": "ア", "katakana names": "ア・", "kanji": "何立峰", "digits": "1", "numbers": "1,", "countries": "日米中", "hiragana": "のはが",
		"combining": "か\u3099\u0301", "spaces": "日 ", "compatibility": "㍿㌔①", "zero-width": "日\u200b", "titles": "王毅外相",
	} {
		t.Run(name, func(t *testing.T) {
			length := 30_000
			if name == "one sentence" {
				length = 100_000
			}
			text := strings.Repeat(unit, length/utf8.RuneCountInString(unit)+1)
			checkTokens(t, text, whole(text))
		})
	}
}

func FuzzTokens(f *testing.F) {
	raw, err := os.ReadFile(goldenFile)
	if err != nil {
		f.Fatal(err)
	}
	for _, line := range strings.Split(string(raw), "\n") {
		if text, ok := strings.CutPrefix(line, "> "); ok {
			f.Add(text, 0, 0)
		}
	}
	f.Add("あ\u3099㍿ ㈱\u200b１、０", 3, 6)
	f.Fuzz(func(t *testing.T, text string, from, to int) {
		if !utf8.ValidString(text) {
			t.Skip("documents are UTF-8")
		}
		s := whole(text)
		if d := (schema.Span{Start: from, End: to}); d.Valid(text) && !d.Empty() {
			s.Drop = []schema.Span{d}
		}
		checkTokens(t, text, s)
	})
}
