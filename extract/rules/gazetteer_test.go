package rules

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// named is what the three gazetteers have in common.
type named struct {
	id, wikidata, name, nameJa, country string
	aliases                             []Alias
}

func allNamed() map[string][]named {
	out := map[string][]named{}
	for _, c := range Countries() {
		out["country"] = append(out["country"], named{c.ID, c.Wikidata, c.Name, c.NameJa, "", c.Aliases})
	}
	for _, o := range Organizations() {
		out["organization"] = append(out["organization"], named{o.ID, o.Wikidata, o.Name, o.NameJa, o.Country, o.Aliases})
	}
	for _, p := range Places() {
		out["place"] = append(out["place"], named{p.ID, p.Wikidata, p.Name, p.NameJa, p.Country, p.Aliases})
	}
	return out
}

var gazetteerNames = []string{"country", "organization", "place"}

func TestGazetteersAreSortedUniqueAndLinked(t *testing.T) {
	items := map[string]string{}
	for _, g := range gazetteerNames {
		all := allNamed()[g]
		if !slices.IsSortedFunc(all, func(a, b named) int { return strings.Compare(a.id, b.id) }) {
			t.Errorf("%s: not sorted by id", g)
		}
		for _, e := range all {
			if !strings.HasPrefix(e.id, g+"/") {
				t.Errorf("%s is no id of a %s", e.id, g)
			}
			if e.wikidata != "" {
				if other, ok := items[e.wikidata]; ok {
					t.Errorf("%s (%s) has the Wikidata id of %s", e.id, e.nameJa, other)
				}
				items[e.wikidata] = e.id
			}
			if e.country != "" {
				if _, ok := CountryByID(e.country); !ok {
					t.Errorf("%s (%s) is of %s, which is no entry of countries.tsv", e.id, e.nameJa, e.country)
				}
			}
			if len(e.aliases) == 0 || e.aliases[0].Text != e.nameJa || e.aliases[0].Kind != AliasName {
				t.Errorf("%s: the first alias is not the Japanese name", e.id)
			}
		}
	}
}

// TestAliasesMeanOneEntry: an alias that is not marked ambiguous belongs to one entry, over all gazetteers, except that
// a capital or seat that acts for its state is a Place too.
func TestAliasesMeanOneEntry(t *testing.T) {
	type use struct {
		id string
		Alias
	}
	uses := map[string][]use{}
	var texts []string
	for _, g := range gazetteerNames {
		for _, e := range allNamed()[g] {
			for _, a := range e.aliases {
				key := strings.ToLower(norm.NFKC.String(a.Text))
				if len(uses[key]) == 0 {
					texts = append(texts, key)
				}
				uses[key] = append(uses[key], use{e.id, a})
			}
		}
	}
	for _, text := range texts {
		var sure []string
		for _, u := range uses[text] {
			if !u.Ambiguous && u.Kind != AliasCapital && u.Kind != AliasSeat {
				sure = append(sure, u.id)
			}
		}
		if len(sure) > 1 {
			t.Errorf("%s is a name of %s: mark it with ? where it needs its context", text, strings.Join(sure, " and "))
		}
	}
}

func TestAliasForms(t *testing.T) {
	for _, g := range gazetteerNames {
		for _, e := range allNamed()[g] {
			for _, a := range e.aliases {
				if strings.TrimSpace(a.Text) != a.Text || a.Text == "" {
					t.Errorf("%s: alias %q is empty or has space around it", e.id, a.Text)
				}
				for _, r := range a.Text {
					if folded := norm.NFKC.String(string(r)); folded != string(r) && !strings.ContainsRune("（）＝", r) {
						t.Errorf("%s: alias %s has %c, write %s", e.id, a.Text, r, folded)
					}
				}
				if !a.Ambiguous && len([]rune(a.Text)) == 1 {
					t.Errorf("%s: alias %s is one character: mark it with ?", e.id, a.Text)
				}
			}
			if strings.IndexFunc(e.name, func(r rune) bool { return unicode.In(r, unicode.Han, unicode.Katakana, unicode.Hiragana) }) >= 0 {
				t.Errorf("%s: the English name %s is Japanese", e.id, e.name)
			}
		}
	}
}

func TestCapitalsArePlaces(t *testing.T) {
	capitals := map[string][]string{}
	places := map[string]bool{}
	for _, p := range Places() {
		for _, a := range p.Aliases {
			places[p.Country+" "+a.Text] = true
			if p.Country == "" {
				places[a.Text] = true
			}
		}
		if p.Kind == "capital" {
			capitals[p.Country] = append(capitals[p.Country], p.NameJa)
		}
	}
	cityStates := []string{"MCO", "SGP", "SMR", "VAT", "NRU"}
	for _, c := range Countries() {
		if c.Status == StatusState && !slices.Contains(cityStates, strings.TrimPrefix(c.ID, "country/")) && len(capitals[c.ID]) != 1 {
			t.Errorf("%s has the capitals %v, want one", c.ID, capitals[c.ID])
		}
		for _, a := range c.Aliases {
			if a.Kind == AliasCapital && !places[c.ID+" "+a.Text] {
				t.Errorf("%s: its capital %s is no place of it", c.ID, a.Text)
			}
		}
	}
}

func TestGazetteerSizes(t *testing.T) {
	for _, tt := range []struct {
		what      string
		got, want int
	}{
		{"organisations", len(Organizations()), 250}, {"places", len(Places()), 400}, {"ministry words", len(Ministries()), 30},
	} {
		if tt.got < tt.want {
			t.Errorf("%d %s, want %d or more", tt.got, tt.what, tt.want)
		}
	}
}

func TestOrganizationsOfTexts(t *testing.T) {
	byText := map[string][]string{}
	for _, o := range Organizations() {
		for _, a := range o.Aliases {
			byText[a.Text] = append(byText[a.Text], o.Name)
		}
	}
	for text, want := range map[string]string{
		"安保理": "United Nations Security Council", "国連安保理": "United Nations Security Council",
		"国際連合安全保障理事会": "United Nations Security Council", "EU": "European Union", "NATO": "NATO", "G7": "G7", "先進7カ国": "G7",
		"ペンタゴン": "United States Department of Defense", "クワッド": "Quadrilateral Security Dialogue (Quad)",
		"ISIL": "Islamic State", "ヒズボッラー": "Hezbollah", "新華社通信": "Xinhua News Agency", "西アフリカ諸国経済共同体": "ECOWAS",
		"中国外交部": "Ministry of Foreign Affairs of China", "USTR": "Office of the United States Trade Representative",
		"全人代": "National People's Congress", "ロイター通信": "Reuters", "世銀": "World Bank", "メルコスール": "Mercosur",
	} {
		if got := byText[text]; len(got) != 1 || got[0] != want {
			t.Errorf("%s is %q, want %q", text, got, want)
		}
	}
}

func TestMinistryOf(t *testing.T) {
	ministries := map[string]Ministry{}
	for _, m := range Ministries() {
		ministries[m.Suffix] = m
	}
	for _, tt := range []struct{ country, suffix, id, name string }{
		{"IDN", "外務省", "organization/インドネシア外務省", "Ministry of Foreign Affairs of Indonesia"},
		{"CHN", "外務省", "organization/中国外務省", "Ministry of Foreign Affairs of China"},
		{"CHN", "外交部", "organization/中国外務省", "Ministry of Foreign Affairs of China"},
		{"KOR", "国防部", "organization/韓国国防省", "Ministry of National Defense of South Korea"},
		{"USA", "財務省", "organization/アメリカ財務省", "United States Department of the Treasury"},
		{"USA", "議会", "organization/Q11268", "United States Congress"},
		{"JPN", "外務省", "organization/外務省", "Ministry of Foreign Affairs of Japan"},
		{"IND", "中央銀行", "organization/インド中央銀行", "Central Bank of India"},
	} {
		c, _ := CountryByID("country/" + tt.country)
		o := MinistryOf(c, ministries[tt.suffix])
		if o.ID != tt.id || o.Name != tt.name || o.Country != c.ID {
			t.Errorf("%s + %s is %s %q, want %s %q", tt.country, tt.suffix, o.ID, o.Name, tt.id, tt.name)
		}
	}
}

func TestParseAliases(t *testing.T) {
	for _, tt := range []struct{ cell, want string }{
		{"", "[]"},
		{"short:米国|USA", "[{米国 short   false} {USA variant   false}]"},
		{"historical:ビルマ@..1989-06-18", "[{ビルマ historical  1989-06-18 false}]"},
		{"historical:ボン@1949..1999?", "[{ボン historical 1949 1999 true}]"},
		{"コンゴ?", "[{コンゴ variant   true}]"},
		{"nick:米", "error"}, {"a|", "error"}, {"short:", "error"}, {"a@1990", "error"}, {"a@1990..1980", "error"}, {"a@90..", "error"},
		{"a@1990-13..", "error"},
	} {
		got, err := parseAliases(tt.cell, AliasVariant)
		s := fmt.Sprint(got)
		if err != nil {
			s = "error"
		}
		if s != tt.want {
			t.Errorf("%q: %s (%v), want %s", tt.cell, s, err, tt.want)
		}
	}
}

func TestAliasInUse(t *testing.T) {
	a := Alias{Text: "x", From: "2003-02-04", To: "2006-06"}
	for day, want := range map[string]bool{
		"": true, "2003-02-03": false, "2003-02-04": true, "2006-06-30": true, "2006-07-01": false,
	} {
		if a.InUse(day) != want {
			t.Errorf("on %q: %v, want %v", day, !want, want)
		}
	}
}

// TestGazetteerErrors: what is wrong in a file is named with file:line.
func TestGazetteerErrors(t *testing.T) {
	const countryHeader = "iso3\tiso2\tstatus\tsovereign\twikidata\ten\tja\tformal\tfrom\tto\taliases\n"
	const entryHeader = "# a comment\nkind\tcountry\twikidata\ten\tja\taliases\n"
	kanji := &fstest.MapFile{Data: []byte("kanji\tiso3\tsafety\tnote\n")}
	countries := func(rows string) error {
		_, err := LoadCountries(fstest.MapFS{"countries.tsv": {Data: []byte(countryHeader + rows)}, "countries_kanji.tsv": kanji})
		return err
	}
	organizations := func(rows string) error {
		_, err := LoadOrganizations(fstest.MapFS{"organizations_x.tsv": {Data: []byte(entryHeader + rows)}})
		return err
	}
	places := func(rows string) error {
		_, err := LoadPlaces(fstest.MapFS{"places_x.tsv": {Data: []byte(entryHeader + rows)}})
		return err
	}
	const france = "FRA\tFR\tstate\t\tQ142\tFrance\tフランス\n"
	for _, tt := range []struct {
		name string
		err  error
		want string
	}{
		{"good country", countries(france), ""},
		{"twice", countries(france + france), "countries.tsv:3: country/FRA is there twice"},
		{"iso3", countries("fra\tFR\tstate\t\t\tFrance\tフランス\n"), "countries.tsv:2: iso3"},
		{"status", countries("FRA\tFR\tkingdom\t\t\tFrance\tフランス\n"), "countries.tsv:2: status"},
		{"no sovereign", countries("GUM\tGU\tterritory\t\t\tGuam\tグアム\n"), "countries.tsv:2: a territory wants a sovereign"},
		{"unknown sovereign", countries("GUM\tGU\tterritory\tUSA\t\tGuam\tグアム\n"), "countries.tsv:2: sovereign country/USA"},
		{"wikidata", countries("FRA\tFR\tstate\t\t142\tFrance\tフランス\n"), "countries.tsv:2: wikidata"},
		{"columns", countries("FRA" + strings.Repeat("\t", 11) + "x\n"), "countries.tsv:2: 12 cells"},
		{"not NFC", countries("FRA\tFR\tstate\t\t\tFrance\tフランスか\u3099\n"), "countries.tsv:2: not in Unicode form NFC"},
		{"end of a former state", countries("SUN\t\thistorical\t\t\tSoviet Union\tソ連\n"), "countries.tsv:2: a historical country wants"},
		{"good organisation", organizations("igo\t\tQ1065\tUnited Nations\t国連\tformal:国際連合\n"), ""},
		{"kind", organizations("club\t\t\tUnited Nations\t国連\n"), "organizations_x.tsv:3: kind"},
		{"alias twice", organizations("igo\t\t\tUnited Nations\t国連\tUN|UN\n"), `organizations_x.tsv:3: alias "UN" is there twice`},
		{"no name", organizations("igo\t\t\tUnited Nations\n"), "organizations_x.tsv:3: the Japanese name is missing"},
		{"place kind", places("town\t\t\tParis\tパリ\n"), "places_x.tsv:3: kind"},
		{"place dates", places("city\t\t\tBonn\tボン\tx@1999..1949\n"), "places_x.tsv:3: alias"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			switch {
			case tt.want == "" && tt.err != nil:
				t.Error(tt.err)
			case tt.want != "" && (tt.err == nil || !strings.HasPrefix(tt.err.Error(), tt.want)):
				t.Errorf("error %v, want %s…", tt.err, tt.want)
			}
		})
	}
}
