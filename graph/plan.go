package graph

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/entente-kg/entente/schema"
)

// ErrDrift says that layer 1 of a stored graph is not what layer 2 implies: something else wrote to it.
var ErrDrift = errors.New("the stored graph disagrees with its own statements; run entente verify --repair")

// Reader is what Plan reads of a stored graph, all in one transaction that no other writer can interleave with. Unknown keys
// are left out of the results, whose order does not matter.
type Reader interface {
	// Documents are the documents with these ids.
	Documents(ctx context.Context, ids []string) ([]Document, error)
	// Copies are the documents that are COPY_OF one of these heads.
	Copies(ctx context.Context, heads []string) ([]Document, error)
	// Crowds counts the documents that have each of these bands, in their order, up to most.
	Crowds(ctx context.Context, bands []Band, most int) ([]int, error)
	// Similar are the documents that have one of these bands.
	Similar(ctx context.Context, bands []Band) ([]Document, error)
	// Contents are the mentions and statements of the documents with these ids.
	Contents(ctx context.Context, ids []string) ([]Mention, []Statement, error)
	// Edges and Entities are the layer 1 rows of these keys.
	Edges(ctx context.Context, keys []EdgeKey) ([]Edge, error)
	Entities(ctx context.Context, ids []string) ([]Entity, error)
	// Holders are the edges that fill one of these seats.
	Holders(ctx context.Context, seats []Seat) ([]Edge, error)
	// Dated gives, for each window, the statements of the edge whose Start lies in it.
	Dated(ctx context.Context, windows []Window) ([][]Dated, error)
	// SeenOn calls f for every mention, in documents published on one of these days, of these entities; it may for others.
	SeenOn(ctx context.Context, days, entities []string, f func(m Mention, day string)) error
	// Seen calls f for every mention of these entities, with the day its document was published.
	Seen(ctx context.Context, entities []string, f func(m Mention, day string)) error
}

// Window selects statements of one edge by their first day: Lo <= Start <= Hi. An empty Lo takes undated ones too, an empty
// Hi has no end.
type Window struct {
	Edge   EdgeKey
	Lo, Hi string
}

// Prepare derives the rows of a change, so that a bad one is refused before anything is written. o is as for Derive.
func Prepare(o *schema.Ontology, c Change) (put []Rows, withdraw []string, err error) {
	seen := map[string]bool{}
	var faults []error
	for _, x := range c.Put {
		rows, err := Derive(o, x)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		if seen[rows.Document.ID] {
			faults = append(faults, fmt.Errorf("graph: document %q occurs twice in one change", rows.Document.ID))
		}
		seen[rows.Document.ID] = true
		put = append(put, rows)
	}
	for _, id := range c.Withdraw {
		if id = identifier(id); seen[id] {
			faults = append(faults, fmt.Errorf("graph: document %q is put and withdrawn in one change", id))
		}
		withdraw = append(withdraw, id)
	}
	if len(faults) > 0 {
		return nil, nil, errors.Join(faults...)
	}
	slices.Sort(withdraw)
	return put, slices.Compact(withdraw), nil
}

// Plan computes what a store has to write to make its graph true to put and withdraw (as from Prepare). The cost is that of
// the documents concerned, their copies, and the edges and entities they touch, however large the graph is. When a
// document goes that gave an entity its first or last day, the mentions of that day are read, and all of the entity's where none is left
// on it; when a statement goes that gave an edge its first or last day, all statements of the edge are.
func Plan(ctx context.Context, o *schema.Ontology, r Reader, put []Rows, withdraw []string) (*Delta, error) {
	p := &planner{ctx: ctx, o: ontology(o), r: r, before: map[string]Rows{}, after: map[string]Rows{}, touched: map[string]bool{}, newEntities: map[string]bool{}}
	for _, step := range []func() error{
		func() error { return p.readDocuments(put, withdraw) },
		p.findFamilies,
		p.readContents,
		p.planStatements,
		p.planMentions,
		p.planEdges,
		p.planFulfilled,
	} {
		if err := step(); err != nil {
			return nil, err
		}
		if len(p.touched) == 0 {
			break
		}
	}
	return &p.delta, nil
}

type planner struct {
	ctx context.Context
	o   *schema.Ontology
	r   Reader

	// before and after hold the documents concerned and their families: the touched ones and their copies.
	before, after map[string]Rows
	// touched are the documents that come, change or go.
	touched map[string]bool
	// headsBefore and headsAfter give the family of each.
	headsBefore, headsAfter map[string]string
	newEntities             map[string]bool

	delta Delta
}

// readDocuments sorts out what comes, changes and goes.
func (p *planner) readDocuments(put []Rows, withdraw []string) error {
	ids := slices.Clone(withdraw)
	for _, rows := range put {
		ids = append(ids, rows.Document.ID)
	}
	slices.Sort(ids)
	stored, err := p.r.Documents(p.ctx, ids)
	if err != nil {
		return err
	}
	count := &p.delta.Summary.Documents
	for _, d := range stored {
		p.before[d.ID] = Rows{Document: d}
	}
	for _, rows := range put {
		id := rows.Document.ID
		old, ok := p.before[id]
		switch {
		case ok && old.Document.Digest == rows.Document.Digest:
			count.Unchanged++
			delete(p.before, id)
			continue
		case ok:
			count.Changed++
		default:
			count.Added++
		}
		rows.Document.CopyOf = ""
		p.after[id] = rows
		p.touched[id] = true
		p.delta.PutDocuments = append(p.delta.PutDocuments, rows.Document)
	}
	for _, id := range withdraw {
		if _, ok := p.before[id]; ok {
			count.Removed++
			p.touched[id] = true
			p.delta.DeleteDocuments = append(p.delta.DeleteDocuments, id)
		}
	}
	slices.SortFunc(p.delta.PutDocuments, func(a, b Document) int { return compare(a.ID, b.ID) })
	return nil
}

// findFamilies reads the whole families that the change may join or break up, and makes them anew.
func (p *planner) findFamilies() error {
	change := map[Band]int{} // how many documents more have a band
	for id := range p.touched {
		was, is := p.before[id].Document.Sketch, p.after[id].Document.Sketch
		if was == is {
			continue
		}
		for _, b := range was.bands() {
			change[b]--
		}
		for _, b := range is.bands() {
			change[b]++
		}
	}
	near := documents(p.before)
	size, err := p.crowds(slices.Collect(maps.Keys(change)))
	if err != nil {
		return err
	}
	var bands []Band // those that others have, and that count or did
	for b, n := range change {
		if size[b] > 0 && (size[b] <= crowd || size[b]+n <= crowd) {
			bands = append(bands, b)
		}
	}
	if len(bands) > 0 {
		similar, err := p.r.Similar(p.ctx, sortedBands(bands))
		if err != nil {
			return err
		}
		near = append(near, similar...)
	}
	var heads []string
	for _, d := range near {
		heads = append(heads, d.head())
	}
	if heads = sorted(heads); len(heads) > 0 {
		copies, err := p.r.Copies(p.ctx, heads)
		if err != nil {
			return err
		}
		headDocuments, err := p.r.Documents(p.ctx, heads)
		if err != nil {
			return err
		}
		near = append(append(near, copies...), headDocuments...)
	}
	for _, d := range near {
		p.before[d.ID] = Rows{Document: d}
		if !p.touched[d.ID] {
			p.after[d.ID] = Rows{Document: d}
		}
	}
	p.headsBefore = map[string]string{}
	for _, d := range documents(p.before) {
		p.headsBefore[d.ID] = d.head()
	}
	after := documents(p.after)
	var unknown []Band
	for b := range sizes(after) {
		if _, ok := size[b]; !ok {
			unknown = append(unknown, b)
		}
	}
	more, err := p.crowds(unknown)
	if err != nil {
		return err
	}
	maps.Copy(size, more)
	p.headsAfter = families(after, func(b Band) int { return size[b] + change[b] })
	for _, d := range after {
		was, is := copyOf(d.ID, p.headsBefore[d.ID]), copyOf(d.ID, p.headsAfter[d.ID])
		if _, stored := p.before[d.ID]; !stored {
			was = ""
		}
		// The link to a head that goes is deleted with it.
		if was != is {
			p.delta.Copies = append(p.delta.Copies, Copy{d.ID, is})
		}
	}
	p.delta.Summary.Copies = len(p.delta.Copies)
	return nil
}

// crowds counts the stored documents of bands, as far as it matters.
func (p *planner) crowds(bands []Band) (map[Band]int, error) {
	size := map[Band]int{}
	if len(bands) == 0 {
		return size, nil
	}
	bands = sortedBands(bands)
	n, err := p.r.Crowds(p.ctx, bands, crowd+1+len(p.touched))
	for i := range n {
		size[bands[i]] = n[i]
	}
	return size, err
}

func sortedBands(bands []Band) []Band {
	slices.SortFunc(bands, func(a, b Band) int { return cmp.Or(cmp.Compare(a.Index, b.Index), cmp.Compare(a.Value, b.Value)) })
	return bands
}

// readContents reads what the touched documents and the families that the change touches said before.
func (p *planner) readContents() error {
	affected := map[string]bool{} // heads, before or after
	for id := range p.touched {
		affected["<"+p.headsBefore[id]] = true
		affected[">"+p.headsAfter[id]] = true
	}
	for _, c := range p.delta.Copies {
		affected["<"+p.headsBefore[c.Document]] = true
		affected[">"+p.headsAfter[c.Document]] = true
	}
	for id := range p.before {
		if !p.touched[id] && !affected["<"+p.headsBefore[id]] && !affected[">"+p.headsAfter[id]] {
			delete(p.before, id)
			delete(p.after, id)
		}
	}
	stored := slices.Sorted(maps.Keys(p.before))
	if len(stored) == 0 {
		return nil
	}
	mentions, statements, err := p.r.Contents(p.ctx, stored)
	if err != nil {
		return err
	}
	for _, m := range mentions {
		rows := p.before[m.Document]
		rows.Mentions = append(rows.Mentions, m)
		p.before[m.Document] = rows
	}
	for _, s := range statements {
		rows := p.before[s.Document]
		rows.Statements = append(rows.Statements, s)
		p.before[s.Document] = rows
	}
	for id, rows := range p.before {
		if !p.touched[id] {
			p.after[id] = rows
		}
	}
	return nil
}

// planStatements compares layer 2 of the touched documents before and after.
func (p *planner) planStatements() error {
	d := &p.delta
	for _, id := range slices.Sorted(maps.Keys(p.touched)) {
		old := map[string]Statement{}
		for _, s := range p.before[id].Statements {
			old[s.ID] = s
		}
		for _, s := range p.after[id].Statements {
			was, ok := old[s.ID]
			delete(old, s.ID)
			switch {
			case !ok:
				d.AddStatements = append(d.AddStatements, s)
			case string(canonical(was)) != string(canonical(s)):
				d.ChangeStatements = append(d.ChangeStatements, s)
			}
		}
		d.DeleteStatements = append(d.DeleteStatements, slices.Collect(maps.Values(old))...)
	}
	for _, list := range [][]Statement{d.AddStatements, d.ChangeStatements, d.DeleteStatements} {
		slices.SortFunc(list, func(a, b Statement) int { return compare(a.ID, b.ID) })
	}
	d.Summary.Statements = Counts{Added: len(d.AddStatements), Changed: len(d.ChangeStatements), Removed: len(d.DeleteStatements)}
	return nil
}

func documents(rows map[string]Rows) []Document {
	out := make([]Document, 0, len(rows))
	for _, id := range slices.Sorted(maps.Keys(rows)) {
		out = append(out, rows[id].Document)
	}
	return out
}

func sorted(ids []string) []string {
	slices.Sort(ids)
	return slices.Compact(ids)
}
