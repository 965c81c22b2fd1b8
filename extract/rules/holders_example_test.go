package rules_test

import (
	"fmt"

	"github.com/entente-kg/entente/extract/rules"
)

// 米大統領 of an article of 27 October 2025, and 欧州委員長, whose body the title names by itself.
func ExampleHolderTable_HolderOf() {
	for _, title := range []struct{ where, office string }{{"country/USA", "大統領"}, {"", "欧州委員長"}, {"country/JPN", "外務大臣"}} {
		h, ok := rules.Holders().HolderOf(title.where, title.office, "2025-10-27")
		fmt.Println(h.Person.NameJa, h.Person.NameEn, h.Term.From, ok)
	}
	// Output:
	// ドナルド・トランプ Donald Trump 2025-01-20 true
	// ウルズラ・フォンデアライエン Ursula von der Leyen 2019-12-01 true
	// 茂木敏充 Toshimitsu Motegi 2025-10-21 true
}
