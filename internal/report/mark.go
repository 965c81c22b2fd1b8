package report

import (
	"slices"
	"strings"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/internal/draw"
	"github.com/entente-kg/entente/schema"
)

// piece is a part of a sentence: what it is (empty, "s" subject, "o" object, "t" trigger) and its text.
type piece [2]string

// mark cuts a statement's sentence into pieces, the words of subject, object and trigger by themselves. Words that are not
// in the sentence (a subject left unsaid) are not marked.
func mark(s graph.Statement) []piece {
	type span struct {
		schema.Span
		kind string
	}
	var taken []span
	free := func(at schema.Span) bool {
		return !slices.ContainsFunc(taken, func(t span) bool { return t.Overlaps(at) })
	}
	trigger := schema.Span{Start: s.TriggerSpan.Start - s.Span.Start, End: s.TriggerSpan.End - s.Span.Start}
	if trigger.Valid(s.Text) && !trigger.Empty() && trigger.In(s.Text) == s.Trigger {
		taken = append(taken, span{trigger, "t"})
	} else if i := strings.Index(s.Text, s.Trigger); i >= 0 && s.Trigger != "" {
		taken = append(taken, span{schema.Span{Start: i, End: i + len(s.Trigger)}, "t"})
	}
	for _, end := range []struct{ words, kind string }{{s.Subject.Mention, "s"}, {s.Object.Mention, "o"}} {
		for at := 0; end.words != "" && at < len(s.Text); {
			i := strings.Index(s.Text[at:], end.words)
			if i < 0 {
				break
			}
			found := schema.Span{Start: at + i, End: at + i + len(end.words)}
			if free(found) {
				taken = append(taken, span{found, end.kind})
				break
			}
			at = found.Start + 1
		}
	}
	slices.SortFunc(taken, func(a, b span) int { return a.Start - b.Start })
	var out []piece
	add := func(kind, text string) {
		if text != "" {
			out = append(out, piece{kind, draw.Plain(text)})
		}
	}
	last := 0
	for _, t := range taken {
		add("", s.Text[last:t.Start])
		add(t.kind, t.In(s.Text))
		last = t.End
	}
	add("", s.Text[last:])
	return out
}
