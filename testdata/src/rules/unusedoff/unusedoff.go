// Package unusedoff is for a run without the rule about directives.
package unusedoff

import (
	"os"
	"time"
)

func remove() {
	time.Sleep(time.Second)     //nolint:sharedretry // old
	for os.Remove("a") != nil { //nolint:sharedretry // the disk needs a pause of this length
		time.Sleep(time.Second)
	}
}
