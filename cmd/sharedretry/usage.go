package main

import (
	"flag"
	"fmt"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/exit"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/help"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/out"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/settings"
)

const usageHead = `sharedretry finds retry loops written by hand.

usage:
  sharedretry [flags] packages
  go vet -vettool=$(which sharedretry) [flags] packages
  go fix -fixtool=$(which sharedretry) packages
  sharedretry -init[=NAME]           name the retry helper of this module, or write one
  sharedretry -describe [package]    print how fixes call a retry helper; with -test, a test of it
  sharedretry -version               print the version

help:
`

const usageFlags = `
flags:
`

const usageTail = `
configuration: ` + analyzer.ConfigName + ` in the package's directory or above, up to the module's root, or else beside go.work.
` + settings.ConfigEnv + ` names another file, and ` + settings.BaselineEnv + ` a baseline, under go vet too. Flags override both.
build tags: GOFLAGS=-tags=x sharedretry packages

exit codes: 0 nothing found, 1 an error (a package, the configuration, a fix or the report), 2 wrong use,
3 findings. With -fix, and with -format=json, sarif or html, findings do not change the exit code.
`

// usage returns what the command is, and every flag, rule and exit code.
func usage(flags *flag.FlagSet) string {
	var b strings.Builder
	b.WriteString(usageHead + help.About() + usageFlags)
	flags.SetOutput(&b)
	flags.PrintDefaults()
	b.WriteString("\nrules:\n")
	for _, r := range analyzer.Rules {
		state := "on"
		if !r.Default {
			state = "off"
		}
		fmt.Fprintf(&b, "  %-18s %-4s %s\n", r.Name, state, r.Doc)
	}
	return b.String() + usageTail
}

// printHelp prints what there is to read on a topic or a rule, and returns the
// exit code.
func printHelp(name string) int {
	text, err := help.On(name)
	if err != nil {
		return exit.Fail(exit.Usage, err)
	}
	out.Stdout.Print(text)
	return exit.Clean
}
