package clause

import "github.com/entente-kg/entente/extract/chunk"

// Frames returns the predicates of a sentence with their arguments as written: no voice turned, no light verb resolved,
// nothing taken from other sentences. This is what annotated corpora hold, so it is what measuring uses.
func (a *Analyzer) Frames(s *chunk.Sentence) []Predicate {
	w := a.newWork()
	w.syntax(s)
	out := make([]Predicate, len(w.preds))
	for i := range w.preds {
		out[i] = w.preds[i].Predicate
		out[i].Index, out[i].Sentence, out[i].Parent = i, s.Index, w.preds[i].parent
		sortArguments(out[i].Args)
	}
	return out
}
