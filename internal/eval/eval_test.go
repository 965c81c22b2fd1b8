package eval

import (
	"math"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/entente-kg/entente/extract/rules"
	"github.com/entente-kg/entente/schema"
)

func gold(t *testing.T, statements string) *Gold {
	t.Helper()
	g, err := Load(fstest.MapFS{
		"entities.json": {Data: []byte(`{"JPN": {"name": "Japan", "accept": ["日本", "日本政府"]}, "KOR": {"name": "South Korea", "accept": ["韓国"]},
			"FRA": {"name": "France", "accept": ["フランス"]}, "pact": {"name": "漁業協定", "accept": []}}`)},
		"one.gold.json": {Data: []byte(`{"id": "one", "published": "2024-06-15", "title": "見出し", "statements": [` + statements + `]}`)},
		"one.txt":       {Data: []byte("見出し\n\n日本と韓国は会談した。\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func statement(s, r, o string, p schema.Polarity, m schema.Modality) schema.Statement {
	return schema.Statement{
		Document: "one", Relation: r, Polarity: p, Modality: m, Confidence: 0.8,
		Subject: schema.Argument{NameJa: s, Name: s}, Object: schema.Argument{NameJa: o, Name: o},
	}
}

func TestLoadSplitsTheTitleOff(t *testing.T) {
	g := gold(t, "")
	if d := g.Documents[0]; d.Title != "見出し" || !strings.HasPrefix(d.Text, "日本と") {
		t.Errorf("title %q, text %q", d.Title, d.Text)
	}
}

func TestScore(t *testing.T) {
	const meets = `{"s": "JPN", "r": "meets", "o": "KOR"}`
	for _, c := range []struct {
		name, gold string
		said       []schema.Statement
		want       Counts
	}{
		{"right", meets, []schema.Statement{statement("日本", "meets", "韓国", "affirmed", "actual")},
			Counts{Gold: 1, Found: 1, FoundStrict: 1, Said: 1, SaidRight: 1, SaidStrict: 1, SaidStrictRight: 1}},
		{"a symmetric relation in the other order, by other names", meets, []schema.Statement{statement("韓国", "meets", "日本政府", "affirmed", "actual")},
			Counts{Gold: 1, Found: 1, FoundStrict: 1, Said: 1, SaidRight: 1, SaidStrict: 1, SaidStrictRight: 1}},
		{"a directed relation in the other order is wrong", `{"s": "JPN", "r": "visits", "o": "KOR"}`,
			[]schema.Statement{statement("韓国", "visits", "日本", "affirmed", "actual")},
			Counts{Gold: 1, Said: 1, SaidStrict: 1, Wrong: 1}},
		{"another status counts for the core only", meets, []schema.Statement{statement("日本", "meets", "韓国", "affirmed", "planned")},
			Counts{Gold: 1, Found: 1, Said: 1, SaidRight: 1, SaidStrict: 1}},
		{"two statuses of one triple count twice, strictly", meets, []schema.Statement{
			statement("日本", "meets", "韓国", "affirmed", "planned"), statement("日本", "meets", "韓国", "affirmed", "actual")},
			Counts{Gold: 1, Found: 1, FoundStrict: 1, Said: 1, SaidRight: 1, SaidStrict: 2, SaidStrictRight: 1}},
		{"any of a list", `{"s": ["FRA", "JPN"], "r": ["calls", "meets"], "o": "KOR", "modality": ["planned", "possible"]}`,
			[]schema.Statement{statement("日本", "meets", "韓国", "affirmed", "possible")},
			Counts{Gold: 1, Found: 1, FoundStrict: 1, Said: 1, SaidRight: 1, SaidStrict: 1, SaidStrictRight: 1}},
		{"optional gold costs nothing, said", `{"s": "JPN", "r": "meets", "o": "KOR", "optional": true}`,
			[]schema.Statement{statement("日本", "meets", "韓国", "affirmed", "actual")}, Counts{}},
		{"optional gold costs nothing, unsaid", `{"s": "JPN", "r": "meets", "o": "KOR", "optional": true}`, nil, Counts{}},
		{"unknown names are wrong", meets, []schema.Statement{statement("甲", "meets", "乙", "affirmed", "actual")},
			Counts{Gold: 1, Said: 1, SaidStrict: 1, Wrong: 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := gold(t, c.gold).Score(c.said, nil).Total; got != c.want {
				t.Errorf("counts\n got %+v\nwant %+v", got, c.want)
			}
		})
	}
}

func TestScoreTellsWhatWasMissedAndWrong(t *testing.T) {
	r := gold(t, `{"s": "JPN", "r": "signs", "o": "pact", "evidence": "署名した"}`).Score([]schema.Statement{
		statement("フランス", "signs", "漁業協定", "affirmed", "actual")}, map[string]int{"one": 2})
	var kinds []string
	for _, f := range r.Findings {
		kinds = append(kinds, f.Kind)
	}
	if !slices.Equal(kinds, []string{"missed", "wrong"}) {
		t.Errorf("findings %v", kinds)
	}
	if r.Total.Sentences != 2 || len(r.Judged) != 1 || r.Judged[0].Right {
		t.Errorf("sentences %d, judged %+v", r.Total.Sentences, r.Judged)
	}
}

func TestFold(t *testing.T) {
	for _, c := range [][2]string{
		{"スコット・ベッセント", "スコットベッセント"}, {"「ASEAN」 首脳", "asean首脳"}, {"Ｇ２０＝サミット", "g20サミット"},
	} {
		if got := fold(c[0]); got != c[1] {
			t.Errorf("fold(%q) = %q, want %q", c[0], got, c[1])
		}
	}
}

func TestCalibration(t *testing.T) {
	// Scores that are too modest: of those given 0.5, nine in ten are right.
	var judged []Judged
	for i := range 400 {
		judged = append(judged, Judged{string(rune('a' + i%10)), 0.5, i/10%10 != 3})
	}
	_, before := Reliability(judged)
	_, after := Reliability(HeldOut(judged))
	if math.Abs(before-0.4) > 1e-9 || after > 0.1 {
		t.Errorf("expected calibration error %.3f before and %.3f after, want 0.400 and at most 0.1", before, after)
	}
	if p := Fit(judged).At(0.5); math.Abs(p-0.9) > 0.02 {
		t.Errorf("the fitted curve gives 0.5 the probability %.3f, want about 0.9", p)
	}
	if p, n := PrecisionAt(judged, 0.6); p != 0 || n != 0 {
		t.Errorf("precision from 0.6: %v of %d, want none", p, n)
	}
}

func TestReadSheet(t *testing.T) {
	sheet := "# drawn\nn\tverdict\tdocument\tscore\n1\tright\tb\t0.5\n2\tunderstood\ta\t0.9\n3\twrong\ta\t0.5\n"
	curve := rules.Curve{Intercept: 1, Slope: 2}
	got, err := ReadSheet(strings.NewReader(sheet), curve)
	if err != nil || len(got) != 2 || got[0] != (Judged{"a", curve.At(0.5), false}) || got[1] != (Judged{"b", curve.At(0.5), true}) {
		t.Errorf("sheet: %v, %v; want a wrong, b right, and no third", got, err)
	}
	for sheet, want := range map[string]string{
		"n\tverdict\tdocument\n": "line 1", "verdict\tdocument\tscore\nright\ta\thigh\n": "line 2", "verdict\tdocument\tscore\nright\n": "line 2",
	} {
		if _, err := ReadSheet(strings.NewReader(sheet), curve); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("sheet %q: error %v, want one that names %s", sheet, err, want)
		}
	}
	if p := curve.Score(curve.At(0.3)); math.Abs(p-0.3) > 1e-9 {
		t.Errorf("the score of its own probability is %v, want 0.3", p)
	}
	both := Compose(curve, rules.Curve{Intercept: -1, Slope: 0.5})
	if got, want := both.At(0.3), (rules.Curve{Intercept: -1, Slope: 0.5}).At(curve.At(0.3)); math.Abs(got-want) > 1e-9 {
		t.Errorf("composed curve gives %v, want %v", got, want)
	}
}
