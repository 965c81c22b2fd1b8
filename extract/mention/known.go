package mention

import (
	"strings"
	"unicode/utf8"

	"github.com/entente-kg/entente/extract/rules"
)

// knownNames are the people whom a document names with an office or 氏, by every form that may stand bare later.
type knownNames struct {
	order []string
	forms map[string]string // form → the fullest name
	// political reports that the document names offices and countries.
	offices, countries int
	// firm counts the countries and offices that are certain.
	firm int
}

func newKnown() *knownNames { return &knownNames{forms: map[string]string{}} }

// learn takes the names of one sentence.
func (k *knownNames) learn(r *run) {
	for i := range r.out {
		d := &r.out[i]
		switch d.Kind {
		case Country:
			k.countries++
			if !r.lone(d) {
				k.firm++
			}
		case TitleOnly:
			k.offices++
			k.firm++
		case Person, Expert:
			if d.official {
				k.offices++
				k.firm++
			}
			if d.Name == "" || strings.HasPrefix(d.Rule, "gazetteer") {
				continue
			}
			k.put(d.Name, d.Name)
			for _, s := range shortForms(d.Name) {
				k.put(s, d.Name)
			}
		}
	}
}

func (k *knownNames) put(form, name string) {
	n := utf8.RuneCountInString(form)
	if n < 2 || n < 3 && isKatakana(firstRune(form)) {
		return
	}
	if have, ok := k.forms[form]; ok && len(have) >= len(name) {
		return
	} else if !ok {
		k.order = append(k.order, form)
	}
	k.forms[form] = name
}

// shortForms are the names by which a later sentence may call a person: the last piece of a name in katakana, and what
// the table of holders has.
func shortForms(name string) []string {
	var out []string
	if i := strings.LastIndexAny(name, "・="); i >= 0 {
		_, w := utf8.DecodeRuneInString(name[i:])
		out = append(out, name[i+w:])
	}
	for _, p := range rules.Holders().Named(name) {
		out = append(out, p.Shorts...)
	}
	return out
}

func (k *knownNames) lexicon() *rules.Lexicon[string] {
	var b rules.LexiconBuilder[string]
	for _, f := range k.order {
		b.Add(f, k.forms[f])
	}
	return b.Build()
}

// bare finds names without office or honorific.
func (r *run) bare(lex *rules.Lexicon[string], known *knownNames) {
	for i := 0; i < len(r.n); {
		c, w := utf8.DecodeRuneInString(r.n[i:])
		if !isKatakana(c) && (!isKanji(c) || !lex.Starts(c)) || c == 'ー' {
			i += w
			continue
		}
		end, _ := lex.Longest(r.n, i)
		rule := "bare"
		if end == 0 || !r.bareBounded(i, end) {
			end = r.famous(i, known)
			rule = "bare-gazetteer"
		}
		if end == 0 {
			// Skip the rest of a katakana word at once.
			if isKatakana(c) {
				for i < len(r.n) && isKatakana(firstRune(r.n[i:])) {
					i += utf8.RuneLen(firstRune(r.n[i:]))
				}
				continue
			}
			i += w
			continue
		}
		if !r.taken(i, end) {
			d := draft{from: i, to: end, head: i, nameFrom: i, nameTo: end}
			d.Kind, d.Name, d.Rule, d.Certainty = Person, r.n[i:end], rule, 0.9
			d.to = r.honorificEnd(end, &d)
			if it := r.starting(d.to); it != nil && it.kind == rules.TermMark && it.term.Mark.Role == rules.MarkPlural {
				d.Plural, d.to = true, it.to
			}
			if strings.HasPrefix(r.n[d.to:], "側") {
				d.to += len("側")
			}
			r.add(d)
		}
		i = end
	}
}

// famous is the end of a leader's short name in katakana (プーチン) that the document has not introduced; 0 when there is none.
func (r *run) famous(i int, known *knownNames) int {
	if known.countries == 0 || !isKatakana(firstRune(r.n[i:])) || i > 0 && isKatakana(lastRune(r.n[:i])) {
		return 0
	}
	end := i
	for end < len(r.n) && isKatakana(firstRune(r.n[end:])) {
		end += utf8.RuneLen(firstRune(r.n[end:]))
	}
	name := r.n[i:end]
	if utf8.RuneCountInString(name) < 4 || r.commonNoun(i, end) && known.offices == 0 {
		return 0
	}
	people := rules.Holders().Surnamed(name)
	if len(people) == 0 || !r.bareBounded(i, end) {
		return 0
	}
	if r.starting(i) != nil {
		return 0
	}
	return end
}

// bareBounded reports whether a bare name at [from,to) is a phrase: a particle or punctuation follows, and nothing that makes
// it a piece of another name.
func (r *run) bareBounded(from, to int) bool {
	before, after := lastRune(r.n[:from]), firstRune(r.n[to:])
	if isKatakana(firstRune(r.n[from:])) && (isKatakana(before) || before == '・' || before == '=') || isKatakana(lastRune(r.n[:to])) && (isKatakana(after) || after == '=') {
		return false
	}
	if strings.HasPrefix(r.n[to:], "・") && isKatakana(firstRune(r.n[min(len(r.n), to+len("・")):])) {
		return false
	}
	if isKanji(firstRune(r.n[from:])) {
		if !r.w.Starts(from) && isKanji(before) || !r.w.Ends(to) && isKanji(after) {
			return false
		}
		if isKanji(before) && utf8.RuneCountInString(r.n[from:to]) < 3 {
			return false
		}
	}
	if isKanji(after) {
		switch {
		case strings.HasPrefix(r.n[to:], "氏"), strings.HasPrefix(r.n[to:], "側"), strings.HasPrefix(r.n[to:], "両"):
		default:
			return false // 安倍派, トランプ関税, プーチン体制
		}
	}
	return true
}
