package entity_test

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/entente-kg/entente/extract/entity"
	"github.com/entente-kg/entente/schema"
)

var (
	articles   = flag.String("articles", "", "JSONL of documents to sample mentions from")
	sampleSize = flag.Int("sample", 200, "how many mentions to sample")
	sampleSeed = flag.Uint64("seed", 1, "seed of the sample")
	sampleType = flag.String("types", "Official,Country", "entity types to sample")
	sampleOut  = flag.String("out", "", "file for the sheet")
	sampleNot  = flag.String("except", "", "sheet whose documents are left out")
)

// TestSample draws the sheet of docs/evaluation/mentions.tsv: mentions that were resolved to an Official or Country, at
// random over a file of articles, for a person to judge.
//
//	go test ./extract/entity -run TestSample -articles articles.jsonl -out sheet.tsv [-except earlier.tsv]
func TestSample(t *testing.T) {
	if *articles == "" || *sampleOut == "" {
		t.Skip("want -articles and -out")
	}
	except := documentsOf(t, *sampleNot)
	f, err := os.Open(*articles)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	random := rand.New(rand.NewPCG(*sampleSeed, 0))
	var rows []string
	seen := 0
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var doc schema.Document
		if err := json.Unmarshal(lines.Bytes(), &doc); err != nil {
			t.Fatal(err)
		}
		if except[doc.ID] {
			continue
		}
		sents, res := resolve(t, doc, entity.Options{})
		for m, refs := range res.Refs {
			for _, r := range refs {
				e := res.Entities[r.Entity]
				if !strings.Contains(","+*sampleType+",", ","+string(e.Type)+",") {
					continue
				}
				seen++
				at := len(rows) // reservoir sampling
				if at >= *sampleSize {
					if at = random.IntN(seen); at >= *sampleSize {
						continue
					}
				} else {
					rows = append(rows, "")
				}
				s := sents[0]
				for _, x := range sents {
					if x.Index == res.Mentions[m].Sentence {
						s = x
					}
				}
				antecedent := ""
				if r.Antecedent >= 0 {
					antecedent = res.Mentions[r.Antecedent].Text(doc)
				}
				rows[at] = strings.Join([]string{doc.ID, doc.Published, string(e.Type), res.Mentions[m].Text(doc), e.ID, e.Name, r.Rule, antecedent, excerpt(doc, s.Sentence, res.Mentions[m].Span)}, "\t")
			}
		}
	}
	var b strings.Builder
	b.WriteString("verdict\tdocument\tpublished\ttype\tmention\tid\tname\trule\tantecedent\tcontext\n")
	for _, row := range rows {
		fmt.Fprintf(&b, "\t%s\n", row)
	}
	if err := os.WriteFile(*sampleOut, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d of %d mentions", len(rows), seen)
}

// documentsOf are the documents of a sheet (its column document), none for no sheet.
func documentsOf(t *testing.T, sheet string) map[string]bool {
	t.Helper()
	if sheet == "" {
		return nil
	}
	data, err := os.ReadFile(sheet)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]bool{}
	column := -1
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		row := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if column < 0 {
			if column = slices.Index(row, "document"); column < 0 {
				t.Fatalf("%s: no column document in %q", sheet, line)
			}
			continue
		}
		out[row[column]] = true
	}
	return out
}

// excerpt is up to 40 characters on both sides of a mention, which stands in 【】.
func excerpt(doc schema.Document, s schema.Sentence, m schema.Span) string {
	text := doc.In(s.Part)
	before, after := []rune(text[s.Span.Start:m.Start]), []rune(text[m.End:max(m.End, s.Span.End)])
	before, after = before[max(0, len(before)-40):], after[:min(40, len(after))]
	return strings.NewReplacer("\n", " ", "\t", " ").Replace(string(before) + "【" + m.In(text) + "】" + string(after))
}
