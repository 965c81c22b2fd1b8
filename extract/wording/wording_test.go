package wording_test

import (
	"strings"
	"testing"

	"github.com/entente-kg/entente/extract/chunk"
	"github.com/entente-kg/entente/extract/morph"
	"github.com/entente-kg/entente/extract/wording"
	"github.com/entente-kg/entente/schema"
)

// sentence makes a sentence of tokens given as surface or surface/norm, with ␣ for a space between them.
func sentence(spec string) (string, chunk.Sentence) {
	var text strings.Builder
	var s chunk.Sentence
	for _, piece := range strings.Fields(spec) {
		if piece == "␣" {
			text.WriteString("　")
			continue
		}
		surface, norm, ok := strings.Cut(piece, "/")
		if !ok {
			norm = surface
		}
		start := text.Len()
		text.WriteString(surface)
		s.Tokens = append(s.Tokens, morph.Token{Span: schema.Span{Start: start, End: text.Len()}, Surface: surface, Norm: norm})
	}
	return text.String(), s
}

func TestSpansLeadBackToTheSource(t *testing.T) {
	for _, c := range []struct{ spec, find, want string }{
		{"米国 の 大統領", "大統領", "大統領"},
		{"ＡＳＥＡＮ/ASEAN の 会議", "ASEAN", "ＡＳＥＡＮ"},
		{"（ 米国 ）", "(米国)", "（米国）"},
		{"ﾄﾞｲﾂ/ドイツ の", "ドイツ", "ﾄﾞｲﾂ"},
		{"髙橋/高橋 氏", "高橋", "髙橋"},
		{"日本 ␣ 訪問", "日本訪問", "日本　訪問"},
		{"10 ‐ 12 日", "10-12日", "10‐12日"},
	} {
		text, s := sentence(c.spec)
		w := wording.Of(s)
		at := strings.Index(w.Norm, c.find)
		if at < 0 {
			t.Errorf("%s: %q is not in %q", c.spec, c.find, w.Norm)
			continue
		}
		if got := w.Span(at, at+len(c.find)).In(text); got != c.want {
			t.Errorf("%s: %q leads to %q, want %q", c.spec, c.find, got, c.want)
		}
	}
}

func TestTokenEdgesAndGaps(t *testing.T) {
	_, s := sentence("日本 国 ␣ 米")
	w := wording.Of(s)
	for i, want := range []struct{ starts, ends, gap bool }{
		0: {true, false, false}, 3: {}, 6: {true, true, false}, 9: {true, true, true}, 12: {false, true, false},
	} {
		if i%3 != 0 {
			continue
		}
		if w.Starts(i) != want.starts || i > 0 && w.Ends(i) != want.ends || w.Gap(i) != want.gap {
			t.Errorf("byte %d: starts %v, ends %v, gap %v", i, w.Starts(i), w.Ends(i), w.Gap(i))
		}
	}
	if w.Token(0) != 0 || w.Token(6) != 1 || w.Token(9) != 2 {
		t.Errorf("tokens %d %d %d", w.Token(0), w.Token(6), w.Token(9))
	}
	if got := w.Span(3, 3); !got.Empty() {
		t.Errorf("an empty range has span %v", got)
	}
}

func TestFoldIsTheFormOfNorm(t *testing.T) {
	for in, want := range map[string]string{"Ｇ２０": "G20", "ボスニア＝ヘルツェゴビナ": "ボスニア=ヘルツェゴビナ", "（当時）": "(当時)", "髙市": "高市"} {
		if got := wording.Fold(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
