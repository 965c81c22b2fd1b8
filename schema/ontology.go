package schema

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"
)

//go:embed ontology.yaml
var ontologyYAML []byte

// Relation is an entry of ontology.yaml.
type Relation struct {
	// ID is the relation's id: negotiates-with.
	ID string `yaml:"id"`
	// Plover is the PLOVER 2.0 event and mode of an actual statement; empty where the codebook has none.
	Plover Plover `yaml:"plover"`
	// Subject and Object are the entity types that may stand there; "actor" is already opened.
	Subject []EntityType `yaml:"subject"`
	Object  []EntityType `yaml:"object"`
	// Symmetric relations are stated once, in either order.
	Symmetric bool `yaml:"symmetric"`
	// Functional relations are superseded by a later statement; all others are repeatable.
	Functional bool `yaml:"functional"`
	// Definition is one English sentence, Example one Japanese one.
	Definition string `yaml:"definition"`
	Example    string `yaml:"example"`
}

// Plover is an event type and mode of the PLOVER 2.0 draft codebook.
type Plover struct {
	Event string `yaml:"event"`
	Mode  string `yaml:"mode"`
}

// Type is the Neo4j relationship type: NEGOTIATES_WITH.
func (r Relation) Type() string { return strings.ToUpper(strings.ReplaceAll(r.ID, "-", "_")) }

// Takes reports whether the relation may hold between entities of these types.
func (r Relation) Takes(subject, object EntityType) bool {
	return slices.Contains(r.Subject, subject) && slices.Contains(r.Object, object) ||
		r.Symmetric && slices.Contains(r.Subject, object) && slices.Contains(r.Object, subject)
}

// EntityDefinition explains an entity type.
type EntityDefinition struct {
	Type       EntityType `yaml:"type"`
	Definition string     `yaml:"definition"`
}

// Ontology is a parsed and validated vocabulary. It is immutable and safe for concurrent use.
type Ontology struct {
	Version  int                `yaml:"version"`
	Codebook string             `yaml:"codebook"`
	Entities []EntityDefinition `yaml:"entities"`
	// All holds the relations in the file's order.
	All []Relation `yaml:"relations"`

	byID map[string]Relation
}

// Relations is the embedded ontology.
var Relations = sync.OnceValue(func() *Ontology {
	o, err := ParseOntology("ontology.yaml", ontologyYAML)
	if err != nil {
		panic(err) // the embedded file is validated by a test
	}
	return o
})

// ParseOntology reads and validates an ontology; name is used in errors.
func ParseOntology(name string, data []byte) (*Ontology, error) {
	o := new(Ontology)
	if err := yaml.UnmarshalWithOptions(data, o, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if err := o.index(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return o, nil
}

// Extend is the ontology with further relations; an id that is there already is an error.
func (o *Ontology) Extend(more []Relation) (*Ontology, error) {
	e := &Ontology{Version: o.Version, Codebook: o.Codebook, Entities: o.Entities}
	e.All = append(slices.Clone(o.All), more...)
	if err := e.index(); err != nil {
		return nil, err
	}
	return e, nil
}

// Get is the relation with this id.
func (o *Ontology) Get(id string) (Relation, bool) {
	r, ok := o.byID[id]
	return r, ok
}

// PloverEvents are the sixteen event types of the PLOVER 2.0 draft codebook with their quad class (1 verbal cooperation,
// 2 material cooperation, 3 verbal conflict, 4 material conflict).
var PloverEvents = map[string]int{
	"AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 1,
	"COOPERATE": 2, "AID": 2, "RETREAT": 2,
	"REQUEST": 3, "ACCUSE": 3, "REJECT": 3, "THREATEN": 3,
	"PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4,
}

// PloverOf is the PLOVER code of a statement of relation r with this status. By the codebook's rules a planned or possible
// CONSULT, SUPPORT, COOPERATE or AID is AGREE, a planned or possible RETREAT is CONCEDE, anything threatened is THREATEN, and a denied
// meeting (any CONSULT) is REJECT. The zero Plover means: no code (a denial of anything else says that nothing happened).
func (r Relation) PloverOf(s Status) Plover {
	if r.Plover.Event == "" {
		return Plover{}
	}
	switch s {
	case StatusThreatened:
		return Plover{Event: "THREATEN"}
	case StatusDenied:
		if r.Plover.Event == "CONSULT" {
			return Plover{Event: "REJECT", Mode: "meet"}
		}
		return Plover{}
	case StatusPlanned, StatusPossible:
		switch r.Plover.Event {
		case "CONSULT", "SUPPORT", "COOPERATE", "AID":
			return Plover{Event: "AGREE"}
		case "RETREAT":
			return Plover{Event: "CONCEDE"}
		}
	}
	return r.Plover
}

var entityTypes = []EntityType{Country, Official, Organization, Agreement, Event, Place}

// EntityTypes lists the entity types in the ontology's order.
func EntityTypes() []EntityType { return slices.Clone(entityTypes) }

func (o *Ontology) index() error {
	o.byID = make(map[string]Relation, len(o.All))
	for i := range o.All {
		r := &o.All[i]
		if !validID(r.ID) {
			return fmt.Errorf("relation %q: want lower-case words joined by hyphens", r.ID)
		}
		if _, ok := o.byID[r.ID]; ok {
			return fmt.Errorf("relation %q is defined twice", r.ID)
		}
		if r.Plover.Event != "" && PloverEvents[r.Plover.Event] == 0 {
			return fmt.Errorf("relation %q: %q is no PLOVER 2.0 event", r.ID, r.Plover.Event)
		}
		for _, side := range []*[]EntityType{&r.Subject, &r.Object} {
			types, err := openTypes(*side)
			if err != nil {
				return fmt.Errorf("relation %q: %w", r.ID, err)
			}
			*side = types
		}
		if r.Definition == "" || r.Example == "" {
			return fmt.Errorf("relation %q: want a definition and an example", r.ID)
		}
		o.byID[r.ID] = *r
	}
	return nil
}

func openTypes(in []EntityType) ([]EntityType, error) {
	var out []EntityType
	for _, t := range in {
		switch {
		case t == "actor":
			out = append(out, Country, Official, Organization)
		case slices.Contains(entityTypes, t):
			out = append(out, t)
		default:
			return nil, fmt.Errorf("%q is no entity type (want actor, Country, Official, Organization, Agreement, Event or Place)", t)
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("no entity types given")
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

func validID(id string) bool {
	if id == "" || id[0] == '-' || id[len(id)-1] == '-' {
		return false
	}
	for _, c := range id {
		if c != '-' && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}

// OntologySource is the text of the embedded ontology.yaml.
func OntologySource() []byte { return slices.Clone(ontologyYAML) }
