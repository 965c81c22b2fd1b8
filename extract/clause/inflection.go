package clause

import "github.com/entente-kg/entente/extract/rules"

// This file reads what follows a predicate in its bunsetsu.

// nominalised reports a verb in 連用形 that stands as a noun: 価格引き下げ, 呼びかけを.
func (w *work) nominalised(i, after int) bool {
	u := &w.units[i]
	if w.s.Tokens[u.head].Form != "連用形" {
		return false
	}
	if after < u.end {
		p := w.words[after]
		return p.class == particle && (p.is(ofNoun) || p.is(casual) && w.s.Tokens[after].Norm != "に" && w.s.Tokens[after].Norm != "と" && w.s.Tokens[after].Norm != "で")
	}
	return u.head > w.s.Chunks[i].From && w.words[u.head-1].class == noun && w.s.Tokens[u.head-1].Norm != "旨" && !w.words[u.head-1].is(adverbial|timelike|number) && len(w.s.Tokens[u.head].Norm) > 3
}

// innerHead is the token of a predicate before the head that the bunsetsu's last verb only reports or qualifies
// (合意したとしている, 辞任するかもしれない), -1 for none.
func (w *work) innerHead(i int) int {
	c, u := &w.s.Chunks[i], &w.units[i]
	if u.head-1 == c.From && w.words[u.head].is(formal) && w.words[u.head-1].class == verb {
		switch w.s.Tokens[u.head].Norm {
		case "つもり", "こと":
			return u.head - 1 // 会うつもりはない
		}
	}
	if u.head-2 < c.From {
		return -1
	}
	if w.words[u.head].class == verb {
		// 就くことができない in one bunsetsu
		for k := u.head - 1; k > c.From; k-- {
			if w.words[k].is(formal) && w.s.Tokens[k].Norm == "こと" {
				switch x := w.words[k-1]; {
				case x.class == verb && w.isSuru(k-1) && k-1 > c.From && w.words[k-2].class == noun:
					return k - 2
				case x.class == verb:
					return k - 1
				case (x.class == verbDep || x.class == auxiliary) && k-2 >= c.From:
					for j := k - 2; j >= c.From; j-- {
						if w.words[j].class == verb {
							if w.isSuru(j) && j > c.From && w.words[j-1].class == noun {
								return j - 1
							}
							return j
						}
					}
				}
			}
		}
	}
	if w.words[u.head].is(formal) && w.words[u.head].class == noun {
		// しないわけではない, するはずだった: what is read behind the verb.
		for k := u.head - 1; k >= c.From; k-- {
			switch x := w.words[k]; {
			case x.class == verb && w.isSuru(k) && k > c.From && w.words[k-1].class == noun:
				return k - 1
			case x.class == verb:
				return k
			}
		}
		return -1
	}
	if w.words[u.head].class != verb && w.words[u.head].class != verbDep {
		return -1
	}
	before := &w.s.Tokens[u.head-1]
	if before.Norm != "と" && before.Norm != "かも" && before.Norm != "とも" && before.Norm != "も" {
		return -1
	}
	for k := u.head - 2; k >= c.From; k-- {
		x := w.words[k]
		switch {
		case x.class == verb && w.isSuru(k) && k > c.From && w.words[k-1].class == noun:
			return k - 1
		case x.class == verb || x.class == adjective:
			return k
		case x.class == noun && k+1 < u.head && (w.words[k+1].class == auxiliary || w.words[k+1].is(closer)):
			return k
		}
	}
	return -1
}

// outerVerb is the token of する, いう, みる behind と in the bunsetsu, -1 for none.
func (w *work) outerVerb(u *unit) int {
	if w.words[u.head].class == noun && u.head+1 < u.end && w.words[u.head+1].class == particle {
		return -1 // 目的とする
	}
	for k := u.head + 1; k+1 < u.end; k++ {
		if w.words[k].class != particle || w.s.Tokens[k].Norm != "と" || w.words[k+1].class != verb {
			continue
		}
		switch w.s.Tokens[k+1].Base {
		case "する", "いう", "言う", "みる", "見る", "思う", "考える":
			if w.s.Tokens[k-1].Norm == "う" {
				return -1 // しようとする
			}
			return k + 1
		}
	}
	return -1
}

// readPredicate reads what follows the head of a predicate, from token k.
func (w *work) readPredicate(i, k int) {
	u := &w.units[i]
	end := u.end
	if u.outer > u.head && w.s.Tokens[u.outer-1].Norm == "と" {
		// The outer verb is read by itself.
		v := unit{end: u.end, head: u.outer, outer: -1}
		w.readInflection(&v, u.outer+1)
		u.said, u.saidNeg = v.set, v.neg
		u.comma = u.comma || v.comma
		u.end = u.outer
		defer func() {
			u.end = end
			u.quote, u.of = v.quote, v.of
			u.finite, u.stemForm, u.mark = v.finite, v.stemForm, v.mark
			u.saidLinks = v.set & rules.Links
		}()
	} else {
		u.outer = -1
	}
	w.readInflection(u, k)
}

// readInflection reads tokens from k to the unit's end.
func (w *work) readInflection(u *unit, k int) {
	// form is the token whose inflection tells how the predicate ends; it stays where a particle or a link follows.
	form, open := k-1, true
	for k < u.end {
		t, p := &w.s.Tokens[k], w.words[k]
		if p.is(closer) {
			k++
			continue
		}
		if p.class == auxiliary && t.Infl == "特殊・タ" && t.Norm == "だ" {
			u.set |= rules.Past
			form = k
			k++
			continue
		}
		if v, n := w.a.cues.Auxiliaries.Longest(w.from(k)); v != nil {
			w.apply(u, v)
			for j := k; j < k+n && j < len(w.words); j++ {
				if j >= u.end {
					w.swallow = append(w.swallow, w.s.ChunkOf[j])
				}
			}
			if open && v.Set&rules.Links == 0 {
				form = k + n - 1
			}
			open = open && v.Set&rules.Links == 0
			k += n
			continue
		}
		switch {
		case p.class == particle && t.Norm == "か" && k+1 == u.end:
			u.set |= rules.Question
		case p.class == particle && t.Norm == "と":
			u.quote, open = true, false
		case p.class == particle && p.is(topical):
			u.topic, u.wa = true, t.Norm == "は"
		case p.class == particle && p.is(ofNoun) && u.quote:
			u.of = true
		case p.class == particle && p.is(casual|restricting) && !u.quote:
			if pt, n := w.a.cues.Particles.Longest(w.from(k)); pt != nil {
				u.mark = Case(pt.Case)
				u.of = u.of || pt.Adnominal
				open = false
				k += n
				continue
			}
		case open && (p.class == verbDep || p.class == auxiliary || p.class == adjectiveDep):
			form = k
		}
		k++
	}
	if open && k == u.end && u.end < len(w.words) && !u.comma && !u.stop {
		// A pattern that starts in the next bunsetsu (…ことはない).
		if v, n := w.a.cues.Auxiliaries.Longest(w.from(u.end)); v != nil && n > 1 {
			w.apply(u, v)
			for j := u.end; j < u.end+n && j < len(w.words); j++ {
				w.swallow = append(w.swallow, w.s.ChunkOf[j])
			}
		}
	}
	if form < u.head || form >= len(w.words) {
		form = u.head
	}
	switch w.s.Tokens[form].Form {
	case "基本形", "体言接続", "文語基本形", "体言接続特殊":
		u.finite = true
	case "連用形", "連用テ接続", "連用ニ接続", "連用タ接続", "連用デ接続":
		u.stemForm = u.set&rules.Links == 0 && open
	case "仮定形", "仮定縮約１":
		u.set |= rules.Condition
	}
}

// apply adds an auxiliary's effects to a unit.
func (w *work) apply(u *unit, v *rules.Auxiliary) {
	if v.Set&rules.Negated != 0 {
		u.neg++
	}
	u.set |= v.Set &^ rules.Negated
	if v.Wide {
		u.wide |= v.Set
	}
}
