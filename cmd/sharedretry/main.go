// Command sharedretry finds retry loops written by hand.
//
//	sharedretry ./...                               # standalone
//	go vet -vettool=$(which sharedretry) ./...      # under go vet, with its cache
//	go fix -fixtool=$(which sharedretry) ./...      # under go fix
//
// Run sharedretry help for its flags, its rules and its exit codes. What it
// finds, and why, is the manual of the analyzer package.
package main

import (
	"os"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/exit"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/out"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/unit"
)

func main() { os.Exit(finish(run(os.Args[1:]))) }

// finish prints what is left to print and returns code, or that of the error if it
// cannot be printed, as on a full disk.
func finish(code int) int {
	if err := out.Stdout.Flush(); err != nil {
		return exit.Fail(exit.Error, err)
	}
	return code
}

// run tells the go command's questions from a user's.
func run(args []string) int {
	switch {
	case slices.Equal(args, []string{"-V=full"}):
		return unit.PrintVersion()
	case slices.Equal(args, []string{"-flags"}):
		return unit.PrintFlags(args, knownFlags())
	case len(args) > 0 && isFlag(args[0], "describe"):
		return describe(args[1:])
	case len(args) > 0 && isFlag(args[0], "init"):
		return initialise(args)
	case len(args) == 2 && args[0] == "help":
		return printHelp(args[1])
	case len(args) > 0 && strings.HasSuffix(args[len(args)-1], ".cfg"):
		return unit.Vet(args, knownFlags())
	}
	return standalone(args)
}

// isFlag reports whether arg gives the flag with the given name.
func isFlag(arg, name string) bool {
	flag, _, _ := strings.Cut(arg, "=")
	return flag == "-"+name || flag == "--"+name
}
