package draw_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"strings"
	"testing"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/memory"
	"github.com/entente-kg/entente/internal/draw"
	"github.com/entente-kg/entente/internal/view"
	"github.com/entente-kg/entente/schema"
)

// network states that each pair of officials met.
func network(t *testing.T, pairs ...[2]string) view.Network {
	t.Helper()
	x := schema.Extraction{Source: schema.Source{ID: "d1", Published: "2025-11-04"}}
	person := func(name string) schema.Argument {
		return schema.Argument{ID: "official/" + name, Type: schema.Official, Name: name, NameJa: name, Mention: name}
	}
	for i, p := range pairs {
		x.Statements = append(x.Statements, schema.Statement{
			Document: "d1", Sentence: i, Relation: "meets", Subject: person(p[0]), Object: person(p[1]),
			Polarity: schema.Affirmed, Modality: schema.Actual, Status: schema.StatusActual, Confidence: 0.9,
		})
	}
	s := memory.New(nil)
	if _, err := s.Apply(t.Context(), graph.Change{Put: []schema.Extraction{x}}); err != nil {
		t.Fatal(err)
	}
	return view.Of(nil, s.Graph(), view.Filter{})
}

func render(t *testing.T, n view.Network, f draw.Format, o draw.Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := draw.Render(t.Context(), &b, nil, n, f, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestTheSameNetworkGivesTheSameBytes(t *testing.T) {
	n := network(t, [2]string{"甲", "乙"}, [2]string{"乙", "丙"}, [2]string{"甲", "丁"}, [2]string{"戊", "己"})
	for _, f := range []draw.Format{draw.SVG, draw.PNG, draw.DOT} {
		if a, b := render(t, n, f, draw.Options{}), render(t, n, f, draw.Options{}); a != b || a == "" {
			t.Errorf("%s: two drawings of %d and %d bytes differ", f, len(a), len(b))
		}
	}
}

func TestNodesDoNotOverlap(t *testing.T) {
	var pairs [][2]string
	for i := range 40 {
		pairs = append(pairs, [2]string{"とても長い名前の大臣" + string(rune('甲'+i)), "議長" + string(rune('甲'+i*7%40))})
	}
	for _, layout := range draw.Layouts {
		p, err := draw.Lay(t.Context(), nil, network(t, pairs...), draw.Options{Layout: layout})
		if err != nil {
			t.Errorf("%s: %v", layout, err)
			continue
		}
		for i, a := range p.Nodes {
			if a.X-a.W/2 < 0 || a.Y-a.H/2 < 0 || a.X+a.W/2 > p.Width || a.Y+a.H/2 > p.Height {
				t.Errorf("%s: %s lies outside the picture", layout, a.Label)
			}
			for _, b := range p.Nodes[i+1:] {
				if max(a.X-b.X, b.X-a.X) < (a.W+b.W)/2 && max(a.Y-b.Y, b.Y-a.Y) < (a.H+b.H)/2 {
					t.Errorf("%s: %s lies on %s", layout, a.Label, b.Label)
				}
			}
		}
	}
}

func TestNamesStayText(t *testing.T) {
	hostile := []string{
		`</text></svg><script>alert(1)</script>`, `" onload="alert(1)`, `\" ] evil [label="`, `\N\G\n`, `&lt;b&gt;`, "改\n行\x00\x1b[31m", "\u202Eelpoep", `<b>太字</b>`, `]]>`, "\xff\xfe",
	}
	for _, name := range hostile {
		n := network(t, [2]string{name, "相手"})
		svg := render(t, n, draw.SVG, draw.Options{})
		var texts []string
		in := xml.NewDecoder(strings.NewReader(svg))
		for {
			token, err := in.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%q: %v in\n%s", name, err, svg)
			}
			switch token := token.(type) {
			case xml.StartElement:
				switch token.Name.Local {
				case "svg", "g", "rect", "path", "ellipse", "polygon", "text":
				default:
					t.Errorf("%q made an element %s", name, token.Name.Local)
				}
				for _, a := range token.Attr {
					if strings.HasPrefix(a.Name.Local, "on") || a.Name.Local == "href" {
						t.Errorf("%q made an attribute %s", name, a.Name.Local)
					}
				}
			case xml.CharData:
				texts = append(texts, string(token))
			}
		}
		if got, want := strings.Join(texts, "|"), draw.Label(name); !strings.Contains(got, want) {
			t.Errorf("%q is drawn as %q, want %q", name, got, want)
		}
	}
}

func TestPNGIsAPicture(t *testing.T) {
	picture, err := png.Decode(strings.NewReader(render(t, network(t, [2]string{"A", "B"}), draw.PNG, draw.Options{Labels: true})))
	if err != nil {
		t.Fatal(err)
	}
	if b := picture.Bounds(); b.Dx() < 50 || b.Dy() < 40 {
		t.Errorf("the picture has %d × %d pixels", b.Dx(), b.Dy())
	}
	if err := draw.Render(t.Context(), io.Discard, nil, network(t, [2]string{"A", "B"}), draw.PNG, draw.Options{Font: []byte("no font")}); err == nil {
		t.Error("a broken font file is taken")
	}
}

func TestNothingToDraw(t *testing.T) {
	for _, f := range []draw.Format{draw.SVG, draw.PNG, draw.DOT} {
		if err := draw.Render(t.Context(), io.Discard, nil, view.Network{}, f, draw.Options{}); !errors.Is(err, draw.ErrEmpty) {
			t.Errorf("%s: error %v, want ErrEmpty", f, err)
		}
	}
}

// TestPartsLieBesideOneAnother: what does not hang together takes rooms of its own, the largest on top.
func TestPartsLieBesideOneAnother(t *testing.T) {
	n := network(t, [2]string{"甲", "乙"}, [2]string{"乙", "丙"}, [2]string{"丙", "丁"}, [2]string{"丁", "甲"}, [2]string{"戊", "己"}, [2]string{"庚", "辛"}, [2]string{"壬", "癸"})
	p, err := draw.Lay(t.Context(), nil, n, draw.Options{})
	if err != nil {
		t.Fatal(err)
	}
	part := map[string]int{"甲": 0, "乙": 0, "丙": 0, "丁": 0, "戊": 1, "己": 1, "庚": 2, "辛": 2, "壬": 3, "癸": 3}
	type room struct{ left, top, right, bottom int }
	rooms := [4]room{}
	for i := range rooms {
		rooms[i] = room{1 << 30, 1 << 30, -1, -1}
	}
	for _, n := range p.Nodes {
		r := &rooms[part[n.Label]]
		*r = room{min(r.left, n.X-n.W/2), min(r.top, n.Y-n.H/2), max(r.right, n.X+n.W/2), max(r.bottom, n.Y+n.H/2)}
	}
	for i, a := range rooms {
		if a.top < rooms[0].top {
			t.Errorf("part %d lies above the largest", i)
		}
		for j, b := range rooms[i+1:] {
			if a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom {
				t.Errorf("parts %d and %d share room: %v, %v", i, i+1+j, a, b)
			}
		}
	}
}

// TestWhoDealsWithManyIsWrittenLarger compares a node with ten neighbours with one of them.
func TestWhoDealsWithManyIsWrittenLarger(t *testing.T) {
	var pairs [][2]string
	for i := range 10 {
		pairs = append(pairs, [2]string{"中心", "周" + string(rune('甲'+i))})
	}
	p, err := draw.Lay(t.Context(), nil, network(t, pairs...), draw.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range p.Nodes {
		if want := map[bool]int{true: 18, false: 11}[n.Label == "中心"]; n.Font != want {
			t.Errorf("%s is written in %d points, want %d", n.Label, n.Font, want)
		}
	}
}

func TestLabelsSpeakTheLanguageOfTheNames(t *testing.T) {
	n := network(t, [2]string{"甲", "乙"})
	for want, o := range map[string]draw.Options{">会談<": {Labels: true, Japanese: true}, ">meets<": {Labels: true}} {
		if svg := render(t, n, draw.SVG, o); !strings.Contains(svg, want) {
			t.Errorf("no %s in %.2000s", want, svg)
		}
	}
}
