package rules

import (
	"fmt"
	"strings"
)

// The cases that data files may name, in package clause's words.
var cueCases = map[string]bool{
	"ga": true, "wo": true, "ni": true, "to": true, "kara": true, "de": true, "he": true, "made": true, "yori": true,
	"ni-yoru": true, "ni-taishi": true, "ni-tsuite": true, "ni-muke": true,
	"source": true, "as": true, "none": true,
}

func (l *cueLoader) knownCase(file string, line int, c string) {
	if !cueCases[c] {
		l.fault(file, line, "%q is no case: expected one of %s", c, strings.Join(sortedKeys(cueCases), ", "))
	}
}

func (l *cueLoader) auxiliaries() {
	const file = "cues_auxiliaries.yaml"
	type item struct {
		ID    string   `yaml:"id"`
		After string   `yaml:"after"`
		Set   []string `yaml:"set"`
		Wide  bool     `yaml:"wide"`
	}
	eachItem(l, file, l.root(file), func(line int, it item) {
		l.id(file, line, it.ID)
		v := Auxiliary{ID: it.ID, Set: l.effects(file, line, it.Set), Wide: it.Wide}
		if err := l.cues.Auxiliaries.add(it.After, v); err != nil {
			l.fault(file, line, "%s: %v", it.ID, err)
		}
	})
}

func (l *cueLoader) particles() {
	const file = "cues_particles.yaml"
	root := l.root(file)
	type particle struct {
		ID        string   `yaml:"id"`
		Case      string   `yaml:"case"`
		After     []string `yaml:"after"`
		Adnominal bool     `yaml:"adnominal"`
	}
	eachItem(l, file, l.field(file, root, "particles"), func(line int, it particle) {
		l.id(file, line, it.ID)
		l.knownCase(file, line, it.Case)
		for _, a := range it.After {
			v := Particle{ID: it.ID, Case: it.Case, Adnominal: it.Adnominal}
			if err := l.cues.Particles.add(a, v); err != nil {
				l.fault(file, line, "%s: %v", it.ID, err)
			}
		}
	})
	type verb struct {
		ID     string   `yaml:"id"`
		Verb   []string `yaml:"verb"`
		Behind string   `yaml:"behind"`
		Case   string   `yaml:"case"`
		Forms  []string `yaml:"forms"`
	}
	eachItem(l, file, l.field(file, root, "verbs"), func(line int, it verb) {
		l.id(file, line, it.ID)
		l.knownCase(file, line, it.Case)
		v := ParticleVerb{ID: it.ID, Behind: it.Behind, Case: it.Case}
		for _, f := range it.Forms {
			switch f {
			case "adverbial":
				v.Adverbial = true
			case "adnominal":
				v.Adnominal = true
			case "conditional":
				v.Conditional = true
			case "continuative":
				v.Continuative = true
			default:
				l.fault(file, line, "%q is no form: expected adverbial, adnominal, conditional or continuative", f)
			}
		}
		if it.Behind == "" {
			l.fault(file, line, "%s names no particle in behind", it.ID)
		}
		for _, w := range it.Verb {
			l.cues.ParticleVerbs[w] = append(l.cues.ParticleVerbs[w], v)
		}
	})
}

func (l *cueLoader) light() {
	const file = "cues_light.yaml"
	type item struct {
		ID     string   `yaml:"id"`
		Verbs  []string `yaml:"verbs"`
		In     string   `yaml:"in"`
		Nouns  []string `yaml:"nouns"`
		Voice  string   `yaml:"voice"`
		Effect string   `yaml:"effect"`
	}
	eachItem(l, file, l.root(file), func(line int, it item) {
		l.id(file, line, it.ID)
		v := LightVerb{ID: it.ID, In: it.In}
		switch it.In {
		case "wo", "ni", "ga":
		default:
			l.fault(file, line, "%s: the event noun stands in %q: expected wo, ni or ga", it.ID, it.In)
		}
		switch it.Voice {
		case "":
		case "receiving":
			v.Receiving = true
		default:
			l.fault(file, line, "%s: %q is no voice: expected receiving or none", it.ID, it.Voice)
		}
		if it.Effect != "" {
			v.Effect = l.effects(file, line, []string{it.Effect})
		}
		if len(it.Nouns) > 0 {
			v.Nouns = map[string]bool{}
			for _, n := range it.Nouns {
				v.Nouns[n] = true
			}
		}
		if len(it.Verbs) == 0 {
			l.fault(file, line, "%s has no verbs", it.ID)
		}
		for _, w := range it.Verbs {
			l.cues.Light[w] = append(l.cues.Light[w], v)
		}
	})
}

func (l *cueLoader) events() {
	const file = "cues_events.yaml"
	root := l.root(file)
	type list struct {
		Words []string `yaml:"words"`
		Set   []string `yaml:"set"`
	}
	type kanji struct {
		Kanji string `yaml:"kanji"`
		Lemma string `yaml:"lemma"`
		Case  string `yaml:"case"`
	}
	l.wordList(file, "nouns", l.field(file, root, "nouns"), l.cues.EventNouns)
	l.wordList(file, "not", l.field(file, root, "not"), l.cues.NotEvents)
	l.wordList(file, "agreed", l.field(file, root, "agreed"), l.cues.Agreed)
	l.wordList(file, "means", l.field(file, root, "means"), l.cues.Means)
	l.wordList(file, "talks", l.field(file, root, "talks"), l.cues.Talks)
	l.wordList(file, "journeys", l.field(file, root, "journeys"), l.cues.Journeys)
	l.wordList(file, "reactions", l.field(file, root, "reactions"), l.cues.Reactions)
	l.wordList(file, "mutual", l.field(file, root, "mutual"), l.cues.Mutual)
	l.wordList(file, "goals", l.field(file, root, "goals"), l.cues.Goals)
	l.wordList(file, "quantities", l.field(file, root, "quantities"), l.cues.Quantities)
	l.wordList(file, "as-nouns", l.field(file, root, "as-nouns"), l.cues.AsNouns)
	l.wordList(file, "carriers", l.field(file, root, "carriers"), l.cues.Carriers)
	eachItem(l, file, l.field(file, root, "suffixes"), func(line int, it list) {
		for _, w := range it.Words {
			if _, dup := l.cues.Suffixes[w]; dup {
				l.fault(file, line, "the suffix %q stands twice", w)
			}
			l.cues.Suffixes[w] = Suffix{Set: l.effects(file, line, it.Set)}
		}
	})
	eachItem(l, file, l.field(file, root, "contractions"), func(line int, it kanji) {
		l.knownCase(file, line, it.Case)
		l.cues.Contractions[it.Kanji] = Contraction{Lemma: it.Lemma, Case: it.Case}
	})
	eachItem(l, file, l.field(file, root, "prefixes"), func(line int, it kanji) {
		l.knownCase(file, line, it.Case)
		l.cues.Prefixes[it.Kanji] = Contraction{Case: it.Case}
	})
}

func (l *cueLoader) embedding() {
	const file = "cues_embedding.yaml"
	type item struct {
		ID      string    `yaml:"id"`
		Kind    string    `yaml:"kind"`
		Words   []string  `yaml:"words"`
		By      []string  `yaml:"by"`
		Content []string  `yaml:"content"`
		Nonpast *[]string `yaml:"nonpast"`
		Denied  *[]string `yaml:"denied"`
		Speech  bool      `yaml:"speech"`
		Control string    `yaml:"control"`
		Role    string    `yaml:"role"`
	}
	taken := map[string]string{} // kind, word and one way -> id
	eachItem(l, file, l.root(file), func(line int, it item) {
		l.id(file, line, it.ID)
		v := Embedding{ID: it.ID, Content: l.effects(file, line, it.Content), Speech: it.Speech, Control: it.Control, Role: it.Role}
		if it.Nonpast != nil {
			v.HasNonpast, v.Nonpast = true, l.effects(file, line, *it.Nonpast)
		}
		if it.Denied != nil {
			v.HasDenied, v.Denied = true, l.effects(file, line, *it.Denied)
		}
		switch it.Control {
		case "ga", "ni", "none", "":
		default:
			l.fault(file, line, "%s: control is %q: expected ga, ni or none", it.ID, it.Control)
		}
		switch it.Role {
		case "", "fact", "time", "condition", "purpose", "besides":
		default:
			l.fault(file, line, "%s: role is %q: expected fact, time, condition, purpose or besides", it.ID, it.Role)
		}
		for _, b := range it.By {
			switch b {
			case "noun":
				v.By |= ByNoun
			case "ga":
				v.By |= ByGa
			case "ni":
				v.By |= ByNi
			case "clause":
				v.By |= ByClause
			case "you":
				v.By |= ByYou
			default:
				l.fault(file, line, "%s: %q is no way to embed: expected noun, ga, ni, clause or you", it.ID, b)
			}
		}
		if v.By == 0 {
			v.By = ByNoun | ByGa | ByNi | ByClause | ByYou
		}
		table := l.cues.Verbs
		switch it.Kind {
		case "verb":
		case "noun":
			table = l.cues.Nouns
		default:
			l.fault(file, line, "%s: kind is %q: expected verb or noun", it.ID, it.Kind)
		}
		for _, w := range it.Words {
			for b := ByNoun; b <= ByYou; b <<= 1 {
				if v.By&b == 0 {
					continue
				}
				key := fmt.Sprintf("%s %s %d", it.Kind, w, b)
				if first, dup := taken[key]; dup && first != it.ID {
					l.fault(file, line, "%s: %q stands in %s already with the same way to embed", it.ID, w, first)
				}
				taken[key] = it.ID
			}
			table[w] = append(table[w], v)
		}
	})
}

func (l *cueLoader) speech() {
	const file = "cues_speech.yaml"
	root := l.root(file)
	l.wordList(file, "first-person", l.field(file, root, "first-person"), l.cues.FirstPerson)
	l.wordList(file, "first-country", l.field(file, root, "first-country"), l.cues.FirstCountry)
	l.wordList(file, "performatives", l.field(file, root, "performatives"), l.cues.Performatives)
	l.wordList(file, "stative", l.field(file, root, "stative"), l.cues.Stative)
	l.wordList(file, "attitudes", l.field(file, root, "attitudes"), l.cues.Attitudes)
	l.wordList(file, "hostile", l.field(file, root, "hostile"), l.cues.Hostile)
	l.wordList(file, "sources", l.field(file, root, "sources"), l.cues.Sources)
	type hearsay struct {
		Verb []string `yaml:"verb"`
		Set  []string `yaml:"set"`
	}
	eachItem(l, file, l.field(file, root, "hearsay"), func(line int, it hearsay) {
		for _, w := range it.Verb {
			l.cues.Hearsay[w] = l.effects(file, line, it.Set)
		}
	})
}
