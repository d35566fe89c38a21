// Command nogo analyses packages as the program does that Bazel's rules for Go
// make of a nogo target: each alone, from its files and the export data of what
// it imports, in a directory where there is nothing else, and in a pass with
// the bare fields only. Tests run it in place of Bazel.
//
//	nogo [-set flag=value] package...
//
// It exits with 2 if there are findings, and with 1 if something is wrong.
package main

import (
	"errors"
	"flag"
	"log"
	"os"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/sharedretry/sharedretry/analyzer"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("nogo: ")
	flag.Func("set", "give the analyzer a `flag=value`, as analyzer_flags does", setFlag)
	flag.Parse()
	count, err := analyse(flag.Args())
	switch {
	case err != nil:
		log.Fatal(err)
	case count > 0:
		os.Exit(2)
	}
}

func setFlag(text string) error {
	name, value, ok := strings.Cut(text, "=")
	if !ok {
		return errors.New("want flag=value")
	}
	return analyzer.Analyzer.Flags.Set(name, value)
}

// analyse prints the findings in packages and returns how many there are.
func analyse(patterns []string) (count int, err error) {
	if err := analysis.Validate([]*analysis.Analyzer{analyzer.Analyzer}); err != nil {
		return 0, err
	}
	listed, err := list(patterns)
	if err != nil {
		return 0, err
	}
	for _, p := range listed {
		if p.DepOnly || len(p.GoFiles) == 0 {
			continue
		}
		n, err := p.analyse(listed)
		if err != nil {
			return 0, err
		}
		count += n
	}
	return count, nil
}
