package graph

// Refresh is what a run of the refresh job changed. A store that can keep it makes a (:Refresh) node of it, keyed by Started, so that
// a query can ask what changed since. It is no part of the graph that documents imply: dumps leave it out.
type Refresh struct {
	// Started and Finished are RFC 3339 times in UTC.
	Started, Finished string
	// Extractor is the version that read the documents.
	Extractor string
	// Documents were loaded, Withdrawn retracted with all they said, Failed could not be read, extracted or loaded.
	Documents, Withdrawn, Failed int
	// The counts of what came to and went from the graph.
	EntitiesAdded, EntitiesRemoved, StatementsAdded, StatementsRetracted int
	// Denied counts new denials, Fulfilled plans that came about.
	Denied, Fulfilled int
	// Digest tells the changes as JSON.
	Digest string
}
