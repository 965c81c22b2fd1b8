package refresh

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/entente-kg/entente/graph"
)

// Report is what a run did. Its JSON form is the --json output.
type Report struct {
	Started  time.Time `json:"started"`
	Finished time.Time `json:"finished"`
	// Extractor is the version that read the documents.
	Extractor string `json:"extractor"`
	// Sources tells of each source, in the configuration's order.
	Sources []SourceReport `json:"sources"`
	// Fetched counts what the sources brought into the corpus.
	Fetched struct {
		Added     int `json:"added"`
		Changed   int `json:"changed"`
		Unchanged int `json:"unchanged"`
		Returned  int `json:"returned"`
		Missing   int `json:"missing"`
		Withdrawn int `json:"withdrawn"`
	} `json:"fetched"`
	// Loaded counts documents that the graph now holds as they are, Retracted those it forgot, Pending those that wait for
	// the next run.
	Loaded    int `json:"loaded"`
	Retracted int `json:"retracted"`
	Pending   int `json:"pending"`
	// Failures names what could not be read, extracted or loaded.
	Failures []Failure `json:"failures,omitempty"`
	// Graph counts what changed in the graph.
	Graph graph.Summary `json:"graph"`
	// Digest tells the changes themselves.
	Digest Digest `json:"digest"`
}

// SourceReport tells how a source was read.
type SourceReport struct {
	Name string `json:"name"`
	// Listed is the number of articles or files that it lists, Read of those that were read, NotModified of those that
	// said they are as they were, Filtered of those that the word filters left out.
	Listed      int `json:"listed"`
	Read        int `json:"read"`
	NotModified int `json:"notModified"`
	Filtered    int `json:"filtered"`
	Failed      int `json:"failed"`
}

// Failure is one thing that could not be done.
type Failure struct {
	// Stage is fetch, extract or load.
	Stage string `json:"stage"`
	// Source and Item say what: an address, a file, a document's id.
	Source string `json:"source,omitempty"`
	Item   string `json:"item"`
	Code   string `json:"code"`
	Detail string `json:"detail"`
}

// Change is a statement that came, went, or came about.
type Change struct {
	Subject  string `json:"subject"`
	Relation string `json:"relation"`
	Object   string `json:"object"`
	Status   string `json:"status"`
	Day      string `json:"day,omitempty"`
	Document string `json:"document"`
	Sentence string `json:"sentence,omitempty"`
}

// Digest is what changed in the graph. Each list holds at most digestRows rows; the counts are whole.
type Digest struct {
	Entities  []string `json:"entities,omitempty"`
	Added     []Change `json:"added,omitempty"`
	Retracted []Change `json:"retracted,omitempty"`
	// Denied are new denials, Fulfilled plans that came about.
	Denied    []Change `json:"denied,omitempty"`
	Fulfilled []Change `json:"fulfilled,omitempty"`

	Counts DigestCounts `json:"counts"`
}

// DigestCounts are the lengths of the whole lists.
type DigestCounts struct {
	Entities  int `json:"entities"`
	Added     int `json:"added"`
	Retracted int `json:"retracted"`
	Denied    int `json:"denied"`
	Fulfilled int `json:"fulfilled"`
}

// digestRows bounds each list of a Digest, so that a first run over a large corpus stays small in memory.
const digestRows = 200

func (d *Digest) take(list *[]Change, count *int, c Change) {
	*count++
	if len(*list) < digestRows {
		*list = append(*list, c)
	}
}

// add takes up what a delta changes. names gives the English name of an entity id.
func (d *Digest) add(delta *graph.Delta, names func(string) string) {
	change := func(s graph.Statement) Change {
		return Change{
			Subject: names(s.Subject.Entity), Relation: s.Relation, Object: names(s.Object.Entity), Status: string(s.Status),
			Day: s.Start, Document: s.Document, Sentence: s.Text,
		}
	}
	for _, id := range delta.NewEntities {
		d.Counts.Entities++
		if len(d.Entities) < digestRows {
			d.Entities = append(d.Entities, names(id))
		}
	}
	added := map[string]graph.Statement{}
	for _, s := range delta.AddStatements {
		added[s.ID] = s
		if s.Status == "denied" {
			d.take(&d.Denied, &d.Counts.Denied, change(s))
			continue
		}
		d.take(&d.Added, &d.Counts.Added, change(s))
	}
	for _, s := range delta.DeleteStatements {
		d.take(&d.Retracted, &d.Counts.Retracted, change(s))
	}
	for _, f := range delta.Fulfilled {
		if s, ok := added[f.Actual]; ok {
			d.take(&d.Fulfilled, &d.Counts.Fulfilled, change(s))
		}
	}
}

// Failed is the number of documents that failed for good: what waits for the next run is told by Pending.
func (r *Report) Failed() int { return len(r.Failures) }

// Write writes the report for people.
func (r *Report) Write(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "Refresh of %s, %v\n", r.Started.Format("2006-01-02 15:04:05 MST"), r.Finished.Sub(r.Started).Round(time.Millisecond))
	for _, s := range r.Sources {
		fmt.Fprintf(&b, "  %s: %d listed, %d read, %d not modified", s.Name, s.Listed, s.Read, s.NotModified)
		for _, extra := range []struct {
			n    int
			word string
		}{{s.Filtered, "left out by the filters"}, {s.Failed, "failed"}} {
			if extra.n > 0 {
				fmt.Fprintf(&b, ", %d %s", extra.n, extra.word)
			}
		}
		b.WriteByte('\n')
	}
	f := r.Fetched
	fmt.Fprintf(&b, "Corpus: %d new, %d changed, %d as before", f.Added, f.Changed, f.Unchanged)
	for _, extra := range []struct {
		n    int
		word string
	}{{f.Returned, "back again"}, {f.Missing, "missing"}, {f.Withdrawn, "withdrawn"}} {
		if extra.n > 0 {
			fmt.Fprintf(&b, ", %d %s", extra.n, extra.word)
		}
	}
	fmt.Fprintf(&b, "\nGraph: %d documents loaded, %d retracted, %d waiting; statements +%d −%d, entities +%d −%d\n",
		r.Loaded, r.Retracted, r.Pending, r.Graph.Statements.Added, r.Graph.Statements.Removed, r.Graph.Entities.Added, r.Graph.Entities.Removed)
	r.Digest.write(&b)
	for _, x := range r.Failures {
		fmt.Fprintf(&b, "! %s %s: %s\n", x.Stage, x.Item, strings.TrimPrefix(x.Detail, x.Item+": "))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (d *Digest) write(b *strings.Builder) {
	part := func(title, mark string, list []Change, n int) {
		if n == 0 {
			return
		}
		fmt.Fprintf(b, "%s (%d)\n", title, n)
		for _, c := range list[:min(len(list), 20)] {
			day := c.Day
			if day != "" {
				day += " "
			}
			fmt.Fprintf(b, "  %s %s%s → %s → %s [%s] %s\n", mark, day, c.Subject, c.Relation, c.Object, c.Status, c.Document)
		}
		if n > 20 {
			fmt.Fprintf(b, "  … %d more\n", n-20)
		}
	}
	if d.Counts.Entities > 0 {
		names := slices.Clone(d.Entities[:min(len(d.Entities), 20)])
		fmt.Fprintf(b, "New entities (%d)\n  %s", d.Counts.Entities, strings.Join(names, ", "))
		if d.Counts.Entities > 20 {
			fmt.Fprintf(b, ", … %d more", d.Counts.Entities-20)
		}
		b.WriteByte('\n')
	}
	part("New statements", "+", d.Added, d.Counts.Added)
	part("Denied", "×", d.Denied, d.Counts.Denied)
	part("Plans fulfilled", "✓", d.Fulfilled, d.Counts.Fulfilled)
	part("Retracted", "−", d.Retracted, d.Counts.Retracted)
}
