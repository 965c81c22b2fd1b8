package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/extract"
	"github.com/entente-kg/entente/extract/rules"
	"github.com/entente-kg/entente/schema"
)

func sampleCommand() *cli.Command {
	return &cli.Command{
		Name:      "sample-statements",
		Usage:     "draw statements at random from documents, as a sheet to judge by hand",
		ArgsUsage: "FILE…",
		Description: `Extracts from all documents, draws --n statements, each as likely as any other, and prints them in the order of the
documents as tab-separated values with an empty column for the verdict. The same seed, documents and rules give the same
sheet. The column score is the product of the statement's features, before the curve that makes it a confidence.

   entente-bench sample-statements --seed 1 --n 100 articles.jsonl.gz > sheet.tsv
   entente eval --calibrate --sheet sheet.tsv        once the verdicts are in`,
		Flags: []cli.Flag{
			&cli.Uint64Flag{Name: "seed", Value: 1, Usage: "seed of the draw"},
			&cli.IntFlag{Name: "n", Value: 100, Usage: "how many `N` statements to draw"},
			&cli.StringSliceFlag{Name: "except", Usage: "leave out what the sheet `FILE` has, so that a new sample is one that nobody has looked at (may be repeated)"},
			&cli.StringSliceFlag{Name: "rescore", Usage: "draw nothing, but print the statements that the judged sheet `FILE` has and that are still said, with its verdicts and today's confidence (may be repeated)"},
			&cli.Float64Flag{Name: "min-confidence", Usage: "draw only among statements of at least this confidence, 0 to 1"},
		},
		Action: sampleStatements,
	}
}

// drawn is a statement of the sample with where it stands among all, which is the order of the sheet.
type drawn struct {
	at int
	st schema.Statement
}

func sampleStatements(c *cli.Context) error {
	if !c.Args().Present() {
		return fmt.Errorf("sample-statements: want files of documents (JSON lines, text)")
	}
	docs, _, err := readDocuments(c.Args().Slice(), 0)
	if err != nil {
		return err
	}
	frames, err := rules.LoadFrames()
	if err != nil {
		return err
	}
	x, err := extract.New(extract.Options{MinConfidence: c.Float64("min-confidence")})
	if err != nil {
		return err
	}
	said, err := extractEach(c.Context, x, docs)
	if err != nil {
		return err
	}
	seen, err := readSheets(c.StringSlice("except"))
	if err != nil {
		return err
	}
	judged, err := readSheets(c.StringSlice("rescore"))
	if err != nil {
		return err
	}
	n := c.Int("n")
	if len(judged) > 0 {
		n = math.MaxInt
	}
	for i := range said {
		said[i] = slices.DeleteFunc(said[i], func(st schema.Statement) bool {
			key := sheetKey(&st)
			_, before := seen[key]
			_, known := judged[key]
			return before || len(judged) > 0 && !known
		})
	}
	sample, total := draw(said, n, c.Uint64("seed"))
	out := bufio.NewWriter(c.App.Writer)
	if len(judged) > 0 {
		fmt.Fprintf(out, "# %d of %d judged statements that are still said of %d documents, with today's confidence\n", len(sample), len(judged), len(docs))
	} else {
		fmt.Fprintf(out, "# %d of %d statements of %d documents, drawn at random with seed %d\n", len(sample), total, len(docs), c.Uint64("seed"))
	}
	fmt.Fprintln(out, "n\tverdict\treason\tdocument\tpublished\tsubject\trelation\tobject\tstatus\tconfidence\tscore\trule\ttrigger\tsentence")
	for i, d := range sample {
		st := &d.st
		published, _, _ := strings.Cut(st.Source.Published, "T")
		fmt.Fprintf(out, "%d\t%s\t%s\t%s\t%s\t%s\t%s\t%s/%s\t%.3f\t%.3f\t%s\t%s\t%s\n", i+1, cmp.Or(judged[sheetKey(st)], "\t"), cell(st.Document), published, argument(st.Subject),
			st.Relation, argument(st.Object), st.Polarity, st.Modality, st.Confidence, frames.Confidence.Score(st.Confidence), st.Rule,
			cell(st.Trigger.Text), cell(st.Text))
	}
	return out.Flush()
}

// sheetKey tells a statement from others in a sheet: its document, relation and arguments.
func sheetKey(st *schema.Statement) string {
	return strings.Join([]string{cell(st.Document), name(st.Subject), st.Relation, name(st.Object)}, "\t")
}

// readSheets maps the keys of the statements of sheets that were drawn before to their verdicts and reasons, with a tab between.
func readSheets(files []string) (map[string]string, error) {
	seen := make(map[string]string)
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		for i, line := range strings.Split(string(b), "\n") {
			if line == "" || line[0] == '#' || strings.HasPrefix(line, "n\t") {
				continue
			}
			f := strings.Split(line, "\t")
			if len(f) < 8 {
				return nil, fmt.Errorf("%s:%d: %d columns, want those of a sheet that sample-statements printed", file, i+1, len(f))
			}
			for _, k := range []int{5, 7} { // as the text says it = whom it was resolved to
				if at := strings.LastIndex(f[k], " = "); at >= 0 {
					f[k] = f[k][at+len(" = "):]
				}
			}
			seen[strings.Join([]string{f[3], f[5], f[6], f[7]}, "\t")] = f[1] + "\t" + f[2]
		}
	}
	return seen, nil
}

// extractEach is the statements of every document, in the order of the documents. Errors name their documents.
func extractEach(ctx context.Context, x *extract.Extractor, docs []schema.Document) ([][]schema.Statement, error) {
	var (
		out   = make([][]schema.Statement, len(docs))
		errs  = make([]error, len(docs))
		queue = make(chan int)
		wg    sync.WaitGroup
	)
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := range queue {
				result, err := x.Document(ctx, docs[i])
				out[i], errs[i] = result.Statements, err
			}
		})
	}
	for i := range docs {
		queue <- i
	}
	close(queue)
	wg.Wait()
	return out, errors.Join(errs...)
}

// draw takes n statements, all of them where there are fewer, without replacement and each as likely as any other.
func draw(said [][]schema.Statement, n int, seed uint64) (sample []drawn, total int) {
	random := rand.New(rand.NewPCG(seed, 0))
	for _, statements := range said {
		for i := range statements {
			d := drawn{total, statements[i]}
			total++
			if len(sample) < n {
				sample = append(sample, d)
			} else if at := random.IntN(total); at < n {
				sample[at] = d
			}
		}
	}
	slices.SortFunc(sample, func(a, b drawn) int { return cmp.Compare(a.at, b.at) })
	return sample, total
}

// argument is an argument as the text says it, with whom it was resolved to where that is another wording.
func argument(a schema.Argument) string {
	if n := name(a); cell(a.Mention) != n && a.Mention != "" {
		return cell(a.Mention) + " = " + n
	}
	return name(a)
}

func name(a schema.Argument) string { return cell(cmp.Or(a.NameJa, a.Name)) }

// cell is text on one line without tabs.
func cell(s string) string { return strings.Join(strings.Fields(s), " ") }
