package rules

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"

	"github.com/entente-kg/entente/schema"
)

// frameFile is one file of frames.
type frameFile struct {
	// Relations extend the ontology; used by a researcher's own rules.
	Relations []schema.Relation `yaml:"relations"`
	Frames    []Frame           `yaml:"frames"`
	// Confidence replaces the curve of the files before.
	Confidence *Curve `yaml:"confidence"`

	name string
	text []byte
	err  error
}

// frameCases are the words a path or a companion may begin with.
var frameCases = []string{
	"ga", "wo", "ni", "to", "kara", "de", "he", "made", "yori", "no", "ni-yoru", "ni-taishi", "ni-tsuite", "ni-muke",
	"to-no", "e-no", "kara-no", "de-no", "compound", "time", "quote", "topic", "apposition",
}

var (
	frameForms = []string{"verb", "sahen", "sahen-bare", "light", "event-noun", "copula", "adjective", "contraction"}
	frameVias  = []string{"", "of", "to", "in", "at", "from"}
)

// ReadFrames reads every *.yaml file in the roots of the given folders, in name order, over ontology o.
func ReadFrames(o *schema.Ontology, folders ...fs.FS) (*Frames, error) {
	var files []*frameFile
	for _, folder := range folders {
		names, err := fs.Glob(folder, "*.yaml")
		if err != nil {
			return nil, fmt.Errorf("frames: %w", err)
		}
		slices.Sort(names)
		for _, name := range names {
			text, err := fs.ReadFile(folder, name)
			if err != nil {
				return nil, fmt.Errorf("frames: %w", err)
			}
			files = append(files, &frameFile{name: name, text: text})
		}
	}
	// YAML is slow to read: one goroutine a file.
	var wg sync.WaitGroup
	for _, file := range files {
		wg.Go(func() { file.err = yaml.UnmarshalWithOptions(file.text, file, yaml.Strict()) })
	}
	wg.Wait()

	var faults []error
	var relations []schema.Relation
	f := &Frames{Ontology: o, Confidence: Curve{Slope: 1}}
	for _, file := range files {
		if file.err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", file.name, file.err))
			continue
		}
		relations = append(relations, file.Relations...)
		if file.Confidence != nil {
			if f.Confidence = *file.Confidence; f.Confidence.Slope <= 0 {
				faults = append(faults, fmt.Errorf("%s: confidence: slope %v, want more than 0", file.name, f.Confidence.Slope))
			}
		}
		for _, frame := range file.Frames {
			frame.File, frame.Line = file.name, lineOfID(file.text, frame.ID)
			if frame.Priority == 0 {
				frame.Priority = 50
			}
			if frame.Reliability == 0 {
				frame.Reliability = 0.8
			}
			f.All = append(f.All, frame)
		}
	}
	if len(relations) > 0 {
		extended, err := o.Extend(relations)
		if err != nil {
			faults = append(faults, fmt.Errorf("frames: %w", err))
		} else {
			f.Ontology = extended
		}
	}
	faults = append(faults, f.validate()...)
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	f.index()
	return f, nil
}

// lineOfID is the number of the line that gives the id, 1 when there is none.
func lineOfID(text []byte, id string) int {
	n := 1
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(strings.TrimLeft(line, " -"), "id:"); ok && strings.TrimSpace(rest) == id {
			return n
		}
		n++
	}
	return 1
}

func (f *Frames) validate() []error {
	var faults []error
	seen := make(map[string]string)
	for i := range f.All {
		fr := &f.All[i]
		fault := func(format string, a ...any) {
			faults = append(faults, fmt.Errorf("%s:%d: frame %q: %s", fr.File, fr.Line, fr.ID, fmt.Sprintf(format, a...)))
		}
		if fr.ID == "" {
			fault("want an id such as meets/talks")
		}
		if at, ok := seen[fr.ID]; ok {
			fault("the id is taken by %s", at)
		}
		seen[fr.ID] = fmt.Sprintf("%s:%d", fr.File, fr.Line)
		relation, ok := f.Ontology.Get(fr.Relation)
		if !ok {
			fault("relation %q is not in the ontology", fr.Relation)
		}
		if len(fr.Nouns)+len(fr.Verbs) == 0 {
			fault("want at least one trigger in nouns or verbs")
		}
		if fr.Reliability < 0 || fr.Reliability > 1 {
			fault("reliability %v, want 0 to 1", fr.Reliability)
		}
		if relation.Symmetric != (len(fr.Parties) > 0) {
			fault("want parties for a symmetric relation, subject and object for any other")
		}
		if !relation.Symmetric && (len(fr.Subject) == 0 || len(fr.Object) == 0) {
			fault("want subject and object")
		}
		for _, p := range slices.Concat(fr.Parties, fr.Subject, fr.Object) {
			for _, step := range p.Steps() {
				kase, via := Split(step)
				if step != "self" && step != "self.to" && step != "self.in" && step != "recent" && step != "chain" && step != "focus" && step != "above" && step != "matrix" && step != "partner" && step != "below" && step != "condition" && step != "opponent" && step != "stricken" && step != "talks" && step != "speaker" && !slices.Contains(frameCases, kase) || !slices.Contains(frameVias, via) {
					fault("%q is no path (want a case, case.of, case.to, case.in, self or speaker)", step)
				}
			}
		}
		for _, m := range []map[string][]string{fr.Need, fr.NeedAny, fr.Unless} {
			for _, kase := range slices.Sorted(maps.Keys(m)) {
				if kase != "text" && kase != "sentence" && kase != "light" && kase != "link" && kase != "content" && !slices.Contains(frameCases, kase) {
					fault("%q is no case of a companion", kase)
				}
			}
		}
		for _, form := range fr.Forms {
			if !slices.Contains(frameForms, form) {
				fault("%q is no form (want one of %s)", form, strings.Join(frameForms, ", "))
			}
		}
		for _, t := range slices.Concat(fr.SubjectTypes, fr.ObjectTypes) {
			if !slices.Contains(schema.EntityTypes(), t) {
				fault("%q is no entity type", t)
			}
		}
		if fr.Polarity != "" && fr.Polarity != schema.Negated {
			fault("polarity %q, want negated", fr.Polarity)
		}
		if fr.Apposition != "" && !slices.Contains([]string{"compound", "place", "host"}, fr.Apposition) {
			fault("apposition %q, want compound, place or host", fr.Apposition)
		}
		if fr.Content != "" && fr.Content != "threat" {
			fault("content %q, want threat", fr.Content)
		}
		if len(fr.Examples.For) == 0 || len(fr.Examples.Against) == 0 {
			fault("want an example for and one against")
		}
	}
	return faults
}
