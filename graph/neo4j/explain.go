package neo4j

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// The kinds of failure that a person can mend; test with errors.Is.
var (
	ErrUnreachable = errors.New("no Neo4j answers")
	ErrRefused     = errors.New("Neo4j refused the user name or password")
	ErrCertificate = errors.New("the server's certificate was not accepted")
	ErrNoDatabase  = errors.New("there is no such database")
	// ErrForeign says that a node with one of our labels and ids belongs to another application.
	ErrForeign = errors.New("belongs to another application")
)

func tlsConfig(pool *x509.CertPool) *tls.Config {
	return &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
}

// explain says what a driver's error means and what to do about it. The driver's errors never hold the password.
func (s *Store) explain(err error) error {
	if err == nil {
		return nil
	}
	uri := redact(s.opts.URI)
	cause := err
	var c *neo4j.ConnectivityError
	if errors.As(err, &c) && c.Inner != nil {
		cause = c.Inner // ConnectivityError has no Unwrap
	}
	var limit *neo4j.TransactionExecutionLimit
	if errors.As(err, &limit) && len(limit.Errors) > 0 {
		last := limit.Errors[len(limit.Errors)-1]
		if errors.As(last, &c) && c.Inner != nil {
			last = c.Inner
		}
		cause = last
	}
	// The driver's own wrapper of TLS errors cannot be unwrapped: hence the texts besides the types.
	var unknown x509.UnknownAuthorityError
	var host x509.HostnameError
	var invalid x509.CertificateInvalidError
	var record tls.RecordHeaderError
	var verification *tls.CertificateVerificationError
	var auth *neo4j.InvalidAuthenticationError
	var server *neo4j.Neo4jError
	switch {
	case errors.As(cause, &host), strings.Contains(cause.Error(), "x509: certificate is ") && strings.Contains(cause.Error(), " not "):
		return fmt.Errorf("neo4j: %s: %w: it was made for another host: use a host name that it names: %w", uri, ErrCertificate, cause)
	case errors.As(cause, &unknown), strings.Contains(cause.Error(), "unknown authority"):
		return fmt.Errorf("neo4j: %s: %w: it is signed by an authority that this machine does not know: give the authority's certificate with --certificate FILE, or write +ssc instead of +s to accept any (it then protects against listeners, not against impostors)", uri, ErrCertificate)
	case errors.As(cause, &invalid):
		return fmt.Errorf("neo4j: %s: %w: %v", uri, ErrCertificate, invalid)
	case errors.As(cause, &verification), strings.Contains(cause.Error(), "failed to verify certificate"):
		return fmt.Errorf("neo4j: %s: %w: %w", uri, ErrCertificate, cause)
	case errors.As(cause, &record), strings.Contains(s.opts.URI, "+s") && strings.Contains(cause.Error(), "check that TLS is enabled"):
		return fmt.Errorf("neo4j: %s: the server does not speak TLS there: write neo4j:// or bolt:// without +s, or switch TLS on in the server: %w", uri, cause)
	case errors.As(cause, &auth):
		return fmt.Errorf("neo4j: %s: %w for user %q: see NEO4J_USERNAME and NEO4J_PASSWORD", uri, ErrRefused, s.opts.Username)
	case errors.As(cause, &server):
		return s.explainCode(uri, server)
	case neo4j.IsConnectivityError(err), c != nil, limit != nil:
		hint := "is it running? entente neo4j start runs one here"
		if strings.HasPrefix(s.opts.URI, "neo4j") {
			hint += "; for a single server behind a tunnel or container use bolt:// instead of neo4j://"
		}
		return fmt.Errorf("neo4j: %s: %w (%s): %w", uri, ErrUnreachable, hint, cause)
	}
	return fmt.Errorf("neo4j: %w", err)
}

func (s *Store) explainCode(uri string, e *neo4j.Neo4jError) error {
	switch e.Code {
	case "Neo.ClientError.Security.Unauthorized", "Neo.ClientError.Security.AuthenticationRateLimit":
		return fmt.Errorf("neo4j: %s: %w for user %q: see NEO4J_USERNAME and NEO4J_PASSWORD", uri, ErrRefused, s.opts.Username)
	case "Neo.ClientError.Security.CredentialsExpired":
		return fmt.Errorf("neo4j: %s: %w: the password of user %q has to be changed first (neo4j-admin dbms set-initial-password, or ALTER CURRENT USER)", uri, ErrRefused, s.opts.Username)
	case "Neo.ClientError.Database.DatabaseNotFound":
		return fmt.Errorf("neo4j: %s: %w: %q (Community has one, neo4j; see NEO4J_DATABASE)", uri, ErrNoDatabase, s.opts.Database)
	case "Neo.TransientError.General.MemoryPoolOutOfMemoryError", "Neo.ClientError.General.TransactionOutOfMemoryError":
		return fmt.Errorf("neo4j: %s: the server has too little memory for a batch: lower --batch-rows, or raise server.memory.heap.max_size: %w", uri, e)
	case "Neo.ClientError.Transaction.LockAcquisitionTimeout", "Neo.TransientError.Transaction.LockAcquisitionTimeout", "Neo.TransientError.Transaction.LockClientStopped":
		return fmt.Errorf("neo4j: %s: another program has been writing into the graph for longer than the server lets others wait (db.lock.acquisition.timeout): what was committed stays; run the command again: %w", uri, e)
	case "Neo.ClientError.Transaction.TransactionTimedOut", "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration":
		return fmt.Errorf("neo4j: %s: a batch took longer than %v or the server's own db.transaction.timeout: lower --batch-rows, and run the command again: what was committed stays: %w", uri, longest, e)
	}
	return fmt.Errorf("neo4j: %s: %w", uri, e)
}
