package neo4j_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"flag"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/neo4j"
	"github.com/entente-kg/entente/graph/storetest"
	"github.com/entente-kg/entente/internal/localdb/localdbtest"
)

func options(db localdbtest.DB) neo4j.Options {
	return neo4j.Options{URI: db.URI, Username: db.Username, Password: db.Password, Database: db.Database}
}

func open(t testing.TB, o neo4j.Options) *neo4j.Store {
	t.Helper()
	s, err := neo4j.Open(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close(context.Background()) })
	return s
}

func TestConformance(t *testing.T) {
	o := options(localdbtest.Fresh(t))
	s := open(t, o)
	storetest.Run(t, func(t testing.TB) graph.Store {
		if err := s.Clear(t.Context()); err != nil {
			t.Fatal(err)
		}
		return s
	})
	o.BatchRows, o.BatchBytes = 7, 2000
	small := open(t, o)
	t.Run("small batches", func(t *testing.T) {
		storetest.Run(t, func(t testing.TB) graph.Store {
			if err := s.Clear(t.Context()); err != nil {
				t.Fatal(err)
			}
			return small
		})
	})
}

func TestAnySequenceOfChanges(t *testing.T) {
	s := open(t, options(localdbtest.Fresh(t)))
	if f := flag.Lookup("rapid.checks"); f.Value.String() == f.DefValue {
		f.Value.Set("10") // each takes half a second or more; the pure half of the store has its thousands in graph/memory
	}
	storetest.Property(t, func(t rapid.TB) graph.Store {
		if err := s.Clear(context.Background()); err != nil {
			t.Fatal(err)
		}
		return s
	})
}

func TestOpenExplains(t *testing.T) {
	db := localdbtest.Shared(t)
	for _, c := range []struct {
		name  string
		set   func(*neo4j.Options)
		is    error
		wants []string
	}{
		{"nobody there", func(o *neo4j.Options) { o.URI = "bolt://127.0.0.1:1" }, neo4j.ErrUnreachable, []string{"127.0.0.1:1", "entente neo4j start"}},
		{"nobody there, routed", func(o *neo4j.Options) { o.URI = "neo4j://127.0.0.1:1" }, neo4j.ErrUnreachable, []string{"bolt://"}},
		{"wrong password", func(o *neo4j.Options) { o.Password = "hunter2-wrong" }, neo4j.ErrRefused, []string{"NEO4J_PASSWORD"}},
		{"no such database", func(o *neo4j.Options) { o.Database = "nowhere" }, neo4j.ErrNoDatabase, []string{"nowhere"}},
		{"TLS where there is none", func(o *neo4j.Options) { o.URI = strings.Replace(o.URI, "bolt:", "bolt+s:", 1) }, nil, []string{"does not speak TLS"}},
		{"an http address", func(o *neo4j.Options) { o.URI = db.HTTP }, nil, []string{"Browser"}},
		{"a password in the address", func(o *neo4j.Options) { o.URI = "bolt://u:hunter2-wrong@h:1" }, nil, []string{"NEO4J_PASSWORD"}},
		{"an address that is none", func(o *neo4j.Options) { o.URI = "localhost" }, nil, []string{"bolt://host:7687"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := options(db)
			o.Retry = time.Second
			c.set(&o)
			_, err := neo4j.Open(t.Context(), o)
			if err == nil {
				t.Fatal("opened")
			}
			if c.is != nil && !errors.Is(err, c.is) {
				t.Errorf("got %v, want %v", err, c.is)
			}
			for _, w := range c.wants {
				if !strings.Contains(err.Error(), w) {
					t.Errorf("%q is not in: %v", w, err)
				}
			}
			for _, secret := range []string{db.Password, "hunter2-wrong"} {
				if strings.Contains(err.Error(), secret) {
					t.Errorf("the password is in: %v", err)
				}
			}
		})
	}
}

// expired is a server with a certificate of its own authority that ran out.
func expired(t *testing.T) (address string, certificate []byte) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().AddDate(-2, 0, 0), NotAfter: time.Now().AddDate(-1, 0, 0),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.TLS = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
	server.StartTLS()
	t.Cleanup(server.Close)
	return server.Listener.Addr().String(), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
}

func TestOpenExplainsAnExpiredCertificate(t *testing.T) {
	address, certificate := expired(t)
	_, err := neo4j.Open(t.Context(), neo4j.Options{URI: "bolt+s://" + address, Certificates: certificate, Retry: time.Second, Connect: 2 * time.Second})
	if !errors.Is(err, neo4j.ErrCertificate) || !strings.Contains(err.Error(), "expired") {
		t.Errorf("got %v", err)
	}
}

func TestOpenExplainsCertificates(t *testing.T) {
	server := httptest.NewTLSServer(http.NotFoundHandler()) // its certificate is for 127.0.0.1 and example.com
	defer server.Close()
	address := server.Listener.Addr().String()
	_, port, _ := strings.Cut(address, ":")
	for _, c := range []struct {
		name, uri string
		is        error
		want      string
	}{
		{"an unknown authority", "bolt+s://" + address, neo4j.ErrCertificate, "--certificate"},
		{"another host", "bolt+s://localhost:" + port, neo4j.ErrCertificate, ""},
		{"no Neo4j behind it", "bolt+ssc://" + address, neo4j.ErrUnreachable, "Bolt"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := neo4j.Open(t.Context(), neo4j.Options{URI: c.uri, Username: "neo4j", Password: "secret-word", Retry: time.Second, Connect: 2 * time.Second})
			if err == nil || c.is != nil && !errors.Is(err, c.is) || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "secret-word") {
				t.Errorf("got %v", err)
			}
		})
	}
	// With the authority's certificate the TLS part is in order.
	pemText := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	_, err := neo4j.Open(t.Context(), neo4j.Options{URI: "bolt+s://" + address, Certificates: pemText, Retry: time.Second, Connect: 2 * time.Second})
	if err == nil || errors.Is(err, neo4j.ErrCertificate) {
		t.Errorf("with its certificate: %v", err)
	}
	if _, err := neo4j.Open(t.Context(), neo4j.Options{URI: "bolt+s://" + address, Certificates: []byte("x")}); err == nil || !strings.Contains(err.Error(), "PEM") {
		t.Errorf("a certificate that is none: %v", err)
	}
}
