package rules

import (
	"cmp"
	"fmt"
	"io/fs"
	"strings"
)

// dataFolder is the embedded folder of data files.
func dataFolder() fs.FS { return must(fs.Sub(gazetteerFiles, "data")) }

// must is for embedded files only: their validity is tested, so that a failure is a fault of the build.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func errorf(format string, args ...any) error { return fmt.Errorf(format, args...) }

func compare(a, b string) int { return cmp.Compare(a, b) }

func readTable(fsys fs.FS, name string, columns ...string) (*Table, error) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, err
	}
	return ParseTable(name, data, columns...)
}

// indexBy maps each key to its place.
func indexBy[T any](all []T, key func(T) string) map[string]int {
	m := make(map[string]int, len(all))
	for i, v := range all {
		m[key(v)] = i
	}
	return m
}

// checkEntry checks what every entry of a gazetteer has.
func checkEntry(wikidata, en, ja string) error {
	switch {
	case wikidata != "" && !wikidataForm.MatchString(wikidata):
		return errorf("wikidata is %q, want Q and digits, or nothing where it is not certain", wikidata)
	case ja == "":
		return errorf("the Japanese name is missing")
	case en == "":
		return errorf("the English name is missing")
	case strings.ContainsAny(ja, "|@?:"):
		return errorf("the Japanese name %q has one of | @ ? : in it", ja)
	}
	return nil
}

// joinAliases appends more to have; a text that is there twice with overlapping days is an error.
func joinAliases(have, more []Alias) ([]Alias, error) {
	for _, a := range more {
		for _, b := range have {
			if a.Text == b.Text && a.From == b.From {
				return nil, errorf("alias %q is there twice", a.Text)
			}
		}
		have = append(have, a)
	}
	return have, nil
}

// entryID is kind/Qid where the Wikidata id is known, else kind/name.
func entryID(kind, wikidata, ja string) string {
	if wikidata != "" {
		return kind + "/" + wikidata
	}
	return kind + "/" + ja
}
