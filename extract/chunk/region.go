package chunk

import "github.com/entente-kg/entente/extract/morph"

// maxDepth is how many brackets deep regions are told apart; deeper ones are ordinary characters.
const maxDepth = 12

// regions says for every bunsetsu how far its head may lie: brackets hold more than one bunsetsu together, and so do
// the sentences inside a quotation.
type regions struct {
	// limit[i] is the last bunsetsu that i may depend on.
	limit []int
	// low[j] is the first bunsetsu that may depend on j: those outside a region depend on its last bunsetsu only.
	low []int
	// forced[i] is the bunsetsu that i depends on by form alone, or -1.
	forced []int
	// depth[i] is the number of regions around bunsetsu i.
	depth []int
}

// find matches the brackets of a sentence at the level of bunsetsu.
func (r *regions) find(s *Sentence) {
	n := len(s.Chunks)
	r.limit, r.low, r.forced, r.depth = r.limit[:0], r.low[:0], r.forced[:0], r.depth[:0]
	for range n {
		r.limit, r.low, r.forced, r.depth = append(r.limit, n-1), append(r.low, 0), append(r.forced, -1), append(r.depth, 0)
	}
	type open struct {
		mark  string
		chunk int
		stops []int
	}
	var stack []open
	var stops []int // bunsetsu that end a sentence inside the sentence, outside brackets
	deeper := 0
	for i := range s.Tokens {
		t := &s.Tokens[i]
		if t.Kind != morph.Symbol {
			continue
		}
		c := s.ChunkOf[i]
		if closing(t.Norm) != "" {
			if len(stack) >= maxDepth {
				deeper++
				continue
			}
			stack = append(stack, open{mark: t.Norm, chunk: c})
			continue
		}
		if isStop(t.Norm) || t.Norm == "＝" && i+1 == s.Chunks[c].To {
			if i+1 != s.Chunks[c].To && !isClosing(s.Tokens[i+1].Norm) {
				continue
			}
			if len(stack) == 0 {
				stops = append(stops, c)
			} else {
				top := &stack[len(stack)-1]
				top.stops = append(top.stops, c)
			}
			continue
		}
		if !isClosing(t.Norm) {
			continue
		}
		if deeper > 0 {
			deeper--
			continue
		}
		for k := len(stack) - 1; k >= 0; k-- {
			if closing(stack[k].mark) != t.Norm {
				continue
			}
			o := stack[k]
			stack = stack[:k]
			r.hold(o.chunk, c, o.stops)
			break
		}
	}
	if len(stops) > 0 {
		r.chain(0, n-1, stops)
	}
}

// hold keeps bunsetsu [from,to] together: heads inside, and from outside only on the last.
func (r *regions) hold(from, to int, stops []int) {
	for i := from; i < to; i++ {
		r.limit[i] = min(r.limit[i], to)
		r.low[i] = max(r.low[i], from)
		r.depth[i]++
	}
	r.chain(from, to, stops)
}

// chain ends the sentences inside [from,to] at the stops, each of which hangs on the end of the next.
func (r *regions) chain(from, to int, stops []int) {
	for k, stop := range stops {
		if stop >= to || stop < from {
			continue
		}
		for i := from; i < stop; i++ {
			r.limit[i] = min(r.limit[i], stop)
		}
		r.forced[stop] = to
		if k+1 < len(stops) {
			r.forced[stop] = min(stops[k+1], to)
		}
		from = stop + 1
	}
}

// closing is the mark that closes what mark opens, or "".
func closing(mark string) string {
	switch mark {
	case "「":
		return "」"
	case "『":
		return "』"
	case "（":
		return "）"
	case "［":
		return "］"
	case "〈":
		return "〉"
	case "《":
		return "》"
	case "【":
		return "】"
	case "“":
		return "”"
	case "〔":
		return "〕"
	case "｛":
		return "｝"
	case "＜":
		return "＞"
	}
	return ""
}

func isStop(s string) bool { return s == "。" || s == "？" || s == "！" }

func isClosing(s string) bool {
	switch s {
	case "」", "』", "）", "］", "〉", "》", "】", "”", "〕", "｝", "＞":
		return true
	}
	return false
}
