package rules

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/entente-kg/entente/schema"
)

func TestEmbeddedFramesCoverTheOntology(t *testing.T) {
	f, err := LoadFrames()
	if err != nil {
		t.Fatal(err)
	}
	covered := make(map[string]bool)
	for _, fr := range f.All {
		covered[fr.Relation] = true
	}
	for _, r := range schema.Relations().All {
		if !covered[r.ID] {
			t.Errorf("no frame for relation %s", r.ID)
		}
	}
}

func TestReadFramesTellsFileAndLine(t *testing.T) {
	folder := fstest.MapFS{"mine.yaml": {Data: []byte(`frames:
  # a comment
  - id: meets/mine
    relation: meats
    nouns: [会談]
    parties: [ga, zu]
    examples: {for: [{text: a, says: []}], against: [b]}
`)}}
	_, err := ReadFrames(schema.Relations(), folder)
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{`mine.yaml:3`, `"meats" is not in the ontology`, `"zu" is no path`} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("error lacks %q:\n%v", want, err)
		}
	}
}

func TestFramesOfAResearcher(t *testing.T) {
	folder := fstest.MapFS{"mine.yaml": {Data: []byte(`relations:
  - id: toasts
    subject: [actor]
    object: [actor]
    definition: "Someone drinks to another."
    example: "首相は大統領に乾杯した。"
frames:
  - id: toasts/noun
    relation: toasts
    nouns: [乾杯]
    subject: [ga]
    object: [ni]
    examples: {for: [{text: "首相は大統領に乾杯した。", says: []}], against: ["首相は大統領に会った。"]}
`)}}
	f, err := LoadFrames(folder)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := f.Ontology.Get("toasts"); !ok {
		t.Error("relation toasts is not in the extended ontology")
	}
	if got := f.For("乾杯", ""); len(got) != 1 || f.All[got[0]].ID != "toasts/noun" {
		t.Errorf("frames for 乾杯: %v", got)
	}
}

func TestForFindsTheEndOfACompound(t *testing.T) {
	f, err := LoadFrames()
	if err != nil {
		t.Fatal(err)
	}
	var relations []string
	for _, i := range f.For("会談", "首脳電話会談") {
		relations = append(relations, f.All[i].Relation)
	}
	if len(relations) < 2 || relations[0] != "calls" {
		t.Errorf("frames of 首脳電話会談: %v, want calls first", relations)
	}
}
