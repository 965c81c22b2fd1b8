package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/internal/localdb"
)

func neo4jCommand() *cli.Command {
	return &cli.Command{
		Name:  "neo4j",
		Usage: "start and stop a Neo4j of your own on this machine",
		Description: `For people without a Neo4j: the real Community server, on this machine only, run by Java 17 or newer (Maven
fetches it once) or by a container engine. Its data, and its password in a file that only you can read, are kept in
your data folder. The other commands find it by themselves when NEO4J_URI is not set.

   entente neo4j start
   entente build article.txt
   entente neo4j browser
   entente neo4j stop`,
		Subcommands: []*cli.Command{
			{
				Name:      "start",
				Usage:     "start the server, or find it running, and wait until it answers",
				UsageText: "entente neo4j start [--bolt-port N] [--http-port N] [--with java|container]",
				Flags: []cli.Flag{
					dataFlag(),
					&cli.IntFlag{Name: "bolt-port", Value: 7687, Usage: "the port for programs"},
					&cli.IntFlag{Name: "http-port", Value: 7474, Usage: "the port for Neo4j Browser"},
					&cli.IntFlag{Name: "heap", Value: 512, Usage: "the most memory for the Java heap, in `MiB`"},
					&cli.StringFlag{Name: "with", Value: string(localdb.Auto), Usage: "what runs it: auto, java or container"},
				},
				Action: neo4jStart,
			},
			{
				Name:      "stop",
				Usage:     "stop the server; the graph stays",
				UsageText: "entente neo4j stop",
				Flags:     []cli.Flag{dataFlag()},
				Action:    neo4jStop,
			},
			{
				Name:      "status",
				Usage:     "tell whether the server runs, and where",
				UsageText: "entente neo4j status [--json]",
				Flags:     []cli.Flag{dataFlag(), &cli.BoolFlag{Name: "json", Usage: "print one JSON object"}},
				Action:    neo4jStatus,
			},
			neo4jBrowserCommand(),
		},
	}
}

func dataFlag() cli.Flag {
	return &cli.StringFlag{Name: "data-dir", EnvVars: []string{"ENTENTE_DATA_DIR"}, DefaultText: "the platform's folder for data",
		Usage: "the `FOLDER` of everything that entente keeps on this machine"}
}

// dataDir is the platform's folder for a user's data; relative to the working directory where there is no home.
func dataDir() string {
	home, err := os.UserHomeDir()
	switch {
	case os.Getenv("XDG_DATA_HOME") != "":
		return filepath.Join(os.Getenv("XDG_DATA_HOME"), "entente")
	case runtime.GOOS == "windows" && os.Getenv("LocalAppData") != "":
		return filepath.Join(os.Getenv("LocalAppData"), "entente")
	case err != nil:
		return "entente-data"
	case runtime.GOOS == "darwin":
		return filepath.Join(home, "Library", "Application Support", "entente")
	default:
		return filepath.Join(home, ".local", "share", "entente")
	}
}

// localOptions are the options of this user's local server. The server's programs go to the cache folder, where tests
// and servers share them.
func localOptions(c *cli.Context) (localdb.Options, error) {
	data := c.String("data-dir")
	if data == "" {
		data = dataDir()
	}
	data, err := filepath.Abs(data)
	if err != nil {
		return localdb.Options{}, fmt.Errorf("data folder %s: %w", c.String("data-dir"), err)
	}
	o := localdb.Options{
		Dir:      filepath.Join(data, "neo4j"),
		JavaHome: os.Getenv("JAVA_HOME"),
		Say:      func(line string) { say(c, "%s", line) },
	}
	if cache, err := os.UserCacheDir(); err == nil {
		o.Install = filepath.Join(cache, "entente")
	}
	return o, nil
}

func neo4jStart(c *cli.Context) error {
	o, err := localOptions(c)
	if err != nil {
		return err
	}
	o.Bolt, o.HTTP, o.HeapMiB, o.With = c.Int("bolt-port"), c.Int("http-port"), c.Int("heap"), localdb.Engine(c.String("with"))
	o.EnsureDefaults()
	if err := o.Validate(); err != nil {
		return usagef("%w", err)
	}
	s, err := localdb.Start(c.Context, o)
	if err != nil {
		return withEngineRemedy(err)
	}
	printServer(c, s)
	return nil
}

// withEngineRemedy makes what this machine lacks a matter of configuration.
func withEngineRemedy(err error) error {
	var missing *localdb.MissingError
	var port *localdb.PortError
	if errors.As(err, &missing) || errors.As(err, &port) {
		return usagef("%w", err)
	}
	return err
}

func neo4jStop(c *cli.Context) error {
	o, err := localOptions(c)
	if err != nil {
		return err
	}
	err = localdb.Stop(c.Context, o.Dir)
	if errors.Is(err, localdb.ErrNotRunning) {
		say(c, "%v", err)
		return nil // what was asked for is so
	}
	if err == nil {
		say(c, "stopped; the graph stays in %s", o.Dir)
	}
	return err
}

func neo4jStatus(c *cli.Context) error {
	s, err := localServer(c)
	if err != nil {
		return err
	}
	if c.Bool("json") {
		return json.NewEncoder(c.App.Writer).Encode(map[string]any{
			"uri": s.URI(), "browser": s.Browser(), "username": localdb.Username, "passwordFile": s.PasswordFile(),
			"pid": s.PID, "with": s.With, "started": s.Started, "log": s.LogFile(),
		})
	}
	printServer(c, s)
	return nil
}

// localServer is this user's running local server.
func localServer(c *cli.Context) (*localdb.Server, error) {
	o, err := localOptions(c)
	if err != nil {
		return nil, err
	}
	s, err := localdb.Status(o.Dir)
	if errors.Is(err, localdb.ErrNotRunning) {
		return nil, fmt.Errorf("%w: start it by entente neo4j start", err)
	}
	return s, err
}

func printServer(c *cli.Context, s *localdb.Server) {
	fmt.Fprintf(c.App.Writer, "Neo4j %s runs by %s since %s (process %d)\n  programs  %s\n  Browser   %s\n  user      %s\n  password  in %s\n  log       %s\n",
		localdb.Version, s.With, s.Started.Local().Format("2006-01-02 15:04"), s.PID,
		s.URI(), s.Browser(), localdb.Username, s.PasswordFile(), s.LogFile())
}

// openInBrowser hands an address to the desktop's web browser.
func openInBrowser(ctx context.Context, url string) error {
	name, args := "xdg-open", []string{url}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", url}
	}
	path, err := exec.LookPath(name)
	if err != nil {
		return err
	}
	return exec.CommandContext(ctx, path, args...).Run()
}
