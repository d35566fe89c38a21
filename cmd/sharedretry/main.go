// Command sharedretry finds retry loops written by hand.
package main

import (
	"github.com/sharedretry/sharedretry/analyzer"
	"golang.org/x/tools/go/analysis/singlechecker"
)

func main() { singlechecker.Main(analyzer.Analyzer) }
