package lint_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/entente-kg/entente/internal/lint"
)

func TestTheModuleIsInOrder(t *testing.T) {
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(root, "go.mod")); err != nil {
		t.Fatal(err)
	}
	faults, err := lint.Check(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range faults {
		t.Error(f)
	}
}

func TestCheckFinds(t *testing.T) {
	const ours = lint.Module + "/"
	for _, c := range []struct {
		name, file, src string
		want            string // a part of the only fault; empty: none
	}{
		{"a stage that imports a lower one", "extract/chunk/a.go", `import "` + ours + `extract/morph"`, ""},
		{"a stage that imports a later one", "extract/chunk/a.go", `import "` + ours + `extract/clause"`, "a later stage"},
		{"a stage's test that imports a later one", "extract/chunk/a_test.go", `import "` + ours + `extract/clause"`, ""},
		{"the extractor that knows the graph", "extract/a.go", `import "` + ours + `graph"`, "join them in internal/refresh or cmd"},
		{"the extractor's test that knows the graph", "extract/a_test.go", `import "` + ours + `graph"`, "join them"},
		{"the graph that knows the extractor", "graph/neo4j/a.go", `import "` + ours + `extract/rules"`, "join them"},
		{"schema that imports anything of ours", "schema/a.go", `import "` + ours + `extract/rules"`, "a later stage"},
		{"a second importer of kagome", "extract/chunk/a.go", `import "github.com/ikawaha/kagome/v2/tokenizer"`, "take tokens from extract/morph"},
		{"kagome's sentence splitter", "extract/morph/a.go", `import "github.com/ikawaha/kagome/v2/filter"`, "use extract/sentence"},
		{"a second importer of the driver", "cmd/entente/a.go", `import "github.com/neo4j/neo4j-go-driver/v5/neo4j"`, "go through graph/neo4j"},
		{"a backend that imports another", "graph/neo4j/a.go", `import "` + ours + `graph/files"`, "turn the dependency round"},
		{"a library that imports fixtures", "internal/refresh/a.go", `import "` + ours + `fixtures"`, "pass documents in"},
		{"a test that does", "internal/refresh/a_test.go", `import "` + ours + `fixtures"`, ""},
		{"a package that is not in the table", "tools/a.go", `import "` + ours + `schema"`, "add what it may import"},
		{"a logger", "extract/clause/a.go", `import "log/slog"`, "libraries have no logger"},
		{"a stage that reads files", "extract/rules/a.go", `import "os"`, "no environment here"},
		{"the environment below cmd", "internal/source/a.go", "import \"os\"\nvar v = os.Getenv(`X`)", "only cmd reads the environment"},
		{"the environment in cmd", "cmd/entente/a.go", "import \"os\"\nvar v = os.Getenv(`X`)", ""},
		{"a variable named like a package", "internal/source/a.go", "var os struct{ Stdout int }\nvar v = os.Stdout", ""},
		{"the clock in a stage", "extract/timex/a.go", "import \"time\"\nvar v = time.Now()", "the same input"},
		{"chance in a stage", "extract/clause/a.go", "import \"math/rand/v2\"\nvar v = rand.IntN(6)", "a fixed seed"},
		{"chance with a seed", "extract/clause/a.go", "import \"math/rand/v2\"\nvar v = rand.New(rand.NewPCG(1, 2)).IntN(6)", ""},
		{"a test that draws", "extract/chunk/a_test.go", `import "github.com/mattn/go-runewidth"`, ""},
		{"printing in a library", "graph/files/a.go", "import \"fmt\"\nfunc f() { fmt.Println() }", "take an io.Writer"},
	} {
		t.Run(c.name, func(t *testing.T) {
			root := t.TempDir()
			name := filepath.Join(root, filepath.FromSlash(c.file))
			if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, []byte("// Package x is one.\npackage x\n"+c.src+"\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			faults, err := lint.Check(root)
			if err != nil {
				t.Fatal(err)
			}
			switch {
			case c.want == "" && len(faults) > 0:
				t.Errorf("found %v, want nothing", faults)
			case c.want != "" && (len(faults) != 1 || !strings.Contains(faults[0].String(), c.want)):
				t.Errorf("found %v, want one that says %q", faults, c.want)
			case c.want != "" && !strings.HasPrefix(faults[0].Pos, c.file+":"):
				t.Errorf("found it at %s, want %s", faults[0].Pos, c.file)
			}
		})
	}
}

func TestCheckWantsAPackageComment(t *testing.T) {
	root := t.TempDir()
	for name, src := range map[string]string{
		"a.go": "package x\n", "b.go": "package x\n", "a_test.go": "// Package x has tests.\npackage x\n",
	} {
		if err := os.WriteFile(filepath.Join(root, name), []byte(src), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	faults, err := lint.Check(root)
	if err != nil {
		t.Fatal(err)
	}
	if i := slices.IndexFunc(faults, func(f lint.Fault) bool { return strings.Contains(f.What, "no package comment") }); i < 0 || len(faults) != 1 {
		t.Errorf("found %v, want one missing comment", faults)
	}
}
