package rules

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// AliasKind says how an alias names its entity.
type AliasKind string

// The kinds of alias. The first five name the entity itself; the others stand for it.
const (
	AliasName       AliasKind = "name"       // the Japanese name that this project shows
	AliasFormal     AliasKind = "formal"     // 大韓民国, 国際連合安全保障理事会
	AliasShort      AliasKind = "short"      // 安保理, IAEA
	AliasVariant    AliasKind = "variant"    // another spelling or wording: ヴェトナム
	AliasHistorical AliasKind = "historical" // a name of former days, From and To where known: グルジア
	AliasCapital    AliasKind = "capital"    // a capital that news lets act for its government: モスクワ. Also a Place
	AliasSeat       AliasKind = "seat"       // クレムリン, ホワイトハウス
	AliasGovernment AliasKind = "government" // a government's own name that no CountryProxy gives: ローマ教皇庁
	AliasForces     AliasKind = "forces"     // 自衛隊, 人民解放軍
	AliasDemonym    AliasKind = "demonym"    // a people that stands for its state, where 人 is not simply put after the name
)

var aliasKinds = []AliasKind{
	AliasName, AliasFormal, AliasShort, AliasVariant, AliasHistorical,
	AliasCapital, AliasSeat, AliasGovernment, AliasForces, AliasDemonym,
}

// Alias is one way to write an entity.
type Alias struct {
	// Text is as news writes it, in NFC. A text is compared after folding width and letter case.
	Text string
	Kind AliasKind
	// From and To bound the days on which the name was the usual or official one: 2006, 1989-06 or 1989-06-18, both
	// inclusive; "" is open. Later texts go on to say グルジア: use the bounds to choose between entries, not to refuse one.
	From, To string
	// Ambiguous reports that the text has other readings as well (外務省 without a country, コンゴ, ジョージア): it needs
	// support by its context, and may belong to several entries.
	Ambiguous bool
}

// InUse reports whether this day (2006-01-02) is within the alias's bounds; an empty day always is.
func (a Alias) InUse(day string) bool {
	if day == "" {
		return true
	}
	return (a.From == "" || day >= a.From) && (a.To == "" || day <= a.To || strings.HasPrefix(day, a.To))
}

// parseAliases reads the cell of aliases: entries with | between them, each kind:text, then @from..to where the name is
// bound in time, then ? where it is ambiguous. Without kind: it is of the kind given.
func parseAliases(cell string, kind AliasKind) ([]Alias, error) {
	if cell == "" {
		return nil, nil
	}
	var out []Alias
	for part := range strings.SplitSeq(cell, "|") {
		a := Alias{Text: strings.TrimSpace(part), Kind: kind}
		if k, rest, ok := strings.Cut(a.Text, ":"); ok {
			a.Kind, a.Text = AliasKind(k), rest
		}
		if !slices.Contains(aliasKinds, a.Kind) {
			return nil, fmt.Errorf("alias %q: kind %q is none of %v", part, a.Kind, aliasKinds)
		}
		a.Text, a.Ambiguous = strings.CutSuffix(a.Text, "?")
		if text, span, ok := strings.Cut(a.Text, "@"); ok {
			from, to, ok := strings.Cut(span, "..")
			if !ok {
				return nil, fmt.Errorf("alias %q: want from..to after @", part)
			}
			a.Text, a.From, a.To = text, from, to
		}
		if a.Text == "" {
			return nil, fmt.Errorf("alias %q is empty", part)
		}
		if err := checkDates(a.From, a.To); err != nil {
			return nil, fmt.Errorf("alias %q: %w", part, err)
		}
		out = append(out, a)
	}
	return out, nil
}

// checkDates checks two bounds, each "", 2006, 2006-01 or 2006-01-02, and their order.
func checkDates(from, to string) error {
	for _, d := range []string{from, to} {
		if d == "" {
			continue
		}
		layout := "2006-01-02"
		if len(d) > len(layout) {
			return fmt.Errorf("date %q: want YYYY, YYYY-MM or YYYY-MM-DD", d)
		}
		if _, err := time.Parse(layout[:len(d)], d); err != nil {
			return fmt.Errorf("date %q: want YYYY, YYYY-MM or YYYY-MM-DD", d)
		}
	}
	if from != "" && to != "" && from > to && !strings.HasPrefix(from, to) {
		return fmt.Errorf("from %s is after to %s", from, to)
	}
	return nil
}
