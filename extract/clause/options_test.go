package clause

import (
	"strings"
	"testing"

	"github.com/entente-kg/entente/extract/chunk"
	"github.com/entente-kg/entente/extract/rules"
	"github.com/entente-kg/entente/extract/sentence"
	"github.com/entente-kg/entente/schema"
)

func TestOptions(t *testing.T) {
	cues, err := rules.LoadCues()
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		cues *rules.Cues
		opts Options
		want string
	}{
		"no cues":         {nil, Options{}, "no cues"},
		"above 1":         {cues, Options{Subjects: 1.5}, "from 0 to 1"},
		"below 0":         {cues, Options{Subjects: -0.1}, "from 0 to 1"},
		"foreign weights": {cues, Options{Weights: []byte("x")}, "train-clause"},
	} {
		if _, err := New(c.cues, c.opts); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want one that says %q", name, err, c.want)
		}
	}
}

// TestSubjectsFromAProbability: the model alone gives subjects that the clauses around do not bear out, and fewer of them
// the more probable they must be.
func TestSubjectsFromAProbability(t *testing.T) {
	cues, err := rules.LoadCues()
	if err != nil {
		t.Fatal(err)
	}
	s := stages()
	if s.err != nil {
		t.Fatal(s.err)
	}
	text := "嵐で橋が流され、復旧に三年かかった。古い灯台として知られ、夏には多くの人でにぎわう。湖のほとりに立ち、町を見下ろす。"
	var parsed []chunk.Sentence
	for _, x := range sentence.Split(schema.Document{Text: text}) {
		parsed = append(parsed, s.chunk.Parse(x, s.morph.Tokens(text, x)))
	}
	count := func(least float64) (n int) {
		a, err := New(cues, Options{Subjects: least})
		if err != nil {
			t.Fatal(err)
		}
		for i := range parsed {
			for _, p := range a.Frames(&parsed[i]) {
				for _, arg := range p.Args {
					if arg.Case == Ga && arg.How != Overt && arg.How != ByTopic && arg.How != ByRelative {
						n++
						if least > 0 && arg.Certainty < least {
							t.Errorf("from %v: %s has %q at %v", least, p.Lemma, arg.Span.In(text), arg.Certainty)
						}
					}
				}
			}
		}
		return n
	}
	if all, some, none := count(0.01), count(0.4), count(1); all <= some || some < none || all <= count(0) {
		t.Errorf("%d subjects from 0.01, %d from 0.4, %d from 1, %d for news: want fewer each time, and most from 0.01", all, some, none, count(0))
	}
}
