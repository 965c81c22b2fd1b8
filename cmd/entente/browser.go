package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/internal/browser"
	"github.com/entente-kg/entente/internal/localdb"
)

func neo4jBrowserCommand() *cli.Command {
	return &cli.Command{
		Name:      "browser",
		Usage:     "open Neo4j Browser with a guide to the graph",
		UsageText: "entente neo4j browser [--no-open] [--lang ja|en]\nentente neo4j browser --guide-only\nentente neo4j browser --save DIR",
		Description: `Opens Neo4j Browser in your web browser and, until Ctrl-C, serves it a guide (the graph in five minutes, in English and
Japanese), a style sheet with colours for the graph, and the cookbook as favourites. They come from this machine and are
served to this machine only.

   entente neo4j browser                 open Browser with the guide
   entente neo4j browser --guide-only    serve the guide to the Browser of another Neo4j; play it by the command printed
   entente neo4j browser --save DIR      write entente.grass and entente-favorites.zip, to be dropped onto Browser`,
		Flags: []cli.Flag{dataFlag(),
			&cli.BoolFlag{Name: "no-open", Usage: "only print the address"},
			&cli.BoolFlag{Name: "guide-only", Usage: "serve the guide, open nothing"},
			&cli.IntFlag{Name: "guide-port", Value: 7475, Usage: "the guide's port; another when it is taken, 0 for any"},
			&cli.StringFlag{Name: "lang", Value: "en", Usage: "the `LANGUAGE` of the guide and of the favourites' names: en or ja"},
			&cli.StringFlag{Name: "save", Usage: "write the style sheet and the favourites into `DIR` and end"},
		},
		Action: neo4jBrowser,
	}
}

func neo4jBrowser(c *cli.Context) error {
	switch {
	case c.String("lang") != "en" && c.String("lang") != "ja":
		return usagef("neo4j browser: --lang %q: want en or ja", c.String("lang"))
	case c.Int("guide-port") < 0 || c.Int("guide-port") > 65535:
		return usagef("neo4j browser: --guide-port %d: want a port", c.Int("guide-port"))
	case c.String("save") != "":
		return saveForBrowser(c, c.String("save"))
	}
	address := "" // of Browser
	if !c.Bool("guide-only") {
		s, err := localServer(c)
		if err != nil {
			return err
		}
		address = s.Browser()
		if c.Bool("no-open") {
			fmt.Fprintln(c.App.Writer, address)
			say(c, "user %s, password in %s", localdb.Username, s.PasswordFile())
			return nil
		}
		say(c, "user %s, password in %s", localdb.Username, s.PasswordFile())
	}
	l, err := listenLocally(c.Context, c.Int("guide-port"))
	if err != nil {
		return err
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	guide := "http://localhost:" + port + browser.GuidePath
	if c.String("lang") == "ja" {
		guide = "http://localhost:" + port + browser.GuideJaPath
	}
	if address == "" {
		fmt.Fprintf(c.App.Writer, ":play %s\n", guide)
	} else {
		address += "?cmd=play&arg=" + url.QueryEscape(guide)
		fmt.Fprintln(c.App.Writer, address)
		if err := openInBrowser(c.Context, address); err != nil {
			say(c, "open the address above in your web browser (%v)", err)
		}
	}
	say(c, "serving the guide until Ctrl-C; in Browser it is :play %s", guide)
	return serveGuide(c.Context, l)
}

// listenLocally opens a port of this machine: the one asked for or, when it is taken, any.
func listenLocally(ctx context.Context, port int) (net.Listener, error) {
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil && port != 0 {
		l, err = config.Listen(ctx, "tcp", "127.0.0.1:0")
	}
	if err != nil {
		return nil, fmt.Errorf("the guide: %w", err)
	}
	return l, nil
}

// serveGuide serves until ctx ends, which is how it is meant to end.
func serveGuide(ctx context.Context, l net.Listener) error {
	s := &http.Server{Handler: browser.Handler(), ReadHeaderTimeout: 10 * time.Second}
	stop := context.AfterFunc(ctx, func() { _ = s.Close() })
	defer stop()
	if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("the guide: %w", err)
	}
	return nil
}

// saveForBrowser writes what can be dropped onto Browser's window.
func saveForBrowser(c *cli.Context, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("--save: %w", err)
	}
	japanese, favourites := c.String("lang") == "ja", browser.FavouritesPath
	if japanese {
		favourites = browser.FavouritesJaPath
	}
	for _, f := range []struct {
		path  string
		write func(io.Writer) error
	}{
		{browser.StylePath, func(w io.Writer) error { _, err := io.WriteString(w, browser.Style(nil)); return err }},
		{favourites, func(w io.Writer) error { return browser.Favourites(w, japanese) }},
	} {
		name := filepath.Join(dir, filepath.Base(f.path))
		if err := writeOutput(c, name, f.write); err != nil {
			return err
		}
		fmt.Fprintln(c.App.Writer, name)
	}
	say(c, "drop each file onto Neo4j Browser's window")
	return nil
}
