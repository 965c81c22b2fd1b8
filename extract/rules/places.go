package rules

import (
	"io/fs"
	"slices"
	"sync"
)

// Place is an entry of places.tsv. Treat it as read-only.
type Place struct {
	// ID is place/ and the Wikidata id where it is certain, else NameJa: place/Q956, place/板門店.
	ID string
	// Kind is one of PlaceKinds.
	Kind string
	// Country is the ID of the country in which it lies (country/USA), "" where it lies in none, in several, or is disputed.
	Country string
	// Wikidata is the item's id, "" where not certain.
	Wikidata string
	// Name is the English name, NameJa the Japanese one as news writes it.
	Name, NameJa string
	// Aliases are all ways to write it, NameJa first, then the file's order.
	Aliases []Alias
}

var placeKinds = []string{
	"capital", "city", "region", "disputed", "island", "sea", "strait", "river", "mountain", "site", "world",
}

// PlaceKinds lists the kinds of place that places.tsv may use: capital, city, region (state, province, historical
// region), disputed (claimed by two, or of open status), island, sea (ocean, bay, gulf), strait (also canal), river
// (also lake), mountain (also pass, peninsula, desert), site (base, palace, plant), world (a region of the world: 中東).
func PlaceKinds() []string { return slices.Clone(placeKinds) }

// LoadPlaces reads and validates places_*.tsv of this folder, sorted by ID. Errors give file:line.
func LoadPlaces(fsys fs.FS) ([]Place, error) { return loadEntries[Place](fsys, "place", placeKinds) }

// Places are the embedded places, sorted by ID. Immutable, safe for concurrent use.
var Places = sync.OnceValue(func() []Place { return must(LoadPlaces(dataFolder())) })

var placesByID = sync.OnceValue(func() map[string]int {
	return indexBy(Places(), func(p Place) string { return p.ID })
})

// PlaceByID is the place with this ID (place/Q956).
func PlaceByID(id string) (Place, bool) {
	i, ok := placesByID()[id]
	if !ok {
		return Place{}, false
	}
	return Places()[i], true
}
