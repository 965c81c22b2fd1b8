package schema

// Polarity says whether a statement asserts or denies.
type Polarity string

// The polarities.
const (
	Affirmed Polarity = "affirmed"
	Negated  Polarity = "negated"
)

// Modality says how real the text makes it.
type Modality string

// The modalities, from the most to the least real.
const (
	Actual     Modality = "actual"
	Planned    Modality = "planned"
	Possible   Modality = "possible"
	Threatened Modality = "threatened"
)

// Status joins polarity and modality for the graph: the modality, or StatusDenied for anything negated.
type Status string

// The statuses.
const (
	StatusActual     Status = "actual"
	StatusPlanned    Status = "planned"
	StatusPossible   Status = "possible"
	StatusThreatened Status = "threatened"
	StatusDenied     Status = "denied"
)

// Statuses lists the statuses, from the most to the least real, what is denied last.
func Statuses() []Status {
	return []Status{StatusActual, StatusPlanned, StatusPossible, StatusThreatened, StatusDenied}
}

// StatusOf is the status of a statement with this polarity and modality.
func StatusOf(p Polarity, m Modality) Status {
	if p == Negated {
		return StatusDenied
	}
	return Status(m)
}

// Argument is a mention standing as a statement's subject, object, or speaker.
type Argument struct {
	// ID, Type, Name and NameJa are those of the Entity.
	ID     string     `json:"id"`
	Type   EntityType `json:"type"`
	Name   string     `json:"name"`
	NameJa string     `json:"nameJa"`
	// ISO3, Wikidata, Country, Office are those of the Entity, where known.
	ISO3     string `json:"iso3,omitempty"`
	Wikidata string `json:"wikidata,omitempty"`
	Country  string `json:"country,omitempty"`
	Office   string `json:"office,omitempty"`
	// Mention is the text that stands for the entity here: a name, a title, 両国; empty where it was left unsaid.
	Mention string `json:"mention"`
	// Span is where Mention stands, in Part of the document.
	Span Span `json:"span"`
	// Sentence is the index of the sentence that holds Span (another one than the statement's for an ellipsis).
	Sentence int `json:"sentence"`
	// Antecedent is the mention that resolved a pronoun, title or ellipsis; nil for a mention that names.
	Antecedent *Antecedent `json:"antecedent,omitempty"`
}

// Antecedent is the earlier mention that gives an argument its referent.
type Antecedent struct {
	Sentence int    `json:"sentence"`
	Span     Span   `json:"span"`
	Text     string `json:"text"`
}

// Granularity says how fine a Time is.
type Granularity string

// The granularities.
const (
	Day     Granularity = "day"
	Week    Granularity = "week"
	Month   Granularity = "month"
	Season  Granularity = "season"
	Quarter Granularity = "quarter"
	Year    Granularity = "year"
	Decade  Granularity = "decade"
	Range   Granularity = "range" // from one day to another
)

// Basis says what a Time rests on.
type Basis string

// The bases.
const (
	Explicit   Basis = "explicit"   // year, month and day (or as much as the granularity needs) are in the text
	Relative   Basis = "relative"   // resolved against the document's date or another time of the text
	Unresolved Basis = "unresolved" // the text names a time that cannot be resolved (no date of the document)
)

// Time is when a statement's event happens, as the text says. It is never taken from the publication date alone.
type Time struct {
	// Start and End are the first and last day, ISO 8601 (2025-10-26), both included. Either may be empty for an open
	// or unresolved time.
	Start string `json:"start,omitempty"`
	End   string `json:"end,omitempty"`
	// Granularity and Basis qualify them.
	Granularity Granularity `json:"granularity,omitempty"`
	Basis       Basis       `json:"basis,omitempty"`
	// Text is the wording: 26日, 今週後半.
	Text string `json:"text,omitempty"`
}

// Trigger is the wording that made a relation.
type Trigger struct {
	Text string `json:"text"`
	Span Span   `json:"span"`
}

// Evidence is one sentence that says a statement.
type Evidence struct {
	Sentence int     `json:"sentence"`
	Part     Part    `json:"part"`
	Span     Span    `json:"span"`
	Text     string  `json:"text"`
	Trigger  Trigger `json:"trigger"`
	Subject  Span    `json:"subject"`
	Object   Span    `json:"object"`
	Rule     string  `json:"rule"`
	// Confidence is that of this sentence alone.
	Confidence float64 `json:"confidence"`
}

// Statement is one relation that a document states, with where and how it says so. It is the line of the JSON contract
// (docs/json.md). One document makes one Statement for one (subject, relation, object, polarity, modality, day); further
// sentences that say the same are in Evidence.
type Statement struct {
	// ID is made from document, sentence, relation, subject, object, polarity, modality and day (StatementID).
	ID       string `json:"id"`
	Document string `json:"document"`
	// Sentence, Part, Span and Text are those of the best evidence. Text is Span of the document, untouched.
	Sentence int    `json:"sentence"`
	Part     Part   `json:"part"`
	Span     Span   `json:"span"`
	Text     string `json:"text"`

	Subject  Argument `json:"subject"`
	Relation string   `json:"relation"`
	Object   Argument `json:"object"`

	Polarity Polarity `json:"polarity"`
	Modality Modality `json:"modality"`
	Status   Status   `json:"status"`

	// Time is nil when the text gives none.
	Time *Time `json:"time,omitempty"`
	// Attribution is who says so, outermost speaker last; empty when the text itself does.
	Attribution []Argument `json:"attribution,omitempty"`
	// Qualifiers holds office, award, rate, amount, topic, place, via, where the text gives them; unique=true with an
	// office that one person of a country or body holds at a time.
	Qualifiers map[string]string `json:"qualifiers,omitempty"`
	// Confidence is the probability, 0 to 1, that the statement is right.
	Confidence float64 `json:"confidence"`
	Trigger    Trigger `json:"trigger"`
	// Rule is the id of the frame that made it.
	Rule string `json:"rule"`
	// Extractor is the version of code, rules and dictionary.
	Extractor string `json:"extractor"`
	// Evidence lists every sentence of the document that says this, the best first (the one above).
	Evidence []Evidence `json:"evidence,omitempty"`
	// Source tells the document's url, outlet, publication time, title and hash, so that a line stands by itself.
	Source *Source `json:"source,omitempty"`
}

// Source is what the graph keeps of a document.
type Source struct {
	ID        string `json:"id,omitempty"`
	URL       string `json:"url,omitempty"`
	Title     string `json:"title,omitempty"`
	Outlet    string `json:"outlet,omitempty"`
	Published string `json:"published,omitempty"`
	// Hash is that of title and text (ContentHash).
	Hash string `json:"hash,omitempty"`
	// Extractor is the version that read it.
	Extractor string `json:"extractor,omitempty"`
	// Retrieved is when it was fetched (RFC 3339); empty for local files, so that loads stay reproducible.
	Retrieved string `json:"retrieved,omitempty"`
	// Shingles is a similarity sketch of the text, for recognising syndicated copies; empty when unknown.
	Shingles string `json:"shingles,omitempty"`
}

// Extraction is everything that one document contributes to a graph.
type Extraction struct {
	Source     Source          `json:"source"`
	Entities   []EntityMention `json:"entities"`
	Statements []Statement     `json:"statements"`
	// Warnings tell what could not be read, for people.
	Warnings []string `json:"warnings,omitempty"`
}
