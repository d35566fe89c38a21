package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/exit"
)

// What cannot be printed is an error, told once.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() { _ = full.Close() })
	const pkg, helper = " ./testdata/src/quickstart/backup", " ./analyzer/starter/retry"
	for _, args := range []string{
		"help", "help rules", "-version", "-V=full", "-describe" + helper, "-describe -test" + helper,
		pkg, "-explain" + pkg, "-json" + pkg, "-format=sarif" + pkg, "-format=github" + pkg, "-format=html" + pkg, "-fix -diff" + pkg,
	} {
		t.Run(args, func(t *testing.T) {
			cmd := exec.Command(binary, strings.Fields(args)...)
			cmd.Dir = filepath.Join("..", "..")
			var stderr bytes.Buffer
			cmd.Stdout, cmd.Stderr = full, &stderr
			err := cmd.Run()
			if code := cmd.ProcessState.ExitCode(); code != exit.Error || strings.Count(stderr.String(), "no space left on device") != 1 {
				t.Errorf("%v, %s", err, stderr.String())
			}
		})
	}
}
