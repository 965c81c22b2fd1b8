package rules

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed data/lexicon_anaphors.tsv
var anaphorsText []byte

// Anaphor is an entry of lexicon_anaphors.tsv: a word that stands for what was named before.
type Anaphor struct {
	Word string
	// Class is what it may stand for, for an organisation or agreement with its head word after a colon: see the file.
	Class string
	// Number is how many it stands for, 0 unknown.
	Number int
}

// anaphorClasses are the classes; those of headed may have a head word.
var (
	anaphorClasses = []string{"country", "leader", "person", "organization", "agreement", "event", "place", "any", "speaker"}
	headed         = []string{"organization", "agreement", "place"}
)

// ParseAnaphors reads a table of anaphors, in its order. Errors give name:line.
func ParseAnaphors(name string, data []byte) ([]Anaphor, error) {
	t, err := ParseTable(name, data, "word", "class", "number")
	if err != nil {
		return nil, err
	}
	var out []Anaphor
	seen := make(map[string]bool)
	for _, row := range t.Rows {
		a := Anaphor{Word: row.Cell("word"), Class: row.Cell("class")}
		class, head, colon := strings.Cut(a.Class, ":")
		switch {
		case a.Word == "" || seen[a.Word]:
			return nil, row.Errorf("word %q is empty or there twice", a.Word)
		case !slices.Contains(anaphorClasses, class):
			return nil, row.Errorf("class is %q, want one of %v", a.Class, anaphorClasses)
		case colon && (head == "" || !slices.Contains(headed, class)):
			return nil, row.Errorf("class is %q, want a head word after the colon, of one of %v", a.Class, headed)
		}
		if a.Number, err = strconv.Atoi(row.Cell("number")); err != nil || a.Number < 0 || a.Number > 9 {
			return nil, row.Errorf("number is %q, want 0 to 9", row.Cell("number"))
		}
		seen[a.Word] = true
		out = append(out, a)
	}
	return out, nil
}

// Anaphors are the embedded words, in the file's order. The caller must not change them.
var Anaphors = sync.OnceValue(func() []Anaphor { return must(ParseAnaphors("data/lexicon_anaphors.tsv", anaphorsText)) })
