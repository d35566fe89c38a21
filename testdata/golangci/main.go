// Command golangci is golangci-lint with sharedretry in it, made of module
// downloads alone. It is a module of its own, since nothing else needs them.
package main

import (
	"os"

	"github.com/golangci/golangci-lint/v2/pkg/commands"
	"github.com/golangci/golangci-lint/v2/pkg/exitcodes"

	_ "github.com/sharedretry/sharedretry/analyzer/golangci"
)

func main() {
	// Without a version the cache is that of this executable.
	if err := commands.Execute(commands.BuildInfo{}); err != nil {
		os.Exit(exitcodes.Failure) // the error has been printed
	}
}
