// Package neo4j keeps a graph in Neo4j 5.26 LTS or newer, Community edition included, without APOC.
//
// All writers of one database take turns: every writing transaction begins by locking one node, (:EntenteGraph {id: 'graph'}),
// so that what graph.Plan reads stays true until it is written, no two loaders can deadlock, and each finds what the others
// committed. Reading is never locked out. Every write can be repeated: a transaction whose outcome is unknown (the
// connection broke during the commit) is simply applied again, and what it did write is then found unchanged.
// Turns go to whoever the server serves, not by the order of arrival; a batch is short, so that everybody's comes soon.
//
// No text of a document ever becomes part of a Cypher string: values are parameters, and the labels and relationship types come
// from the ontology. Nodes of other applications are never touched, not even under the same label: ours carry a digest
// (Document), a count of documents (Entity) or belong to a Document of ours (Statement).
package neo4j

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/config"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
)

var _ graph.Store = (*Store)(nil)

// Options say which database to use. Only URI is required.
type Options struct {
	// URI is neo4j:// or bolt://, with +s for TLS and +ssc for TLS with a self-signed certificate.
	URI string
	// Username and Password; both empty for a server without authentication.
	Username, Password string
	// Database is the database's name. Default: neo4j.
	Database string
	// Ontology is the vocabulary. Default: the embedded one.
	Ontology *schema.Ontology
	// BatchRows and BatchBytes bound a transaction: statements, mentions and documents together, and the size of their
	// texts. One document is never split, however large. Default: 20,000 rows, 32 MiB.
	BatchRows, BatchBytes int
	// ReadOnly leaves the schema alone and refuses to write.
	ReadOnly bool
	// KeepSchema leaves the schema as it stands, for the commands that manage it.
	KeepSchema bool
	// Certificates are trusted besides the system's, in PEM; for +s addresses with an authority of one's own.
	Certificates []byte
	// Retry bounds how long a transaction is tried again after a transient fault. Default: 30 s.
	Retry time.Duration
	// Connect bounds the first contact. Default: 30 s.
	Connect time.Duration
	// Waiting is told again and again, every Patience, that this writer waits for others, and for how long it has; may be nil.
	// Calls come from a goroutine of their own, one at a time, while a writing method runs. Default of Patience: 10 s.
	Waiting  func(time.Duration)
	Patience time.Duration
	// Observe is told of every committed batch; may be nil. Calls come from the goroutine that applies.
	Observe func(Batch)
}

// Batch is one committed transaction.
type Batch struct {
	Documents, Withdrawn int
	Summary              graph.Summary
	Took                 time.Duration
}

// EnsureDefaults fills every field that was left at its zero value.
func (o *Options) EnsureDefaults() {
	if o.Database == "" {
		o.Database = "neo4j"
	}
	if o.Ontology == nil {
		o.Ontology = schema.Relations()
	}
	if o.BatchRows == 0 {
		o.BatchRows = 20_000
	}
	if o.BatchBytes == 0 {
		o.BatchBytes = 32 << 20
	}
	if o.Retry == 0 {
		o.Retry = 30 * time.Second
	}
	if o.Connect == 0 {
		o.Connect = 30 * time.Second
	}
	if o.Patience == 0 {
		o.Patience = 10 * time.Second
	}
	if o.Waiting == nil {
		o.Waiting = func(time.Duration) {}
	}
	if o.Observe == nil {
		o.Observe = func(Batch) {}
	}
}

// Validate reports every fault of the options.
func (o *Options) Validate() error {
	var faults []error
	u, err := url.Parse(o.URI)
	switch {
	case err != nil || u.Host == "":
		faults = append(faults, fmt.Errorf("neo4j: address %q: want neo4j://host:7687, bolt://host:7687, or either with +s for TLS", redact(o.URI)))
	case u.User != nil:
		faults = append(faults, errors.New("neo4j: the address holds a user name or password: give them by NEO4J_USERNAME and NEO4J_PASSWORD"))
	default:
		switch u.Scheme {
		case "neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc":
		default:
			faults = append(faults, fmt.Errorf("neo4j: address %q: the scheme is %q, want neo4j, neo4j+s, neo4j+ssc, bolt, bolt+s or bolt+ssc (not the http address of Browser)", o.URI, u.Scheme))
		}
	}
	if o.BatchRows < 1 || o.BatchBytes < 1 {
		faults = append(faults, fmt.Errorf("neo4j: batches of %d rows and %d bytes: want at least 1", o.BatchRows, o.BatchBytes))
	}
	return errors.Join(faults...)
}

// redact is an address without what may be a password.
func redact(uri string) string {
	if i := strings.LastIndexByte(uri, '@'); i >= 0 {
		return "…@" + uri[i+1:]
	}
	return uri
}

// Store is a graph in a Neo4j database. It is safe for concurrent use.
type Store struct {
	driver neo4j.DriverWithContext
	opts   Options
	server Server
}

// Server is what answers at the address.
type Server struct {
	Version, Edition string
}

// Open connects, checks the server's version, and brings the schema up to date (unless ReadOnly or KeepSchema). Errors say what to do
// and hold no password.
func Open(ctx context.Context, o Options) (*Store, error) {
	o.EnsureDefaults()
	if err := o.Validate(); err != nil {
		return nil, err
	}
	auth := neo4j.NoAuth()
	if o.Username != "" || o.Password != "" {
		auth = neo4j.BasicAuth(o.Username, o.Password, "")
	}
	var pool *x509.CertPool
	if len(o.Certificates) > 0 {
		pool, _ = x509.SystemCertPool()
		if pool == nil {
			pool = x509.NewCertPool()
		}
		if !pool.AppendCertsFromPEM(o.Certificates) {
			return nil, errors.New("neo4j: the certificate file holds no certificate in PEM form")
		}
	}
	driver, err := neo4j.NewDriverWithContext(o.URI, auth, func(c *config.Config) {
		c.TelemetryDisabled = true
		c.UserAgent = "entente"
		c.MaxTransactionRetryTime = o.Retry
		c.SocketConnectTimeout = 10 * time.Second
		c.ConnectionAcquisitionTimeout = 30 * time.Second
		if pool != nil {
			c.TlsConfig = tlsConfig(pool)
		}
	})
	if err != nil {
		return nil, fmt.Errorf("neo4j: %s: %w", redact(o.URI), err)
	}
	s := &Store{driver: driver, opts: o}
	if err := s.greet(ctx); err != nil {
		driver.Close(ctx)
		return nil, err
	}
	if !o.ReadOnly && !o.KeepSchema {
		if err := s.Migrate(ctx); err != nil {
			driver.Close(ctx)
			return nil, err
		}
	}
	return s, nil
}

// ErrTooOld says that the server's version is older than 5.26.
var ErrTooOld = errors.New("the server is too old")

var errSilent = errors.New("no answer in time")

// greet makes the first contact. It asks once: whoever has the wrong address should not wait for the retries that a
// passing fault deserves.
func (s *Store) greet(ctx context.Context) error {
	ctx, cancel := context.WithTimeoutCause(ctx, s.opts.Connect, errSilent) // without it the driver waits for a silent server for ever
	defer cancel()
	err := s.driver.VerifyConnectivity(ctx)
	var records []*neo4j.Record
	if err == nil {
		records, err = s.read(ctx, "CALL dbms.components() YIELD name, versions, edition WHERE name = 'Neo4j Kernel' RETURN versions[0], edition", nil)
	}
	if err != nil && context.Cause(ctx) == errSilent {
		return fmt.Errorf("neo4j: %s: %w in %v: something listens there, but it does not speak Bolt (is it the port of Browser?)", redact(s.opts.URI), ErrUnreachable, s.opts.Connect)
	}
	if err != nil {
		return s.explain(err)
	}
	if len(records) != 1 {
		return fmt.Errorf("neo4j: what answers at %s is no Neo4j", s.opts.URI)
	}
	s.server.Version, _ = records[0].Values[0].(string)
	s.server.Edition, _ = records[0].Values[1].(string)
	if !newEnough(s.server.Version) {
		return fmt.Errorf("neo4j: %s: %w: it is version %s, Entente needs 5.26 or newer (Community is enough); entente neo4j start runs one",
			s.opts.URI, ErrTooOld, s.server.Version)
	}
	return nil
}

// newEnough holds for 5.26 and later, the calendar versions (2025.01) included.
func newEnough(version string) bool {
	var major, minor int
	if n, _ := fmt.Sscanf(version, "%d.%d", &major, &minor); n != 2 {
		return false
	}
	return major > 5 || major == 5 && minor >= 26
}

// Server is the version and edition found by Open.
func (s *Store) Server() Server { return s.server }

// URI is the address.
func (s *Store) URI() string { return s.opts.URI }

// Close implements graph.Store.
func (s *Store) Close(ctx context.Context) error { return s.driver.Close(ctx) }

func (s *Store) session(ctx context.Context, mode neo4j.AccessMode) neo4j.SessionWithContext {
	return s.driver.NewSession(ctx, neo4j.SessionConfig{DatabaseName: s.opts.Database, AccessMode: mode, FetchSize: 2000})
}

// read runs one query in a reading transaction and collects its records. Errors are the driver's own.
func (s *Store) read(ctx context.Context, cypher string, params map[string]any) ([]*neo4j.Record, error) {
	session := s.session(ctx, neo4j.AccessModeRead)
	defer session.Close(ctx)
	return neo4j.ExecuteRead(ctx, session, func(tx neo4j.ManagedTransaction) ([]*neo4j.Record, error) {
		return collect(ctx, tx, cypher, params)
	})
}

// write runs work in a writing transaction. Errors are the driver's own.
func (s *Store) write(ctx context.Context, work func(tx neo4j.ManagedTransaction) error) error {
	return s.writeWithin(ctx, 0, work)
}

// writeWithin is write in a transaction that the server takes back after a time; 0 is the server's own limit.
func (s *Store) writeWithin(ctx context.Context, limit time.Duration, work func(tx neo4j.ManagedTransaction) error) error {
	if s.opts.ReadOnly {
		return errors.New("neo4j: the store was opened for reading only")
	}
	session := s.session(ctx, neo4j.AccessModeWrite)
	defer session.Close(ctx)
	var settings []func(*neo4j.TransactionConfig)
	if limit > 0 {
		settings = append(settings, neo4j.WithTxTimeout(limit))
	}
	_, err := neo4j.ExecuteWrite(ctx, session, func(tx neo4j.ManagedTransaction) (bool, error) { return true, work(tx) }, settings...)
	return err
}

// collect runs a query in a transaction. Its errors stay bare: the driver retries by their type.
func collect(ctx context.Context, tx neo4j.ManagedTransaction, cypher string, params map[string]any) ([]*neo4j.Record, error) {
	result, err := tx.Run(ctx, cypher, params)
	if err != nil {
		return nil, err
	}
	return result.Collect(ctx)
}

// each runs a query and calls f for every record as it comes.
func each(ctx context.Context, tx neo4j.ManagedTransaction, cypher string, params map[string]any, f func(v []any) error) error {
	result, err := tx.Run(ctx, cypher, params)
	if err != nil {
		return err
	}
	for result.Next(ctx) {
		if err := f(result.Record().Values); err != nil {
			return err
		}
	}
	return result.Err()
}
