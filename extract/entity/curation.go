package entity

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/entente-kg/entente/extract/rules"
	"github.com/entente-kg/entente/schema"
)

// Curation is a user's own decisions about entities. It is applied to every document on every run, so that it survives
// rebuilds. The order is block, alias, split, merge, rename. A nil Curation changes nothing.
//
//	merge:                      # several ids are one entity
//	  - into: official/Q22686
//	    from: [official/トランプ/USA/大統領]
//	split:                      # one id is two entities, told apart by office, country, document or date
//	  - entity: official/田中一郎
//	    country: country/JPN    # of the entity as the document gives it
//	    office: 外務次官
//	    documents: [doc-1]
//	    before: 2001-01-01      # the document's date
//	    after: 1999-12-31
//	    as: official/田中一郎-外務省
//	alias:                      # a wording means an entity
//	  - text: 某独裁国
//	    entity: country/PRK
//	rename:
//	  - entity: official/田中一郎
//	    name: Ichiro Tanaka
//	    nameJa: 田中一郎
//	block:                      # never this entity, or nothing by this wording
//	  - entity: official/関係者
//	  - text: 米どころ
type Curation struct {
	Merge  []Merge  `yaml:"merge"`
	Split  []Split  `yaml:"split"`
	Alias  []Naming `yaml:"alias"`
	Rename []Rename `yaml:"rename"`
	Block  []Block  `yaml:"block"`
}

// Merge makes the entities From one with Into.
type Merge struct {
	Into string   `yaml:"into"`
	From []string `yaml:"from"`
}

// Split makes Entity the entity As where every condition that is given holds.
type Split struct {
	Entity    string   `yaml:"entity"`
	Country   string   `yaml:"country"`
	Office    string   `yaml:"office"`
	Documents []string `yaml:"documents"`
	Before    string   `yaml:"before"`
	After     string   `yaml:"after"`
	As        string   `yaml:"as"`
}

// Naming makes a wording mean an entity. Type and NameJa describe one that neither a gazetteer nor the document has.
type Naming struct {
	Text   string            `yaml:"text"`
	Entity string            `yaml:"entity"`
	Type   schema.EntityType `yaml:"type"`
	NameJa string            `yaml:"nameJa"`
}

// Rename changes what an entity is called.
type Rename struct {
	Entity string `yaml:"entity"`
	Name   string `yaml:"name"`
	NameJa string `yaml:"nameJa"`
}

// Block takes back an entity, or what a wording means.
type Block struct {
	Entity string `yaml:"entity"`
	Text   string `yaml:"text"`
}

// ErrCuration is the error of a curation file that cannot be used.
var ErrCuration = errors.New("curation")

// ParseCuration reads a curation file; name is used in errors, which give file:line and report every fault.
func ParseCuration(name string, data []byte) (*Curation, error) {
	c := new(Curation)
	if err := yaml.UnmarshalWithOptions(data, c, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("%w: %s: %w (want the lists merge, split, alias, rename, block)", ErrCuration, name, err)
	}
	file, err := parser.ParseBytes(data, 0)
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrCuration, name, err)
	}
	var faults []error
	fault := func(list string, i int, format string, args ...any) {
		faults = append(faults, fmt.Errorf("%s:%d: %s", name, lineOf(file, list, i), fmt.Sprintf(format, args...)))
	}
	into := map[string]string{}
	for i, m := range c.Merge {
		if !validID(m.Into) || len(m.From) == 0 {
			fault("merge", i, "want into: with an id such as official/Q22686, and from: with one id or more")
		}
		for _, from := range m.From {
			switch {
			case !validID(from):
				fault("merge", i, "%q is no id: want a type and a name, such as official/田中一郎", from)
			case from == m.Into:
				fault("merge", i, "%s is merged into itself", from)
			case into[from] != "" && into[from] != m.Into:
				fault("merge", i, "%s is merged into %s already", from, into[from])
			}
			into[from] = m.Into
		}
	}
	for i, m := range c.Merge {
		if into[m.Into] != "" {
			fault("merge", i, "%s is merged into %s elsewhere: name that one here", m.Into, into[m.Into])
		}
	}
	for i, s := range c.Split {
		if !validID(s.Entity) || !validID(s.As) {
			fault("split", i, "want entity: and as: with an id each")
		}
		if s.Country == "" && s.Office == "" && len(s.Documents) == 0 && s.Before == "" && s.After == "" {
			fault("split", i, "want a condition: country, office, documents, before or after")
		}
	}
	for i, a := range c.Alias {
		if a.Text == "" || !validID(a.Entity) {
			fault("alias", i, "want text: with a wording and entity: with an id")
		}
		if a.Type != "" && !slices.Contains(schema.EntityTypes(), a.Type) {
			fault("alias", i, "type %q: want one of %v", a.Type, schema.EntityTypes())
		}
	}
	for i, r := range c.Rename {
		if !validID(r.Entity) || r.Name == "" && r.NameJa == "" {
			fault("rename", i, "want entity: with an id, and name: or nameJa:")
		}
	}
	for i, b := range c.Block {
		if (b.Entity == "") == (b.Text == "") || b.Entity != "" && !validID(b.Entity) {
			fault("block", i, "want either entity: with an id, or text: with a wording")
		}
	}
	if len(faults) > 0 {
		return nil, fmt.Errorf("%w: %w", ErrCuration, errors.Join(faults...))
	}
	return c, nil
}

// lineOf is the line of the i-th entry of a list, 0 when it cannot be told.
func lineOf(file *ast.File, list string, i int) int {
	path, err := yaml.PathString(fmt.Sprintf("$.%s[%d]", list, i))
	if err != nil {
		return 0
	}
	node, err := path.FilterFile(file)
	if err != nil || node == nil || node.GetToken() == nil {
		return 0
	}
	return node.GetToken().Position.Line
}

// validID reports an id of the form type/name.
func validID(id string) bool {
	kind, name, ok := strings.Cut(id, "/")
	return ok && name != "" && slices.Contains([]string{"country", "official", "organization", "agreement", "event", "place"}, kind)
}

// apply carries the decisions out on a document's resolution.
func (c *Curation) apply(doc schema.Document, r Resolution) Resolution {
	if c == nil {
		return r
	}
	r.Entities = slices.Clone(r.Entities)
	c.block(doc, &r)
	c.alias(doc, &r)
	c.split(doc, &r)
	c.merge(&r)
	for _, n := range c.Rename {
		for i := range r.Entities {
			if r.Entities[i].ID != n.Entity {
				continue
			}
			if n.Name != "" {
				r.Entities[i].Name = n.Name
			}
			if n.NameJa != "" {
				r.Entities[i].NameJa = n.NameJa
			}
		}
	}
	return compact(r)
}

func (c *Curation) block(doc schema.Document, r *Resolution) {
	for m := range r.Refs {
		text := r.Mentions[m].Text(doc)
		for _, b := range c.Block {
			r.Refs[m] = slices.DeleteFunc(slices.Clone(r.Refs[m]), func(x Referent) bool {
				return b.Text != "" && (b.Text == text || b.Text == r.Mentions[m].Name) || b.Entity == r.Entities[x.Entity].ID
			})
		}
	}
}

func (c *Curation) alias(doc schema.Document, r *Resolution) {
	for m := range r.Refs {
		text := r.Mentions[m].Text(doc)
		for _, a := range c.Alias {
			if a.Text != text && a.Text != r.Mentions[m].Name {
				continue
			}
			k := slices.IndexFunc(r.Entities, func(e schema.Entity) bool { return e.ID == a.Entity })
			if k < 0 {
				k = len(r.Entities)
				r.Entities = append(r.Entities, described(a))
				r.Former = append(slices.Clone(r.Former), false)
			}
			r.Refs[m] = []Referent{{Entity: k, Antecedent: -1, Certainty: 1, Rule: "curated"}}
		}
	}
}

// described is the record of an entity that a curation names: the gazetteer's, else what the file says.
func described(a Naming) schema.Entity {
	if c, ok := rules.CountryByID(a.Entity); ok {
		return schema.Entity{ID: c.ID, Type: schema.Country, Name: c.Name, NameJa: c.NameJa, ISO3: c.ISO3, Wikidata: c.Wikidata}
	}
	if o, ok := rules.OrganizationByID(a.Entity); ok {
		return schema.Entity{ID: o.ID, Type: schema.Organization, Name: o.Name, NameJa: o.NameJa, Wikidata: o.Wikidata, Country: o.Country}
	}
	if p, ok := rules.PlaceByID(a.Entity); ok {
		return schema.Entity{ID: p.ID, Type: schema.Place, Name: p.Name, NameJa: p.NameJa, Wikidata: p.Wikidata, Country: p.Country}
	}
	if p := rules.Holders().Person(a.Entity); p != nil {
		return schema.Entity{ID: p.ID, Type: schema.Official, Name: p.NameEn, NameJa: p.NameJa, Wikidata: p.Wikidata}
	}
	kind, name, _ := strings.Cut(a.Entity, "/")
	e := schema.Entity{ID: a.Entity, Type: a.Type, NameJa: a.NameJa}
	if e.Type == "" {
		e.Type = schema.EntityType(strings.ToUpper(kind[:1]) + kind[1:])
	}
	if e.NameJa == "" {
		e.NameJa = name
	}
	e.Name = e.NameJa
	return e
}

func (c *Curation) split(doc schema.Document, r *Resolution) {
	for i := range r.Entities {
		e := &r.Entities[i]
		for _, s := range c.Split {
			if s.Entity == e.ID && (s.Country == "" || s.Country == e.Country) && (s.Office == "" || s.Office == e.Office) &&
				(len(s.Documents) == 0 || slices.Contains(s.Documents, doc.ID)) &&
				(s.Before == "" || doc.Published != "" && doc.Published < s.Before) && (s.After == "" || doc.Published > s.After) {
				e.ID, e.Wikidata = s.As, ""
				break
			}
		}
	}
}

func (c *Curation) merge(r *Resolution) {
	for _, m := range c.Merge {
		to := slices.IndexFunc(r.Entities, func(e schema.Entity) bool { return e.ID == m.Into })
		for _, from := range m.From {
			k := slices.IndexFunc(r.Entities, func(e schema.Entity) bool { return e.ID == from })
			if k < 0 {
				continue
			}
			if to < 0 { // the document has only the other one: it takes the id, and the gazetteer's record
				aliases, office, country := r.Entities[k].Aliases, r.Entities[k].Office, r.Entities[k].Country
				e := described(Naming{Entity: m.Into, Type: r.Entities[k].Type, NameJa: r.Entities[k].NameJa})
				e.Aliases, e.Office, e.OfficeEn = aliases, office, r.Entities[k].OfficeEn
				if e.Country == "" {
					e.Country = country
				}
				r.Entities[k] = e
				to = k
				continue
			}
			aliases := append(slices.Clone(r.Entities[to].Aliases), r.Entities[k].Aliases...)
			slices.Sort(aliases)
			r.Entities[to].Aliases = slices.Compact(aliases)
			r.Former[to] = r.Former[to] && r.Former[k]
			for i := range r.Refs {
				for j := range r.Refs[i] {
					if r.Refs[i][j].Entity == k {
						r.Refs[i][j].Entity = to
					}
				}
			}
		}
	}
}

// compact drops entities that nothing refers to any more and references that are there twice.
func compact(r Resolution) Resolution {
	order := make([]int, len(r.Entities))
	for i := range order {
		order[i] = -1
	}
	out := Resolution{Mentions: r.Mentions, Refs: make([][]Referent, len(r.Refs))}
	ids := map[string]int{}
	for m, refs := range r.Refs {
		for _, x := range refs {
			e := r.Entities[x.Entity]
			if k, ok := ids[e.ID]; ok {
				order[x.Entity] = k
			} else {
				order[x.Entity] = len(out.Entities)
				ids[e.ID] = len(out.Entities)
				out.Entities = append(out.Entities, e)
				out.Former = append(out.Former, r.Former[x.Entity])
			}
			x.Entity = order[x.Entity]
			if !slices.ContainsFunc(out.Refs[m], func(y Referent) bool { return y.Entity == x.Entity }) {
				out.Refs[m] = append(out.Refs[m], x)
			}
		}
	}
	return out
}
