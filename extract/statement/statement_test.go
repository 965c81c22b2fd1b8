package statement_test

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"math"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-kg/entente/extract"
	"github.com/entente-kg/entente/schema"
)

var update = flag.Bool("update", false, "rewrite the goldens")

var shared = sync.OnceValues(func() (*extract.Extractor, error) { return extract.New(extract.Options{}) })

// statements are those of a text, or of a headline and a text with ｜ between them.
func statements(t testing.TB, text string) []schema.Statement {
	t.Helper()
	title, body, found := strings.Cut(text, "｜")
	if !found {
		title, body = "", text
	}
	x, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	r, err := x.Document(context.Background(), schema.Document{ID: "text", Published: "2024-06-15", Title: title, Text: body})
	if err != nil {
		t.Fatal(err)
	}
	return r.Statements
}

// TestStatements draws what texts state: subject ─relation→ object, status, the rule, the confidence to one decimal, and
// the qualifiers. nearmisses.txt has texts that nearly say what they do not, each beside one that says it.
func TestStatements(t *testing.T) {
	for _, path := range []string{"testdata/statements.txt", "testdata/nearmisses.txt", "testdata/news.txt"} {
		t.Run(path, func(t *testing.T) { golden(t, path) })
	}
}

// golden compares the file at path, or rewrites it, with what its paragraphs state: the first line is the text.
func golden(t *testing.T, path string) {
	t.Helper()
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for i, paragraph := range strings.Split(strings.TrimSpace(string(before)), "\n\n") {
		if i > 0 {
			out.WriteString("\n")
		}
		text, _, _ := strings.Cut(paragraph, "\n")
		if strings.HasPrefix(text, "#") {
			out.WriteString(paragraph + "\n")
			continue
		}
		out.WriteString(text + "\n")
		for _, st := range statements(t, text) {
			out.WriteString("  " + draw(st) + "\n")
		}
	}
	if *update {
		if err := os.WriteFile(path, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, got := strings.Split(string(before), "\n"), strings.Split(out.String(), "\n")
	if diff := cmp.Diff(want, got, cmp.Comparer(sameLine)); diff != "" {
		t.Errorf("%s (-want +got; -update rewrites):\n%s", path, diff)
	}
}

var number = regexp.MustCompile(`[01]\.\d`)

// sameLine compares two lines with a tolerance of 0.15 for the confidence, which calibration moves.
func sameLine(a, b string) bool {
	x, y := number.FindString(a), number.FindString(b)
	p, _ := strconv.ParseFloat(x, 64)
	q, _ := strconv.ParseFloat(y, 64)
	return number.ReplaceAllString(a, "") == number.ReplaceAllString(b, "") && (x == "") == (y == "") && math.Abs(p-q) < 0.15
}

func draw(st schema.Statement) string {
	s := fmt.Sprintf("%s ─%s→ %s  %s %s  %s %.1f", st.Subject.NameJa, st.Relation, st.Object.NameJa, st.Polarity, st.Modality, st.Rule, st.Confidence)
	for _, k := range slices.Sorted(maps.Keys(st.Qualifiers)) {
		s += "  " + k + "=" + st.Qualifiers[k]
	}
	return s
}

// FuzzStatements checks what must hold of the statements of any text: spans lie in it, on character bounds and within the
// evidence's sentence, nothing is related to itself, confidence is a probability, and the same text says the same again.
func FuzzStatements(f *testing.F) {
	f.Add("日本の外相は5日、アメリカの国務長官と会談し、停戦協定に署名した。中国は反発した。")
	f.Add("「A。B」と述べ、。同国は支援を行う。両国が仲介した。2人を釈放した。")
	f.Add("参加するのは、ケニア、インド、日本だ。出席。")
	f.Add("米韓合同演習\nロシア人3人を拘束")
	f.Add("日本\x00は　中国に（韓国『")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 600 || !utf8.ValidString(text) { // Document.Text is valid UTF-8; long texts only take longer
			return
		}
		got := statements(t, text)
		for _, st := range got {
			for _, sp := range []schema.Span{st.Span, st.Trigger.Span, st.Subject.Span, st.Object.Span} {
				if sp.Start < 0 || sp.End > len(text) || sp.Start > sp.End {
					t.Fatalf("span %v of a text of %d bytes in %s", sp, len(text), draw(st))
				}
				if !utf8.ValidString(sp.In(text)) {
					t.Fatalf("span %v cuts a character in %s", sp, draw(st))
				}
			}
			if st.Subject.ID == st.Object.ID {
				t.Errorf("related to itself: %s", draw(st))
			}
			if st.Confidence <= 0 || st.Confidence >= 1 {
				t.Errorf("confidence %v: %s", st.Confidence, draw(st))
			}
			if len(st.Evidence) == 0 || st.Rule == "" || st.ID == "" {
				t.Errorf("no evidence, rule or id: %s", draw(st))
			}
		}
		if diff := cmp.Diff(got, statements(t, text)); diff != "" {
			t.Errorf("the same text says something else (-first +second):\n%s", diff)
		}
	})
}
