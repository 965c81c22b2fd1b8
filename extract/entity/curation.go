package entity

// Curation is the user's decisions about entities, applied on every run.
type Curation struct{}

func (c *Curation) apply(r Resolution) Resolution { return r }
