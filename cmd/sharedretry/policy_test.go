package main

import (
	"strings"
	"testing"
)

// The fixes of policies are counted beside those of loops. The library is a copy
// below the module's own path.
func TestFixPolicies(t *testing.T) {
	t.Parallel()
	dir := write(t, modFile+`-- x.go --
package m

import "example.com/m/third_party/github.com/sethvargo/go-retry"

var slow, slower = retry.WithMaxRetries(3, retry.NewConstant(1)), retry.WithMaxRetries(3, retry.NewConstant(2))
-- third_party/github.com/sethvargo/go-retry/retry.go --
package retry

func NewConstant(int) int         { return 0 }
func NewExponential(int) int      { return 0 }
func WithMaxRetries(int, int) int { return 0 }
`)
	tool(t, dir, "-fix", "-diff", "./...").want(t, 0, "2 policies to replace in 1 file of 1 package\n")
	tool(t, dir, "-fix", "./...").want(t, 0, "2 policies replaced in 1 file of 1 package\n")
	if got := tree(t, dir)["x.go"]; !strings.Contains(got, "retry.NewExponential(1)), retry.WithMaxRetries(3, retry.NewExponential(2))") {
		t.Errorf("got %s", got)
	}
}
