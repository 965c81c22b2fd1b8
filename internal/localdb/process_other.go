//go:build !unix

package localdb

import (
	"errors"
	"os"
	"os/exec"
	"strconv"
	"strings"
)

func detach(*exec.Cmd) {}

func terminate(pid int) error { return kill(pid) }

func kill(pid int) error {
	p, err := os.FindProcess(pid)
	if err != nil {
		return nil // gone
	}
	return p.Kill()
}

// runs reports whether pid is a live process with mark in its command line.
func runs(pid int, mark string) bool {
	query := "(Get-CimInstance Win32_Process -Filter 'ProcessId=" + strconv.Itoa(pid) + "').CommandLine"
	b, err := exec.Command("powershell", "-NoProfile", "-Command", query).Output()
	return err == nil && strings.Contains(string(b), mark)
}

func tie(int, string, string) error {
	return errors.New("localdb: Options.Temporary needs a POSIX shell")
}
