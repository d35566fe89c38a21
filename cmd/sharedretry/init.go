package main

import (
	"errors"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/starter"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/exit"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/out"
)

// initialise gives the module here its configuration and, if need be, a helper:
// see [starter.Init]. Args is -init or -init=NAME. It returns the exit code.
func initialise(args []string) int {
	_, want, given := strings.Cut(args[0], "=")
	if len(args) > 1 || given && want == "" {
		return exit.Fail(exit.Usage, errors.New("-init takes no arguments but -init=NAME: a library, a package or a directory"))
	}
	told, err := starter.Init(".", want)
	if err != nil {
		return exit.Fail(exit.Error, err)
	}
	out.Stdout.Print(told)
	return exit.Clean
}
