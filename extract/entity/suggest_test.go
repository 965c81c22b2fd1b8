package entity_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/entente-kg/entente/extract/entity"
	"github.com/entente-kg/entente/schema"
)

func TestSuggest(t *testing.T) {
	official := func(id, name, office, country string) schema.Entity {
		return schema.Entity{ID: id, Type: schema.Official, NameJa: name, Name: name, Office: office, Country: country}
	}
	known := official("official/Q1", "アーサー・ウィンズロー", "財務長官", "country/USA")
	known.Wikidata = "Q1"
	other := official("official/Q2", "アーサー・ウインズロー", "", "")
	other.Wikidata = "Q2"
	entities := []schema.Entity{
		known, other,
		official("official/ウィンズロー/USA/財務長官", "ウィンズロー", "財務長官", "country/USA"),
		official("official/ウィンズロー/GBR/外相", "ウィンズロー", "外相", "country/GBR"),
		official("official/田中一郎", "田中一郎", "外務次官", "country/JPN"),
		official("official/田中/JPN/外務次官", "田中", "外務次官", "country/JPN"),
		official("official/田中花子", "田中花子", "環境相", "country/JPN"),
		{ID: "organization/ヴェルデ党", Type: schema.Organization, NameJa: "ヴェルデ党", Name: "a"},
		{ID: "organization/ベルデ党", Type: schema.Organization, NameJa: "ベルデ党", Name: "b"},
		{ID: "event/G20サミット:2024", Type: schema.Event, NameJa: "G20サミット", Name: "a"},
		{ID: "event/G20サミット:2025", Type: schema.Event, NameJa: "G20サミット", Name: "b"},
		{ID: "country/AAA", Type: schema.Country, NameJa: "甲", Name: "a"},
		{ID: "country/BBB", Type: schema.Country, NameJa: "甲", Name: "b"},
	}
	var got []string
	for _, s := range entity.Suggest(entities) {
		got = append(got, fmt.Sprintf("%s <- %s %.2f", s.Into.ID, s.From.ID, s.Score))
	}
	want := []string{
		"organization/ヴェルデ党 <- organization/ベルデ党 0.90",
		"official/Q1 <- official/ウィンズロー/USA/財務長官 0.85",
		"official/田中一郎 <- official/田中/JPN/外務次官 0.85",
		"official/田中花子 <- official/田中/JPN/外務次官 0.50",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// What is suggested can be put into a curation file as it is.
func TestSuggestionsAreACuration(t *testing.T) {
	s := entity.Suggestion{
		Into: schema.Entity{ID: "official/Q1", NameJa: "甲"}, From: schema.Entity{ID: "official/乙・丙/USA/外相", NameJa: "乙"}, Why: "because", Score: 0.5,
	}
	c, err := entity.ParseCuration("c.yaml", []byte("merge:\n"+s.YAML()))
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Merge) != 1 || c.Merge[0].Into != s.Into.ID || len(c.Merge[0].From) != 1 || c.Merge[0].From[0] != s.From.ID {
		t.Errorf("%+v", c.Merge)
	}
}
