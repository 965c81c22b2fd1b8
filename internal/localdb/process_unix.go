//go:build unix

package localdb

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// detach makes the server the leader of a session of its own, so that a Ctrl-C meant for us does not reach it.
func detach(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true} }

func terminate(pid int) error { return signal(pid, syscall.SIGTERM) }
func kill(pid int) error      { return signal(pid, syscall.SIGKILL) }

func signal(pid int, s syscall.Signal) error {
	if err := syscall.Kill(pid, s); err != nil && !errors.Is(err, syscall.ESRCH) {
		return err
	}
	return nil
}

// runs reports whether pid is a live process with mark among its arguments. Process ids are used again: the mark is what
// tells our server from a stranger.
func runs(pid int, mark string) bool {
	if syscall.Kill(pid, 0) != nil {
		return false
	}
	if runtime.GOOS == "linux" {
		b, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/cmdline")
		if err == nil {
			return slices.Contains(strings.Split(string(b), "\x00"), mark) // a zombie's is empty
		}
		if errors.Is(err, fs.ErrNotExist) {
			return false
		}
	}
	b, err := exec.Command("ps", "-ww", "-o", "command=", "-p", strconv.Itoa(pid)).Output()
	return err == nil && strings.Contains(string(b), mark)
}

// watch waits for the end of its input, ends process $0 if that still has $1 among its arguments, and deletes folder $2.
const watch = `cat >/dev/null
if [ -r "/proc/$0/cmdline" ]; then c=$(tr '\0' ' ' <"/proc/$0/cmdline"); else c=$(ps -ww -o command= -p "$0"); fi
case "$c" in *"$1"*) kill "$0" ;; *) rm -rf "$2"; exit ;; esac
i=0
while kill -0 "$0" 2>/dev/null && [ $i -lt 30 ]; do i=$((i+1)); sleep 1; done
rm -rf "$2"`

// tie ends the process and deletes the folder when we end: a shell waits on a pipe whose other end only we hold. That
// works even where we are killed, when no code of ours runs any more.
func tie(pid int, mark, dir string) error {
	r, w, err := os.Pipe()
	if err != nil {
		return fmt.Errorf("localdb: %w", err)
	}
	defer r.Close()
	cmd := exec.Command("/bin/sh", "-c", watch, strconv.Itoa(pid), mark, dir)
	cmd.Stdin = r
	detach(cmd)
	if err := cmd.Start(); err != nil {
		w.Close()
		return fmt.Errorf("localdb: %w", err)
	}
	go func() {
		_ = cmd.Wait()
		w.Close() // keeps w alive until here
	}()
	return nil
}
