package rules

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"
)

// TermKind says which gazetteer a term of the joint lexicon comes from.
type TermKind uint8

// The kinds of term.
const (
	TermTrap         TermKind = iota // hides what is inside it: 中国地方
	TermCountry                      // a country's name, capital, seat, government or forces
	TermKanji                        // a country in one character
	TermOrganization                 //
	TermMinistry                     // 外務省: with a country beside it an organisation
	TermPlace                        //
	TermPerson                       // a full name of the table of holders
	TermOffice                       //
	TermMark                         // 元, 次期, 代行, 氏
	TermProxy                        // 政府, 側, 軍 after a country
	TermNamed                        // an agreement or event with a name of its own
	TermHead                         // the head word of others: 協定, 首脳会議
)

// LexTerm is what one form of the joint lexicon means. Only the fields of its kind are set.
type LexTerm struct {
	Kind TermKind
	// ID is that of the Country, Organization, Place or Person.
	ID string
	// Country is the country that an Organization or Place belongs to, "" for none.
	Country string
	// Alias is how the form names the country, organisation or place.
	Alias Alias
	// Safety is where a TermKanji may be read.
	Safety KanjiSafety
	// Class is the class of a trap, or the kind of an organisation, place or proxy.
	Class string
	// Alone reports that a proxy stands for a country with none beside it.
	Alone    bool
	Ministry *Ministry
	Office   *Office
	Mark     *Mark
	Person   *Person
	Named    *Named
	Head     *Head
}

// LexEntry is a form of the joint lexicon and what it means.
type LexEntry struct {
	Form string
	LexTerm
}

// NewGazetteer builds the joint lexicon of all gazetteers and of more. fold brings a form to the shape of the texts that will
// be looked up in it. Building takes milliseconds; the result is immutable.
func NewGazetteer(fold func(string) string, more ...LexEntry) *Lexicon[LexTerm] {
	var b LexiconBuilder[LexTerm]
	for _, t := range append(GazetteerTerms(), more...) {
		b.Add(fold(t.Form), t.LexTerm)
	}
	return b.Build()
}

// entries collects the terms of the joint lexicon.
type entries []LexEntry

func (t *entries) Add(form string, term LexTerm) { *t = append(*t, LexEntry{form, term}) }

// GazetteerTerms are the terms of all gazetteers, forms as their files write them.
func GazetteerTerms() []LexEntry {
	var b entries
	for _, t := range Traps() {
		b.Add(t.Text, LexTerm{Kind: TermTrap, Class: t.Class})
	}
	for _, c := range Countries() {
		for _, a := range c.Aliases {
			b.Add(a.Text, LexTerm{Kind: TermCountry, ID: c.ID, Alias: a})
		}
		for _, k := range c.OneKanji {
			b.Add(k.Text, LexTerm{Kind: TermKanji, ID: c.ID, Safety: k.Safety})
		}
	}
	for _, o := range Organizations() {
		for _, a := range o.Aliases {
			b.Add(a.Text, LexTerm{Kind: TermOrganization, ID: o.ID, Country: o.Country, Alias: a, Class: o.Kind})
		}
	}
	ministries := Ministries()
	for i := range ministries {
		b.Add(ministries[i].Suffix, LexTerm{Kind: TermMinistry, Ministry: &ministries[i]})
	}
	for _, p := range Places() {
		for _, a := range p.Aliases {
			b.Add(a.Text, LexTerm{Kind: TermPlace, ID: p.ID, Country: p.Country, Alias: a, Class: p.Kind})
		}
	}
	for _, p := range Holders().People() {
		for _, name := range append([]string{p.NameJa}, p.Variants...) {
			if utf8.RuneCountInString(name) >= 3 {
				b.Add(name, LexTerm{Kind: TermPerson, ID: p.ID, Person: p})
			}
		}
	}
	offices := Offices().All()
	for i := range offices {
		for _, form := range append([]string{offices[i].Ja}, offices[i].Aliases...) {
			b.Add(form, LexTerm{Kind: TermOffice, Office: &offices[i]})
		}
	}
	marks := OfficeMarks()
	for i := range marks {
		b.Add(marks[i].Form, LexTerm{Kind: TermMark, Mark: &marks[i]})
	}
	for _, p := range CountryProxies() {
		b.Add(p.Text, LexTerm{Kind: TermProxy, Class: p.Kind, Alone: p.Alone})
	}
	named := NamedThings()
	for i := range named {
		for _, form := range append([]string{named[i].NameJa}, named[i].Aliases...) {
			b.Add(form, LexTerm{Kind: TermNamed, ID: named[i].NameJa, Named: &named[i]})
		}
	}
	heads := Heads()
	for i := range heads {
		b.Add(heads[i].Word, LexTerm{Kind: TermHead, Head: &heads[i]})
	}
	return b
}

//go:embed data/surnames.txt
var surnamesText string

// EastAsianSurnames are surnames of Chinese, Korean and Vietnamese people in kanji, one or two characters each.
var EastAsianSurnames = sync.OnceValue(func() map[string]bool {
	m := make(map[string]bool)
	for line := range strings.Lines(surnamesText) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, s := range strings.Fields(line) {
			m[s] = true
		}
	}
	return m
})
