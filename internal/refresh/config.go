// Package refresh is the job that keeps a graph current: it fetches what the configured sources publish into the corpus,
// extracts what changed, loads it into the graph, and reports what became of every document and of the graph.
//
// A run may be killed at any moment: a document is in the corpus before anything else happens to it, and counts as done
// only after the graph has committed it; the next run takes up the rest.
package refresh

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/entente-kg/entente/internal/source/web"
	"github.com/goccy/go-yaml"
)

// Config is a configuration file, entente.yaml.
type Config struct {
	// Corpus is the archive's file, relative to the configuration file. Default: corpus.db beside it.
	Corpus string `yaml:"corpus"`
	// Neo4j names the server. The password is only taken from the environment.
	Neo4j Neo4j `yaml:"neo4j"`
	// Sources are read in parallel, reported in this order.
	Sources []Source `yaml:"sources"`
	Fetch   Fetch    `yaml:"fetch"`
	// Grace is how long a document may be missing at its source before the graph forgets what it said. Default 72h.
	Grace Duration `yaml:"grace"`
	// Recheck is how long after its first sight an article is asked for again, to notice corrections and withdrawals. Default 168h.
	Recheck Duration `yaml:"recheck"`
	// MinConfidence leaves statements of a lower confidence out of the graph, 0 to 1. Default 0.
	MinConfidence float64 `yaml:"minConfidence"`
	// Workers is how many documents are extracted at once. Default: the number of processors.
	Workers int `yaml:"workers"`
	// Rules are folders with frames and relations of one's own.
	Rules []string `yaml:"rules"`
	// Curation is a file that merges, splits, renames and blocks entities.
	Curation string `yaml:"curation"`
	Watch    Watch  `yaml:"watch"`

	// dir is the folder of the file: relative paths start there.
	dir string
}

// Neo4j names a server.
type Neo4j struct {
	URI      string `yaml:"uri"`
	Username string `yaml:"username"`
	Database string `yaml:"database"`
}

// Source is a place where documents come from: exactly one of Feed, Sitemap, Pages and Path.
type Source struct {
	// Name is unique; it stands in reports and in the corpus.
	Name string `yaml:"name"`
	// Feed is the address of an RSS, Atom or JSON feed, Sitemap that of a news sitemap, Pages lists articles.
	Feed    string   `yaml:"feed"`
	Sitemap string   `yaml:"sitemap"`
	Pages   []string `yaml:"pages"`
	// Path is a file, folder or glob of .txt, .html, .jsonl, .jsonl.gz or .jsonl.zst files.
	Path string `yaml:"path"`
	// Outlet names the publisher of documents that do not name one.
	Outlet string `yaml:"outlet"`
	// Published is the date of documents that have none. Default: unknown.
	Published string `yaml:"published"`
	// Any keeps only documents whose title or text holds one of these words; None drops those that hold one of these.
	Any  []string `yaml:"any"`
	None []string `yaml:"none"`
	// Max bounds how many new articles a run reads from it. Default 500.
	Max int `yaml:"max"`
}

// Fetch holds the manners on the web. See web.Options for the defaults.
type Fetch struct {
	UserAgent    string   `yaml:"userAgent"`
	Timeout      Duration `yaml:"timeout"`
	Interval     Duration `yaml:"interval"`
	Backoff      Duration `yaml:"backoff"`
	MaxWait      Duration `yaml:"maxWait"`
	MaxBytes     int64    `yaml:"maxBytes"`
	PerHost      int      `yaml:"perHost"`
	Retries      int      `yaml:"retries"`
	Allow        []string `yaml:"allow"`
	IgnoreRobots bool     `yaml:"ignoreRobots"`
}

// Watch configures `entente watch`.
type Watch struct {
	// Cron is when to run: five fields, or @hourly, @every 6h. Default: @hourly.
	Cron string `yaml:"cron"`
	// Listen is the loopback address of health and metrics. Default 127.0.0.1:9464.
	Listen string `yaml:"listen"`
	// Stop bounds how long a running refresh may take to come to its end after a signal. Default 30s.
	Stop Duration `yaml:"stop"`
}

// Duration is a time.Duration that is written as in Go: 30s, 72h.
type Duration time.Duration

// UnmarshalYAML reads a duration.
func (d *Duration) UnmarshalYAML(b []byte) error {
	text := strings.Trim(strings.TrimSpace(string(b)), `"'`)
	v, err := time.ParseDuration(text)
	if err != nil {
		return fmt.Errorf("%q is no duration (want 30s, 15m, 72h)", text)
	}
	*d = Duration(v)
	return nil
}

// ReadConfig reads and checks a configuration file. Its error names the file, and line and column where it can.
func ReadConfig(path string) (Config, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return Config{}, fmt.Errorf("configuration: %w (entente refresh --init writes an example)", err)
	}
	return ParseConfig(path, b)
}

// ParseConfig is ReadConfig for text that was read already; path names it in errors and gives the folder that relative
// paths start from.
func ParseConfig(path string, b []byte) (Config, error) {
	c := Config{dir: filepath.Dir(path)}
	if err := yaml.UnmarshalWithOptions(b, &c, yaml.Strict()); err != nil {
		return c, fmt.Errorf("%s: %w", path, err)
	}
	c.EnsureDefaults()
	if err := c.Validate(); err != nil {
		return c, fmt.Errorf("%s: %w", path, err)
	}
	return c, nil
}

// EnsureDefaults fills what is missing.
func (c *Config) EnsureDefaults() {
	if c.Corpus == "" {
		c.Corpus = "corpus.db"
	}
	c.Corpus = c.path(c.Corpus)
	if c.Curation != "" {
		c.Curation = c.path(c.Curation)
	}
	for i, r := range c.Rules {
		c.Rules[i] = c.path(r)
	}
	for i := range c.Sources {
		s := &c.Sources[i]
		if s.Path != "" {
			s.Path = c.path(s.Path)
		}
		if s.Max == 0 {
			s.Max = 500
		}
	}
	if c.Grace == 0 {
		c.Grace = Duration(72 * time.Hour)
	}
	if c.Recheck == 0 {
		c.Recheck = Duration(7 * 24 * time.Hour)
	}
	if c.Watch.Cron == "" {
		c.Watch.Cron = "@hourly"
	}
	if c.Watch.Listen == "" {
		c.Watch.Listen = "127.0.0.1:9464"
	}
	if c.Watch.Stop == 0 {
		c.Watch.Stop = Duration(30 * time.Second)
	}
}

func (c *Config) path(p string) string {
	if filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(c.dir, p)
}

// Validate reports every fault.
func (c *Config) Validate() error {
	var errs []error
	fault := func(format string, a ...any) { errs = append(errs, fmt.Errorf(format, a...)) }
	if len(c.Sources) == 0 {
		fault("sources: want at least one")
	}
	names := map[string]bool{}
	for i, s := range c.Sources {
		at := fmt.Sprintf("sources[%d] (%s)", i, s.Name)
		if s.Name == "" {
			fault("%s: want a name", at)
		}
		if names[s.Name] {
			fault("%s: the name is taken", at)
		}
		names[s.Name] = true
		kinds := 0
		for _, has := range []bool{s.Feed != "", s.Sitemap != "", len(s.Pages) > 0, s.Path != ""} {
			if has {
				kinds++
			}
		}
		if kinds != 1 {
			fault("%s: want exactly one of feed, sitemap, pages and path", at)
		}
		if s.Max < 0 {
			fault("%s: max %d: want more than 0", at, s.Max)
		}
	}
	if _, err := parseCron(c.Watch.Cron); err != nil {
		fault("watch: %w", err)
	}
	if c.MinConfidence < 0 || c.MinConfidence > 1 {
		fault("minConfidence %v: want 0 to 1", c.MinConfidence)
	}
	if c.Workers < 0 {
		fault("workers %d: want more than 0", c.Workers)
	}
	if c.Grace < 0 || c.Recheck < 0 || c.Watch.Stop < 0 {
		fault("grace, recheck and watch.stop: want more than 0")
	}
	if o, err := c.Fetch.options(); err != nil {
		errs = append(errs, fmt.Errorf("fetch: %w", err))
	} else if err := o.Validate(); err != nil {
		errs = append(errs, fmt.Errorf("fetch: %w", err))
	}
	return errors.Join(errs...)
}

func (f Fetch) options() (web.Options, error) {
	o := web.Options{
		UserAgent: f.UserAgent, Timeout: time.Duration(f.Timeout), Interval: time.Duration(f.Interval), Backoff: time.Duration(f.Backoff),
		MaxWait: time.Duration(f.MaxWait), MaxBytes: f.MaxBytes, PerHost: f.PerHost, Retries: f.Retries, IgnoreRobots: f.IgnoreRobots,
	}
	for _, a := range f.Allow {
		p, err := netip.ParsePrefix(a)
		if err != nil {
			return o, fmt.Errorf("allow: %q is no address range (want 127.0.0.0/8)", a)
		}
		o.Allow = append(o.Allow, p)
	}
	return o, nil
}

// keeps reports whether the source's word filters let a document through.
func (s Source) keeps(title, text string) bool {
	in := func(w string) bool { return strings.Contains(title, w) || strings.Contains(text, w) }
	return (len(s.Any) == 0 || slices.ContainsFunc(s.Any, in)) && !slices.ContainsFunc(s.None, in)
}

// settings are what decides how a location's content becomes documents: when they change, locations are read again.
func (s Source) settings() (string, error) {
	b, err := json.Marshal(map[string]any{"outlet": s.Outlet, "published": s.Published, "any": s.Any, "none": s.None, "path": s.Path})
	return string(b), err
}
