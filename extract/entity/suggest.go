package entity

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/entente-kg/entente/schema"
)

// Suggestion is a pair of entities that may be one, for a user to look at: an entry of a curation file's merge list.
type Suggestion struct {
	Into, From schema.Entity
	// Why is one English sentence.
	Why string
	// Score orders suggestions, 1 the surest.
	Score float64
}

// YAML is the suggestion as an entry of the list merge of a curation file, with its reason as a comment.
func (s Suggestion) YAML() string {
	return fmt.Sprintf("  - into: %q # %s\n    from: [%q] # %s: %s (%.2f)\n", s.Into.ID, s.Into.NameJa, s.From.ID, s.From.NameJa, s.Why, s.Score)
}

// Suggest lists likely duplicates among the entities of a graph, the surest first, then by id. Only entities of one type are
// compared, and only those that share a surname or a folded name, so that time grows with the number of bearers of one
// name, not with the square of all. Entities with two different Wikidata items are never suggested, nor are officials of
// two countries.
func Suggest(entities []schema.Entity) []Suggestion {
	buckets := map[string][]schema.Entity{}
	for _, e := range entities {
		if e.Type == schema.Country {
			continue
		}
		for _, key := range keysOf(e) {
			buckets[key] = append(buckets[key], e)
		}
	}
	seen := map[[2]string]bool{}
	var out []Suggestion
	for _, key := range sortedKeys(buckets) {
		bucket := buckets[key]
		slices.SortFunc(bucket, func(a, b schema.Entity) int { return strings.Compare(a.ID, b.ID) })
		for i := range bucket {
			for _, b := range bucket[i+1:] {
				a := bucket[i]
				if a.ID == b.ID || seen[[2]string{a.ID, b.ID}] {
					continue
				}
				seen[[2]string{a.ID, b.ID}] = true
				if why, score := duplicate(a, b); score > 0 {
					into, from := prefer(a, b)
					out = append(out, Suggestion{Into: into, From: from, Why: why, Score: score})
				}
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Suggestion) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), strings.Compare(a.Into.ID, b.Into.ID), strings.Compare(a.From.ID, b.From.ID))
	})
	return out
}

// keysOf are the buckets of an entity: its folded name, and for people the surname.
func keysOf(e schema.Entity) []string {
	kind := string(e.Type) + "/"
	keys := []string{kind + skeleton(e.NameJa)}
	if e.Type == schema.Official {
		surname := skeleton(lastPiece(e.NameJa))
		if c, _ := utf8.DecodeRuneInString(e.NameJa); c >= 0x4E00 && c <= 0x9FFF {
			surname = string([]rune(e.NameJa)[:min(2, utf8.RuneCountInString(e.NameJa))])
		}
		keys = append(keys, kind+"surname/"+surname)
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// duplicate says why two entities of one bucket may be one; the score is 0 when nothing speaks for it.
func duplicate(a, b schema.Entity) (why string, score float64) {
	if a.Wikidata != "" && b.Wikidata != "" && a.Wikidata != b.Wikidata {
		return "", 0
	}
	if a.Type == schema.Official && a.Country != "" && b.Country != "" && a.Country != b.Country {
		return "", 0
	}
	sameOffice := a.Office != "" && office(a.Office).Kind == office(b.Office).Kind && a.Office == b.Office
	sameCountry := a.Country != "" && a.Country == b.Country
	switch {
	case skeleton(a.NameJa) == skeleton(b.NameJa) && a.Type != schema.Event && a.Type != schema.Agreement:
		return "the names are spellings of one", 0.9
	case skeleton(a.NameJa) == skeleton(b.NameJa):
		return "", 0 // editions of a meeting, agreements of other parties
	case a.Type != schema.Official:
		return "", 0
	case pieceOf(a.NameJa, b.NameJa) || pieceOf(b.NameJa, a.NameJa):
		switch {
		case sameOffice && sameCountry:
			return "surname, office and country agree", 0.85
		case sameOffice:
			return "surname and office agree", 0.6
		case sameCountry:
			return "surname and country agree", 0.5
		}
	case sameOffice && sameCountry && alike(lastPiece(a.NameJa), lastPiece(b.NameJa)) && strings.Contains(a.NameJa, "・"):
		return "the surname is spelt alike, office and country agree", 0.7
	}
	return "", 0
}

// prefer puts the one with a Wikidata item first, then the one with the longer name, then the first by id.
func prefer(a, b schema.Entity) (into, from schema.Entity) {
	if c := cmp.Or(len(b.Wikidata)-len(a.Wikidata), len(b.NameJa)-len(a.NameJa), strings.Compare(a.ID, b.ID)); c > 0 {
		return b, a
	}
	return a, b
}
