package load

import (
	"errors"
	"os"
	"os/exec"
	"strings"

	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/exit"
)

// askGo returns why the go command cannot list the packages of patterns, or nil
// if it can. The loader of packages drops some of these errors, and returns no
// packages instead.
func askGo(patterns []string) error {
	if driver := os.Getenv("GOPACKAGESDRIVER"); driver != "" && driver != "off" {
		return nil // it was not the go command that was asked
	}
	var stderr strings.Builder
	cmd := exec.Command("go", append([]string{"list", "-e", "-deps", "--"}, patterns...)...)
	cmd.Stderr = &stderr
	if _, ok := errors.AsType[*exec.ExitError](cmd.Run()); !ok {
		return nil
	}
	return exit.Verbatim(strings.TrimSpace(stderr.String()))
}
