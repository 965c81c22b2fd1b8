package report

import (
	"net/url"
	"slices"
	"strings"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/internal/draw"
	"github.com/entente-kg/entente/internal/view"
	"github.com/entente-kg/entente/schema"
)

// data is what the page's script reads. Its lists refer to one another by index, and its records are short: a page of
// 5,000 edges stays below a few megabytes.
type data struct {
	Lang      string         `json:"lang"`
	Drawn     int            `json:"drawn"`
	Of        view.Totals    `json:"of"`
	Readers   []string       `json:"readers"` // the versions of the extractor
	Relations []relation     `json:"rels"`
	Statuses  []string       `json:"stats"`
	Entities  []entity       `json:"ents"`
	Documents []document     `json:"docs"`
	Edges     []edge         `json:"edges"`
	at        map[string]int // of entities
	unnamed   []entity       // countries that no text names, which follow the others in Entities
	docAt     map[string]int
}

type relation struct {
	ID        string `json:"id"`
	Ja        string `json:"ja"`
	Symmetric bool   `json:"sym,omitempty"`
}

type entity struct {
	Name    string `json:"en"`
	NameJa  string `json:"ja"`
	Type    string `json:"type"`
	Office  string `json:"office,omitempty"`
	Country int    `json:"of"` // -1: none known; a country's own index
}

type document struct {
	Title  string `json:"t"`
	Outlet string `json:"o,omitempty"`
	Day    string `json:"d,omitempty"`
	URL    string `json:"u,omitempty"`
}

type edge struct {
	From       int         `json:"a"`
	To         int         `json:"b"`
	Relation   int         `json:"r"`
	Status     int         `json:"s"`
	Quad       int         `json:"q"`
	Documents  int         `json:"n"`
	Statements []statement `json:"e"`
}

type statement struct {
	Document   int     `json:"d"`
	First      string  `json:"f,omitempty"` // of the event, else of publication
	Last       string  `json:"l,omitempty"` // empty: as First
	Undated    bool    `json:"u,omitempty"` // First is the day of publication
	Confidence float64 `json:"c"`
	Pieces     []piece `json:"p"`
	Notes      string  `json:"n,omitempty"` // qualifiers
	Speakers   []int   `json:"w,omitempty"`
}

// collect makes the page's data of a network.
func collect(o *schema.Ontology, n view.Network) data {
	d := data{Of: n.Of, Readers: []string{}, Relations: []relation{}, Entities: []entity{}, Documents: []document{}, Edges: []edge{},
		at: map[string]int{}, docAt: map[string]int{}}
	for _, s := range schema.Statuses() {
		d.Statuses = append(d.Statuses, string(s))
	}
	for i, e := range n.Entities {
		d.at[e.ID] = i
	}
	for i, e := range n.Entities {
		d.Entities = append(d.Entities, entity{draw.Plain(e.Name()), draw.Plain(e.NameJa()), string(e.Type()), draw.Plain(e.Latest("office")), d.country(i, e)})
	}
	d.Entities = append(d.Entities, d.unnamed...)
	days := make([]graph.Document, len(n.Documents))
	for i, doc := range n.Documents {
		d.docAt[doc.ID], days[i] = i, doc
		title := doc.Title
		if title == "" {
			title = doc.ID
		}
		d.Documents = append(d.Documents, document{draw.Plain(title), draw.Plain(doc.Outlet), doc.Day(), webAddress(doc.URL)})
	}
	relations := map[string]int{}
	used := map[string]bool{}
	for _, e := range n.Edges {
		used[e.Relation] = true
	}
	for _, r := range o.All {
		if used[r.ID] {
			relations[r.ID] = len(d.Relations)
			d.Relations = append(d.Relations, relation{r.ID, view.Japanese(r.ID), r.Symmetric})
		}
	}
	for _, e := range n.Edges {
		out := edge{d.at[e.From], d.at[e.To], relations[e.Relation], slices.Index(schema.Statuses(), e.Status), e.Quad(o), e.Documents, nil}
		for _, s := range e.Statements {
			out.Statements = append(out.Statements, d.statement(s, days))
			if !slices.Contains(d.Readers, s.Extractor) {
				d.Readers = append(d.Readers, s.Extractor)
			}
		}
		d.Edges = append(d.Edges, out)
	}
	slices.Sort(d.Readers)
	return d
}

// country is the index of the country that an entity belongs to.
func (d *data) country(i int, e graph.Entity) int {
	if e.Type() == schema.Country {
		return i
	}
	id := e.Latest("country")
	if id == "" {
		return -1
	}
	if c, ok := d.at[id]; ok {
		return c
	}
	// No text names the country itself: it gets an entry for the table of countries, called by its code.
	code := draw.Plain(strings.TrimPrefix(id, "country/"))
	c := len(d.at)
	d.at[id] = c
	d.unnamed = append(d.unnamed, entity{code, code, string(schema.Country), "", c})
	return c
}

func (d *data) statement(s graph.Statement, documents []graph.Document) statement {
	out := statement{Document: d.docAt[s.Document], Confidence: s.Confidence, Undated: s.Start == "" && s.End == "", Pieces: mark(s)}
	out.First, out.Last = view.Period(s, documents[out.Document])
	if out.Last == out.First {
		out.Last = ""
	}
	for _, a := range s.Attribution {
		if i, ok := d.at[a.Entity]; ok {
			out.Speakers = append(out.Speakers, i)
		}
	}
	var notes []string
	for _, q := range []string{s.Office, s.Award, s.Rate, s.Amount, s.Topic, s.Place, s.Via} {
		if q != "" {
			notes = append(notes, draw.Plain(q))
		}
	}
	out.Notes = strings.Join(notes, "; ")
	return out
}

// webAddress is an address that a link may have: http or https with a host; empty for anything else.
func webAddress(text string) string {
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return ""
	}
	return u.String()
}
