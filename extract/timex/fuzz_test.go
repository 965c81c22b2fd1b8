package timex

import (
	"reflect"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/entente-kg/entente/extract/wording"
	"github.com/entente-kg/entente/schema"
)

// FuzzResolve wants no panic, valid spans in order, valid days, and the same expressions from the same text.
func FuzzResolve(f *testing.F) {
	for _, s := range []string{
		"", "26日から28日、10月26〜28日", "令和7年2月30日", "十十日", "9999年12月31日の翌日", "1年1月1日の前日", "第4四半期", "00年代に", "3日前3日後",
		"昨年の10月の26日までに", "(26日)(日)", "２０２５/１０/２６", "二〇二五年", "来週月曜日の前週", "同年同月同日", "99999年", "２月29日",
	} {
		f.Add(s, "2025-10-27")
	}
	f.Fuzz(func(t *testing.T, text, published string) {
		if len(text) > 4000 || !utf8.ValidString(text) { // Document.Text is valid UTF-8
			return
		}
		doc := schema.Document{ID: "f", Text: text}
		sents := analyse(text)
		all := Resolve(wording.Document(sents), published)
		last := -1
		for _, e := range all {
			if !e.Span.Valid(doc.Text) || e.Span.Empty() || e.Span.Start < last {
				t.Fatalf("expression %+v", e)
			}
			last = e.Span.Start
			for _, day := range []string{e.Time.Start, e.Time.End} {
				if day == "" {
					continue
				}
				if _, err := time.Parse(time.DateOnly, day); err != nil {
					t.Fatalf("expression %+v: %v", e, err)
				}
			}
			if e.Time.Basis == schema.Unresolved && (e.Time.Start != "" || e.Time.End != "") {
				t.Fatalf("an unresolved time with a value: %+v", e)
			}
			if e.Time.Start != "" && e.Time.End != "" && e.Time.End < e.Time.Start {
				t.Fatalf("ends before it starts: %+v", e)
			}
		}
		if again := Resolve(wording.Document(sents), published); !reflect.DeepEqual(all, again) {
			t.Fatal("not deterministic")
		}
	})
}
