package chunk

import "github.com/entente-kg/entente/extract/morph"

// role is what a bunsetsu asks of its head.
type role uint8

const (
	toNext     role = iota // adverbs and the like: the next bunsetsu
	toNominal              // の, attributive forms: the next nominal
	toVerbal               // case particles, は, adverbial forms: a predicate
	toParallel             // と, や, ・, 、 after a noun: the next nominal
)

// attach gives every bunsetsu its head by rule, from right to left, without crossing.
func attach(s *Sentence) {
	n := len(s.Chunks)
	if n == 0 {
		return
	}
	verbal := make([]bool, n)
	nominal := make([]bool, n)
	for i := range s.Chunks {
		verbal[i] = isVerbal(s, i)
		nominal[i] = !verbal[i] || s.Tokens[s.Chunks[i].Head].POS[0] == "名詞"
	}
	s.Chunks[n-1].Dep, s.Chunks[n-1].Score = -1, 1
	for i := n - 2; i >= 0; i-- {
		c := &s.Chunks[i]
		c.Dep, c.Score = i+1, 0.7
		r := roleOf(s, i)
		topic := false
		for k := c.Func; k < c.To; k++ {
			topic = topic || s.Tokens[k].Norm == "は" && s.Tokens[k].POS[0] == "助詞"
		}
		// Candidates without crossing: i+1, its head, the head of that, …
		for j := i + 1; j != -1; j = s.Chunks[j].Dep {
			ok := false
			switch r {
			case toNext:
				ok = true
			case toNominal, toParallel:
				ok = nominal[j]
			case toVerbal:
				ok = verbal[j]
				if ok && topic && s.Chunks[j].Dep != -1 && roleOf(s, j) == toNominal {
					ok = false // は reaches over a relative clause
				}
			}
			if ok {
				c.Dep = j
				break
			}
		}
		if i == n-2 {
			c.Score = 1
		}
	}
}

func isVerbal(s *Sentence, i int) bool {
	c := &s.Chunks[i]
	switch s.Tokens[c.Head].POS[0] {
	case "動詞", "形容詞":
		return true
	}
	for k := c.Head; k < c.To; k++ {
		t := &s.Tokens[k]
		if t.POS[0] == "動詞" || t.POS[0] == "助動詞" {
			return true
		}
	}
	last := &s.Tokens[c.To-1]
	return c.Dep == -1 || last.Norm == "。" || s.Tokens[c.Head].POS[1] == "サ変接続" && c.Func >= c.To-1 && (last.Norm == "、")
}

func roleOf(s *Sentence, i int) role {
	c := &s.Chunks[i]
	k := c.To - 1
	for k > c.Head && s.Tokens[k].Kind == morph.Symbol {
		k--
	}
	t := &s.Tokens[k]
	switch t.POS[0] {
	case "助詞":
		switch {
		case t.POS[1] == "連体化":
			return toNominal
		case t.POS[1] == "並立助詞":
			return toParallel
		}
		return toVerbal
	case "連体詞":
		return toNominal
	case "副詞", "接続詞":
		return toVerbal
	case "動詞", "形容詞", "助動詞":
		if t.Form == "基本形" || t.Form == "体言接続" || t.POS[0] == "助動詞" && t.Norm == "な" {
			return toNominal
		}
		return toVerbal
	case "名詞":
		if s.Tokens[c.To-1].Norm == "、" && t.POS[1] != "副詞可能" && t.Kind != morph.DateUnit {
			return toParallel
		}
		return toVerbal
	}
	return toNext
}
