package rules

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// WordList is a closed list of words. It is immutable.
type WordList struct {
	words []string // longest first, then in byte order
	set   map[string]bool
}

// All lists the words, longest first. The caller must not change it.
func (l *WordList) All() []string { return l.words }

// Has reports whether w is on the list.
func (l *WordList) Has(w string) bool { return l.set[w] }

// Starts reports whether s starts with a word of the list.
func (l *WordList) Starts(s string) bool {
	return slices.ContainsFunc(l.words, func(w string) bool { return strings.HasPrefix(s, w) })
}

// Ends reports whether s ends with a word of the list.
func (l *WordList) Ends(s string) bool {
	return slices.ContainsFunc(l.words, func(w string) bool { return strings.HasSuffix(s, w) })
}

// In reports whether a word of the list is in s.
func (l *WordList) In(s string) bool {
	return slices.ContainsFunc(l.words, func(w string) bool { return strings.Contains(s, w) })
}

// WordLists are the lists of data/words.txt, which says what each is for.
type WordLists struct {
	VagueCompounds    WordList
	Vicinity          WordList
	CommonAfterJapan  WordList
	BodyEndings       WordList
	StateActs         WordList
	NotNames          WordList
	KoreanKana        WordList
	AfterNoOffice     WordList
	Colleges          WordList
	OwnNames          WordList
	Nationals         WordList
	JapaneseRegions   WordList
	Departmental      WordList
	WeakOffices       WordList
	Politics          WordList
	PrivateLife       WordList
	SomePolitics      WordList
	JapaneseBodies    WordList
	GenericBeforeHead WordList
}

// fields maps the names of lists to their fields.
func (l *WordLists) fields() map[string]*WordList {
	return map[string]*WordList{
		"vague-compounds":     &l.VagueCompounds,
		"vicinity":            &l.Vicinity,
		"common-after-japan":  &l.CommonAfterJapan,
		"body-endings":        &l.BodyEndings,
		"state-acts":          &l.StateActs,
		"not-names":           &l.NotNames,
		"korean-kana":         &l.KoreanKana,
		"after-no-office":     &l.AfterNoOffice,
		"colleges":            &l.Colleges,
		"own-names":           &l.OwnNames,
		"nationals":           &l.Nationals,
		"japanese-regions":    &l.JapaneseRegions,
		"departmental":        &l.Departmental,
		"weak-offices":        &l.WeakOffices,
		"politics":            &l.Politics,
		"private-life":        &l.PrivateLife,
		"some-politics":       &l.SomePolitics,
		"japanese-bodies":     &l.JapaneseBodies,
		"generic-before-head": &l.GenericBeforeHead,
	}
}

//go:embed data/words.txt
var wordsText string

// Words are the embedded lists.
var Words = sync.OnceValue(func() *WordLists { return must(ParseWords("data/words.txt", wordsText)) })

// ParseWords reads lists of words: a line with a name in brackets begins a list, of words divided by white space; # begins a
// comment. Every list has to be there, once, with words, each once. Faults are reported as name:line with what was expected.
func ParseWords(name, data string) (*WordLists, error) {
	lists := new(WordLists)
	fields := lists.fields()
	var at *WordList
	line := 0
	for text := range strings.Lines(data) {
		line++
		text, _, _ = strings.Cut(strings.TrimSpace(text), "#")
		if title, ok := strings.CutPrefix(text, "["); ok {
			title = strings.TrimSuffix(strings.TrimSpace(title), "]")
			switch at, ok = fields[title]; {
			case !ok:
				return nil, fmt.Errorf("%s:%d: no list is named %q, want one of %s", name, line, title, strings.Join(sortedNames(fields), ", "))
			case at.set != nil:
				return nil, fmt.Errorf("%s:%d: the list %s is there twice: put the words together", name, line, title)
			}
			at.set = make(map[string]bool)
			continue
		}
		for _, w := range strings.Fields(text) {
			switch {
			case at == nil:
				return nil, fmt.Errorf("%s:%d: %q stands before the first list, want [name] first", name, line, w)
			case at.set[w]:
				return nil, fmt.Errorf("%s:%d: %q is on this list already: name it once", name, line, w)
			}
			at.set[w] = true
			at.words = append(at.words, w)
		}
	}
	for _, title := range sortedNames(fields) {
		l := fields[title]
		if len(l.words) == 0 {
			return nil, fmt.Errorf("%s: the list %s is missing or empty, want [%s] and words", name, title, title)
		}
		slices.SortFunc(l.words, func(a, b string) int {
			if len(a) != len(b) {
				return len(b) - len(a)
			}
			return compare(a, b)
		})
	}
	return lists, nil
}

func sortedNames(fields map[string]*WordList) []string {
	names := make([]string, 0, len(fields))
	for n := range fields {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}
