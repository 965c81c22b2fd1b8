package web

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/temoto/robotstxt"
)

// host is what is known of one scheme://host:port.
type host struct {
	slots chan struct{}

	mu       sync.Mutex
	next     time.Time // no request may start before
	wait     time.Duration
	failures int   // requests in a row that found no server
	left     error // why it is left alone from now on; nil: it is not

	robots     sync.Mutex // held while robots.txt is read
	robotsRead bool
	robotsErr  error
	robotsData *robotstxt.RobotsData
}

// maxFailures is how many requests in a row, each with its repetitions, may find no server at a host before it is left
// alone: five hundred articles of a dead host would take hours.
const maxFailures = 3

// turn waits until the host may be asked again.
func (h *host) turn(ctx context.Context) error {
	h.mu.Lock()
	now := time.Now()
	at := h.next
	if at.Before(now) {
		at = now
	}
	h.next = at.Add(h.wait)
	h.mu.Unlock()
	return sleep(ctx, time.Until(at))
}

// isLeft is the error of a request to a host that is left alone.
func (h *host) isLeft(u *url.URL) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.left == nil {
		return nil
	}
	return &Error{Kind: Unavailable, URL: u.String(), Err: fmt.Errorf("the host is left alone until the next run: %w", h.left)}
}

func (h *host) leave(why error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.left = why
}

// pause keeps every request to the host back.
func (h *host) pause(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if at := time.Now().Add(d); at.After(h.next) {
		h.next = at
	}
}

// note counts requests that found no server.
func (h *host) note(err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch KindOf(err) {
	case Network, Timeout:
		if h.failures++; h.failures == maxFailures {
			h.left = fmt.Errorf("%d requests in a row failed, the last by %w", h.failures, err)
		}
	default:
		h.failures = 0
	}
}

func (c *Client) host(u *url.URL) *host {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	key := u.Scheme + "://" + net.JoinHostPort(strings.ToLower(u.Hostname()), port)
	c.mu.Lock()
	defer c.mu.Unlock()
	h := c.hosts[key]
	if h == nil {
		h = &host{slots: make(chan struct{}, c.o.PerHost), wait: max(0, c.o.Interval)}
		c.hosts[key] = h
	}
	return h
}

// allowed asks robots.txt, which is read once for each host and client.
func (c *Client) allowed(ctx context.Context, h *host, u *url.URL) error {
	robots, err := c.robots(ctx, h, u)
	var e *Error
	switch {
	case errors.As(err, &e) && e.Kind == Forbidden:
		return &Error{Kind: Forbidden, URL: u.String(), Err: e.Err}
	case errors.As(err, &e):
		return &Error{Kind: Unavailable, URL: u.String(), Err: fmt.Errorf("robots.txt, which tells what may be read, cannot be: %w", err)}
	case err != nil:
		return err
	}
	at := *u
	at.Fragment = ""
	if !robots.TestAgent(at.RequestURI(), c.o.UserAgent) {
		return &Error{Kind: Robots, URL: u.String(), Err: errRobots}
	}
	return nil
}

// robots is the robots.txt of a host. Without one everything may be read; while the server fails, nothing (RFC 9309).
func (c *Client) robots(ctx context.Context, h *host, u *url.URL) (*robotstxt.RobotsData, error) {
	h.robots.Lock()
	defer h.robots.Unlock()
	if h.robotsRead {
		return h.robotsData, h.robotsErr
	}
	at := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
	page, err := c.follow(ctx, at, func(ctx context.Context, h *host, u *url.URL) (Page, error) { return c.retry(ctx, h, u, "", "") })
	if ctx.Err() != nil {
		return nil, ctx.Err() // says nothing about the host
	}
	h.robotsRead = true
	status := http.StatusOK
	var e *Error
	if errors.As(err, &e) {
		status = e.Status
	}
	if status == http.StatusTooManyRequests {
		status = http.StatusServiceUnavailable // a server that is busy, not one that has no robots.txt
	}
	if err != nil && (status == 0 || status >= 500) {
		h.robotsErr = err
		return nil, err
	}
	if h.robotsData, h.robotsErr = robotstxt.FromStatusAndBytes(status, page.Body); h.robotsErr != nil {
		h.robotsErr = &Error{Kind: Robots, URL: at.String(), Err: h.robotsErr}
		return nil, h.robotsErr
	}
	if g := h.robotsData.FindGroup(c.o.UserAgent); g != nil {
		h.mu.Lock()
		h.wait = max(h.wait, min(g.CrawlDelay, c.o.MaxWait))
		h.mu.Unlock()
	}
	return h.robotsData, nil
}
