package clause

import (
	"strings"

	"github.com/entente-kg/entente/extract/rules"
)

// turn sets the voice of every predicate and turns its arguments to the active reading. Surface keeps the case as written.
func (w *work) turn() {
	for i := range w.preds {
		p := &w.preds[i]
		if p.gone || p.Form == EventNoun || p.Form == Contraction || p.Form == Copula {
			continue
		}
		switch {
		case p.set&rules.Causative != 0 && p.set&rules.Passive == 0:
			p.Voice = Causative
			w.turnCausative(p)
		case p.set&rules.Passive != 0 && w.honorific(p):
		case p.set&rules.Passive != 0:
			p.Voice = Passive
			if p.Form != Light {
				w.turnPassive(p)
			}
		case p.set&(rules.Receive) != 0:
			p.Voice = Benefactive
			w.turnReceive(p)
		case p.set&rules.Give != 0:
			p.Voice = Benefactive
		case p.Form == Sahen && w.suruIs(p, "できる") || p.set&rules.Potential != 0:
			p.Voice = Potential
			if p.neg == 0 && p.set&rules.Past == 0 {
				p.set |= rules.Possible
			}
		}
	}
}

// suruIs reports whether the verb behind the predicate's noun is the given one.
func (w *work) suruIs(p *pred, base string) bool {
	k := p.head + 1
	return k < len(w.s.Tokens) && w.s.Tokens[k].Base == base
}

// honorific reports られる said of a person to honour: 陛下が米国を訪問された.
func (w *work) honorific(p *pred) bool {
	if !p.has(Wo) && !p.has(To) || p.has(NiYoru) {
		return false
	}
	for _, a := range p.Args {
		if a.Case != Ga || a.Chunk < 0 || a.Sentence != w.s.Index {
			continue
		}
		h := w.s.Tokens[w.units[a.Chunk].head].Norm
		for _, title := range [...]string{"陛下", "殿下", "閣下", "様", "天皇", "皇后", "皇太子", "上皇"} {
			if strings.HasSuffix(h, title) {
				return true
			}
		}
	}
	return false
}

// turnPassive: the subject was the object (or, where an object stands, the one it was done to), the agent the subject.
func (w *work) turnPassive(p *pred) {
	object := p.has(Wo)
	agent := p.has(NiYoru)
	for j := range p.Args {
		a := &p.Args[j]
		switch {
		case a.Case == Ga && object:
			a.Case = Ni
		case a.Case == Ga:
			a.Case = Wo
		case a.Case == NiYoru:
			a.Case = Ga
		case a.Case == Kara && !agent && w.isActor(a.Chunk) && a.Sentence == w.s.Index:
			a.Case = Ga
		case a.Case == Ni && a.Surface == Ni && !agent && w.isActor(a.Chunk) && a.Sentence == w.s.Index && (object || w.agentive(p, a)):
			a.Case = Ga
		}
	}
}

// agentive reports whether に of a passive may mark the agent: not where another phrase does.
func (w *work) agentive(p *pred, a *Argument) bool {
	for j := range p.Args {
		b := &p.Args[j]
		if b != a && b.Surface == Kara && w.isActor(b.Chunk) {
			return false
		}
	}
	return !w.a.cues.Goals[p.Lemma]
}

// turnCausative: who is made to act is the subject, who makes it the cause.
func (w *work) turnCausative(p *pred) {
	causee := Ni
	for _, a := range p.Args {
		if a.Case == Wo && a.Surface == Wo && a.Chunk >= 0 && w.isActor(a.Chunk) && !p.has(Ni) {
			causee = Wo
		}
	}
	found := false
	for _, a := range p.Args {
		if a.Case == causee && (causee == Ni && p.has(Wo) || w.isActor(a.Chunk)) {
			found = true
		}
	}
	if !found {
		return
	}
	for j := range p.Args {
		a := &p.Args[j]
		switch {
		case a.Case == Ga:
			a.Case = NiYoru
		case a.Case == causee && (causee == Ni && p.hasSurface(Wo) || w.isActor(a.Chunk)):
			a.Case = Ga
		}
	}
}

// turnReceive: XがYに支持してもらう is YがXを支持する.
func (w *work) turnReceive(p *pred) {
	to := Wo
	if p.has(Wo) {
		to = Ni
	}
	agent := false
	for _, a := range p.Args {
		if (a.Case == Ni || a.Case == Kara) && w.isActor(a.Chunk) {
			agent = true
		}
	}
	for j := range p.Args {
		a := &p.Args[j]
		switch {
		case a.Case == Ga:
			a.Case = to
		case agent && (a.Case == Ni || a.Case == Kara) && w.isActor(a.Chunk):
			a.Case = Ga
		}
	}
}
