package source

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// suffixes are the endings of the files that a folder's documents are read from.
var suffixes = []string{".txt", ".html", ".htm", ".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz", ".jsonl.zst", ".ndjson.zst", ".txt.gz", ".txt.zst"}

// File is a file of documents.
type File struct {
	Path string
	// Name is what its document is called where the file holds one: its path below the folder or the fixed part of the glob that
	// named it, with slashes and without .txt, .gz and .zst, so that two folders may hold files of one name.
	Name string
}

// Lines reports whether the file is JSON lines, whose documents name themselves.
func (f File) Lines() bool {
	switch filepath.Ext(uncompressed(f.Path)) {
	case ".jsonl", ".ndjson", ".json":
		return true
	}
	return false
}

// Files lists the files that a path names, by rising path: itself, the readable files of a folder and its subfolders, or
// those that a glob fits; where a glob fits folders, theirs. A path that names nothing is an error; an empty folder, or a glob that
// fits nothing, is not.
func Files(path string) ([]File, error) {
	info, err := os.Stat(path)
	switch {
	case err == nil && !info.IsDir():
		return []File{{path, name(filepath.Base(path))}}, nil
	case err == nil:
		return folder(path, path)
	case !errors.Is(err, fs.ErrNotExist) || !strings.ContainsAny(path, "*?["):
		return nil, err
	}
	found, err := filepath.Glob(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	root := filepath.Dir(path[:strings.IndexAny(path, "*?[")] + "x") // x: the fixed part may end with a slash
	var files []File
	for _, p := range found {
		below, err := folder(p, root)
		if err != nil {
			return nil, err
		}
		files = append(files, below...)
	}
	return sorted(files), nil
}

// folder lists the readable files below a path, or the path where it is a file, named by where they are below root.
func folder(path, root string) ([]File, error) {
	var files []File
	walk := path
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		walk += string(filepath.Separator) // a link to a folder is followed
	}
	err := filepath.WalkDir(walk, func(p string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || p != path && !(entry.Type().IsRegular() && readable(p)) {
			return err
		}
		rel, err := filepath.Rel(root, p)
		if err != nil {
			return err
		}
		files = append(files, File{p, name(filepath.ToSlash(rel))})
		return nil
	})
	return sorted(files), err
}

func sorted(files []File) []File {
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return files
}

func readable(name string) bool {
	return slices.ContainsFunc(suffixes, func(s string) bool { return strings.HasSuffix(name, s) })
}

func name(path string) string { return strings.TrimSuffix(uncompressed(path), ".txt") }

func uncompressed(path string) string {
	return strings.TrimSuffix(strings.TrimSuffix(path, ".gz"), ".zst")
}
