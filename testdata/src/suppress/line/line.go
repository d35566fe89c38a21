// Package line has directives at the end of a line and above a statement.
package line

import (
	"net"
	"os"
	"time"
)

func endOfLine() {
	for os.Remove("a") != nil { //nolint:sharedretry // the disk needs a pause of this length
		time.Sleep(time.Second)
	}
	for os.Remove("b") != nil { //lint:ignore sharedretry the disk needs a pause of this length
		time.Sleep(time.Second)
	}
	for os.Remove("c") != nil { // want `hand-rolled retry loop`
		time.Sleep(time.Second)
	}
}

func lineAbove() {
	//nolint:gosec,sharedretry // the disk needs a pause of this length
	for os.Remove("a") != nil {
		time.Sleep(time.Second)
	}
	// The second attempt often works.
	//lint:ignore SA4011,retry-loop the disk needs a pause of this length
	for os.Remove("b") != nil {
		time.Sleep(time.Second)
	}
	//lint:ignore sharedretry/retry-loop the disk needs a pause of this length
	for os.Remove("c") != nil {
		time.Sleep(time.Second)
	}
	for os.Remove("d") != nil { // want `hand-rolled retry loop`
		time.Sleep(time.Second)
	}
}

// A directive above a statement holds for what is inside it as well.
func inside() {
	//nolint:sharedretry // both wait for the same disk
	for os.Remove("a") != nil {
		for os.Remove("b") != nil {
			time.Sleep(time.Second)
		}
		time.Sleep(time.Second)
	}
}

// One for a rule leaves the findings of others alone.
func otherRule(ln net.Listener) {
	//lint:ignore reconnect-loop there is one listener
	for {
		if _, err := ln.Accept(); err != nil {
			time.Sleep(time.Second)
		}
		for os.Remove("a") != nil { // want `hand-rolled retry loop`
			time.Sleep(time.Second)
		}
	}
}

func gotoCycle() {
	//lint:ignore retry-loop the disk needs a pause of this length
again:
	if os.Remove("a") != nil {
		time.Sleep(time.Second)
		goto again
	}
}

// What is for everybody is for this linter too.
func everything() {
	for os.Remove("a") != nil { //nolint // the disk needs a pause of this length
		time.Sleep(time.Second)
	}
	//nolint:all // the disk needs a pause of this length
	for os.Remove("b") != nil {
		time.Sleep(time.Second)
	}
	//lint:ignore * the disk needs a pause of this length
	for os.Remove("c") != nil {
		time.Sleep(time.Second)
	}
}
