// Package unusedsome is for a run with some of the rules: what it does not look
// for may still be suppressed.
package unusedsome

import (
	"os"
	"time"
)

func remove() {
	time.Sleep(time.Second)     //nolint:sharedretry // for another rule
	time.Sleep(time.Second)     //lint:ignore reconnect-loop for another rule
	time.Sleep(time.Second)     //lint:ignore retry-loop old // want `^//lint:ignore retry-loop suppresses nothing: delete it`
	for os.Remove("a") != nil { //lint:ignore retry-loop the disk needs a pause of this length
		time.Sleep(time.Second)
	}
}
