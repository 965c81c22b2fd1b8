package neo4j

import (
	"strings"
	"testing"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// TestExplainCodes has the codes that a test cannot make a real server answer with.
func TestExplainCodes(t *testing.T) {
	s := &Store{opts: Options{URI: "bolt://u:hunter2@h:1", Username: "ada"}}
	for code, want := range map[string]string{
		"Neo.ClientError.Security.CredentialsExpired":                        "has to be changed first",
		"Neo.ClientError.Security.AuthenticationRateLimit":                   "NEO4J_PASSWORD",
		"Neo.TransientError.General.MemoryPoolOutOfMemoryError":              "--batch-rows",
		"Neo.ClientError.Transaction.LockAcquisitionTimeout":                 "another program",
		"Neo.TransientError.Transaction.LockClientStopped":                   "another program",
		"Neo.ClientError.Transaction.TransactionTimedOut":                    "--batch-rows",
		"Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration": "--batch-rows",
		"Neo.ClientError.Statement.SyntaxError":                              "what the server says",
	} {
		err := s.explain(&neo4j.Neo4jError{Code: code, Msg: "what the server says"})
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v, want %s", code, err, want)
		}
	}
}
