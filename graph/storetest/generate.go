package storetest

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"pgregory.net/rapid"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
)

// The pools that generated documents draw from are small, so that documents share entities, edges, plans and wordings.
var (
	people = []schema.Entity{
		{ID: "official/Q1", Type: schema.Official, Name: "Aoi Sender", NameJa: "葵", Office: "外相", Country: "country/JPN"},
		{ID: "official/Q2", Type: schema.Official, Name: "Ben Receiver", NameJa: "ベン", Office: "国務長官", Country: "country/USA"},
		{ID: "official/𠮷田", Type: schema.Official, Name: "𠮷田", NameJa: "𠮷田"},
		{ID: "official/ｶﾅ", Type: schema.Official, Name: "ｶﾅ", NameJa: "ｶﾅ"},
	}
	states = []schema.Entity{
		{ID: "country/JPN", Type: schema.Country, Name: "Japan", NameJa: "日本", ISO3: "JPN"},
		{ID: "country/USA", Type: schema.Country, Name: "United States", NameJa: "アメリカ", ISO3: "USA"},
		{ID: "country/CHN", Type: schema.Country, Name: "China", NameJa: "中国", ISO3: "CHN"},
	}
	relations  = []string{"meets", "criticizes", "imposes-tariff-on", "holds-office", "holds-office"}
	days       = []string{"", "2025-10-24", "2025-10-26", "2025-10-27", "2025-11-05", "2026-01-10", "2026-01-15"}
	published  = []string{"", "2025-10-25", "2025-10-27T09:00:00+09:00", "2025-10-30"}
	outlets    = []string{"", "甲新聞", "乙通信", "丙放送"}
	polarities = []schema.Polarity{schema.Affirmed, schema.Affirmed, schema.Affirmed, schema.Negated}
	modalities = []schema.Modality{schema.Actual, schema.Actual, schema.Planned, schema.Possible, schema.Threatened}
	// wordings are sketched: the first three are copies of one another, the fourth bridges to none.
	wordings = func() []string {
		r := rand.New(rand.NewPCG(1, 2))
		base := []rune(Prose(r, 600))
		edit := func(from int) string {
			c := append([]rune(nil), base...)
			copy(c[from:from+12], []rune("改めて確認した内容である。"))
			return string(c)
		}
		return []string{string(base), edit(40), edit(400), Prose(r, 500), Prose(r, 450), "短い。"}
	}()
)

// Prose is n runes of meaningless Japanese-looking text.
func Prose(r *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		b.WriteRune(rune(0x4E00 + r.IntN(0x1000)))
	}
	return b.String()
}

// Extraction draws what a document says.
func Extraction(t *rapid.T, id string) schema.Extraction {
	x := schema.Extraction{Source: schema.Source{
		ID: id, Title: rapid.SampledFrom([]string{"", "題"}).Draw(t, "title"), Outlet: rapid.SampledFrom(outlets).Draw(t, "outlet"),
		Published: rapid.SampledFrom(published).Draw(t, "published"), Hash: "h", Extractor: "test",
		Shingles: string(graph.MakeSketch(rapid.SampledFrom(wordings).Draw(t, "wording"))),
	}}
	actors := append(append([]schema.Entity(nil), people...), states...)
	for range rapid.IntRange(0, 2).Draw(t, "mentions") {
		e := rapid.SampledFrom(actors).Draw(t, "entity")
		e.Aliases = []string{rapid.SampledFrom([]string{"同氏", "氏", "両者"}).Draw(t, "alias")}
		if e.Type == schema.Official {
			e.Office = rapid.SampledFrom([]string{"", "外相", "首相"}).Draw(t, "office")
		}
		x.Entities = append(x.Entities, schema.EntityMention{Entity: e, Count: rapid.IntRange(1, 3).Draw(t, "count")})
	}
	for i := range rapid.IntRange(0, 4).Draw(t, "statements") {
		rel := rapid.SampledFrom(relations).Draw(t, "relation")
		s := schema.Statement{
			Document: id, Sentence: i % 3, Relation: rel, Text: "文。", Rule: "rule", Extractor: "test", Part: schema.PartText,
			Polarity: rapid.SampledFrom(polarities).Draw(t, "polarity"), Modality: rapid.SampledFrom(modalities).Draw(t, "modality"),
			Confidence: float64(rapid.IntRange(0, 20).Draw(t, "confidence")) / 20,
			Subject:    argument(rapid.SampledFrom(people).Draw(t, "subject")),
			Object:     argument(rapid.SampledFrom(actors).Draw(t, "object")),
		}
		if day := rapid.SampledFrom(days).Draw(t, "day"); day != "" {
			s.Time = &schema.Time{Start: day, End: rapid.SampledFrom([]string{day, "2025-11-09", ""}).Draw(t, "end"), Granularity: schema.Day, Basis: schema.Relative}
		}
		if rapid.Bool().Draw(t, "attributed") {
			s.Attribution = []schema.Argument{argument(rapid.SampledFrom(actors).Draw(t, "speaker"))}
		}
		if rapid.Bool().Draw(t, "qualified") {
			s.Qualifiers = map[string]string{"topic": "貿易", "mood": "良い"}
		}
		if rel == "holds-office" {
			s.Qualifiers = rapid.SampledFrom([]map[string]string{nil, office("首相"), office("首相"), office("外相"), {"office": "議員"}, {"office": "首相"}}).Draw(t, "office")
		}
		x.Statements = append(x.Statements, s)
	}
	return x
}

// office qualifies a statement by an office of one holder.
func office(name string) map[string]string {
	return map[string]string{"office": name, "unique": "true"}
}

func argument(e schema.Entity) schema.Argument {
	return schema.Argument{ID: e.ID, Type: e.Type, Name: e.Name, NameJa: e.NameJa, ISO3: e.ISO3, Country: e.Country, Office: e.Office, Mention: e.NameJa}
}

// Change draws a change of up to five of ten documents.
func Change(t *rapid.T) graph.Change {
	var c graph.Change
	for _, i := range rapid.SliceOfNDistinct(rapid.IntRange(0, 9), 1, 5, rapid.ID).Draw(t, "documents") {
		id := fmt.Sprintf("doc/%d", i)
		if rapid.IntRange(0, 3).Draw(t, "kind") == 0 {
			c.Withdraw = append(c.Withdraw, id)
		} else {
			c.Put = append(c.Put, Extraction(t, id))
		}
	}
	return c
}

// Corpus is n documents of five statements each over a given number of officials, the popular ones far oftener (Zipf); equal
// arguments give equal corpora.
func Corpus(n, officials int, seed uint64) []schema.Extraction {
	r := rand.New(rand.NewPCG(seed, 7))
	zipf := rand.NewZipf(r, 1.3, 4, uint64(officials-1))
	out := make([]schema.Extraction, n)
	for i := range out {
		id := fmt.Sprintf("corpus/%06d", i)
		day := fmt.Sprintf("2025-%02d-%02d", 1+r.IntN(12), 1+r.IntN(28))
		x := schema.Extraction{Source: schema.Source{ID: id, Outlet: outlets[1+r.IntN(3)], Published: day, Hash: "h", Extractor: "test"}}
		if i%20 == 19 {
			x.Source.Shingles = string(graph.MakeSketch(wordings[i/20%3]))
		}
		for j := range 5 {
			a, b := zipf.Uint64(), zipf.Uint64()
			person := func(k uint64) schema.Argument {
				name := fmt.Sprintf("要人%d", k)
				return schema.Argument{ID: "official/" + name, Type: schema.Official, Name: name, NameJa: name, Mention: name}
			}
			x.Statements = append(x.Statements, schema.Statement{
				Sentence: j, Relation: relations[r.IntN(3)], Subject: person(a), Object: person(b), Text: "要人が会談した。",
				Polarity: schema.Affirmed, Modality: modalities[r.IntN(3)], Confidence: 0.8, Rule: "r", Extractor: "test",
				Time: &schema.Time{Start: day, End: day, Granularity: schema.Day, Basis: schema.Explicit},
			})
		}
		out[i] = x
	}
	return out
}
