package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/settings"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/testdir"
)

// binary is the command, built once for all tests, as a release is: without what only
// debuggers read, since go vet has all of it hashed each time.
var binary string

// Set for a child process: the command that the test binary stands for, and the
// file to which it adds a line for each call.
const (
	wrappedEnv = "SHAREDRETRY_TEST_WRAPPED"
	logEnv     = "SHAREDRETRY_TEST_LOG"
)

func TestMain(m *testing.M) {
	if tool := os.Getenv(wrappedEnv); tool != "" {
		os.Exit(callWrapped(tool))
	}
	os.Exit(buildAndRun(m))
}

func buildAndRun(m *testing.M) int {
	dir, err := os.MkdirTemp("", "sharedretry")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(dir) }()
	binary = filepath.Join(dir, "sharedretry")
	if runtime.GOOS == "windows" {
		binary += ".exe"
	}
	if out, err := exec.Command("go", "build", "-ldflags=-s -w", "-o", binary, ".").CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "%s\n%v\n", out, err)
		return 1
	}
	return m.Run()
}

// callWrapped logs its arguments and calls tool with them.
func callWrapped(tool string) int {
	log, err := os.OpenFile(os.Getenv(logEnv), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
	if err == nil {
		_, err = fmt.Fprintln(log, strings.Join(os.Args[1:], " "))
		err = errors.Join(err, log.Close())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	cmd := exec.Command(tool, os.Args[1:]...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	err = cmd.Run()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return exit.ExitCode()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// What tests use of package testdir all the time, by short names.
const modFile = testdir.ModFile

var (
	write     = testdir.Write
	update    = testdir.Update
	tree      = testdir.Files
	sameTree  = testdir.Same
	formatted = testdir.Formatted
)

// The files that tests are made of. Each retry loop is at line 5, column 33.
const (
	retryCode  = "package p\n\nimport \"time\"\n\nfunc retry(in func() error) { " + retryLoop + " }; var op func() error\n"
	linearCode = "package p\n\nimport \"time\"\n\nfunc retry(in func() error) { " + linearLoop + " }; var op func() error\n"

	retryLoop  = "for i := 0; i < 3; i++ { if err := op(); err == nil { return }; time.Sleep(time.Second) }"
	linearLoop = "for i := 0; i < 3; i++ { if err := op(); err == nil { return }; time.Sleep(time.Duration(i) * time.Second) }"
)

// A result is how a command ended.
type result struct {
	code           int
	stdout, stderr string
}

// lateGC is for commands that are run: most end before it pays to collect memory, of which
// they may take more.
const lateGC = "GOGC=400"

// call runs a command in dir with variables added to the environment.
func call(t *testing.T, dir string, env []string, name string, args ...string) result {
	t.Helper()
	var stdout, stderr bytes.Buffer
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	cmd.Env = append(os.Environ(), "PWD="+dir, "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off", "GO111MODULE=on", settings.ConfigEnv+"=", settings.BaselineEnv+"=", "GITHUB_WORKSPACE=", lateGC)
	cmd.Env = append(cmd.Env, env...)
	err := cmd.Run()
	if _, ok := errors.AsType[*exec.ExitError](err); err != nil && !ok {
		t.Fatal(err)
	}
	return result{cmd.ProcessState.ExitCode(), stdout.String(), stderr.String()}
}

// tool runs the command in dir.
func tool(t *testing.T, dir string, args ...string) result {
	t.Helper()
	return call(t, dir, nil, binary, args...)
}

// vet runs the command under go vet in dir.
func vet(t *testing.T, dir string, args ...string) result {
	t.Helper()
	return call(t, dir, nil, "go", append([]string{"vet", "-vettool=" + binary}, args...)...)
}

// want checks the exit code, and that the output holds every one of texts: on
// standard output or standard error.
func (r result) want(t *testing.T, code int, texts ...string) {
	t.Helper()
	if r.code != code {
		t.Errorf("exit code %d, want %d", r.code, code)
	}
	for _, text := range texts {
		if !strings.Contains(r.stdout+"\x00"+r.stderr, text) {
			t.Errorf("%q is missing", text)
		}
	}
	r.show(t)
}

// wantNot checks that the output holds none of texts.
func (r result) wantNot(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(r.stdout+"\x00"+r.stderr, text) {
			t.Errorf("%q is there", text)
		}
	}
	r.show(t)
}

// wantOnce checks that text is there once.
func (r result) wantOnce(t *testing.T, text string) {
	t.Helper()
	if n := strings.Count(r.stdout+"\x00"+r.stderr, text); n != 1 {
		t.Errorf("%q is there %d times, want once", text, n)
	}
	r.show(t)
}

func (r result) show(t *testing.T) {
	t.Helper()
	if t.Failed() {
		t.Fatalf("stdout:\n%s\nstderr:\n%s", r.stdout, r.stderr)
	}
}

// skipSuperuser skips a test of what may not be written: the superuser may write all.
func skipSuperuser(t *testing.T) {
	t.Helper()
	if os.Geteuid() == 0 {
		t.Skip("run as the superuser")
	}
}
