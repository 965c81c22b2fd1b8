package morph

import (
	"strings"
	"unicode/utf8"

	"github.com/entente-kg/entente/schema"
)

// oneKanji are the countries written with one character, with their ISO 3166-1 alpha-3 code; 欧 (Europe) and ソ (the
// Soviet Union) have none.
var oneKanji = map[string]string{
	"日": "JPN", "米": "USA", "中": "CHN", "韓": "KOR", "朝": "PRK", "露": "RUS", "ロ": "RUS", "英": "GBR", "仏": "FRA", "独": "DEU",
	"伊": "ITA", "豪": "AUS", "加": "CAN", "印": "IND", "台": "TWN", "越": "VNM", "比": "PHL", "泰": "THA", "蘭": "NLD", "墺": "AUT",
	"パ": "PAK", "ウ": "UKR", "欧": "", "土": "TUR", "ソ": "",
}

// bold stand for a country before any noun, and as a phrase of their own; the others are common words by themselves
// (during, day, platform, compared with), and need another country, a verb of travel or an office beside them.
const bold = "米英仏独豪韓露"

// contractions are the one-word verbs and relations that the analyzer opens, with the countries each goes with. What is
// not listed is another word (対比, 対馬, 入日, 来朝, 反土).
var contractions = func() map[string]Kind {
	m := map[string]Kind{"帰国": Travel}
	for _, c := range []struct {
		head      string
		countries string
		kind      Kind
	}{
		{"訪", "日米中韓朝露ロ英仏独伊豪印台比越加泰欧ソ", Travel},
		{"来", "日米韓台英独仏豪", Travel},
		{"離", "日米韓英独仏", Travel},
		{"渡", "日米英独仏韓欧", Travel},
		{"滞", "日米韓英独仏欧", Travel},
		{"対", "日米中韓朝露ロ英仏独伊豪印台越加泰欧ソ", Relation},
		{"反", "日米中韓朝露ロ英仏独ソ", Relation},
		{"親", "日米中韓朝露ロ英仏独印台欧ソ", Relation},
		{"在", "日米中韓英独仏台露ロ豪欧", Relation},
		{"駐", "日米中韓英独仏露ロ豪印台伊加越比泰", Relation},
		{"嫌", "日韓中", Relation},
		{"知", "日韓中米", Relation},
		{"抗", "日米", Relation},
		{"排", "日", Relation},
	} {
		for _, r := range c.countries {
			m[c.head+string(r)] = c.kind
		}
	}
	return m
}()

// pairs are two or three countries that the dictionary has as one word. The value says whether they stand for the
// countries always, or only before a word of relations between states (中日 is also a ball club, 朝露 also dew).
var pairs = map[string]bool{
	"中台": true, "中印": true, "韓米": true, "日越": true, "日米": true, "日中": true, "日韓": true, "日ソ": true, "日露": true, "日朝": true,
	"日英": true, "日独": true, "日仏": true, "米ソ": true, "米中": true, "英米": true, "仏独": true, "独仏": true, "独ソ": true, "日独伊": true,
	"日欧": true, "日台": true, "日豪": true, "中米": false, "中日": false, "中仏": false, "朝露": false, "中伊": false, "朝中": false, "ロウ": false,
	"日比": false, "日加": false, "欧米": false,
}

// stateWords follow two countries that deal with each other.
var stateWords = setOf(`首脳 関係 両国 会談 協議 外相 両軍 間 同盟 貿易 国交 対話 友好 共同 会合 交渉 戦争 合意 協定 国境 摩擦 対立 防衛 外務 経済
	閣僚 当局 安保 安全 軍事 政府 双方 両 合同 通商 外交 条約 紛争 停戦 国防 次官 局長 外務省 首相 大統領 財務 投資 租税 平和 航空 戦略 二国 定期 政策 電話`)

// offices follow the country whose office it is.
var offices = setOf(`大統領 首相 外相 国務 財務 長官 外務 外務省 国防 国防総省 政府 政権 当局 軍 議会 上院 下院 大使 大使館 海軍 空軍 陸軍 紙 中央銀行 最高裁
	財務省 商務省 商務 国務省 総統 国家 財務相 国防相 通商 副 次期 元 前 新 代表 高官 首脳 総領事 外交 与党 野党 国会 国王 皇太子 女王 王室 司法 検察 警察 治安 情報 特使 大統領選 次官 報道官 側 系 産 製 艦 機`)

func setOf(list string) map[string]bool {
	m := make(map[string]bool)
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

// countryRunes are the characters without one of which a sentence has no country in one kanji.
var countryRunes = runesOf("日米中韓朝露ロ英仏独伊豪加印台越比泰蘭墺欧国パウソ対反親在駐")

// openContractions opens words that hold a country in one kanji (訪日, 対ロ, 日米韓, 駐米) into a token each, and marks
// the kanji that stand for a country by themselves (米大統領).
func (l *line) openContractions() {
	if !countryRunes.hasAny(l.norm) {
		return
	}
	extra := false
	for i := range l.tokens {
		if t := &l.tokens[i]; len(t.Norm) >= 6 && len(t.Norm) <= 12 && (t.POS[0] == "名詞" && contractions[t.Norm] != 0 || l.opensPair(i) || l.brokenVerb(i)) {
			extra = true
			break
		}
	}
	if extra {
		out := make([]Token, 0, len(l.tokens)+8)
		for i := range l.tokens {
			t := &l.tokens[i]
			kind, opens := contractions[t.Norm]
			if opens && t.POS[0] == "名詞" && t.Kind == Plain && !(t.Norm == "在中" && !l.nextIs(i, stateWords, offices, residents)) {
				if t.Norm == "訪中" && l.nextIs(i, setEast) {
					kind = Travel
				}
				out = append(out, l.contraction(t, kind)...)
				continue
			}
			switch {
			case l.opensPair(i):
				for at := 0; at < len(t.Norm); at += 3 {
					p := l.piece(t, at, at+3)
					setCountry(&p)
					out = append(out, p)
				}
			case l.brokenVerb(i): // 訪/越し: 訪, 越, し
				country, verb := l.piece(t, 0, 3), l.piece(t, 3, len(t.Norm))
				setCountry(&country)
				verb.POS = [4]string{"動詞", "自立", "", ""}
				verb.Base, verb.Infl, verb.Form, verb.Reading, verb.Known = "する", "サ変・スル", "連用形", "シ", true
				out[len(out)-1].Kind = Travel
				out = append(out, country, verb)
			default:
				out = append(out, *t)
			}
		}
		l.tokens = out
	}
	l.joinMiddleEast()
	l.markCountries()
}

var (
	residents = setOf("邦人 日本 日本人 米国 米 韓国 公館 企業 外国人 台湾")
	setEast   = setOf("東")
)

// contraction opens a verb of travel or a relation in one kanji with its country.
func (l *line) contraction(t *Token, kind Kind) []Token {
	head, country := l.piece(t, 0, 3), l.piece(t, 3, len(t.Norm))
	head.Kind = kind
	if kind == Travel {
		head.POS = [4]string{"名詞", "サ変接続", "", ""}
	} else {
		head.POS = [4]string{"接頭詞", "名詞接続", "", ""}
	}
	setCountry(&country)
	return []Token{head, country}
}

// setCountry makes a token a country in one kanji.
func setCountry(t *Token) {
	t.Kind = OneKanji
	t.ISO3 = oneKanji[t.Norm]
	t.POS = [4]string{"名詞", "固有名詞", "地域", "国"}
	t.Base, t.Infl, t.Form = t.Norm, "", ""
}

// piece is the token for t.Norm[from:to]. Characters of words that are opened normalise one to one.
func (l *line) piece(t *Token, from, to int) Token {
	p := *t
	p.Norm = t.Norm[from:to]
	p.Base, p.Reading, p.Infl, p.Form = p.Norm, "", "", ""
	first := utf8.RuneCountInString(t.Norm[:from])
	last := first + utf8.RuneCountInString(p.Norm) - 1
	start, end, seen := 0, len(t.Surface), 0
	for i, r := range t.Surface {
		if isBlank(r) {
			continue
		}
		if seen == first {
			start = i
		}
		if seen == last {
			end = i + utf8.RuneLen(r)
		}
		seen++
	}
	p.Span = schema.Span{Start: t.Span.Start + start, End: t.Span.Start + end}
	p.Surface = t.Surface[start:end]
	return p
}

// nextIs reports whether the token after i, touching it, is in one of the sets.
func (l *line) nextIs(i int, sets ...map[string]bool) bool {
	if i+1 >= len(l.tokens) || !l.adjacent(i) {
		return false
	}
	for _, s := range sets {
		if s[l.tokens[i+1].Norm] {
			return true
		}
	}
	return false
}

// opensPair reports whether token i is a word of two or three countries.
func (l *line) opensPair(i int) bool {
	t := &l.tokens[i]
	if t.Kind != Plain || t.POS[0] != "名詞" {
		return false
	}
	always, ok := pairs[t.Norm]
	if !ok {
		return false
	}
	if t.Norm == "日中" && l.daytime(i, i+1) {
		return false
	}
	return always || l.nextIs(i, stateWords) || i > 0 && oneKanji[l.tokens[i-1].Norm] != "" && l.adjacent(i-1)
}

// brokenVerb reports a verb of the dictionary that is in truth the end of 訪越し, 訪比し.
func (l *line) brokenVerb(i int) bool {
	t := &l.tokens[i]
	if i == 0 || t.POS[0] != "動詞" || l.tokens[i-1].Norm != "訪" || !l.adjacent(i-1) || len(t.Norm) != 6 || !strings.HasSuffix(t.Norm, "し") {
		return false
	}
	_, ok := oneKanji[t.Norm[:3]]
	return ok
}

// joinMiddleEast joins 中 and 東 behind 訪, 対: 訪中東 is a journey to the Middle East.
func (l *line) joinMiddleEast() {
	for i := 1; i+1 < len(l.tokens); i++ {
		if l.tokens[i].Norm != "中" || l.tokens[i].Kind != OneKanji || l.tokens[i+1].Norm != "東" || !l.adjacent(i) {
			continue
		}
		if l.tokens[i-1].Kind != Travel && l.tokens[i-1].Kind != Relation {
			continue
		}
		t := l.merged(i, i+2)
		t.POS = [4]string{"名詞", "固有名詞", "地域", "一般"}
		t.Kind, t.ISO3 = Plain, ""
		l.tokens[i] = t
		l.tokens = append(l.tokens[:i+1], l.tokens[i+2:]...)
	}
}
