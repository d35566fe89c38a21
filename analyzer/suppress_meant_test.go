package analyzer

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"
)

// A comment that is not where its finding is says where that is.
func TestMisplacedSuppression(t *testing.T) {
	root := tree(t, map[string]string{"src/p/p.go": `package p

import "time"

var op func() error

func atTheDelay() {
	for op() != nil { // want "hand-rolled retry loop"
		time.Sleep(time.Second) //nolint:sharedretry // slow // want "suppresses nothing: the finding is at line 8: move it there"
	}
}

func inner() {
	for { // want "hand-rolled reconnect loop"
		for op() != nil { // want "hand-rolled retry loop"
			//lint:ignore retry-loop slow // want "suppresses nothing: the finding is at line 15: move it there"
			time.Sleep(time.Second)
		}
		if op() == nil {
			continue
		}
		time.Sleep(time.Second)
	}
}

func otherRule() {
	//lint:ignore linear-backoff slow // want "suppresses nothing: the finding at line 28 is of the rule retry-loop: name that"
	for op() != nil { // want "hand-rolled retry loop"
		time.Sleep(time.Second)
	}
}

func nothing() {
	//lint:ignore retry-loop slow // want "suppresses nothing: delete it"
	time.Sleep(time.Second)
}
`})
	analysistest.Run(t, root, New(Options{Config: NoConfig}), "p")
}
