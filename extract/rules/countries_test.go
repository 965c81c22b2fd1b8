package rules

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
	"golang.org/x/text/unicode/norm"
)

// Codes that CLDR treats as countries and that ISO 3166-1 only reserves or that are no country.
var noCountries = map[string]string{
	"AC": "exceptionally reserved, part of SH", "CP": "exceptionally reserved, part of FR", "DG": "exceptionally reserved, part of IO",
	"TA": "exceptionally reserved, part of SH", "EA": "reserved, part of ES", "IC": "reserved, part of ES", "EZ": "the euro area",
	"UN": "an organisation", "UK": "reserved for GB", "AQ": "no state's: a Place", "CQ": "reserved, Sark",
	"AN": "withdrawn 2010", "CS": "withdrawn 2006", "FQ": "withdrawn", "NT": "withdrawn", "PC": "withdrawn", "SU": "withdrawn", "YU": "withdrawn",
}

// cldrCodes are the ISO 3166-1 alpha-2 codes that the language tables know.
func cldrCodes(t *testing.T) []language.Region {
	t.Helper()
	var out []language.Region
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			r, err := language.ParseRegion(string(a) + string(b))
			if err != nil || !r.IsCountry() || r.IsPrivateUse() || r.Canonicalize() != r || noCountries[r.String()] != "" {
				continue
			}
			out = append(out, r)
		}
	}
	if len(out) < 240 {
		t.Fatalf("the language tables have only %d countries", len(out))
	}
	return out
}

func TestEveryISOCountryIsThere(t *testing.T) {
	byISO2 := map[string]Country{}
	for _, c := range Countries() {
		if c.ISO2 != "" {
			byISO2[c.ISO2] = c
		}
	}
	ja := display.Regions(language.Japanese)
	// Names that CLDR gives and that news does not write.
	unlike := map[string]bool{
		"コンゴ民主共和国(キンシャサ)": true, "コンゴ共和国(ブラザビル)": true, "ミャンマー (ビルマ)": true, "ココス(キーリング)諸島": true,
	}
	for _, r := range cldrCodes(t) {
		c, ok := byISO2[r.String()]
		if !ok {
			t.Errorf("countries.tsv lacks %s %s", r, ja.Name(r))
			continue
		}
		if c.ISO3 != r.ISO3() && r.String() != "XK" {
			t.Errorf("%s has iso3 %s, want %s", c.ID, c.ISO3, r.ISO3())
		}
		name := norm.NFC.String(ja.Name(r))
		if !unlike[name] && !slices.ContainsFunc(c.Aliases, func(a Alias) bool { return a.Text == name }) {
			t.Errorf("%s lacks %s, its name in CLDR", c.ID, name)
		}
		delete(byISO2, r.String())
	}
	for code, c := range byISO2 {
		if code != "XK" {
			t.Errorf("%s: no country of ISO 3166-1 has code %s", c.ID, code)
		}
	}
}

func TestCountryNamesInEnglish(t *testing.T) {
	for id, want := range map[string]string{
		"KOR": "South Korea", "PRK": "North Korea", "RUS": "Russia", "TWN": "Taiwan", "USA": "United States", "CIV": "Ivory Coast",
		"XKX": "Kosovo", "PSE": "Palestine", "VAT": "Vatican City", "SUN": "Soviet Union", "MKD": "North Macedonia",
	} {
		c, ok := CountryByID("country/" + id)
		if !ok || c.Name != want {
			t.Errorf("%s is %q, want %q", id, c.Name, want)
		}
	}
	if _, ok := CountryByID("country/EU"); ok {
		t.Error("the European Union is an organisation")
	}
}

func TestCountriesOfTexts(t *testing.T) {
	find := func(text, day string) []string {
		var ids []string
		for _, c := range Countries() {
			for _, a := range c.Aliases {
				if a.Text == text && a.InUse(day) {
					ids = append(ids, strings.TrimPrefix(c.ID, "country/"))
				}
			}
		}
		return ids
	}
	for _, tt := range []struct{ text, day, want string }{
		{"大韓民国", "", "KOR"}, {"米国", "", "USA"}, {"ソ連", "1985-03-11", "SUN"}, {"ソ連", "2020-01-01", "SUN"},
		{"グルジア", "2008-08-08", "GEO"}, {"グルジア", "2020-01-01", ""}, {"ビルマ", "1988-08-08", "MMR"},
		{"マケドニア", "2015-05-05", "MKD"}, {"東ドイツ", "", "DDR"}, {"西ドイツ", "", "DEU"}, {"ザイール", "1990", "COD"},
		{"コンゴ", "", "COD COG"}, {"ヴェトナム", "", "VNM"}, {"テュルキエ", "", "TUR"}, {"クレムリン", "", "RUS"},
		{"ホワイトハウス", "", "USA"}, {"人民解放軍", "", "CHN"}, {"自衛隊", "", "JPN"}, {"セルビア・モンテネグロ", "", "SCG"},
		{"中華民国", "", "TWN"}, {"平壌", "", "PRK"}, {"欧州連合", "", ""}, {"国防総省", "", ""},
	} {
		if got := strings.Join(find(tt.text, tt.day), " "); got != tt.want {
			t.Errorf("%s on %q is %q, want %q", tt.text, tt.day, got, tt.want)
		}
	}
}

func TestOneKanji(t *testing.T) {
	seen := map[string]string{}
	for _, c := range Countries() {
		for _, k := range c.OneKanji {
			if other, ok := seen[k.Text]; ok {
				t.Errorf("%s is %s and %s", k.Text, other, c.ID)
			}
			seen[k.Text] = c.ID
		}
	}
	for kanji, id := range map[string]string{
		"日": "JPN", "米": "USA", "中": "CHN", "韓": "KOR", "朝": "PRK", "露": "RUS", "ロ": "RUS", "英": "GBR", "仏": "FRA", "独": "DEU", "伊": "ITA",
		"豪": "AUS", "印": "IND", "加": "CAN", "台": "TWN", "比": "PHL", "越": "VNM", "西": "ESP", "墨": "MEX", "土": "TUR",
	} {
		if seen[kanji] != "country/"+id {
			t.Errorf("%s is %q, want country/%s", kanji, seen[kanji], id)
		}
	}
}

func TestTraps(t *testing.T) {
	entries := map[string]string{}
	for _, all := range allNamed() {
		for _, e := range all {
			for _, a := range e.aliases {
				entries[a.Text] = e.id
			}
		}
	}
	names := map[string]bool{}
	for _, c := range Countries() {
		for _, a := range c.Aliases {
			names[a.Text] = true
		}
		for _, k := range c.OneKanji {
			names[k.Text] = true
		}
	}
	if len(Traps()) < 150 {
		t.Errorf("%d traps, want 150 or more", len(Traps()))
	}
	for _, trap := range Traps() {
		if id, ok := entries[trap.Text]; ok {
			t.Errorf("trap %s is a name of %s: it would hide it", trap.Text, id)
		}
		hides := false
		for i := range trap.Text {
			for j := i + 1; j <= len(trap.Text) && !hides; j++ {
				hides = names[trap.Text[i:j]]
			}
		}
		if !hides {
			t.Errorf("trap %s hides no country's name: leave it out", trap.Text)
		}
	}
	traps := map[string]bool{}
	for _, trap := range Traps() {
		traps[trap.Text] = true
	}
	for _, c := range Countries() {
		for _, a := range c.Aliases {
			for _, p := range CountryProxies() {
				if traps[a.Text+p.Text] {
					t.Errorf("trap %s hides %s acting", a.Text+p.Text, c.ID)
				}
			}
		}
		for _, k := range c.OneKanji {
			for _, x := range CountryContexts() {
				text := k.Text + x.Text
				if x.Before {
					text = x.Text + k.Text
				}
				// A trap wins over a context, but not over one that says an act: 訪米, 対日.
				if x.Act && traps[text] && k.Safety != KanjiCompound && !actTraps[text] {
					t.Errorf("trap %s hides %s after %s", text, c.ID, x.Text)
				}
			}
		}
	}
}

// actTraps are words that look like an act towards a country and usually are not.
var actTraps = map[string]bool{"対比": true}

func TestContextsAndProxies(t *testing.T) {
	proxies := map[string]string{}
	for _, p := range CountryProxies() {
		proxies[p.Text] = p.Kind
	}
	for text, kind := range map[string]string{
		"政府": "government", "側": "side", "軍": "forces", "代表団": "delegation", "政権": "administration", "当局": "government",
	} {
		if proxies[text] != kind {
			t.Errorf("%s stands for %q, want %q", text, proxies[text], kind)
		}
	}
	contexts := map[string]CountryContext{}
	for _, c := range CountryContexts() {
		side := "after "
		if c.Before {
			side = "before "
		}
		contexts[side+c.Text] = c
	}
	for _, want := range []string{"before 訪", "before 対", "after 大統領", "after 外相", "after 首脳会談", "after 国"} {
		if _, ok := contexts[want]; !ok {
			t.Errorf("no context %s", want)
		}
	}
	if c := contexts["before 訪"]; !c.Act || c.Safety != KanjiCompound {
		t.Errorf("訪 is %+v, want an act that suffices for every kanji (訪朝)", c)
	}
}
