package extract_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/entente-kg/entente/extract"
	"github.com/entente-kg/entente/schema"
)

const article = `日本の田中一郎外相は5日、ソウルで韓国の朴正勲外相と会談した。両氏は輸出管理をめぐる協議を再開することで一致した。
フランスとドイツの首脳会談は行われなかった。「イスラエルによるシリアへの攻撃を非難する」と述べたヨルダンのサファディ外相は、ポーランドを訪問する予定だ。`

func Example() {
	x, err := extract.New(extract.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	result, err := x.Document(context.Background(), schema.Document{
		ID: "example", Published: "2024-06-15", Text: "アルメニアとアゼルバイジャンは10日、停戦に合意した。",
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range result.Statements {
		fmt.Println(s.Subject.Name, s.Relation, s.Object.Name, s.Status, s.Time.Start)
	}
	// Unordered output:
	// Armenia agrees-with Azerbaijan actual 2024-06-10
	// Armenia ceases-fire-with Azerbaijan actual 2024-06-10
}

func TestSameInputSameBytes(t *testing.T) {
	x := extractor(t)
	doc := schema.Document{ID: "a", Published: "2024-06-15", Text: article}
	first, err := x.Document(context.Background(), doc)
	if err != nil {
		t.Fatal(err)
	}
	if len(first.Statements) == 0 {
		t.Fatal("no statements")
	}
	want, err := json.Marshal(first.Extraction)
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			r, err := x.Document(context.Background(), doc)
			if err != nil {
				t.Error(err)
				return
			}
			if got, err := json.Marshal(r.Extraction); err != nil || !bytes.Equal(got, want) {
				t.Errorf("another result of the same document (%v)", err)
			}
		})
	}
	wg.Wait()
}

func TestStatementsAreWellFormed(t *testing.T) {
	x := extractor(t)
	doc := schema.Document{ID: "a", Published: "2024-06-15", Title: "日韓外相が会談", Text: article}
	r, err := x.Document(context.Background(), doc)
	if err != nil {
		t.Fatal(err)
	}
	seen := make(map[string]bool)
	for _, s := range r.Statements {
		relation, ok := schema.Relations().Get(s.Relation)
		if !ok || !relation.Takes(s.Subject.Type, s.Object.Type) {
			t.Errorf("%s: %s %s %s is not in the ontology", s.ID, s.Subject.Type, s.Relation, s.Object.Type)
		}
		if s.Subject.ID == s.Object.ID {
			t.Errorf("%s: %s stands to itself", s.ID, s.Subject.ID)
		}
		if seen[s.ID] {
			t.Errorf("%s stated twice", s.ID)
		}
		seen[s.ID] = true
		if s.Text != s.Span.In(doc.In(s.Part)) || s.Trigger.Text != s.Trigger.Span.In(doc.In(s.Part)) {
			t.Errorf("%s: text or trigger is not what its span covers", s.ID)
		}
		if s.Confidence <= 0 || s.Confidence >= 1 || s.Extractor != x.Version() || len(s.Evidence) == 0 {
			t.Errorf("%s: confidence %v, extractor %q, %d pieces of evidence", s.ID, s.Confidence, s.Extractor, len(s.Evidence))
		}
	}
}

func TestMinConfidence(t *testing.T) {
	doc := schema.Document{ID: "a", Published: "2024-06-15", Text: article}
	all, err := extractor(t).Document(context.Background(), doc)
	if err != nil {
		t.Fatal(err)
	}
	strict, err := extract.New(extract.Options{MinConfidence: 0.9})
	if err != nil {
		t.Fatal(err)
	}
	few, err := strict.Document(context.Background(), doc)
	if err != nil {
		t.Fatal(err)
	}
	if len(few.Statements) >= len(all.Statements) {
		t.Errorf("%d statements from 0.9, %d in all", len(few.Statements), len(all.Statements))
	}
	for _, s := range few.Statements {
		if s.Confidence < 0.9 {
			t.Errorf("confidence %v", s.Confidence)
		}
	}
}

func TestBadDocumentsNameThemselves(t *testing.T) {
	x := extractor(t)
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := x.Document(cancelled, schema.Document{ID: "gone", Text: article}); !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "gone") {
		t.Errorf("cancelled: %v", err)
	}
	if _, err := x.Document(context.Background(), schema.Document{ID: "bytes", Text: "\xff\xfe"}); err == nil || !strings.Contains(err.Error(), "bytes") {
		t.Errorf("not UTF-8: %v", err)
	}
	for _, text := range []string{"", "\n\n", "。。。", "「「「", "A"} {
		if _, err := x.Document(context.Background(), schema.Document{ID: "odd", Text: text}); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestWithoutADateNothingRelativeIsResolved(t *testing.T) {
	r, err := extractor(t).Document(context.Background(), schema.Document{ID: "a", Text: "日本の田中一郎外相は5日、韓国の朴正勲外相と会談した。"})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Warnings) == 0 {
		t.Error("no warning that the document has no date")
	}
	for _, s := range r.Statements {
		if s.Time != nil && s.Time.Start != "" {
			t.Errorf("%s %s: day %s out of nothing", s.Relation, s.Object.NameJa, s.Time.Start)
		}
	}
}

func TestOptionsAreChecked(t *testing.T) {
	for name, opts := range map[string]extract.Options{
		"confidence": {MinConfidence: 1.5},
		"rules":      {Rules: []fs.FS{fstest.MapFS{"mine.yaml": {Data: []byte("frames:\n  - id: x\n    relation: none\n")}}}},
	} {
		if _, err := extract.New(opts); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestRulesOfAResearcherAddARelation(t *testing.T) {
	mine := fstest.MapFS{"toasts.yaml": {Data: []byte(`relations:
  - id: toasts
    subject: [actor]
    object: [actor]
    definition: "Someone drinks to another."
    example: "首相は大統領に乾杯した。"
frames:
  - id: toasts/noun
    relation: toasts
    nouns: [乾杯]
    subject: [ga, topic]
    object: [ni, to]
    examples: {for: [{text: "首相は大統領に乾杯した。", says: []}], against: ["首相は大統領に会った。"]}
`)}}
	x, err := extract.New(extract.Options{Rules: []fs.FS{mine}})
	if err != nil {
		t.Fatal(err)
	}
	if x.Version() == extract.Version() {
		t.Error("the version does not tell of the further rules")
	}
	got := say(t, x, "チェコのノバク首相はポーランドのコワルスキ大統領に乾杯した。")
	for _, s := range got {
		if s.Relation == "toasts" {
			return
		}
	}
	t.Errorf("no toast in %s", draw(got))
}
