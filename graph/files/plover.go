package files

import (
	"bufio"
	"context"
	"encoding/json"
	"io"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
)

// ploverEvent is a row with the field names of the PLOVER 2.0 draft. Auxiliary modes (future, hypothetical, negation) follow the
// statement's status.
type ploverEvent struct {
	ID        string        `json:"id"`
	Date      string        `json:"date"`
	EndDate   string        `json:"enddate,omitempty"`
	Actor     []ploverActor `json:"actor"`
	Recipient []ploverActor `json:"recipient"`
	Event     []string      `json:"event"`
	Mode      []string      `json:"mode"`
	QuadCode  int           `json:"quad_code"`
	EventText []string      `json:"event_text"`
	Text      string        `json:"text"`
	TextInfo  ploverText    `json:"text_info"`
	CiteInfo  ploverCite    `json:"cite_info"`
	Coder     string        `json:"coder"`
	Relation  string        `json:"relation"`
	Status    schema.Status `json:"status"`
}

type ploverActor struct {
	RawText    string `json:"raw_text,omitempty"`
	EntityName string `json:"entity_name"`
	NameJa     string `json:"entity_name_ja,omitempty"`
	Wikidata   string `json:"wikidata_id,omitempty"`
	Country    string `json:"country_code,omitempty"` // ISO 3166-1 alpha-3
	Role       string `json:"role,omitempty"`
}

type ploverText struct {
	Sequence int `json:"sequence"`
	Start    int `json:"start"`
	End      int `json:"end"`
}

type ploverCite struct {
	Citation    string `json:"citation,omitempty"`
	URL         string `json:"url,omitempty"`
	Title       string `json:"title,omitempty"`
	Language    string `json:"language"`
	Publication string `json:"publication,omitempty"`
	Codebook    string `json:"codebook"`
}

// writePlover writes a row for every statement that the codebook has an event for. Copies of a document are left out: their
// events are those of the head of the family. The date is the event's, or the day of publication when the text gives none. It holds a
// short record of every entity and document.
func writePlover(ctx context.Context, g graph.Walker, o *schema.Ontology, w io.Writer) error {
	if o == nil {
		o = schema.Relations()
	}
	b := bufio.NewWriterSize(w, 1<<18)
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	v := &ploverWriter{enc: enc, o: o, actors: map[string]ploverActor{}, documents: map[string]graph.Document{}, copies: map[string]bool{}}
	if err := g.Walk(ctx, v); err != nil {
		return err
	}
	return b.Flush()
}

type ploverWriter struct {
	enc       *json.Encoder
	o         *schema.Ontology
	actors    map[string]ploverActor
	documents map[string]graph.Document
	copies    map[string]bool
}

func (w *ploverWriter) Entity(e graph.Entity, _ []graph.Edge) error {
	p := e.Properties()
	country := p.Get("iso3")
	if c := p.Get("country"); country == "" && len(c) == len("country/USA") && c[:8] == "country/" {
		country = c[8:]
	}
	w.actors[e.ID] = ploverActor{EntityName: e.Name(), NameJa: e.NameJa(), Wikidata: p.Get("wikidata"), Country: country, Role: p.Get("office")}
	return nil
}

func (w *ploverWriter) Document(d graph.Document, _ []graph.Mention) error {
	if w.copies[d.ID] = d.CopyOf != ""; !w.copies[d.ID] {
		d.Sketch = ""
		w.documents[d.ID] = d
	}
	return nil
}

func (w *ploverWriter) Statement(s graph.Statement, _ string) error {
	r, _ := w.o.Get(s.Relation)
	code := r.PloverOf(s.Status)
	if code.Event == "" || w.copies[s.Document] {
		return nil
	}
	d := w.documents[s.Document]
	e := ploverEvent{
		ID: s.ID, Date: s.Start, EndDate: s.End, Event: []string{code.Event}, Mode: []string{}, QuadCode: schema.PloverEvents[code.Event],
		EventText: []string{s.Trigger}, Text: s.Text, TextInfo: ploverText{s.Sentence, s.Span.Start, s.Span.End}, Coder: s.Extractor,
		CiteInfo: ploverCite{Citation: d.ID, URL: d.URL, Title: d.Title, Language: "jpn", Publication: d.Outlet, Codebook: w.o.Codebook},
		Relation: s.Relation, Status: s.Status, Recipient: []ploverActor{},
	}
	if e.Date == "" {
		e.Date = d.Day()
	}
	if code.Mode != "" {
		e.Mode = append(e.Mode, code.Mode)
	}
	switch s.Status {
	case schema.StatusPlanned:
		e.Mode = append(e.Mode, "future")
	case schema.StatusPossible, schema.StatusThreatened:
		e.Mode = append(e.Mode, "hypothetical")
	case schema.StatusDenied:
		e.Mode = append(e.Mode, "negation")
	}
	e.Actor = []ploverActor{w.actor(s.Subject)}
	if r.Symmetric && code.Event == "CONSULT" { // all parties are actors, by the codebook
		e.Actor = append(e.Actor, w.actor(s.Object))
	} else {
		e.Recipient = append(e.Recipient, w.actor(s.Object))
	}
	return w.enc.Encode(e)
}

func (w *ploverWriter) actor(r graph.Reference) ploverActor {
	a := w.actors[r.Entity]
	a.RawText = r.Mention
	return a
}
