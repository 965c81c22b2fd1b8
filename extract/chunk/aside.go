package chunk

import "github.com/entente-kg/entente/extract/morph"

// aside is a range of tokens （…）, brackets included.
type aside struct{ from, to int }

// findAsides returns the outermost （…） and the like that stand behind a word, in order. The bunsetsu around one is
// found as if it were not there.
func findAsides(tokens []morph.Token) []aside {
	var out []aside
	for i := 1; i < len(tokens); i++ {
		if tokens[i].Kind != morph.Symbol {
			continue
		}
		mark := tokens[i].Norm
		if mark != "（" && mark != "［" && mark != "〔" {
			continue
		}
		depth := 0
		for j := i; j < len(tokens) && j < i+80; j++ {
			switch tokens[j].Norm {
			case mark:
				depth++
			case closing(mark):
				depth--
			}
			if depth == 0 {
				out = append(out, aside{i, j + 1})
				i = j
				break
			}
		}
	}
	return out
}

// glued reports whether an aside is part of the bunsetsu before it: a name, a reading, a number, or anything before a
// particle.
func (a aside) glued(tokens []morph.Token) bool {
	if a.to < len(tokens) && (tokens[a.to].POS[0] == "助詞" || tokens[a.to].POS[0] == "助動詞") {
		return true
	}
	for i := a.from; i < a.to; i++ {
		switch tokens[i].POS[0] {
		case "動詞", "助動詞", "形容詞":
			return false
		case "助詞":
			if tokens[i].POS[1] != "連体化" && tokens[i].POS[1] != "並立助詞" {
				return false
			}
		}
	}
	return a.to-a.from <= 16
}
