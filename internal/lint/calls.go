package lint

import (
	"go/ast"
	"slices"
)

// A call is a function of the standard library that some packages do without.
type call struct {
	pkg, name string
	banned    func(file) bool
	remedy    string
}

func inLibrary(f file) bool { return !f.test && !below(f.pkg, "cmd") && !testHelper(f.pkg) }
func inPure(f file) bool    { return !f.test && pure(f.pkg) }

// testHelper reports whether a package is only imported by tests.
func testHelper(pkg string) bool {
	return pkg == "internal/localdb/localdbtest" || pkg == "graph/storetest"
}

var callTable = []call{
	{"os", "Getenv", inLibrary, "take it as an option: only cmd reads the environment"},
	{"os", "LookupEnv", inLibrary, "take it as an option: only cmd reads the environment"},
	{"os", "ExpandEnv", inLibrary, "take it as an option: only cmd reads the environment"},
	{"os", "Exit", inLibrary, "return an error: cmd/entente/exit.go decides on the status"},
	{"os", "Stdout", inLibrary, "take an io.Writer"},
	{"os", "Stderr", inLibrary, "return warnings as data, or take an io.Writer"},
	{"os", "Stdin", inLibrary, "take an io.Reader"},
	{"fmt", "Print", inLibrary, "take an io.Writer"},
	{"fmt", "Printf", inLibrary, "take an io.Writer"},
	{"fmt", "Println", inLibrary, "take an io.Writer"},
	{"time", "Now", inPure, "take the time as an argument: the same input has to give the same bytes"},
	{"time", "Since", inPure, "measure in the caller"},
	{"time", "Local", inPure, "use UTC, or the document's own offset"},
}

// seeded are the names of math/rand/v2 that do not draw from its global source, which is seeded anew in every process.
var seeded = []string{"New", "NewPCG", "NewChaCha8", "NewZipf", "Rand", "Source", "PCG", "ChaCha8", "Zipf"}

// calls finds uses of the table's functions and variables.
func calls(f file) []Fault {
	var faults []Fault
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		selector, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		pkg, ok := selector.X.(*ast.Ident)
		if !ok {
			return true
		}
		if pkg.Name == "rand" && inPure(f) && importsPlainly(f, "math/rand/v2") && !slices.Contains(seeded, selector.Sel.Name) {
			faults = append(faults, Fault{f.at(n.Pos()), f.pkg + " uses rand." + selector.Sel.Name,
				"the same input has to give the same bytes: use rand.New with a source of a fixed seed"})
		}
		for _, c := range callTable {
			if pkg.Name == c.pkg && selector.Sel.Name == c.name && c.banned(f) && importsPlainly(f, c.pkg) {
				faults = append(faults, Fault{f.at(n.Pos()), f.pkg + " uses " + c.pkg + "." + c.name, c.remedy})
			}
		}
		return true
	})
	return faults
}

// importsPlainly reports whether the file imports a package of the standard library under its own name; else the
// identifier is something else, a variable perhaps.
func importsPlainly(f file, path string) bool {
	for _, spec := range f.syntax.Imports {
		if spec.Path.Value == `"`+path+`"` && spec.Name == nil {
			return true
		}
	}
	return false
}
