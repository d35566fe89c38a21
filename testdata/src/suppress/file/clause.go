//nolint:sharedretry // what this file talks to needs fixed pauses
package file

import (
	"os"
	"time"
)

func removeToo() {
	for os.Remove("a") != nil {
		time.Sleep(time.Second)
	}
}
