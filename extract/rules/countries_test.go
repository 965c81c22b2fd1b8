package rules

import "testing"

func TestEmbeddedGazetteersLoad(t *testing.T) {
	if len(Countries()) == 0 || len(Organizations()) == 0 || len(Places()) == 0 || len(Traps()) == 0 ||
		len(CountryProxies()) == 0 || len(CountryContexts()) == 0 || len(Ministries()) == 0 {
		t.Fatal("a gazetteer is empty")
	}
}
