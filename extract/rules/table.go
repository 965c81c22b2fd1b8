package rules

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Table is a tab-separated data file: comment lines begin with #, the first other line names the columns, and every
// further one is a row with as many cells or fewer (missing cells at the end are empty). Cells are NFC and trimmed.
type Table struct {
	// Name is the file's name, for messages.
	Name    string
	Columns []string
	Rows    []Row
}

// Row is a line of a Table.
type Row struct {
	table *Table
	// Line counts from 1.
	Line  int
	Cells []string
}

// Cell is the cell in this column, "" where the row is shorter. It panics on a column that the table has not: columns
// are checked once, by ParseTable.
func (r Row) Cell(column string) string {
	for i, c := range r.table.Columns {
		if c == column {
			if i < len(r.Cells) {
				return r.Cells[i]
			}
			return ""
		}
	}
	panic("rules: " + r.table.Name + " has no column " + column)
}

// Errorf is an error that says where the row stands: countries.tsv:12: ….
func (r Row) Errorf(format string, args ...any) error {
	return fmt.Errorf("%s:%d: %w", r.table.Name, r.Line, fmt.Errorf(format, args...))
}

// ParseTable reads a table that has to have exactly these columns in this order; name is used in errors, which give
// file:line.
func ParseTable(name string, data []byte, columns ...string) (*Table, error) {
	t := &Table{Name: name, Columns: columns}
	header := false
	line := 0
	for raw := range bytes.Lines(data) {
		line++
		raw = bytes.TrimRight(raw, "\r\n")
		if len(raw) == 0 || raw[0] == '#' {
			continue
		}
		row := Row{table: t, Line: line}
		if !utf8.Valid(raw) {
			return nil, row.Errorf("not UTF-8: save the file as UTF-8")
		}
		if !norm.NFC.IsNormal(raw) {
			return nil, row.Errorf("not in Unicode form NFC: write が as one character, not か and ゛")
		}
		row.Cells = strings.Split(string(raw), "\t")
		for i, c := range row.Cells {
			row.Cells[i] = strings.TrimSpace(c)
		}
		if !header {
			if strings.Join(row.Cells, "\t") != strings.Join(columns, "\t") {
				return nil, row.Errorf("columns are %q, want %q", row.Cells, columns)
			}
			header = true
			continue
		}
		if len(row.Cells) > len(columns) {
			return nil, row.Errorf("%d cells, want at most %d (%s)", len(row.Cells), len(columns), strings.Join(columns, ", "))
		}
		t.Rows = append(t.Rows, row)
	}
	if !header {
		return nil, fmt.Errorf("%s: empty, want a first line with the columns %s", name, strings.Join(columns, ", "))
	}
	return t, nil
}
