package schema

import (
	"encoding/json"
	"testing"
)

func TestOntologyHoldsTheDesignedRelations(t *testing.T) {
	o := Relations()
	if len(o.All) != 52 {
		t.Errorf("%d relations, want the 52 of the design", len(o.All))
	}
	for _, id := range []string{"negotiates-with", "meets", "holds-office", "imposes-tariff-on", "cuts-ties-with"} {
		if _, ok := o.Get(id); !ok {
			t.Errorf("no relation %s", id)
		}
	}
	if r, _ := o.Get("negotiates-with"); r.Type() != "NEGOTIATES_WITH" || !r.Symmetric {
		t.Errorf("negotiates-with: type %s, symmetric %v", r.Type(), r.Symmetric)
	}
}

func TestParseOntologyRefuses(t *testing.T) {
	for name, src := range map[string]string{
		"a type that is none": "relations: [{id: likes, subject: [Dog], object: [actor], definition: d, example: e}]",
		"an id twice":         "relations: [{id: a, subject: [actor], object: [actor], definition: d, example: e}, {id: a, subject: [actor], object: [actor], definition: d, example: e}]",
		"an unsafe id":        "relations: [{id: 'a`b', subject: [actor], object: [actor], definition: d, example: e}]",
		"an unknown event":    "relations: [{id: a, plover: {event: HUG}, subject: [actor], object: [actor], definition: d, example: e}]",
		"an unknown field":    "relations: [{id: a, colour: red}]",
	} {
		if _, err := ParseOntology("test.yaml", []byte(src)); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}

func TestPloverFollowsStatus(t *testing.T) {
	for _, c := range []struct {
		relation string
		status   Status
		want     string
	}{
		{"meets", StatusActual, "CONSULT"}, {"meets", StatusPlanned, "AGREE"}, {"meets", StatusDenied, "REJECT"},
		{"imposes-tariff-on", StatusThreatened, "THREATEN"}, {"withdraws-forces-from", StatusPlanned, "CONCEDE"},
		{"holds-office", StatusActual, ""}, {"attacks", StatusDenied, ""},
	} {
		r, _ := Relations().Get(c.relation)
		if got := r.PloverOf(c.status).Event; got != c.want {
			t.Errorf("%s %s: %q, want %q", c.relation, c.status, got, c.want)
		}
	}
}

func TestSpanJSON(t *testing.T) {
	b, _ := json.Marshal(Span{3, 9})
	var s Span
	if err := json.Unmarshal(b, &s); err != nil || s != (Span{3, 9}) || string(b) != "[3,9]" {
		t.Errorf("%s → %v, %v", b, s, err)
	}
	for _, bad := range []string{`[9,3]`, `[-1,3]`, `3`, `[1]`} {
		if json.Unmarshal([]byte(bad), &s) == nil {
			t.Errorf("%s was taken", bad)
		}
	}
}

func TestStatementIDIgnoresTheOrderOfASymmetricPair(t *testing.T) {
	a := Statement{Document: "d", Relation: "meets", Subject: Argument{ID: "country/USA"}, Object: Argument{ID: "country/JPN"}}
	b := a
	b.Subject, b.Object = a.Object, a.Subject
	if StatementID(a) != StatementID(b) {
		t.Error("meets: the order matters")
	}
	a.Relation, b.Relation = "attacks", "attacks"
	if StatementID(a) == StatementID(b) {
		t.Error("attacks: the order does not matter")
	}
	more, err := Relations().Extend([]Relation{{ID: "toasts", Definition: "They drink to each other.", Example: "両首脳は乾杯した。", Subject: []EntityType{Country}, Object: []EntityType{Country}, Symmetric: true}})
	if err != nil {
		t.Fatal(err)
	}
	a.Relation, b.Relation = "toasts", "toasts"
	if more.StatementID(a) != more.StatementID(b) {
		t.Error("toasts, of an extended ontology: the order matters")
	}
}
