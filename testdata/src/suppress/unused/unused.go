// Package unused has directives where there is nothing to suppress.
package unused

import (
	"os"
	"time"
)

func nothing() {
	time.Sleep(time.Second) //nolint:sharedretry // old // want `^//nolint:sharedretry suppresses nothing: delete it \(unused-suppression\)$`

	//lint:ignore retry-loop,SA4011 old // want `^//lint:ignore retry-loop suppresses nothing: delete it`

	for os.Remove("a") != nil { // want `hand-rolled retry loop`
		time.Sleep(time.Second)
	}
	time.Sleep(time.Second) //lint:ignore sharedretry // want `^//lint:ignore sharedretry suppresses nothing: delete it`
}

// A list counts as a whole: one of its names is right.
func list() {
	for os.Remove("a") != nil { //lint:ignore retry-loop,linear-backoff the disk needs a pause of this length
		time.Sleep(time.Second)
	}
}

func wrongName() {
	//lint:ignore linear-backoff it is constant // want `^//lint:ignore linear-backoff suppresses nothing: the finding at line 29 is of the rule retry-loop: name that`
	for os.Remove("a") != nil { // want `hand-rolled retry loop`
		time.Sleep(time.Second)
	}
	//lint:ignore sharedretry/retry there is no such rule // want `^//lint:ignore sharedretry/retry suppresses nothing: the finding at line 33 is of the rule retry-loop: name that`
	for os.Remove("b") != nil { // want `hand-rolled retry loop`
		time.Sleep(time.Second)
	}
	//nolint:retry-loop // a rule is no linter // want `^//nolint:retry-loop suppresses nothing: it takes no rules, write //lint:ignore retry-loop and the reason \(`
	for os.Remove("c") != nil { // want `hand-rolled retry loop`
		time.Sleep(time.Second)
	}
}

// What does not name this linter is somebody else's.
func others() {
	time.Sleep(time.Second) //nolint
	time.Sleep(time.Second) //nolint:all // why not
	time.Sleep(time.Second) //nolint:gosec
	time.Sleep(time.Second) //lint:ignore * why not
	time.Sleep(time.Second) //lint:ignore SA4011 why not
}

// The rule is off, so nothing is known.
func off(ready func() bool) {
	time.Sleep(time.Second) //lint:ignore poll-loop the state is kept in a file
	for !ready() {          //nolint:sharedretry // the state is kept in a file
		time.Sleep(time.Second)
	}
}
