package clause

import (
	"github.com/entente-kg/entente/extract/morph"
	"github.com/entente-kg/entente/extract/rules"
)

// An event noun with 中 is an act that goes on: タイを訪問中の外相, 来日中に, 交渉中だ. It takes the cases of a verb, and the noun
// that it modifies does it.

// during reports whether unit i is an event noun with 中.
func (w *work) during(i int) bool {
	u := &w.units[i]
	if u.kind != nominal && u.kind != copular || u.start >= u.head || w.s.Tokens[u.head].Norm != "中" {
		return false
	}
	set, ok := w.a.cues.Suffixes["中"]
	if !ok || set.Set&rules.Time == 0 {
		return false
	}
	before := w.words[u.head-1]
	if before.is(countrylike) {
		return u.head-2 >= u.start && w.s.Tokens[u.head-2].Kind == morph.Travel // 来日中
	}
	return before.class == noun && (before.is(sahen) || w.a.cues.EventNouns[w.s.Tokens[u.head-1].Norm])
}

// lower hands the phrase in a verb's case before an event noun with 中 down to it.
func (w *work) lower() {
	for i := 0; i+1 < len(w.units); i++ {
		u := &w.units[i]
		if u.kind != nominal || u.of || u.para || u.topic || u.dep <= i+1 {
			continue
		}
		switch u.mark {
		case Wo, Ni, He, To:
			if w.during(i+1) || w.namesContent(i+1) {
				u.dep = i + 1
			}
		}
	}
}

// lowerEvents hands an event noun with は that stands over a content noun to the verb of that noun's clause that tells of its
// taking place: 会談は来月に実現する見通しだ.
func (w *work) lowerEvents() {
	for i := range w.units {
		u := &w.units[i]
		if u.kind != nominal || !u.wa || u.mark != "" || u.dep < 0 || !w.eventHead(i) {
			continue
		}
		for j := i + 1; j < len(w.units) && j <= u.dep && j < i+10; j++ {
			v := &w.units[j]
			if v.kind != verbal && v.kind != sahenVerb || !v.finite || v.dep != j+1 || v.quote || v.dep != u.dep && w.units[v.dep].dep != u.dep {
				continue
			}
			if e, ok := w.contentNoun(v.dep); !ok || e.Role != "" || !w.takesPlace(j, i) {
				continue
			}
			u.dep = j
			break
		}
	}
}

// takesPlace reports a verb of happening, or the passive of doing, without a subject of its own, that goes with the event noun
// of unit i.
func (w *work) takesPlace(j, i int) bool {
	for k := j - 1; k >= 0 && j-k < 8; k-- {
		if x := &w.units[k]; x.dep == j && (x.mark == Ga || x.mark == Wo) {
			return false
		}
	}
	v := &w.units[j]
	lemma := w.s.Tokens[v.head].Base
	if v.kind == sahenVerb {
		lemma = w.s.Tokens[v.head].Norm
	}
	for _, l := range w.a.cues.Light[lemma] {
		if l.Nouns != nil && !l.Nouns[w.s.Tokens[w.units[i].head].Norm] {
			continue
		}
		if l.In == "ga" || l.In == "wo" && !l.Receiving && v.set&rules.Passive != 0 {
			return true
		}
	}
	return false
}

// ongoing gives event nouns with 中 who does them: the noun that they modify, else the subject of the clause that they
// stand in. The place that they modify is where they are (公式訪問中の日本で).
func (w *work) ongoing() {
	for i := range w.preds {
		p := &w.preds[i]
		if p.gone || p.Form != EventNoun && p.Form != Contraction || !w.during(p.unit) || p.has(Ga) || p.has(NiYoru) {
			continue
		}
		u := &w.units[p.unit]
		if u.kind == copular {
			w.ongoingMain(i)
			continue
		}
		if u.dep < 0 {
			continue
		}
		aimed := p.Form == Contraction || p.has(Wo) || p.has(Ni) || p.has(He) || p.has(To)
		switch {
		case u.of && aimed && w.isActor(u.dep):
			w.add(p, Ga, ByRelative, u.dep, 0.85)
			continue
		case u.of && !aimed && w.isRegion(u.dep):
			w.add(p, Wo, ByRelative, u.dep, 0.8)
		case u.of && !aimed:
			continue
		}
		if from := w.units[p.unit].above; from >= 0 && w.follow(from) != i {
			w.copySubject(i, w.follow(from), Ga, ByShared, 0.6)
		}
	}
}

// ongoingMain reads 訪問中だ as the verb: the copula's arguments are the event noun's.
func (w *work) ongoingMain(i int) {
	p := &w.preds[i]
	v := w.units[p.unit].pred
	if v < 0 || v == i || w.preds[v].Form != Copula {
		return
	}
	q := &w.preds[v]
	q.Lemma, q.Compound, q.Span, q.Form = p.Lemma, p.Compound, p.Span, Sahen
	q.set |= rules.Progressive
	p.gone, p.into = true, v
}

// isRegion reports a phrase headed by the name of a country or place.
func (w *work) isRegion(c int) bool {
	t := &w.s.Tokens[w.units[c].head]
	return t.ISO3 != "" || len(t.POS) > 2 && t.POS[1] == "固有名詞" && t.POS[2] == "地域"
}
