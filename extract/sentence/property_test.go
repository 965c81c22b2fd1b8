package sentence

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/entente-kg/entente/schema"
)

// checkSpans holds what Split promises of every document: spans that rise without overlap, on rune boundaries, trimmed,
// with nothing but white space between them; quotations and dropped pieces inside, in order.
func checkSpans(t *testing.T, doc schema.Document) {
	t.Helper()
	sents := Split(doc)
	if again := Split(doc); !reflect.DeepEqual(sents, again) {
		t.Error("two runs differ")
	}
	for _, part := range []schema.Part{schema.PartTitle, schema.PartText} {
		text := doc.In(part)
		at := 0
		var joined strings.Builder
		for _, s := range sents {
			if s.Part != part {
				continue
			}
			if !s.Span.Valid(text) || s.Span.Empty() || s.Span.Start < at {
				t.Fatalf("%s: span %v behind %d in a text of %d bytes", part, s.Span, at, len(text))
			}
			gap := text[at:s.Span.Start]
			if strings.TrimFunc(gap, isSpace) != "" {
				t.Fatalf("%s: %q stands between sentences", part, gap)
			}
			if w := s.Span.In(text); strings.TrimFunc(w, isSpace) != w {
				t.Fatalf("sentence %q is not trimmed", w)
			}
			joined.WriteString(gap + s.Span.In(text))
			at = s.Span.End
			checkInside(t, text, s, s.Quotes)
			checkInside(t, text, s, s.Drop)
		}
		if strings.TrimFunc(text[at:], isSpace) != "" {
			t.Fatalf("%s: %q is in no sentence", part, text[at:])
		}
		if joined.String()+text[at:] != text {
			t.Fatalf("%s: spans and gaps do not join to the text", part)
		}
	}
	for i, s := range sents {
		if s.Index != i {
			t.Fatalf("sentence %d has index %d", i, s.Index)
		}
	}
}

func checkInside(t *testing.T, text string, s schema.Sentence, spans []schema.Span) {
	t.Helper()
	at := s.Span.Start
	for _, x := range spans {
		if !x.Valid(text) || x.Empty() || x.Start < at || x.End > s.Span.End {
			t.Fatalf("span %v does not lie in sentence %v behind %d", x, s.Span, at)
		}
		at = x.End
	}
}

func TestArticles(t *testing.T) {
	const name = "../../../shared/data/wikinews-ja.jsonl.gz"
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the articles are not here")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	r := bufio.NewScanner(z)
	r.Buffer(nil, 16<<20)
	n := 0
	for r.Scan() {
		var doc schema.Document
		if err := json.Unmarshal(r.Bytes(), &doc); err != nil {
			t.Fatal(err)
		}
		checkSpans(t, doc)
		n++
	}
	if err := r.Err(); err != nil {
		t.Fatal(err)
	}
	if n == 0 {
		t.Error("no articles")
	}
}

// TestExtremes: time has to stay linear in all of these; the test's own time limit is the check.
func TestExtremes(t *testing.T) {
	for name, unit := range map[string]string{
		"one sentence": "首相は会談し", "open brackets": "「（", "closing brackets": "」）", "brackets": "「（あ。）」", "stops": "。", "marks": "！？」",
		"emoji": "🇯🇵🤝", "half-width kana": "ﾄﾗﾝﾌﾟ", "Latin": "Trump met Xi. ", "lines": "・あ\n", "commas at line ends": "首相は、\n",
		"spaces": " 　\t", "full-width spaces": "首相が会談したという　", "digits": "1\n", "credit": "（AP）",
	} {
		t.Run(name, func(t *testing.T) {
			checkSpans(t, schema.Document{Text: strings.Repeat(unit, 100_000/len(unit)+1)})
			checkSpans(t, schema.Document{Title: strings.Repeat(unit, 3000), Text: "。"})
		})
	}
}

func FuzzSplit(f *testing.F) {
	raw, err := os.ReadFile(goldenFile)
	if err != nil {
		f.Fatal(err)
	}
	for _, block := range strings.Split(string(raw), "\n\n") {
		f.Add("", strings.ReplaceAll(block, "> ", ""))
	}
	f.Add("見出し　二つ目の見出し", "「「（。」\r\n\u2028ンー、15:30")
	f.Fuzz(func(t *testing.T, title, text string) {
		if !utf8.ValidString(title) || !utf8.ValidString(text) {
			t.Skip("documents are UTF-8")
		}
		checkSpans(t, schema.Document{Title: title, Text: text})
	})
}
