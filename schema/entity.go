package schema

// EntityType is one of the node types of ontology.yaml.
type EntityType string

// The entity types.
const (
	Country      EntityType = "Country"
	Official     EntityType = "Official"
	Organization EntityType = "Organization"
	Agreement    EntityType = "Agreement"
	Event        EntityType = "Event"
	Place        EntityType = "Place"
)

// Entity is a node of the graph.
type Entity struct {
	// ID is stable, unique and readable: country/USA, official/Q22686, official/スコット・ベッセント.
	ID string `json:"id"`
	// Type is the node's type.
	Type EntityType `json:"type"`
	// Name is the English canonical name where known, else NameJa.
	Name string `json:"name"`
	// NameJa is the Japanese canonical name. Never empty.
	NameJa string `json:"nameJa"`
	// Aliases are the surface forms seen, sorted, without repeats.
	Aliases []string `json:"aliases,omitempty"`
	// ISO3 is the ISO 3166-1 alpha-3 code of a Country where there is one.
	ISO3 string `json:"iso3,omitempty"`
	// Wikidata is the item id (Q22686) where it is certain.
	Wikidata string `json:"wikidata,omitempty"`
	// Office is an Official's office in Japanese, as the text or the table of office holders gives it.
	Office string `json:"office,omitempty"`
	// OfficeEn is its English gloss where known.
	OfficeEn string `json:"officeEn,omitempty"`
	// Country is the ID of the Country that an Official or Organization belongs to, where known.
	Country string `json:"country,omitempty"`
}

// EntityMention counts how often a document mentions an entity.
type EntityMention struct {
	Entity
	// Count is the number of mentions that name it, at least 1.
	Count int `json:"count"`
}
