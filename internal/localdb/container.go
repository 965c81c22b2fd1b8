package localdb

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
)

// Image is the server's image for container engines, by the makers of Neo4j.
const Image = "neo4j:5.26-community"

func containerCommand(ctx context.Context, o *Options, password string) (command, error) {
	client, _, err := findContainerEngine(ctx)
	if err != nil {
		return command{}, err
	}
	return containerRun(client, o, password), nil
}

// containerRun is the command line that runs the server in a container in the foreground: the client's process stands
// for the server, and what ends it ends the container. Data lie in a volume named like the container.
func containerRun(client string, o *Options, password string) command {
	sum := sha256.Sum256([]byte(o.Dir))
	name := "entente-neo4j-" + hex.EncodeToString(sum[:4])
	port := func(outside, inside int) string {
		return "--publish=127.0.0.1:" + strconv.Itoa(outside) + ":" + strconv.Itoa(inside)
	}
	return command{
		with: Container, path: client, mark: "--name=" + name,
		// Named only, so that the password does not stand in the command line.
		env: []string{"NEO4J_AUTH=" + Username + "/" + password},
		args: []string{
			"run", "--rm", "--name=" + name,
			port(o.Bolt, 7687), port(o.HTTP, 7474),
			"--volume=" + name + ":/data",
			"--env=NEO4J_AUTH",
			"--env=NEO4J_server_bolt_advertised__address=localhost:" + strconv.Itoa(o.Bolt),
			"--env=NEO4J_server_http_advertised__address=localhost:" + strconv.Itoa(o.HTTP),
			"--env=NEO4J_server_memory_heap_max__size=" + strconv.Itoa(o.HeapMiB) + "m",
			"--env=NEO4J_server_memory_pagecache_size=" + strconv.Itoa(o.PageCacheMiB) + "m",
			"--env=NEO4J_dbms_usage__report_enabled=false",
			"--env=NEO4J_client_allow__telemetry=false",
			Image,
		},
	}
}

// findContainerEngine is the first client on the PATH, of docker and podman, whose engine answers.
func findContainerEngine(ctx context.Context) (path, version string, err error) {
	const remedy = "install and start Docker or Podman"
	err = &MissingError{"no container engine", remedy}
	for _, name := range []string{"docker", "podman"} {
		client, lookErr := exec.LookPath(name)
		if lookErr != nil {
			continue
		}
		// What the server says, not the client: a client alone runs nothing.
		format := "{{.Server.Version}}"
		if name == "podman" {
			format = "{{.Client.Version}}" // there is no server
		}
		out, runErr := output(ctx, client, "version", "--format", format)
		if runErr != nil {
			err = &MissingError{fmt.Sprintf("no container engine: %s is there, but its engine does not answer", client), remedy}
			continue
		}
		return client, name + " " + strings.TrimSpace(out), nil
	}
	return "", "", err
}
