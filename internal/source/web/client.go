// Package web reads pages and feeds from the web as a well-behaved reader: conditional requests, robots.txt, bounded
// requests to each host, retries with backoff, limits on time, size and redirects, and no way into private networks.
package web

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Options configure a Client. The zero value is made usable by EnsureDefaults.
type Options struct {
	// UserAgent says who reads, with a way to reach them. Default: DefaultUserAgent.
	UserAgent string
	// Timeout bounds one request with its body. Default 30 s.
	Timeout time.Duration
	// MaxBytes bounds a body after decompression. Default 10 MiB.
	MaxBytes int64
	// MaxRedirects bounds redirects. Default 5.
	MaxRedirects int
	// PerHost is how many requests to one host may be under way at once. Default 1.
	PerHost int
	// Interval is the least time between the starts of two requests to one host; robots.txt may ask for more. Default 1 s;
	// negative: none.
	Interval time.Duration
	// Retries is how often a request is repeated after a network error, 429, or 5xx. Default 3; negative: none.
	Retries int
	// Backoff is the pause before the first repetition; it doubles, ±20 %. Default 1 s.
	Backoff time.Duration
	// MaxWait bounds a pause that a server asks for. One that asks for more by Retry-After is left alone by this client from then
	// on; one that does by Crawl-delay is asked every MaxWait. Default 2 min.
	MaxWait time.Duration
	// Allow lists address ranges that may be read although they are not public, such as 127.0.0.0/8. Default: none.
	Allow []netip.Prefix
	// IgnoreRobots reads what robots.txt forbids: for one's own sites only.
	IgnoreRobots bool
}

// DefaultUserAgent names Entente.
const DefaultUserAgent = "Entente/1.0 (knowledge graph of diplomatic news; +https://github.com/entente-kg/entente)"

// EnsureDefaults fills what is zero.
func (o *Options) EnsureDefaults() {
	if o.UserAgent == "" {
		o.UserAgent = DefaultUserAgent
	}
	setDefault(&o.Timeout, 30*time.Second)
	setDefault(&o.MaxBytes, 10<<20)
	setDefault(&o.MaxRedirects, 5)
	setDefault(&o.PerHost, 1)
	setDefault(&o.Interval, time.Second)
	setDefault(&o.Retries, 3)
	setDefault(&o.Backoff, time.Second)
	setDefault(&o.MaxWait, 2*time.Minute)
}

func setDefault[T comparable](v *T, d T) {
	var zero T
	if *v == zero {
		*v = d
	}
}

// Validate reports every option that is out of range.
func (o Options) Validate() error {
	var errs []error
	if o.Timeout < 0 {
		errs = append(errs, fmt.Errorf("timeout %v: want more than 0", o.Timeout))
	}
	if o.MaxBytes < 0 {
		errs = append(errs, fmt.Errorf("max bytes %d: want more than 0", o.MaxBytes))
	}
	if o.PerHost < 0 {
		errs = append(errs, fmt.Errorf("requests per host %d: want more than 0", o.PerHost))
	}
	if strings.ContainsAny(o.UserAgent, "\r\n") {
		errs = append(errs, errors.New("user agent: want one line"))
	}
	return errors.Join(errs...)
}

// Kind says why a request gave nothing.
type Kind string

// The kinds of failure.
const (
	BadURL      Kind = "bad-url"
	Forbidden   Kind = "forbidden-address" // private, loopback or link-local
	Robots      Kind = "robots"
	Network     Kind = "network"
	Timeout     Kind = "timeout"
	Redirects   Kind = "redirects"
	TooLarge    Kind = "too-large"
	BadStatus   Kind = "status"
	Gone        Kind = "gone" // 404, 410
	BadEncoding Kind = "encoding"
	BadMedia    Kind = "media-type"  // a PDF, a picture, a film
	Unavailable Kind = "unavailable" // the host is left alone for now: the address itself was not tried
)

// Error is a failed request.
type Error struct {
	Kind   Kind
	URL    string
	Status int // 0 when no answer came
	Err    error
}

func (e *Error) Error() string {
	switch {
	case e.Status != 0 && e.Err == nil:
		return fmt.Sprintf("%s: %d %s", e.URL, e.Status, http.StatusText(e.Status))
	case e.Status != 0:
		return fmt.Sprintf("%s: %d %s: %v", e.URL, e.Status, http.StatusText(e.Status), e.Err)
	}
	return fmt.Sprintf("%s: %s: %v", e.URL, e.Kind, e.Err)
}

func (e *Error) Unwrap() error { return e.Err }

// KindOf is the Kind of an error of this package, or "".
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}

// Page is an answer.
type Page struct {
	// URL is where it was found, after redirects.
	URL string
	// NotModified reports that the validators still hold; Body is then empty.
	NotModified bool
	Body        []byte
	// Media is the Content-Type header, with its charset.
	Media          string
	ETag, Modified string

	redirect string // where else to look
}

// Client reads pages. It is safe for concurrent use.
type Client struct {
	o    Options
	http *http.Client

	mu    sync.Mutex
	hosts map[string]*host
}

// New makes a client.
func New(o Options) (*Client, error) {
	o.EnsureDefaults()
	if err := o.Validate(); err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	c := &Client{o: o, hosts: map[string]*host{}}
	dialer := &net.Dialer{Timeout: o.Timeout, ControlContext: c.checkAddress}
	c.http = &http.Client{
		Transport: &http.Transport{
			DialContext:            dialer.DialContext,
			DisableCompression:     true, // decompressed below, within the limit
			MaxConnsPerHost:        o.PerHost,
			MaxResponseHeaderBytes: 1 << 20,
			ResponseHeaderTimeout:  o.Timeout,
			TLSHandshakeTimeout:    o.Timeout,
			IdleConnTimeout:        30 * time.Second,
			ForceAttemptHTTP2:      true,
		},
		// Get follows redirects itself: each address has a host with a robots.txt and a pace of its own.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return c, nil
}

// Close drops idle connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

var (
	errRedirects = errors.New("too many redirects")
	errForbidden = errors.New("the address is not public; list its range under allow to read it")
	errScheme    = errors.New("want an http or https address with a host and without a password")
	errRobots    = errors.New("robots.txt forbids it")
	errTooLarge  = errors.New("the body is larger than allowed")
)

// Get reads address. etag and modified are the validators of an earlier answer, or "": the server may then say that
// nothing changed. Redirects are followed where robots.txt of the host that they lead to lets them. Every error is an *Error, but for the
// context's own.
func (c *Client) Get(ctx context.Context, address, etag, modified string) (Page, error) {
	u, err := url.Parse(address)
	if err == nil {
		err = checkURL(u)
	}
	if err != nil {
		return Page{}, &Error{Kind: BadURL, URL: clip(address), Err: err}
	}
	return c.follow(ctx, u, func(ctx context.Context, h *host, u *url.URL) (Page, error) {
		if !c.o.IgnoreRobots {
			if err := c.allowed(ctx, h, u); err != nil {
				return Page{}, err
			}
		}
		return c.retry(ctx, h, u, etag, modified)
	})
}

// follow gets an address and what it redirects to.
func (c *Client) follow(ctx context.Context, u *url.URL, get func(context.Context, *host, *url.URL) (Page, error)) (Page, error) {
	from := u
	for hops := 0; ; hops++ {
		page, err := get(ctx, c.host(u), u)
		if err != nil || page.redirect == "" {
			return page, err
		}
		if hops == c.o.MaxRedirects {
			return Page{}, &Error{Kind: Redirects, URL: from.String(), Err: errRedirects}
		}
		if u, err = u.Parse(page.redirect); err == nil {
			err = checkURL(u)
		}
		if err != nil {
			return Page{}, &Error{Kind: BadURL, URL: from.String(), Err: fmt.Errorf("redirects to %.200q: %w", page.redirect, err)}
		}
	}
}

// retry makes a request, and makes it again after a failure that may pass.
func (c *Client) retry(ctx context.Context, h *host, u *url.URL, etag, modified string) (Page, error) {
	pause := c.o.Backoff
	for attempt := 0; ; attempt++ {
		if err := h.isLeft(u); err != nil {
			return Page{}, err
		}
		page, after, err := c.once(ctx, h, u, etag, modified)
		if ctx.Err() != nil {
			return Page{}, ctx.Err()
		}
		if after > c.o.MaxWait {
			h.leave(fmt.Errorf("it asks for a pause of %v", after))
		}
		if err == nil || attempt >= c.o.Retries || !repeatable(err) || after > c.o.MaxWait {
			h.note(err)
			return page, err
		}
		if after > 0 {
			h.pause(after) // the host asks it of every request
			continue
		}
		if err := sleep(ctx, min(time.Duration(float64(pause)*(0.8+0.4*rand.Float64())), c.o.MaxWait)); err != nil {
			return Page{}, err
		}
		pause *= 2
	}
}

func repeatable(err error) bool {
	var e *Error
	if !errors.As(err, &e) {
		return false
	}
	switch e.Kind {
	case Network, Timeout:
		return true
	case BadStatus:
		return e.Status == http.StatusTooManyRequests || e.Status >= 500
	}
	return false
}

// once makes one request. after is the pause the server asks for, or 0.
func (c *Client) once(ctx context.Context, h *host, u *url.URL, etag, modified string) (page Page, after time.Duration, err error) {
	select {
	case h.slots <- struct{}{}:
		defer func() { <-h.slots }()
	case <-ctx.Done():
		return Page{}, 0, ctx.Err()
	}
	if err := h.turn(ctx); err != nil {
		return Page{}, 0, err
	}
	ctx, cancel := context.WithTimeout(ctx, c.o.Timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return Page{}, 0, &Error{Kind: BadURL, URL: clip(u.String()), Err: err}
	}
	req.Header.Set("User-Agent", c.o.UserAgent)
	req.Header.Set("Accept-Encoding", "gzip")
	req.Header.Set("Accept-Language", "ja, en;q=0.5")
	if etag != "" {
		req.Header.Set("If-None-Match", etag)
	}
	if modified != "" {
		req.Header.Set("If-Modified-Since", modified)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return Page{}, 0, failure(u, err)
	}
	defer resp.Body.Close()
	page = Page{URL: resp.Request.URL.String(), Media: resp.Header.Get("Content-Type"), ETag: resp.Header.Get("ETag"), Modified: resp.Header.Get("Last-Modified")}
	switch {
	case resp.StatusCode == http.StatusNotModified && (etag != "" || modified != ""):
		page.NotModified, page.ETag, page.Modified = true, etag, modified
		return page, 0, nil
	case isRedirect(resp.StatusCode) && resp.Header.Get("Location") != "":
		return Page{redirect: resp.Header.Get("Location")}, 0, nil
	case resp.StatusCode == http.StatusNotFound || resp.StatusCode == http.StatusGone:
		return Page{}, 0, &Error{Kind: Gone, URL: u.String(), Status: resp.StatusCode}
	case resp.StatusCode != http.StatusOK:
		return Page{}, retryAfter(resp.Header, time.Now()), &Error{Kind: BadStatus, URL: u.String(), Status: resp.StatusCode}
	}
	page.Body, err = c.body(resp)
	if err != nil {
		return Page{}, 0, failure(u, err)
	}
	return page, 0, nil
}

func isRedirect(status int) bool {
	switch status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}

func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (c *Client) body(resp *http.Response) ([]byte, error) {
	var from io.Reader = resp.Body
	switch enc := strings.ToLower(strings.TrimSpace(resp.Header.Get("Content-Encoding"))); enc {
	case "", "identity":
		if resp.ContentLength > c.o.MaxBytes {
			return nil, fmt.Errorf("%w: %d bytes, at most %d", errTooLarge, resp.ContentLength, c.o.MaxBytes)
		}
	case "gzip", "x-gzip":
		z, err := gzip.NewReader(resp.Body)
		if err != nil {
			return nil, &Error{Kind: BadEncoding, URL: resp.Request.URL.String(), Err: err}
		}
		from = z
	default:
		return nil, &Error{Kind: BadEncoding, URL: resp.Request.URL.String(), Err: fmt.Errorf("content encoding %.20q was not asked for", enc)}
	}
	var b bytes.Buffer
	n, err := io.Copy(&b, io.LimitReader(from, c.o.MaxBytes+1))
	switch {
	case err != nil:
		return nil, err
	case n > c.o.MaxBytes:
		return nil, fmt.Errorf("%w: more than %d bytes", errTooLarge, c.o.MaxBytes)
	}
	return b.Bytes(), nil
}

func failure(u *url.URL, err error) error {
	var own *Error
	if errors.As(err, &own) {
		return own
	}
	e := &Error{Kind: Network, URL: u.String(), Err: err}
	var inner *url.Error
	if errors.As(err, &inner) {
		e.Err = inner.Err // its text repeats the URL
	}
	var timeout interface{ Timeout() bool }
	switch {
	case errors.Is(err, errForbidden):
		e.Kind = Forbidden
	case errors.Is(err, errTooLarge):
		e.Kind = TooLarge
	case errors.Is(err, context.DeadlineExceeded) || errors.As(err, &timeout) && timeout.Timeout():
		e.Kind = Timeout
	}
	return e
}

func retryAfter(h http.Header, now time.Time) time.Duration {
	v := h.Get("Retry-After")
	if n, err := strconv.Atoi(v); err == nil && n >= 0 {
		return time.Duration(min(n, 1<<30)) * time.Second
	}
	if t, err := http.ParseTime(v); err == nil && t.After(now) {
		return t.Sub(now)
	}
	return 0
}

func clip(s string) string {
	if len(s) > 200 {
		return strings.ToValidUTF8(s[:200], "") + "…"
	}
	return s
}
