// Package clause finds the predicates of a sentence and their arguments: verbs, サ変 nouns with and without する,
// sentence-final nouns, light verbs, event nouns, copulas and contractions, with voice turned, coordination expanded,
// quotations given their speaker, polarity and modality read, and ellipsed subjects restored.
package clause

import (
	"github.com/entente-kg/entente/schema"
)

// Form is how a predicate is expressed.
type Form string

// The forms of predicate.
const (
	Verb        Form = "verb"        // 訪れる, 課す
	Sahen       Form = "sahen"       // 訪問する, 合意した
	SahenBare   Form = "sahen-bare"  // 協定に署名。／首脳会談へ: a サ変 noun that ends its clause without する
	Light       Form = "light"       // 会談を行う, 懸念を示す, 訪問を受ける: the event noun is the predicate
	EventNoun   Form = "event-noun"  // 米中首脳会談, AとBの協議, AによるBへの攻撃
	Copula      Form = "copula"      // 立会人だ, 議長国である, 反対だ
	Adjective   Form = "adjective"   // 強い, ない
	Contraction Form = "contraction" // 訪日, 来日, 対ロ (制裁)
)

// Voice is the predicate's voice as written; Args are already turned to the active reading.
type Voice string

// The voices.
const (
	Active      Voice = "active"
	Passive     Voice = "passive"     // 批判された
	Causative   Voice = "causative"   // 撤退させた
	Benefactive Voice = "benefactive" // 支持してもらう, 支持してくれた
	Receiving   Voice = "receiving"   // 訪問を受ける, 非難を浴びる
	Potential   Voice = "potential"   // 署名できる
)

// Case is the role marker of an argument, in the active voice.
type Case string

// The cases. Compound particles are cases of their own.
const (
	Ga         Case = "ga"        // が: who does it
	Wo         Case = "wo"        // を
	Ni         Case = "ni"        // に
	To         Case = "to"        // と: with whom
	Kara       Case = "kara"      // から
	De         Case = "de"        // で: where, by what
	He         Case = "he"        // へ
	Made       Case = "made"      // まで
	Yori       Case = "yori"      // より
	No         Case = "no"        // の before an event noun: subject or object, undecided
	NiYoru     Case = "ni-yoru"   // による, によって: agent of a noun or passive
	NiTaishi   Case = "ni-taishi" // に対して, に対する, 対-
	NiTsuite   Case = "ni-tsuite" // について, をめぐって, に関する: topic
	NiMuke     Case = "ni-muke"   // に向けて
	ToNo       Case = "to-no"     // との before an event noun: with whom
	ENo        Case = "e-no"      // への before an event noun
	KaraNo     Case = "kara-no"   // からの before an event noun
	DeNo       Case = "de-no"     // での before an event noun
	Compound   Case = "compound"  // inside the event noun's own compound: 米中 in 米中首脳会談, 停戦協定 in 停戦協定署名
	Time       Case = "time"      // an adverbial time expression
	Quote      Case = "quote"     // と, との, よう (に): the content clause; see Predicate.Content
	Topic      Case = "topic"     // は whose case could not be decided
	Apposition Case = "apposition"
)

// How says how an argument was found.
type How string

// The ways of finding an argument.
const (
	Overt       How = "overt"     // a particle on a dependent
	ByTopic     How = "topic"     // は, も, or no particle
	ByRelative  How = "relative"  // the head noun of the relative clause
	ByShared    How = "shared"    // shared by chained or coordinated predicates
	ByNoun      How = "noun"      // の, による, への … before an event noun
	ByCompound  How = "compound"  // inside a compound
	ByEllipsis  How = "ellipsis"  // left out; from an earlier clause of the sentence
	ByContext   How = "context"   // left out; from an earlier sentence
	BySpeaker   How = "speaker"   // 私, 我々, わが国, or left out inside a quotation
	ByPossessor How = "possessor" // Aの…をVする
)

// Argument fills one case of a predicate. A coordination gives one Argument for each conjunct, all with the same Case
// and Group.
type Argument struct {
	Case Case
	// Surface is the case as written, before the voice or a light verb turned it; equal to Case where nothing did.
	Surface Case
	How     How
	// Sentence is the index of the sentence that holds it (schema.Sentence.Index).
	Sentence int
	// Span covers the noun phrase's head noun with its compound (アメリカのベッセント財務長官: ベッセント財務長官), without
	// particles. Its last byte is the end of the head word.
	Span schema.Span
	// Chunk is the head's chunk within that sentence, -1 for a piece of a compound.
	Chunk int
	// Group numbers the coordinated phrase within the predicate: conjuncts share it.
	Group int
	// Certainty, 0 to 1.
	Certainty float64
}

// Link says how a predicate hangs on its parent predicate.
type Link string

// The links.
const (
	Main       Link = "main"       // the sentence's last predicate
	Chained    Link = "chained"    // て, し, 連用中止, つつ, ながら: as real as its parent
	Relative   Link = "relative"   // modifies a noun
	Quoted     Link = "quoted"     // content of a quotation or と-clause
	Complement Link = "complement" // こと, の, よう, 方針, 考え, 可能性 …: content of the parent
	Condition  Link = "condition"  // れば, たら, なら, と, 場合, 限り
	Cause      Link = "cause"      // ため, ので, から, として
	Concession Link = "concession" // が, けれど, ものの, のに
	Purpose    Link = "purpose"    // ために, ように, べく, に (行く)
	TimeOf     Link = "time"       // 前に, 後, 際, とき, 中
	Argumental Link = "argument"   // an event noun that is itself an argument
)

// Predicate is one predication of a sentence.
type Predicate struct {
	// Index numbers the predicates of a sentence in text order of their triggers.
	Index int
	// Sentence is the sentence's index (schema.Sentence.Index).
	Sentence int
	// Span is the trigger's wording without inflection endings and particles (会談, 課す as 課); Lemma its dictionary form:
	// 会談, 訪問, 課す. A サ変 predicate's lemma is its noun.
	Span  schema.Span
	Lemma string
	Form  Form
	// Light is the light verb's lemma for Form Light (行う, 表明, 示す, 受ける), "" else.
	Light string
	// Compound is the full noun compound that an event noun heads, in normalised form (首脳会談, 電話会談, 追加関税), "" else.
	Compound string
	// LightSpan and LightChunk are the light verb's wording and bunsetsu for Form Light; the zero span and -1 else.
	LightSpan  schema.Span
	LightChunk int
	Voice      Voice
	// Chunk is the bunsetsu that holds the trigger.
	Chunk int
	// Args are in text order within their case; cases in the order of the Case constants.
	Args []Argument

	Polarity schema.Polarity
	Modality schema.Modality
	// Past reports た or an equivalent.
	Past bool
	// Progressive reports ている: a state or an act that goes on or has been done.
	Progressive bool
	// Nonfactual names why the predicate states nothing ("conditional", "counterfactual", "hypothetical", "question",
	// "requested", "obligation", "general"), "" when it does.
	Nonfactual string
	// Why lists the cues that set polarity and modality, innermost first: "planned: 方針", "negated: ない".
	Why []string

	// Parent is the index of the predicate this one depends on, -1 for none; Link how.
	Parent int
	Link   Link
	// Speakers are who says it, when it is quoted or reported, innermost first.
	Speakers []Argument
	// InQuote reports whether the trigger stands inside brackets of quotation.
	InQuote bool
	// Certainty of the analysis, 0 to 1.
	Certainty float64
}

// Arg returns the arguments of p that fill case c, in text order.
func (p *Predicate) Arg(c Case) []Argument {
	var out []Argument
	for _, a := range p.Args {
		if a.Case == c {
			out = append(out, a)
		}
	}
	return out
}

// Sentence holds the predicates of one sentence.
type Sentence struct {
	Index      int
	Predicates []Predicate
}
