// Package report writes a network as one HTML page that stands by itself: the picture, a timeline, who deals with whom, and
// every edge with the sentences that it rests on, to be filtered, read on a telephone, printed, and used by keyboard or
// screen reader, in Japanese and English. The page loads nothing. Texts of documents are data in it, never markup, and its
// content security policy runs no script but its own. Equal networks give equal bytes.
package report

import (
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"strings"

	"github.com/entente-kg/entente/internal/draw"
	"github.com/entente-kg/entente/internal/view"
	"github.com/entente-kg/entente/schema"
)

var (
	//go:embed page.html
	pageHTML string
	//go:embed page.css
	pageCSS string
	//go:embed page.js
	pageJS string
)

// Options say what the page shows. The zero value is usable.
type Options struct {
	// Title heads the page. Default: "Entente".
	Title string
	// Lang is the language the page opens in, "ja" or "en". Default: that of the reader's browser.
	Lang string
	// MostDrawn is the number of edges in the picture, the strongest; all others stand in the tables and the list.
	// Default: 150.
	MostDrawn int
}

// EnsureDefaults fills what is zero.
func (o *Options) EnsureDefaults() {
	if o.Title == "" {
		o.Title = "Entente"
	}
	if o.MostDrawn == 0 {
		o.MostDrawn = 150
	}
}

// Validate reports every fault of the options.
func (o *Options) Validate() error {
	var faults []error
	if o.Lang != "" && o.Lang != "ja" && o.Lang != "en" {
		faults = append(faults, fmt.Errorf("report: language %q: want ja or en", o.Lang))
	}
	if o.MostDrawn < 1 {
		faults = append(faults, fmt.Errorf("report: %d drawn edges: want at least 1", o.MostDrawn))
	}
	return errors.Join(faults...)
}

// Write writes the page. o is the vocabulary, nil for the embedded one. A network without edges makes a page that says so.
func Write(ctx context.Context, w io.Writer, o *schema.Ontology, n view.Network, opts Options) error {
	opts.EnsureDefaults()
	if err := opts.Validate(); err != nil {
		return err
	}
	if o == nil {
		o = schema.Relations()
	}
	shapes, box, err := picture(ctx, o, n, opts.MostDrawn)
	if err != nil {
		return err
	}
	d := collect(o, n)
	d.Lang = opts.Lang
	d.Drawn = min(opts.MostDrawn, len(n.Edges))
	// The encoder writes <, >, & and the line separators as escapes: nothing in it can end the script element.
	data, err := json.Marshal(d)
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	lang := opts.Lang
	if lang == "" {
		lang = "en"
	}
	policy := "default-src 'none'; script-src " + hash(pageJS) + "; style-src " + hash(pageCSS) + "; base-uri 'none'; form-action 'none'"
	page := strings.NewReplacer(
		"{{lang}}", lang,
		"{{policy}}", policy,
		"{{title}}", html.EscapeString(draw.Plain(opts.Title)),
		"{{css}}", pageCSS,
		"{{box}}", box,
		"{{shapes}}", shapes,
		"{{data}}", string(data),
		"{{js}}", pageJS,
	).Replace(pageHTML)
	_, err = io.WriteString(w, page)
	return err
}

// hash is a source expression that allows exactly this text.
func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// picture draws the strongest edges. Nodes are numbered as the entities of the whole network.
func picture(ctx context.Context, o *schema.Ontology, n view.Network, most int) (shapes, box string, err error) {
	shown := n.Strongest(most)
	p, err := draw.Lay(ctx, o, shown, draw.Options{Japanese: true, Bilingual: true})
	if errors.Is(err, draw.ErrEmpty) {
		return "", "0 0 100 20", nil
	}
	if err != nil {
		return "", "", err
	}
	at := make(map[string]int, len(n.Entities))
	for i, e := range n.Entities {
		at[e.ID] = i
	}
	for i := range p.Nodes {
		p.Nodes[i].Entity = at[shown.Entities[p.Nodes[i].Entity].ID]
	}
	var b bytes.Buffer
	if err := p.WriteShapes(&b); err != nil {
		return "", "", err
	}
	return b.String(), fmt.Sprintf("0 0 %d %d", p.Width, p.Height), nil
}
