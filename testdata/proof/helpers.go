// Package proof proves the suggested fixes by execution: functions that retry by
// hand run before and after their fix under scripted operations and virtual time,
// and must do the same.
//
//	go test ./...                                                  # what CI does
//	go test -v . -run Subjects -helper=failsafe-go                 # with one helper
//	go test -v . -run Generated -programs=20000 -seed=2 -timeout=2h
//	go test . -run Subjects -update                                # what is fixed, in fixed/
//
// The parts: sim is the world of scripts and traces, with the rules by which two
// traces are compared; gen composes programs; prove fixes, builds and runs them;
// subjects holds functions as people write them; acme holds helpers of all shapes.
// A difference is printed with both functions, the script and both traces.
package proof

// Fixed code calls these; nothing else here does.
import (
	_ "github.com/avast/retry-go/v4"
	_ "github.com/avast/retry-go/v5"
	_ "github.com/cenkalti/backoff/v4"
	_ "github.com/cenkalti/backoff/v5"
	_ "github.com/failsafe-go/failsafe-go"
	_ "github.com/failsafe-go/failsafe-go/retrypolicy"
	_ "github.com/sethvargo/go-retry"
	_ "k8s.io/apimachinery/pkg/util/wait"
	_ "k8s.io/client-go/util/retry"
)
