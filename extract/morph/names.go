package morph

import (
	"slices"
	"strings"
	"unicode/utf8"
)

var namePOS = [4]string{"名詞", "固有名詞", "人名", ""}

// joinNames joins names that the dictionary breaks: katakana words with ・ or ＝ between them, surnames with given names,
// and kanji names before or behind an office or 氏.
func (l *line) joinNames() {
	for i := range l.tokens {
		if isKatakanaNoun(&l.tokens[i]) {
			l.joinKatakana(i)
			break
		}
	}
	for i := range l.tokens {
		if l.tokens[i].POS[2] == "人名" || mayBeSurname(l.tokens[i].Norm) {
			l.joinKanji()
			break
		}
	}
}

// joinKatakana joins katakana words from token first on, the first of them.
func (l *line) joinKatakana(first int) {
	out := l.tokens[:first]
	for i := first; i < len(l.tokens); {
		if !isKatakanaNoun(&l.tokens[i]) {
			out = append(out, l.tokens[i])
			i++
			continue
		}
		if l.isCouple(i) {
			out = slices.Clip(out) // it may come to reach beyond token i
			for at := 0; at >= 0; {
				t := &l.tokens[i]
				dot := strings.Index(t.Norm[at:], "・")
				end := len(t.Norm)
				if dot >= 0 {
					end = at + dot
				}
				p := l.piece(t, at, end)
				p.POS, p.Kind = namePOS, Name
				out = append(out, p)
				if dot < 0 {
					break
				}
				mark := l.piece(t, end, end+len("・"))
				mark.POS, mark.Kind, mark.Known = symbolPOS, Symbol, true
				out = append(out, mark)
				at = end + len("・")
			}
			i++
			continue
		}
		j := i + 1
		for j+1 < len(l.tokens) && nameJoint[l.tokens[j].Norm] && isKatakanaNoun(&l.tokens[j+1]) && l.adjacent(j-1) && l.adjacent(j) && !l.bothAt(j+2) {
			j += 2
		}
		t := l.merged(i, j)
		switch {
		case j > i+1 || !t.Known && strings.Contains(t.Norm, "・"):
			t.POS, t.Kind = namePOS, Name
		case !t.Known && utf8.RuneCountInString(t.Norm) >= 2 && t.Kind == Plain:
			t.Kind = Name
		}
		out = append(out, t)
		i = j
	}
	l.tokens = out
}

// isCouple reports whether token i is two names with ・ between them, since 両 follows: ベッセント・グリーア両氏.
func (l *line) isCouple(i int) bool {
	return strings.Count(l.tokens[i].Norm, "・") == 1 && l.bothAt(i+1)
}

// bothAt reports whether 両氏, 両首脳 begins with token i.
func (l *line) bothAt(i int) bool {
	return i < len(l.tokens) && l.adjacent(i-1) && strings.HasPrefix(l.tokens[i].Norm, "両")
}

var nameJoint = map[string]bool{"・": true, "＝": true, "‐": true, "゠": true}

// isKatakanaNoun reports whether a token may be a piece of a name in katakana: not the name of a place, so that lists
// of countries (タイ・カンボジア) stay lists.
func isKatakanaNoun(t *Token) bool {
	return t.POS[0] == "名詞" && t.Kind != Number && t.POS[2] != "地域" && t.POS[1] != "接尾" && isKatakanaName(t.Norm)
}

// isKatakanaName reports whether s is katakana, with ・ inside or without.
func isKatakanaName(s string) bool {
	letters := false
	for _, r := range s {
		switch {
		case 'ァ' <= r && r <= 'ヺ' || r == 'ー':
			letters = true
		case r != '・':
			return false
		}
	}
	return letters
}

// surnames are the one-character surnames of Chinese, Korean and Vietnamese people that the news names, by frequency.
const surnames = "王李張劉陳楊黄趙呉周徐孫馬朱胡郭何高林羅鄭梁謝宋唐許韓馮鄧曹彭曽蕭田董袁潘于蒋蔡余杜葉程蘇魏呂丁任沈姚盧姜崔鍾譚陸汪范金石廖賈夏韋傅方白鄒孟熊秦江尹薛閻段雷侯竜史陶黎賀顧毛郝龔邵万銭厳武戴莫孔湯常温康施文牛樊葛邢安斉易喬伍顔倪庄聶章魯岳翟殷申耿関焦兪左柳甘祝包寧尚舒阮柯紀梅童凌畢裴霍成苗谷盛翁藍路游辛管柴鮑華祁習栗朴権洪全曺南河車禹具閔池元千玄卞玉奇咸秋明智卓宮憑龍呉劉凃頼卞尉単靳闞"

var surnameRunes = runesOf(surnames)

// mayBeSurname reports whether s is one of surnames, or in their list.
func mayBeSurname(s string) bool {
	first, size := utf8.DecodeRuneInString(s)
	return surnameRunes.has(first) && (size == len(s) || strings.Contains(surnames, s))
}

// doubleSurnames are those of two characters.
var doubleSurnames = setOf("欧陽 諸葛 司馬 上官 鮮于 南宮 皇甫 西門 司徒")

// titles are words that stand behind a person's name, or begin what does.
var titles = setOf(`氏 さん 大統領 首相 外相 国家主席 主席 総書記 書記長 書記 総統 長官 大臣 相 議長 報道官 大使 国防相 財務相 商務相 委員長 次官 補佐官 特使 代表
	局長 部長 王子 皇太子 国王 陛下 殿下 将軍 大将 中将 少将 司令官 総理 知事 市長 議員 幹事長 容疑者 被告 記者 教授 公使 参事官 司長 副首相 総裁 党首 最高指導者
	国務委員 室長 院長 国務院総理 会長 社長 総領事 国防部長 外交部長 女史 夫人 夫妻 師 元帥 院長 首席 研究員 政治局員 政治局 常務委員 首席代表 理事長 事務局長 行政長官 上級大将`)

// titleParts go before a word of titles within an office.
var titleParts = setOf("副 国家 財務 外務 商務 国防 国務 党 中央 筆頭 前 元 次期 第一 首席 常務 共産党 政治局 外交 行政 総 通商 経済 軍事 最高 上級 国務院 人民 政府 特別 安保 国家安保 統一 全国 報道 在 駐 新 両 事務 上院 下院 衆院 参院 国民 朝鮮 労働党 全人代 委員 国際 防衛 兼 統合 参謀 軍事委員会 元老 貿易 産業 報道 安全 保障")

// joinKanji joins surnames with given names, and characters that only together are a name: 何/立/峰/副/首相.
func (l *line) joinKanji() {
	out := l.tokens[:0]
	for i := 0; i < len(l.tokens); {
		j := l.nameEnd(i)
		if j <= i+1 {
			if len(out) < i {
				out = append(out, l.tokens[i])
			} else {
				out = l.tokens[:i+1] // nothing has moved
			}
			i++
			continue
		}
		t := l.merged(i, j)
		t.POS, t.Kind = namePOS, Name
		out = append(out, t)
		i = j
	}
	l.tokens = out
}

// nameEnd is where the name that begins with token i ends, or i when none does.
func (l *line) nameEnd(i int) int {
	t := &l.tokens[i]
	if t.Kind != Plain {
		return i
	}
	size := utf8.RuneCountInString(t.Norm)
	single := size == 1 && mayBeSurname(t.Norm)
	double := size == 2 && (t.POS[3] == "姓" || doubleSurnames[t.Norm])
	if !single && !double && t.POS[3] != "姓" || !isKanjiWord(t.Norm) || i > 0 && l.adjacent(i-1) && l.glued(i-1) {
		return i
	}
	end := i
	if t.POS[3] == "姓" && i+1 < len(l.tokens) && l.adjacent(i) && l.tokens[i+1].POS[3] == "名" && isKanjiOrKana(l.tokens[i+1].Norm) {
		end = i + 2
	}
	if !single && !double {
		return end
	}
	given := 0
	for j := i + 1; j < len(l.tokens) && j <= i+3 && l.adjacent(j-1); j++ {
		g := &l.tokens[j]
		if !mayBeGiven(t, g) {
			break
		}
		given += utf8.RuneCountInString(g.Norm)
		if given > 2 && !(double && given == 3) {
			break
		}
		if l.titleAt(j+1) || l.readingAt(j+1) || i > 0 && l.adjacent(i-1) && titles[l.tokens[i-1].Norm] && l.closesAt(j+1) && given == 2 {
			end = max(end, j+1)
		}
	}
	return end
}

// mayBeGiven reports whether token g may be part of the given name behind the surname t.
func mayBeGiven(t, g *Token) bool {
	n := utf8.RuneCountInString(g.Norm)
	if g.Kind == Number && n == 1 && isKanjiWord(g.Norm) {
		return true // 晋三, 英九
	}
	if g.Kind != Plain || !isKanjiWord(g.Norm) || n > 2 || titles[g.Norm] || offices[g.Norm] || titleParts[g.Norm] && g.Norm != "在" || g.POS[1] == "数" {
		return false
	}
	return n == 1 || g.POS[1] == "固有名詞" || !g.Known || strings.Contains(pureSurnames, t.Norm)
}

// pureSurnames are hardly ever words by themselves, so that a common noun behind one may be a given name (蔡英文).
const pureSurnames = "王李張劉陳趙呉孫朱胡郭鄭謝許韓馮鄧曹彭蕭董袁潘蒋蔡杜魏呂姚姜崔譚陸汪范賈薛閻陶龔盧尹温柳裴阮習"

// glued reports whether token i is of the sort that a name cannot begin right behind: a single kanji that is no
// suffix of an institution, or a prefix.
func (l *line) glued(i int) bool {
	t := &l.tokens[i]
	if t.POS[0] == "接頭詞" {
		return true
	}
	return t.Kind == Plain && t.POS[0] == "名詞" && utf8.RuneCountInString(t.Norm) == 1 && isKanjiWord(t.Norm) &&
		!titles[t.Norm] && t.POS[1] != "接尾" && !strings.Contains("省庁党軍院国側派軍部", t.Norm)
}

// titleAt reports whether an office or 氏 begins with token i, right behind the token before it.
func (l *line) titleAt(i int) bool {
	for k := i; k < len(l.tokens) && k < i+5; k++ {
		if !l.adjacent(k - 1) {
			return false
		}
		n := l.tokens[k].Norm
		if titles[n] || k > i && (n == "長" || n == "官") {
			return true
		}
		if !titleParts[n] && l.tokens[k].Kind != OneKanji {
			return false
		}
	}
	return false
}

// readingAt reports whether a reading in brackets begins with token i: （か・りつほう）, （ホー・リーフォン）.
func (l *line) readingAt(i int) bool {
	if i+2 >= len(l.tokens) || l.tokens[i].Norm != "（" {
		return false
	}
	kana := 0
	for k := i + 1; k < len(l.tokens) && k < i+12; k++ {
		n := l.tokens[k].Norm
		if n == "）" {
			return kana > 0
		}
		for _, r := range n {
			if !('ぁ' <= r && r <= 'ゖ' || 'ァ' <= r && r <= 'ー' || r == '＝') {
				return false
			}
		}
		kana++
	}
	return false
}

// closesAt reports whether a phrase ends before token i: a particle, a mark of punctuation, or the end.
func (l *line) closesAt(i int) bool {
	return i >= len(l.tokens) || l.tokens[i].POS[0] == "助詞" || l.tokens[i].Kind == Symbol
}

func isKanjiOrKana(s string) bool {
	for _, r := range s {
		if r < 'ぁ' {
			return false
		}
	}
	return s != ""
}
