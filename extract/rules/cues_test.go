package rules

import (
	"testing"
)

func TestCuesOfTheDataFiles(t *testing.T) {
	c, err := LoadCues()
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Light["行う"]) == 0 || len(c.Verbs["検討"]) == 0 || len(c.Nouns["予定"]) == 0 {
		t.Errorf("行う, 検討 and 予定 have %d, %d and %d entries, want at least one each", len(c.Light["行う"]), len(c.Verbs["検討"]), len(c.Nouns["予定"]))
	}
}
