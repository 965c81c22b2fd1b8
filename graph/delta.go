package graph

// Delta is everything that a change makes a store write. Lists are sorted by key, so that locks are taken in one order.
// Rows in Put lists are complete: they replace what the store holds under that key.
type Delta struct {
	Summary Summary

	PutDocuments    []Document // new and changed ones; CopyOf is told by Copies
	DeleteDocuments []string

	// AddMentions are new; ChangeMentions replace the properties of stored ones; DeleteMentions go.
	AddMentions, ChangeMentions, DeleteMentions []Mention

	// AddStatements are new; ChangeStatements hold the new wording of ids that the store holds already, and
	// DeleteStatements the rows that go, as they were.
	AddStatements, ChangeStatements, DeleteStatements []Statement

	// NewEntities are the ids of those in PutEntities that the store did not hold.
	PutEntities    []Entity
	NewEntities    []string
	DeleteEntities []string

	PutEdges    []Edge
	DeleteEdges []EdgeKey

	// Copies sets each document's COPY_OF; an empty Of takes it away.
	Copies []Copy
	// Fulfilled sets each plan's FULFILLED_BY; an empty Actual takes it away. It holds every link of a statement in
	// ChangeStatements, so that a store may write a change as a deletion and an addition.
	Fulfilled []Fulfilment
}

// Copy says that a document is a copy of the head of its family.
type Copy struct{ Document, Of string }

// Empty reports whether there is nothing to write.
func (d *Delta) Empty() bool {
	return len(d.PutDocuments)+len(d.DeleteDocuments)+len(d.AddMentions)+len(d.ChangeMentions)+len(d.DeleteMentions)+len(d.AddStatements)+
		len(d.ChangeStatements)+len(d.DeleteStatements)+len(d.PutEntities)+len(d.DeleteEntities)+len(d.PutEdges)+
		len(d.DeleteEdges)+len(d.Copies)+len(d.Fulfilled) == 0
}
