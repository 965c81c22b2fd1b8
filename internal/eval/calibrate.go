package eval

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/entente-kg/entente/extract/rules"
)

// logit is the log odds of p, kept finite.
func logit(p float64) float64 {
	p = min(max(p, 0.001), 0.999)
	return math.Log(p / (1 - p))
}

// Fit is the curve that makes the judged statements most likely (logistic regression by Newton's method with a small
// ridge towards the identity, so that few statements move it little).
func Fit(judged []Judged) rules.Curve {
	c := rules.Curve{Slope: 1}
	const ridge = 0.5
	for range 50 {
		g0, g1 := -ridge*c.Intercept, -ridge*(c.Slope-1)
		h00, h01, h11 := ridge, 0.0, ridge
		for _, j := range judged {
			x, p := logit(j.Confidence), c.At(j.Confidence)
			e, w := -p, p*(1-p)
			if j.Right {
				e++
			}
			g0, g1 = g0+e, g1+e*x
			h00, h01, h11 = h00+w, h01+w*x, h11+w*x*x
		}
		det := h00*h11 - h01*h01
		if det == 0 {
			break
		}
		d0, d1 := (h11*g0-h01*g1)/det, (h00*g1-h01*g0)/det
		c.Intercept, c.Slope = c.Intercept+d0, c.Slope+d1
		if math.Abs(d0)+math.Abs(d1) < 1e-9 {
			break
		}
	}
	return c
}

// HeldOut gives every judged statement the confidence of a curve that was fitted without its document.
func HeldOut(judged []Judged) []Judged {
	curves := make(map[string]rules.Curve)
	out := slices.Clone(judged)
	for i, j := range judged {
		c, ok := curves[j.Document]
		if !ok {
			c = Fit(slices.DeleteFunc(slices.Clone(judged), func(o Judged) bool { return o.Document == j.Document }))
			curves[j.Document] = c
		}
		out[i].Confidence = c.At(j.Confidence)
	}
	return out
}

// Bin is a row of a reliability table: the statements whose confidence lies in [From, To).
type Bin struct {
	From, To   float64
	N, Right   int
	Confidence float64 // mean
}

// Reliability is the table in tenths, empty bins left out, with the expected calibration error: the mean distance between
// confidence and share of right ones, weighted by the number of statements.
func Reliability(judged []Judged) (bins []Bin, ece float64) {
	for k := range 10 {
		b := Bin{From: float64(k) / 10, To: float64(k+1) / 10}
		for _, j := range judged {
			if j.Confidence >= b.From && (j.Confidence < b.To || k == 9) {
				b.N++
				b.Confidence += j.Confidence
				if j.Right {
					b.Right++
				}
			}
		}
		if b.N > 0 {
			b.Confidence /= float64(b.N)
			bins = append(bins, b)
			ece += math.Abs(b.Confidence-float64(b.Right)/float64(b.N)) * float64(b.N) / float64(len(judged))
		}
	}
	return bins, ece
}

// WriteReliability prints a reliability table.
func WriteReliability(w io.Writer, title string, judged []Judged) {
	bins, ece := Reliability(judged)
	fmt.Fprintf(w, "%s: %d statements, expected calibration error %.3f\n", title, len(judged), ece)
	for _, b := range bins {
		fmt.Fprintf(w, "  %.1f–%.1f  n %4d  confidence %.3f  right %.3f\n", b.From, b.To, b.N, b.Confidence, float64(b.Right)/float64(b.N))
	}
}

// PrecisionAt is the share of right statements among those of at least this confidence, and how many they are.
func PrecisionAt(judged []Judged, least float64) (precision float64, n int) {
	right := 0
	for _, j := range judged {
		if j.Confidence >= least {
			n++
			if j.Right {
				right++
			}
		}
	}
	return float64(right) / float64(max(1, n)), n
}

// sortJudged puts judged statements in one order, so that sums do not depend on the order of reading.
func sortJudged(judged []Judged) {
	slices.SortStableFunc(judged, func(a, b Judged) int {
		return cmp.Or(cmp.Compare(a.Document, b.Document), cmp.Compare(a.Confidence, b.Confidence))
	})
}

// ReadSheet reads the verdicts of a sheet of statements that was drawn at random and judged by hand: tab-separated columns with
// a head line that names at least verdict, document and score; # begins a comment. Rows whose verdict is neither right nor
// wrong are left out. The confidence is what curve makes of the score today. An error names the line.
func ReadSheet(r io.Reader, curve rules.Curve) ([]Judged, error) {
	var (
		out  []Judged
		head map[string]int
	)
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		text := lines.Text()
		if text == "" || text[0] == '#' {
			continue
		}
		row := strings.Split(text, "\t")
		if head == nil {
			head = make(map[string]int)
			for i, name := range row {
				head[name] = i
			}
			for _, name := range []string{"verdict", "document", "score"} {
				if _, ok := head[name]; !ok {
					return nil, fmt.Errorf("line %d: no column %q, want verdict, document and score", n, name)
				}
			}
			continue
		}
		if len(row) < len(head) {
			return nil, fmt.Errorf("line %d: %d columns, want %d", n, len(row), len(head))
		}
		verdict := row[head["verdict"]]
		if verdict != "right" && verdict != "wrong" {
			continue
		}
		score, err := strconv.ParseFloat(row[head["score"]], 64)
		if err != nil {
			return nil, fmt.Errorf("line %d: score %q, want a number from 0 to 1", n, row[head["score"]])
		}
		out = append(out, Judged{Document: row[head["document"]], Confidence: curve.At(score), Right: verdict == "right"})
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	sortJudged(out)
	return out, nil
}

// Compose is the curve that does what first and then second do.
func Compose(first, second rules.Curve) rules.Curve {
	return rules.Curve{Intercept: second.Intercept + second.Slope*first.Intercept, Slope: second.Slope * first.Slope}
}
