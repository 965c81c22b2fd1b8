package web

import (
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
)

const page = `<!DOCTYPE html><html lang="ja"><head>%META%<title>日ケニア外相が会談 - 試験新聞</title>
<meta property="og:title" content="日ケニア外相が会談"><meta property="og:site_name" content="試験新聞">
<meta property="article:published_time" content="2025-03-01T09:30:00+09:00">
<link rel="canonical" href="/news/1"></head><body>
<nav><ul><li><a href="/">トップ</a></li><li><a href="/s">スポーツ</a></li><li><a href="/w">天気予報</a></li></ul></nav>
<main><article><h1>日ケニア外相が会談</h1>
<p>桐島外相は1日、東京都内でケニアのニヨンガ外相と会談し、港湾の整備と干ばつ対策について意見を交わした。会談は約1時間に及び、両外相は経済連携の強化で一致した。</p>
<p>ニヨンガ外相は会談後、記者団に対し「日本の長年の支援に感謝する」と述べた。同外相は3日まで日本に滞在し、首相を表敬訪問する予定だ。</p>
</article></main>
<aside><p>広告　格安航空券はこちら</p></aside><footer>著作権は試験新聞に帰属します</footer></body></html>`

func TestReadArticleInEveryJapaneseEncoding(t *testing.T) {
	for name, c := range map[string]struct {
		enc   encoding.Encoding
		meta  string
		media string
	}{
		"UTF-8, header":          {unicode.UTF8, "", "text/html; charset=utf-8"},
		"UTF-8, nothing":         {unicode.UTF8, "", "text/html"},
		"UTF-8, byte order mark": {unicode.UTF8BOM, "", "text/html"},
		"Shift_JIS, header":      {japanese.ShiftJIS, "", "text/html; charset=Shift_JIS"},
		"Shift_JIS, meta":        {japanese.ShiftJIS, `<meta charset="Shift_JIS">`, "text/html"},
		"Shift_JIS, nothing":     {japanese.ShiftJIS, "", "text/html"},
		"Shift_JIS, said UTF-8":  {japanese.ShiftJIS, "", "text/html; charset=utf-8"},
		"EUC-JP, meta":           {japanese.EUCJP, `<meta http-equiv="Content-Type" content="text/html; charset=EUC-JP">`, ""},
		"EUC-JP, nothing":        {japanese.EUCJP, "", ""},
		"ISO-2022-JP, header":    {japanese.ISO2022JP, "", "text/html; charset=ISO-2022-JP"},
		"ISO-2022-JP, meta":      {japanese.ISO2022JP, `<meta charset="iso-2022-jp">`, "text/html"},
	} {
		b, err := c.enc.NewEncoder().String(strings.Replace(page, "%META%", c.meta, 1))
		if err != nil {
			t.Fatal(err)
		}
		a, err := ReadArticle(Page{URL: "https://news.example/news/1?utm=x#top", Media: c.media, Body: []byte(b)})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if a.Title != "日ケニア外相が会談" || a.Outlet != "試験新聞" || a.Published != "2025-03-01T09:30:00+09:00" || a.URL != "https://news.example/news/1" {
			t.Errorf("%s: %+v", name, a)
		}
		if !strings.HasPrefix(a.Text, "桐島外相は1日") || !strings.Contains(a.Text, "表敬訪問する予定だ。\n") ||
			strings.Contains(a.Text, "広告") || strings.Contains(a.Text, "スポーツ") {
			t.Errorf("%s: text %q", name, a.Text)
		}
	}
}

func TestReadArticleRefuses(t *testing.T) {
	if _, err := ReadArticle(Page{URL: "https://news.example/", Body: []byte("<html><body></body></html>")}); !errors.Is(err, ErrNoText) {
		t.Errorf("an empty page: %v", err)
	}
	if _, err := ReadArticle(Page{URL: "https://news.example/", Media: "text/html; charset=euc-jp", Body: []byte(strings.Repeat("\xff\xfe\xfd", 400))}); KindOf(err) != BadEncoding {
		t.Errorf("no encoding: %v", err)
	}
}

func TestCanonicalStaysOnItsHost(t *testing.T) {
	body := strings.NewReplacer("%META%", "", `href="/news/1"`, `href="https://other.example/x"`).Replace(page)
	a, err := ReadArticle(Page{URL: "https://news.example/a", Media: "text/html; charset=utf-8", Body: []byte(body)})
	if err != nil || a.URL != "https://news.example/a" {
		t.Errorf("%q, %v", a.URL, err)
	}
}

func TestReadFeed(t *testing.T) {
	for name, body := range map[string]string{
		"RSS": `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>試験新聞</title>
<item><title>一</title><link>/news/1#top</link><pubDate>Sat, 01 Mar 2025 09:30:00 +0900</pubDate></item>
<item><title>一、再び</title><link>https://news.example/news/1</link></item>
<item><title>二</title><link>https://news.example/news/2</link></item>
<item><title>住所なし</title></item><item><title>危険</title><link>javascript:alert(1)</link></item></channel></rss>`,
		"Atom": `<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>試験新聞</title>
<entry><title>一</title><link href="/news/1"/><published>2025-03-01T09:30:00+09:00</published></entry>
<entry><title>二</title><link href="https://news.example/news/2"/></entry>
<entry><title>住所なし</title></entry><entry><title>危険</title><link href="javascript:alert(1)"/></entry></feed>`,
		"JSON": `{"version":"https://jsonfeed.org/version/1.1","title":"試験新聞","items":[
{"id":"1","url":"https://news.example/news/1","title":"一","date_published":"2025-03-01T09:30:00+09:00"},
{"id":"2","url":"https://news.example/news/2","title":"二"},{"id":"3","title":"住所なし"},{"id":"4","url":"javascript:alert(1)"}]}`,
	} {
		f, err := ReadFeed(Page{URL: "https://news.example/feed", Body: []byte(body)})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if f.Title != "試験新聞" || len(f.Items) != 2 || f.Skipped != 2 {
			t.Errorf("%s: %+v", name, f)
			continue
		}
		if a := f.Items[0]; a.URL != "https://news.example/news/1" || a.Title != "一" || a.Published != "2025-03-01T09:30:00+09:00" {
			t.Errorf("%s: %+v", name, a)
		}
		if b := f.Items[1]; b.Published != "" {
			t.Errorf("%s: an item without a date got %q", name, b.Published)
		}
	}
	if _, err := ReadFeed(Page{URL: "https://news.example/feed", Body: []byte("<html><body>404")}); !errors.Is(err, ErrNoFeed) {
		t.Errorf("a page that is no feed: %v", err)
	}
}

func TestReadSitemap(t *testing.T) {
	body := `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://news.example/a</loc><news:news><news:publication><news:name>試験新聞</news:name></news:publication>
<news:publication_date>2025-03-01T09:30:00+09:00</news:publication_date><news:title>一</news:title></news:news></url>
<url><loc>https://news.example/a</loc></url><url><loc>https://other.example/b</loc></url></urlset>`
	f, more, err := ReadSitemap(Page{URL: "https://news.example/sitemap.xml", Body: []byte(body)})
	if err != nil || len(more) != 0 || len(f.Items) != 1 || f.Skipped != 1 || f.Title != "試験新聞" || f.Items[0].Title != "一" || f.Items[0].Published != "2025-03-01T09:30:00+09:00" {
		t.Errorf("%+v %v %v", f, more, err)
	}
	index := `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>/one.xml</loc></sitemap><sitemap><loc>https://other.example/x</loc></sitemap></sitemapindex>`
	if _, more, err := ReadSitemap(Page{URL: "https://news.example/sitemap.xml", Body: []byte(index)}); err != nil || len(more) != 1 || more[0] != "https://news.example/one.xml" {
		t.Errorf("index: %v, %v", more, err)
	}
	if _, _, err := ReadSitemap(Page{URL: "https://news.example/", Body: []byte("<html></html>")}); !errors.Is(err, ErrNoFeed) {
		t.Errorf("a page that is no sitemap: %v", err)
	}
}

func TestReadArticleRefusesWhatIsNoPage(t *testing.T) {
	for media, want := range map[string]Kind{
		"application/pdf": BadMedia, "image/jpeg": BadMedia, "video/mp4": BadMedia, "application/json; charset=utf-8": BadMedia,
		"text/html": "", "application/xhtml+xml; charset=utf-8": "", "": "", "nonsense": "", "application/octet-stream": "",
	} {
		body := strings.Replace(page, "%META%", "", 1)
		if _, err := ReadArticle(Page{URL: "https://news.example/a", Media: media, Body: []byte(body)}); KindOf(err) != want || (want == "") != (err == nil) {
			t.Errorf("%q: %v", media, err)
		}
	}
	if _, err := ReadArticle(Page{URL: "https://news.example/a", Body: []byte("%PDF-1.7 ...")}); KindOf(err) != BadMedia {
		t.Errorf("a PDF that does not say so: %v", err)
	}
}

func TestCanonicalIsNotTheFrontPage(t *testing.T) {
	body := strings.NewReplacer("%META%", "", `href="/news/1"`, `href="/"`).Replace(page)
	a, err := ReadArticle(Page{URL: "https://news.example/a", Media: "text/html; charset=utf-8", Body: []byte(body)})
	if err != nil || a.URL != "https://news.example/a" {
		t.Errorf("%q, %v", a.URL, err)
	}
}

func TestTimesAreTheDaysOfJapan(t *testing.T) {
	rss := `<rss version="2.0"><channel><item><link>https://news.example/1</link><pubDate>Fri, 28 Feb 2025 18:00:00 GMT</pubDate></item></channel></rss>`
	f, err := ReadFeed(Page{URL: "https://news.example/feed", Body: []byte(rss)})
	if err != nil || len(f.Items) != 1 || f.Items[0].Published != "2025-03-01T03:00:00+09:00" {
		t.Errorf("%+v, %v", f, err)
	}
	body := strings.NewReplacer("%META%", "", "2025-03-01T09:30:00+09:00", "2025-02-28T18:00:00Z").Replace(page)
	if a, err := ReadArticle(Page{URL: "https://news.example/a", Media: "text/html; charset=utf-8", Body: []byte(body)}); err != nil || a.Published != "2025-03-01T03:00:00+09:00" {
		t.Errorf("%q, %v", a.Published, err)
	}
}
