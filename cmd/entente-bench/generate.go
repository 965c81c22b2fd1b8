package main

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"iter"
	"math/rand/v2"
	"time"

	"github.com/entente-kg/entente/schema"
)

// generator makes documents of ten statements, the same for the same fields.
type generator struct {
	statements, entities int
	skew                 float64
	seed                 uint64
}

var benchRelations = []string{"meets", "negotiates-with", "calls", "criticizes", "praises", "supports", "requests", "agrees-with"}

// documents yields them by rising number.
func (g generator) documents() iter.Seq2[int, schema.Extraction] {
	return func(yield func(int, schema.Extraction) bool) {
		r := rand.New(rand.NewPCG(1, g.seed))
		zipf := rand.NewZipf(r, g.skew, 50, uint64(g.entities-1))
		for i := range g.statements / 10 {
			if !yield(i, g.document(r, zipf, i)) {
				return
			}
		}
	}
}

// turns gives n documents at each call, the last time fewer, then none. The last call ends the generator; whoever does not get
// there leaves it to the program's end.
func (g generator) turns(n int) func() ([]schema.Extraction, bool) {
	next, stop := iter.Pull2(g.documents())
	return func() (batch []schema.Extraction, ok bool) {
		for len(batch) < n {
			_, x, ok := next()
			if !ok {
				stop()
				break
			}
			batch = append(batch, x)
		}
		return batch, len(batch) > 0
	}
}

// spread gives n documents from all over, n at most.
func (g generator) spread(n int) (out []schema.Extraction) {
	step := max(g.statements/10/n, 1)
	for i, x := range g.documents() {
		if i%step == 0 && len(out) < n {
			out = append(out, x)
		}
	}
	return out
}

func (g generator) document(r *rand.Rand, zipf *rand.Zipf, i int) schema.Extraction {
	start := time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC)
	date := start.AddDate(0, 0, i*3650/max(g.statements/10, 1)).Format(time.DateOnly)
	x := schema.Extraction{Source: schema.Source{
		ID: fmt.Sprintf("bench/%07d", i), URL: fmt.Sprintf("https://example.org/%d", i), Title: "両首脳、首都で会談", Outlet: fmt.Sprintf("通信%d", r.IntN(40)),
		Published: date, Hash: fmt.Sprintf("%064d", i), Extractor: "bench", Shingles: sketch(r),
	}}
	person := func() schema.Argument {
		// Half of the mentions fall on the popular, half anywhere, so that all officials occur.
		k := zipf.Uint64()
		if r.IntN(2) == 0 {
			k = uint64(r.IntN(g.entities))
		}
		name := fmt.Sprintf("要人%d", k)
		return schema.Argument{ID: "official/" + name, Type: schema.Official, Name: fmt.Sprintf("Official %d", k), NameJa: name, Mention: name + "氏"}
	}
	for j := range 10 {
		s := schema.Statement{
			Sentence: j, Part: schema.PartText, Span: schema.Span{Start: 100 * j, End: 100*j + 90}, Text: "両氏は首都で会談し、地域の安定に向けて協力を続けることで一致した。",
			Relation: benchRelations[r.IntN(len(benchRelations))], Subject: person(), Object: person(),
			Polarity: schema.Affirmed, Modality: schema.Actual, Confidence: float64(50+r.IntN(50)) / 100,
			Time:    &schema.Time{Start: date, End: date, Granularity: schema.Day, Basis: schema.Relative, Text: "同日"},
			Trigger: schema.Trigger{Text: "会談し", Span: schema.Span{Start: 100*j + 20, End: 100*j + 29}}, Rule: "meets.kaidan", Extractor: "bench",
		}
		switch r.IntN(10) {
		case 0:
			s.Modality = schema.Planned
		case 1:
			s.Polarity = schema.Negated
		}
		x.Statements = append(x.Statements, s)
	}
	return x
}

// sketch is that of a text like no other.
func sketch(r *rand.Rand) string {
	var b []byte
	for range 16 {
		b = binary.BigEndian.AppendUint64(b, r.Uint64())
	}
	return base64.RawStdEncoding.EncodeToString(b)
}
