package graph

import (
	"cmp"
	"slices"
	"strings"

	"github.com/entente-kg/entente/schema"
)

// Entity is a node of layer 1: what all documents together say of one country, official, organization, agreement, event or
// place.
type Entity struct {
	ID string
	// Documents is the number of documents that mention it.
	Documents int
	// FirstSeen and LastSeen are the first and last day of publication of those, empty when none is dated.
	FirstSeen, LastSeen string
	// Variants count every name, alias, office and type that documents give it ("name=Scott Bessent"), sorted.
	Variants []Tally
}

// Type is the type that most documents give, the smallest of equals; empty for the zero Entity.
func (e Entity) Type() schema.EntityType { return schema.EntityType(e.most("type")) }

// Name is the English canonical name, else the Japanese one, else the id.
func (e Entity) Name() string {
	best := Tally{}
	for t := range e.field("name") {
		// An English name beats a Japanese one that only stands in for it.
		if a, b := isLatin(t.Value), isLatin(best.Value); best.Value == "" || a && !b || a == b && t.Documents > best.Documents {
			best = t
		}
	}
	return cmp.Or(best.Value, e.most("nameJa"), e.ID)
}

// NameJa is the Japanese canonical name that most documents give.
func (e Entity) NameJa() string { return cmp.Or(e.most("nameJa"), e.Name()) }

// Aliases are all surface forms, sorted.
func (e Entity) Aliases() []string {
	var out []string
	for t := range e.field("alias") {
		out = append(out, t.Value)
	}
	return out
}

// Latest is the value of office, officeEn or country that the latest document gives; of equals the one that more give.
func (e Entity) Latest(field string) string {
	best := Tally{}
	for t := range e.field(field) {
		if best.Value == "" || t.Last > best.Last || t.Last == best.Last && t.Documents > best.Documents {
			best = t
		}
	}
	return best.Value
}

// most is the value that most documents give, the smallest of equals.
func (e Entity) most(field string) string {
	best := Tally{}
	for t := range e.field(field) {
		if t.Documents > best.Documents {
			best = t
		}
	}
	return best.Value
}

// field yields the variants of one field by value.
func (e Entity) field(name string) func(yield func(Tally) bool) {
	return func(yield func(Tally) bool) {
		i, _ := slices.BinarySearchFunc(e.Variants, name+"=", func(t Tally, v string) int { return cmp.Compare(t.Value, v) })
		for ; i < len(e.Variants); i++ {
			v, ok := strings.CutPrefix(e.Variants[i].Value, name+"=")
			if !ok || !yield(Tally{v, e.Variants[i].Documents, e.Variants[i].Last}) {
				return
			}
		}
	}
}

// count adds (n 1) or takes back (n -1) a document's mention. Taking back leaves FirstSeen, LastSeen and each Last as they
// were: Plan sees to it that they still hold.
func (e *Entity) count(variants []string, published string, n int) {
	e.Documents += n
	if n > 0 && published != "" && (e.FirstSeen == "" || published < e.FirstSeen) {
		e.FirstSeen = published
	}
	last := ""
	if n > 0 {
		e.LastSeen = max(e.LastSeen, published)
		last = published
	}
	for _, v := range variants {
		e.Variants = tally(e.Variants, v, n, last)
	}
}

func isLatin(s string) bool {
	for _, r := range s {
		if r >= 0x2E80 {
			return false
		}
	}
	return s != ""
}
