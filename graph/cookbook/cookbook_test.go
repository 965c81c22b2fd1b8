package cookbook

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestQuestionsAreThirtyAndNamed(t *testing.T) {
	all := Questions()
	if len(all) < 30 {
		t.Errorf("%d questions, want at least 30", len(all))
	}
	names := make([]string, len(all))
	for i, q := range all {
		names[i] = q.Name
	}
	if !slices.IsSorted(names) {
		t.Errorf("not in order: %v", names)
	}
}

var writes = regexp.MustCompile(`(?i)\b(create|merge|set|delete|remove|drop|load csv|apoc)\b`)

func TestQuestionsOnlyReadAndAreOrdered(t *testing.T) {
	for _, q := range Questions() {
		if m := writes.FindString(q.Cypher); m != "" {
			t.Errorf("%s: %s in a question", q.Name, m)
		}
		if !strings.Contains(q.Cypher, "ORDER BY") {
			t.Errorf("%s: no ORDER BY: its answers are in no stable order", q.Name)
		}
		if got := returned(q.Cypher); !slices.Equal(got, q.Columns) {
			t.Errorf("%s: returns %v, declares %v", q.Name, got, q.Columns)
		}
	}
}

// returned are the names of the columns of a query's last RETURN.
func returned(cypher string) []string {
	_, items, _ := strings.Cut(cypher[strings.LastIndex(cypher, "RETURN"):], "RETURN")
	items, _, _ = strings.Cut(items, "ORDER BY")
	items = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(items), "DISTINCT"))
	var names []string
	depth, from := 0, 0
	for i := 0; i <= len(items); i++ {
		if i == len(items) || items[i] == ',' && depth == 0 {
			item := strings.TrimSpace(items[from:i])
			if at := strings.LastIndex(item, " AS "); at >= 0 {
				item = item[at+4:]
			}
			names = append(names, item)
			from = i + 1
			continue
		}
		switch items[i] {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			depth--
		}
	}
	return names
}

func TestBind(t *testing.T) {
	q, err := Parse("x/days.cypher", "// A question?\n// ja: 問い\n// param last integer 5 — rows\n// columns: n\nRETURN $last AS n")
	if err != nil {
		t.Fatal(err)
	}
	if b, err := q.Bind(nil); err != nil || b["last"] != int64(5) {
		t.Errorf("default: %v, %v", b, err)
	}
	if _, err := q.Bind(map[string]string{"last": "many"}); err == nil || !strings.Contains(err.Error(), "many") {
		t.Errorf("a bad number: %v", err)
	}
	if _, err := q.Bind(map[string]string{"lost": "1"}); err == nil || !strings.Contains(err.Error(), "it has: last") {
		t.Errorf("an unknown parameter: %v", err)
	}
}

func TestParseRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"a parameter not declared": "// Q?\n// ja: 問\n// columns: n\nRETURN $a AS n",
		"a parameter not used":     "// Q?\n// ja: 問\n// param a string b — c\n// columns: n\nRETURN 1 AS n",
		"a type that is none":      "// Q?\n// ja: 問\n// param a list b — c\n// columns: n\nRETURN $a AS n",
		"a default of no such day": "// Q?\n// ja: 問\n// param a date soon — c\n// columns: n\nRETURN $a AS n",
		"no query":                 "// Q?\n// ja: 問\n// columns: n\n",
	} {
		if _, err := Parse("q.cypher", text); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}

func TestAloneIsOneStatementWithItsParameters(t *testing.T) {
	q, err := Parse("x/who.cypher", "// A question?\n// ja: 問い\n// param who string 甲 — a name\n// param whom string 乙 — another\n// param last integer 5 — rows\n// columns: n, m\n"+
		"MATCH (a {name: $who}), (b {name: $whom})\nRETURN a AS n, b AS m LIMIT $last")
	if err != nil {
		t.Fatal(err)
	}
	params, err := q.Bind(map[string]string{"who": `O'Neill \`})
	if err != nil {
		t.Fatal(err)
	}
	want := `WITH 'O\'Neill \\' AS param_who, // a name
     '乙' AS param_whom // another
CALL (param_who, param_whom) {
MATCH (a {name: param_who}), (b {name: param_whom})
RETURN a AS n, b AS m LIMIT 5
}
RETURN n, m`
	if got := q.Alone(params); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
