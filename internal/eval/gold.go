// Package eval scores statements against gold: precision, recall and F1, core (subject, relation, object) and strict
// (polarity and modality too), by document, relation, status and register, with what was missed and what was said too
// much, and how well confidence is calibrated.
//
// The counting is that of the reference scorer, to the digit: each gold statement counts once a document however often it is
// said, and so does each extracted one; recall is counted over the gold, precision over what was said; optional gold costs
// nothing, said or not; a list in gold means that any of its members is right.
package eval

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/entente-kg/entente/schema"
)

// anyOf is one value, or a list of which any is right.
type anyOf []string

// UnmarshalJSON reads a string or a list of strings.
func (a *anyOf) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '[' {
		return json.Unmarshal(b, (*[]string)(a))
	}
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return fmt.Errorf("want a string or a list of strings: %w", err)
	}
	*a = anyOf{s}
	return nil
}

func (a anyOf) has(s string) bool { return slices.Contains(a, s) }

func (a anyOf) or(value string) anyOf {
	if len(a) == 0 {
		return anyOf{value}
	}
	return a
}

// goldStatement is one annotated statement.
type goldStatement struct {
	Subject  anyOf           `json:"s"`
	Relation anyOf           `json:"r"`
	Object   anyOf           `json:"o"`
	Polarity schema.Polarity `json:"polarity"`
	Modality anyOf           `json:"modality"`
	Optional bool            `json:"optional"`
	Evidence string          `json:"evidence"`
}

func (g goldStatement) polarity() schema.Polarity {
	if g.Polarity == "" {
		return schema.Affirmed
	}
	return g.Polarity
}

func (g goldStatement) modality() anyOf { return g.Modality.or(string(schema.Actual)) }

// right reports whether a statement's status is the annotated one.
func (g goldStatement) right(s status) bool {
	return s.polarity == g.polarity() && g.modality().has(string(s.modality))
}

// Gold is a folder of annotated documents.
type Gold struct {
	Documents []schema.Document
	golds     []goldFile // of the same documents
	names     catalogue
	// types and accepts are each key's entity type and the names that it goes by, as entities.json writes them.
	types   map[string]string
	accepts map[string][]string
}

type goldFile struct {
	ID         string          `json:"id"`
	Published  string          `json:"published"`
	Title      string          `json:"title"`
	Register   string          `json:"register"`
	Statements []goldStatement `json:"statements"`
}

// Load reads a folder of NAME.txt, NAME.gold.json and entities.json. Documents are in name order. The title line of NAME.txt
// goes into Title and is not repeated in Text.
func Load(dir fs.FS) (*Gold, error) {
	var entities map[string]struct {
		Type   string   `json:"type"`
		Name   string   `json:"name"`
		Accept []string `json:"accept"`
	}
	if err := readJSON(dir, "entities.json", &entities); err != nil {
		return nil, err
	}
	g := &Gold{names: catalogue{}, types: map[string]string{}, accepts: map[string][]string{}}
	for key, e := range entities {
		g.types[key] = e.Type
		g.accepts[key] = append([]string{e.Name}, e.Accept...)
		for _, n := range append([]string{key, e.Name}, e.Accept...) {
			g.names.add(n, key)
		}
	}
	names, err := fs.Glob(dir, "*.gold.json")
	if err != nil {
		return nil, fmt.Errorf("eval: %w", err)
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("eval: no NAME.gold.json in the folder")
	}
	slices.Sort(names)
	for _, name := range names {
		var f goldFile
		if err := readJSON(dir, name, &f); err != nil {
			return nil, err
		}
		textName := strings.TrimSuffix(name, ".gold.json") + ".txt"
		text, err := fs.ReadFile(dir, textName)
		if err != nil {
			return nil, fmt.Errorf("eval: %s: its text is missing: %w", name, err)
		}
		doc := schema.Document{ID: f.ID, Published: f.Published, Title: strings.TrimSpace(f.Title), Text: string(text)}
		first, rest, _ := strings.Cut(doc.Text, "\n")
		if doc.Title != "" && strings.TrimSpace(first) == doc.Title {
			doc.Text = strings.TrimLeft(rest, "\n")
		}
		g.Documents = append(g.Documents, doc)
		g.golds = append(g.golds, f)
	}
	return g, nil
}

func readJSON(dir fs.FS, name string, into any) error {
	b, err := fs.ReadFile(dir, name)
	if err != nil {
		return fmt.Errorf("eval: %w", err)
	}
	if err := json.Unmarshal(b, into); err != nil {
		return fmt.Errorf("eval: %s: %w", name, err)
	}
	return nil
}

// catalogue maps a folded name to the gold keys that accept it.
type catalogue map[string][]string

func (c catalogue) add(name, key string) {
	n := fold(name)
	if !slices.Contains(c[n], key) {
		c[n] = append(c[n], key)
		slices.Sort(c[n])
	}
}

// keys is the sorted gold keys that an argument may stand for: by id, name and Japanese name, else by its mention; a key of
// its own, which begins with ?, when gold knows none.
func (c catalogue) keys(a schema.Argument) []string {
	var found []string
	for _, n := range []string{a.ID, a.Name, a.NameJa} {
		found = append(found, c[fold(n)]...)
	}
	if len(found) == 0 {
		found = append(found, c[fold(a.Mention)]...)
	}
	if len(found) == 0 {
		for _, n := range []string{a.NameJa, a.Name, a.Mention} {
			if n != "" {
				return []string{"?" + fold(n)}
			}
		}
		return []string{"?"}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// fold is a name without case, width, spaces, quotation marks, middle dots and hyphens.
func fold(s string) string {
	s = cases.Fold().String(norm.NFKC.String(s))
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("「」『』\"“”・=＝-‐", r) {
			return -1
		}
		return r
	}, s)
}
