package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/exit"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/out"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/settings"
)

// describe prints what is understood of the retry helper that args name, or of the
// one that the configuration names, or with -test a test of it, and returns the
// exit code.
func describe(args []string) int {
	test := len(args) > 0 && isFlag(args[0], "test")
	if test {
		args = args[1:]
	}
	opts, err := described(args)
	if err != nil {
		return exit.Fail(exit.Usage, err)
	}
	if test {
		return printTest(opts)
	}
	d, err := analyzer.Describe(".", opts.Helper)
	if err != nil {
		return exit.Fail(exit.Error, err)
	}
	out.Stdout.Print(description(d))
	return exit.Clean
}

// described returns options that name the helper which is to be described.
func described(args []string) (analyzer.Options, error) {
	if len(args) > 1 {
		return analyzer.Options{}, errors.New("-describe takes one package")
	}
	wd, err := os.Getwd()
	if err != nil {
		return analyzer.Options{}, err
	}
	opts, err := analyzer.LoadOptions(wd, os.Getenv(settings.ConfigEnv))
	switch {
	case len(args) == 1: // whatever the configuration is like
		opts.Helper = args[0]
	case err != nil:
		return analyzer.Options{}, err
	case opts.Helper == "":
		return analyzer.Options{}, errors.New("-describe needs a package: name it, or set helper in " + analyzer.ConfigName)
	}
	return opts, nil
}

// printTest prints a test of what fixes rely on, and returns the exit code.
func printTest(opts analyzer.Options) int {
	text, err := opts.DescribeTest(".")
	if err != nil {
		return exit.Fail(exit.Error, err)
	}
	out.Stdout.Print(string(text))
	return exit.Clean
}

// description returns a call for each form, what is missing, and the configuration
// that says the same.
func description(d analyzer.Description) string {
	var b strings.Builder
	fmt.Fprintf(&b, "fixes call %s like this:\n\n", d.Path)
	for _, form := range d.Forms() {
		fmt.Fprintf(&b, "  %-12s %s\n", form[0], form[1])
	}
	if d.Hook != "" {
		fmt.Fprintf(&b, "  %-12s %s\n", "hook", d.Hook)
	}
	if len(d.Missing) > 0 {
		fmt.Fprint(&b, "\nmissing or unclear:\n\n")
		for _, text := range d.Missing {
			fmt.Fprintf(&b, "  %s\n", text)
		}
	}
	fmt.Fprintf(&b, "\nthe same as a description, to correct and paste into %s, with helper: %s:\n\n%s", analyzer.ConfigName, d.Spec.Name, d.YAML())
	return b.String()
}
