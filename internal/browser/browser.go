// Package browser is what Neo4j Browser takes from Entente: a guide for :play in English and Japanese, a style sheet for
// :style (GraSS), and the cookbook as favourites, a zip file of .cypher files to be dropped onto its window. Handler serves
// them to a Browser of this machine. Everything is made from embedded files and the ontology: no state, the same bytes
// every time, safe for concurrent use.
package browser

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"fmt"
	"html"
	"io"
	"net"
	"net/http"
	"regexp"
	"strings"

	"github.com/entente-kg/entente/graph/cookbook"
	"github.com/entente-kg/entente/schema"
)

var (
	//go:embed guide.en.html
	guideEn string
	//go:embed guide.ja.html
	guideJa string
)

// The paths that Handler serves.
const (
	GuidePath      = "/entente"
	GuideJaPath    = "/entente/ja"
	StylePath      = "/entente.grass"
	FavouritesPath = "/entente-favorites.zip"
	// FavouritesJaPath has them by their Japanese names.
	FavouritesJaPath = "/entente-favorites-ja.zip"
)

// Guide is the guide as HTML in the form of Browser's own: an article with slides. base is the address it is served at,
// without a path: http://localhost:7475.
func Guide(japanese bool, base string) string {
	text := guideEn
	if japanese {
		text = guideJa
	}
	return strings.ReplaceAll(text, "{{base}}", html.EscapeString(base))
}

var runnable = regexp.MustCompile(`(?s)<pre class="pre-scrollable code runnable">(.*?)</pre>`)

// Queries are the Cypher queries of a guide in order; Browser's own commands (:style …) are left out.
func Queries(guide string) []string {
	var out []string
	for _, m := range runnable.FindAllStringSubmatch(guide, -1) {
		if q := strings.TrimSpace(html.UnescapeString(m[1])); !strings.HasPrefix(q, ":") {
			out = append(out, q)
		}
	}
	return out
}

// quad classes by colour and width, as in the pictures of entente draw.
var quadStyles = [5]struct{ colour, width string }{
	{"#A5ABB6", "1px"}, {"#2b7bba", "2px"}, {"#0b4f8a", "3px"}, {"#c9640a", "2px"}, {"#a11212", "3px"},
}

var labelStyles = []struct {
	label              string
	fill, border, text string
	diameter, caption  string
}{
	{"Country", "#f6c350", "#8a6500", "#111111", "66px", "{nameJa}"},
	{"Official", "#8fc0ea", "#2b5c8a", "#111111", "84px", "{nameJa}"},
	{"Organization", "#a9d18e", "#3f6b2a", "#111111", "70px", "{nameJa}"},
	{"Agreement", "#d9a9e0", "#7a3b84", "#111111", "56px", "{nameJa}"},
	{"Event", "#f2a093", "#9a3a2a", "#111111", "56px", "{nameJa}"},
	{"Place", "#cccccc", "#555555", "#111111", "56px", "{nameJa}"},
	{"Statement", "#fff3d6", "#c9a64a", "#111111", "40px", "{trigger}"},
	{"Document", "#e8e8f5", "#6a6aa5", "#111111", "40px", "{outlet}"},
}

// Style is the style sheet: colours by label, captions by Japanese name, relationships coloured by quad class and captioned
// with type and status, so that what is planned or denied is told from what is so. GraSS knows no widths or dashes by a
// property: entente draw and entente report have those. o is the vocabulary, nil for the embedded one.
func Style(o *schema.Ontology) string {
	if o == nil {
		o = schema.Relations()
	}
	var b strings.Builder
	b.WriteString("node {\n  diameter: 50px;\n  color: #A5ABB6;\n  border-color: #9AA1AC;\n  border-width: 2px;\n  text-color-internal: #111111;\n  font-size: 10px;\n}\n")
	b.WriteString("relationship {\n  color: #A5ABB6;\n  shaft-width: 1px;\n  font-size: 8px;\n  padding: 3px;\n  text-color-external: #000000;\n  text-color-internal: #FFFFFF;\n  caption: \"<type>\";\n}\n")
	for _, s := range labelStyles {
		fmt.Fprintf(&b, "node.%s {\n  diameter: %s;\n  color: %s;\n  border-color: %s;\n  text-color-internal: %s;\n  defaultCaption: \"<id>\";\n  caption: \"%s\";\n}\n",
			s.label, s.diameter, s.fill, s.border, s.text, s.caption)
	}
	for _, r := range o.All {
		q := quadStyles[schema.PloverEvents[r.Plover.Event]]
		fmt.Fprintf(&b, "relationship.%s {\n  color: %s;\n  shaft-width: %s;\n  caption: \"{status} · %s\";\n}\n", r.Type(), q.colour, q.width, r.Type())
	}
	return b.String()
}

// Favourites writes the cookbook as a zip file with one .cypher file a question, in one folder, under its Japanese or
// English name.
func Favourites(w io.Writer, japanese bool) error {
	z := zip.NewWriter(w)
	for _, q := range cookbook.Questions() {
		f, err := z.CreateHeader(&zip.FileHeader{Name: "Entente/" + q.Name + ".cypher", Method: zip.Deflate}) // no time: the same bytes
		if err != nil {
			return err
		}
		text, err := Favourite(q, japanese)
		if err != nil {
			return err
		}
		if _, err := io.WriteString(f, text); err != nil {
			return err
		}
	}
	return z.Close()
}

// Favourite is a question as Browser keeps it: its name in the first comment, then one statement with the defaults of its
// parameters in it.
func Favourite(q cookbook.Question, japanese bool) (string, error) {
	title := q.Title
	if japanese {
		title = q.TitleJa
	}
	params, err := q.Bind(nil)
	if err != nil {
		return "", err
	}
	return "// " + title + "\n" + q.Alone(params) + "\n", nil
}

// Handler serves the guide, the style sheet and the favourites to a Browser, which fetches them from another origin. It
// answers only to names of this machine, so that no foreign name can be pointed at it.
func Handler() http.Handler {
	mux := http.NewServeMux()
	text := func(path, kind string, make func(base string) (string, error)) {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) {
			body, err := make("http://" + r.Host)
			if err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
				return
			}
			w.Header().Set("Content-Type", kind)
			_, _ = io.WriteString(w, body) // a client that went away
		})
	}
	text(GuidePath, "text/html; charset=utf-8", func(base string) (string, error) { return Guide(false, base), nil })
	text(GuideJaPath, "text/html; charset=utf-8", func(base string) (string, error) { return Guide(true, base), nil })
	text(StylePath, "text/plain; charset=utf-8", func(string) (string, error) { return Style(nil), nil })
	favourites := func(japanese bool) func(string) (string, error) {
		return func(string) (string, error) {
			var b bytes.Buffer
			err := Favourites(&b, japanese)
			return b.String(), err
		}
	}
	text(FavouritesPath, "application/zip", favourites(false))
	text(FavouritesJaPath, "application/zip", favourites(true))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := r.Host
		if h, _, err := net.SplitHostPort(host); err == nil {
			host = h
		}
		if host != "localhost" && host != "127.0.0.1" && host != "[::1]" && host != "::1" {
			http.Error(w, "this server answers to localhost only", http.StatusForbidden)
			return
		}
		w.Header().Set("Access-Control-Allow-Origin", "*") // nothing here is secret
		w.Header().Set("Cache-Control", "no-cache")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		if r.Method == http.MethodOptions {
			w.Header().Set("Access-Control-Allow-Methods", "GET")
			w.Header().Set("Access-Control-Allow-Headers", "*")
			w.WriteHeader(http.StatusNoContent)
			return
		}
		mux.ServeHTTP(w, r)
	})
}
