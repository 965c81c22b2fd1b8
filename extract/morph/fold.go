package morph

import "github.com/entente-kg/entente/schema"

// Fold is s in the form of Token.Norm, so that a gazetteer's forms can be compared with it.
func Fold(s string) string {
	return normalise(s, schema.Sentence{Span: schema.Span{End: len(s)}}).text
}
