package browser_test

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/entente-kg/entente/graph/cookbook"
	"github.com/entente-kg/entente/internal/browser"
	"github.com/entente-kg/entente/schema"
)

func TestHandler(t *testing.T) {
	for _, c := range []struct {
		name, method, url string
		status            int
		holds             string
	}{
		{"the guide", "GET", "http://localhost:7475/entente", 200, ":style http://localhost:7475/entente.grass"},
		{"the guide in Japanese", "GET", "http://127.0.0.1:7475/entente/ja", 200, "五分で分かる"},
		{"the style sheet", "GET", "http://localhost/entente.grass", 200, "relationship.MEETS"},
		{"the favourites", "GET", "http://localhost/entente-favorites.zip", 200, "PK"},
		{"the favourites in Japanese", "GET", "http://localhost/entente-favorites-ja.zip", 200, "PK"},
		{"a preflight", "OPTIONS", "http://localhost/entente", 204, ""},
		{"something else", "GET", "http://localhost/etc/passwd", 404, ""},
		{"a foreign name for this machine", "GET", "http://attacker.example/entente", 403, ""},
		{"a foreign name with markup", "GET", "http://localhost.example/entente", 403, ""},
		{"writing", "POST", "http://localhost/entente", 405, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := httptest.NewRecorder()
			browser.Handler().ServeHTTP(w, httptest.NewRequest(c.method, c.url, nil))
			if w.Code != c.status || !strings.Contains(w.Body.String(), c.holds) {
				t.Errorf("status %d, want %d; body %.200q", w.Code, c.status, w.Body.String())
			}
			if w.Code < 300 && w.Header().Get("Access-Control-Allow-Origin") != "*" {
				t.Error("no header that lets Browser read it")
			}
		})
	}
}

func TestTheGuidesAskTheSame(t *testing.T) {
	en, ja := browser.Queries(browser.Guide(false, "")), browser.Queries(browser.Guide(true, ""))
	if len(en) < 5 || len(en) != len(ja) {
		t.Fatalf("%d queries in English, %d in Japanese", len(en), len(ja))
	}
	for i := range en {
		if a, b := strings.Split(en[i], "RETURN")[0], strings.Split(ja[i], "RETURN")[0]; a != b {
			t.Errorf("the %d. query differs:\n%s\n%s", i+1, a, b)
		}
	}
}

func TestTheStyleKnowsEverything(t *testing.T) {
	style := browser.Style(nil)
	for _, e := range schema.EntityTypes() {
		if !strings.Contains(style, "node."+string(e)+" {") {
			t.Errorf("no style for %s", e)
		}
	}
	for _, r := range schema.Relations().All {
		if !strings.Contains(style, "relationship."+r.Type()+" {") {
			t.Errorf("no style for %s", r.Type())
		}
	}
	if strings.Count(style, "{") != strings.Count(style, "}") {
		t.Error("braces are not in pairs")
	}
}

func TestFavourites(t *testing.T) {
	var a, b bytes.Buffer
	if err := browser.Favourites(&a, false); err != nil {
		t.Fatal(err)
	}
	if err := browser.Favourites(&b, false); err != nil || !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Errorf("two archives differ (%v)", err)
	}
	z, err := zip.NewReader(bytes.NewReader(a.Bytes()), int64(a.Len()))
	if err != nil {
		t.Fatal(err)
	}
	if len(z.File) != len(cookbook.Questions()) {
		t.Errorf("%d files for %d questions", len(z.File), len(cookbook.Questions()))
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil || !bytes.HasPrefix(text, []byte("// ")) {
			t.Errorf("%s begins with no comment, which would be its name in Browser: %.60q", f.Name, text)
		}
		_ = r.Close()
	}
}
