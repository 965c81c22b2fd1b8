package rules

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// cueLoader collects the faults of all files, each with its place.
type cueLoader struct {
	fsys   fs.FS
	cues   *Cues
	faults []error
	ids    map[string]string
}

// ReadCues reads cues_auxiliaries.yaml, cues_particles.yaml, cues_light.yaml, cues_events.yaml, cues_embedding.yaml and
// cues_speech.yaml from fsys. An error joins every fault as file:line: what was read, what was expected.
func ReadCues(fsys fs.FS) (*Cues, error) {
	l := &cueLoader{fsys: fsys, ids: map[string]string{}, cues: &Cues{
		Auxiliaries: &Patterns[Auxiliary]{}, Particles: &Patterns[Particle]{},
		ParticleVerbs: map[string][]ParticleVerb{}, Light: map[string][]LightVerb{},
		EventNouns: map[string]bool{}, NotEvents: map[string]bool{}, Goals: map[string]bool{}, Mutual: map[string]bool{}, Talks: map[string]bool{}, Agreed: map[string]bool{}, Means: map[string]bool{}, Journeys: map[string]bool{}, Reactions: map[string]bool{}, Quantities: map[string]bool{}, AsNouns: map[string]bool{}, Carriers: map[string]bool{}, Suffixes: map[string]Suffix{},
		Contractions: map[string]Contraction{}, Prefixes: map[string]Contraction{},
		Verbs: map[string][]Embedding{}, Nouns: map[string][]Embedding{},
		FirstPerson: map[string]bool{}, FirstCountry: map[string]bool{}, Performatives: map[string]bool{},
		Stative: map[string]bool{}, Attitudes: map[string]bool{}, Hostile: map[string]bool{}, Sources: map[string]bool{}, Hearsay: map[string]Effect{},
	}}
	l.auxiliaries()
	l.particles()
	l.light()
	l.events()
	l.embedding()
	l.speech()
	if len(l.faults) > 0 {
		return nil, fmt.Errorf("rules: cues: %w", errors.Join(l.faults...))
	}
	return l.cues, nil
}

func (l *cueLoader) fault(file string, line int, format string, args ...any) {
	l.faults = append(l.faults, fmt.Errorf("%s:%d: %s", file, line, fmt.Sprintf(format, args...)))
}

// id reports a rule's id that is missing or stands twice.
func (l *cueLoader) id(file string, line int, id string) {
	place := fmt.Sprintf("%s:%d", file, line)
	switch first, dup := l.ids[id]; {
	case id == "":
		l.fault(file, line, "a rule without id: give it one, as in {id: aux.past, …}")
	case dup:
		l.fault(file, line, "the id %q stands at %s too: ids are unique over all cues files", id, first)
	default:
		l.ids[id] = place
	}
}

// effects reads a list of effect names.
func (l *cueLoader) effects(file string, line int, names []string) Effect {
	var e Effect
	for _, n := range names {
		found := false
		for _, k := range effectNames {
			if k.name == n {
				e |= k.e
				found = true
			}
		}
		if !found {
			known := make([]string, len(effectNames))
			for i, k := range effectNames {
				known[i] = k.name
			}
			l.fault(file, line, "%q is no effect: expected one of %s", n, strings.Join(known, ", "))
		}
	}
	return e
}

// words enters words into a set, reporting doubles.
func (l *cueLoader) words(file string, line int, set map[string]bool, list []string) {
	for _, w := range list {
		switch {
		case w == "":
			l.fault(file, line, "an empty word in a list")
		case set[w]:
			l.fault(file, line, "%q stands twice", w)
		}
		set[w] = true
	}
}

// root parses a file and returns its top-level node, nil when that failed.
func (l *cueLoader) root(file string) ast.Node {
	data, err := fs.ReadFile(l.fsys, file)
	if err != nil {
		l.fault(file, 0, "cannot be read: %v", err)
		return nil
	}
	f, err := parser.ParseBytes(data, 0)
	if err != nil {
		l.fault(file, yamlLine(err), "is no YAML: %v", firstLine(err))
		return nil
	}
	if len(f.Docs) == 0 || f.Docs[0].Body == nil {
		l.fault(file, 1, "is empty")
		return nil
	}
	return f.Docs[0].Body
}

// field returns the value of a key of a mapping.
func (l *cueLoader) field(file string, n ast.Node, key string) ast.Node {
	if m, ok := n.(*ast.MappingNode); ok {
		for _, v := range m.Values {
			if v.Key.String() == key {
				return v.Value
			}
		}
	}
	if n != nil {
		l.fault(file, lineOf(n), "the key %q is missing", key)
	}
	return nil
}

// eachItem decodes every item of a sequence into a fresh T and hands it to f with its line.
func eachItem[T any](l *cueLoader, file string, n ast.Node, f func(line int, item T)) {
	if n == nil {
		return
	}
	seq, ok := n.(*ast.SequenceNode)
	if !ok {
		l.fault(file, lineOf(n), "expected a list")
		return
	}
	for _, v := range seq.Values {
		var item T
		if err := yaml.NodeToValue(v, &item, yaml.Strict()); err != nil {
			l.fault(file, lineOf(v), "%s", firstLine(err))
			continue
		}
		f(lineOf(v), item)
	}
}

func lineOf(n ast.Node) int {
	if t := n.GetToken(); t != nil && t.Position != nil {
		return t.Position.Line
	}
	return 0
}

// yamlLine takes the line out of a syntax error of the YAML reader ("[3:5] …").
func yamlLine(err error) int {
	line := 0
	if _, scanErr := fmt.Sscanf(err.Error(), "[%d:", &line); scanErr != nil {
		return 0
	}
	return line
}

func firstLine(err error) string {
	s, _, _ := strings.Cut(err.Error(), "\n")
	return s
}

// wordList reads a plain list of words into a set.
func (l *cueLoader) wordList(file, key string, n ast.Node, set map[string]bool) {
	if n == nil {
		return
	}
	var list []string
	if err := yaml.NodeToValue(n, &list); err != nil {
		l.fault(file, lineOf(n), "%s: expected a list of words: %s", key, firstLine(err))
		return
	}
	l.words(file, lineOf(n), set, list)
}
