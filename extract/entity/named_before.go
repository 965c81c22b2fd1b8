package entity

import (
	"slices"
	"strings"

	"github.com/entente-kg/entente/extract/mention"
	"github.com/entente-kg/entente/extract/rules"
	"github.com/entente-kg/entente/schema"
)

// last resolves 同省, 同協定, 同市 to the last entity of a type whose name has the head word.
func (d *document) last(i int, t schema.EntityType, head string, n int, rule string) {
	var found, at []int
	for k := len(d.history) - 1; k >= 0 && len(found) < max(1, n); k-- {
		h := d.history[k]
		if d.mentions[i].Sentence-h.sentence > 6 {
			break
		}
		e := d.entities[h.entity]
		if e.Type != t || slices.Contains(found, h.entity) {
			continue
		}
		if head != "" && !strings.HasSuffix(e.NameJa, head) && !strings.HasSuffix(d.mentions[h.mention].Name, head) && !headKinds(e, head) {
			continue
		}
		found, at = append(found, h.entity), append(at, h.mention)
	}
	if len(found) < max(1, n) {
		return
	}
	for k := len(found) - 1; k >= 0; k-- {
		d.refer(i, found[k], at[k], 0.85, rule)
	}
}

// lastMeeting resolves 会議 and 会合 to the last event of another word for a meeting (フォーラム, サミット), no more than three
// sentences before.
func (d *document) lastMeeting(i int) {
	for k := len(d.history) - 1; k >= 0 && d.mentions[i].Sentence-d.history[k].sentence <= 3; k-- {
		h := d.history[k]
		if e := d.entities[h.entity]; e.Type == schema.Event {
			for _, w := range [...]string{"会議", "会合", "サミット", "フォーラム", "総会", "大会", "シンポジウム"} {
				if strings.HasSuffix(e.NameJa, w) {
					d.refer(i, h.entity, h.mention, 0.75, "same-event")
					return
				}
			}
		}
	}
}

// held makes the event of which the text says no more than that it takes place (首脳が主催するフォーラムが開催され): one of the
// document's own.
func (d *document) held(i int, m *mention.Mention, word string) {
	rest := d.doc.In(m.Part)[m.Span.End:]
	if end := strings.IndexAny(rest, "。\n"); end >= 0 {
		rest = rest[:end]
	}
	h, ok := rules.HeadWord(word)
	if !ok || !strings.HasPrefix(rest, "が") && !strings.HasPrefix(rest, "を") && !strings.HasPrefix(rest, "は") {
		return
	}
	if len(rest) > 90 {
		rest = rest[:90]
	}
	for _, w := range [...]string{"開催", "開かれ", "開幕", "開いた", "開き", "催され", "始ま", "主催", "行われ", "招集"} {
		if strings.Contains(rest, w) {
			e := d.entity("event/"+word+"@"+d.doc.ID, func() schema.Entity {
				return schema.Entity{Type: schema.Event, Name: h.En, NameJa: word}
			})
			d.refer(i, e, -1, 0.7, "held")
			return
		}
	}
}

// headKinds reports whether 同社, 同紙, 同市 may mean an entity whose name does not say so.
func headKinds(e *node, head string) bool {
	if o, ok := rules.OrganizationByID(e.ID); ok {
		switch head {
		case "社":
			return o.Kind == "company" || o.Kind == "medium"
		case "紙", "局", "テレビ", "通信":
			return o.Kind == "medium"
		case "党":
			return o.Kind == "party"
		case "機関", "機構":
			return o.Kind == "igo" || o.Kind == "organ" || o.Kind == "agency"
		case "省", "庁":
			return o.Kind == "ministry"
		}
		return false
	}
	if p, ok := rules.PlaceByID(e.ID); ok {
		switch head {
		case "市":
			return p.Kind == "city" || p.Kind == "capital"
		case "島":
			return p.Kind == "island"
		}
	}
	return false
}

// joinedActors are the two last mentions of a sentence, before mention i, of which one is a country and the other a body that acts
// for itself, with nothing between them but a word that coordinates: イスラエルとハマス. -1 for none.
func (d *document) joinedActors(i, sentence int) (a, b int) {
	body := func(k int) bool {
		o, ok := rules.OrganizationByID(d.entities[d.refs[k][0].Entity].ID)
		return ok && (o.Kind == "armed" || o.Kind == "party")
	}
	country := func(k int) bool {
		return d.entities[d.refs[k][0].Entity].Type == schema.Country && !d.where(&d.mentions[k])
	}
	last := -1
	for k := i - 1; k >= 0 && d.mentions[k].Sentence >= sentence; k-- {
		if d.mentions[k].Sentence != sentence || len(d.refs[k]) != 1 || d.mentions[k].Nested {
			continue
		}
		if last >= 0 && d.joined(k, last) && (body(k) && country(last) || country(k) && body(last)) {
			return k, last
		}
		last = k
	}
	return -1, -1
}

// headlined are mentions of the countries that the headline names, one of each.
func (d *document) headlined() []int {
	var out []int
	for k := range d.mentions {
		m := &d.mentions[k]
		if m.Part != schema.PartTitle {
			break
		}
		if m.Kind != mention.Country || len(d.refs[k]) != 1 || d.entities[d.refs[k][0].Entity].Type != schema.Country {
			continue
		}
		if !slices.ContainsFunc(out, func(o int) bool { return d.refs[o][0].Entity == d.refs[k][0].Entity }) {
			out = append(out, k)
		}
	}
	return out
}

// parties resolves 双方, 両者, 三者: the n actors of one type of the nearest sentence that names just n of them, people before
// countries before bodies.
func (d *document) parties(i int, m *mention.Mention) {
	n := m.Number
	if n < 2 {
		return
	}
	for back := 0; back <= 4; back++ {
		if pair := d.headlined(); back == 1 && n == 2 && len(pair) == 2 && strings.HasPrefix(m.Span.In(d.doc.In(m.Part)), "双方") {
			for _, k := range pair { // the news is about the two of the headline
				d.refer(i, d.refs[k][0].Entity, k, 0.75, "parties")
			}
			return
		}
		if a, b := d.joinedActors(i, d.mentions[i].Sentence-back); n == 2 && a >= 0 {
			for _, k := range []int{a, b} {
				d.refer(i, d.refs[k][0].Entity, k, 0.8, "parties")
			}
			return
		}
		for _, t := range [...]schema.EntityType{schema.Official, schema.Country, schema.Organization} {
			var found, at []int
			for _, h := range d.history {
				if h.sentence != d.mentions[i].Sentence-back || d.entities[h.entity].Type != t || slices.Contains(found, h.entity) {
					continue
				}
				if d.mentions[h.mention].Nested && t != schema.Official && !d.inEvent(h.mention) || d.mentions[h.mention].Rule == "title-in-event" {
					continue
				}
				if o, ok := rules.OrganizationByID(d.entities[h.entity].ID); ok && o.Kind != "armed" && o.Kind != "party" && o.Kind != "company" {
					continue
				}
				if t == schema.Country && d.where(&d.mentions[h.mention]) {
					continue
				}
				found, at = append(found, h.entity), append(at, h.mention)
			}
			if len(found) == n {
				for k := range found {
					d.refer(i, found[k], at[k], 0.8, "parties")
				}
				return
			}
		}
	}
	if pair, at := d.countriesBefore(i, n); len(pair) == n {
		for k, c := range pair {
			if e, ok := d.countryEntity(c); ok {
				d.refer(i, e, at[k], 0.7, "parties")
			}
		}
	}
}
