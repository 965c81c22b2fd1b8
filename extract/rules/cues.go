package rules

import (
	"embed"
	"fmt"
	"io/fs"
	"sort"
)

//go:embed data/cues_*.yaml
var cueFiles embed.FS

// Effect is a set of what a cue does to the predicate that it reaches.
type Effect uint32

// The effects. Negated turns polarity over; the modalities and reasons for stating nothing are those of
// clause.Predicate; the voices, tenses and links are read from what follows the predicate.
const (
	Negated Effect = 1 << iota
	Planned
	Possible
	Threatened

	Conditional
	Counterfactual
	Hypothetical
	Question
	Requested
	Obligation
	General

	Passive
	Causative
	Receive
	Give
	Potential

	Past
	Progressive

	Chain
	Condition
	Cause
	Concession
	Purpose
	Time
	QuoteLink
)

// Modalities and Reasons are the effects that set a modality, and those that say why nothing is stated.
const (
	Modalities = Planned | Possible | Threatened
	Reasons    = Conditional | Counterfactual | Hypothetical | Question | Requested | Obligation | General
	Links      = Chain | Condition | Cause | Concession | Purpose | Time | QuoteLink
)

var effectNames = []struct {
	name string
	e    Effect
}{
	{"negated", Negated}, {"planned", Planned}, {"possible", Possible}, {"threatened", Threatened},
	{"conditional", Conditional}, {"counterfactual", Counterfactual}, {"hypothetical", Hypothetical},
	{"question", Question}, {"requested", Requested}, {"obligation", Obligation}, {"general", General},
	{"passive", Passive}, {"causative", Causative}, {"receive", Receive}, {"give", Give}, {"potential", Potential},
	{"past", Past}, {"progressive", Progressive},
	{"chain", Chain}, {"condition", Condition}, {"cause", Cause}, {"concession", Concession}, {"purpose", Purpose},
	{"time", Time}, {"quote", QuoteLink},
}

// Name is the data files' word for a single effect; of several the first in the order of the constants, "" for none.
func (e Effect) Name() string {
	for _, n := range effectNames {
		if e&n.e != 0 {
			return n.name
		}
	}
	return ""
}

// Auxiliary is a pattern of words behind a predicate.
type Auxiliary struct {
	ID   string
	Set  Effect
	Wide bool
}

// Particle is a pattern of particles behind a noun, or a verb that serves as one.
type Particle struct {
	ID string
	// Case is a clause.Case, or "source", "as", "none".
	Case string
	// Adnominal reports whether the phrase goes on to a noun.
	Adnominal bool
}

// ParticleVerb is a verb that serves as a particle behind a phrase in the case particle Behind.
type ParticleVerb struct {
	ID     string
	Behind string
	Case   string
	// Adverbial, Adnominal, Conditional and Continuative say in which inflections it does.
	Adverbial, Adnominal, Conditional, Continuative bool
}

// LightVerb says that an event noun in the case In of a verb is the predicate.
type LightVerb struct {
	ID string
	// In is the case of the event noun: wo, ni or ga.
	In string
	// Nouns limits the event nouns by their head word or compound; nil is any.
	Nouns map[string]bool
	// Receiving reports that the verb's subject is what the act is done to.
	Receiving bool
	Effect    Effect
}

// By says how a content hangs on the word that embeds it, as a set.
type By uint8

// The ways.
const (
	ByNoun By = 1 << iota
	ByGa
	ByNi
	ByClause
	ByYou
)

// Embedding is a word that embeds a clause or event noun, and what that makes of it.
type Embedding struct {
	ID string
	By By
	// Content is what becomes of the content, Nonpast the same for a clause in the dictionary form, Denied where the
	// word itself is negated; HasNonpast and HasDenied report whether the latter two were given.
	Content, Nonpast, Denied Effect
	HasNonpast, HasDenied    bool
	// Speech reports that the subject says the content.
	Speech bool
	// Role is what a noun makes of its clause besides: "fact", "time", "condition", "purpose", "besides" or "".
	Role string
	// Control is the case whose filler does the content where it names no subject: "ga", "ni", or "none".
	Control string
}

// Suffix is a word behind an event noun that keeps it readable.
type Suffix struct{ Set Effect }

// Contraction is a one-kanji verb or relation before a country.
type Contraction struct{ Lemma, Case string }

// Cues is what package clause knows of words. It is immutable once loaded and safe for concurrent use.
type Cues struct {
	// Auxiliaries and Particles read the words behind a predicate and a noun.
	Auxiliaries *Patterns[Auxiliary]
	Particles   *Patterns[Particle]
	// ParticleVerbs by dictionary form.
	ParticleVerbs map[string][]ParticleVerb
	// Light verbs by dictionary form, in the order of the file.
	Light map[string][]LightVerb
	// EventNouns are event nouns besides the dictionary's, NotEvents those that are none.
	EventNouns, NotEvents map[string]bool
	// Quantities are adverbial nouns that name people or things.
	Quantities map[string]bool
	// AsNouns tell with に what a を phrase is taken as.
	AsNouns map[string]bool
	// Carriers are nouns that only carry the event noun before them.
	Carriers     map[string]bool
	Suffixes     map[string]Suffix
	Contractions map[string]Contraction
	// Talks and Journeys are occasions on which things are said and agreed: meetings, and travel to them.
	Talks, Journeys map[string]bool
	// Reactions are done in words and stand beside what is planned or asked behind them.
	Reactions map[string]bool
	// Agreed are verbs whose で tells what is agreed on (撤退で合意), Means the acts by whose で it is reached (仲介で合意).
	Agreed, Means map[string]bool
	// Mutual are verbs that two parties do with each other.
	Mutual map[string]bool
	// Goals are verbs whose に is never the agent of their passive.
	Goals    map[string]bool
	Prefixes map[string]Contraction
	// Verbs and Nouns embed clauses, by dictionary form, in the order of the file.
	Verbs, Nouns map[string][]Embedding
	// FirstPerson, FirstCountry, Performatives, Stative, Attitudes, Hostile, Sources and Hearsay as cues_speech.yaml tells.
	FirstPerson, FirstCountry, Performatives, Stative, Attitudes, Hostile, Sources map[string]bool
	Hearsay                                                                        map[string]Effect
}

// LoadCues reads the embedded cues. An error lists every fault with its file and line.
func LoadCues() (*Cues, error) {
	sub, err := fs.Sub(cueFiles, "data")
	if err != nil {
		return nil, fmt.Errorf("rules: embedded cues: %w", err)
	}
	return ReadCues(sub)
}

// sortedKeys returns the keys of a set in order, for messages.
func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
