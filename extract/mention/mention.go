// Package mention finds what a sentence mentions: people with their offices, countries, bodies, agreements, events,
// places, dates, and the words that stand for them (両国, 同氏, 米大統領).
package mention

import (
	"github.com/entente-kg/entente/schema"
)

// Kind is what a mention is by its form.
type Kind string

// The kinds of mention.
const (
	Person       Kind = "person"       // named, with or without office
	TitleOnly    Kind = "title"        // 米大統領, 同首相, 財務長官, ローマ教皇
	Country      Kind = "country"      // also its government, capital acting, one kanji, forces
	Organization Kind = "organization" //
	Agreement    Kind = "agreement"    //
	Event        Kind = "event"        //
	Place        Kind = "place"        //
	Anaphor      Kind = "anaphor"      // 両国, 両首脳, 三者, 同国, 同氏, 彼, 私, わが国, 双方, 4カ国
	Date         Kind = "date"         // see package timex
	Expert       Kind = "expert"       // a person quoted as an expert or a private citizen: attribution only, no Official
)

// Title is an office as written with a name, or alone.
type Title struct {
	Span schema.Span
	// Office is the office's canonical Japanese form without former/next marks (財務長官, 首相).
	Office string
	// Mark is "" or one of former, next, acting, new.
	Mark string
	// Post is the id of the country where the holder serves, "" for none given: country/JPN for 駐日大使.
	Post string
}

// Mention is a stretch of text that names or stands for one or several entities.
type Mention struct {
	// Index numbers the mentions of a document in text order.
	Index    int
	Sentence int
	Part     schema.Part
	// Span covers the whole mention with office, country modifier inside the same noun phrase and 氏; Head the part that
	// an argument's span ends in (アメリカのスコット・ベッセント財務長官: Span all of it, Head スコット・ベッセント財務長官).
	Span schema.Span
	Head schema.Span
	Kind Kind
	// Name is the name alone in normalised form (スコット・ベッセント; 国連安保理), "" for TitleOnly and Anaphor.
	Name string
	// NameSpan is where it stands, or empty.
	NameSpan schema.Span
	// Titles are the offices given with it.
	Titles []Title
	// Countries are the ISO-like ids (country/USA) of the countries that modify it or that it names; for an Agreement or
	// Event its parties as far as the phrase names them. Orgs likewise for organisations it belongs to (国連の〇〇事務総長).
	Countries []string
	Orgs      []string
	// Class is ministry: and the ministry's word for an Organization found by pattern (ministry:外務省), with Countries empty
	// when the text names none beside it. For an Anaphor it is what the word may stand for: country, leader, person, organization, agreement, event, place, any, or
	// speaker (私, わが国: who speaks decides); for an organisation or agreement with its head word after a colon
	// (organization:省, agreement:協定). "" for other kinds.
	Class string
	// Spokesman reports an unnamed person who stands for the mention (中国外務省の報道官, 米政府高官).
	Spokesman bool
	// Plural reports ら, 一行, 夫妻, 両 or a title of several countries.
	Plural bool
	// Honorific is 氏, さん, 容疑者 … as written after a Person's or Expert's name, "" for none.
	Honorific string
	// Relative is "同" when the country modifier is 同 (同国の, 同首相), "" else.
	Relative string
	// Candidates are gazetteer ids that the name may mean, best first; empty for names found by pattern only.
	Candidates []string
	// Proxy says what stands for a Country: "" for the country's name itself, else government, capital, seat, forces,
	// side, administration, delegation; people for the country of nationals (アメリカ人の記者), who never act for it.
	Proxy string
	// Number is how many referents an Anaphor has: 2 for 両国, 4 for 4カ国, 1 for 同氏, 0 unknown.
	Number int
	// Nested reports that the mention lies inside another mention's span (アメリカ in アメリカの財務長官).
	Nested bool
	// Rule names the pattern that found it.
	Rule string
	// Certainty, 0 to 1.
	Certainty float64
}
