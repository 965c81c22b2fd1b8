package graph

import (
	"cmp"
	"slices"
)

// families finds the copies among documents: two are copies when their sketches share a band and agree, and a family is all
// that hang together. It gives each document's head: the earliest published of the family (undated ones last), of equals the
// smallest id. A document without copies heads itself.
func families(docs []Document) map[string]string {
	docs = slices.Clone(docs)
	slices.SortFunc(docs, func(a, b Document) int { return older(a, b) })
	parent := make([]int, len(docs))
	for i := range parent {
		parent[i] = i
	}
	find := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	type key struct {
		band  int
		value int64
	}
	buckets := map[key][]int{}
	for i, d := range docs {
		for b, v := range d.Sketch.Bands() {
			k := key{b, v}
			for _, j := range buckets[k] {
				if find(i) != find(j) && d.Sketch.agree(docs[j].Sketch) >= alike {
					// The smaller index is the older document: roots are heads.
					a, b := find(i), find(j)
					parent[max(a, b)] = min(a, b)
				}
			}
			buckets[k] = append(buckets[k], i)
		}
	}
	heads := make(map[string]string, len(docs))
	for i, d := range docs {
		heads[d.ID] = docs[find(i)].ID
	}
	return heads
}

func older(a, b Document) int {
	switch {
	case a.Published == b.Published:
		return cmp.Compare(a.ID, b.ID)
	case a.Published == "":
		return 1
	case b.Published == "":
		return -1
	}
	return cmp.Or(cmp.Compare(a.Published, b.Published), cmp.Compare(a.ID, b.ID))
}
