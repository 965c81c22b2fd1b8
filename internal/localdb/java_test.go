package localdb

import (
	"encoding/hex"
	"strings"
	"testing"
)

func TestAuthLineIsWhatTheAdminCommandWrites(t *testing.T) {
	// Written by neo4j-admin dbms set-initial-password sekret-123456, version 5.26.30.
	const want = "neo4j:SHA-256,b8af6da93ad6873dca554838ca4dadfa22e80ffecd9131a29ce1ecf82d44b75c,24b59f09259eff83f57703e41675748067448a51c6a2c00dfcc6a46f25fa76f0,1024:\n"
	salt, err := hex.DecodeString("24b59f09259eff83f57703e41675748067448a51c6a2c00dfcc6a46f25fa76f0")
	if err != nil {
		t.Fatal(err)
	}
	if got := authLine("sekret-123456", salt); got != want {
		t.Errorf("got  %swant %s", got, want)
	}
}

func TestThePomHasTheVersion(t *testing.T) {
	if !strings.Contains(pom, "<neo4j.version>"+Version+"</neo4j.version>") {
		t.Errorf("pom.xml does not have version %s", Version)
	}
}

func TestNoPasswordInACommandLine(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	o := Options{Dir: "/d", Bolt: 1234, HTTP: 2345}
	o.EnsureDefaults()
	// What a container engine would get; the engine itself is not asked.
	c := containerRun("docker", &o, "open sesame")
	line := strings.Join(c.args, " ")
	if strings.Contains(line, "sesame") {
		t.Errorf("the password stands in %s", line)
	}
	for _, want := range []string{"--publish=127.0.0.1:1234:7687", "--publish=127.0.0.1:2345:7474", c.mark, "--env=NEO4J_AUTH", Image} {
		if !strings.Contains(line, want) {
			t.Errorf("%s: no %s", line, want)
		}
	}
	if len(c.env) != 1 || c.env[0] != "NEO4J_AUTH=neo4j/open sesame" {
		t.Errorf("environment %q", c.env)
	}
}
