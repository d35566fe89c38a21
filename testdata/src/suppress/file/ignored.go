// Package file has files of which nothing is reported.
package file

import (
	"os"
	"time"
)

//lint:file-ignore retry-loop what this file talks to needs fixed pauses

func remove() {
	for os.Remove("a") != nil {
		time.Sleep(time.Second)
	}
	for i := time.Second; os.Remove("b") != nil; i += time.Second { // want `linear-backoff`
		time.Sleep(i)
	}
}
