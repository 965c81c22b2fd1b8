package files

import (
	"context"
	"errors"
	"io"

	"github.com/parquet-go/parquet-go"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
)

// The tables of a Parquet export: what analysts join, without the store's own bookkeeping.
type (
	entityRow struct {
		ID        string   `parquet:"id"`
		Type      string   `parquet:"type,dict"`
		Name      string   `parquet:"name"`
		NameJa    string   `parquet:"nameJa"`
		Aliases   []string `parquet:"aliases,list"`
		ISO3      string   `parquet:"iso3,optional"`
		Wikidata  string   `parquet:"wikidata,optional"`
		Office    string   `parquet:"office,optional"`
		Country   string   `parquet:"country,optional"`
		FirstSeen string   `parquet:"firstSeen,optional"`
		LastSeen  string   `parquet:"lastSeen,optional"`
		Documents int64    `parquet:"documents"`
	}
	edgeRow struct {
		ID         string   `parquet:"id"`
		From       string   `parquet:"from"`
		Relation   string   `parquet:"relation,dict"`
		To         string   `parquet:"to"`
		Status     string   `parquet:"status,dict"`
		Statements int64    `parquet:"statements"`
		Documents  int64    `parquet:"documents"`
		Outlets    []string `parquet:"outlets,list"`
		First      string   `parquet:"first,optional"`
		Last       string   `parquet:"last,optional"`
		Confidence float64  `parquet:"confidence"`
		Plover     string   `parquet:"plover,optional,dict"`
		// Offices are those of a holds-office edge; since when and until when, empty where unknown or open;
		// an office that its holder came back to stands there for every term.
		Offices    []string `parquet:"offices,list"`
		OfficeFrom []string `parquet:"officeFrom,list"`
		OfficeTo   []string `parquet:"officeTo,list"`
	}
	documentRow struct {
		ID        string `parquet:"id"`
		URL       string `parquet:"url,optional"`
		Title     string `parquet:"title,optional"`
		Outlet    string `parquet:"outlet,optional,dict"`
		Published string `parquet:"published,optional"`
		Hash      string `parquet:"hash,optional"`
		Extractor string `parquet:"extractor,optional,dict"`
		CopyOf    string `parquet:"copyOf,optional"`
	}
	mentionRow struct {
		Document string `parquet:"document"`
		Entity   string `parquet:"entity"`
		Count    int64  `parquet:"count"`
	}
	statementRow struct {
		ID             string   `parquet:"id"`
		Document       string   `parquet:"document"`
		Sentence       int64    `parquet:"sentence"`
		Edge           string   `parquet:"edge"`
		Subject        string   `parquet:"subject"`
		SubjectMention string   `parquet:"subjectMention,optional"`
		Relation       string   `parquet:"relation,dict"`
		Object         string   `parquet:"object"`
		ObjectMention  string   `parquet:"objectMention,optional"`
		Polarity       string   `parquet:"polarity,dict"`
		Modality       string   `parquet:"modality,dict"`
		Status         string   `parquet:"status,dict"`
		Plover         string   `parquet:"plover,optional,dict"`
		PloverMode     string   `parquet:"ploverMode,optional,dict"`
		Start          string   `parquet:"start,optional"`
		End            string   `parquet:"end,optional"`
		Attribution    []string `parquet:"attribution,list"`
		Confidence     float64  `parquet:"confidence"`
		Text           string   `parquet:"text"`
		Trigger        string   `parquet:"trigger,optional"`
		Rule           string   `parquet:"rule,optional,dict"`
		Office         string   `parquet:"office,optional"`
		Award          string   `parquet:"award,optional"`
		Rate           string   `parquet:"rate,optional"`
		Amount         string   `parquet:"amount,optional"`
		Topic          string   `parquet:"topic,optional"`
		Place          string   `parquet:"place,optional"`
		Via            string   `parquet:"via,optional"`
		FulfilledBy    string   `parquet:"fulfilledBy,optional"`
		Extractor      string   `parquet:"extractor,optional,dict"`
	}
)

// groupRows is how many rows a row group holds in memory before it is written.
const groupRows = 50_000

// table is one file.
type table[T any] struct {
	out io.WriteCloser
	w   *parquet.GenericWriter[T]
	n   int
}

func newTable[T any](create Create, name string) (*table[T], error) {
	out, err := create(name)
	if err != nil {
		return nil, err
	}
	return &table[T]{out: out, w: parquet.NewGenericWriter[T](out, parquet.Compression(&parquet.Zstd))}, nil
}

func (t *table[T]) add(row T) error {
	if _, err := t.w.Write([]T{row}); err != nil {
		return err
	}
	if t.n++; t.n%groupRows == 0 {
		return t.w.Flush()
	}
	return nil
}

func (t *table[T]) close() error {
	if t == nil {
		return nil
	}
	return errors.Join(t.w.Close(), t.out.Close())
}

type parquetWriter struct {
	o          *schema.Ontology
	entities   *table[entityRow]
	edges      *table[edgeRow]
	documents  *table[documentRow]
	mentions   *table[mentionRow]
	statements *table[statementRow]
}

func writeParquet(ctx context.Context, g graph.Walker, o *schema.Ontology, create Create) (err error) {
	w := &parquetWriter{o: o}
	defer func() {
		err = errors.Join(err, w.entities.close(), w.edges.close(), w.documents.close(), w.mentions.close(), w.statements.close())
	}()
	if w.entities, err = newTable[entityRow](create, "entities.parquet"); err != nil {
		return err
	}
	if w.edges, err = newTable[edgeRow](create, "edges.parquet"); err != nil {
		return err
	}
	if w.documents, err = newTable[documentRow](create, "documents.parquet"); err != nil {
		return err
	}
	if w.mentions, err = newTable[mentionRow](create, "mentions.parquet"); err != nil {
		return err
	}
	if w.statements, err = newTable[statementRow](create, "statements.parquet"); err != nil {
		return err
	}
	return g.Walk(ctx, w)
}

func (w *parquetWriter) Entity(e graph.Entity, edges []graph.Edge) error {
	p := e.Properties()
	if err := w.entities.add(entityRow{e.ID, string(e.Type()), e.Name(), e.NameJa(), e.Aliases(), p.Get("iso3"), p.Get("wikidata"),
		p.Get("office"), p.Get("country"), e.FirstSeen, e.LastSeen, int64(e.Documents)}); err != nil {
		return err
	}
	for _, x := range edges {
		var outlets []string
		for _, t := range x.Outlets {
			outlets = append(outlets, t.Value)
		}
		var offices, from, to []string
		for _, t := range x.Tenures {
			for _, term := range t.Terms {
				offices, from, to = append(offices, t.Office), append(from, term.From), append(to, term.To)
			}
		}
		if err := w.edges.add(edgeRow{x.ID(), x.From, x.Relation, x.To, string(x.Status), int64(x.Statements), int64(x.Documents), outlets,
			x.First, x.Last, x.Confidence(), x.Plover(w.o).Event, offices, from, to}); err != nil {
			return err
		}
	}
	return nil
}

func (w *parquetWriter) Document(d graph.Document, mentions []graph.Mention) error {
	if err := w.documents.add(documentRow{d.ID, d.URL, d.Title, d.Outlet, d.Published, d.Hash, d.Extractor, d.CopyOf}); err != nil {
		return err
	}
	for _, m := range mentions {
		if err := w.mentions.add(mentionRow{d.ID, m.Entity, int64(m.Count)}); err != nil {
			return err
		}
	}
	return nil
}

func (w *parquetWriter) Statement(s graph.Statement, fulfilledBy string) error {
	p := s.Properties(w.o)
	var speakers []string
	for _, a := range s.Attribution {
		speakers = append(speakers, a.Entity)
	}
	o := w.o
	if o == nil {
		o = schema.Relations()
	}
	return w.statements.add(statementRow{
		ID: s.ID, Document: s.Document, Sentence: int64(s.Sentence), Edge: s.Key(o).ID(), Subject: s.Subject.Entity, SubjectMention: s.Subject.Mention,
		Relation: s.Relation, Object: s.Object.Entity, ObjectMention: s.Object.Mention, Polarity: string(s.Polarity), Modality: string(s.Modality),
		Status: string(s.Status), Plover: p.Get("plover"), PloverMode: p.Get("ploverMode"), Start: s.Start, End: s.End, Attribution: speakers,
		Confidence: s.Confidence, Text: s.Text, Trigger: s.Trigger, Rule: s.Rule, Office: s.Office, Award: s.Award, Rate: s.Rate, Amount: s.Amount,
		Topic: s.Topic, Place: s.Place, Via: s.Via, FulfilledBy: fulfilledBy, Extractor: s.Extractor,
	})
}
