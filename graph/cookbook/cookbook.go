// Package cookbook holds the questions that researchers ask of the graph, each a commented Cypher file that can be pasted
// into Neo4j Browser as it stands, once its parameters are set. It only reads its own embedded files: no I/O, no driver.
package cookbook

import (
	"embed"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

//go:embed queries/*.cypher
var files embed.FS

// Type is the type of a parameter.
type Type string

// The parameter types.
const (
	String  Type = "string"
	Integer Type = "integer"
	Entity  Type = "entity" // an entity's id; entente ask takes a name too
	Date    Type = "date"   // an ISO 8601 day, given to Cypher as a string like the graph's own dates
)

// Param is a parameter of a question.
type Param struct {
	Name    string
	Type    Type
	Default string
	Doc     string
}

// Question is one entry of the cookbook.
type Question struct {
	// Name is what `entente ask` takes.
	Name string
	// Title asks it in English, TitleJa in Japanese.
	Title   string
	TitleJa string
	Params  []Param
	// Columns are the names of the answer's columns in order.
	Columns []string
	// Cypher is the query without its comment header. Parameters stand in it as $name.
	Cypher string
}

// Questions are all entries by name. The slice is shared: do not change it.
var Questions = sync.OnceValue(func() []Question {
	names, err := fs.Glob(files, "queries/*.cypher")
	if err != nil {
		panic(err)
	}
	all := make([]Question, 0, len(names))
	for _, path := range names {
		text, err := fs.ReadFile(files, path)
		if err != nil {
			panic(err)
		}
		q, err := Parse(path, string(text))
		if err != nil {
			panic(err) // the embedded files are validated by a test
		}
		all = append(all, q)
	}
	slices.SortFunc(all, func(a, b Question) int { return strings.Compare(a.Name, b.Name) })
	return all
})

// Get is the question with this name.
func Get(name string) (Question, bool) {
	i := slices.IndexFunc(Questions(), func(q Question) bool { return q.Name == name })
	if i < 0 {
		return Question{}, false
	}
	return Questions()[i], true
}

var (
	paramLine  = regexp.MustCompile(`^param (\w+) (string|integer|date|entity) (.*?) — (.+)$`)
	paramInUse = regexp.MustCompile(`\$(\w+)`)
)

// Parse reads a question: comment lines (what it asks; "ja:"; "param name type default — meaning"; "columns:"), then
// Cypher. The name is that of the file. Errors name the file and line.
func Parse(path, text string) (Question, error) {
	q := Question{Name: strings.TrimSuffix(path[strings.LastIndexByte(path, '/')+1:], ".cypher")}
	lines := strings.Split(text, "\n")
	at := 0
	for ; at < len(lines) && strings.HasPrefix(lines[at], "//"); at++ {
		line := strings.TrimSpace(lines[at][2:])
		bad := func(want string) error { return fmt.Errorf("%s:%d: %q: want %s", path, at+1, line, want) }
		switch {
		case strings.HasPrefix(line, "ja:"):
			q.TitleJa = strings.TrimSpace(line[3:])
		case strings.HasPrefix(line, "columns:"):
			for _, c := range strings.Split(line[8:], ",") {
				q.Columns = append(q.Columns, strings.TrimSpace(c))
			}
		case strings.HasPrefix(line, "param "):
			m := paramLine.FindStringSubmatch(line)
			if m == nil {
				return q, bad("param NAME string|integer|date|entity DEFAULT — MEANING")
			}
			p := Param{Name: m[1], Type: Type(m[2]), Default: m[3], Doc: m[4]}
			if _, err := p.Value(p.Default); err != nil {
				return q, bad(err.Error())
			}
			q.Params = append(q.Params, p)
		case q.Title == "":
			q.Title = line
		default:
			return q, bad("ja:, param or columns:")
		}
	}
	q.Cypher = strings.TrimSpace(strings.Join(lines[at:], "\n"))
	switch {
	case q.Title == "" || q.TitleJa == "" || len(q.Columns) == 0 || q.Cypher == "":
		return q, fmt.Errorf("%s: want a question, ja:, columns: and a query", path)
	}
	for _, m := range paramInUse.FindAllStringSubmatch(q.Cypher, -1) {
		if !slices.ContainsFunc(q.Params, func(p Param) bool { return p.Name == m[1] }) {
			return q, fmt.Errorf("%s: $%s is used but not declared by a param line", path, m[1])
		}
	}
	for _, p := range q.Params {
		if !strings.Contains(q.Cypher, "$"+p.Name) {
			return q, fmt.Errorf("%s: param %s is declared but not used", path, p.Name)
		}
	}
	return q, nil
}

// Value reads a parameter from what a person typed: a string for String, Entity and Date, an int64 for Integer.
func (p Param) Value(text string) (any, error) {
	switch p.Type {
	case Integer:
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("parameter %s: %q is no whole number", p.Name, text)
		}
		return n, nil
	case Date:
		if _, err := time.Parse(time.DateOnly, text); err != nil {
			return nil, fmt.Errorf("parameter %s: %q is no day (want 2025-10-27)", p.Name, text)
		}
	}
	return text, nil
}

// Bind makes the query's parameters from given NAME=VALUE pairs, with defaults for the others.
func (q Question) Bind(given map[string]string) (map[string]any, error) {
	bound := make(map[string]any, len(q.Params))
	for _, p := range q.Params {
		text, ok := given[p.Name]
		if !ok {
			text = p.Default
		}
		v, err := p.Value(text)
		if err != nil {
			return nil, fmt.Errorf("question %s: %w", q.Name, err)
		}
		bound[p.Name] = v
	}
	unknown := make([]string, 0)
	for name := range given {
		if _, ok := bound[name]; !ok {
			unknown = append(unknown, name)
		}
	}
	if len(unknown) > 0 {
		slices.Sort(unknown)
		known := make([]string, len(q.Params))
		for i, p := range q.Params {
			known[i] = p.Name
		}
		return nil, fmt.Errorf("question %s has no parameter %s (it has: %s)", q.Name, strings.Join(unknown, ", "), strings.Join(known, ", "))
	}
	return bound, nil
}

// Alone is the query with values for its parameters in it, as one statement that any Neo4j client runs: Neo4j Browser shows no
// answer when a query comes together with :param commands. The values stand in its first lines, each with its meaning, to be
// changed there; whole numbers stand where they are used, since LIMIT takes no variable. params is what Bind gives.
func (q Question) Alone(params map[string]any) string {
	var names, lines []string
	cypher := q.Cypher
	for _, p := range q.Params {
		value := literal(params[p.Name])
		in := regexp.MustCompile(`\$` + p.Name + `\b`)
		if p.Type == Integer {
			cypher = in.ReplaceAllLiteralString(cypher, value)
			continue
		}
		name := "param_" + p.Name
		cypher = in.ReplaceAllLiteralString(cypher, name)
		names = append(names, name)
		lines = append(lines, fmt.Sprintf("%s AS %s, // %s", value, name, p.Doc))
	}
	if len(names) == 0 {
		return cypher
	}
	last := len(lines) - 1
	lines[last] = strings.Replace(lines[last], " AS "+names[last]+",", " AS "+names[last], 1)
	// What a scope clause names can be read everywhere in the subquery, also after its own WITHs.
	return fmt.Sprintf("WITH %s\nCALL (%s) {\n%s\n}\nRETURN %s", strings.Join(lines, "\n     "), strings.Join(names, ", "), cypher, strings.Join(q.Columns, ", "))
}

// literal writes a parameter's value in Cypher.
func literal(v any) string {
	if s, ok := v.(string); ok {
		return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`, "\n", `\n`, "\r", `\r`).Replace(s) + "'"
	}
	return fmt.Sprint(v)
}
