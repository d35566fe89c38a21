// Package function has directives in the comments of declarations.
package function

import (
	"os"
	"time"
)

type disk struct{}

// remove tries for as long as it takes.
//
//nolint:sharedretry // the disk needs a pause of this length
func (disk) remove() {
	for os.Remove("a") != nil {
		time.Sleep(time.Second)
	}
	go func() {
		for os.Remove("b") != nil {
			time.Sleep(time.Second)
		}
	}()
}

//lint:ignore retry-loop,linear-backoff the disk needs a pause of this length
func remove() {
	for os.Remove("a") != nil {
		time.Sleep(time.Second)
	}
	for i := time.Second; os.Remove("b") != nil; i += time.Second {
		time.Sleep(i)
	}
}

func next() {
	for os.Remove("a") != nil { // want `hand-rolled retry loop`
		time.Sleep(time.Second)
	}
}

// The finding is the function itself.
//
//nolint:sharedretry // the disk needs a pause of this length
func recursive() error {
	if os.Remove("a") != nil {
		time.Sleep(time.Second)
		return recursive()
	}
	return nil
}

//lint:ignore sharedretry the disk needs a pause of this length
var later = func() {
	for os.Remove("a") != nil {
		time.Sleep(time.Second)
	}
}
