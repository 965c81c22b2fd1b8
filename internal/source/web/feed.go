package web

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html/charset"
)

// Item is an entry of a feed or a news sitemap.
type Item struct {
	// URL is the article's address, absolute.
	URL string
	// Title and Published (RFC 3339 in Japan's time, or a day) as the feed gives them; each may be empty.
	Title, Published string
}

// Feed is a list of articles.
type Feed struct {
	// Title names the outlet.
	Title string
	// Items are in the feed's order, each address once.
	Items []Item
	// Skipped counts entries without a usable address.
	Skipped int
}

// ErrNoFeed says that an answer is no feed or sitemap.
var ErrNoFeed = errors.New("neither RSS, Atom, JSON Feed nor a sitemap")

// ReadFeed reads RSS, Atom or JSON Feed.
func ReadFeed(p Page) (Feed, error) {
	parsed, err := gofeed.NewParser().Parse(bytes.NewReader(p.Body))
	if err != nil {
		return Feed{}, fmt.Errorf("%s: %w (%v)", p.URL, ErrNoFeed, err)
	}
	base, err := url.Parse(p.URL)
	if err != nil {
		return Feed{}, &Error{Kind: BadURL, URL: clip(p.URL), Err: err}
	}
	f := Feed{Title: strings.TrimSpace(parsed.Title)}
	seen := map[string]bool{}
	for _, it := range parsed.Items {
		address := it.Link
		if address == "" && strings.HasPrefix(it.GUID, "http") {
			address = it.GUID
		}
		u, err := base.Parse(strings.TrimSpace(address))
		if address == "" || err != nil || checkURL(u) != nil {
			f.Skipped++
			continue
		}
		u.Fragment = ""
		if seen[u.String()] {
			continue
		}
		seen[u.String()] = true
		item := Item{URL: u.String(), Title: strings.TrimSpace(it.Title)}
		if t := it.PublishedParsed; t != nil {
			item.Published = inJapan(*t)
		}
		f.Items = append(f.Items, item)
	}
	return f, nil
}

// japan has had no summer time since 1951.
var japan = time.FixedZone("JST", 9*60*60)

// inJapan writes a time as it was in Japan: feeds often give UTC, and an article's 「1日」 is the day that it was there.
func inJapan(t time.Time) string { return t.In(japan).Format(time.RFC3339) }

// sitemap is a sitemap or an index of them (sitemaps.org), with the news extension.
type sitemap struct {
	XMLName  xml.Name
	Sitemaps []struct {
		Loc string `xml:"loc"`
	} `xml:"sitemap"`
	URLs []struct {
		Loc  string `xml:"loc"`
		News struct {
			Publication struct {
				Name string `xml:"name"`
			} `xml:"publication"`
			Date  string `xml:"publication_date"`
			Title string `xml:"title"`
		} `xml:"news"`
	} `xml:"url"`
}

// ReadSitemap reads a sitemap: articles, and the addresses of further sitemaps. Only addresses on the sitemap's own host
// are taken, as the protocol demands.
func ReadSitemap(p Page) (Feed, []string, error) {
	base, err := url.Parse(p.URL)
	if err != nil {
		return Feed{}, nil, &Error{Kind: BadURL, URL: clip(p.URL), Err: err}
	}
	var s sitemap
	d := xml.NewDecoder(bytes.NewReader(p.Body))
	d.CharsetReader = func(label string, r io.Reader) (io.Reader, error) { return charset.NewReaderLabel(label, r) }
	if err := d.Decode(&s); err != nil || s.XMLName.Local != "urlset" && s.XMLName.Local != "sitemapindex" {
		return Feed{}, nil, fmt.Errorf("%s: %w", p.URL, ErrNoFeed)
	}
	own := func(loc string) (string, bool) {
		u, err := base.Parse(strings.TrimSpace(loc))
		if err != nil || checkURL(u) != nil || u.Host != base.Host {
			return "", false
		}
		return u.String(), true
	}
	var f Feed
	seen := map[string]bool{}
	for _, u := range s.URLs {
		at, ok := own(u.Loc)
		if !ok {
			f.Skipped++
			continue
		}
		if seen[at] {
			continue
		}
		seen[at] = true
		if f.Title == "" {
			f.Title = strings.TrimSpace(u.News.Publication.Name)
		}
		item := Item{URL: at, Title: strings.TrimSpace(u.News.Title)}
		if t, err := time.Parse(time.RFC3339, u.News.Date); err == nil {
			item.Published = inJapan(t)
		} else if t, err := time.Parse(time.DateOnly, u.News.Date); err == nil {
			item.Published = t.Format(time.DateOnly)
		}
		f.Items = append(f.Items, item)
	}
	var more []string
	for _, m := range s.Sitemaps {
		if at, ok := own(m.Loc); ok {
			more = append(more, at)
		}
	}
	return f, more, nil
}
