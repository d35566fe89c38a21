package main

import "testing"

// -init in a new module, and then the first command of it.
func TestInit(t *testing.T) {
	t.Parallel()
	dir := write(t, modFile+"-- x.go --\n"+retryCode)
	tool(t, dir, "-init").want(t, 0, "wrote internal/retry/retry.go\n")
	tool(t, dir, "-fix", "-diff", "./...").want(t, 0, "retrylib.Do(")
	tool(t, dir, "-init").want(t, 1, "sharedretry: .sharedretry.yml exists")
	for _, args := range [][]string{{"-init="}, {"-init", "./retry"}} {
		tool(t, dir, args...).want(t, 2, "-init takes no arguments but -init=NAME: a library, a package or a directory")
	}
}
