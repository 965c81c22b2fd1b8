package neo4j

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
)

// Drift is one place where the stored graph is not what it should be.
type Drift struct {
	// Kind is document, statement, entity, edge, copy or fulfilled.
	Kind string `json:"kind"`
	// Key is the node's id, or the edge's ends and type.
	Key string `json:"key"`
	// What is wrong with it.
	What string `json:"what"`
	// Mend says what Verify does to it with repair, or the person has to.
	Mend string `json:"mend"`
}

// Verified is what Verify saw.
type Verified struct {
	Documents  int `json:"documents"`
	Statements int `json:"statements"`
	Entities   int `json:"entities"`
	Edges      int `json:"edges"`
	// Drifts are in the order of the kinds and keys.
	Drifts []Drift `json:"drifts"`
	// Damaged are the documents whose own part of the graph is not what was loaded: they have to be loaded again.
	Damaged []string `json:"damaged,omitempty"`
}

const (
	reload    = "load the document again"
	recompute = "computed anew"
	removed   = "removed"
)

// Verify compares what every document left in layer 2 with the digest it was loaded with, and layer 1 with what
// graph.Graph.Imply makes of layer 2. With repair it makes layer 1 true, removes statements that hang in the air, and marks
// damaged documents so that the next load writes them anew, in bounded transactions; a repair that is cut short is completed by
// the next. Loaders wait meanwhile, unless the Store is ReadOnly: then a load that commits during the reading can look like
// drift. It needs memory for every document's id and sketch, some 0.5 kB each; the rest waits in temporary files, without
// texts, 1 kB a statement.
func (s *Store) Verify(ctx context.Context, repair bool) (Verified, error) {
	var v *verifier
	work := func(tx neo4j.ManagedTransaction) error {
		v = &verifier{ctx: ctx, tx: tx, o: s.opts.Ontology, documents: map[string]graph.Document{}}
		if !s.opts.ReadOnly {
			if err := s.takeTurn(ctx, tx); err != nil {
				return err
			}
		}
		if err := v.run(); err != nil || !repair {
			return err
		}
		// This transaction holds the lock; what is mended is written by others, which need not wait for it.
		w := writer{ontology: s.opts.Ontology, rows: 10_000, bytes: 8 << 20, run: func(cypher string, params map[string]any) error {
			return s.write(ctx, func(tx neo4j.ManagedTransaction) error {
				_, err := collect(ctx, tx, cypher, params)
				return err
			})
		}}
		if err := w.unwind("UNWIND $rows AS id MATCH (d:Document {id: id}) SET d.digest = 'damaged'", anys(v.result.Damaged)); err != nil {
			return err
		}
		if err := w.unwind(deleteStatements, anys(v.loose)); err != nil {
			return err
		}
		if err := w.unwind("UNWIND $rows AS row MATCH (s:Statement {id: row.id}) SET s += row", v.statements); err != nil {
			return err
		}
		return w.write(&v.delta)
	}
	var err error
	if repair || !s.opts.ReadOnly {
		err = s.write(ctx, work)
	} else {
		session := s.session(ctx, neo4j.AccessModeRead)
		defer session.Close(ctx)
		_, err = neo4j.ExecuteRead(ctx, session, func(tx neo4j.ManagedTransaction) (bool, error) { return true, work(tx) })
	}
	if err != nil {
		return Verified{}, s.explain(err)
	}
	return v.result, nil
}

type verifier struct {
	ctx context.Context
	tx  neo4j.ManagedTransaction
	o   *schema.Ontology

	documents map[string]graph.Document // all, with CopyOf as it should be; what layer 1 does not rest on is left out
	copies    map[string][]string       // as stored
	loose     []string                  // statements to remove
	shelves   *shelves

	delta      graph.Delta
	statements []any // derived properties of statements to be set
	result     Verified
}

func (v *verifier) drift(kind, key, what, mend string) {
	v.result.Drifts = append(v.result.Drifts, Drift{kind, key, what, mend})
}

func (v *verifier) run() (err error) {
	v.copies = map[string][]string{}
	n := 0
	if err := each(v.ctx, v.tx, "MATCH (s:Statement) RETURN count(s)", nil, func(r []any) error {
		count, _ := r[0].(int64)
		n = int(count)
		return nil
	}); err != nil {
		return err
	}
	if v.shelves, err = newShelves(n/shelfStatements + 1); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, v.shelves.close()) }()
	for _, step := range []func() error{v.looseStatements, v.readDocuments, v.families, v.readEntities, v.readEdges, v.layer1} {
		if err := step(); err != nil {
			return err
		}
	}
	kinds := []string{"statement", "document", "entity", "edge", "copy", "fulfilled"}
	slices.SortStableFunc(v.result.Drifts, func(a, b Drift) int {
		return cmp.Or(cmp.Compare(slices.Index(kinds, a.Kind), slices.Index(kinds, b.Kind)), cmp.Compare(a.Key, b.Key))
	})
	return nil
}

// looseStatements finds those without exactly one subject, object and document.
func (v *verifier) looseStatements() error {
	return each(v.ctx, v.tx, `MATCH (s:Statement) WHERE s.edge IS NOT NULL
  AND (COUNT { (s)-[:SUBJECT]->(:Entity) } <> 1 OR COUNT { (s)-[:OBJECT]->(:Entity) } <> 1 OR COUNT { (s)-[:STATED_IN]->(:Document) } <> 1)
RETURN s.id ORDER BY s.id`, nil, func(r []any) error {
		id := text(r[0])
		v.loose = append(v.loose, id)
		v.drift("statement", id, "it has not exactly one subject, object and document", removed)
		return nil
	})
}

const (
	verifiedDocuments = `MATCH (d:Document)
WHERE d.id > $after AND d.digest IS NOT NULL
RETURN properties(d), [(d)-[:COPY_OF]->(h:Document) | h.id]
ORDER BY d.id LIMIT $page`
	fulfilledIn = `UNWIND $ids AS id
MATCH (:Document {id: id})<-[:STATED_IN]-(p:Statement)-[:FULFILLED_BY]->(a:Statement)
RETURN p.id, a.id`
	derivedIn = `UNWIND $ids AS id
MATCH (:Document {id: id})<-[:STATED_IN]-(s:Statement)
RETURN s.id, s.edge, s.plover, s.ploverMode, s.quad`
)

// readDocuments compares what each document left with its digest, a page at a time, and puts its mentions and statements on
// their shelves.
func (v *verifier) readDocuments() error {
	const page = 250
	for after := ""; ; {
		var stored []graph.Properties
		if err := each(v.ctx, v.tx, verifiedDocuments, map[string]any{"after": after, "page": page}, func(r []any) error {
			p := properties(r[0])
			after = p.Get("id")
			stored = append(stored, p)
			v.copies[after] = graph.Properties{"": r[1]}.Strings("")
			return nil
		}); err != nil {
			return err
		}
		if len(stored) == 0 {
			return nil
		}
		if err := v.readContents(stored); err != nil {
			return err
		}
		if len(stored) < page {
			return nil
		}
	}
}

func (v *verifier) readContents(stored []graph.Properties) error {
	ids := make([]string, len(stored))
	by := map[string]*graph.Rows{}
	for i, p := range stored {
		ids[i] = p.Get("id")
		by[ids[i]] = &graph.Rows{Document: graph.ReadDocument(p)}
	}
	mentions, statements, err := reader{v.tx, v.o}.Contents(v.ctx, ids)
	if err != nil {
		return err
	}
	derived := map[string]graph.Properties{}
	fulfilled := map[string][]string{}
	params := map[string]any{"ids": ids}
	if err := each(v.ctx, v.tx, derivedIn, params, func(r []any) error {
		derived[text(r[0])] = present(graph.Properties{"edge": r[1], "plover": r[2], "ploverMode": r[3], "quad": r[4]})
		return nil
	}); err != nil {
		return err
	}
	if err := each(v.ctx, v.tx, fulfilledIn, params, func(r []any) error {
		fulfilled[text(r[0])] = append(fulfilled[text(r[0])], text(r[1]))
		return nil
	}); err != nil {
		return err
	}
	for _, m := range mentions {
		by[m.Document].Mentions = append(by[m.Document].Mentions, m)
	}
	for _, s := range statements {
		if r := by[s.Document]; r != nil && !slices.Contains(v.loose, s.ID) {
			r.Statements = append(r.Statements, s)
		}
	}
	for i, id := range ids {
		r := by[id]
		v.document(r, stored[i])
		for _, m := range r.Mentions {
			v.shelves.mention(m)
		}
		for _, s := range r.Statements {
			v.statement(s, derived[s.ID])
			s.Text, s.Trigger, s.Evidence, s.Rule, s.Extractor = "", "", nil, "", "" // layer 1 does not rest on them
			v.shelves.statement(v.o, s, fulfilled[s.ID])
		}
	}
	return v.shelves.flush()
}

// present leaves out what is null.
func present(p graph.Properties) graph.Properties {
	maps.DeleteFunc(p, func(_ string, v any) bool { return v == nil })
	return p
}

func (v *verifier) document(r *graph.Rows, stored graph.Properties) {
	r.Sort()
	d := r.Document
	if d.Digest != r.Digest() || !holds(texts(stored), d.Properties()) {
		v.result.Damaged = append(v.result.Damaged, d.ID)
		v.drift("document", d.ID, "what the graph has of it is not what was loaded", reload)
	}
	v.result.Documents++
	v.result.Statements += len(r.Statements)
	v.documents[d.ID] = graph.Document{ID: d.ID, Outlet: d.Outlet, Published: d.Published, Sketch: d.Sketch}
}

// statement compares the properties of a statement's node that follow from the others, which the digest does not hold.
func (v *verifier) statement(s graph.Statement, stored graph.Properties) {
	all := s.Properties(v.o)
	want := graph.Properties{}
	for _, k := range []string{"edge", "plover", "ploverMode", "quad"} {
		if w, ok := all[k]; ok {
			want[k] = w
		}
	}
	if holds(texts(stored), want) && len(stored) == len(want) {
		return
	}
	v.drift("statement", s.ID, "its edge or PLOVER code is not what it says", recompute)
	row := map[string]any{"id": s.ID, "edge": nil, "plover": nil, "ploverMode": nil, "quad": nil}
	maps.Copy(row, want)
	v.statements = append(v.statements, row)
}

// families finds the copies anew.
func (v *verifier) families() error {
	ids := slices.Sorted(maps.Keys(v.documents))
	docs := make([]graph.Document, len(ids))
	for i, id := range ids {
		docs[i] = v.documents[id]
	}
	graph.Families(docs)
	for _, d := range docs {
		d.Sketch = ""
		v.documents[d.ID] = d
		if have := v.copies[d.ID]; !linked(have, d.CopyOf) {
			v.drift("copy", d.ID, fmt.Sprintf("it is COPY_OF %q, should be of %q", have, d.CopyOf), recompute)
			v.delta.Copies = append(v.delta.Copies, graph.Copy{Document: d.ID, Of: d.CopyOf})
		}
	}
	v.copies = nil
	return nil
}

func linked(have []string, want string) bool {
	return want == "" && len(have) == 0 || len(have) == 1 && have[0] == want
}

func (v *verifier) readEntities() error {
	return v.shelve("MATCH (e:Entity) WHERE e.documents IS NOT NULL RETURN labels(e), properties(e)", func(r []any) {
		v.result.Entities++
		v.shelves.entity(graph.Properties{"": r[0]}.Strings(""), properties(r[1]))
	})
}

func (v *verifier) readEdges() error {
	for _, rel := range v.o.All {
		// The type comes from the ontology, where it was checked.
		cypher := "MATCH (a:Entity)-[r:" + rel.Type() + "]->(b:Entity) WHERE r.weight IS NOT NULL RETURN a.id, b.id, properties(r)"
		if err := v.shelve(cypher, func(r []any) {
			v.result.Edges++
			p := properties(r[2])
			v.shelves.edge(v.o, graph.EdgeKey{Relation: rel.ID, Status: schema.Status(p.Get("status")), From: text(r[0]), To: text(r[1])}, p)
		}); err != nil {
			return err
		}
	}
	return nil
}

// shelve puts the rows of a query on shelves, as they come.
func (v *verifier) shelve(cypher string, row func(r []any)) error {
	n := 0
	err := each(v.ctx, v.tx, cypher, nil, func(r []any) error {
		row(r)
		if n++; n%1000 == 0 {
			return v.shelves.flush()
		}
		return nil
	})
	if err != nil {
		return err
	}
	return v.shelves.flush()
}

// layer1 compares entities, edges and fulfilments with those that layer 2 implies, shelf by shelf.
func (v *verifier) layer1() error {
	return v.shelves.each(func(s *shelf) error {
		g := graph.Graph{Mentions: s.Mentions, Statements: s.Statements}
		slices.SortFunc(g.Statements, func(a, b graph.Statement) int { return cmp.Compare(a.ID, b.ID) })
		g.Imply(v.o, func(id string) graph.Document { return v.documents[id] })
		v.entities(g.Entities, s.Entities)
		v.edges(g.Edges, s.Edges)
		v.fulfilled(g.Fulfilled, s.Fulfilled)
		return v.ctx.Err()
	})
}

func (v *verifier) entities(want []graph.Entity, stored []storedEntity) {
	wanted := map[string]graph.Entity{}
	for _, e := range want {
		wanted[e.ID] = e
	}
	slices.SortFunc(stored, func(a, b storedEntity) int { return cmp.Compare(a.ID, b.ID) })
	for _, s := range stored {
		e, ok := wanted[s.ID]
		delete(wanted, s.ID)
		switch {
		case !ok:
			v.drift("entity", s.ID, "no document mentions it", removed)
			v.delta.DeleteEntities = append(v.delta.DeleteEntities, s.ID)
		case !holds(s.Properties, e.Properties()) || !onlyType(s.Labels, e.Type()):
			v.drift("entity", s.ID, "its properties or label are not what its documents say", recompute)
			v.delta.PutEntities = append(v.delta.PutEntities, e)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(wanted)) {
		// Its mentions would be missing as well, so its documents are damaged: they are loaded again with all they mention.
		v.drift("entity", id, "statements or documents speak of it, and it is not there", recompute)
		v.delta.PutEntities = append(v.delta.PutEntities, wanted[id])
	}
}

// onlyType holds when the only entity type among the labels is t.
func onlyType(labels []string, t schema.EntityType) bool {
	n := 0
	for _, l := range labels {
		if slices.Contains(schema.EntityTypes(), schema.EntityType(l)) {
			n++
		}
	}
	return n == 1 && slices.Contains(labels, string(t))
}

func (v *verifier) edges(want []graph.Edge, stored []storedEdge) {
	wanted := map[graph.EdgeKey]graph.Edge{}
	for _, e := range want {
		wanted[e.EdgeKey] = e
	}
	slices.SortStableFunc(stored, func(a, b storedEdge) int { return a.Key.Compare(b.Key) })
	seen := map[graph.EdgeKey]bool{}
	for _, s := range stored {
		e, ok := wanted[s.Key]
		switch {
		case seen[s.Key]:
			v.drift("edge", name(s.Key), "it is there twice", recompute)
			v.delta.DeleteEdges = append(v.delta.DeleteEdges, s.Key)
			if ok {
				v.delta.PutEdges = append(v.delta.PutEdges, e)
			}
		case !ok:
			v.drift("edge", name(s.Key), "no statement says so", removed)
			v.delta.DeleteEdges = append(v.delta.DeleteEdges, s.Key)
		case !holds(s.Properties, e.Properties(v.o)):
			v.drift("edge", name(s.Key), "its properties are not what its statements say", recompute)
			v.delta.PutEdges = append(v.delta.PutEdges, e)
		}
		seen[s.Key] = true
	}
	for _, e := range want {
		if !seen[e.EdgeKey] {
			v.drift("edge", name(e.EdgeKey), "statements say so, and it is not there", recompute)
			v.delta.PutEdges = append(v.delta.PutEdges, e)
		}
	}
}

func name(k graph.EdgeKey) string {
	return fmt.Sprintf("(%s)-[%s %s]->(%s)", k.From, graph.EdgeType(k.Relation), k.Status, k.To)
}

func (v *verifier) fulfilled(want, stored []graph.Fulfilment) {
	have := map[string][]string{}
	for _, f := range stored {
		have[f.Planned] = append(have[f.Planned], f.Actual)
	}
	for _, f := range want {
		if !linked(have[f.Planned], f.Actual) {
			v.drift("fulfilled", f.Planned, fmt.Sprintf("it is FULFILLED_BY %q, should be by %q", have[f.Planned], f.Actual), recompute)
			v.delta.Fulfilled = append(v.delta.Fulfilled, f)
		}
		delete(have, f.Planned)
	}
	for _, planned := range slices.Sorted(maps.Keys(have)) {
		v.drift("fulfilled", planned, fmt.Sprintf("it is FULFILLED_BY %q, should be by none", have[planned]), removed)
		v.delta.Fulfilled = append(v.delta.Fulfilled, graph.Fulfilment{Planned: planned})
	}
}

// holds reports whether the stored properties, as texts gives them, are the wanted ones. Properties that are not ours do not
// count; ours that should be absent do.
func holds(stored map[string]string, want graph.Properties) bool {
	for k, w := range want {
		if k == "retrieved" {
			continue
		}
		if have, ok := stored[k]; !ok || have != asText(w) {
			return false
		}
	}
	for _, k := range optional {
		_, have := stored[k]
		if _, wanted := want[k]; have && !wanted {
			return false
		}
	}
	return true
}

// texts are properties with their values as JSON, so that they can be kept in files and compared.
func texts(p graph.Properties) map[string]string {
	out := make(map[string]string, len(p))
	for k, v := range p {
		out[k] = asText(v)
	}
	return out
}

// asText is a property as JSON: a value or a list, which JSON can hold; NaN, which it cannot, equals nothing of ours.
func asText(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

// optional are the derived properties that may be absent.
var optional = []string{"nameJa", "aliases", "iso3", "wikidata", "office", "officeEn", "firstSeen", "lastSeen", "first", "last", "plover", "ploverMode",
	"from", "to", "offices", "officeFrom", "officeTo", "officeUnique", "officeSaid", "said"}
