package rules

import (
	"embed"
	"io/fs"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/entente-kg/entente/schema"
)

//go:embed data/frames/*.yaml
var frameFiles embed.FS

// Frame says how the language words one relation: its triggers, which arguments fill subject and object, and what else
// must or must not stand there. data/frames/README.md tells the fields.
type Frame struct {
	ID       string `yaml:"id"`
	Relation string `yaml:"relation"`
	// Priority orders the frames of one predicate, highest first; 0 stands for 50.
	Priority int `yaml:"priority"`
	// Also has the frame tried after another frame has made a statement of the same predicate.
	Also bool `yaml:"also"`
	// Reliability, 0 to 1, is how often its statements hold when parse and names do; 0 stands for 0.8.
	Reliability float64 `yaml:"reliability"`

	// Nouns and Verbs are the triggers, by lemma; a noun also triggers as the end of a compound.
	Nouns []string `yaml:"nouns"`
	Verbs []string `yaml:"verbs"`
	// Forms, Light and Compound narrow the triggers; empty is no limit.
	Forms    []string `yaml:"forms"`
	Light    []string `yaml:"light"`
	Compound []string `yaml:"compound"`

	// Parties are the paths of a symmetric relation, Subject and Object those of any other, in order of preference.
	Parties []Path `yaml:"parties"`
	Subject []Path `yaml:"subject"`
	Object  []Path `yaml:"object"`
	// SubjectTypes and ObjectTypes narrow the ontology's types; empty is no limit.
	SubjectTypes []schema.EntityType `yaml:"subject-types"`
	ObjectTypes  []schema.EntityType `yaml:"object-types"`

	// Apposition has the frame read nouns beside one another, too: "compound" NATO加盟国のトルコ (the noun described is the subject,
	// what stands inside the trigger's compound the object), "place" 訪問先のソウル (the noun described is the object, the
	// clause's subject the subject), "host" 議長国ブラジル (the country is the subject, the event named last the object).
	Apposition string `yaml:"apposition"`

	// Need and NeedAny are companions (all cases, or one case), Unless those that forbid the frame.
	Need    map[string][]string `yaml:"need"`
	NeedAny map[string][]string `yaml:"need-any"`
	Unless  map[string][]string `yaml:"unless"`
	// NegativeOnly are triggers that count only when negated (認めない).
	NegativeOnly []string `yaml:"negative-only"`
	// PositiveOnly are triggers that count only when not negated (止まない).
	PositiveOnly []string `yaml:"positive-only"`

	// Polarity "negated" turns the predicate's polarity over; Modality overrides an actual one.
	Polarity schema.Polarity `yaml:"polarity"`
	Modality schema.Modality `yaml:"modality"`
	// Content "threat" drops the statement where the content clause makes one of its own.
	Content string `yaml:"content"`

	Examples FrameExamples `yaml:"examples"`

	// File and Line are where the frame stands, for messages.
	File string `yaml:"-"`
	Line int    `yaml:"-"`
}

// FrameExamples are a frame's own tests.
type FrameExamples struct {
	For     []FrameExample `yaml:"for"`
	Against []string       `yaml:"against"`
}

// FrameExample is a text with what it must say: "subject relation object [polarity] [modality]" by Japanese names.
type FrameExample struct {
	Text string   `yaml:"text"`
	Says []string `yaml:"says"`
}

// Path is a way from a predicate to the phrases that fill a role: steps joined by +, all of which fill it together.
type Path string

// Steps are the path's parts in order.
func (p Path) Steps() []string { return strings.Split(string(p), "+") }

// Split parts a step into its case and its way on: of, to, in, or "" for the argument itself.
func Split(step string) (kase, via string) {
	kase, via, _ = strings.Cut(step, ".")
	return kase, via
}

// Curve is a logistic curve over the logit of a score.
type Curve struct {
	Intercept float64 `yaml:"intercept"`
	Slope     float64 `yaml:"slope"`
}

// At is the probability that belongs to a score between 0 and 1.
func (c Curve) At(score float64) float64 {
	score = min(max(score, 0.001), 0.999)
	return 1 / (1 + math.Exp(-(c.Intercept + c.Slope*math.Log(score/(1-score)))))
}

// Score is the score whose probability is p: the inverse of At.
func (c Curve) Score(p float64) float64 {
	if c.Slope == 0 {
		return p
	}
	p = min(max(p, 0.001), 0.999)
	return 1 / (1 + math.Exp(-(math.Log(p/(1-p))-c.Intercept)/c.Slope))
}

// Frames is a validated set of frames with the ontology they speak. It is immutable and safe for concurrent use.
type Frames struct {
	// All holds the frames by falling priority, those of one priority in the order of the files.
	All      []Frame
	Ontology *schema.Ontology
	// Confidence maps the product of a statement's features to a probability.
	Confidence Curve

	byTrigger map[string][]int
}

// LoadFrames reads the embedded frames and then those of the extra folders (*.yaml in their roots), which may also
// add relations. An error lists every fault with its file and line.
func LoadFrames(extra ...fs.FS) (*Frames, error) {
	embedded, err := fs.Sub(frameFiles, "data/frames")
	if err != nil {
		return nil, err
	}
	return ReadFrames(schema.Relations(), append([]fs.FS{embedded}, extra...)...)
}

// For lists the indices (into All) of the frames that may be triggered by a predicate with this lemma and compound, by
// falling priority: those with the lemma, or with a trigger noun of at least two characters that ends the compound.
func (f *Frames) For(lemma, compound string) []int {
	found := slices.Clone(f.byTrigger[lemma])
	for _, word := range []string{compound, lemma} {
		for i := range word {
			if i > 0 && utf8.RuneCountInString(word[i:]) < 2 {
				break
			}
			if i > 0 || word != lemma {
				found = append(found, f.byTrigger["…"+word[i:]]...)
			}
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func (f *Frames) index() {
	slices.SortStableFunc(f.All, func(a, b Frame) int { return b.Priority - a.Priority })
	f.byTrigger = make(map[string][]int)
	for i := range f.All {
		add := func(key string) {
			if l := f.byTrigger[key]; len(l) == 0 || l[len(l)-1] != i {
				f.byTrigger[key] = append(l, i)
			}
		}
		for _, n := range f.All[i].Nouns {
			add(n)
			add("…" + n)
		}
		for _, v := range f.All[i].Verbs {
			add(v)
		}
	}
}
