package clause

import (
	"strings"

	"github.com/entente-kg/entente/extract/rules"
)

// occasions hands talks and journeys that are chained into the content of what was said or agreed there up to the clause
// that says it: 首相は大統領と会談し、撤退することで合意した. The topic spans both; only a plan would embed the talks as well.
// Reactions in words go the same way: 首相は発言に反発し、撤回するよう求めた.
func (w *work) occasions() {
	for i := range w.preds {
		p := &w.preds[i]
		u := &w.units[p.unit]
		if p.Link != Chained || p.parent < 0 || !u.comma || !w.topicBefore(p.unit) || w.ahead(p.unit) {
			continue
		}
		talks, journey := w.a.cues.Talks[w.occasion(i)], w.a.cues.Journeys[w.occasion(i)]
		if !talks && !journey && !w.a.cues.Reactions[p.Lemma] {
			continue
		}
		to, q := p.parent, &w.preds[p.parent]
		for n := 0; n < 4 && (q.Link == Complement || q.Link == Quoted || q.Link == Argumental || q.Link == Chained && n == 0) && q.parent >= 0; n++ {
			if l := w.occasion(to); w.a.cues.Talks[l] || journey && w.a.cues.Journeys[l] || w.units[q.unit].bracket >= 0 && u.bracket < 0 && n > 0 {
				to = p.parent
				break
			}
			to, q = q.parent, &w.preds[q.parent]
		}
		if to == p.parent || w.units[w.preds[to].unit].set&rules.Past == 0 {
			continue
		}
		p.parent = to
	}
}

// occasion is what predicate i tells, seen through the light verb that it may be (会談を行う).
func (w *work) occasion(i int) string {
	p := &w.preds[i]
	for c := w.units[p.unit].first; c >= 0; c = w.units[c].next {
		if x := &w.units[c]; x.mark == Wo && x.pred >= 0 && w.isLight(p.Lemma) {
			return w.preds[x.pred].Lemma
		}
	}
	return p.Lemma
}

func (w *work) isLight(lemma string) bool { return len(w.a.cues.Light[lemma]) > 0 }

// topicBefore reports a phrase with は before unit c that stands for who acts in the whole sentence.
func (w *work) topicBefore(c int) bool {
	for j := 0; j < c; j++ {
		if x := &w.units[j]; x.wa && x.kind == nominal && w.isActor(j) && x.dep >= c {
			return true
		}
	}
	return false
}

// ahead reports a time to come that stands with unit c.
func (w *work) ahead(c int) bool {
	for j := w.units[c].first; j >= 0; j = w.units[j].next {
		t := w.s.Tokens[w.units[j].start].Norm
		for _, word := range [...]string{"来", "明", "今後", "再来", "年内"} {
			if strings.HasPrefix(t, word) && w.isTime(j) {
				return true
			}
		}
	}
	return false
}
