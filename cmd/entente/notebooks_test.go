package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/entente-kg/entente/internal/localdb/localdbtest"
)

var notebooks = filepath.Join("..", "..", "docs", "notebooks")

// script runs a program of docs/notebooks and gives what it prints.
func script(t *testing.T, program string, args ...string) string {
	t.Helper()
	command := exec.CommandContext(t.Context(), program, args...)
	command.Env = append(os.Environ(), "PYTHONUTF8=1")
	out, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %q: %v\n%s", program, args, err, out)
	}
	return string(out)
}

// needs skips a test where a program, or packages of Python, are missing.
func needs(t *testing.T, program string, packages ...string) {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		t.Skipf("no %s on the PATH", program)
	}
	for _, p := range packages {
		if exec.CommandContext(t.Context(), program, "-c", "import "+p).Run() != nil {
			t.Skipf("%s has no package %s", program, p)
		}
	}
}

func TestPlainPython(t *testing.T) {
	needs(t, "python3")
	statements := entente(t, strings.Join(jsonl(2), "\n"), "extract", "-", "--format", "jsonl")
	file := write(t, "statements.jsonl", []byte(statements.stdout))
	out := script(t, "python3", filepath.Join(notebooks, "plain.py"), file)
	for _, want := range []string{"of 2 articles", "トーマス・キヴィ — ヤニス・オゾルス: 2\n"} {
		if !strings.Contains(out, want) {
			t.Errorf("the script does not print %q:\n%s", want, out)
		}
	}
	table, err := os.ReadFile(file + ".edges.csv")
	if err != nil || !strings.Contains(string(table), ",meets,") {
		t.Errorf("the edge list: %v, %.200s", err, table)
	}
}

func TestPandasAndNetworkx(t *testing.T) {
	needs(t, "python3", "pandas", "pyarrow", "networkx")
	tables := exportedTables(t)
	out := script(t, "python3", filepath.Join(notebooks, "network.py"), tables)
	words := strings.Join(strings.Fields(out), " ") // without pandas' columns
	for _, want := range []string{"2 articles", "トーマス・キヴィ 1.0", "2025-11", "country/EST country/LVA 2", "外相と会談した。 [actual"} {
		if !strings.Contains(words, want) {
			t.Errorf("the script does not print %q:\n%s", want, out)
		}
	}
}

func TestR(t *testing.T) {
	needs(t, "Rscript")
	db := localdbtest.Fresh(t)
	if r := with(t, db, strings.Join(jsonl(2), "\n"), "build", "-"); r.code != exitDone {
		t.Fatal(r.stderr)
	}
	file := write(t, "meetings.csv", []byte(with(t, db, "", "ask", "meeting-network", "--format", "csv").stdout))
	if out := script(t, "Rscript", filepath.Join(notebooks, "network.R"), file); !strings.Contains(out, "1 pairs who met") {
		t.Error(out)
	}
}

// exportedTables is a folder with the Parquet tables of two articles.
func exportedTables(t *testing.T) string {
	t.Helper()
	db := localdbtest.Fresh(t)
	if r := with(t, db, strings.Join(jsonl(2), "\n"), "build", "-"); r.code != exitDone {
		t.Fatal(r.stderr)
	}
	tables := filepath.Join(t.TempDir(), "tables")
	if r := with(t, db, "", "export", "--format", "parquet", "-o", tables); r.code != exitDone {
		t.Fatal(r.stderr)
	}
	return tables
}

// TestTheNotebookIsTheScript makes network.ipynb of network.py, whose cells begin with "# %%".
func TestTheNotebookIsTheScript(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(notebooks, "network.py"))
	if err != nil {
		t.Fatal(err)
	}
	var cells []map[string]any
	for i, part := range strings.Split(string(text), "# %%")[1:] {
		head, body, _ := strings.Cut(part, "\n")
		lines := strings.SplitAfter(strings.TrimSpace(body), "\n")
		c := map[string]any{"id": "cell-" + string(rune('a'+i)), "metadata": map[string]any{}}
		if strings.Contains(head, "[markdown]") {
			c["cell_type"] = "markdown"
			for i, l := range lines {
				lines[i] = strings.TrimPrefix(strings.TrimPrefix(l, "#"), " ")
			}
		} else {
			c["cell_type"], c["execution_count"], c["outputs"] = "code", nil, []any{}
		}
		c["source"] = lines
		cells = append(cells, c)
	}
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(map[string]any{
		"cells": cells, "nbformat": 4, "nbformat_minor": 5,
		"metadata": map[string]any{"kernelspec": map[string]string{"display_name": "Python 3", "language": "python", "name": "python3"}, "language_info": map[string]string{"name": "python"}},
	}); err != nil {
		t.Fatal(err)
	}
	golden(t, filepath.Join(notebooks, "network.ipynb"), b.String())
}
