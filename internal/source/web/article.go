package web

import (
	"bytes"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
)

// Article is what a page is about, without its navigation, advertisements and comments.
type Article struct {
	// URL is the canonical address that the page gives for itself, on the same host; else where it was found.
	URL string
	// Title, Outlet and Published (RFC 3339 in Japan's time) come from the page's metadata; each may be empty.
	Title, Outlet, Published string
	// Day is the day of publication as it seems from the address, the text and other marks of the page: what a feed says of the
	// article is surer. It may be empty.
	Day string
	// Text is the main text, a paragraph a line.
	Text string
}

// ErrNoText says that a page has no main text: an index, a video, a page for subscribers.
var ErrNoText = errors.New("no main text found in the page")

// ReadArticle finds the main text and metadata of an HTML page, in whatever encoding Japanese pages come.
func ReadArticle(p Page) (Article, error) {
	if err := checkMedia(p); err != nil {
		return Article{}, err
	}
	text, err := Decode(p.Body, p.Media)
	if err != nil {
		return Article{}, &Error{Kind: BadEncoding, URL: p.URL, Err: err}
	}
	doc, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return Article{}, fmt.Errorf("%s: %w", p.URL, err)
	}
	address, err := url.Parse(p.URL)
	if err != nil {
		return Article{}, &Error{Kind: BadURL, URL: clip(p.URL), Err: err}
	}
	a := Article{URL: canonical(doc, address), Published: published(doc)}
	found, err := trafilatura.ExtractDocument(doc, trafilatura.Options{
		OriginalURL: address, EnableFallback: true, ExcludeComments: true, ExcludeTables: true, Config: sizes(),
	})
	if err != nil || found == nil {
		return a, fmt.Errorf("%s: %w", p.URL, ErrNoText)
	}
	a.Title = strings.TrimSpace(found.Metadata.Title)
	a.Outlet = strings.TrimSpace(found.Metadata.Sitename)
	if !found.Metadata.Date.IsZero() {
		a.Day = found.Metadata.Date.Format(time.DateOnly)
	}
	lines := paragraphs(found.ContentNode, a.Title)
	if len(lines) == 0 {
		return a, fmt.Errorf("%s: %w", p.URL, ErrNoText)
	}
	a.Text = strings.Join(lines, "\n") + "\n"
	return a, nil
}

// checkMedia refuses what says that it is no page. Servers that say nothing, or nothing sensible, are believed by the bytes.
func checkMedia(p Page) error {
	media, _, err := mime.ParseMediaType(p.Media)
	switch {
	case err != nil, media == "application/octet-stream", !strings.Contains(media, "/"):
		media, _, _ = mime.ParseMediaType(http.DetectContentType(p.Body))
	}
	switch media {
	case "text/html", "application/xhtml+xml", "text/plain", "text/xml", "application/xml", "application/octet-stream":
		return nil // ISO-2022-JP and EUC-JP look like octets
	}
	return &Error{Kind: BadMedia, URL: p.URL, Err: fmt.Errorf("%s is no page to read", media)}
}

// sizes are the library's limits with the one for a whole text lowered: a Japanese news flash has a hundred characters
// where an English one has three hundred, and below the limit the library runs all paragraphs into one.
func sizes() *trafilatura.Config {
	c := trafilatura.DefaultConfig()
	c.MinExtractedSize = 80
	return c
}

// paragraphs are the lines of text of a tree: block elements and line breaks end a line. A line that repeats the title is
// left out.
func paragraphs(root *html.Node, title string) []string {
	var lines []string
	var line strings.Builder
	end := func() {
		if s := strings.Join(strings.Fields(line.String()), " "); s != "" && s != title {
			lines = append(lines, s)
		}
		line.Reset()
	}
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch n.Type {
		case html.TextNode:
			line.WriteString(n.Data)
			return
		case html.ElementNode:
			switch n.Data {
			case "p", "div", "section", "article", "br", "li", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "figure", "figcaption", "table", "tr", "pre", "body":
				end()
				defer end()
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	if root != nil {
		walk(root)
	}
	end()
	return lines
}

// Decode turns bytes into UTF-8: by the byte order mark, the media type's charset, or what the document itself declares,
// else by what they look like among UTF-8 and the three Japanese encodings.
func Decode(b []byte, media string) (string, error) {
	enc, name, certain := charset.DetermineEncoding(b, media)
	if !certain {
		switch {
		case bytes.Contains(b, []byte("\x1b$")):
			enc, name = charset.Lookup("iso-2022-jp") // seven bits only: it would pass for UTF-8
		case utf8.Valid(b):
			return strings.TrimPrefix(string(b), "\ufeff"), nil
		case name == "windows-1252":
			if guess := guessJapanese(b); guess != "" {
				enc, _ = charset.Lookup(guess)
			}
		}
	}
	if name == "utf-8" && certain && !utf8.Valid(b) {
		// Declared as UTF-8 and not true to it: believe the bytes.
		if guess := guessJapanese(b); guess != "" {
			enc, _ = charset.Lookup(guess)
		}
	}
	out, err := enc.NewDecoder().Bytes(b)
	if err != nil {
		return "", err
	}
	if bad := bytes.Count(out, []byte("\ufffd")); bad > 0 && bad*50 > utf8.RuneCount(out) {
		return "", fmt.Errorf("%d of %d characters are not of the encoding %s", bad, utf8.RuneCount(out), name)
	}
	return strings.TrimPrefix(string(out), "\ufeff"), nil
}

func guessJapanese(b []byte) string {
	results, err := chardet.NewHtmlDetector().DetectAll(b)
	if err != nil {
		return ""
	}
	results = slices.DeleteFunc(results, func(r chardet.Result) bool {
		return r.Charset != "Shift_JIS" && r.Charset != "EUC-JP" && r.Charset != "ISO-2022-JP"
	})
	if len(results) == 0 {
		return ""
	}
	best := slices.MaxFunc(results, func(a, b chardet.Result) int {
		if a.Confidence != b.Confidence {
			return a.Confidence - b.Confidence
		}
		return strings.Compare(b.Charset, a.Charset)
	})
	return best.Charset
}

// canonical is the page's <link rel=canonical>, when it points to the same host.
func canonical(doc *html.Node, at *url.URL) string {
	plain := *at
	plain.Fragment = ""
	found := plain.String()
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && n.Data == "link" && strings.EqualFold(attr(n, "rel"), "canonical") {
			// A page that says it is the front page is mistaken: all articles would be one.
			u, err := at.Parse(strings.TrimSpace(attr(n, "href")))
			if err == nil && u.Host == at.Host && checkURL(u) == nil && (!IsFront(u) || IsFront(at)) {
				u.Fragment = ""
				found = u.String()
			}
			break
		}
	}
	return found
}

// IsFront reports whether an address is a site's front page.
func IsFront(u *url.URL) bool { return strings.Trim(u.Path, "/") == "" && u.RawQuery == "" }

// published is the publication time that the page's metadata give with a time zone.
func published(doc *html.Node) string {
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode || n.Data != "meta" {
			continue
		}
		switch strings.ToLower(attr(n, "property") + attr(n, "name") + attr(n, "itemprop")) {
		case "article:published_time", "datepublished", "pubdate", "og:published_time":
			content := strings.TrimSpace(attr(n, "content"))
			for _, layout := range []string{time.RFC3339, "2006-01-02T15:04-07:00", "2006-01-02T15:04:05-0700"} {
				if t, err := time.Parse(layout, content); err == nil {
					return inJapan(t)
				}
			}
		}
	}
	return ""
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
