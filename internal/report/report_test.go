package report_test

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/memory"
	"github.com/entente-kg/entente/internal/report"
	"github.com/entente-kg/entente/internal/view"
	"github.com/entente-kg/entente/schema"
)

// says makes a document that states things.
func says(id, url, title string, statements ...schema.Statement) schema.Extraction {
	x := schema.Extraction{Source: schema.Source{ID: id, URL: url, Title: title, Outlet: "試験通信", Published: "2025-11-20"}}
	for i, s := range statements {
		s.Document, s.Sentence, s.Polarity, s.Confidence = id, i, schema.Affirmed, 0.9
		if s.Modality == "" {
			s.Modality = schema.Actual
		}
		x.Statements = append(x.Statements, s)
	}
	return x
}

func person(name, nameJa, country, words string) schema.Argument {
	return schema.Argument{ID: "official/" + name, Type: schema.Official, Name: name, NameJa: nameJa, Country: country, Mention: words}
}

func state(iso, nameJa string) schema.Argument {
	return schema.Argument{ID: "country/" + iso, Type: schema.Country, Name: iso, NameJa: nameJa, ISO3: iso, Mention: nameJa}
}

func on(day string) *schema.Time { return &schema.Time{Start: day, End: day, Granularity: schema.Day} }

func network(t *testing.T, docs ...schema.Extraction) view.Network {
	t.Helper()
	s := memory.New(nil)
	if _, err := s.Apply(t.Context(), graph.Change{Put: docs}); err != nil {
		t.Fatal(err)
	}
	return view.Of(nil, s.Graph(), view.Filter{})
}

// sample is three edges: two officials who met twice, a planned visit, a criticism.
func sample(t *testing.T) view.Network {
	kivi, ozols := person("Kivi", "キヴィ", "country/EST", "キヴィ外相"), person("Ozols", "オゾルス", "country/LVA", "オゾルス外相")
	meets := schema.Statement{Relation: "meets", Subject: kivi, Object: ozols, Time: on("2025-11-03"),
		Text: "キヴィ外相は3日、オゾルス外相と会談した。", Trigger: schema.Trigger{Text: "会談した"}}
	again := meets
	again.Time = on("2025-11-18")
	return network(t,
		says("d1", "https://example.org/1", "外相会談", meets,
			schema.Statement{Relation: "visits", Subject: ozols, Object: state("FIN", "フィンランド"), Modality: schema.Planned, Time: on("2025-11-09"), Text: "オゾルス外相は9日にフィンランドを訪れる。", Trigger: schema.Trigger{Text: "訪れる"}}),
		says("d2", "https://example.org/2", "再会談", again,
			schema.Statement{Relation: "criticizes", Subject: state("EST", "エストニア"), Object: state("FIN", "フィンランド"), Text: "エストニアはフィンランドを批判した。", Trigger: schema.Trigger{Text: "批判した"}}))
}

// hostile is a network whose texts try to be more than text.
func hostile(t *testing.T) view.Network {
	var docs []schema.Extraction
	for i, bad := range []string{
		`</script><script>window.hacked = 1</script>`, `"><img src=x onerror="window.hacked = 1">`, `' onclick='window.hacked = 1`,
		"<!--<script>", "\u2028window.hacked = 1//", "\u202Egnp.exe\u2066", `{{js}}{{data}}`, "\x00\x1b[31m", `</text></svg><svg onload="window.hacked = 1">`,
	} {
		a, b := person(bad+fmt.Sprint(i), bad, "", bad), person("B", "乙", "", "乙")
		s := schema.Statement{Relation: "meets", Subject: a, Object: b, Text: bad + "は乙と会談した。" + bad, Trigger: schema.Trigger{Text: bad}, Qualifiers: map[string]string{"topic": bad}}
		url := []string{"javascript:window.hacked=1", "data:text/html,<script>window.hacked=1</script>", "https://example.org/\" onmouseover=\"window.hacked=1",
			"//example.org", "https://user:password@example.org/", "JAVASCRIPT:window.hacked=1//https://", "\tjavascript:window.hacked=1", "vbscript:x", "https://example.org/</script><script>window.hacked=1</script>"}[i]
		docs = append(docs, says(fmt.Sprint("d", i), url, bad, s))
	}
	return network(t, docs...)
}

// large is a network of at least so many edges.
func large(t *testing.T, edges int) view.Network {
	relations := []string{"meets", "negotiates-with", "criticizes", "aids", "calls"}
	var docs []schema.Extraction
	for i := 0; i < edges; i += 5 {
		var list []schema.Statement
		for j := range 5 {
			a, b := (i*7+j)%400, (i*13+j*29+i/400)%399
			if b >= a {
				b++
			}
			who := func(n int) schema.Argument {
				return person(fmt.Sprint("Official ", n), fmt.Sprint("高官", n), fmt.Sprint("country/C", n%30), fmt.Sprint("高官", n))
			}
			list = append(list, schema.Statement{Relation: relations[(i/5+j)%5], Subject: who(a), Object: who(b),
				Modality: []schema.Modality{schema.Actual, schema.Actual, schema.Planned}[(i/5)%3],
				Time:     on(fmt.Sprintf("20%02d-%02d-%02d", 20+i%6, i%12+1, i%28+1)), Text: fmt.Sprintf("高官%dは高官%dと会談した。", a, b), Trigger: schema.Trigger{Text: "会談した"}})
		}
		docs = append(docs, says(fmt.Sprint("d", i), "", fmt.Sprint("記事", i), list...))
	}
	return network(t, docs...)
}

func write(t *testing.T, n view.Network, opts report.Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := report.Write(t.Context(), &b, nil, n, opts); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestTheSameNetworkGivesTheSamePage(t *testing.T) {
	if a, b := write(t, sample(t), report.Options{}), write(t, sample(t), report.Options{}); a != b {
		t.Error("two pages of one network differ")
	}
}

func TestThePageStandsByItself(t *testing.T) {
	page := write(t, sample(t), report.Options{Title: "外相の往来"})
	for _, bad := range []string{`src=`, `<link`, `@import`, `url(`, `fetch(`, `XMLHttpRequest`, `eval(`, `innerHTML`, `unsafe-inline`} {
		if strings.Contains(page, bad) {
			t.Errorf("the page holds %s", bad)
		}
	}
	for _, want := range []string{`default-src 'none'`, `script-src 'sha256-`, `<title>外相の往来</title>`, `lang="en"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not hold %s", want)
		}
	}
}

func TestHostileTextsStayData(t *testing.T) {
	page := write(t, hostile(t), report.Options{Title: `</title><script>window.hacked = 1</script>`})
	if n := len(regexp.MustCompile(`(?i)<script`).FindAllString(page, -1)); n != 2 {
		t.Errorf("%d script elements, want the data and the page's own", n)
	}
	for _, bad := range []string{"<img", "\u202E", "\u2066", "\u2028", "\x00", "\x1b", `:window.hacked`, `"u":"https://user`} {
		if strings.Contains(page, bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
}

func TestAPageOfNothing(t *testing.T) {
	if page := write(t, view.Network{}, report.Options{}); !strings.Contains(page, `"edges":[]`) {
		t.Error("no empty list of edges")
	}
}
