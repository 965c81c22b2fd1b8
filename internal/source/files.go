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

// Files lists the files that a path names, sorted: itself, the readable files of a folder and its subfolders, or those that a glob fits. A
// path that names nothing is an error; an empty folder is not.
func Files(path string) ([]string, error) {
	info, err := os.Stat(path)
	switch {
	case err == nil && !info.IsDir():
		return []string{path}, nil
	case errors.Is(err, fs.ErrNotExist) && strings.ContainsAny(path, "*?["):
		names, err := filepath.Glob(path)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		return names, nil
	case err != nil:
		return nil, err
	}
	var names []string
	err = filepath.WalkDir(path, func(name string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() && readable(name) {
			names = append(names, name)
		}
		return err
	})
	slices.Sort(names)
	return names, err
}

func readable(name string) bool {
	return slices.ContainsFunc(suffixes, func(s string) bool { return strings.HasSuffix(name, s) })
}
