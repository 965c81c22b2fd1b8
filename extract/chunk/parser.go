package chunk

import (
	"sync"

	"github.com/entente-kg/entente/extract/morph"
	"github.com/entente-kg/entente/schema"
)

// Options configure a Parser. The zero value is the default.
type Options struct {
	// Weights is a file of weights as Train makes it; nil stands for those that are built in.
	Weights []byte
}

// Parser finds bunsetsu and their dependencies with two linear models. It is immutable and safe for concurrent use.
type Parser struct {
	model *model
	spare sync.Pool // of *scratch
}

// scratch is the memory that the parsing of a sentence needs and the next one can have.
type scratch struct {
	parts   parts
	attrs   []tokenAttr
	outer   view
	at      []int
	decoder decoder
}

func (p *Parser) scratch(tokens []morph.Token) *scratch {
	c, ok := p.spare.Get().(*scratch)
	if !ok {
		c = new(scratch)
	}
	c.attrs = tokenAttrs(c.attrs[:0], tokens, &c.parts)
	return c
}

// New returns a parser. It fails on a weights file of another version.
func New(opts Options) (*Parser, error) {
	file := opts.Weights
	if file == nil {
		file = weights
	}
	m, err := loadModel(file)
	if err != nil {
		return nil, err
	}
	return &Parser{model: m}, nil
}

// Parse returns the sentence with its bunsetsu and the bunsetsu each depends on. Time is linear in the number of tokens.
func (p *Parser) Parse(s schema.Sentence, tokens []morph.Token) Sentence {
	c := p.scratch(tokens)
	return p.parse(s, tokens, p.boundaries(tokens, c), c)
}

// ParseWith is Parse with the bunsetsu given: starts[i] says whether tokens[i] begins one. The first always does.
func (p *Parser) ParseWith(s schema.Sentence, tokens []morph.Token, starts []bool) Sentence {
	return p.parse(s, tokens, starts, p.scratch(tokens))
}

func (p *Parser) parse(s schema.Sentence, tokens []morph.Token, starts []bool, c *scratch) Sentence {
	out := build(s, tokens, starts)
	if len(out.Chunks) > 0 {
		c.decoder.begin(&out, c.attrs)
		c.decoder.run(p.model.edge)
		c.decoder.s = nil
	}
	p.spare.Put(c)
	return out
}

// build makes the bunsetsu without their heads.
func build(s schema.Sentence, tokens []morph.Token, starts []bool) Sentence {
	n := 0
	for i := range tokens {
		if i == 0 || starts[i] {
			n++
		}
	}
	out := Sentence{Sentence: s, Tokens: tokens, ChunkOf: make([]int, len(tokens)), Chunks: make([]Chunk, 0, n)}
	for i := range tokens {
		if i == 0 || starts[i] {
			out.Chunks = append(out.Chunks, Chunk{From: i, Dep: -1, Score: 1})
		}
		out.ChunkOf[i] = len(out.Chunks) - 1
	}
	asides := findAsides(tokens)
	for i := range out.Chunks {
		c := &out.Chunks[i]
		c.To = len(tokens)
		if i+1 < len(out.Chunks) {
			c.To = out.Chunks[i+1].From
		}
		c.Span = tokens[c.From].Span.Cover(tokens[c.To-1].Span)
		for len(asides) > 0 && asides[0].to <= c.From {
			asides = asides[1:]
		}
		c.Head, c.Func = headOf(tokens, c.From, c.To, asides)
	}
	return out
}

// boundaries says for each token, with its hashes in c.attrs, whether it begins a bunsetsu.
func (p *Parser) boundaries(tokens []morph.Token, c *scratch) []bool {
	a := c.attrs
	starts := make([]bool, len(tokens))
	asides := findAsides(tokens)
	if len(asides) == 0 {
		p.decide(view{tokens: tokens, attrs: a}, starts)
		return starts
	}
	// The words around an aside are read without it, as are those inside.
	outer, at := view{c.outer.tokens[:0], c.outer.attrs[:0]}, c.at[:0]
	next := 0
	for _, x := range append(asides, aside{len(tokens), len(tokens)}) {
		for i := next; i < x.from; i++ {
			outer.tokens, outer.attrs, at = append(outer.tokens, tokens[i]), append(outer.attrs, a[i]), append(at, i)
		}
		next = x.to
	}
	around := make([]bool, len(at))
	p.decide(outer, around)
	for k, i := range at {
		starts[i] = around[k]
	}
	clear(outer.tokens) // their text is no longer held
	c.outer, c.at = outer, at
	for _, x := range asides {
		if x.glued(tokens) {
			continue
		}
		p.decide(view{tokens: tokens[x.from:x.to], attrs: a[x.from:x.to]}, starts[x.from:x.to])
		starts[x.from] = true
		if x.to < len(tokens) && tokens[x.to].Kind != morph.Symbol {
			starts[x.to] = true
		}
	}
	return starts
}

// view is a run of tokens with their attributes.
type view struct {
	tokens []morph.Token
	attrs  []tokenAttr
}

// decide sets starts by the model, except where form alone decides: nothing begins with a closing mark, nor between an
// opening mark and what it opens.
func (p *Parser) decide(v view, starts []bool) {
	var buf [64]uint32
	for i := range v.tokens {
		if d := fixedBoundary(v.tokens, i); d != undecided {
			starts[i] = d == boundary
			continue
		}
		features := boundaryFeatures(buf[:0], v.attrs, i, v.tokens[i-1].Span.End < v.tokens[i].Span.Start)
		starts[i] = weigh(p.model.boundary, features) > 0
	}
}

type decision uint8

const (
	undecided decision = iota
	boundary
	inside
)

// fixedBoundary decides the boundary before token i where its form leaves no choice.
func fixedBoundary(tokens []morph.Token, i int) decision {
	if i == 0 {
		return boundary
	}
	t, prev := &tokens[i], &tokens[i-1]
	switch {
	case isOpening(prev):
		return inside
	case t.Kind != morph.Symbol:
		if prev.Norm == "。" || contentAfterParticle(prev, t) || nounAfterClause(tokens, i) || prev.Norm == "＝" && startsPlace(tokens, i) {
			return boundary
		}
		return undecided
	case isOpening(t):
		return undecided
	}
	return inside
}

// contentAfterParticle reports a content word written in kanji, katakana or Latin capitals behind a particle of case, topic or の:
// in the annotated corpus 1 in 1,000 of them begins no bunsetsu, all with the verbs and nouns left out here.
func contentAfterParticle(prev, t *morph.Token) bool {
	if prev.POS[0] != "助詞" || t.Norm < "ァ" && (t.Norm < "A" || t.Norm[0] > 'Z') {
		return false
	}
	switch prev.POS[1] {
	case "格助詞", "係助詞", "連体化", "並立助詞":
	default:
		return false
	}
	switch t.POS[0] {
	case "動詞", "形容詞":
		return t.POS[1] == "自立" && t.Base != "得る" && t.Base != "出来る" && t.Base != "限る" && t.Base != "無い"
	case "名詞":
		return t.POS[1] != "接尾" && t.POS[1] != "非自立" && t.Norm != "可能" && t.Norm != "不可能"
	}
	return false
}

// nounAfterClause reports a noun behind a verb that governs a phrase of its own: 関税を巡り対立.
func nounAfterClause(tokens []morph.Token, i int) bool {
	if i < 2 || tokens[i].POS[0] != "名詞" || tokens[i].POS[1] == "接尾" || tokens[i].POS[1] == "非自立" {
		return false
	}
	v, p := &tokens[i-1], &tokens[i-2]
	return v.POS[0] == "動詞" && v.POS[1] == "自立" && v.Form == "連用形" && p.Norm == "を" && p.POS[0] == "助詞"
}

// startsPlace reports whether token i, behind ＝, begins the when and where of a caption: 首相＝18日、ソウル.
func startsPlace(tokens []morph.Token, i int) bool {
	t := &tokens[i]
	return t.POS[2] == "地域" || t.Kind == morph.Number && i+1 < len(tokens) && tokens[i+1].Kind == morph.DateUnit
}

// headOf returns the last content token of tokens[from:to], asides left out, and the first function token behind it,
// or to.
func headOf(tokens []morph.Token, from, to int, asides []aside) (head, function int) {
	head = -1
	skip := func(i int) bool {
		for _, a := range asides {
			if a.from >= to {
				break
			}
			if a.from > from && a.from <= i && i < a.to {
				return true
			}
		}
		return false
	}
	for i := from; i < to; i++ {
		t := &tokens[i]
		if t.Kind == morph.Symbol || skip(i) {
			continue
		}
		if head >= 0 && (isFunction(t) || isLightSuru(tokens, i) || t.POS[0] == "接続詞" || tokens[head].POS[0] == "動詞" && t.POS[0] != "名詞") {
			continue
		}
		head = i
	}
	if head < 0 {
		head = from
		for i := from; i < to; i++ {
			if tokens[i].Kind != morph.Symbol {
				head = i
				break
			}
		}
	}
	for i := head + 1; i < to; i++ {
		if tokens[i].Kind != morph.Symbol && !skip(i) {
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
		return t.POS[1] == "非自立" && (t.POS[2] == "助動詞語幹" || t.Norm == "の" || t.Norm == "ん") || t.POS[1] == "特殊"
	}
	return false
}

func isOpening(t *morph.Token) bool {
	if t.Kind != morph.Symbol {
		return false
	}
	return closing(t.Norm) != ""
}
