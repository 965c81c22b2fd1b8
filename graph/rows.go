package graph

import (
	"cmp"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/entente-kg/entente/schema"
)

// derivation numbers the way rows are made from extractions. It is part of every digest: raise it when Derive changes, and
// the next load rewrites what old versions wrote.
const derivation = "2"

// Limits of what one property may hold, in bytes. Neo4j refuses index entries above some 8 kB, and a name of ten megabytes is
// no name; what is longer is cut on a rune boundary and ends in … (ids: in a hash of the whole).
const (
	maxID   = 512
	maxName = 1 << 10
	maxText = 32 << 10
)

// Document is the node of one article. CopyOf belongs to layer 1: it follows from the other documents.
type Document struct {
	ID, URL, Title, Outlet, Published, Hash, Extractor, Retrieved string
	// Sketch recognises copies of the same text; empty when the extraction gave none.
	Sketch Sketch
	// Digest is that of everything the document contributes, Retrieved left out.
	Digest string
	// CopyOf is the id of the document that heads the family of copies which this one belongs to; empty for a head and for
	// a document without copies.
	CopyOf string
}

// Day is the day of publication (2025-10-27), or empty.
func (d Document) Day() string { return day(d.Published) }

// head is the document that stands for d's family.
func (d Document) head() string { return cmp.Or(d.CopyOf, d.ID) }

// Mention says that a document mentions an entity.
type Mention struct {
	Document, Entity string
	// Count is the number of mentions by name, at least 1.
	Count int
	// Variants are what the document says of the entity: "name=Scott Bessent", "alias=ベッセント氏", sorted, without
	// repeats. There is always exactly one "type=…".
	Variants []string
}

// Reference is one end of a statement: the entity and the words that stand for it.
type Reference struct{ Entity, Mention string }

// Statement is one relation stated by one document.
type Statement struct {
	ID, Document          string
	Relation              string
	Polarity              schema.Polarity
	Modality              schema.Modality
	Status                schema.Status
	Subject, Object       Reference
	Attribution           []Reference
	Start, End            string // first and last day; empty where unknown
	Said                  string // of a functional relation: Start, else the document's day
	Granularity, Basis    string
	TimeText              string
	Confidence            float64
	Text, Trigger, Rule   string
	Part                  string
	Sentence              int
	Office, Award, Rate   string
	Amount, Topic         string
	Place, Via, Extractor string
	Qualifiers            []string // "key=value" of the qualifiers that have no property of their own, sorted
	Evidence              []string // texts of further sentences that say the same, best first
	// Span is where Text stands in Part of the document, TriggerSpan where Trigger does.
	Span, TriggerSpan schema.Span
}

// Rows is the part of layer 2 that rests on one document.
type Rows struct {
	Document   Document
	Mentions   []Mention   // by entity
	Statements []Statement // by id
}

// Key is the typed edge that the statement supports. The ends of a symmetric relation are put in order.
func (s Statement) Key(o *schema.Ontology) EdgeKey {
	k := EdgeKey{Relation: s.Relation, Status: s.Status, From: s.Subject.Entity, To: s.Object.Entity}
	if r, _ := o.Get(s.Relation); r.Symmetric && k.To < k.From {
		k.From, k.To = k.To, k.From
	}
	return k
}

// Derive makes the rows of one extraction. o is the vocabulary, nil for the embedded one. Statement ids are made anew
// (schema.StatementID), so that no input can claim another document's. Entities that occur only as arguments count as
// mentioned. Invalid UTF-8 becomes U+FFFD.
//
// The error joins every fault: an empty document id, an unknown relation or entity type, an argument without an id, an unknown
// polarity or modality.
func Derive(o *schema.Ontology, x schema.Extraction) (Rows, error) {
	o = ontology(o)
	var faults []error
	src := x.Source
	rows := Rows{Document: Document{
		ID: identifier(src.ID), URL: clip(src.URL, maxName), Title: clip(src.Title, maxName), Outlet: known(clip(src.Outlet, maxName)),
		Published: clip(src.Published, 64), Hash: clip(src.Hash, 128), Extractor: clip(src.Extractor, 256), Retrieved: clip(src.Retrieved, 64),
		Sketch: ParseSketch(src.Shingles),
	}}
	if rows.Document.ID == "" {
		faults = append(faults, errors.New("graph: the document has no id"))
	}
	mentions := map[string]*mention{}
	for _, e := range x.Entities {
		if err := checkEntity(e.ID, e.Type); err != nil {
			faults = append(faults, fmt.Errorf("graph: document %q: entity %w", rows.Document.ID, err))
			continue
		}
		m := mentionOf(mentions, identifier(e.ID))
		m.count += max(e.Count, 1)
		m.describe(e.Entity)
	}
	byID := map[string]Statement{}
	for _, s := range x.Statements {
		if err := CheckStatement(o, s); err != nil {
			faults = append(faults, fmt.Errorf("graph: document %q: %w", rows.Document.ID, err))
			continue
		}
		row := deriveStatement(o, rows.Document, s)
		for _, a := range append([]schema.Argument{s.Subject, s.Object}, s.Attribution...) {
			if a.ID == "" {
				continue
			}
			mentionOf(mentions, identifier(a.ID)).argument(a)
		}
		if old, ok := byID[row.ID]; !ok || better(row, old) {
			byID[row.ID] = row
		}
	}
	if len(faults) > 0 {
		return Rows{}, errors.Join(faults...)
	}
	for _, id := range slices.Sorted(maps.Keys(mentions)) {
		rows.Mentions = append(rows.Mentions, mentions[id].row(rows.Document.ID, id))
	}
	for _, id := range slices.Sorted(maps.Keys(byID)) {
		rows.Statements = append(rows.Statements, byID[id])
	}
	rows.Document.Digest = rows.Digest()
	return rows, nil
}

// CheckStatement says what keeps a statement out of the graph; nil when nothing does. o is as for Derive.
func CheckStatement(o *schema.Ontology, s schema.Statement) error {
	if _, ok := ontology(o).Get(s.Relation); !ok {
		return fmt.Errorf("statement %q: %q is no relation of the ontology", s.ID, clip(s.Relation, 64))
	}
	switch s.Polarity {
	case schema.Affirmed, schema.Negated:
	default:
		return fmt.Errorf("statement %q: polarity %q: want affirmed or negated", s.ID, clip(string(s.Polarity), 64))
	}
	switch s.Modality {
	case schema.Actual, schema.Planned, schema.Possible, schema.Threatened:
	default:
		return fmt.Errorf("statement %q: modality %q: want actual, planned, possible or threatened", s.ID, clip(string(s.Modality), 64))
	}
	if err := checkEntity(s.Subject.ID, s.Subject.Type); err != nil {
		return fmt.Errorf("statement %q: subject %w", s.ID, err)
	}
	if err := checkEntity(s.Object.ID, s.Object.Type); err != nil {
		return fmt.Errorf("statement %q: object %w", s.ID, err)
	}
	for _, a := range s.Attribution {
		if a.ID == "" {
			continue // 関係者, メキシコ紙: somebody says so who is no entity
		}
		if err := checkEntity(a.ID, a.Type); err != nil {
			return fmt.Errorf("statement %q: attribution %w", s.ID, err)
		}
	}
	return nil
}

func checkEntity(id string, t schema.EntityType) error {
	if id == "" {
		return errors.New("has no id")
	}
	if !slices.Contains(schema.EntityTypes(), t) {
		return fmt.Errorf("%q: %q is no entity type", clip(id, 64), clip(string(t), 64))
	}
	return nil
}

func deriveStatement(o *schema.Ontology, d Document, s schema.Statement) Statement {
	s.Document = d.ID
	s.Subject.ID, s.Object.ID = identifier(s.Subject.ID), identifier(s.Object.ID)
	row := Statement{
		ID: o.StatementID(s), Document: d.ID, Relation: s.Relation,
		Polarity: s.Polarity, Modality: s.Modality, Status: schema.StatusOf(s.Polarity, s.Modality),
		Subject:    Reference{s.Subject.ID, clip(s.Subject.Mention, maxName)},
		Object:     Reference{s.Object.ID, clip(s.Object.Mention, maxName)},
		Confidence: probability(s.Confidence),
		Text:       clip(s.Text, maxText), Trigger: clip(s.Trigger.Text, maxName), Rule: clip(s.Rule, maxName),
		Part: clip(string(s.Part), 16), Sentence: s.Sentence, Extractor: cmp.Or(clip(s.Extractor, 256), d.Extractor),
		Span: s.Span, TriggerSpan: s.Trigger.Span,
	}
	if t := s.Time; t != nil {
		row.Start, row.End = day(t.Start), day(t.End)
		row.Granularity, row.Basis, row.TimeText = clip(string(t.Granularity), 16), clip(string(t.Basis), 16), clip(t.Text, maxName)
	}
	for _, a := range s.Attribution {
		if a.ID == "" {
			row.Qualifiers = append(row.Qualifiers, "speaker="+clip(a.Mention, maxName))
			continue
		}
		row.Attribution = append(row.Attribution, Reference{identifier(a.ID), clip(a.Mention, maxName)})
	}
	for _, k := range slices.Sorted(maps.Keys(s.Qualifiers)) {
		v := clip(s.Qualifiers[k], maxName)
		if p := row.qualifier(k); p != nil {
			*p = v
		} else {
			row.Qualifiers = append(row.Qualifiers, clip(k, 64)+"="+v)
		}
	}
	slices.Sort(row.Qualifiers)
	row.Said = said(o, d, row)
	for i, e := range s.Evidence {
		if i > 0 && e.Text != "" {
			row.Evidence = append(row.Evidence, clip(e.Text, maxText))
		}
	}
	return row
}

// qualifier is the field for a qualifier with a property of its own, else nil.
func (s *Statement) qualifier(key string) *string {
	switch key {
	case "office":
		return &s.Office
	case "award":
		return &s.Award
	case "rate":
		return &s.Rate
	case "amount":
		return &s.Amount
	case "topic":
		return &s.Topic
	case "place":
		return &s.Place
	case "via":
		return &s.Via
	}
	return nil
}

// better orders two statements with one id: the more confident wins, then the smaller in canonical form.
func better(a, b Statement) bool {
	if a.Confidence != b.Confidence {
		return a.Confidence > b.Confidence
	}
	return string(canonical(a)) < string(canonical(b))
}

// mention gathers what a document says of one entity.
type mention struct {
	count    int
	variants map[string]bool
	typ      schema.EntityType
}

func mentionOf(m map[string]*mention, id string) *mention {
	if m[id] == nil {
		m[id] = &mention{variants: map[string]bool{}}
	}
	return m[id]
}

func (m *mention) describe(e schema.Entity) {
	m.say(e.Type, "name", e.Name, "nameJa", e.NameJa, "iso3", e.ISO3, "wikidata", e.Wikidata,
		"office", e.Office, "officeEn", e.OfficeEn, "country", e.Country)
	for _, a := range e.Aliases {
		m.say(e.Type, "alias", a)
	}
}

func (m *mention) argument(a schema.Argument) {
	m.say(a.Type, "name", a.Name, "nameJa", a.NameJa, "iso3", a.ISO3, "wikidata", a.Wikidata, "office", a.Office, "country", a.Country)
}

func (m *mention) say(t schema.EntityType, fields ...string) {
	if m.typ == "" || t < m.typ {
		m.typ = t // two types for one id in one document: the smaller, whatever the order
	}
	for i := 0; i < len(fields); i += 2 {
		if v := clip(fields[i+1], maxName); v != "" {
			m.variants[fields[i]+"="+v] = true
		}
	}
}

func (m *mention) row(document, entity string) Mention {
	v := append(slices.Collect(maps.Keys(m.variants)), "type="+string(m.typ))
	slices.Sort(v)
	return Mention{Document: document, Entity: entity, Count: max(m.count, 1), Variants: v}
}

// Digest identifies the rows, which must be sorted. Retrieved is left out: fetching an unchanged article again is no change.
func (r Rows) Digest() string {
	r.Document.Retrieved, r.Document.Digest, r.Document.CopyOf = "", "", ""
	h := sha256.New()
	h.Write([]byte(derivation))
	h.Write(canonical(r))
	return id26(h.Sum(nil))
}

func id26(sum []byte) string {
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:16]))
}

// canonical is the value as JSON. All rows are structs of strings, numbers and slices: marshalling cannot fail.
func canonical(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}

func ontology(o *schema.Ontology) *schema.Ontology {
	if o == nil {
		return schema.Relations()
	}
	return o
}

// identifier is a valid id: long ones keep their beginning and end in a hash.
func identifier(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if len(s) <= maxID {
		return s
	}
	sum := sha256.Sum256([]byte(s))
	return cut(s, maxID-32) + "…" + id26(sum[:])
}

// clip is valid UTF-8 of at most limit bytes, without the unit separator, by which exports part the values of a list.
func clip(s string, limit int) string {
	if len(s) > limit {
		s = cut(s, limit-len("…")) + "…"
	}
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x1f", "\uFFFD")
}

func cut(s string, n int) string {
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// day is the date part of an RFC 3339 time or a date; empty when s begins with neither.
func day(s string) string {
	if len(s) < 10 {
		return ""
	}
	for i, c := range []byte(s[:10]) {
		if (i == 4 || i == 7) && c != '-' || i != 4 && i != 7 && (c < '0' || c > '9') {
			return ""
		}
	}
	return s[:10]
}

func probability(c float64) float64 {
	if math.IsNaN(c) {
		return 0
	}
	return min(max(c, 0), 1)
}

// Sort puts mentions and statements in order.
func (r *Rows) Sort() {
	slices.SortFunc(r.Mentions, Mention.compare)
	slices.SortFunc(r.Statements, func(a, b Statement) int { return compare(a.ID, b.ID) })
}

// Size is about what the rows cost a transaction: the number of nodes and relationships with properties, and the bytes of
// their texts.
func (r Rows) Size() (rows, bytes int) {
	bytes = len(r.Document.Title) + len(r.Document.URL) + 500
	for _, m := range r.Mentions {
		for _, v := range m.Variants {
			bytes += 2 * len(v) // also on the entity
		}
	}
	for _, s := range r.Statements {
		bytes += len(s.Text) + 500
		for _, e := range s.Evidence {
			bytes += len(e)
		}
	}
	return 1 + len(r.Mentions) + len(r.Statements), bytes
}
