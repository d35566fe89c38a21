// Package drivernolint is for a driver that acts on //nolint itself: it gets
// all findings there, and none about these comments.
package drivernolint

import (
	"os"
	"time"
)

func remove() {
	//nolint:sharedretry // the disk needs a pause of this length
	for os.Remove("a") != nil { // want `call the shared retry helper \(retry-loop\)`
		time.Sleep(time.Second)
	}
	//nolint:sharedretry
	for os.Remove("b") != nil { // want `call the shared retry helper \(retry-loop\)`
		time.Sleep(time.Second)
	}
	//lint:ignore retry-loop the disk needs a pause of this length
	for os.Remove("c") != nil {
		time.Sleep(time.Second)
	}
	time.Sleep(time.Second) //nolint:sharedretry // old
	time.Sleep(time.Second) //lint:ignore sharedretry old // want `suppresses nothing`
}
