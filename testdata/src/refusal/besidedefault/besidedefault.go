// Package besidedefault has selects that go on at once.
package besidedefault

import (
	"io"
	"time"
)

func copySome(dst io.Writer, chunks [][]byte) error {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		_, err := dst.Write(chunks[0])
		if err == nil {
			return nil
		}
		select {
		case <-tick.C:
			println("still trying")
		default:
		}
	}
}

// The default itself waits.
func copyUntil(dst io.Writer, chunk []byte, stop <-chan struct{}) error {
	for { // want `retry loop with constant backoff`
		_, err := dst.Write(chunk)
		if err == nil {
			return nil
		}
		select {
		case <-stop:
			return err
		default:
			time.Sleep(time.Second)
		}
	}
}
