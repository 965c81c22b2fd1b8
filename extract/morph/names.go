package morph

import "strings"

var namePOS = [4]string{"名詞", "固有名詞", "人名", ""}

// joinNames joins names that the dictionary breaks: katakana words with ・ ＝ between them. Kanji names come with the
// titles beside them.
func (l *line) joinNames() {
	out := l.tokens[:0]
	for i := 0; i < len(l.tokens); {
		if !isKatakanaNoun(&l.tokens[i]) {
			out = append(out, l.tokens[i])
			i++
			continue
		}
		j := i + 1
		dots := 0
		for j+1 < len(l.tokens) && nameJoint[l.tokens[j].Norm] && isKatakanaNoun(&l.tokens[j+1]) && l.adjacent(j-1) && l.adjacent(j) {
			j += 2
			dots++
		}
		if dots == 0 {
			t := l.tokens[i]
			if !t.Known && strings.Contains(t.Norm, "・") {
				t.POS, t.Kind = namePOS, Name
			} else if !t.Known && len(t.Norm) >= 6 {
				t.Kind = Name
			}
			out = append(out, t)
			i++
			continue
		}
		t := l.merged(i, j)
		t.POS, t.Kind = namePOS, Name
		out = append(out, t)
		i = j
	}
	l.tokens = out
}

var nameJoint = map[string]bool{"・": true, "＝": true, "‐": true, "゠": true}

// isKatakanaNoun reports whether a token may be a piece of a name in katakana: not the name of a place, so that lists
// of countries (タイ・カンボジア) stay lists.
func isKatakanaNoun(t *Token) bool {
	return t.POS[0] == "名詞" && t.Kind != Number && t.POS[2] != "地域" && t.POS[1] != "接尾" && isKatakanaName(t.Norm)
}

// isKatakanaName reports whether s is katakana, with ・ inside or without.
func isKatakanaName(s string) bool {
	for _, p := range strings.Split(s, "・") {
		if !isKatakanaWord(p) {
			return false
		}
	}
	return true
}
