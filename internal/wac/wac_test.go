package wac

import (
	"slices"
	"strings"
	"testing"

	"github.com/entente-kg/entente/extract/chunk"
	"github.com/entente-kg/entente/extract/morph"
)

func TestOffsets(t *testing.T) {
	text := "aあ𠮷b"
	o := NewOffsets(text)
	for point, at := range []int{0, 1, 4, 8, 9} {
		if o.Byte(point) != at || o.Rune(at) != point {
			t.Errorf("code point %d: byte %d, back %d; want byte %d", point, o.Byte(point), o.Rune(at), at)
		}
	}
	if o.Rune(2) != 1 || o.Span(1, 3).In(text) != "あ𠮷" {
		t.Errorf("inside a character: %d; span %q", o.Rune(2), o.Span(1, 3).In(text))
	}
}

func TestDecode(t *testing.T) {
	docs, err := Decode(strings.NewReader(`{"id":"a","text":"行く。","sentences":[[0,3]],"bunsetsu":[[0,3,-1]]}`+"\n{"), "file")
	if err == nil || !strings.Contains(err.Error(), "file: document 2") {
		t.Errorf("got %v, %v", docs, err)
	}
}

// TestAlign lays gold bunsetsu over tokens and back: a compound particle is joined, and cut again.
func TestAlign(t *testing.T) {
	d := &Document{Text: "首相は貿易について協議した。", Sentences: [][2]int{{0, 14}}, Bunsetsu: [][3]int{{0, 3, 3}, {3, 6, 2}, {6, 9, 3}, {9, 14, -1}}}
	o := NewOffsets(d.Text)
	analyzer, err := morph.New(morph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	parser, err := chunk.New(chunk.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s := d.SchemaSentences(o)[0]
	tokens, starts, heads := Align(d, o, d.BunsetsuOf()[0], analyzer.Tokens(d.Text, s))
	if !slices.Equal(heads, []int{2, 2, -1}) {
		t.Errorf("heads %v, want [2 2 -1]", heads)
	}
	parsed := parser.ParseWith(s, tokens, starts)
	var got []string
	for _, u := range Units(&parsed, nil) {
		got = append(got, u.Span.In(d.Text))
	}
	if want := []string{"首相は", "貿易に", "ついて", "協議した。"}; !slices.Equal(got, want) {
		t.Errorf("units %v, want %v", got, want)
	}
	if whole := Units(&parsed, func(int) bool { return false }); len(whole) != 3 {
		t.Errorf("%d units where nothing is cut, want 3", len(whole))
	}
}
