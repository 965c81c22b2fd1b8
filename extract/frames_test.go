package extract_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/entente-kg/entente/extract"
	"github.com/entente-kg/entente/extract/rules"
	"github.com/entente-kg/entente/schema"
)

var shared = sync.OnceValues(func() (*extract.Extractor, error) { return extract.New(extract.Options{}) })

func extractor(t testing.TB) *extract.Extractor {
	t.Helper()
	x, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// TestFrameExamples runs the examples of every frame: what they must say, and what they must not.
func TestFrameExamples(t *testing.T) {
	frames, err := rules.LoadFrames()
	if err != nil {
		t.Fatal(err)
	}
	x := extractor(t)
	for _, f := range frames.All {
		t.Run(f.ID, func(t *testing.T) {
			for _, e := range f.Examples.For {
				got := say(t, x, e.Text)
				for _, want := range e.Says {
					if !slices.ContainsFunc(got, func(st schema.Statement) bool { return says(st, want) }) {
						t.Errorf("%s:%d: %s\n  wants %s\n  has   %s", f.File, f.Line, e.Text, want, draw(got))
					}
				}
			}
			for _, text := range f.Examples.Against {
				got := say(t, x, text)
				if slices.ContainsFunc(got, func(st schema.Statement) bool { return st.Relation == f.Relation }) {
					t.Errorf("%s:%d: %s\n  must not say %s\n  has %s", f.File, f.Line, text, f.Relation, draw(got))
				}
			}
		})
	}
}

func say(t *testing.T, x *extract.Extractor, text string) []schema.Statement {
	t.Helper()
	r, err := x.Document(context.Background(), schema.Document{ID: "example", Published: "2024-06-15", Text: text})
	if err != nil {
		t.Fatal(err)
	}
	return r.Statements
}

// says reports whether a statement is "subject relation object [negated] [modality]", by Japanese names or mentions, in
// either order for a symmetric relation. Without a modality any but threatened will do.
func says(st schema.Statement, want string) bool {
	w := strings.Fields(want)
	if len(w) < 3 || st.Relation != w[1] {
		return false
	}
	named := func(a schema.Argument, name string) bool {
		return a.NameJa == name || strings.HasSuffix(a.Mention, name) || a.Name == name
	}
	r, _ := schema.Relations().Get(st.Relation)
	if !(named(st.Subject, w[0]) && named(st.Object, w[2])) && !(r.Symmetric && named(st.Subject, w[2]) && named(st.Object, w[0])) {
		return false
	}
	if (st.Polarity == schema.Negated) != slices.Contains(w, "negated") {
		return false
	}
	for _, m := range []schema.Modality{schema.Planned, schema.Possible, schema.Threatened} {
		if slices.Contains(w, string(m)) && st.Modality != m {
			return false
		}
	}
	return true
}

func draw(sts []schema.Statement) string {
	var out []string
	for _, st := range sts {
		out = append(out, strings.Join([]string{st.Subject.NameJa, st.Relation, st.Object.NameJa, string(st.Polarity), string(st.Modality)}, " "))
	}
	return strings.Join(out, "; ")
}
