package neo4j

import (
	"context"
	"encoding/json"
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
// graph.Assemble makes of layer 2. With repair it makes layer 1 true, removes statements that hang in the air, and marks damaged
// documents so that the next load writes them anew; all in one transaction. Loaders wait meanwhile, unless the Store is ReadOnly:
// then a load that commits during the reading can look like drift. It needs memory for every statement without its
// texts, about 0.5 kB each.
func (s *Store) Verify(ctx context.Context, repair bool) (Verified, error) {
	var v *verifier
	work := func(tx neo4j.ManagedTransaction) error {
		v = &verifier{ctx: ctx, tx: tx, o: s.opts.Ontology}
		if !s.opts.ReadOnly {
			if _, err := collect(ctx, tx, lock, nil); err != nil {
				return err
			}
		}
		if err := v.run(); err != nil || !repair {
			return err
		}
		w := writer{ctx: ctx, tx: tx, ontology: s.opts.Ontology, rows: 10_000, bytes: 8 << 20}
		if err := w.unwind("UNWIND $rows AS id MATCH (d:Document {id: id}) SET d.digest = 'damaged'", anys(v.result.Damaged)); err != nil {
			return err
		}
		if err := w.unwind(deleteStatements, anys(v.loose)); err != nil {
			return err
		}
		return w.write(&v.delta)
	}
	if repair || !s.opts.ReadOnly {
		if err := s.write(ctx, work); err != nil {
			return Verified{}, s.explain(err)
		}
		return v.result, nil
	}
	session := s.session(ctx, neo4j.AccessModeRead)
	defer session.Close(ctx)
	_, err := neo4j.ExecuteRead(ctx, session, func(tx neo4j.ManagedTransaction) (bool, error) { return true, work(tx) })
	if err != nil {
		return Verified{}, s.explain(err)
	}
	return v.result, nil
}

type verifier struct {
	ctx context.Context
	tx  neo4j.ManagedTransaction
	o   *schema.Ontology

	rows  []graph.Rows // of all documents, texts left out
	loose []string     // statements to remove
	delta graph.Delta
	// copies and fulfilled are as stored.
	copies, fulfilled map[string][]string
	result            Verified
}

func (v *verifier) drift(kind, key, what, mend string) {
	v.result.Drifts = append(v.result.Drifts, Drift{kind, key, what, mend})
}

func (v *verifier) run() error {
	v.copies, v.fulfilled = map[string][]string{}, map[string][]string{}
	for _, step := range []func() error{v.looseStatements, v.documents, v.layer1} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// looseStatements finds those without exactly one subject, object and document.
func (v *verifier) looseStatements() error {
	err := each(v.ctx, v.tx, `MATCH (s:Statement) WHERE s.edge IS NOT NULL
  AND (COUNT { (s)-[:SUBJECT]->(:Entity) } <> 1 OR COUNT { (s)-[:OBJECT]->(:Entity) } <> 1 OR COUNT { (s)-[:STATED_IN]->(:Document) } <> 1)
RETURN s.id ORDER BY s.id`, nil, func(r []any) error {
		id := text(r[0])
		v.loose = append(v.loose, id)
		v.drift("statement", id, "it has not exactly one subject, object and document", removed)
		return nil
	})
	if err != nil {
		return err
	}
	return each(v.ctx, v.tx, "MATCH (p:Statement)-[:FULFILLED_BY]->(a:Statement) RETURN p.id, a.id ORDER BY a.id", nil, func(r []any) error {
		v.fulfilled[text(r[0])] = append(v.fulfilled[text(r[0])], text(r[1]))
		return nil
	})
}

// documents compares what each document left with its digest.
func (v *verifier) documents() error {
	stored := map[string]graph.Properties{}
	var ids []string
	err := each(v.ctx, v.tx, `MATCH (d:Document) WHERE d.digest IS NOT NULL
RETURN properties(d), [(d)-[:COPY_OF]->(h:Document) | h.id]`, nil, func(r []any) error {
		p := properties(r[0])
		stored[p.Get("id")] = p
		ids = append(ids, p.Get("id"))
		v.copies[p.Get("id")] = graph.Properties{"": r[1]}.Strings("")
		return nil
	})
	if err != nil {
		return err
	}
	slices.Sort(ids)
	read := reader{v.tx, v.o}
	for batch := range slices.Chunk(ids, 500) {
		mentions, statements, err := read.Contents(v.ctx, batch)
		if err != nil {
			return err
		}
		by := map[string]*graph.Rows{}
		for _, id := range batch {
			by[id] = &graph.Rows{Document: graph.ReadDocument(stored[id])}
		}
		for _, m := range mentions {
			by[m.Document].Mentions = append(by[m.Document].Mentions, m)
		}
		for _, s := range statements {
			if r := by[s.Document]; r != nil && !slices.Contains(v.loose, s.ID) {
				r.Statements = append(r.Statements, s)
			}
		}
		for _, id := range batch {
			v.document(by[id], stored[id])
		}
	}
	v.result.Documents = len(ids)
	return nil
}

func (v *verifier) document(r *graph.Rows, stored graph.Properties) {
	r.Sort()
	id := r.Document.ID
	if r.Document.Digest != r.Digest() || !holds(stored, r.Document.Properties()) {
		v.result.Damaged = append(v.result.Damaged, id)
		v.drift("document", id, "what the graph has of it is not what was loaded", reload)
	}
	v.result.Statements += len(r.Statements)
	for i := range r.Statements {
		s := &r.Statements[i]
		s.Text, s.Trigger, s.Evidence, s.Rule, s.Extractor = "", "", nil, "", "" // layer 1 does not rest on them
	}
	v.rows = append(v.rows, *r)
}

// layer1 compares entities, edges and links with those that layer 2 implies.
func (v *verifier) layer1() error {
	want := graph.Assemble(v.o, v.rows)
	v.rows = nil
	if err := v.entities(want.Entities); err != nil {
		return err
	}
	if err := v.edges(want.Edges); err != nil {
		return err
	}
	for _, d := range want.Documents {
		if !linked(v.copies[d.ID], d.CopyOf) {
			v.drift("copy", d.ID, fmt.Sprintf("it is COPY_OF %q, should be of %q", v.copies[d.ID], d.CopyOf), recompute)
			v.delta.Copies = append(v.delta.Copies, graph.Copy{Document: d.ID, Of: d.CopyOf})
		}
	}
	for _, f := range want.Fulfilled {
		if !linked(v.fulfilled[f.Planned], f.Actual) {
			v.drift("fulfilled", f.Planned, fmt.Sprintf("it is FULFILLED_BY %q, should be by %q", v.fulfilled[f.Planned], f.Actual), recompute)
			v.delta.Fulfilled = append(v.delta.Fulfilled, f)
		}
		delete(v.fulfilled, f.Planned)
	}
	for _, planned := range slices.Sorted(maps.Keys(v.fulfilled)) {
		if slices.Contains(v.loose, planned) {
			continue
		}
		v.drift("fulfilled", planned, fmt.Sprintf("it is FULFILLED_BY %q, should be by none", v.fulfilled[planned]), removed)
		v.delta.Fulfilled = append(v.delta.Fulfilled, graph.Fulfilment{Planned: planned})
	}
	return nil
}

func linked(have []string, want string) bool {
	return want == "" && len(have) == 0 || len(have) == 1 && have[0] == want
}

func (v *verifier) entities(want []graph.Entity) error {
	wanted := map[string]graph.Entity{}
	for _, e := range want {
		wanted[e.ID] = e
	}
	err := each(v.ctx, v.tx, "MATCH (e:Entity) WHERE e.documents IS NOT NULL RETURN labels(e), properties(e) ORDER BY e.id", nil, func(r []any) error {
		v.result.Entities++
		p := properties(r[1])
		id := p.Get("id")
		e, ok := wanted[id]
		delete(wanted, id)
		labels := graph.Properties{"": r[0]}.Strings("")
		switch {
		case !ok:
			v.drift("entity", id, "no document mentions it", removed)
			v.delta.DeleteEntities = append(v.delta.DeleteEntities, id)
		case !holds(p, e.Properties()) || !onlyType(labels, e.Type()):
			v.drift("entity", id, "its properties or label are not what its documents say", recompute)
			v.delta.PutEntities = append(v.delta.PutEntities, e)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(wanted)) {
		// Its mentions would be missing as well, so its documents are damaged: they are loaded again with all they mention.
		v.drift("entity", id, "statements or documents speak of it, and it is not there", recompute)
		v.delta.PutEntities = append(v.delta.PutEntities, wanted[id])
	}
	return nil
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

func (v *verifier) edges(want []graph.Edge) error {
	wanted := map[graph.EdgeKey]graph.Edge{}
	for _, e := range want {
		wanted[e.EdgeKey] = e
	}
	seen := map[graph.EdgeKey]bool{}
	for _, rel := range v.o.All {
		cypher := "MATCH (a:Entity)-[r:" + rel.Type() + "]->(b:Entity) WHERE r.weight IS NOT NULL RETURN a.id, b.id, properties(r)"
		err := each(v.ctx, v.tx, cypher, nil, func(r []any) error {
			v.result.Edges++
			p := properties(r[2])
			k := graph.EdgeKey{Relation: rel.ID, Status: schema.Status(p.Get("status")), From: text(r[0]), To: text(r[1])}
			e, ok := wanted[k]
			switch {
			case seen[k]:
				v.drift("edge", name(k), "it is there twice", recompute)
				v.delta.DeleteEdges = append(v.delta.DeleteEdges, k)
				if ok {
					v.delta.PutEdges = append(v.delta.PutEdges, e)
				}
			case !ok:
				v.drift("edge", name(k), "no statement says so", removed)
				v.delta.DeleteEdges = append(v.delta.DeleteEdges, k)
			case !holds(p, e.Properties(v.o)):
				v.drift("edge", name(k), "its properties are not what its statements say", recompute)
				v.delta.PutEdges = append(v.delta.PutEdges, e)
			}
			seen[k] = true
			return nil
		})
		if err != nil {
			return err
		}
	}
	for _, e := range want {
		if !seen[e.EdgeKey] {
			v.drift("edge", name(e.EdgeKey), "statements say so, and it is not there", recompute)
			v.delta.PutEdges = append(v.delta.PutEdges, e)
		}
	}
	return nil
}

func name(k graph.EdgeKey) string {
	return fmt.Sprintf("(%s)-[%s %s]->(%s)", k.From, graph.EdgeType(k.Relation), k.Status, k.To)
}

// holds reports whether the stored properties are the wanted ones. Properties that are not ours do not count; ours that
// should be absent do.
func holds(stored, want graph.Properties) bool {
	for k, w := range want {
		if k == "retrieved" {
			continue
		}
		have, ok := stored[k]
		if !ok || !same(have, w) {
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

// optional are the derived properties that may be absent.
var optional = []string{"nameJa", "aliases", "iso3", "wikidata", "office", "officeEn", "firstSeen", "lastSeen", "first", "last", "plover", "ploverMode",
	"from", "to", "offices", "officeFrom", "officeTo", "officeUnique", "officeStatements", "said"}

func same(a, b any) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && string(x) == string(y)
}
