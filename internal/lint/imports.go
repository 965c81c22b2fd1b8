package lint

import (
	"slices"
	"strconv"
	"strings"
)

// ladder is the extractor from the ground up: a package may import those above it in this list (the lower stages), and
// nothing else of ours. Its tests may look further, but never into the graph.
var ladder = []string{
	"schema",
	"extract/rules",
	"extract/sentence",
	"extract/morph",
	"extract/chunk",
	"extract/wording",
	"extract/clause",
	"extract/timex",
	"extract/mention",
	"extract/entity",
	"extract/statement",
	"extract",
}

// allowed is what each other package may import of ours; a name that ends in /... takes everything below it as well.
// The first entry that fits a package counts. Tests may import fixtures and the test helpers besides.
var allowed = []struct {
	pkg string
	may []string
}{
	{"graph", []string{"schema"}},
	{"graph/cookbook", []string{"schema"}},
	{"graph/...", []string{"schema", "graph"}},
	{"fixtures", []string{"schema"}},
	{"internal/source/...", []string{"schema", "internal/source/..."}},
	{"internal/corpus", []string{"schema"}},
	{"internal/localdb", nil},
	{"internal/localdb/localdbtest", []string{"internal/localdb"}},
	{"internal/lint", nil},
	{"internal/golden", nil},
	// What measures and joins may see both halves; fixtures only reach the commands.
	{"internal/...", []string{"schema", "extract/...", "graph/...", "internal/..."}},
	{"cmd/...", []string{"schema", "extract/...", "graph/...", "internal/...", "fixtures"}},
}

// forTests is what tests may import beyond their package's own table.
var forTests = []string{"schema", "fixtures", "internal/golden", "internal/localdb/localdbtest", "graph/storetest", "graph/memory", "graph/cookbook"}

// foreign says which packages of others have one importer only, and why.
var foreign = []struct {
	path   string // of the foreign package, and everything below it
	only   []string
	remedy string
	// inTests says that any test may import it.
	inTests bool
}{
	{"github.com/ikawaha/kagome/v2/filter", nil, "its sentence splitter rewrites the text and loses positions: use extract/sentence", false},
	{"github.com/ikawaha", []string{"extract/morph"}, "take tokens from extract/morph, which makes the byte spans, once", false},
	{"github.com/neo4j", []string{"graph/neo4j"}, "go through graph/neo4j, which knows what may be retried", false},
	{"modernc.org", []string{"internal/corpus"}, "go through internal/corpus", false},
	{"github.com/parquet-go", []string{"graph/files"}, "go through graph/files", false},
	{"github.com/urfave/cli", []string{"cmd/..."}, "libraries take an Options struct; the command line is for cmd", false},
	{"github.com/vbauerster/mpb", []string{"cmd/..."}, "libraries report to an observer; drawing is for cmd", false},
	{"github.com/mattn/go-runewidth", []string{"cmd/...", "internal/..."}, "the width of text matters to terminals and pictures only", true},
}

// standard says which packages of the standard library the pure packages do without, and why.
var standard = []struct{ path, remedy string }{
	{"log", "return warnings as data, or tell an observer: libraries have no logger"},
	{"net", "the extractor and the graph's derivation work offline: read in internal/source"},
	{"os", "take readers, bytes or an fs.FS: no file, no environment here"},
	{"math/rand", "the same input has to give the same bytes: use math/rand/v2 with a source of a fixed seed"},
	{"crypto/rand", "the same input has to give the same bytes: use math/rand/v2 with a source of a fixed seed"},
	{"database/sql", "keep data in a Store or in internal/corpus"},
	{"plugin", "rules are data"},
	{"C", "no cgo"},
}

// pure reports whether a package's result is a function of its input alone.
func pure(pkg string) bool {
	return pkg == "schema" || pkg == "graph" || pkg == "graph/memory" || below(pkg, "extract")
}

func imports(f file) []Fault {
	var faults []Fault
	for _, spec := range f.syntax.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue // the parser took it
		}
		at := f.at(spec.Pos())
		if ours, ok := strings.CutPrefix(path, Module+"/"); ok {
			if what, remedy := forbidden(f, ours); what != "" {
				faults = append(faults, Fault{at, what, remedy})
			}
			continue
		}
		for _, r := range foreign {
			if below(path, r.path) {
				if !fits(f.pkg, r.only) && !(f.test && r.inTests) {
					faults = append(faults, Fault{at, f.pkg + " imports " + path, r.remedy})
				}
				break
			}
		}
		for _, r := range standard {
			if pure(f.pkg) && !f.test && below(path, r.path) && path != "math/rand/v2" { // see calls.go
				faults = append(faults, Fault{at, f.pkg + " is pure but imports " + path, r.remedy})
			}
		}
	}
	return faults
}

// forbidden says why f may not import the package of ours, and what to do; empty when it may.
func forbidden(f file, ours string) (what, remedy string) {
	what = f.pkg + " imports " + ours
	if ours == f.pkg || f.test && slices.Contains(forTests, ours) {
		return "", ""
	}
	if rung := slices.Index(ladder, f.pkg); rung >= 0 {
		lower := slices.Index(ladder, ours)
		switch {
		case lower >= 0 && (lower < rung || f.test):
			return "", ""
		case lower >= 0:
			return what + ", a later stage", "pass what it needs as an argument, or move what both need down to the lower stage"
		case below(ours, "graph"):
			return what + ": the halves are joined", "let both use the records of schema, and join them in internal/refresh or cmd"
		default:
			return what, "the extractor imports schema and lower stages only; turn the dependency round"
		}
	}
	for _, a := range allowed {
		if !fits(f.pkg, []string{a.pkg}) {
			continue
		}
		switch {
		case fits(ours, a.may):
			return "", ""
		case below(f.pkg, "graph") && below(ours, "extract"):
			return what + ": the halves are joined", "let both use the records of schema, and join them in internal/refresh or cmd"
		case ours == "fixtures":
			return what, "fixtures are for tests and the commands; pass documents in"
		case below(ours, "cmd"):
			return what, "nothing imports a command: move what is needed below internal"
		case len(a.may) == 0:
			return what, "this package stands by itself"
		default:
			return what, "it may import " + strings.Join(a.may, ", ") + "; turn the dependency round, or, if the order itself should change, change the table in internal/lint and docs with it"
		}
	}
	return what, "the package is not in the table of internal/lint: add what it may import"
}

// below reports whether path is root or lies below it.
func below(path, root string) bool {
	return path == root || strings.HasPrefix(path, root+"/")
}

// fits reports whether one of the patterns names the package.
func fits(pkg string, patterns []string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		if root, ok := strings.CutSuffix(p, "/..."); ok {
			return below(pkg, root)
		}
		return pkg == p
	})
}
