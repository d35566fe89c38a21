//go:build !windows

package formats

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/creack/pty"
)

// onTerminal runs the command with a terminal as standard output and, if
// asked for, standard error, and returns what comes there.
func onTerminal(t *testing.T, cmd *exec.Cmd, stderr bool) string {
	t.Helper()
	if !stderr {
		cmd.Stderr = io.Discard
	}
	term, err := pty.Start(cmd)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = term.Close() }()
	var b bytes.Buffer
	_, _ = io.Copy(&b, term) // ends with an error once the command has ended
	if err := cmd.Wait(); cmd.ProcessState.ExitCode() != 3 {
		t.Fatalf("%v\n%s", err, b.String())
	}
	return strings.ReplaceAll(b.String(), "\r\n", "\n")
}

// A person sees the source line and a mark under the delay; who reads from a
// pipe sees lines without either.
func TestTerminal(t *testing.T) {
	t.Parallel()
	dir := example(t)
	const (
		mark    = "\x1b[1;33m^^^^^^^^^^^^^^^^^^^^^^^\x1b[0m\n"
		plain   = "time.Sleep(time.Second)\n    |         ^^^^^^^^^^^^^^^^^^^^^^^\n"
		finding = "orders/orders.go:23:1: hand-rolled retry helper with constant backoff, which waits after the last attempt, no calls in this package: call backoff.Do; -fix does it (retry-helper)\n"
	)
	for _, test := range []struct {
		name, env  string
		want, lack string
	}{
		{"colour", "TERM=xterm", mark, plain},
		{"without colour", "NO_COLOR=1", plain, "\x1b[1"},
		{"dumb", "TERM=dumb", finding, "\x1b"},
		{"unknown", "TERM=", plain, "\x1b"},
	} {
		t.Run(test.name, func(t *testing.T) {
			cmd := command(dir, "./orders")
			cmd.Env = append(cmd.Env, "TERM=xterm", "NO_COLOR=", test.env)
			got := onTerminal(t, cmd, true)
			if !strings.Contains(got, test.want) || strings.Contains(got, test.lack) {
				t.Errorf("got\n%q", got)
			}
		})
	}
	piped := output(t, dir, "./orders")
	if !strings.Contains(piped, finding) || strings.Count(piped, "\n") != 3 {
		t.Errorf("piped:\n%s", piped)
	}
}

// The line that tells of progress is on standard error alone.
func TestProgressLine(t *testing.T) {
	t.Parallel()
	dir := example(t)
	slow := slowGo(t)
	for _, test := range []struct {
		name     string
		terminal bool // standard error is one
		want     bool
	}{
		{"terminal", true, true},
		{"standard output only", false, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			cmd := command(dir, "./orders")
			cmd.Env = append(cmd.Env, "TERM=xterm", "PATH="+slow+":"+os.Getenv("PATH"))
			got := onTerminal(t, cmd, test.terminal)
			if strings.HasPrefix(got, "\rsharedretry: loading packages (0s)\x1b[K") != test.want || strings.Contains(got, "loading") != test.want {
				t.Errorf("got %q", got)
			}
		})
	}
}

// slowGo returns a directory with a go command that takes its time.
func slowGo(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("go")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	script := "#!/bin/sh\nsleep 0.6\nexec '" + path + "' \"$@\"\n"
	if err := os.WriteFile(filepath.Join(dir, "go"), []byte(script), 0o777); err != nil {
		t.Fatal(err)
	}
	return dir
}

// A report for a file is not one for the terminal.
func TestOutputOnTerminal(t *testing.T) {
	t.Parallel()
	cmd := command(example(t), "-o="+os.DevNull, "./orders")
	if got := onTerminal(t, cmd, true); !strings.Contains(got, "3 findings in 1 of 1 package") || strings.Contains(got, "orders.go") {
		t.Errorf("got %q", got)
	}
}
