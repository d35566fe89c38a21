// Package polynomial waits longer by a growing step after each failure. The
// message calls it exponential: it grows faster and faster.
package polynomial

import (
	"os"
	"time"
)

func square(name string) (err error) {
	for i := 1; i < 5; i++ { // want `retry loop with exponential backoff: call the shared retry helper \(retry-loop\)`
		if err = os.Remove(name); err == nil {
			return nil
		}
		time.Sleep(time.Duration(i*i) * time.Second)
	}
	return err
}
