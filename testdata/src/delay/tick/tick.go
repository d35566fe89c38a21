// Package tick waits by receiving from time.Tick.
package tick

import (
	"os"
	"time"
)

func remove(dir string) {
	for { // want `retry loop with constant backoff`
		err := os.RemoveAll(dir)
		if err == nil {
			return
		}
		<-time.Tick(time.Second)
	}
}

func removeOnTheBeat(dir string) {
	beat := time.Tick(time.Second)
	for os.RemoveAll(dir) != nil { // want `retry loop with constant backoff`
		<-beat
	}
}

// The beat goes on after success.
func removeDaily(dir string) {
	for {
		<-time.Tick(24 * time.Hour)
		if err := os.RemoveAll(dir); err != nil {
			println(err.Error())
		}
	}
}
