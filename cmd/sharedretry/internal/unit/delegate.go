package unit

import (
	"os"

	"github.com/sharedretry/sharedretry/analyzer"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/exit"
	"golang.org/x/tools/go/analysis/singlechecker"
)

// delegate lets the driver of x/tools do the work.
func delegate(args []string) int {
	os.Args = append(os.Args[:1:1], args...)
	singlechecker.Main(analyzer.Analyzer)
	return exit.Clean // not reached: Main exits
}
