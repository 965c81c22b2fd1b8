package memory

import (
	"context"
	"maps"
	"slices"

	"github.com/entente-kg/entente/graph"
)

// reader is the store as graph.Plan reads it; the caller holds the lock.
type reader struct{ s *Store }

func (r reader) Documents(_ context.Context, ids []string) ([]graph.Document, error) {
	var out []graph.Document
	for _, id := range ids {
		if rows, ok := r.s.documents[id]; ok {
			out = append(out, rows.Document)
		}
	}
	return out, nil
}

func (r reader) Copies(ctx context.Context, heads []string) ([]graph.Document, error) {
	var out []graph.Document
	for _, head := range heads {
		found, _ := r.Documents(ctx, slices.Sorted(maps.Keys(r.s.copies[head])))
		out = append(out, found...)
	}
	return out, nil
}

func (r reader) Crowds(_ context.Context, bands []graph.Band, most int) ([]int, error) {
	out := make([]int, len(bands))
	for i, b := range bands {
		out[i] = min(len(r.s.bands[b]), most)
	}
	return out, nil
}

func (r reader) Similar(ctx context.Context, bands []graph.Band) ([]graph.Document, error) {
	ids := map[string]bool{}
	for _, b := range bands {
		maps.Copy(ids, r.s.bands[b])
	}
	return r.Documents(ctx, slices.Sorted(maps.Keys(ids)))
}

func (r reader) Contents(_ context.Context, ids []string) (m []graph.Mention, st []graph.Statement, _ error) {
	for _, id := range ids {
		m = append(m, r.s.documents[id].Mentions...)
		st = append(st, r.s.documents[id].Statements...)
	}
	return m, st, nil
}

func (r reader) Edges(_ context.Context, keys []graph.EdgeKey) ([]graph.Edge, error) {
	var out []graph.Edge
	for _, k := range keys {
		if e, ok := r.s.edges[k]; ok {
			out = append(out, e)
		}
	}
	return out, nil
}

func (r reader) Entities(_ context.Context, ids []string) ([]graph.Entity, error) {
	var out []graph.Entity
	for _, id := range ids {
		if e, ok := r.s.entities[id]; ok {
			out = append(out, e)
		}
	}
	return out, nil
}

func (r reader) Holders(_ context.Context, seats []graph.Seat) ([]graph.Edge, error) {
	found := map[graph.EdgeKey]bool{}
	var out []graph.Edge
	for _, seat := range seats {
		for _, k := range r.s.bySeat[seat] {
			if !found[k] {
				found[k] = true
				out = append(out, r.s.edges[k])
			}
		}
	}
	return out, nil
}

func (r reader) Dated(_ context.Context, windows []graph.Window) ([][]graph.Dated, error) {
	out := make([][]graph.Dated, len(windows))
	for i, w := range windows {
		for _, st := range r.s.byEdge[w.Edge] {
			if st.Start >= w.Lo && (w.Hi == "" || st.Start <= w.Hi) {
				d := st.Dated()
				d.Fulfilled = r.s.fulfilled[st.ID]
				out[i] = append(out[i], d)
			}
		}
	}
	return out, nil
}

func (r reader) SeenOn(ctx context.Context, days, entities []string, f func(graph.Mention, string)) error {
	return r.Seen(ctx, entities, func(m graph.Mention, day string) {
		if slices.Contains(days, day) {
			f(m, day)
		}
	})
}

func (r reader) Seen(_ context.Context, entities []string, f func(graph.Mention, string)) error {
	for _, id := range entities {
		for _, m := range r.s.byEntity[id] {
			f(m, r.s.documents[m.Document].Document.Day())
		}
	}
	return nil
}
