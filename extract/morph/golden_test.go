package morph

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/entente-kg/entente/schema"
)

var update = flag.Bool("update", false, "rewrite the goldens")

// golden.txt holds cases in groups: "# phenomenon", then "> sentence" and its tokens, drawn. A case can be run by name:
// -run 'Golden/contractions/3'.
const goldenFile = "testdata/golden.txt"

var analyzer = func() *Analyzer {
	a, err := New(Options{Words: []Word{
		{Surface: "董軍", ISO3: ""},
		{Surface: "東南アジア諸国連合"},
		{Surface: "ﾊﾞﾙﾄ三国", POS: [4]string{"名詞", "固有名詞", "地域", "一般"}},
	}})
	if err != nil {
		panic(err)
	}
	return a
}()

func whole(text string) schema.Sentence {
	return schema.Sentence{Span: schema.Span{End: len(text)}, Part: schema.PartText, Kind: schema.Prose}
}

func TestGolden(t *testing.T) {
	raw, err := os.ReadFile(goldenFile)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	group, n := "", 0
	lines := strings.Split(strings.TrimSuffix(string(raw), "\n"), "\n")
	for i := 0; i < len(lines); i++ {
		if name, ok := strings.CutPrefix(lines[i], "# "); ok {
			group, n = name, 0
		}
		text, ok := strings.CutPrefix(lines[i], "> ")
		if !ok {
			if strings.HasPrefix(lines[i], "#") || lines[i] == "" {
				out.WriteString(lines[i] + "\n")
			}
			continue
		}
		want := ""
		if i+1 < len(lines) && strings.HasPrefix(lines[i+1], "  ") {
			want = lines[i+1]
		}
		tokens := analyzer.Tokens(text, whole(text))
		got := "  " + draw(tokens)
		out.WriteString("> " + text + "\n" + got + "\n")
		n++
		t.Run(fmt.Sprintf("%s/%d", group, n), func(t *testing.T) {
			if !*update && got != want {
				t.Errorf("%s\ngot:  %s\nwant: %s", text, got, want)
			}
			checkTokens(t, text, whole(text))
		})
	}
	if *update {
		if err := os.WriteFile(goldenFile, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// draw renders tokens with | between them; behind a token stand its kind (国=country with its code, 行=travel, 対=relation,
// 名=name, 数=number, 時=unit of time), and =norm where it differs from the wording.
func draw(tokens []Token) string {
	var out []string
	for _, t := range tokens {
		s := t.Surface
		switch t.Kind {
		case OneKanji:
			s += "‹国" + t.ISO3 + "›"
		case Travel:
			s += "‹行›"
		case Relation:
			s += "‹対›"
		case Name:
			s += "‹名›"
		case Number:
			s += "‹数›"
		case DateUnit:
			s += "‹時›"
		}
		if t.Norm != t.Surface && t.Kind != Symbol {
			s += "=" + t.Norm
		}
		out = append(out, s)
	}
	return strings.Join(out, "|")
}
