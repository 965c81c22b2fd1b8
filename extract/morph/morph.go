// Package morph turns a sentence into tokens. It is the only importer of kagome, and the place where byte spans of tokens
// are made, once. Names that the dictionary breaks are joined, and contractions (訪日, 対ロ, 日米韓) are opened.
package morph

import "github.com/entente-kg/entente/schema"

// Kind tells tokens that need special care from plain words.
type Kind uint8

// The kinds of token.
const (
	Plain    Kind = iota
	Name          // a proper name joined or found by shape (何立峰, ベッセント, フン・マネット)
	Number        // digits with their separators (100, 1億2千万, 三)
	DateUnit      // 年 月 日 時 … after a number, or a whole date token
	OneKanji      // a country written with one kanji or kana where the context allows that reading (米, 中, ロ)
	Travel        // 訪 in 訪日, 来 in 来日, 離 in 離日, 帰 in 帰国: a verb in one kanji, before a OneKanji token
	Relation      // 対 in 対ロ, 反 in 反日, 親 in 親米, 在 in 在日, 駐 in 駐米: before a OneKanji token or country
	Symbol        // punctuation and brackets
)

// Token is a morpheme. Spans of a sentence's tokens do not overlap, rise, and cover all but white space and dropped pieces.
type Token struct {
	// Span points into the part of the document that the sentence belongs to.
	Span schema.Span
	// Surface is the wording, untouched; Norm the same in NFKC with variant kanji folded.
	Surface string
	Norm    string
	// POS is the IPA part of speech, up to four levels (名詞, サ変接続, "", ""); "" where there is none.
	POS [4]string
	// Base is the dictionary form (of Norm for unknown words); Reading the katakana reading, or "".
	Base    string
	Reading string
	// Infl and Form are the IPA inflection type (五段・ラ行) and form (連用形), or "".
	Infl string
	Form string
	// Known reports whether the dictionary (system or user) has the word.
	Known bool
	Kind  Kind
	// ISO3 is the country a OneKanji token stands for, or "".
	ISO3 string
}
