package rules

import (
	"embed"
	"io/fs"
	"strings"
	"sync"
)

//go:embed data/lexicon_named.tsv data/lexicon_heads.tsv
var namedFiles embed.FS

// Named is an entry of lexicon_named.tsv: an agreement or a recurring event with a name of its own.
type Named struct {
	// Event tells a recurring event from an agreement.
	Event bool
	// Name is the English name, NameJa the Japanese one that the graph shows.
	Name, NameJa string
	// Aliases are the other ways to write it.
	Aliases []string
}

// Head is an entry of lexicon_heads.tsv: a word that, with what stands before it, names an agreement or event.
type Head struct {
	Word  string
	Event bool
	// Takes is any, compound, proper, word or alone: see the file.
	Takes string
	// Family groups the heads that call one agreement of the same parties in a document; Word where the file has none.
	Family string
	En     string
	With   []string
}

// LoadNamed reads and validates lexicon_named.tsv. Errors give file:line.
func LoadNamed(fsys fs.FS) ([]Named, error) {
	t, err := readTable(fsys, "lexicon_named.tsv", "kind", "en", "ja", "aliases")
	if err != nil {
		return nil, err
	}
	var out []Named
	seen := map[string]bool{}
	for _, row := range t.Rows {
		n := Named{Event: row.Cell("kind") == "event", Name: row.Cell("en"), NameJa: row.Cell("ja")}
		if k := row.Cell("kind"); k != "event" && k != "agreement" {
			return nil, row.Errorf("kind is %q, want agreement or event", k)
		}
		if n.Name == "" || n.NameJa == "" {
			return nil, row.Errorf("want an English and a Japanese name")
		}
		if cell := row.Cell("aliases"); cell != "" {
			n.Aliases = strings.Split(cell, "|")
		}
		for _, form := range append([]string{n.NameJa}, n.Aliases...) {
			if form == "" || seen[form] {
				return nil, row.Errorf("%q is empty or there twice", form)
			}
			seen[form] = true
		}
		out = append(out, n)
	}
	return out, nil
}

// LoadHeads reads and validates lexicon_heads.tsv. Errors give file:line.
func LoadHeads(fsys fs.FS) ([]Head, error) {
	t, err := readTable(fsys, "lexicon_heads.tsv", "head", "kind", "takes", "family", "en", "with")
	if err != nil {
		return nil, err
	}
	var out []Head
	seen := map[string]bool{}
	for _, row := range t.Rows {
		h := Head{Word: row.Cell("head"), Event: row.Cell("kind") == "event", Takes: row.Cell("takes"), Family: row.Cell("family"), En: row.Cell("en")}
		if h.Family == "" {
			h.Family = h.Word
		}
		if cell := row.Cell("with"); cell != "" {
			h.With = strings.Split(cell, "|")
		}
		switch h.Takes {
		case "any", "proper", "word", "alone", "compound":
		default:
			return nil, row.Errorf("takes is %q, want any, compound, proper, word or alone", h.Takes)
		}
		if k := row.Cell("kind"); k != "event" && k != "agreement" {
			return nil, row.Errorf("kind is %q, want agreement or event", k)
		}
		if h.Word == "" || h.En == "" || seen[h.Word] {
			return nil, row.Errorf("head %q is empty or there twice, or has no English gloss", h.Word)
		}
		seen[h.Word] = true
		out = append(out, h)
	}
	return out, nil
}

func namedFolder() fs.FS { return must(fs.Sub(namedFiles, "data")) }

// NamedThings are the embedded agreements and events, in the file's order; Heads the embedded head words. Immutable.
var (
	NamedThings = sync.OnceValue(func() []Named { return must(LoadNamed(namedFolder())) })
	Heads       = sync.OnceValue(func() []Head { return must(LoadHeads(namedFolder())) })
)

var namedByJa = sync.OnceValue(func() map[string]int {
	return indexBy(NamedThings(), func(n Named) string { return n.NameJa })
})

// NamedThing is the entry with this Japanese name.
func NamedThing(ja string) (Named, bool) {
	i, ok := namedByJa()[ja]
	if !ok {
		return Named{}, false
	}
	return NamedThings()[i], true
}

var headsByWord = sync.OnceValue(func() map[string]int {
	return indexBy(Heads(), func(h Head) string { return h.Word })
})

// HeadWord is the entry with this word.
func HeadWord(word string) (Head, bool) {
	i, ok := headsByWord()[word]
	if !ok {
		return Head{}, false
	}
	return Heads()[i], true
}
