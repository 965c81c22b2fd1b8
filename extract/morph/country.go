package morph

import "strings"

// markCountries marks the tokens of one character that stand for a country: beside another one (米/中), behind 対, 訪, 駐
// and their like, before an office or, for those that are no common word, before any noun.
func (l *line) markCountries() {
	for i := 0; i < len(l.tokens); i++ {
		if !l.single(i) {
			l.markRelation(i)
			continue
		}
		j := i + 1
		for j < len(l.tokens) && l.single(j) && l.adjacent(j-1) {
			j++
		}
		switch {
		case l.behindOpened(i):
			l.markOpenedTail(i, j)
		case j-i >= 2:
			if l.tokens[i].Norm+l.tokens[i+1].Norm == "日中" && j == i+2 && l.daytime(i, j) || l.isDate(i) || l.onlyKana(i, j) {
				break
			}
			for k := i; k < j; k++ {
				setCountry(&l.tokens[k])
			}
		case l.listed(i) || l.alone(i):
			setCountry(&l.tokens[i])
		}
		i = j - 1
	}
}

// single reports whether token i is one character that may be a country.
func (l *line) single(i int) bool {
	t := &l.tokens[i]
	if t.Kind != Plain || len(t.Norm) != 3 || t.POS[0] == "助詞" || t.POS[0] == "動詞" {
		return false
	}
	_, ok := oneKanji[t.Norm]
	return ok
}

// isDate reports whether a number stands before token i, so that 日 or 台 is its unit.
func (l *line) isDate(i int) bool {
	return i > 0 && l.adjacent(i-1) && (l.tokens[i-1].Kind == Number || l.tokens[i-1].POS[1] == "数")
}

func (l *line) onlyKana(i, j int) bool {
	for k := i; k < j; k++ {
		if !isKatakanaWord(l.tokens[k].Norm) {
			return false
		}
	}
	return true
}

// behindOpened reports whether the token before i is the country of an opened contraction: 日 in 在日米軍, 訪日中.
func (l *line) behindOpened(i int) bool {
	return i > 1 && l.adjacent(i-1) && l.tokens[i-1].Kind == OneKanji && (l.tokens[i-2].Kind == Travel || l.tokens[i-2].Kind == Relation)
}

// markOpenedTail marks what follows 在日, 訪米, 対日: 在日米軍 has another country, 訪米中 says when.
func (l *line) markOpenedTail(i, j int) {
	if l.tokens[i].Norm == "中" && (j == i+1 && !l.nextIs(i, offices) || l.tokens[i-2].Kind == Travel) {
		return
	}
	for k := i; k < j; k++ {
		if j-i >= 2 || strings.Contains(bold, l.tokens[k].Norm) || l.nextIs(k, offices, stateWords) {
			setCountry(&l.tokens[k])
		}
	}
}

// markRelation marks 対, 反, 駐 and 訪 that the dictionary has as words of their own before a country.
func (l *line) markRelation(i int) {
	t := &l.tokens[i]
	if t.Kind != Plain || i+1 >= len(l.tokens) || !l.adjacent(i) {
		return
	}
	next := &l.tokens[i+1]
	switch t.Norm {
	case "対", "反", "親", "駐", "在":
		switch {
		case l.single(i + 1):
			if contractions[t.Norm+next.Norm] == 0 {
				return
			}
			t.Kind = Relation
			setCountry(next)
		case next.POS[2] == "地域" || t.Norm == "対" && (next.Kind == Name || isLatin(next.Norm)):
			t.Kind = Relation
		default:
			return
		}
		t.POS = [4]string{"接頭詞", "名詞接続", "", ""}
	case "訪", "離", "渡", "滞":
		if l.single(i+1) && contractions[t.Norm+next.Norm] != 0 {
			t.Kind = Travel
			t.POS = [4]string{"名詞", "サ変接続", "", ""}
			setCountry(next)
		}
	}
}

// listed reports whether token i is a country because another one stands next to it in a list: 米、英、仏; 日・米.
func (l *line) listed(i int) bool {
	beside := func(sep, other int) bool {
		if sep < 0 || other < 0 || other >= len(l.tokens) {
			return false
		}
		s := l.tokens[sep].Norm
		o := &l.tokens[other]
		return (s == "、" || s == "・") && (l.single(other) && !l.isDate(other) && !isKatakanaWord(o.Norm) || o.Kind == OneKanji || s == "・" && isUnion[o.Norm])
	}
	if isKatakanaWord(l.tokens[i].Norm) && l.tokens[i].Norm != "ロ" || l.isDate(i) {
		return false
	}
	if i+2 < len(l.tokens) && l.tokens[i+1].Norm == "・" && isUnion[l.tokens[i+2].Norm] {
		return true
	}
	if l.tokens[i].Norm == "朝" && !l.nextIs(i, dots) {
		return false // in the morning
	}
	if strings.Contains("日中台比加朝土", l.tokens[i].Norm) && (l.tokens[i].POS[1] == "接尾" || l.tokens[i].POS[1] == "非自立") {
		return false
	}
	return beside(i+1, i+2) || beside(i-1, i-2)
}

var dots = setOf("・")

var isUnion = setOf("EU ASEAN NATO GCC AU CARICOM メルコスール アフリカ")

// alone reports whether token i, beside no other country, stands for one.
func (l *line) alone(i int) bool {
	t := &l.tokens[i]
	if l.isDate(i) || t.Norm == "パ" || t.Norm == "ウ" || t.Norm == "ソ" || t.Norm == "欧" && t.POS[2] != "地域" {
		return false
	}
	last := i+1 >= len(l.tokens) || !l.adjacent(i)
	if !last && isUnion[l.tokens[i+1].Norm] {
		return true
	}
	if i > 0 && isUnion[l.tokens[i-1].Norm] && l.adjacent(i-1) && l.nextIs(i, stateWords) {
		return true
	}
	afterNoun := i > 0 && l.adjacent(i-1) && l.tokens[i-1].POS[0] == "名詞"
	if !last && !afterNoun && l.tokens[i+1].POS[2] == "地域" && l.tokens[i+1].POS[3] == "国" && (i == 0 || l.tokens[i-1].POS[0] != "接頭詞") && l.nextIs(i+1, stateWords, offices) {
		return true // 日ミャンマー外相会談
	}
	if strings.Contains(bold, t.Norm) {
		switch {
		case t.Norm == "米" && l.isRice(i), l.nextIs(i, customs):
			return false
		case t.POS[2] == "人名":
			return l.nextIs(i, offices) && !afterNoun
		case !last && isNominal(&l.tokens[i+1]) && l.tokens[i+1].POS[2] != "人名":
			return t.POS[1] == "固有名詞" || t.Norm == "米"
		case afterNoun:
			return false
		}
		if t.POS[1] != "固有名詞" && t.Norm != "米" {
			return false
		}
		return last || l.tokens[i+1].POS[0] == "助詞" || l.tokens[i+1].Kind == Symbol || l.tokens[i+1].POS[2] == "人名"
	}
	// The others need an office, and no word that they complete before them.
	if last || !l.nextIs(i, offices) {
		return false
	}
	if i > 0 && l.adjacent(i-1) {
		p := &l.tokens[i-1]
		if p.Kind != Symbol && p.Kind != Name && p.POS[2] != "人名" && p.POS[0] != "助詞" && !(isKatakanaWord(p.Norm) && t.Norm != "中" && t.Norm != "台") {
			return false
		}
	}
	return !softOffices[l.tokens[i+1].Norm] || t.POS[3] == "国" && t.Norm != "日"
}

// softOffices are words of the office list that also follow the common reading of a kanji (日製? 中側, 台機).
var softOffices = setOf("側 系 産 製 艦 機 紙 軍 副 元 前 新 代表 情報 国家 国会 通商 治安 司法 首脳")

// customs behind a country's kanji make a common word of it (韓流, 独語).
var customs = setOf("流 語 文 訳 字 学")

// riceWords in a sentence make a lone 米 rice.
var riceWords = []string{"コメ", "備蓄", "農家", "炊", "食べ", "収穫", "作況", "田植え", "稲", "農協", "精米", "玄米", "銘柄", "主食", "飼料", "減反", "お米", "キロ当たり", "卸売", "もち"}

// ricePrefixes before 米 make it rice whatever follows.
var ricePrefixes = setOf("備蓄 輸入 古 新 国産 産 ブランド もち うるち 飼料 政府 主食 用 銘柄 タイ ベトナム 早場 加工 有機 無洗 お 白 外国 こしひかり コシヒカリ あきたこまち")

func (l *line) isRice(i int) bool {
	if i > 0 && l.adjacent(i-1) {
		p := &l.tokens[i-1]
		if ricePrefixes[p.Norm] && !l.nextIs(i, offices) {
			return true
		}
	}
	if l.nextIs(i, offices, stateWords) {
		return false
	}
	for _, w := range riceWords {
		if strings.Contains(l.norm, w) {
			return true
		}
	}
	return false
}

// daytimeWords in a sentence make 日中 the daytime.
var daytimeWords = []string{"気温", "晴れ", "日差し", "雨", "雪", "暑", "寒", "夜間", "夜は", "朝晩", "屋外", "外出", "度を超", "熱中症", "営業", "体感", "最高気", "日没", "昼間"}

// daytime reports whether 日中, tokens [i,j), is the daytime and not Japan and China.
func (l *line) daytime(i, j int) bool {
	if j < len(l.tokens) && l.adjacent(j-1) {
		n := l.tokens[j].Norm
		if stateWords[n] || offices[n] || oneKanji[n] != "" {
			return false
		}
		if n == "の" && j+1 < len(l.tokens) && (stateWords[l.tokens[j+1].Norm] || offices[l.tokens[j+1].Norm]) {
			return false
		}
		if n == "に" || n == "でも" {
			return true
		}
	}
	for _, w := range daytimeWords {
		if strings.Contains(l.norm, w) {
			return true
		}
	}
	return false
}

func isNominal(t *Token) bool {
	return t.POS[0] == "名詞" && t.POS[1] != "非自立" && t.POS[1] != "代名詞" || t.POS[0] == "接頭詞"
}

func isLatin(s string) bool {
	for i := range len(s) {
		if c := s[i]; !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z') {
			return false
		}
	}
	return s != ""
}
