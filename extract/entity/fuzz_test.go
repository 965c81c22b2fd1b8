package entity_test

import (
	"reflect"
	"testing"
	"unicode/utf8"

	"github.com/entente-kg/entente/extract/entity"
	"github.com/entente-kg/entente/schema"
)

// FuzzResolve wants no panic, references that exist, antecedents among the mentions, unique ids, and the same resolution from
// the same text.
func FuzzResolve(f *testing.F) {
	for _, s := range []string{
		"", "両国は合意した。", "米中両首脳と両外相、双方、三者、4カ国。", "タイとカンボジアの停戦協定。同協定は両国の停戦合意だ。",
		"安倍首相と安倍氏、安倍晋三氏、安倍昭恵氏。同氏は彼に。", "トランプ政権と李政権。", "民主党の王議員と社民党の金議員。同党は両党。",
		"外務省の報道官。同省は同国の外務省に。", "第1回サミット、2019年のサミット、昨年のG7サミット。同会議。",
	} {
		f.Add(s, "2025-10-27")
	}
	f.Fuzz(func(t *testing.T, text, published string) {
		if len(text) > 4000 || !utf8.ValidString(text) { // Document.Text is valid UTF-8
			return
		}
		doc := schema.Document{ID: "f", Title: text, Text: text, Published: published}
		_, res := resolve(t, doc, entity.Options{})
		if len(res.Refs) != len(res.Mentions) || len(res.Former) != len(res.Entities) {
			t.Fatalf("%d refs of %d mentions, %d marks of %d entities", len(res.Refs), len(res.Mentions), len(res.Former), len(res.Entities))
		}
		ids := map[string]bool{}
		for _, e := range res.Entities {
			if e.ID == "" || e.NameJa == "" || e.Name == "" || ids[e.ID] {
				t.Fatalf("entity %+v", e)
			}
			ids[e.ID] = true
		}
		for _, refs := range res.Refs {
			for _, r := range refs {
				if r.Entity < 0 || r.Entity >= len(res.Entities) || r.Antecedent < -1 || r.Antecedent >= len(res.Mentions) || r.Certainty <= 0 || r.Certainty > 1 || r.Rule == "" {
					t.Fatalf("reference %+v", r)
				}
			}
		}
		if _, again := resolve(t, doc, entity.Options{}); !reflect.DeepEqual(res, again) {
			t.Fatal("not deterministic")
		}
	})
}
