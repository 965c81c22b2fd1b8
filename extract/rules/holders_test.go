package rules

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

func TestHoldersAreMany(t *testing.T) {
	terms, people := 0, Holders().People()
	for _, p := range people {
		terms += len(p.Terms)
	}
	if terms < 1500 || len(people) < 1000 {
		t.Errorf("%d terms of %d people, want 1500 of 1000 or more", terms, len(people))
	}
}

func TestHolderEntries(t *testing.T) {
	english := make(map[string]*Person)
	for _, p := range Holders().People() {
		at := fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.NameJa)
		if first := english[p.NameEn]; first != nil {
			t.Errorf("%s is %s, as is %s at line %d of %s: two people, or one that stands twice?", at, p.NameEn, first.NameJa, first.Line, first.File)
		}
		english[p.NameEn] = p
		for _, name := range append(append([]string{p.NameJa}, p.Variants...), p.Shorts...) {
			if name == "" || strings.ContainsAny(name, " \t()（）|=") {
				t.Errorf("%s: %q is no name", at, name)
			}
			for _, office := range []string{"大統領", "首相", "外相", "国王", "女王", "教皇", "氏"} {
				if strings.HasSuffix(name, office) {
					t.Errorf("%s: %q ends in an office", at, name)
				}
			}
		}
		if isKanjiName(p.NameJa) && p.Surname == p.NameJa && len([]rune(p.NameJa)) > 2 && p.Terms[0].Country != "country/PRK" {
			t.Errorf("%s: put a space after the surname", at)
		}
		for _, term := range p.Terms {
			for _, day := range []string{term.From, term.To} {
				if _, err := time.Parse("2006-01-02", firstDay(day)); day != "" && err != nil {
					t.Errorf("%s:%d: %s is no day of the calendar", p.File, term.Line, day)
				}
			}
			if term.To != "" && term.To < "2000" && !early(p) || term.From > HoldersAsOf || term.To > HoldersAsOf {
				t.Errorf("%s:%d: %s to %s is not between 2000 and %s", p.File, term.Line, term.From, term.To, HoldersAsOf)
			}
		}
	}
}

// One country has one president at a time. A term may share its last day, or a month whose day is not known, with the next.
func TestUniqueOfficesDoNotOverlap(t *testing.T) {
	for where, hs := range terms() {
		for i, a := range hs {
			for _, b := range hs[i+1:] {
				office, _ := Offices().Get(a.Term.Office)
				if a.Term.Office != b.Term.Office || !office.Unique || a.Term.Acting || b.Term.Acting {
					continue
				}
				n := min(len(a.Term.To), len(b.Term.From))
				if a.Term.To == "" || a.Term.To[:n] > b.Term.From[:n] {
					t.Errorf("%s:%d: %s is %s of %s until %q; %s:%d: %s from %s", a.Person.File, a.Term.Line, a.Person.NameJa,
						office.Ja, where, a.Term.To, b.Person.File, b.Term.Line, b.Person.NameJa, b.Term.From)
				}
			}
		}
	}
}

// A gap between two terms of a head of state or government is a mistake or has a reason.
func TestGapsBetweenHeadsHaveAReason(t *testing.T) {
	for where, hs := range terms() {
		last := make(map[string]Holder) // by office
		for _, h := range hs {
			office, _ := Offices().Get(h.Term.Office)
			if office.Kind != OfficeHeadOfState && office.Kind != OfficeHeadOfGovernment {
				continue
			}
			before, ok := last[office.Ja]
			if !ok || before.Term.To != "" && (h.Term.To == "" || h.Term.To > before.Term.To) {
				last[office.Ja] = h
			}
			if !ok || before.Term.To == "" || before.Term.To < "2000" || days(before.Term.To, h.Term.From) <= 100 {
				continue
			}
			key := fmt.Sprintf("%s %s %s", strings.TrimPrefix(where, "country/"), office.Ja, h.Term.From)
			if holderGaps[key] == "" {
				t.Errorf("%s:%d: nobody is %s of %s from %s to %s: add who was, or the reason to holderGaps as %q",
					h.Person.File, h.Term.Line, office.Ja, where, before.Term.To, h.Term.From, key)
			}
			delete(unusedGaps, key)
		}
	}
	for key := range unusedGaps {
		t.Errorf("holderGaps: %s is no gap any more", key)
	}
}

// early reports that terms before 2000 are meant: of leaders whom later news still names, or of people with later terms.
func early(p *Person) bool {
	return p.File == "data/holders_former.tsv" || p.Terms[len(p.Terms)-1].From > "1998"
}

func terms() map[string][]Holder { return Holders().byWhere }

func isKanjiName(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < 0x4e00 || r > 0x9fff })
}

func firstDay(day string) string { return day + "-01-01"[min(6, max(0, len(day)-4)):] }

func days(from, to string) int {
	a, _ := time.Parse("2006-01-02", lastDay(from))
	b, _ := time.Parse("2006-01-02", firstDay(to))
	return int(b.Sub(a).Hours() / 24)
}

func lastDay(day string) string {
	return day + map[int]string{len("2006"): "-12-31", len("2006-01"): "-28"}[len(day)]
}

func TestHolderOf(t *testing.T) {
	for _, c := range []struct{ where, office, day, want string }{
		{"country/USA", "大統領", "2025-10-27", "ドナルド・トランプ"},
		{"country/USA", "大統領", "2024-12-31", "ジョー・バイデン"},
		{"country/USA", "大統領", "2021-01-20", "ジョー・バイデン"}, // on the day of handing over the successor
		{"country/USA", "外相", "2025-10-27", "マルコ・ルビオ"},   // by kind
		{"", "財務長官", "2025-10-27", "スコット・ベッセント"},         // by home
		{"", "通商代表", "2025-10-27", "ジェミソン・グリア"},
		{"country/USA", "国防相", "2007-05-01", "ロバート・ゲーツ"},
		{"country/JPN", "首相", "2025-10-20", "石破茂"},
		{"country/JPN", "総理大臣", "2025-10-22", "高市早苗"},
		{"country/JPN", "外務大臣", "2021-11-12", "林芳正"},
		{"country/JPN", "防衛相", "2005-01-01", "大野功統"}, // 防衛庁長官 is of the kind
		{"country/CHN", "外相", "2023-07-25", "王毅"},
		{"country/CHN", "国家主席", "2013-03-13", "胡錦濤"},
		{"country/CHN", "副首相", "2025-10-27", ""}, // several at a time
		{"country/KOR", "大統領", "2025-05-10", "李周浩"},
		{"country/KOR", "大統領", "2024-12-20", "尹錫悦"}, // suspended, in office
		{"country/KOR", "大統領代行", "2024-12-20", "韓悳洙"},
		{"country/KOR", "外相", "2025-07-10", ""}, // the day of change is not known
		{"country/TWN", "首相", "2025-10-27", "卓栄泰"},
		{"country/BGD", "首相", "2025-01-01", ""},
		{"country/THA", "首相", "2025-10-27", "アヌティン・チャーンウィラクン"},
		{"country/KHM", "首相", "2025-10-27", "フン・マネット"},
		{"country/EGY", "大統領", "2013-12-01", "アドリー・マンスール"},
		{"", "ローマ法王", "2025-04-30", ""}, // between two popes
		{"", "ローマ教皇", "2025-05-18", "レオ14世"},
		{"", "欧州委員会委員長", "2019-11-30", "ジャンクロード・ユンケル"},
		{"", "EU大統領", "2019-12-01", "シャルル・ミシェル"},
		{"organization/Q1065", "事務総長", "2006-12-31", "コフィ・アナン"},
		{"organization/Q7184", "事務総長", "2025-10-27", "マルク・ルッテ"},
		{"country/USA", "大統領", "2025", ""},
		{"country/USA", "庭師", "2025-10-27", ""},
		{"country/JPN", "大使", "2005-03-01", ""}, // one of many
		{"country/XYZ", "大統領", "2025-10-27", ""},
	} {
		h, ok := Holders().HolderOf(c.where, c.office, c.day)
		got := ""
		if ok {
			got = h.Person.NameJa
		}
		if got != c.want {
			t.Errorf("%s of %q on %s: %q, want %q", c.office, c.where, c.day, got, c.want)
		}
	}
}

func TestLeaderOf(t *testing.T) {
	for country, want := range map[string]string{
		"country/USA": "ドナルド・トランプ", "country/JPN": "高市早苗", "country/CHN": "習近平", "country/PRK": "金正恩",
		"country/DEU": "フリードリヒ・メルツ", "country/VNM": "",
	} {
		h, ok := Holders().LeaderOf(country, "2025-10-27")
		if got := h.Person; ok != (want != "") || ok && got.NameJa != want {
			t.Errorf("%s: %v, %v, want %q", country, got, ok, want)
		}
	}
}

func TestNamed(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"ジェミソン・グリア", "Jamieson Greer"}, {"ジェミソン・グリーア", "Jamieson Greer"}, {"ジェミソン＝グリア", "Jamieson Greer"},
		{"洪馬内", "Hun Manet"}, {"ムン・ジェイン", "Moon Jae-in"}, {"文在寅", "Moon Jae-in"}, {"キム・ジョンウン", "Kim Jong Un"},
		{"アウンサンスーチー", "Aung San Suu Kyi"}, {"ドミトリー・メドヴェージェフ", "Dmitry Medvedev"}, {"スコットベッセント", "Scott Bessent"},
		{"ウルズラ・フォン・デア・ライエン", "Ursula von der Leyen"}, {"李克強", "Li Keqiang"}, {"李強", "Li Qiang"},
	} {
		if got := Holders().Named(c.name); len(got) != 1 || got[0].NameEn != c.want {
			t.Errorf("%s: %v, want %s", c.name, got, c.want)
		}
	}
}

// People of one surname stay several, and their full names keep them apart.
func TestSurnamed(t *testing.T) {
	for short, want := range map[string][]string{
		"安倍":    {"Shinzo Abe"},
		"鈴木":    {"Shunichi Suzuki"},
		"ベッセント": {"Scott Bessent"},
		"スー・チー": {"Aung San Suu Kyi"},
		"菅":     {"Naoto Kan", "Yoshihide Suga"},
		"ライス":   {"Condoleezza Rice", "Susan Rice"},
		"グリア":   {"Angel Gurria", "Jamieson Greer"},
		"カチンスキ": {"Lech Kaczynski", "Jaroslaw Kaczynski"},
		"クリントン": {"Bill Clinton", "Hillary Clinton"},
	} {
		var got []string
		for _, p := range Holders().Surnamed(short) {
			got = append(got, p.NameEn)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", short, got, want)
		}
	}
}

func TestPersonHasOneID(t *testing.T) {
	p := Holders().Named("潘基文")[0]
	if len(p.Terms) != 2 || p.Terms[0].Country != "country/KOR" || p.Terms[1].Org != "organization/Q1065" {
		t.Errorf("潘基文: %+v, want foreign minister of South Korea, then secretary general of the United Nations", p.Terms)
	}
	if Holders().Person(p.ID) != p {
		t.Errorf("%s leads to %v", p.ID, Holders().Person(p.ID))
	}
}

func TestRunning(t *testing.T) {
	term := Term{From: "2007-04", To: "2009-06-30"}
	for day, want := range map[string][2]bool{
		"2007-03-31": {false, true}, "2007-04-01": {true, false}, "2007-04-30": {true, false}, "2007-05-01": {true, true},
		"2009-06-30": {true, true}, "2009-07-01": {false, true},
	} {
		if running, certain := term.Running(day); running != want[0] || certain != want[1] {
			t.Errorf("%s: running %v, certain %v, want %v", day, running, certain, want)
		}
	}
}

func TestLoadHoldersNamesTheLine(t *testing.T) {
	const person = "安倍 晋三\tShinzo Abe\t-\n"
	for name, c := range map[string]struct{ src, want string }{
		"no English name":     {"安倍 晋三", "data/holders_t.tsv:1: 1 fields"},
		"a bad item":          {"安倍 晋三\tShinzo Abe\tQ0\n", "data/holders_t.tsv:1: 安倍晋三: Wikidata item"},
		"an empty variant":    {"安倍 晋三\tShinzo Abe\t-\t|\n", "data/holders_t.tsv:1: 安倍晋三: names"},
		"a variant twice":     {"安倍 晋三\tShinzo Abe\t-\t安倍 晋三\n", "data/holders_t.tsv:1: 安倍晋三: variant"},
		"a term of nobody":    {"\tJPN\t首相\t2000\t-\n", "data/holders_t.tsv:1: a term before"},
		"a person of no term": {person + person, "data/holders_t.tsv:2: 安倍晋三 above has no term"},
		"no term at the end":  {person, "data/holders_t.tsv:1: 安倍晋三 has no term"},
		"a missing field":     {person + "\tJPN\t首相\t2006-09-26\n", "data/holders_t.tsv:2: 3 fields"},
		"an unknown country":  {person + "\tXYZ\t首相\t2006-09-26\t-\n", "data/holders_t.tsv:2: where"},
		"an unknown body":     {person + "\t@無何有\t首相\t2006-09-26\t-\n", "data/holders_t.tsv:2: body"},
		"an unknown office":   {person + "\tJPN\t総理\t2006-09-26\t-\n", "data/holders_t.tsv:2: office"},
		"a bad date":          {person + "\tJPN\t首相\t2006-13-26\t-\n", "data/holders_t.tsv:2: from"},
		"a bad end":           {person + "\tJPN\t首相\t2006-09-26\t\t\n", "data/holders_t.tsv:2: 3 fields"},
		"an end too early":    {person + "\tJPN\t首相\t2006-09-26\t2006-09-25\n", "data/holders_t.tsv:2: from 2006-09-26 is after"},
		"a bad last field":    {person + "\tJPN\t首相\t2006-09-26\t-\tx\n", "data/holders_t.tsv:2: last field"},
		"terms out of order":  {person + "\tJPN\t首相\t2006-09-26\t-\n\tJPN\t外相\t2005-09-26\t-\n", "data/holders_t.tsv:3: 安倍晋三: a term from"},
		"a person twice":      {person + "\tJPN\t首相\t2000\t-\n" + person + "\tJPN\t首相\t2000\t-\n", "data/holders_t.tsv:3: official/安倍晋三 stands at data/holders_t.tsv:1"},
	} {
		fsys := fstest.MapFS{"data/holders_t.tsv": {Data: []byte(c.src)}}
		_, err := LoadHolders(fsys, Offices(), KnownWhere)
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s …", name, err, c.want)
		}
	}
}

func TestLeadersAreKnown(t *testing.T) {
	for country, offices := range Holders().leaders {
		for _, office := range offices {
			if !slices.ContainsFunc(Holders().TermsIn(country), func(h Holder) bool { return h.Term.Office == office }) {
				t.Errorf("data/holders_leaders.tsv: %s: nobody is %s there", country, office)
			}
		}
	}
}

func TestAmbassadorOf(t *testing.T) {
	for _, c := range []struct{ country, post, day, want string }{
		{"country/USA", "country/JPN", "2018-05-01", "ウィリアム・ハガティ"},
		{"country/JPN", "country/USA", "2005-03-01", "加藤良三"},
		{"country/JPN", "country/KOR", "2005-03-01", ""},
		{"country/USA", "country/ISR", "2018-05-01", ""},
		{"country/USA", "", "2018-05-01", ""},
		{"country/USA", "country/JPN", "2018", ""},
	} {
		h, ok := Holders().AmbassadorOf(c.country, c.post, c.day)
		got := ""
		if ok {
			got = h.Person.NameJa
		}
		if got != c.want {
			t.Errorf("ambassador of %s in %s on %s: %q, want %q", c.country, c.post, c.day, got, c.want)
		}
	}
}
