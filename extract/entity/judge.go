package entity

import (
	"strings"

	"github.com/entente-kg/entente/extract/rules"
)

// judge decides whether a person is an Official: by an office that acts, by the table of holders, or because what is said
// of the name is politics. An office that clubs and companies have too (委員長, 専務理事) needs support.
func (d *document) judge(p *person) {
	strong := false
	for _, t := range p.titles {
		if o := office(t.Office); o.Actor && o.Ja != "" && !rules.Words().WeakOffices.Has(o.Ja) || o.Ja == "" && p.official && len(p.orgs)+len(p.countries) > 0 {
			strong = true
		}
	}
	if p.gaz != nil || strong {
		p.official = true
		return
	}
	weak := p.official
	p.official = false
	if p.private && !weak {
		return
	}
	for _, o := range p.orgs {
		if g, ok := rules.OrganizationByID(o); ok && politicalKinds[g.Kind] || strings.HasPrefix(o, "ministry:") {
			p.official = true
			return
		}
	}
	if p.private {
		return
	}
	support := 0
	for _, i := range p.mentions {
		m := &d.mentions[i]
		if m.Honorific == "" && m.Rule == "bare-gazetteer" {
			continue
		}
		support = max(support, d.politics(m.Sentence))
	}
	if d.offices() > 0 {
		support++
	}
	switch {
	case weak:
		p.official = support >= 1 && len(p.countries) > 0 || support >= 2
	case d.offices() > 2 && len(d.weightOf) > 1 && !d.privateLife(p):
		p.official = true // one who is only called 氏 in news of states
	default:
		p.official = support >= 2
	}
}

// privateLife reports whether a sentence that names p is of another trade than politics.
func (d *document) privateLife(p *person) bool {
	for _, i := range p.mentions {
		for k := range d.sents {
			if d.sents[k].Index != d.mentions[i].Sentence {
				continue
			}
			text := d.sents[k].Span.In(d.doc.In(d.sents[k].Part))
			if rules.Words().PrivateLife.In(text) {
				return true
			}
		}
	}
	return false
}

var politicalKinds = map[string]bool{"igo": true, "organ": true, "party": true, "armed": true, "ministry": true, "parliament": true, "forces": true, "alliance": true, "grouping": true, "court": true, "agency": true}

// politics says how political a sentence is: 2 with a word of politics, 0 with none or with one of another trade.
func (d *document) politics(index int) int {
	for i := range d.sents {
		if d.sents[i].Index != index {
			continue
		}
		text := d.sents[i].Span.In(d.doc.In(d.sents[i].Part))
		switch lists := rules.Words(); {
		case lists.PrivateLife.In(text):
			return 0
		case lists.Politics.In(text):
			return 2
		case lists.SomePolitics.In(text):
			return 1
		}
	}
	return 0
}

// offices counts the mentions of strong offices in the document.
func (d *document) offices() int {
	n := 0
	for i := range d.mentions {
		for _, t := range d.mentions[i].Titles {
			if o := office(t.Office); o.Actor && o.Ja != "" && !rules.Words().WeakOffices.Has(o.Ja) {
				n++
			}
		}
	}
	return n
}
