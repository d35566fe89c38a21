// Package reason has directives that give no reason: the findings stay, and
// say so.
package reason

import (
	"os"
	"time"
)

func remove() {
	//nolint:sharedretry
	for os.Remove("a") != nil { // want `call the shared retry helper; not suppressed without a reason: write //nolint:sharedretry // why \(retry-loop\)$`
		time.Sleep(time.Second)
	}
	//nolint:sharedretry the reason belongs behind two slashes
	for os.Remove("b") != nil { // want `not suppressed without a reason: write //nolint:sharedretry // why \(`
		time.Sleep(time.Second)
	}
	//nolint
	for os.Remove("c") != nil { // want `not suppressed without a reason: write //nolint // why \(`
		time.Sleep(time.Second)
	}
	//lint:ignore SA4011,retry-loop
	for os.Remove("d") != nil { // want `not suppressed without a reason: write //lint:ignore retry-loop why \(`
		time.Sleep(time.Second)
	}
}

// One reason is enough.
//
//nolint:sharedretry // the disk needs a pause of this length
func removeToo() {
	//lint:ignore retry-loop
	for os.Remove("a") != nil {
		time.Sleep(time.Second)
	}
}
