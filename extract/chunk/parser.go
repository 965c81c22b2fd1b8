package chunk

import (
	"github.com/entente-kg/entente/extract/morph"
	"github.com/entente-kg/entente/schema"
)

// Options configure a Parser. The zero value is the default.
type Options struct{}

// Parser finds bunsetsu and their dependencies. It is immutable and safe for concurrent use.
type Parser struct{}

// New returns a parser.
func New(Options) (*Parser, error) { return &Parser{}, nil }

// Parse returns the sentence with its bunsetsu and the bunsetsu each depends on. Time is linear in the number of tokens.
func (p *Parser) Parse(s schema.Sentence, tokens []morph.Token) Sentence {
	starts := make([]bool, len(tokens))
	for i := range tokens {
		starts[i] = i == 0 || begins(tokens, i)
	}
	return p.ParseWith(s, tokens, starts)
}

// ParseWith is Parse with the bunsetsu given: starts[i] says whether tokens[i] begins one. The first always does.
func (p *Parser) ParseWith(s schema.Sentence, tokens []morph.Token, starts []bool) Sentence {
	out := Sentence{Sentence: s, Tokens: tokens, ChunkOf: make([]int, len(tokens))}
	for i := range tokens {
		if i == 0 || starts[i] {
			out.Chunks = append(out.Chunks, Chunk{From: i})
		}
		out.ChunkOf[i] = len(out.Chunks) - 1
	}
	for i := range out.Chunks {
		c := &out.Chunks[i]
		c.To = len(tokens)
		if i+1 < len(out.Chunks) {
			c.To = out.Chunks[i+1].From
		}
		c.Span = tokens[c.From].Span.Cover(tokens[c.To-1].Span)
		c.Head, c.Func = headOf(tokens, c.From, c.To)
	}
	attach(&out)
	return out
}

// headOf returns the last content token of tokens[from:to] and the first function token behind it, or to.
func headOf(tokens []morph.Token, from, to int) (head, function int) {
	head = -1
	for i := from; i < to; i++ {
		t := &tokens[i]
		if t.Kind == morph.Symbol || isFunction(t) && (head >= 0 || i+1 < to && !isFunction(&tokens[i+1])) {
			continue
		}
		if head >= 0 && isLightSuru(tokens, i) {
			continue
		}
		head = i
	}
	if head < 0 {
		head = from
	}
	for i := head + 1; i < to; i++ {
		if tokens[i].Kind != morph.Symbol {
			return head, i
		}
	}
	return head, to
}

// isLightSuru reports する, なさる, いたす, できる behind a サ変 noun.
func isLightSuru(tokens []morph.Token, i int) bool {
	if i == 0 || tokens[i].POS[0] != "動詞" {
		return false
	}
	switch tokens[i].Base {
	case "する", "できる", "なさる", "いたす", "致す", "出来る", "くださる", "下さる":
		return tokens[i-1].POS[0] == "名詞"
	}
	return false
}

// isFunction reports whether a token is a function word: it stands behind a content word of its bunsetsu.
func isFunction(t *morph.Token) bool {
	switch t.POS[0] {
	case "助詞", "助動詞":
		return true
	case "動詞", "形容詞":
		return t.POS[1] == "接尾" || t.POS[1] == "非自立"
	case "名詞":
		return t.POS[1] == "非自立" && t.POS[2] == "助動詞語幹" || t.POS[1] == "特殊"
	}
	return false
}

// begins is the rule for bunsetsu boundaries: whether tokens[i], i > 0, begins a new one.
func begins(tokens []morph.Token, i int) bool {
	t, prev := &tokens[i], &tokens[i-1]
	if isOpening(t) {
		return !isOpening(prev) && prev.POS[0] != "接頭詞"
	}
	if t.Kind == morph.Symbol {
		return false
	}
	if isOpening(prev) || prev.POS[0] == "接頭詞" || isFunction(t) || isLightSuru(tokens, i) {
		return false
	}
	if t.POS[0] == "名詞" && t.POS[1] == "接尾" {
		return false
	}
	nominal := t.POS[0] == "名詞" || t.POS[0] == "接頭詞"
	if nominal && (prev.POS[0] == "名詞" || prev.Kind == morph.Number) {
		return t.POS[1] == "副詞可能" && prev.Kind != morph.Number && prev.POS[1] != "固有名詞" || prev.POS[1] == "副詞可能" || t.POS[1] == "非自立" && prev.POS[1] != "サ変接続"
	}
	if nominal && prev.Norm == "・" && i > 1 && tokens[i-2].POS[0] == "名詞" {
		return false
	}
	return true
}

func isOpening(t *morph.Token) bool {
	switch t.Norm {
	case "「", "『", "（", "［", "〈", "《", "【", "“", "〔", "｛", "＜":
		return true
	}
	return t.POS[1] == "括弧開"
}
