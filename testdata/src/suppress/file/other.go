package file

import (
	"os"
	"time"
)

func removeLast() {
	for os.Remove("a") != nil { // want `hand-rolled retry loop`
		time.Sleep(time.Second)
	}
}
