// Package lint holds the order of the code: who may import whom, and what no library here does. It checks the sources as
// they lie in the tree, without building them; its test runs it over the whole module, and every fault it finds names the
// remedy.
package lint

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Module is the path that every import of ours begins with.
const Module = "github.com/entente-kg/entente"

// Fault is a broken rule.
type Fault struct {
	// Pos is where: file, relative to the module's root, and line.
	Pos string
	// What is broken, and Remedy what to do about it.
	What, Remedy string
}

func (f Fault) String() string { return f.Pos + ": " + f.What + "; " + f.Remedy }

// file is a parsed Go file.
type file struct {
	pkg    string // the folder relative to the root, with slashes: extract/morph
	name   string // relative to the root
	test   bool   // _test.go
	syntax *ast.File
	fset   *token.FileSet
}

func (f file) at(pos token.Pos) string {
	return f.name + ":" + strconv.Itoa(f.fset.Position(pos).Line)
}

// Check reads every Go file under root and is the faults, in the order of files and lines. The error is about files that
// cannot be read or parsed.
func Check(root string) ([]Fault, error) {
	files, err := parse(root)
	if err != nil {
		return nil, err
	}
	var faults []Fault
	documented := make(map[string]bool)
	for _, f := range files {
		faults = append(faults, imports(f)...)
		faults = append(faults, calls(f)...)
		if !f.test && f.syntax.Doc != nil {
			documented[f.pkg] = true
		}
	}
	seen := make(map[string]bool)
	for _, f := range files {
		if f.test || documented[f.pkg] || seen[f.pkg] {
			continue
		}
		seen[f.pkg] = true
		faults = append(faults, Fault{f.name + ":1", "package " + f.pkg + " has no package comment",
			"say in the file that opens it what the package holds and promises"})
	}
	return faults, nil
}

func parse(root string) ([]file, error) {
	var files []file
	fset := token.NewFileSet()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		base := d.Name()
		if d.IsDir() {
			if path != root && (strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") || base == "testdata" || base == "vendor") {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(base, ".go") {
			return nil
		}
		syntax, err := parser.ParseFile(fset, path, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		pkg, _ := strings.CutSuffix(strings.TrimSuffix(rel, base), "/")
		files = append(files, file{pkg: pkg, name: rel, test: strings.HasSuffix(base, "_test.go"), syntax: syntax, fset: fset})
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("lint: %w", err)
	}
	slices.SortFunc(files, func(a, b file) int { return strings.Compare(a.name, b.name) })
	return files, nil
}
