package rules

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestLexiconFindsTheLongestTerm(t *testing.T) {
	var b LexiconBuilder[string]
	for _, f := range []string{"米", "米国", "米国務省", "国務省", "インド", "インドネシア", "国", "G20", ""} {
		b.Add(f, f)
	}
	b.Add("米国", "USA")
	l := b.Build()
	for _, c := range []struct {
		text string
		from int
		want string
	}{
		{"米国務省は", 0, "米国務省"},
		{"米国は", 0, "米国 USA"},
		{"米は", 0, "米"},
		{"在米", 3, "米"},
		{"インドネシア", 0, "インドネシア"},
		{"インドへ", 0, "インド"},
		{"国務", 0, "国"},
		{"仏", 0, ""},
		{"", 0, ""},
		{"米", 3, ""},
		{"G20で", 0, "G20"},
		{"米\xff国", 0, "米"},
	} {
		end, v := l.Longest(c.text, c.from)
		if got := strings.Join(v, " "); got != c.want {
			t.Errorf("%q at %d: %q (end %d), want %q", c.text, c.from, got, end, c.want)
		}
		if c.want != "" && c.text[c.from:end] != v[0] {
			t.Errorf("%q at %d: end %d does not close %q", c.text, c.from, end, v[0])
		}
	}
	if got := l.Get("米国"); !slices.Equal(got, []string{"米国", "USA"}) {
		t.Errorf("Get: %q", got)
	}
	if got := l.Get("米国務"); got != nil {
		t.Errorf("Get of a prefix: %q", got)
	}
	if l.Len() != 9 {
		t.Errorf("%d terms, want 9", l.Len())
	}
}

// The table must agree with a scan of the list on random terms over a small alphabet, where prefixes abound.
func TestLexiconAgreesWithAScan(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	alphabet := []rune("国米日a𠮷")
	word := func(n int) string {
		var s strings.Builder
		for range 1 + rnd.IntN(n) {
			s.WriteRune(alphabet[rnd.IntN(len(alphabet))])
		}
		return s.String()
	}
	var b LexiconBuilder[string]
	var all []string
	for range 300 {
		w := word(5)
		all = append(all, w)
		b.Add(w, w)
	}
	l := b.Build()
	for range 200 {
		text := word(30)
		for from := range text {
			want := ""
			for _, w := range all {
				if len(w) > len(want) && strings.HasPrefix(text[from:], w) {
					want = w
				}
			}
			end, v := l.Longest(text, from)
			got := ""
			if v != nil {
				got = text[from:end]
			}
			if got != want {
				t.Fatalf("%q at %d: %q, want %q", text, from, got, want)
			}
		}
	}
}

func BenchmarkLexiconBuild(b *testing.B) {
	forms := make([]string, 50000)
	for i := range forms {
		forms[i] = fmt.Sprintf("機関%d委員会", i)
	}
	for b.Loop() {
		var lb LexiconBuilder[int]
		for i, f := range forms {
			lb.Add(f, i)
		}
		lb.Build()
	}
}
