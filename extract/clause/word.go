package clause

import (
	"unicode/utf8"

	"github.com/entente-kg/entente/extract/morph"
)

// class is a token's part of speech as far as this package tells them apart.
type class uint8

const (
	otherClass class = iota
	noun
	verb    // 動詞, 自立
	verbDep // 動詞, 非自立 or 接尾
	adjective
	adjectiveDep
	auxiliary
	particle
	adverb
	adnominal // 連体詞
	conjunction
	prefix
	symbol
)

// trait is what a token is besides its class, as a set.
type trait uint32

const (
	sahen       trait = 1 << iota // 名詞, サ変接続
	stem                          // 形容動詞語幹, ナイ形容詞語幹
	suffix                        // 名詞, 接尾
	formal                        // 名詞, 非自立
	adverbial                     // 名詞, 副詞可能
	number                        // 名詞, 数
	proper                        // 固有名詞, or a name found by morph
	pronoun                       // 代名詞
	comma                         // 、
	period                        // 。！？
	opener                        // 「（
	closer                        // 」）
	ofNoun                        // の, 連体化
	parallel                      // 並立助詞
	topical                       // は, も and the like
	conjunctive                   // 接続助詞
	quoting                       // と, 引用
	casual                        // 格助詞
	restricting                   // 副助詞
	mayActor                      // stands for a person, state or body by its shape
	countrylike                   // a country by morph's reading
	timelike                      // a date or time
	middot                        // ・
)

type word struct {
	class class
	trait trait
}

func (w word) is(t trait) bool { return w.trait&t != 0 }

// actorEndings are last characters of nouns that stand for people, states and bodies.
const actorEndings = "国府省臣脳師相氏軍党側団者官長領王室庁署隊員人理使席議会院記州邦系家民将帝皇妃盟派企社連構警団衆勢筋局委"

var actorRunes = func() map[rune]bool {
	m := map[rune]bool{}
	for _, r := range actorEndings {
		m[r] = true
	}
	return m
}()

// bodies are titles and bodies that their last character does not tell.
var bodies = map[string]bool{
	"代表": true, "代行": true, "政権": true, "勢力": true, "陣営": true, "連合": true, "共同体": true, "事務所": true, "大佐": true,
	"中佐": true, "少佐": true, "大尉": true, "提督": true, "元帥": true, "双方": true, "団体": true, "組織": true,
}

func classify(t *morph.Token) word {
	var w word
	switch t.POS[0] {
	case "名詞":
		w.class = noun
		switch t.POS[1] {
		case "サ変接続":
			w.trait = sahen
		case "形容動詞語幹", "ナイ形容詞語幹":
			w.trait = stem
		case "接尾":
			w.trait = suffix
			switch t.POS[2] {
			case "サ変接続":
				w.trait |= sahen
			case "形容動詞語幹":
				w.trait |= stem
			case "助数詞":
				w.trait |= number
			case "人名":
				w.trait |= mayActor
			case "副詞可能":
				w.trait |= adverbial
			}
		case "非自立":
			w.trait = formal
			switch t.POS[2] {
			case "副詞可能":
				w.trait |= adverbial
			case "形容動詞語幹":
				w.trait |= stem
			}
		case "副詞可能":
			w.trait = adverbial
		case "数":
			w.trait = number
		case "固有名詞":
			w.trait = proper
			switch t.POS[2] {
			case "人名", "組織", "地域":
				w.trait |= mayActor
			}
		case "代名詞":
			w.trait = pronoun | mayActor
		}
		if bodies[t.Norm] {
			w.trait |= mayActor
		}
		if w.trait&(formal|adverbial|number|sahen) == 0 {
			if r, _ := utf8.DecodeLastRuneInString(t.Norm); actorRunes[r] {
				w.trait |= mayActor
			}
		}
	case "動詞":
		w.class = verb
		if t.POS[1] != "自立" {
			w.class = verbDep
		}
	case "形容詞":
		w.class = adjective
		if t.POS[1] != "自立" {
			w.class = adjectiveDep
		}
	case "助動詞":
		w.class = auxiliary
	case "助詞":
		w.class = particle
		switch t.POS[1] {
		case "連体化":
			w.trait = ofNoun
		case "並立助詞":
			w.trait = parallel
		case "係助詞":
			w.trait = topical
		case "接続助詞":
			w.trait = conjunctive
		case "格助詞":
			w.trait = casual
			if t.POS[2] == "引用" {
				w.trait |= quoting
			}
		case "副助詞", "副助詞／並立助詞／終助詞":
			w.trait = restricting
		}
	case "副詞":
		w.class = adverb
	case "連体詞":
		w.class = adnominal
	case "接続詞":
		w.class = conjunction
	case "接頭詞":
		w.class = prefix
	case "記号":
		w.class = symbol
		switch t.POS[1] {
		case "読点":
			w.trait = comma
		case "句点":
			w.trait = period
		case "括弧開":
			w.trait = opener
		case "括弧閉":
			w.trait = closer
		default:
			switch t.Norm {
			case "・":
				w.trait = middot
			case "、", ",", "，":
				w.trait = comma
			case "!", "?", "！", "？", "。":
				w.trait = period
			}
		}
	}
	switch t.Kind {
	case morph.Name:
		w.class, w.trait = noun, w.trait|proper|mayActor
	case morph.Number:
		w.class, w.trait = noun, w.trait|number
	case morph.DateUnit:
		w.class, w.trait = noun, w.trait|timelike|adverbial
	case morph.OneKanji:
		w.class, w.trait = noun, w.trait|proper|mayActor|countrylike
	}
	if t.ISO3 != "" {
		w.trait |= mayActor | countrylike
	}
	return w
}
