package mention_test

import (
	"reflect"
	"testing"
	"unicode/utf8"

	"github.com/entente-kg/entente/extract/wording"
	"github.com/entente-kg/entente/schema"
)

// FuzzDocument wants no panic, spans inside the text on rune boundaries, heads and names inside their mentions, text order,
// and the same mentions from the same text.
func FuzzDocument(f *testing.F) {
	for _, s := range []string{
		"", "米中首脳会談", "アメリカのスミス財務長官(元外相)氏ら", "元元米米大統領大統領", "・・・氏氏", "第47回第3回首脳会議", "（米）大統領の", "両両国国",
		"ﾄﾗﾝﾌﾟ大統領㍿は\u3000米 中", "王毅外相兼外相兼", "「米、「中」と」", "A・B・C氏", "決議第9999999号", "同同省報道官の", "日本日本政府政府軍軍",
		"アメリカ・・大統領", "の氏の氏", "政権政権", "\xff\xfe米国", "髙橋﨑大臣",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 4000 || !utf8.ValidString(text) { // Document.Text is valid UTF-8
			return
		}
		doc := schema.Document{ID: "f", Title: text, Text: text}
		sents := analyse(doc)
		all := tools().finder.Document(sents, wording.Document(sents))
		for i, m := range all {
			in := doc.In(m.Part)
			if m.Index != i || !m.Span.Valid(in) || m.Span.Empty() || !m.Head.Valid(in) || !m.Span.Contains(m.Head) {
				t.Fatalf("mention %d %v head %v of %q", i, m.Span, m.Head, in)
			}
			if !m.NameSpan.Empty() && (!m.NameSpan.Valid(in) || !m.Span.Contains(m.NameSpan)) {
				t.Fatalf("mention %d %v: name %v", i, m.Span, m.NameSpan)
			}
			for _, o := range m.Titles {
				if !o.Span.Valid(in) {
					t.Fatalf("mention %d: title %v", i, o.Span)
				}
			}
			if i > 0 && all[i-1].Sentence == m.Sentence && all[i-1].Span.Start > m.Span.Start {
				t.Fatalf("mentions %d and %d are out of order", i-1, i)
			}
			if m.Certainty <= 0 || m.Certainty > 1 {
				t.Fatalf("certainty %v", m.Certainty)
			}
		}
		if again := tools().finder.Document(sents, wording.Document(sents)); !reflect.DeepEqual(all, again) {
			t.Fatal("not deterministic")
		}
	})
}
