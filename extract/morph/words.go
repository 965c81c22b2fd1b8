package morph

import (
	"fmt"
	"unicode/utf8"

	"github.com/entente-kg/entente/schema"
)

// words is the user dictionary: normalised surfaces, and for each first rune the greatest length in bytes.
type words struct {
	entry map[string]*Word
	reach map[rune]int
}

func newWords(list []Word) (words, error) {
	w := words{entry: make(map[string]*Word, len(list)), reach: make(map[rune]int)}
	for i := range list {
		n := normalise(list[i].Surface, schema.Sentence{Span: schema.Span{End: len(list[i].Surface)}})
		if n.text == "" {
			return words{}, fmt.Errorf("morph: user word %d (%q) has no surface", i, list[i].Surface)
		}
		if _, ok := w.entry[n.text]; ok {
			continue
		}
		word := list[i]
		if word.POS == ([4]string{}) {
			word.POS = [4]string{"名詞", "固有名詞", "一般", ""}
		}
		if word.Kind == Plain {
			word.Kind = Name
		}
		w.entry[n.text] = &word
		first, _ := utf8.DecodeRuneInString(n.text)
		w.reach[first] = max(w.reach[first], len(n.text))
	}
	return w, nil
}
