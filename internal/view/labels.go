package view

import (
	_ "embed"
	"strings"
)

//go:embed labels.tsv
var labels string

// Japanese is the Japanese label of a relation: the one of labels.tsv, else its id.
func Japanese(relation string) string {
	for line := range strings.Lines(labels) {
		if id, label, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok && id == relation {
			return label
		}
	}
	return relation
}
