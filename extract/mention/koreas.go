package mention

import (
	"slices"
	"strings"
)

// koreas are the two states that 南北 stands for in the news of either.
var koreas = []string{"country/KOR", "country/PRK"}

// koreanWords are what the two Koreas have or do together, written right behind 南北; 南北和平合意 is anybody's.
var koreanWords = []string{"首脳会談", "首脳会合", "首脳", "閣僚級会談", "閣僚級協議", "高官会談", "高官協議", "高位級会談", "将官級会談", "軍事会談", "赤十字会談",
	"会談", "対話", "協議", "両国", "当局者"}

// northSouth finds 南北 as the two Koreas, before a word for what they do together (南北首脳会談), where the country named last is
// one of them, or that which the document names first (theirs). last is that of the sentences before, "" for none; it returns
// that of this one.
func (r *run) northSouth(last string, theirs bool) string {
	named := func(to int) string { // the country named last before byte to
		at, id := -1, last
		for i := range r.out {
			if d := &r.out[i]; d.from < to && d.from > at && len(d.Countries) > 0 {
				at, id = d.from, d.Countries[len(d.Countries)-1]
			}
		}
		return id
	}
	for at := 0; ; {
		k := strings.Index(r.n[at:], "南北")
		if k < 0 {
			return named(len(r.n))
		}
		from := at + k
		to := from + len("南北")
		at = to
		if !hasAnyPrefix(r.n[to:], koreanWords...) || r.taken(from, to) || from > 0 && isKanji(lastRune(r.n[:from])) || !theirs && !slices.Contains(koreas, named(from)) {
			continue
		}
		d := draft{from: from, to: to, head: from, nameFrom: from, nameTo: to}
		d.Kind, d.Class, d.Number, d.Rule, d.Certainty = Anaphor, "country", 2, "anaphor", 0.9
		d.Countries = slices.Clone(koreas)
		r.add(d)
	}
}
