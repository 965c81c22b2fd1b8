package clause

import (
	"strings"
	"unicode/utf8"
)

// titleEndings are the last characters of titles: 首相, 大臣, 大統領, 氏, 長官, 大使, 総理, 国王, 主席, 書記, 代表, 議員.
const titleEndings = "相臣領氏官長使理王皇師席佐将記表員"

// titled reports a phrase that names a person by title.
func (w *work) titled(i int) bool {
	u := &w.units[i]
	if u.kind != nominal || w.isRegion(i) || !w.words[u.head].is(mayActor) {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(w.s.Tokens[u.head].Norm)
	return strings.ContainsRune(titleEndings, r)
}

// reachTitles hands a person that the parser has coordinated with the next person's country to that person:
// A国のX大統領とB国のY委員長は.
func (w *work) reachTitles() {
	for i := range w.units {
		u := &w.units[i]
		if u.of || u.topic || u.quote && u.mark != To || u.mark != To && (u.mark != "" || !u.comma) || u.dep != i+1 {
			continue
		}
		d := &w.units[u.dep]
		if d.kind != nominal || !d.of || d.mark != "" || d.dep <= i+1 || !w.isRegion(i+1) || !w.titled(i) || !w.titled(d.dep) {
			continue
		}
		u.dep = d.dep
	}
}
