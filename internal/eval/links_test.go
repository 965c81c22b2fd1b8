package eval

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/entente-kg/entente/extract/entity"
	"github.com/entente-kg/entente/extract/mention"
	"github.com/entente-kg/entente/schema"
)

// linkText has two sentences; linkGold names both countries in the first, stands for them in the second.
const (
	linkText = "日本と韓国は会談した。両国は合意した。"
	first    = "日本と韓国は会談した。"
)

// at is a mention of words in sentence 0 or 1 of linkText.
func at(sentence int, words string, kind mention.Kind, class string) mention.Mention {
	start := strings.Index(linkText, words)
	return mention.Mention{Sentence: sentence, Part: schema.PartText, Span: schema.Span{Start: start, End: start + len(words)}, Kind: kind, Class: class}
}

func TestLinks(t *testing.T) {
	japan := schema.Entity{ID: "country/JPN", Name: "Japan", NameJa: "日本", Type: schema.Country}
	korea := schema.Entity{ID: "country/KOR", Name: "South Korea", NameJa: "韓国", Type: schema.Country}
	france := schema.Entity{ID: "country/FRA", Name: "France", NameJa: "フランス", Type: schema.Country}
	entities := []schema.Entity{japan, korea, france}
	j, k := at(0, "日本", mention.Country, ""), at(0, "韓国", mention.Country, "")
	both := at(1, "両国", mention.Anaphor, "country")
	const meets, agrees = `{"s": "JPN", "r": "meets", "o": "KOR", "evidence": "会談した"}`, `{"s": "JPN", "r": "agrees-with", "o": "KOR", "evidence": "合意した"}`
	for _, c := range []struct {
		name, gold string
		mentions   []mention.Mention
		refs       [][]int // entities by mention
		want       LinkCounts
	}{
		{"both linked", meets, []mention.Mention{j, k}, [][]int{{0}, {1}}, LinkCounts{Arguments: 2, Found: 2, Right: 2}},
		{"one linked to another entity", meets, []mention.Mention{j, k}, [][]int{{0}, {2}}, LinkCounts{Arguments: 2, Found: 2, Right: 1}},
		{"one found and not linked", meets, []mention.Mention{j, k}, [][]int{{0}, nil}, LinkCounts{Arguments: 2, Found: 2, Right: 1}},
		{"one not found though its name stands there", meets, []mention.Mention{j}, [][]int{{0}}, LinkCounts{Arguments: 2, Missed: 1, Found: 1, Right: 1}},
		{"a word that stands for both", agrees, []mention.Mention{j, k, both}, [][]int{{0}, {1}, {0, 1}}, LinkCounts{Arguments: 2, Found: 2, Right: 2}},
		{"a word that stands for others", agrees, []mention.Mention{j, k, both}, [][]int{{0}, {1}, {2}}, LinkCounts{Arguments: 2, Found: 2}},
		{"a word that stands for nobody yet", agrees, []mention.Mention{j, k, both}, [][]int{{0}, {1}, nil}, LinkCounts{Arguments: 2, Found: 2}},
		{"one of two by such a word", agrees, []mention.Mention{j, k, both}, [][]int{{0}, {1}, {0}}, LinkCounts{Arguments: 2, LeftOut: 1, Found: 1, Right: 1}},
		{"nothing there that could be they", agrees, []mention.Mention{j, k}, [][]int{{0}, {1}}, LinkCounts{Arguments: 2, LeftOut: 2}},
		{"a mention in another sentence is none", strings.Replace(meets, "会談した", "合意した", 1), []mention.Mention{j, k}, [][]int{{0}, {1}}, LinkCounts{Arguments: 2, LeftOut: 2}},
		{"optional statements are left out", strings.Replace(meets, "{", `{"optional": true, `, 1), nil, nil, LinkCounts{}},
		{"any of a list", `{"s": ["FRA", "JPN"], "r": "meets", "o": "KOR", "evidence": "会談した"}`, []mention.Mention{j, k}, [][]int{{0}, {1}}, LinkCounts{Arguments: 2, Found: 2, Right: 2}},
		{"evidence that is not in the text: anywhere", strings.Replace(meets, "会談した", "会合した", 1), []mention.Mention{j, k}, [][]int{{0}, {1}}, LinkCounts{Arguments: 2, Found: 2, Right: 2}},
	} {
		t.Run(c.name, func(t *testing.T) {
			g, err := Load(fstest.MapFS{
				"entities.json": {Data: []byte(`{"JPN": {"type": "Country", "name": "Japan", "accept": ["日本"]}, "KOR": {"type": "Country", "name": "South Korea", "accept": ["韓国"]},
					"FRA": {"type": "Country", "name": "France", "accept": ["フランス", "仏"]}}`)},
				"one.gold.json": {Data: []byte(`{"id": "one", "published": "2024-06-15", "statements": [` + c.gold + `]}`)},
				"one.txt":       {Data: []byte(linkText)},
			})
			if err != nil {
				t.Fatal(err)
			}
			read := Linked{Sentences: []schema.Sentence{
				{Index: 0, Part: schema.PartText, Span: schema.Span{End: len(first)}},
				{Index: 1, Part: schema.PartText, Span: schema.Span{Start: len(first), End: len(linkText)}},
			}, Resolution: entity.Resolution{Mentions: c.mentions, Entities: entities}}
			for _, refs := range c.refs {
				var out []entity.Referent
				for _, e := range refs {
					out = append(out, entity.Referent{Entity: e, Antecedent: -1})
				}
				read.Resolution.Refs = append(read.Resolution.Refs, out)
			}
			r := g.Links(map[string]Linked{"one": read})
			if r.Total != c.want {
				t.Errorf("counts\n got %+v\nwant %+v\n%+v", r.Total, c.want, r.Findings)
			}
			if n := c.want.Arguments - c.want.Right; len(r.Findings) != n {
				t.Errorf("%d findings, want %d: %+v", len(r.Findings), n, r.Findings)
			}
			if c.want.Arguments > 0 && (len(r.Types) != 1 || r.Types[0].Name != "Country") {
				t.Errorf("types %+v, want one, Country", r.Types)
			}
		})
	}
}

func TestLinkReportWrite(t *testing.T) {
	r := LinkReport{
		Total: LinkCounts{Arguments: 10, LeftOut: 1, Missed: 1, Found: 8, Right: 6}, Types: []LinkRow{{"Country", LinkCounts{Arguments: 10}}},
		Findings: []LinkFinding{{Document: "one", Kind: "wrong", Want: "JPN", Got: "両国 → country/FRA", Sentence: "両国は"}},
	}
	var b strings.Builder
	r.Write(&b, false)
	if got := b.String(); !strings.Contains(got, "found    8  linked rightly    6  accuracy 0.750  overall 0.667") || strings.Contains(got, "両国") {
		t.Errorf("printed\n%s", got)
	}
	b.Reset()
	r.Write(&b, true)
	if !strings.Contains(b.String(), "one: wrong: JPN, but 両国 → country/FRA  <- 両国は") {
		t.Errorf("printed\n%s", b.String())
	}
}
