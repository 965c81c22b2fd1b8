package graph

import "github.com/entente-kg/entente/schema"

// StatementView is a statement in short, for people's lists.
type StatementView struct {
	ID         string        `json:"id"`
	Document   string        `json:"document"`
	Sentence   int           `json:"sentence"`
	Subject    string        `json:"subject"`
	Relation   string        `json:"relation"`
	Object     string        `json:"object"`
	Status     schema.Status `json:"status"`
	Start      string        `json:"start,omitempty"`
	End        string        `json:"end,omitempty"`
	Confidence float64       `json:"confidence"`
	Rule       string        `json:"rule,omitempty"`
	Text       string        `json:"text"`
}

// View is the statement in short.
func (s Statement) View() StatementView {
	return StatementView{s.ID, s.Document, s.Sentence, s.Subject.Entity, s.Relation, s.Object.Entity, s.Status, s.Start, s.End,
		s.Confidence, s.Rule, s.Text}
}
