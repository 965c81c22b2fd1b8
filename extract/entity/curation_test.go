package entity_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/entente-kg/entente/extract/entity"
	"github.com/entente-kg/entente/schema"
)

func curation(t *testing.T, yaml string) *entity.Curation {
	t.Helper()
	c, err := entity.ParseCuration("curation.yaml", []byte(yaml))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// referents are the ids that the mentions of a text were resolved to, in order, as mention=id.
func referents(t *testing.T, text, yaml string) string {
	t.Helper()
	doc := schema.Document{ID: "doc-1", Text: text, Published: "2025-10-27"}
	_, res := resolve(t, doc, entity.Options{Curation: curation(t, yaml)})
	var out []string
	for m, refs := range res.Refs {
		for _, r := range refs {
			e := res.Entities[r.Entity]
			out = append(out, res.Mentions[m].Text(doc)+"="+e.ID+" "+e.Name)
		}
	}
	return strings.Join(out, " | ")
}

func TestCurationIsApplied(t *testing.T) {
	const text = "ノルマニア共和国のヴァルテン・ホルスト外相とホルスト・ヴァルテン国防相が演説した。"
	for _, c := range []struct{ name, text, yaml, want string }{
		{"none", text, "", "ヴァルテン・ホルスト外相=official/ヴァルテン・ホルスト ヴァルテン・ホルスト | ホルスト・ヴァルテン国防相=official/ホルスト・ヴァルテン ホルスト・ヴァルテン"},
		{"merge", text, "merge:\n  - into: official/ヴァルテン・ホルスト\n    from: [official/ホルスト・ヴァルテン]\n",
			"ヴァルテン・ホルスト外相=official/ヴァルテン・ホルスト ヴァルテン・ホルスト | ホルスト・ヴァルテン国防相=official/ヴァルテン・ホルスト ヴァルテン・ホルスト"},
		{"merge into one that the document has not", "リンデンの外相のエルク・ノーマン氏が話した。", "merge:\n  - into: official/elk\n    from: [official/エルク・ノーマン]\n",
			"外相のエルク・ノーマン氏=official/elk エルク・ノーマン"},
		{"rename", "ホルスト・ヴァルテン国防相が話した。", "rename:\n  - {entity: official/ホルスト・ヴァルテン, name: Horst Walten}\n", "ホルスト・ヴァルテン国防相=official/ホルスト・ヴァルテン Horst Walten"},
		{"split by office", "ホルスト・ヴァルテン国防相が話した。", "split:\n  - {entity: official/ホルスト・ヴァルテン, office: 国防相, as: official/ホルスト・ヴァルテン-2}\n", "ホルスト・ヴァルテン国防相=official/ホルスト・ヴァルテン-2 ホルスト・ヴァルテン"},
		{"split does not hold", "ホルスト・ヴァルテン国防相が話した。", "split:\n  - {entity: official/ホルスト・ヴァルテン, before: 2001-01-01, as: official/ホルスト・ヴァルテン-2}\n", "ホルスト・ヴァルテン国防相=official/ホルスト・ヴァルテン ホルスト・ヴァルテン"},
		{"block an entity", "韓国とホルスト・ヴァルテン国防相。", "block:\n  - {entity: official/ホルスト・ヴァルテン}\n", "韓国=country/KOR South Korea"},
		{"block a wording", "韓国とタイ。", "block:\n  - {text: タイ}\n", "韓国=country/KOR South Korea"},
		{"alias", "韓国とタイ。", "alias:\n  - {text: タイ, entity: country/LAO}\n", "韓国=country/KOR South Korea | タイ=country/LAO Laos"},
	} {
		if got := referents(t, c.text, c.yaml); got != c.want && !strings.HasSuffix(got, " | "+c.want) {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

func TestCurationFaultsNameTheLine(t *testing.T) {
	for _, c := range []struct{ yaml, want string }{
		{"merge:\n  - into: official/A\n    from: [official/B]\n  - into: nobody\n    from: [official/C]\n", "curation.yaml:4: want into:"},
		{"merge:\n  - into: official/A\n    from: [official/A]\n", "curation.yaml:2: official/A is merged into itself"},
		{"merge:\n  - into: official/A\n    from: [official/B]\n  - into: official/B\n    from: [official/C]\n", "name that one here"},
		{"split:\n  - {entity: official/A, as: official/B}\n", "curation.yaml:2: want a condition"},
		{"alias:\n  - {text: '', entity: country/USA}\n", "curation.yaml:2: want text:"},
		{"rename:\n  - {entity: official/A}\n", "curation.yaml:2: want entity:"},
		{"block:\n  - {entity: official/A, text: b}\n", "curation.yaml:2: want either"},
		{"unite: []\n", "want the lists merge, split"},
		{"merge: 3\n", "curation.yaml"},
	} {
		_, err := entity.ParseCuration("curation.yaml", []byte(c.yaml))
		if !errors.Is(err, entity.ErrCuration) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v, want %q", c.yaml, err, c.want)
		}
	}
}
