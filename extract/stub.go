package extract

import (
	"github.com/entente-kg/entente/extract/chunk"
	"github.com/entente-kg/entente/extract/entity"
	"github.com/entente-kg/entente/extract/mention"
	"github.com/entente-kg/entente/extract/rules"
	"github.com/entente-kg/entente/schema"
)

// nameResolver resolves by name alone, until package entity does better.
type nameResolver struct{}

func (nameResolver) Document(_ schema.Document, _ []chunk.Sentence, ms []mention.Mention) entity.Resolution {
	r := entity.Resolution{Mentions: ms, Refs: make([][]entity.Referent, len(ms))}
	index := map[string]int{}
	for i, m := range ms {
		var e schema.Entity
		switch m.Kind {
		case mention.Country:
			for _, id := range m.Countries {
				if c, ok := rules.CountryByID(id); ok {
					e = schema.Entity{ID: id, Type: schema.Country, Name: c.Name, NameJa: c.NameJa}
				}
			}
		case mention.Person:
			e = schema.Entity{ID: "official/" + m.Name, Type: schema.Official, Name: m.Name, NameJa: m.Name}
		case mention.Organization:
			e = schema.Entity{ID: "organization/" + m.Name, Type: schema.Organization, Name: m.Name, NameJa: m.Name}
		case mention.Agreement:
			e = schema.Entity{ID: "agreement/" + m.Name, Type: schema.Agreement, Name: m.Name, NameJa: m.Name}
		case mention.Event:
			e = schema.Entity{ID: "event/" + m.Name, Type: schema.Event, Name: m.Name, NameJa: m.Name}
		case mention.Place:
			e = schema.Entity{ID: "place/" + m.Name, Type: schema.Place, Name: m.Name, NameJa: m.Name}
		}
		if e.ID == "" || e.NameJa == "" {
			continue
		}
		k, ok := index[e.ID]
		if !ok {
			k = len(r.Entities)
			index[e.ID] = k
			r.Entities = append(r.Entities, e)
			r.Former = append(r.Former, false)
		}
		r.Refs[i] = []entity.Referent{{Entity: k, Antecedent: -1, Certainty: 1, Rule: "name"}}
	}
	return r
}
