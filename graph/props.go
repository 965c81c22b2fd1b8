package graph

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"github.com/entente-kg/entente/schema"
)

// Properties are what a store keeps of a node or relationship: strings, int64, float64, []string and []int64. Empty
// strings and lists are left out. Keys come from this file only, never from a document.
type Properties map[string]any

func (p Properties) text(kv ...string) Properties {
	for i := 0; i < len(kv); i += 2 {
		if kv[i+1] != "" {
			p[kv[i]] = kv[i+1]
		}
	}
	return p
}

func (p Properties) texts(key string, v []string) Properties {
	if len(v) > 0 {
		p[key] = v
	}
	return p
}

// Get reads a string; empty when absent.
func (p Properties) Get(key string) string { s, _ := p[key].(string); return s }

// Int reads a number; 0 when absent.
func (p Properties) Int(key string) int {
	switch v := p[key].(type) {
	case int64:
		return int(v)
	case int:
		return v
	}
	return 0
}

// Strings reads a list of strings, as made here or as a database driver gives it.
func (p Properties) Strings(key string) []string { return list[string](p, key) }

// list reads a list; what is in it of another type becomes the zero value.
func list[T any](p Properties, key string) []T {
	switch v := p[key].(type) {
	case []T:
		return v
	case []any:
		out := make([]T, len(v))
		for i, e := range v {
			out[i], _ = e.(T)
		}
		return out
	}
	return nil
}

// Properties of the Document node.
func (d Document) Properties() Properties {
	p := Properties{"digest": d.Digest}.text("id", d.ID, "url", d.URL, "title", d.Title, "outlet", d.Outlet, "published", d.Published,
		"hash", d.Hash, "extractor", d.Extractor, "retrieved", d.Retrieved, "sketch", string(d.Sketch))
	for i, b := range d.Sketch.Bands() {
		p[BandProperty(i)] = b
	}
	return p
}

// BandProperty is the property of a Document that holds band i of its sketch, 0 <= i < SketchBands.
func BandProperty(i int) string { return fmt.Sprintf("band%d", i+1) }

// ReadDocument is the reverse of Document.Properties. CopyOf is the caller's.
func ReadDocument(p Properties) Document {
	return Document{ID: p.Get("id"), URL: p.Get("url"), Title: p.Get("title"), Outlet: p.Get("outlet"), Published: p.Get("published"),
		Hash: p.Get("hash"), Extractor: p.Get("extractor"), Retrieved: p.Get("retrieved"), Sketch: Sketch(p.Get("sketch")), Digest: p.Get("digest")}
}

// State is the document's version.
func (d Document) State() DocumentState {
	return DocumentState{ID: d.ID, Published: d.Published, Hash: d.Hash, Extractor: d.Extractor, Digest: d.Digest}
}

// Properties of the MENTIONS relationship.
func (m Mention) Properties() Properties {
	return Properties{"count": int64(m.Count)}.texts("variants", m.Variants)
}

// ReadMention is the reverse of Mention.Properties.
func ReadMention(document, entity string, p Properties) Mention {
	return Mention{Document: document, Entity: entity, Count: p.Int("count"), Variants: p.Strings("variants")}
}

// Properties of the Statement node. o is as for Derive.
func (s Statement) Properties(o *schema.Ontology) Properties {
	p := Properties{
		"confidence": s.Confidence, "sentence": int64(s.Sentence),
		"spanStart": int64(s.Span.Start), "spanEnd": int64(s.Span.End),
		"triggerStart": int64(s.TriggerSpan.Start), "triggerEnd": int64(s.TriggerSpan.End),
		"edge": s.Key(ontology(o)).ID() + "/" + s.Start,
	}
	r, _ := ontology(o).Get(s.Relation)
	plover := r.PloverOf(s.Status)
	if quad := schema.PloverEvents[plover.Event]; quad != 0 {
		p["quad"] = int64(quad)
	}
	return p.text("id", s.ID, "document", s.Document, "relation", s.Relation, "plover", plover.Event, "ploverMode", plover.Mode,
		"polarity", string(s.Polarity), "modality", string(s.Modality), "status", string(s.Status),
		"start", s.Start, "end", s.End, "granularity", s.Granularity, "basis", s.Basis, "timeText", s.TimeText,
		"text", s.Text, "trigger", s.Trigger, "rule", s.Rule, "part", s.Part, "office", s.Office, "award", s.Award, "rate", s.Rate,
		"amount", s.Amount, "topic", s.Topic, "place", s.Place, "via", s.Via, "extractor", s.Extractor).
		text("said", s.Said).texts("qualifiers", s.Qualifiers).texts("evidence", s.Evidence)
}

// ReadStatement is the reverse of Statement.Properties. Subject, Object and Attribution are the caller's.
func ReadStatement(p Properties) Statement {
	c, _ := p["confidence"].(float64)
	return Statement{
		ID: p.Get("id"), Document: p.Get("document"), Relation: p.Get("relation"), Polarity: schema.Polarity(p.Get("polarity")),
		Modality: schema.Modality(p.Get("modality")), Status: schema.Status(p.Get("status")), Start: p.Get("start"), End: p.Get("end"),
		Said: p.Get("said"), Granularity: p.Get("granularity"), Basis: p.Get("basis"), TimeText: p.Get("timeText"), Confidence: c,
		Text: p.Get("text"), Trigger: p.Get("trigger"), Rule: p.Get("rule"), Part: p.Get("part"), Sentence: p.Int("sentence"),
		Office: p.Get("office"), Award: p.Get("award"), Rate: p.Get("rate"), Amount: p.Get("amount"), Topic: p.Get("topic"),
		Place: p.Get("place"), Via: p.Get("via"), Extractor: p.Get("extractor"), Qualifiers: p.Strings("qualifiers"), Evidence: p.Strings("evidence"),
		Span:        schema.Span{Start: p.Int("spanStart"), End: p.Int("spanEnd")},
		TriggerSpan: schema.Span{Start: p.Int("triggerStart"), End: p.Int("triggerEnd")},
	}
}

// Properties of the Entity node.
func (e Entity) Properties() Properties {
	p := Properties{"documents": int64(e.Documents)}.text("id", e.ID, "name", e.Name(), "nameJa", e.NameJa(), "iso3", e.most("iso3"),
		"wikidata", e.most("wikidata"), "office", e.Latest("office"), "officeEn", e.Latest("officeEn"), "country", e.Latest("country"),
		"firstSeen", e.FirstSeen, "lastSeen", e.LastSeen).texts("aliases", e.Aliases())
	return p.tallies("variants", "variantDocuments", "variantLast", e.Variants)
}

// ReadEntity is the reverse of Entity.Properties.
func ReadEntity(p Properties) Entity {
	return Entity{ID: p.Get("id"), Documents: p.Int("documents"), FirstSeen: p.Get("firstSeen"), LastSeen: p.Get("lastSeen"),
		Variants: p.readTallies("variants", "variantDocuments", "variantLast")}
}

// Properties of the typed edge. o is as for Derive.
func (e Edge) Properties(o *schema.Ontology) Properties {
	plover := e.Plover(o)
	p := Properties{"id": e.ID(), "statements": int64(e.Statements), "documents": int64(e.Documents), "outlets": int64(len(e.Outlets)),
		"confidence": e.Confidence(), "weight": e.Weight}.
		text("status", string(e.Status), "first", e.First, "last", e.Last, "plover", plover.Event, "ploverMode", plover.Mode)
	from, to := e.term()
	return p.text("from", from, "to", to).tenures(e.Tenures).tallies("outletNames", "outletDocuments", "", e.Outlets)
}

// ReadEdge is the reverse of Edge.Properties.
func ReadEdge(k EdgeKey, p Properties) Edge {
	return Edge{EdgeKey: k, Statements: p.Int("statements"), Documents: p.Int("documents"), First: p.Get("first"), Last: p.Get("last"),
		Weight: int64(p.Int("weight")), Outlets: p.readTallies("outletNames", "outletDocuments", ""), Tenures: p.readTenures()}
}

// tenures are lists with a place for every term, and what they are counted from.
func (p Properties) tenures(list []Tenure) Properties {
	var offices, from, to, said []string
	var unique []int64
	for _, t := range list {
		for _, term := range t.Terms {
			offices, from, to, unique = append(offices, t.Office), append(from, orUnknown(term.From)), append(to, orUnknown(term.To)), append(unique, one(t.Unique))
		}
		for _, s := range t.Said {
			said = append(said, fmt.Sprintf("%s %d %d %s", orUnknown(s.Day), s.Statements, one(t.Unique), t.Office))
		}
	}
	if len(offices) > 0 {
		p["officeUnique"] = unique
	}
	return p.texts("offices", offices).texts("officeFrom", from).texts("officeTo", to).texts("officeSaid", said)
}

func one(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// readTenures is the reverse of tenures. What it does not understand (an older version's, a hand's) it leaves out.
func (p Properties) readTenures() []Tenure {
	var e Edge
	for _, s := range p.Strings("officeSaid") {
		f := strings.SplitN(s, " ", 4)
		if len(f) < 4 {
			continue
		}
		if n, err := strconv.Atoi(f[1]); err == nil {
			e.hold(held{f[3], f[2] == "1"}, known(f[0]), n)
		}
	}
	terms := map[held][]Term{}
	from, to, unique := p.Strings("officeFrom"), p.Strings("officeTo"), list[int64](p, "officeUnique")
	for i, office := range p.Strings("offices") {
		if i < min(len(from), len(to), len(unique)) {
			h := held{office, unique[i] == 1}
			terms[h] = append(terms[h], Term{known(from[i]), known(to[i])})
		}
	}
	for i, t := range e.Tenures {
		if stored := terms[t.held()]; stored != nil {
			e.Tenures[i].Terms = stored
		}
	}
	return e.Tenures
}

func (p Properties) tallies(values, documents, last string, list []Tally) Properties {
	if len(list) == 0 {
		return p
	}
	v, n, l := make([]string, len(list)), make([]int64, len(list)), make([]string, len(list))
	for i, t := range list {
		v[i], n[i], l[i] = orUnknown(t.Value), int64(t.Documents), orUnknown(t.Last)
	}
	p[values], p[documents] = v, n
	if last != "" {
		p[last] = l
	}
	return p
}

func (p Properties) readTallies(values, documents, last string) []Tally {
	n, l := list[int64](p, documents), p.Strings(last)
	var out []Tally
	for i, v := range p.Strings(values) {
		t := Tally{Value: known(v)}
		if i < len(n) {
			t.Documents = int(n[i])
		}
		if i < len(l) {
			t.Last = known(l[i])
		}
		out = append(out, t)
	}
	return out
}

// unknown stands for the unknown outlet, and the unknown or open day, in lists: not every file format can hold an empty string there.
const unknown = "?"

func orUnknown(s string) string { return cmp.Or(s, unknown) }

func known(s string) string {
	if s == unknown {
		return ""
	}
	return s
}

// EdgeType and RelationOf translate between relation ids and Neo4j relationship types: negotiates-with, NEGOTIATES_WITH.
func EdgeType(relation string) string { return strings.ToUpper(strings.ReplaceAll(relation, "-", "_")) }

// RelationOf is the reverse of EdgeType.
func RelationOf(edgeType string) string {
	return strings.ToLower(strings.ReplaceAll(edgeType, "_", "-"))
}
