package graph

import (
	"fmt"
	"maps"
	"slices"

	"github.com/entente-kg/entente/schema"
)

// days is what a change does to one kind of date: how often each comes (positive) or goes (negative).
type days map[string]int

// lost reports whether the day goes and nothing in the change brings it back.
func (d days) lost(day string) bool { return day != "" && d[day] < 0 }

// entityChange is what a change does to one entity.
type entityChange struct {
	documents int
	published days
	variants  map[string]days // by variant: publication days of the documents that give it
}

// planMentions compares the mentions of the touched documents before and after, and brings the entities up to date.
func (p *planner) planMentions() error {
	d := &p.delta
	changes := map[string]*entityChange{}
	note := func(m Mention, day string, n int) {
		c := changes[m.Entity]
		if c == nil {
			c = &entityChange{published: days{}, variants: map[string]days{}}
			changes[m.Entity] = c
		}
		c.documents += n
		c.published[day] += n
		for _, v := range m.Variants {
			if c.variants[v] == nil {
				c.variants[v] = days{}
			}
			c.variants[v][day] += n
		}
	}
	for _, id := range slices.Sorted(maps.Keys(p.touched)) {
		before, after := p.before[id], p.after[id]
		old := map[string]Mention{}
		for _, m := range before.Mentions {
			old[m.Entity] = m
			note(m, before.Document.Day(), -1)
		}
		for _, m := range after.Mentions {
			note(m, after.Document.Day(), 1)
			was, ok := old[m.Entity]
			delete(old, m.Entity)
			switch {
			case !ok:
				d.AddMentions = append(d.AddMentions, m)
			case was.Count != m.Count || !slices.Equal(was.Variants, m.Variants):
				d.ChangeMentions = append(d.ChangeMentions, m)
			}
		}
		d.DeleteMentions = append(d.DeleteMentions, slices.Collect(maps.Values(old))...)
	}
	slices.SortFunc(d.AddMentions, Mention.compare)
	slices.SortFunc(d.ChangeMentions, Mention.compare)
	slices.SortFunc(d.DeleteMentions, Mention.compare)
	maps.DeleteFunc(changes, func(_ string, c *entityChange) bool { return c.nothing() })
	return p.planEntities(changes)
}

func (c *entityChange) nothing() bool {
	zero := func(d days) bool {
		for _, n := range d {
			if n != 0 {
				return false
			}
		}
		return true
	}
	for _, d := range c.variants {
		if !zero(d) {
			return false
		}
	}
	return zero(c.published)
}

func (p *planner) planEntities(changes map[string]*entityChange) error {
	if len(changes) == 0 {
		return nil
	}
	d := &p.delta
	ids := slices.Sorted(maps.Keys(changes))
	stored, err := p.r.Entities(p.ctx, ids)
	if err != nil {
		return err
	}
	entities := map[string]Entity{}
	for _, e := range stored {
		entities[e.ID] = e
	}
	rescan := map[string][]lostDay{}
	for _, id := range ids {
		e, known := entities[id]
		e.ID = id
		c := changes[id]
		lost := e.change(c)
		switch {
		case e.Documents < 0 || !e.sound():
			return fmt.Errorf("graph: entity %q: %w", id, ErrDrift)
		case e.Documents == 0 && known:
			d.DeleteEntities = append(d.DeleteEntities, id)
			d.Summary.Entities.Removed++
			continue
		case e.Documents == 0:
			continue
		case known:
			d.Summary.Entities.Changed++
		default:
			d.Summary.Entities.Added++
			p.newEntities[id] = true
			d.NewEntities = append(d.NewEntities, id)
		}
		if len(lost) > 0 {
			rescan[id] = lost
		}
		entities[id] = e
		d.PutEntities = append(d.PutEntities, e)
	}
	if err := p.findDays(rescan); err != nil {
		return err
	}
	return p.rescanEntities(slices.Sorted(maps.Keys(rescan)))
}

// lostDay is a first or last day that a document gave an entity, or the last of one of its variants, and gives no more.
type lostDay struct {
	day, variant string // the variant is empty for the entity's own days
}

// fewDays is for how many days all that was published on them is read rather than all that mentions an entity: the popular
// ones, which others mention on the same day, have many mentions.
const fewDays = 16

// findDays strikes out the entities of which another document of the same day gives all that was lost.
func (p *planner) findDays(lost map[string][]lostDay) error {
	var days []string
	for _, list := range lost {
		for _, l := range list {
			days = append(days, l.day)
		}
	}
	if days = sorted(days); len(days) == 0 || len(days) > fewDays {
		return nil
	}
	strike := func(m Mention, day string) {
		if list := lost[m.Entity]; list != nil {
			lost[m.Entity] = slices.DeleteFunc(list, func(l lostDay) bool {
				return l.day == day && (l.variant == "" || slices.Contains(m.Variants, l.variant))
			})
		}
	}
	err := p.r.SeenOn(p.ctx, days, slices.Sorted(maps.Keys(lost)), func(m Mention, day string) {
		if !p.touched[m.Document] {
			strike(m, day)
		}
	})
	if err != nil {
		return err
	}
	for id := range p.touched {
		for _, m := range p.after[id].Mentions {
			strike(m, p.after[id].Document.Day())
		}
	}
	maps.DeleteFunc(lost, func(_ string, list []lostDay) bool { return len(list) == 0 })
	return nil
}

// rescanEntities counts anew the entities that lost the document of their first or last day.
func (p *planner) rescanEntities(ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	fresh := map[string]*Entity{}
	for _, id := range ids {
		fresh[id] = &Entity{ID: id}
	}
	err := p.r.Seen(p.ctx, ids, func(m Mention, day string) {
		if e := fresh[m.Entity]; e != nil && !p.touched[m.Document] {
			e.count(m.Variants, day, 1)
		}
	})
	if err != nil {
		return err
	}
	for id := range p.touched {
		for _, m := range p.after[id].Mentions {
			if e := fresh[m.Entity]; e != nil {
				e.count(m.Variants, p.after[id].Document.Day(), 1)
			}
		}
	}
	for i, e := range p.delta.PutEntities {
		if f := fresh[e.ID]; f != nil {
			if f.Documents != e.Documents {
				return fmt.Errorf("graph: entity %q: %w", e.ID, ErrDrift)
			}
			p.delta.PutEntities[i] = *f
		}
	}
	return nil
}

// change brings the counts up to date, and gives the first and last days that may not hold any more.
func (e *Entity) change(c *entityChange) (lost []lostDay) {
	e.Documents += c.documents
	e.Variants = slices.Clone(e.Variants)
	for day, n := range c.published {
		if n > 0 && day != "" {
			if e.FirstSeen == "" || day < e.FirstSeen {
				e.FirstSeen = day
			}
			e.LastSeen = max(e.LastSeen, day)
		}
	}
	for _, day := range []string{e.FirstSeen, e.LastSeen} {
		if c.published.lost(day) {
			lost = append(lost, lostDay{day: day})
		}
	}
	for v, d := range c.variants {
		for day, n := range d {
			if n > 0 {
				e.Variants = tally(e.Variants, v, n, day)
			}
		}
		for _, n := range d {
			if n < 0 {
				e.Variants = tally(e.Variants, v, n, "")
			}
		}
		if i, ok := slices.BinarySearchFunc(e.Variants, v, func(t Tally, v string) int { return compare(t.Value, v) }); ok && d.lost(e.Variants[i].Last) {
			lost = append(lost, lostDay{e.Variants[i].Last, v})
		}
	}
	return lost
}

func (e *Entity) sound() bool {
	return !slices.ContainsFunc(e.Variants, func(t Tally) bool { return t.Documents < 0 })
}

// edgeChange is what a change does to one edge.
type edgeChange struct {
	statements, documents int
	weight                int64
	outlets               map[string]int
	starts, ends          days
	tenures               map[held]days
}

// planEdges takes back what the families concerned said before, and adds what they say now.
func (p *planner) planEdges() error {
	changes := map[EdgeKey]*edgeChange{}
	at := func(k EdgeKey) *edgeChange {
		if changes[k] == nil {
			changes[k] = &edgeChange{outlets: map[string]int{}, starts: days{}, ends: days{}, tenures: map[held]days{}}
		}
		return changes[k]
	}
	p.support(p.before, p.headsBefore, -1, at)
	p.support(p.after, p.headsAfter, 1, at)
	for id := range p.touched {
		for _, s := range p.before[id].Statements {
			at(s.Key(p.o)).date(p.o, s, -1)
		}
		for _, s := range p.after[id].Statements {
			at(s.Key(p.o)).date(p.o, s, 1)
		}
	}
	maps.DeleteFunc(changes, func(_ EdgeKey, c *edgeChange) bool { return c.nothing() })
	if len(changes) == 0 {
		return nil
	}
	keys := slices.SortedFunc(maps.Keys(changes), EdgeKey.Compare)
	// An entity that is new has no edges yet.
	stored, err := p.r.Edges(p.ctx, slices.DeleteFunc(slices.Clone(keys), func(k EdgeKey) bool {
		return p.newEntities[k.From] || p.newEntities[k.To]
	}))
	if err != nil {
		return err
	}
	edges := map[EdgeKey]Edge{}
	for _, e := range stored {
		edges[e.EdgeKey] = e
	}
	d := &p.delta
	var rescan []Window
	for _, k := range keys {
		e, known := edges[k]
		e.EdgeKey = k
		c := changes[k]
		// An edge without tenures may have been written before there were any: they are counted from its statements.
		recount := known && len(e.Tenures) == 0 && len(c.tenures) > 0
		stale := e.change(c) || recount
		if recount {
			e.Tenures = nil
		}
		switch {
		case e.Documents < 0 || e.Statements < e.Documents || e.Weight < 0 || !e.sound():
			return fmt.Errorf("graph: edge (%s)-[%s %s]->(%s): %w", k.From, k.Relation, k.Status, k.To, ErrDrift)
		case e.Documents == 0 && known:
			d.DeleteEdges = append(d.DeleteEdges, k)
			d.Summary.Edges.Removed++
			continue
		case e.Documents == 0:
			continue
		case known:
			d.Summary.Edges.Changed++
		default:
			d.Summary.Edges.Added++
		}
		if stale {
			rescan = append(rescan, Window{Edge: k})
		}
		d.PutEdges = append(d.PutEdges, e)
	}
	if err := p.rescanEdges(rescan); err != nil {
		return err
	}
	return p.planTenures(edges)
}

func (e *Edge) sound() bool {
	return !slices.ContainsFunc(e.Outlets, func(t Tally) bool { return t.Documents < 0 }) &&
		!slices.ContainsFunc(e.Tenures, func(t Tenure) bool {
			return slices.ContainsFunc(t.Said, func(s SaidOn) bool { return s.Statements < 0 })
		})
}

// support notes what every family in rows says. Rows that belong to no touched family were dropped by readContents.
func (p *planner) support(rows map[string]Rows, heads map[string]string, sign int, at func(EdgeKey) *edgeChange) {
	members := map[string][]Rows{}
	for _, id := range slices.Sorted(maps.Keys(rows)) {
		members[heads[id]] = append(members[heads[id]], rows[id])
	}
	for _, head := range slices.Sorted(maps.Keys(members)) {
		for k, f := range supports(p.o, members[head]) {
			c := at(k)
			c.statements += sign * f.statements
			c.documents += sign
			c.weight += int64(sign) * f.weight
			c.outlets[rows[head].Document.Outlet] += sign
		}
	}
}

func (c *edgeChange) date(o *schema.Ontology, s Statement, n int) {
	if h, ok := s.holds(o); ok {
		if c.tenures[h] == nil {
			c.tenures[h] = days{}
		}
		c.tenures[h][s.Said] += n
	}
	c.starts[s.Start] += n
	if s.End != "" {
		c.ends[s.End] += n
	} else {
		c.ends[s.Start] += n
	}
}

func (c *edgeChange) nothing() bool {
	if c.statements != 0 || c.documents != 0 || c.weight != 0 {
		return false
	}
	lists := []map[string]int{c.outlets, c.starts, c.ends}
	for _, d := range c.tenures {
		lists = append(lists, d)
	}
	for _, m := range lists {
		for _, n := range m {
			if n != 0 {
				return false
			}
		}
	}
	return true
}

// change brings the counts up to date; stale says that First or Last may not hold any more.
func (e *Edge) change(c *edgeChange) (stale bool) {
	e.Statements += c.statements
	e.Documents += c.documents
	e.Weight += c.weight
	e.Outlets = slices.Clone(e.Outlets)
	for outlet, n := range c.outlets {
		if n != 0 {
			e.Outlets = tally(e.Outlets, outlet, n, "")
		}
	}
	for start, n := range c.starts {
		if n > 0 {
			e.begin(start)
		}
	}
	for end, n := range c.ends {
		if n > 0 {
			e.end(end)
		}
	}
	e.changeTenures(c.tenures)
	return c.starts.lost(e.First) || c.ends.lost(e.Last)
}

// changeTenures brings the tenures up to date but their ends.
func (e *Edge) changeTenures(changes map[held]days) {
	e.Tenures = slices.Clone(e.Tenures)
	for h, d := range changes {
		for day, n := range d {
			if n > 0 {
				e.hold(h, day, n)
			}
		}
		for day, n := range d {
			if n < 0 {
				e.hold(h, day, n)
			}
		}
	}
}

// rescanEdges dates anew the edges that lost their first or last statement.
func (p *planner) rescanEdges(windows []Window) error {
	if len(windows) == 0 {
		return nil
	}
	found, err := p.r.Dated(p.ctx, windows)
	if err != nil {
		return err
	}
	fresh := map[EdgeKey]*Edge{}
	for i, w := range windows {
		e := &Edge{EdgeKey: w.Edge}
		for _, s := range found[i] {
			if !p.touched[s.Document] {
				e.span(s.Start, s.End)
				if s.Office != "" && p.functional(w.Edge) {
					e.hold(held{s.Office, s.Unique}, s.Said, 1)
				}
			}
		}
		fresh[w.Edge] = e
	}
	for id := range p.touched {
		for _, s := range p.after[id].Statements {
			if e := fresh[s.Key(p.o)]; e != nil {
				e.span(s.Start, s.End)
				if h, ok := s.holds(p.o); ok {
					e.hold(h, s.Said, 1)
				}
			}
		}
	}
	for i, e := range p.delta.PutEdges {
		f := fresh[e.EdgeKey]
		if f == nil {
			continue
		}
		put := &p.delta.PutEdges[i]
		if len(put.Tenures) == 0 {
			put.Tenures = f.Tenures
		}
		if !slices.EqualFunc(f.Tenures, put.Tenures, func(a, b Tenure) bool { return a.held() == b.held() && slices.Equal(a.Said, b.Said) }) {
			return fmt.Errorf("graph: edge (%s)-[%s %s]->(%s): %w", e.From, e.Relation, e.Status, e.To, ErrDrift)
		}
		put.First, put.Last = f.First, f.Last
	}
	return nil
}

// functional reports whether an edge has tenures.
func (p *planner) functional(k EdgeKey) bool {
	r, _ := p.o.Get(k.Relation)
	return r.Functional && k.Status == schema.StatusActual
}

// planTenures finds the terms of every seat that somebody is said to hold on other days than was known. before are the stored
// edges of the change.
func (p *planner) planTenures(before map[EdgeKey]Edge) error {
	d := &p.delta
	seats := map[Seat]bool{}
	note := func(a, b Edge) { // what a has and b has not
		for _, t := range a.Tenures {
			same := func(u Tenure) bool {
				return u.held() == t.held() && slices.EqualFunc(u.Said, t.Said, func(a, b SaidOn) bool { return a.Day == b.Day })
			}
			if seat, ok := a.seat(t); ok && !slices.ContainsFunc(b.Tenures, same) {
				seats[seat] = true
			}
		}
	}
	at := map[EdgeKey]int{}
	for i, e := range d.PutEdges {
		at[e.EdgeKey] = i
		note(e, before[e.EdgeKey])
		note(before[e.EdgeKey], e)
	}
	gone := map[EdgeKey]bool{}
	for _, k := range d.DeleteEdges {
		gone[k] = true
		note(before[k], Edge{})
	}
	if len(seats) == 0 {
		return nil
	}
	list := slices.SortedFunc(maps.Keys(seats), Seat.compare)
	stored, err := p.r.Holders(p.ctx, list)
	if err != nil {
		return err
	}
	holders := map[EdgeKey]*Edge{}
	for i := range stored {
		if k := stored[i].EdgeKey; !gone[k] {
			holders[k] = &stored[i]
		}
	}
	for i := range d.PutEdges {
		if e := &d.PutEdges[i]; p.functional(e.EdgeKey) {
			holders[e.EdgeKey] = e
		}
	}
	more := map[EdgeKey]*Edge{}
	bySeat := map[Seat][]*Edge{}
	for _, e := range holders {
		for _, t := range e.Tenures {
			if seat := (Seat{e.Relation, e.To, t.Office}); t.Unique && seats[seat] {
				bySeat[seat] = append(bySeat[seat], e)
			}
		}
	}
	for seat, edges := range bySeat {
		for _, e := range supersede(seat, edges) {
			if _, put := at[e.EdgeKey]; !put {
				more[e.EdgeKey] = e
			}
		}
	}
	for _, k := range slices.SortedFunc(maps.Keys(more), EdgeKey.Compare) {
		d.PutEdges = append(d.PutEdges, *more[k])
		d.Summary.Edges.Changed++
	}
	slices.SortFunc(d.PutEdges, func(a, b Edge) int { return a.Compare(b.EdgeKey) })
	return nil
}

// planFulfilled finds the plans that the change may have fulfilled, or whose fulfilment it takes away.
func (p *planner) planFulfilled() error {
	type plan struct {
		Dated
		key     EdgeKey // of the actual edge
		rewrite bool    // the plan's own node is new or rewritten
	}
	d := &p.delta
	replaced := map[string]bool{}      // statements of the store that go or are written anew
	fresh := map[EdgeKey][]Dated{}     // actual statements written now
	touched := map[EdgeKey][2]string{} // first and last start of actual statements that come or go
	plans := map[string]plan{}
	widen := func(s Statement) {
		k := s.Key(p.o)
		w, ok := touched[k]
		if !ok {
			w = [2]string{s.Start, s.Start}
		}
		touched[k] = [2]string{min(w[0], s.Start), max(w[1], s.Start)}
	}
	for i, list := range [][]Statement{d.AddStatements, d.ChangeStatements, d.DeleteStatements} {
		for _, s := range list {
			if s.Start == "" {
				continue
			}
			if i > 0 {
				replaced[s.ID] = true
			}
			switch {
			case s.Status == schema.StatusActual:
				widen(s)
				if i < 2 {
					fresh[s.Key(p.o)] = append(fresh[s.Key(p.o)], s.Dated())
				}
			case s.Status == schema.StatusPlanned && i < 2:
				plans[s.ID] = plan{s.Dated(), s.Key(p.o).with(schema.StatusActual), true}
			}
		}
	}
	// The id does not hold the last day, nor the whole of an edge: a changed statement stays with its edge and first day.
	if len(touched) > 0 {
		var windows []Window
		for _, k := range slices.SortedFunc(maps.Keys(touched), EdgeKey.Compare) {
			windows = append(windows, Window{Edge: k.with(schema.StatusPlanned), Lo: "0", Hi: touched[k][1]})
		}
		found, err := p.r.Dated(p.ctx, windows)
		if err != nil {
			return err
		}
		for i, w := range windows {
			k := w.Edge.with(schema.StatusActual)
			for _, s := range found[i] {
				if _, hi, ok := window(s.Start, s.End); ok && hi >= touched[k][0] && !replaced[s.ID] {
					plans[s.ID] = plan{s, k, false}
				}
			}
		}
	}
	ids := slices.Sorted(maps.Keys(plans))
	var windows []Window
	for _, id := range ids {
		lo, hi, _ := window(plans[id].Start, plans[id].End)
		windows = append(windows, Window{Edge: plans[id].key, Lo: lo, Hi: hi})
	}
	if len(windows) == 0 {
		return nil
	}
	found, err := p.r.Dated(p.ctx, windows)
	if err != nil {
		return err
	}
	for i, id := range ids {
		q := plans[id]
		actual := slices.DeleteFunc(found[i], func(a Dated) bool { return replaced[a.ID] })
		target := fulfils(q.Start, q.End, append(actual, fresh[q.key]...))
		rewritten := target != "" && (q.rewrite || replaced[target])
		if rewritten || !q.rewrite && target != q.Fulfilled {
			d.Fulfilled = append(d.Fulfilled, Fulfilment{id, target})
		}
	}
	return nil
}
