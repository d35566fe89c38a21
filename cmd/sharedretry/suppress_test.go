package main

import "testing"

// suppressed is a package with a finding, one that is suppressed, one that is
// not for want of a reason, and a comment that suppresses nothing.
const suppressed = libraryModule + "-- x.go --\n" + suppressedCode + "-- x_test.go --\npackage p\n"

const suppressedCode = retryCode + `
//nolint:sharedretry // the disk needs fixed pauses
func why(in func() error) { ` + retryLoop + ` }

//lint:ignore retry-loop
func no(in func() error) { ` + retryLoop + ` }

var old = 1 //nolint:sharedretry // it was a loop once
`

// Every driver treats comments alike.
func TestSuppression(t *testing.T) {
	t.Parallel()
	dir := write(t, suppressed)
	found := []string{"x.go:5:31: hand-rolled", "x.go:11:28: hand-rolled", "; not suppressed without a reason: write //lint:ignore retry-loop why (retry-loop)",
		"x.go:13:13: //nolint:sharedretry suppresses nothing: delete it (unused-suppression)"}
	for _, res := range []result{tool(t, dir, "-tests", "."), vet(t, dir, "-tests", ".")} {
		res.want(t, res.code, found...)
		res.wantNot(t, "x.go:8:")
		res.wantOnce(t, "x.go:13:13")
	}
	tool(t, dir, ".").want(t, 3, "3 findings in 1 of 1 package: 2 constant")
	for _, res := range []result{tool(t, dir, "-json", "."), vet(t, dir, "-json", ".")} {
		res.want(t, 0, `x.go:5:31"`, `x.go:11:28"`, `x.go:13:13"`, `"category": "unused-suppression"`)
		res.wantNot(t, "x.go:8:")
	}
	vet(t, dir, "-rules=reconnect-loop", ".").want(t, 0)
}

func TestExplainSuppression(t *testing.T) {
	t.Parallel()
	dir := write(t, suppressed)
	res := tool(t, dir, "-explain", "-tests", ".")
	res.want(t, 3, "x.go:8:29: retry, constant backoff: suppressed: the disk needs fixed pauses; the delay at line 8 ", "3 findings")
	res.wantOnce(t, "x.go:13:13: //nolint:sharedretry suppresses nothing: delete it")
}
