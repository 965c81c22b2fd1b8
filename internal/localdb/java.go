package localdb

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

//go:embed pom.xml
var pom string

// minJava is the oldest Java that the server runs on.
const minJava = 17

const howToJava = "install Java 17 or newer and Maven (Debian, Ubuntu: apt install openjdk-17-jre-headless maven; macOS: brew install openjdk maven; Fedora: dnf install java-21-openjdk-headless maven)"

// javaCommand installs what is not there yet, writes the server's configuration, and is the command line that runs it.
func javaCommand(ctx context.Context, o *Options, password string) (command, error) {
	java, _, err := findJava(ctx, o.JavaHome)
	if err != nil {
		return command{}, err
	}
	if err := install(ctx, o); err != nil {
		return command{}, err
	}
	l := layout(o.Dir)
	if err := writeFile(filepath.Join(l.conf(), "neo4j.conf"), configuration(o)); err != nil {
		return command{}, err
	}
	if _, err := os.Stat(l.stores()); errors.Is(err, fs.ErrNotExist) {
		if err := writeFile(l.auth(), initialAuth(password)); err != nil {
			return command{}, err
		}
	}
	home := "--home-dir=" + l.home()
	return command{
		with: Java, path: java, mark: home,
		args: []string{
			"-Xms" + strconv.Itoa(min(128, o.HeapMiB)) + "m", "-Xmx" + strconv.Itoa(o.HeapMiB) + "m",
			"-XX:+UseG1GC", "-XX:-OmitStackTraceInFastThrow", "-XX:+ExitOnOutOfMemoryError",
			// What the server's own start script opens for it.
			"--add-opens=java.base/java.nio=ALL-UNNAMED",
			"--add-opens=java.base/java.io=ALL-UNNAMED",
			"--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
			"--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
			"-Dio.netty.tryReflectionSetAccessible=true",
			"-Dlog4j2.disable.jmx=true",
			"-Dfile.encoding=UTF-8",
			"-cp", filepath.Join(programs(o.Install), "*"),
			"org.neo4j.server.CommunityEntryPoint", home, "--config-dir=" + l.conf(),
		},
	}, nil
}

// configuration is neo4j.conf: loopback only, no telemetry, a modest cache, and logs that do not grow for ever.
func configuration(o *Options) string {
	return fmt.Sprintf(`# Written by entente at every start; changes are lost.
server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:%[1]d
server.bolt.advertised_address=localhost:%[1]d
server.http.listen_address=127.0.0.1:%[2]d
server.http.advertised_address=localhost:%[2]d
server.https.enabled=false
dbms.security.auth_enabled=true
dbms.usage_report.enabled=false
client.allow_telemetry=false
server.memory.pagecache.size=%[3]dm
db.tx_log.preallocate=false
db.tx_log.rotation.retention_policy=256M size
db.shutdown_transaction_end_timeout=1s
`, o.Bolt, o.HTTP, o.PageCacheMiB)
}

// initialAuth is the server's auth.ini, which it reads when it starts without data: the line that
// "neo4j-admin dbms set-initial-password" writes, made here so that the password never stands in a command line.
// The hash is SHA-256 over salt and password, and again over the hash, 1024 times in all.
func initialAuth(password string) string {
	salt := make([]byte, 32)
	_, _ = rand.Read(salt) // never fails
	return authLine(password, salt)
}

func authLine(password string, salt []byte) string {
	const iterations = 1024
	sum := sha256.Sum256(append(salt[:len(salt):len(salt)], password...))
	for range iterations - 1 {
		sum = sha256.Sum256(sum[:])
	}
	return fmt.Sprintf("%s:SHA-256,%s,%s,%d:\n", Username, hex.EncodeToString(sum[:]), hex.EncodeToString(salt), iterations)
}

var javaVersion = regexp.MustCompile(`version "(\d+)(?:\.(\d+))?[^"]*"`)

// findJava is the path and version of a Java that is new enough.
func findJava(ctx context.Context, home string) (path, version string, err error) {
	if home != "" {
		name := filepath.Join(home, "bin", "java")
		if runtime.GOOS == "windows" {
			name += ".exe"
		}
		path, _ = exec.LookPath(name)
	}
	if path == "" {
		if path, err = exec.LookPath("java"); err != nil {
			return "", "", &MissingError{"no Java", howToJava}
		}
	}
	out, runErr := output(ctx, path, "-version") // on standard error
	m := javaVersion.FindStringSubmatch(out)
	if m == nil {
		// macOS has a java that only says where to get one.
		return "", "", &MissingError{fmt.Sprintf("no Java: %s -version gives no version (%v)", path, runErr), howToJava}
	}
	major, _ := strconv.Atoi(m[1])
	if major == 1 && m[2] != "" { // 1.8
		major, _ = strconv.Atoi(m[2])
	}
	version = strings.TrimSuffix(strings.TrimPrefix(m[0], `version "`), `"`)
	if major < minJava {
		return path, version, &MissingError{fmt.Sprintf("Java is too old: %s is %s, Neo4j needs %d", path, version, minJava),
			howToJava + ", and set JAVA_HOME to it if there are several"}
	}
	return path, version, nil
}

var mavenVersion = regexp.MustCompile(`Apache Maven (\S+)`)

func findMaven(ctx context.Context) (path, version string, err error) {
	path, err = exec.LookPath("mvn")
	if err != nil {
		return "", "", &MissingError{"no Maven", "install it (Debian, Ubuntu: apt install maven; macOS: brew install maven; Fedora: dnf install maven); it is needed once, to fetch Neo4j"}
	}
	out, runErr := output(ctx, path, "--batch-mode", "--version")
	m := mavenVersion.FindStringSubmatch(out)
	if m == nil {
		return "", "", &MissingError{fmt.Sprintf("no Maven: %s --version gives no version (%v)", path, runErr), "install it anew"}
	}
	return path, strings.TrimSuffix(m[1], "\x1b[m"), nil
}

// programs is the folder of the installed server's jars.
func programs(install string) string { return filepath.Join(install, "neo4j-"+Version) }

func installed(install string) bool {
	_, err := os.Stat(programs(install))
	return err == nil
}

// install copies the server's programs into place, once. The folder appears with its final name when all is there.
func install(ctx context.Context, o *Options) error {
	if installed(o.Install) {
		return nil
	}
	if err := os.MkdirAll(o.Install, 0o700); err != nil {
		return fmt.Errorf("localdb: %w", err)
	}
	lock := flock.New(filepath.Join(o.Install, "install.lock"))
	if _, err := lock.TryLockContext(ctx, 100*time.Millisecond); err != nil {
		return fmt.Errorf("localdb: waiting for another entente that installs Neo4j into %s: %w", o.Install, err)
	}
	defer lock.Unlock()
	if installed(o.Install) {
		return nil // by the one we waited for
	}
	maven, _, err := findMaven(ctx)
	if err != nil {
		return err
	}
	work, err := os.MkdirTemp(o.Install, ".installing-*")
	if err != nil {
		return fmt.Errorf("localdb: %w", err)
	}
	defer os.RemoveAll(work)
	pomFile, jars := filepath.Join(work, "pom.xml"), filepath.Join(work, "jars")
	if err := os.WriteFile(pomFile, []byte(pom), 0o600); err != nil {
		return fmt.Errorf("localdb: %w", err)
	}
	o.Say(fmt.Sprintf("fetching Neo4j %s by Maven, once, about 140 MB …", Version))
	cmd := exec.CommandContext(ctx, maven, "--batch-mode", "--quiet", "--strict-checksums", "--file", pomFile,
		"dependency:copy-dependencies", "-DincludeScope=runtime", "-DoutputDirectory="+jars)
	cmd.Dir = work
	out, err := cmd.CombinedOutput()
	if ctx.Err() != nil {
		return fmt.Errorf("localdb: fetching Neo4j: %w", ctx.Err())
	}
	if err != nil {
		lines := strings.Split(strings.TrimSpace(string(out)), "\n")
		return fmt.Errorf("localdb: Maven could not fetch Neo4j (is the network there?): %w; it said:\n  %s",
			err, strings.Join(lines[max(0, len(lines)-15):], "\n  "))
	}
	if err := os.Rename(jars, programs(o.Install)); err != nil {
		return fmt.Errorf("localdb: %w", err)
	}
	return nil
}
