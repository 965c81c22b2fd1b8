package graph

import (
	"cmp"
	"slices"
)

// crowd is how many documents may share a band before it counts for nothing: so many are no copies of one text but what a
// source writes again and again (exchange rates, notices of press conferences). It bounds what a document is compared with,
// and the whole families that a change has to read.
const crowd = 200

// Band is an index key of sketches.
type Band struct {
	// Index is the band's place in the sketch, 0 <= Index < SketchBands.
	Index int
	Value int64
}

func (s Sketch) bands() []Band {
	var out []Band
	for i, v := range s.Bands() {
		out = append(out, Band{i, v})
	}
	return out
}

// families finds the copies among documents: two are copies when their sketches agree and share a band that is not crowded,
// and a family is all that hang together. It gives each document's head: the earliest published of the family (undated
// ones last), of equals the smallest id. A document without copies heads itself. size tells how many documents of the whole graph
// share a band.
func families(docs []Document, size func(Band) int) map[string]string {
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
	values := make([][]byte, len(docs))
	buckets := map[Band][]int{}
	for i, d := range docs {
		values[i] = d.Sketch.values()
		for _, b := range d.Sketch.bands() {
			if size(b) > crowd {
				continue
			}
			for _, j := range buckets[b] {
				if find(i) != find(j) && agree(values[i], values[j]) >= alike {
					// The smaller index is the older document: roots are heads.
					a, b := find(i), find(j)
					parent[max(a, b)] = min(a, b)
				}
			}
			buckets[b] = append(buckets[b], i)
		}
	}
	heads := make(map[string]string, len(docs))
	for i, d := range docs {
		heads[d.ID] = docs[find(i)].ID
	}
	return heads
}

// sizes counts the documents of every band.
func sizes(docs []Document) map[Band]int {
	n := map[Band]int{}
	for _, d := range docs {
		for _, b := range d.Sketch.bands() {
			n[b]++
		}
	}
	return n
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
