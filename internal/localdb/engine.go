package localdb

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"time"
)

// MissingError says what this machine lacks for an engine, and what to do about it.
type MissingError struct {
	What   string // no Java; Java is too old; no Maven; …
	Remedy string
}

func (e *MissingError) Error() string { return e.What + ": " + e.Remedy }

// engine prepares the engine that the options ask for.
func engine(ctx context.Context, o *Options, password string) (command, error) {
	switch o.With {
	case Java:
		return javaCommand(ctx, o, password)
	case Container:
		return containerCommand(ctx, o, password)
	}
	c, javaErr := javaCommand(ctx, o, password)
	if missing := (*MissingError)(nil); javaErr == nil || !errors.As(javaErr, &missing) {
		return c, javaErr
	}
	c, containerErr := containerCommand(ctx, o, password)
	if missing := (*MissingError)(nil); containerErr == nil || !errors.As(containerErr, &missing) {
		return c, containerErr
	}
	return command{}, fmt.Errorf("nothing here can run Neo4j:\n  %w\n  or %w", javaErr, containerErr)
}

// Finding is what Probe tells of one program.
type Finding struct {
	// Name is java, maven, container engine or neo4j.
	Name string `json:"name"`
	// Version is the program's version, empty when it was not found.
	Version string `json:"version,omitempty"`
	// Path is where it is.
	Path string `json:"path,omitempty"`
	// Fault says what is wrong with it and what to do; empty when it serves.
	Fault string `json:"fault,omitempty"`
}

// Probe looks for everything that can run a server, in a fixed order: java, maven, neo4j (the installed programs),
// container engine. It starts nothing and downloads nothing.
func Probe(ctx context.Context, o Options) []Finding {
	o.EnsureDefaults()
	found := func(name, version, path string, err error) Finding {
		f := Finding{Name: name, Version: version, Path: path}
		if err != nil {
			f.Fault = err.Error()
		}
		return f
	}
	java, javaVersion, javaErr := findJava(ctx, o.JavaHome)
	maven, mavenVersion, mavenErr := findMaven(ctx)
	version, installErr := Version, error(nil)
	if !installed(o.Install) {
		version, installErr = "", fmt.Errorf("not installed yet: the first entente neo4j start (or demo) does that, by Maven, about 140 MB")
	}
	container, containerVersion, containerErr := findContainerEngine(ctx)
	return []Finding{
		found("java", javaVersion, java, javaErr),
		found("maven", mavenVersion, maven, mavenErr),
		found("neo4j", version, programs(o.Install), installErr),
		found("container engine", containerVersion, container, containerErr),
	}
}

// Ready is nil when a server can be started by the engine that o.With asks for, and else says what is missing.
func Ready(ctx context.Context, o Options) error {
	o.EnsureDefaults()
	_, _, javaErr := findJava(ctx, o.JavaHome)
	if javaErr == nil && !installed(o.Install) {
		_, _, javaErr = findMaven(ctx)
	}
	_, _, containerErr := findContainerEngine(ctx)
	switch {
	case o.With == Java:
		return javaErr
	case o.With == Container:
		return containerErr
	case javaErr == nil || containerErr == nil:
		return nil
	}
	return fmt.Errorf("nothing here can run Neo4j:\n  %w\n  or %w", javaErr, containerErr)
}

// output runs a program that only tells something.
func output(ctx context.Context, path string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	b, err := exec.CommandContext(ctx, path, args...).CombinedOutput()
	return string(b), err
}
