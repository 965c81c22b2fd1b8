package rules

import "testing"

func TestHoldersLoad(t *testing.T) {
	if _, err := LoadHolders(holdersFS, Offices()); err != nil {
		t.Fatal(err)
	}
}
