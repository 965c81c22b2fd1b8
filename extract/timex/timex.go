// Package timex finds temporal expressions and resolves them against the document's date (TIMEX in the field's terms).
//
// Three anchors are kept apart. A year, month and day in the text need none (Explicit). 昨年, 来週, 26日 rest on the
// document's date, and so does 7月5日, which means the nearest one (Relative). 同日, 翌日, 前月 rest on the narrative: the last day
// that the text itself named. Without the anchor that it needs an expression stays Unresolved: the publication date is
// never given to an event because nothing else was found.
//
// All functions are pure and safe for concurrent use.
package timex

import (
	"time"

	"github.com/entente-kg/entente/extract/chunk"
	"github.com/entente-kg/entente/extract/wording"
	"github.com/entente-kg/entente/schema"
)

// Expression is a time named in a sentence.
type Expression struct {
	Sentence int
	Span     schema.Span
	// Time is its value; Basis Unresolved when the document has no date and the text needs one.
	Time schema.Time
	// Role is "" for a point or span at which something happens, "from" (から, 以降), "until" (まで), "deadline" (までに).
	// A time with Role from has no End, one with until or deadline no Start.
	Role string
}

// The roles of an expression.
const (
	From     = "from"
	Until    = "until"
	Deadline = "deadline"
)

// Find is Resolve for one sentence by itself.
func Find(s chunk.Sentence, published string) []Expression {
	return Resolve([]wording.Text{wording.Of(s)}, published)
}

// Resolve finds the expressions in the wordings of a document's sentences, in text order. published is the document's date, RFC 3339 or a
// plain date, whose day is taken as written, whatever its zone; empty or unreadable when unknown.
func Resolve(texts []wording.Text, published string) []Expression {
	r := resolver{}
	if len(published) >= len(time.DateOnly) {
		if d, err := time.Parse(time.DateOnly, published[:len(time.DateOnly)]); err == nil {
			r.document = d
		}
	}
	var out []Expression
	for i := range texts {
		out = append(out, r.sentence(texts[i])...)
	}
	return out
}

// resolver carries the anchors through a document.
type resolver struct {
	document  time.Time // zero when unknown
	narrative time.Time // the last day named; zero before the first
	month     time.Time // the last month named in this sentence (its first day); zero before the first
}

// found is an expression within the wording of its sentence.
type found struct {
	from, to int
	v        value
	ranged   bool // AからBまで: まで says no role
}

func (r *resolver) sentence(w wording.Text) []Expression {
	r.month = time.Time{}
	p := parser{resolver: r, text: w, s: w.Norm, future: speaksOfFuture(w.Norm)}
	all := joinRanges(w.Norm, p.all())
	out := make([]Expression, 0, len(all))
	for _, f := range all {
		role := ""
		if !f.ranged {
			role = roleOf(w.Norm, f.from, f.to)
		}
		span := w.Span(f.from, f.to)
		e := Expression{Sentence: w.Sentence, Span: span, Role: role, Time: f.v.time()}
		e.Time.Text = w.Norm[f.from:f.to]
		switch role {
		case From:
			e.Time.End = ""
		case Until, Deadline:
			e.Time.Start = ""
		}
		out = append(out, e)
	}
	return out
}

// value is a span of days, or of nothing yet.
type value struct {
	start, end time.Time // zero when unresolved
	gran       schema.Granularity
	basis      schema.Basis
}

func (v value) time() schema.Time {
	t := schema.Time{Granularity: v.gran, Basis: v.basis}
	if v.start.IsZero() {
		t.Basis = schema.Unresolved
		return t
	}
	t.Start, t.End = v.start.Format(time.DateOnly), v.end.Format(time.DateOnly)
	return t
}

func unresolved(g schema.Granularity) value { return value{gran: g, basis: schema.Unresolved} }

func dayOf(d time.Time, b schema.Basis) value {
	return value{start: d, end: d, gran: schema.Day, basis: b}
}

func monthOf(d time.Time, b schema.Basis) value {
	first := time.Date(d.Year(), d.Month(), 1, 0, 0, 0, 0, time.UTC)
	return value{start: first, end: first.AddDate(0, 1, -1), gran: schema.Month, basis: b}
}

func yearOf(y int, b schema.Basis) value {
	return value{start: date(y, 1, 1), end: date(y, 12, 31), gran: schema.Year, basis: b}
}

// fiscal is Japan's fiscal year: April to March.
func fiscal(y int, b schema.Basis) value {
	return value{start: date(y, 4, 1), end: date(y+1, 3, 31), gran: schema.Year, basis: b}
}

func weekOf(d time.Time, b schema.Basis) value {
	monday := d.AddDate(0, 0, -(int(d.Weekday())+6)%7)
	return value{start: monday, end: monday.AddDate(0, 0, 6), gran: schema.Week, basis: b}
}

func date(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }

// valid reports whether the calendar has such a day.
func valid(y, m, d int) bool {
	t := date(y, m, d)
	return y >= 1 && y <= 9999 && m >= 1 && m <= 12 && t.Day() == d && int(t.Month()) == m
}

// nearest is the candidate that lies nearest to anchor, the earlier one of two as near.
func nearest(anchor time.Time, candidates ...time.Time) time.Time {
	best := candidates[0]
	for _, c := range candidates[1:] {
		d, e := c.Sub(anchor).Abs(), best.Sub(anchor).Abs()
		if d < e || d == e && c.Before(best) {
			best = c
		}
	}
	return best
}
