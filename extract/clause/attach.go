package clause

import (
	"cmp"
	"slices"

	"github.com/entente-kg/entente/extract/morph"
	"github.com/entente-kg/entente/extract/rules"
	"github.com/entente-kg/entente/schema"
)

// attach collects the arguments of predicate i from the units that depend on its own.
func (w *work) attach(i int) {
	p := &w.preds[i]
	if w.units[p.unit].outer == p.head && w.units[p.unit].outer >= 0 {
		w.attachOuter(i)
		return
	}
	if w.units[p.unit].pred != i {
		return // inside a bunsetsu whose own predicate has the dependents
	}
	nounLike := p.Form == EventNoun || p.Form == Contraction
	for c := w.units[p.unit].first; c >= 0; c = w.units[c].next {
		u := &w.units[c]
		if u.kind != nominal || u.swallowed {
			continue
		}
		w.attachUnit(i, c, nounLike)
	}
	// A の phrase of a compound's modifier may belong to the event: 日本の首相の訪米.
	if nounLike {
		w.stealOf(i)
	}
}

// attachOuter gives the reporting verb of a bunsetsu (合意したとしている) the topic, where the reported predicate has a
// subject of its own.
func (w *work) attachOuter(i int) {
	q := &w.preds[w.units[w.preds[i].unit].pred]
	topics := 0
	for _, c := range q.pending {
		if w.units[c].wa {
			topics++
		}
	}
	if !q.has(Ga) && topics < 2 {
		return
	}
	for n, c := range q.pending {
		if w.units[c].wa && w.isActor(c) {
			q.pending = append(q.pending[:n:n], q.pending[n+1:]...)
			w.add(&w.preds[i], Ga, ByTopic, c, 0.8)
			return
		}
	}
}

// attachUnit adds unit c, which depends on predicate i, to its arguments.
func (w *work) attachUnit(i, c int, nounLike bool) {
	p, u := &w.preds[i], &w.units[c]
	switch {
	case u.para && nounLike && u.mark == "" && !u.listed:
		return
	case u.para:
		return
	case u.quote && u.kind == nominal && (u.pred >= 0 || u.mark == To):
		if u.pred < 0 {
			w.add(p, Quote, Overt, c, 0.8)
		}
		return
	case u.of && u.mark == "" && p.Form == Verb && p.has(Ga) && p.Args[0].How == ByCompound:
		return // 米国の王副首相率いる交渉団
	case u.of && u.mark == "" && !nounLike && p.Form != Copula && p.Form != SahenBare && p.Form != Adjective && !w.isTime(c):
		w.add(p, Ga, Overt, c, 0.8) // 議会の承認した条約
		return
	case u.of:
		w.attachOf(i, c)
		return
	case u.mark == source:
		return
	case u.mark == "" && !u.topic && w.isEach(c):
		p.each = true
		return
	case u.mark == asRole:
		return
	case u.mark == noCase:
		return
	case u.mark != "" && w.isTime(c) && u.mark != Ga && u.mark != Wo && u.mark != To:
		w.add(p, Time, Overt, c, 0.9)
		return
	case u.mark == To && u.wa && !nounLike && w.a.learned():
		p.pending = append(p.pending, c) // AとはBである, Aとは会談した
		return
	case u.mark == Wo && w.takenAs(c):
		return
	case u.mark != "":
		if u.mark == De && w.between(i, c) {
			return
		}
		if u.mark == De && u.wa && w.speaksAt(i, c) {
			w.addAs(p, Ga, De, ByTopic, c, 0.7) // 事務所では、…と警告していた
			return
		}
		if u.mark == Kara && !nounLike && w.says(p, c) {
			w.addAs(p, Ga, Kara, Overt, c, 0.85)
			return
		}
		w.add(p, u.mark, Overt, c, 0.9)
		return
	case u.topic:
		if w.isTime(c) {
			w.add(p, Time, ByTopic, c, 0.8)
			return
		}
		p.pending = append(p.pending, c)
		return
	case w.isTime(c):
		w.add(p, Time, Overt, c, 0.9)
		return
	case u.pred >= 0 && w.preds[u.pred].Form == SahenBare:
		return
	case w.words[u.head].is(formal) && (w.words[u.head].is(adverbial) || w.adverbialNoun(u.head)):
		return
	case w.words[u.head].is(number) && !u.comma:
		return // a quantity: 3人 拘束した
	default:
		p.pending = append(p.pending, c)
	}
}

// says reports whether unit c, with から, is who speaks in predicate p: 大臣から、…旨述べた.
func (w *work) says(p *pred, c int) bool {
	if !w.isActor(c) || w.passive(p) || p.has(Ga) {
		return false
	}
	switch p.Lemma {
	case "する", "いう", "示す", "加える", "返す", "笑う", "明確", "公式", "開始", "始める", "完了", "終える":
		return false
	}
	if e, ok := w.embedding(p.Lemma, rules.ByClause); !ok || !e.Speech && e.By&rules.ByYou == 0 {
		return false
	}
	for g := w.units[p.unit].first; g >= 0; g = w.units[g].next {
		if x := &w.units[g]; x.kind == nominal && (x.mark == Ga || x.wa && w.isActor(g)) {
			return false
		}
	}
	return true
}

// speaksAt reports whether the body on unit c, with では, is who says what predicate i says.
func (w *work) speaksAt(i, c int) bool {
	p := &w.preds[i]
	if !w.isActor(c) || w.isRegion(c) || w.eventHead(c) || w.passive(p) || p.has(Ga) || w.light(p) && p.Lemma != "示す" || !w.hasContent(i) {
		return false
	}
	return w.lonely(i)
}

// lonely reports a predicate on which no other subject with は or が depends.
func (w *work) lonely(i int) bool {
	for g := w.units[w.preds[i].unit].first; g >= 0; g = w.units[g].next {
		if x := &w.units[g]; x.kind == nominal && (x.mark == Ga || x.wa && x.mark == "" && w.isActor(g)) {
			return false
		}
	}
	return true
}

// takenAs reports Xを of XをYとして, XをYに (して): what is taken as something is no object of the predicate. Without a comma
// and another object it is one (パレスチナを国家として承認した).
func (w *work) takenAs(c int) bool {
	if c+1 >= len(w.units) {
		return false
	}
	u := &w.units[c+1]
	if u.kind != nominal || u.dep != w.units[c].dep || u.start < u.head && u.mark != asRole {
		return false
	}
	if u.mark == asRole && !u.comma && u.dep == c+2 && (w.units[u.dep].kind == sahenVerb || w.units[u.dep].kind == verbal) && !w.a.cues.AsNouns[w.s.Tokens[u.head].Norm] {
		return false
	}
	return u.mark == asRole || u.mark == Ni && !u.topic && w.a.cues.AsNouns[w.s.Tokens[u.head].Norm]
}

// attachOf adds a phrase that goes on to the event noun: の, との, への, による.
func (w *work) attachOf(i, c int) {
	p, u := &w.preds[i], &w.units[c]
	k, how, sure := No, ByNoun, 0.7
	switch u.mark {
	case "":
	case To:
		k, sure = ToNo, 0.9
	case He:
		k, sure = ENo, 0.9
	case Kara:
		k, sure = KaraNo, 0.9
	case De:
		k, sure = DeNo, 0.9
	case source, asRole, noCase:
		return
	default:
		k, sure = u.mark, 0.9
	}
	if u.mark == "" && w.isTime(c) {
		k = Time
	}
	if u.mark == "" && w.isBetween(c) {
		// AとBの間の協議
		for g := w.units[c].first; g >= 0; g = w.units[g].next {
			if w.units[g].of {
				w.add(p, No, how, g, 0.8)
			}
		}
		return
	}
	w.add(p, k, how, c, sure)
}

// isBetween reports 間, 両国間 and the like.
func (w *work) isBetween(c int) bool {
	switch w.s.Tokens[w.units[c].head].Norm {
	case "間", "あいだ":
		return true
	}
	return false
}

// between reads AとBの間で as the participants of the predicate.
func (w *work) between(i, c int) bool {
	if !w.isBetween(c) {
		return false
	}
	found := false
	for g := w.units[c].first; g >= 0; g = w.units[g].next {
		u := &w.units[g]
		if u.kind != nominal || !u.of {
			continue
		}
		p := &w.preds[i]
		k := Ga
		if u.mark == To {
			k = To
			if w.listsMore(g) {
				// AとBとの間で: both do it.
				k = Ga
				if w.passive(p) && p.Form != Light {
					k = NiYoru
				}
			}
		}
		n := len(p.Args)
		w.add(p, k, Overt, g, 0.8)
		for j := n; j < len(p.Args); j++ {
			p.Args[j].Surface = De
		}
		found = true
	}
	return found
}

// listsMore reports whether another phrase is coordinated with unit c.
func (w *work) listsMore(c int) bool {
	for g := w.units[c].first; g >= 0; g = w.units[g].next {
		if w.units[g].para {
			return true
		}
	}
	return false
}

// stealOf takes の phrases that the parser hung on the phrase before the event noun where that phrase is a country or a
// name of its own (日本のアメリカへの支援).
func (w *work) stealOf(i int) {
	p := &w.preds[i]
	for c := w.units[p.unit].first; c >= 0; c = w.units[c].next {
		u := &w.units[c]
		if u.kind != nominal || !u.of || u.mark == "" || !w.words[u.head].is(countrylike|proper) {
			continue
		}
		for g := u.first; g >= 0; g = w.units[g].next {
			x := &w.units[g]
			if x.kind == nominal && x.of && x.mark == "" && w.words[x.head].is(countrylike) {
				w.add(p, No, ByNoun, g, 0.6)
			}
		}
	}
}

// add adds unit c, with the phrases coordinated with it, as arguments of one group.
func (w *work) add(p *pred, k Case, how How, c int, sure float64) {
	w.addAs(p, k, k, how, c, sure)
}

func (w *work) addAs(p *pred, k, surface Case, how How, c int, sure float64) {
	group := 0
	for j := range p.Args {
		group = max(group, p.Args[j].Group+1)
	}
	w.conjuncts(c, 0, func(unit int) {
		w.pieces(unit, func(span schema.Span) {
			p.Args = append(p.Args, Argument{
				Case: k, Surface: surface, How: how, Sentence: w.s.Index, Span: span, Chunk: unit, Group: group, Certainty: sure,
			})
		})
	})
}

// conjuncts calls f for the phrases coordinated with unit c, in text order, and for c last.
func (w *work) conjuncts(c, depth int, f func(unit int)) {
	if depth < 24 {
		for g := w.units[c].first; g >= 0; g = w.units[g].next {
			if w.units[g].para {
				w.conjuncts(g, depth+1, f)
			}
		}
	}
	f(c)
}

// pieces calls f with the span of the unit's noun phrase: the compound that ends in its head, or each name of A・B両氏.
func (w *work) pieces(unit int, f func(schema.Span)) {
	u := &w.units[unit]
	if n := w.pairHead(u); n > u.start {
		from := u.start
		for k := u.start; k < n; k++ {
			if !w.words[k].is(middot) {
				continue
			}
			if k > from {
				f(w.span(from, k-1))
			}
			from = k + 1
		}
		if from < n {
			f(w.span(from, n-1))
		}
		return
	}
	from := u.start
	for k := u.start + 1; k < u.head; k++ {
		if w.words[k].is(middot) && w.separates(k) {
			f(w.span(from, k-1))
			from = k + 1
		}
	}
	f(w.span(from, u.head))
}

// separates reports whether the ・ at token k stands between two things, and not inside a name of foreign words.
func (w *work) separates(k int) bool {
	for _, j := range [...]int{k - 1, k + 1} {
		if w.words[j].class != noun || w.words[j].is(number) {
			return false
		}
	}
	return w.words[k-1].is(countrylike) || w.words[k+1].is(countrylike) || !katakana(w.s.Tokens[k-1].Norm) || !katakana(w.s.Tokens[k+1].Norm)
}

func katakana(s string) bool {
	for _, r := range s {
		if (r < 'ァ' || r > 'ヺ') && r != 'ー' {
			return false
		}
	}
	return true
}

// pairHead is the token of 両氏, 両国, 両首脳 … behind names joined by ・, else 0.
func (w *work) pairHead(u *unit) int {
	dot := false
	for k := u.start; k <= u.head; k++ {
		if w.words[k].is(middot) {
			dot = true
		}
		if dot && k > u.start && len(w.s.Tokens[k].Norm) >= 3 && w.s.Tokens[k].Norm[:3] == "両" {
			return k
		}
	}
	return 0
}

func (w *work) span(from, to int) schema.Span {
	return w.s.Tokens[from].Span.Cover(w.s.Tokens[to].Span)
}

// has reports whether p has an argument in case k.
func (p *pred) has(k Case) bool {
	for i := range p.Args {
		if p.Args[i].Case == k {
			return true
		}
	}
	return false
}

// hasSurface reports whether p has an argument written in case k.
func (p *pred) hasSurface(k Case) bool {
	for i := range p.Args {
		if p.Args[i].Surface == k {
			return true
		}
	}
	return false
}

// isActor reports whether unit c is headed by what looks like a person, state or body.
func (w *work) isActor(c int) bool {
	if c < 0 || c >= len(w.units) {
		return false
	}
	h := w.units[c].head
	if w.words[h].is(pronoun) {
		switch w.s.Tokens[h].Norm {
		case "これ", "それ", "あれ", "どれ", "いずれ", "ここ", "そこ", "どこ", "何", "なに", "これら", "それら":
			return false
		}
	}
	return w.words[h].is(mayActor) && w.s.Tokens[h].Kind != morph.Number
}

var caseOrder = map[Case]int{
	Ga: 1, Wo: 2, Ni: 3, To: 4, Kara: 5, De: 6, He: 7, Made: 8, Yori: 9, No: 10, NiYoru: 11, NiTaishi: 12, NiTsuite: 13,
	NiMuke: 14, ToNo: 15, ENo: 16, KaraNo: 17, DeNo: 18, Compound: 19, Time: 20, Quote: 21, Topic: 22, Apposition: 23,
}

// sortArguments puts arguments in the order of the Case constants, within a case in text order.
func sortArguments(args []Argument) {
	slices.SortStableFunc(args, func(a, b Argument) int {
		return cmp.Or(
			cmp.Compare(caseOrder[a.Case], caseOrder[b.Case]),
			cmp.Compare(a.Sentence, b.Sentence),
			cmp.Compare(a.Span.Start, b.Span.Start),
		)
	})
}
