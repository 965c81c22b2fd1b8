package chunk

import (
	"strings"

	"github.com/entente-kg/entente/extract/morph"
)

// The encyclopaedia that the models learn from has few of the patterns that news is made of: a day after the topic,
// reported speech, picture captions. The constraints here leave out heads that the grammar leaves out, before the model
// chooses among the rest. Where none would remain, all do.

// ask is what a bunsetsu may depend on by its last particle.
type ask uint8

const (
	asksAny    ask = iota
	asksVerb       // が, を, に, へ, で, から …: a predicate
	asksClause     // は, a day with a comma, に対し、: a predicate that is not a relative clause's
	asksNoun       // による, に対する, との, への: a noun
)

// shape is what the constraints look at.
type shape struct {
	ask      ask
	particle string // the last particle, "" for none
	comma    bool
	verbal   bool
	time     bool // a time without particle, or with one
	bare     bool // a noun without particle
	event    bool // heads a サ変 or adjectival noun, which can be a predicate without する
	adnom    bool // a predicate in the form that modifies a noun
	quote    bool // a predicate with と, か: reported content
	closed   bool // ends in 」と, 」など: a quotation in brackets
	passive  bool // れる, られる
	holding  bool // its verb says that something is held: 開く, 行う, 開催する
	person   bool
	count    bool // a noun with its count: 賛成13
	says     bool // a verb of saying
	name     bool // a country's or person's name
	body     bool // a body that acts: 政府, 警察
	exists   bool // its verb says where something is
	quality  bool // an adjective that no other party belongs to: 重要な, not 対等な
}

// adnominalParticle reports compound particles in the form that modifies a noun.
func adnominalParticle(s string) bool {
	switch s {
	case "への", "との", "からの", "での", "までの", "による", "に対する", "に関する", "をめぐる", "に向けた", "における", "に対しての", "についての", "にわたる", "に伴う", "に基づく":
		return true
	}
	return false
}

// contrastive are compound particles that frame a whole clause.
func contrastive(s string) bool {
	switch s {
	case "に対し", "に対して", "によると", "によれば", "にとって", "に際し", "に際して":
		return true
	}
	return false
}

// officials end a common noun that names a person in office.
var officials = []string{"大統領", "首相", "外相", "長官", "大臣", "国防相", "議長", "報道官", "大使", "国王", "書記", "主席", "総理", "次官", "氏", "代表", "特使"}

// bodies end a common noun that names a body that acts.
var bodies = []string{"政府", "警察", "軍", "当局", "部隊", "外務省", "国防省", "議会", "艦艇", "警備隊"}

func shapeOf(s *Sentence, i int) shape {
	var (
		h     shape
		c     = &s.Chunks[i]
		head  = &s.Tokens[c.Head]
		final = head
		close bool
	)
	for k := c.Head; k < c.To; k++ {
		t := &s.Tokens[k]
		if t.Kind == morph.Symbol {
			h.comma = h.comma || t.Norm == "、" || t.Norm == "，"
			close = close || t.Norm == "」" || t.Norm == "』" || t.Norm == "”"
			continue
		}
		h.comma = false
		final = t
		switch t.POS[0] {
		case "動詞", "形容詞", "助動詞":
			h.verbal = true
			h.passive = h.passive || t.POS[1] == "接尾" && (t.Base == "れる" || t.Base == "られる")
		}
	}
	noun := head.POS[0] == "名詞"
	if final.POS[0] == "助詞" {
		h.particle = final.Norm
		if before := s.Tokens[max(c.From, c.To-2)]; final.Norm == "の" && before.POS[0] == "助詞" {
			h.particle = before.Norm + "の"
		} else if c.To-3 >= c.From && s.Tokens[c.To-1].Kind == morph.Symbol && final.Norm == "の" && s.Tokens[c.To-3].POS[0] == "助詞" {
			h.particle = s.Tokens[c.To-3].Norm + "の"
		}
	}
	h.closed = close && (h.particle == "と" || h.particle == "とも" || h.particle == "とは" || h.particle == "との" || h.particle == "として")
	h.bare = noun && !h.verbal && h.particle == ""
	h.time = noun && !h.verbal && isTime(head)
	switch head.Base {
	case "ある", "位置":
		h.exists = h.verbal
	}
	if noun {
		for _, b := range bodies {
			h.body = h.body || strings.HasSuffix(head.Norm, b)
		}
	}
	h.name = noun && !h.verbal && (head.Kind == morph.Name || head.POS[2] == "人名" || head.POS[2] == "地域" || head.POS[2] == "組織")
	switch head.Base {
	case "同じ", "同様", "対等", "同等", "緊密", "密接", "親密", "良好", "疎遠", "無関係", "友好的", "険悪", "別", "平等", "無縁":
	default:
		h.quality = head.POS[1] == "形容動詞語幹" && final.Norm == "な"
	}
	h.count = noun && !h.verbal && counted(s, c)
	h.event = head.POS[1] == "サ変接続" && !h.count || head.POS[1] == "形容動詞語幹" || head.POS[1] == "ナイ形容詞語幹" || head.Kind == morph.OneKanji && c.Head > c.From && s.Tokens[c.Head-1].Kind == morph.Travel
	h.adnom = h.verbal && final.POS[0] != "助詞" && !h.comma && i+1 < len(s.Chunks) &&
		(final.Form == "基本形" || final.Form == "体言接続" || final.Norm == "な") && s.Tokens[c.To-1].Kind != morph.Symbol
	h.quote = h.verbal && final.POS[0] == "助詞" && (h.particle == "と" && final.POS[1] == "格助詞" || h.particle == "か")
	switch head.Base {
	case "警告", "発表", "述べる", "語る", "話す", "表明", "主張", "批判", "非難", "明言", "強調", "言う", "伝える", "報じる", "報道", "指摘", "説明", "約束",
		"示唆", "通告", "訴える", "宣言", "反論", "答える", "通知", "断言", "証言", "抗議", "発言":
		h.says = h.verbal
	}
	switch head.Base {
	case "開く", "行う", "行なう", "催す", "結ぶ", "開催", "実施", "予定", "発表", "締結":
		h.holding = true
	}
	if h.holding = h.holding && h.verbal; noun && !h.verbal {
		h.person = head.Kind == morph.Name || head.POS[2] == "人名"
	}
	if noun && (h.particle == "が" || h.particle == "から") && !h.person {
		for _, o := range officials {
			h.person = h.person || strings.HasSuffix(head.Norm, o) || c.Head > c.From && strings.HasSuffix(s.Tokens[c.Head-1].Norm, o) // 大統領トランプ
		}
	}
	switch {
	case h.verbal:
	case final.POS[0] != "助詞":
		if h.time && h.comma {
			h.ask = asksClause
		}
	case h.particle == "は":
		h.ask = asksVerb // では, には, としては
		if c.Func < c.To && s.Tokens[c.Func].Norm == "は" {
			h.ask = asksClause
		}
	case h.particle == "から":
		if h.person {
			h.ask = asksVerb // from a person: 大統領から支持が表明された
		}
	case adnominalParticle(h.particle):
		h.ask = asksNoun
	case contrastive(h.particle) && h.comma:
		h.ask = asksClause
	case final.POS[1] == "格助詞" && final.POS[2] == "一般" && h.particle != "と", h.particle == "も":
		h.ask = asksVerb
		if h.particle == "が" && h.comma {
			h.ask = asksClause // 5カ国が、排出を抑える協定を結んだ
		}
	}
	return h
}

// counted reports whether a noun heads a count: 賛成13, 反対2.
func counted(s *Sentence, c *Chunk) bool {
	return c.Head+1 < len(s.Tokens) && s.Tokens[c.Head+1].Kind == morph.Number || s.Tokens[c.Head].Kind == morph.Number
}

// isTime reports whether a noun names a time: 26日, 同夜, 来週.
func isTime(t *morph.Token) bool {
	if t.Kind == morph.DateUnit {
		return true
	}
	if t.POS[0] != "名詞" || t.POS[1] != "副詞可能" {
		return false
	}
	return strings.ContainsAny(t.Norm, "日週月年朝昼夕夜晩時") && !strings.HasSuffix(t.Norm, "中") || t.Norm == "午前" || t.Norm == "午後"
}

// allows reports whether bunsetsu i may depend on j by the grammar.
func (d *decoder) allows(i, j int) bool {
	m, h := &d.shape[i], &d.shape[j]
	last := j == len(d.shape)-1
	switch m.ask {
	case asksNoun:
		if adnominalParticle(h.particle) && !h.event {
			return false // 米国による中国への関税: both depend on 関税; but 避難民への支援に関する声明
		}
		return !h.verbal || d.s.Tokens[d.s.Chunks[j].Head].POS[0] == "名詞"
	case asksAny:
		return m.particle != "と" || !m.name || h.particle != "" || !h.quality // カナダと重要な協定を結んだ
	}
	if h.closed && d.r.low[j] == 0 && d.opensAfter(i, j) && !last {
		return false // 首相は「…」と述べた
	}
	if last {
		return true
	}
	if !h.verbal {
		switch {
		case h.time, h.count, m.particle == "から":
			return false
		case m.particle == "は" && d.contrasted(i, j):
			return true
		case m.particle == "は":
			return h.bare && !(h.comma && m.ask == asksClause) || h.particle == "で" || h.event
		case m.ask == asksClause:
			return h.event && h.comma
		case h.particle == "":
			return true
		case m.particle == "を":
			return j == i+1 && (h.particle == "に" || h.particle == "と" || h.particle == "として") || h.event
		case m.particle == "で" && h.particle == "に":
			return j == i+1
		case m.particle == "が" || m.particle == "で" || m.particle == "も":
			return !(m.person && h.name) && (h.particle == "の" || h.particle == "で" || h.event)
		}
		return h.event || h.particle == "の" && j == i+1
	}
	if m.ask == asksClause && h.adnom {
		return false
	}
	if m.particle == "が" && (m.person || m.body) && h.exists && h.adnom {
		return false // 警察が首都にある大使館に入った
	}
	if m.particle == "が" && m.person && h.passive && h.holding && h.adnom {
		return false // 大統領が首都で開かれた式典に出席した
	}
	return true
}

// contrasted reports a topic with an amount that stands for its whole clause, the same said of the next topic: 人口は約4百万人、
// 面積は3万平方キロである.
func (d *decoder) contrasted(i, j int) bool {
	head := d.s.Chunks[j].Head
	if j != i+1 || d.shape[i].comma || !d.shape[j].comma || !d.shape[j].bare {
		return false
	}
	amount := false
	for k := d.s.Chunks[j].From; k <= head; k++ {
		amount = amount || d.s.Tokens[k].Kind == morph.Number
	}
	return amount && (j+1 < len(d.shape) && d.shape[j+1].particle == "は" || j+2 < len(d.shape) && d.shape[j+2].particle == "は" && !d.shape[j+1].verbal)
}

// opensAfter reports whether a quotation that ends in bunsetsu j opens behind bunsetsu i.
func (d *decoder) opensAfter(i, j int) bool {
	depth := 0
	for k := d.s.Chunks[j].To - 1; k >= d.s.Chunks[i].To; k-- {
		switch d.s.Tokens[k].Norm {
		case "」", "』", "”":
			depth++
		case "「", "『", "“":
			if depth--; depth == 0 {
				return true
			}
		}
		if d.s.Chunks[i].To+400 < k {
			return false
		}
	}
	return false
}

// constrain leaves out of d.cand what the grammar does not allow for i, and what stands behind a quoted verb that a
// phrase without a comma belongs to: 輸入品に関税を課すと|発表した.
func (d *decoder) constrain(i int) {
	m := &d.shape[i]
	if len(d.cand) < 2 {
		return
	}
	if m.quote && m.particle == "と" && !m.comma && d.cand[0] == i+1 && d.shape[i+1].says {
		d.cand = d.cand[:1] // 制裁を科すと警告し、…
		return
	}
	if m.ask == asksAny && (m.particle != "と" || !m.name) {
		return
	}
	kept := d.kept[:0]
	stop := m.ask == asksVerb && !m.comma && (m.particle == "を" || m.particle == "に" || m.particle == "へ")
	for _, j := range d.cand {
		if !d.allows(i, j) {
			continue
		}
		kept = append(kept, j)
		if h := &d.shape[j]; stop && h.quote && !h.closed {
			break
		}
	}
	d.kept = kept
	if len(kept) > 0 {
		d.cand = append(d.cand[:0], kept...)
	}
}
