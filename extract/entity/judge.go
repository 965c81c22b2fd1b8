package entity

import (
	"strings"

	"github.com/entente-kg/entente/extract/rules"
)

// judge decides whether a person is an Official: by an office that acts, by the table of holders, or because what is said
// of the name is politics. An office that clubs and companies have too (委員長, 専務理事) needs support.
func (d *document) judge(p *person) {
	strong := false
	for _, t := range p.titles {
		if o := office(t.Office); o.Actor && o.Ja != "" && !weakOffices[o.Ja] || o.Ja == "" && p.official && len(p.orgs)+len(p.countries) > 0 {
			strong = true
		}
	}
	if p.gaz != nil || strong {
		p.official = true
		return
	}
	weak := p.official
	p.official = false
	if p.private && !weak {
		return
	}
	for _, o := range p.orgs {
		if g, ok := rules.OrganizationByID(o); ok && politicalKinds[g.Kind] || strings.HasPrefix(o, "ministry:") {
			p.official = true
			return
		}
	}
	if p.private {
		return
	}
	support := 0
	for _, i := range p.mentions {
		m := &d.mentions[i]
		if m.Honorific == "" && m.Rule == "bare-gazetteer" {
			continue
		}
		support = max(support, d.politics(m.Sentence))
	}
	if d.offices() > 0 {
		support++
	}
	switch {
	case weak:
		p.official = support >= 1 && len(p.countries) > 0 || support >= 2
	case d.offices() > 2 && len(d.weightOf) > 1 && !d.privateLife(p):
		p.official = true // one who is only called 氏 in news of states
	default:
		p.official = support >= 2
	}
}

// privateLife reports whether a sentence that names p is of another trade than politics.
func (d *document) privateLife(p *person) bool {
	for _, i := range p.mentions {
		for k := range d.sents {
			if d.sents[k].Index != d.mentions[i].Sentence {
				continue
			}
			text := d.sents[k].Span.In(d.doc.In(d.sents[k].Part))
			for _, w := range privateWords {
				if strings.Contains(text, w) {
					return true
				}
			}
		}
	}
	return false
}

// weakOffices are offices that clubs, companies and associations have as well.
var weakOffices = map[string]bool{"専務理事": true, "理事": true, "事務局長": true, "事務局次長": true, "委員長": true, "副委員長": true, "代表": true, "副代表": true, "総裁": true, "局長": true, "次長": true,
	"議長": true, "副議長": true, "幹部": true, "師": true, "候補": true, "委員会委員長": true, "首席代表": true, "名誉領事": true, "将軍": true, "提督": true, "指導者": true, "活動家": true, "トップ": true, "オブザーバー": true, "書記長": true, "書記": true, "書記局長": true,
	"裁判官": true, "検察官": true, "総監督": true, "親善大使": true, "特別報告者": true, "官僚": true, "参与": true, "事務総長": true, "主席": true}

var politicalKinds = map[string]bool{"igo": true, "organ": true, "party": true, "armed": true, "ministry": true, "parliament": true, "forces": true, "alliance": true, "grouping": true, "court": true, "agency": true}

// politicalWords in the sentence of a name say that its bearer acts in politics; privateWords, that he or she does not.
var (
	politicalWords = []string{"大統領選", "総選挙", "知事選", "市長選", "議員選", "衆院選", "参院選", "立候補", "党首", "首相", "外交", "政界", "政治家", "閣僚", "特使", "国会", "政権", "入閣", "内閣", "大統領", "外相", "議員", "党代表", "総裁選"}
	privateWords   = []string{"監督", "選手", "歌手", "俳優", "女優", "作家", "投手", "打者", "球団", "試合", "リーグ", "優勝", "映画", "音楽", "社長", "会社", "教授", "研究", "医師", "騎手", "調教師", "厩舎", "漫画", "声優", "タレント", "アナウンサー", "警察官", "容疑", "逮捕", "被害者", "遺族", "次男", "次女", "著者", "証言", "サッカー", "学者", "経済学", "五輪", "オリンピック", "野球", "引退試合", "ワールドカップ", "W杯", "受賞", "ノーベル", "脚本", "小説", "演奏", "建築家", "実業家"}
)

// politics says how political a sentence is: 2 with a word of politics, 0 with none or with one of another trade.
func (d *document) politics(index int) int {
	for i := range d.sents {
		if d.sents[i].Index != index {
			continue
		}
		text := d.sents[i].Span.In(d.doc.In(d.sents[i].Part))
		for _, w := range privateWords {
			if strings.Contains(text, w) {
				return 0
			}
		}
		for _, w := range politicalWords {
			if strings.Contains(text, w) {
				return 2
			}
		}
		for _, w := range [...]string{"当選", "候補", "会談", "与党", "野党", "交渉団"} {
			if strings.Contains(text, w) {
				return 1
			}
		}
	}
	return 0
}

// offices counts the mentions of strong offices in the document.
func (d *document) offices() int {
	n := 0
	for i := range d.mentions {
		for _, t := range d.mentions[i].Titles {
			if o := office(t.Office); o.Actor && o.Ja != "" && !weakOffices[o.Ja] {
				n++
			}
		}
	}
	return n
}
