package graph

import (
	"cmp"
	"crypto/sha256"
	"math"
	"slices"
	"strings"

	"github.com/entente-kg/entente/schema"
)

// EdgeKey identifies a typed edge of layer 1.
type EdgeKey struct {
	Relation string
	Status   schema.Status
	From, To string
}

// ID is a short name of the key, 26 lower-case base-32 characters. Statement nodes carry it, so that the evidence of an edge
// is one index look-up away.
func (k EdgeKey) ID() string {
	sum := sha256.Sum256([]byte(strings.Join([]string{k.Relation, string(k.Status), k.From, k.To}, "\x00")))
	return id26(sum[:])
}

// Compare orders keys by From, Relation, To and Status, as dumps do.
func (k EdgeKey) Compare(l EdgeKey) int {
	return cmp.Or(cmp.Compare(k.From, l.From), cmp.Compare(k.Relation, l.Relation), cmp.Compare(k.To, l.To), cmp.Compare(k.Status, l.Status))
}

// Edge sums up the statements of one key.
type Edge struct {
	EdgeKey
	// Statements and Documents say how many say so; a family of copies counts as one document, with as many statements as the
	// copy with most of them.
	Statements, Documents int
	// Outlets counts the documents of each outlet (a family counts for the outlet of its head), by name; "" is the
	// unknown outlet.
	Outlets []Tally
	// First and Last are the first and last day of the dated events, empty when none is dated.
	First, Last string
	// Weight is the evidence: the sum over documents of -ln(1-confidence) in millionths. As an integer it is the same
	// whatever the order of the sum, and it can be taken back.
	Weight int64
	// Tenures are the offices that an actual edge of a functional relation speaks of, by office; none else.
	Tenures []Tenure
}

// Tally counts the documents that say a value, with the last day of them.
type Tally struct {
	Value     string
	Documents int
	Last      string
}

// Confidence is the probability that at least one of the independent documents is right (noisy or), to four places.
func (e Edge) Confidence() float64 {
	return math.Round((1-math.Exp(-float64(e.Weight)/1e6))*1e4) / 1e4
}

// Plover is the code of the edge's relation and status.
func (e Edge) Plover(o *schema.Ontology) schema.Plover {
	r, _ := ontology(o).Get(e.Relation)
	return r.PloverOf(e.Status)
}

func weight(confidence float64) int64 {
	// 0.9999 is as sure as one document can make it; 1 would outweigh all others for good.
	return int64(math.Round(-math.Log1p(-min(confidence, 0.9999)) * 1e6))
}

// support is what one family of copies says for one edge.
type support struct {
	statements int
	weight     int64
}

// supports sums up the statements of a family's members.
func supports(o *schema.Ontology, members []Rows) map[EdgeKey]support {
	out := map[EdgeKey]support{}
	for _, m := range members {
		count := map[EdgeKey]int{}
		for _, s := range m.Statements {
			k := s.Key(o)
			count[k]++
			f := out[k]
			out[k] = support{max(f.statements, count[k]), max(f.weight, weight(s.Confidence))}
		}
	}
	return out
}

// count adds (sign 1) or takes back (sign -1) what a family says. First and Last are the caller's.
func (e *Edge) count(f support, outlet string, sign int) {
	e.Statements += sign * f.statements
	e.Documents += sign
	e.Weight += int64(sign) * f.weight
	e.Outlets = tally(e.Outlets, outlet, sign, "")
}

// span widens First and Last by a statement's days.
func (e *Edge) span(start, end string) {
	e.begin(start)
	e.end(cmp.Or(end, start))
}

func (e *Edge) begin(day string) {
	if day != "" && (e.First == "" || day < e.First) {
		e.First = day
	}
}

func (e *Edge) end(day string) { e.Last = max(e.Last, day) }

// tally adds n to the count of value in a sorted list, and drops it at 0.
func tally(list []Tally, value string, n int, last string) []Tally {
	i, found := slices.BinarySearchFunc(list, value, func(t Tally, v string) int { return cmp.Compare(t.Value, v) })
	if !found {
		list = slices.Insert(list, i, Tally{Value: value})
	}
	list[i].Documents += n
	list[i].Last = max(list[i].Last, last)
	if list[i].Documents == 0 {
		list = slices.Delete(list, i, i+1)
	}
	return list
}
