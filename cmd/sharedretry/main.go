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
	"errors"
	"flag"
	"fmt"
	"os"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer"
	"golang.org/x/tools/go/analysis/singlechecker"
)

// Exit codes of the standalone command. Under go vet the go command decides.
const (
	exitClean    = 0
	exitError    = 1
	exitUsage    = 2
	exitFindings = 3
)

// configEnv names the environment variable that stands for -config. Under go
// vet it is the only way: the flag is not known when the cache key is made.
const configEnv = "SHAREDRETRY_CONFIG"

// baselineEnv names the one that stands for -baseline, for the same reason.
const baselineEnv = "SHAREDRETRY_BASELINE"

func main() { os.Exit(run(os.Args[1:])) }

// run tells the go command's questions from a user's.
func run(args []string) int {
	switch {
	case slices.Equal(args, []string{"-V=full"}):
		return printVersion()
	case slices.Equal(args, []string{"-flags"}):
		addStandaloneFlags(flag.CommandLine)
		return delegate(args)
	case len(args) > 0 && (args[0] == "-describe" || args[0] == "--describe"):
		return describe(args[1:])
	case len(args) > 0 && strings.HasSuffix(args[len(args)-1], ".cfg"):
		return vetUnit(args)
	}
	return standalone(args)
}

// collectAt lets memory grow by percent before it is collected, unless the user
// says when: what is loaded is needed to the end, so there is little to gain.
func collectAt(percent int) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
}

// delegate lets the driver of x/tools do the work.
func delegate(args []string) int {
	os.Args = append(os.Args[:1:1], args...)
	singlechecker.Main(analyzer.Analyzer)
	return exitClean // not reached: Main exits
}

// fail prints err to standard error, one of the go command as it is, and returns
// code.
func fail(code int, err error) int {
	if own, ok := errors.AsType[goError](err); ok {
		fmt.Fprintln(os.Stderr, own)
		return code
	}
	fmt.Fprintf(os.Stderr, "sharedretry: %v\n", err)
	return code
}
