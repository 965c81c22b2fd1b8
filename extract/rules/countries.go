package rules

import (
	"embed"
	"io/fs"
	"regexp"
	"slices"
	"sync"
)

//go:embed data/countries*.tsv data/organizations*.tsv data/places*.tsv
var gazetteerFiles embed.FS

// CountryStatus says what sort of country an entry is.
type CountryStatus string

// The sorts of country.
const (
	StatusState      CountryStatus = "state"      // a member or observer state of the United Nations
	StatusArea       CountryStatus = "area"       // acts as one: 台湾, 香港, マカオ, パレスチナ, コソボ
	StatusTerritory  CountryStatus = "territory"  // has an ISO 3166-1 code of its own, and a Sovereign: グリーンランド
	StatusClaimed    CountryStatus = "claimed"    // governs itself and is recognised by few, without a code of ISO's: 北キプロス
	StatusHistorical CountryStatus = "historical" // is no more: ソ連
)

// Country is an entry of countries.tsv. Treat it as read-only.
type Country struct {
	// ID is country/ and the ISO 3166-1 alpha-3 code: country/USA. コソボ, which has none, is country/XKX; a Claimed
	// one has the code of maps (country/CYN); a state that is no more has the code it had (country/SUN).
	ID string
	// ISO2 and ISO3 are the ISO 3166-1 codes, "" where there are none today.
	ISO2, ISO3 string
	Status     CountryStatus
	// Sovereign is the ID of the state that a Territory belongs to, "" else.
	Sovereign string
	// Wikidata is the item's id, "" where not certain.
	Wikidata string
	// Name is the English name in common use: South Korea, Russia. NameJa is the Japanese one as news writes it.
	Name, NameJa string
	// Formal is the formal name in Japanese (大韓民国), "" where it is NameJa.
	Formal string
	// From and To bound a Historical entry: YYYY or YYYY-MM-DD, inclusive, "" is open.
	From, To string
	// Aliases are all ways to write it but one-character ones: NameJa first, then Formal, then the file's order.
	Aliases []Alias
	// OneKanji are the one-character forms, best first.
	OneKanji []OneKanji
}

// KanjiSafety says where a one-character form (米, ロ) may be read as the country.
type KanjiSafety string

// The safety of one-character forms, from free to strict. Each level allows what the next one does.
const (
	// KanjiHeadline may stand alone where a bunsetsu of it alone is marked off: 米、…; 米は; 米との (headlines).
	KanjiHeadline KanjiSafety = "headline"
	// KanjiPrefix may stand before a word of CountryContexts as well: 独政府, 露大統領, 対伊制裁.
	KanjiPrefix KanjiSafety = "prefix"
	// KanjiCompound is one only next to another country's kanji and with a noun of diplomacy after them: 日墨首脳会談.
	KanjiCompound KanjiSafety = "compound"
)

var kanjiSafeties = []KanjiSafety{KanjiHeadline, KanjiPrefix, KanjiCompound}

// OneKanji is a one-character form of a country's name.
type OneKanji struct {
	Text   string
	Safety KanjiSafety
}

// LoadCountries reads and validates countries.tsv and countries_kanji.tsv of this folder, sorted by ID. Errors give
// file:line.
func LoadCountries(fsys fs.FS) ([]Country, error) {
	t, err := readTable(fsys, "countries.tsv", "iso3", "iso2", "status", "sovereign", "wikidata", "en", "ja", "formal", "from", "to", "aliases")
	if err != nil {
		return nil, err
	}
	var out []Country
	index := map[string]int{}
	for _, row := range t.Rows {
		c, err := parseCountry(row)
		if err != nil {
			return nil, row.Errorf("%w", err)
		}
		if _, ok := index[c.ID]; ok {
			return nil, row.Errorf("%s is there twice", c.ID)
		}
		index[c.ID] = len(out)
		out = append(out, c)
	}
	for i, c := range out {
		if c.Sovereign != "" {
			if _, ok := index[c.Sovereign]; !ok {
				return nil, t.Rows[i].Errorf("sovereign %s is no entry of this file", c.Sovereign)
			}
		}
	}
	if err := loadKanji(fsys, out, index); err != nil {
		return nil, err
	}
	slices.SortFunc(out, func(a, b Country) int { return compare(a.ID, b.ID) })
	return out, nil
}

// Countries are the embedded countries, sorted by ID. Immutable, safe for concurrent use.
var Countries = sync.OnceValue(func() []Country { return must(LoadCountries(dataFolder())) })

var countriesByID = sync.OnceValue(func() map[string]int {
	return indexBy(Countries(), func(c Country) string { return c.ID })
})

// CountryByID is the country with this ID (country/USA).
func CountryByID(id string) (Country, bool) {
	i, ok := countriesByID()[id]
	if !ok {
		return Country{}, false
	}
	return Countries()[i], true
}

var (
	iso2Form     = regexp.MustCompile(`^[A-Z]{2}$`)
	iso3Form     = regexp.MustCompile(`^[A-Z]{3}$`)
	wikidataForm = regexp.MustCompile(`^Q[1-9][0-9]*$`)
)

func parseCountry(row Row) (Country, error) {
	c := Country{
		ISO2: row.Cell("iso2"), ISO3: row.Cell("iso3"), Status: CountryStatus(row.Cell("status")),
		Wikidata: row.Cell("wikidata"), Name: row.Cell("en"), NameJa: row.Cell("ja"), Formal: row.Cell("formal"),
		From: row.Cell("from"), To: row.Cell("to"),
	}
	if !iso3Form.MatchString(c.ISO3) {
		return c, errorf("iso3 is %q, want three capital letters", c.ISO3)
	}
	c.ID = "country/" + c.ISO3
	if s := row.Cell("sovereign"); s != "" {
		c.Sovereign = "country/" + s
	}
	switch c.Status {
	case StatusState, StatusArea, StatusTerritory:
		if c.ISO3 == "XKX" { // a code in common use that ISO has not given
			c.ISO3 = ""
		} else if !iso2Form.MatchString(c.ISO2) {
			return c, errorf("iso2 is %q, want two capital letters", c.ISO2)
		}
	case StatusClaimed:
		c.ISO3 = ""
		if c.ISO2 != "" {
			return c, errorf("iso2 is %q, want nothing: a country with a code of ISO's is an area", c.ISO2)
		}
	case StatusHistorical:
		c.ISO3 = ""
		if c.To == "" {
			return c, errorf("a historical country wants a last day in column to")
		}
	default:
		return c, errorf("status is %q, want state, area, territory, claimed or historical", c.Status)
	}
	if (c.Status == StatusTerritory) != (c.Sovereign != "") {
		return c, errorf("a territory wants a sovereign, and nothing else has one")
	}
	if err := checkDates(c.From, c.To); err != nil {
		return c, err
	}
	aliases, err := parseEntry(row, c.Wikidata, c.Name, c.NameJa)
	if err != nil {
		return c, err
	}
	if c.Formal != "" {
		aliases, err = joinAliases(aliases[:1:1], append([]Alias{{Text: c.Formal, Kind: AliasFormal}}, aliases[1:]...))
	}
	c.Aliases = aliases
	return c, err
}

func loadKanji(fsys fs.FS, countries []Country, index map[string]int) error {
	t, err := readTable(fsys, "countries_kanji.tsv", "kanji", "iso3", "safety", "note")
	if err != nil {
		return err
	}
	for _, row := range t.Rows {
		i, ok := index["country/"+row.Cell("iso3")]
		if !ok {
			return row.Errorf("iso3 %q is no entry of countries.tsv", row.Cell("iso3"))
		}
		k := OneKanji{Text: row.Cell("kanji"), Safety: KanjiSafety(row.Cell("safety"))}
		if len([]rune(k.Text)) != 1 {
			return row.Errorf("kanji is %q, want one character", k.Text)
		}
		if !slices.Contains(kanjiSafeties, k.Safety) {
			return row.Errorf("safety is %q, want one of %v", k.Safety, kanjiSafeties)
		}
		countries[i].OneKanji = append(countries[i].OneKanji, k)
	}
	return nil
}
