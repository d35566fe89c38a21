package nested

import (
	"fmt"
	"os"
	"time"
)

// countdown tells each second how long it is to the next attempt.
func countdown(name string) {
	for attempt := 1; ; attempt++ { // want `retry loop with linear backoff`
		if os.Remove(name) == nil || attempt == 5 {
			return
		}
		left := attempt * 5
		ticker := time.NewTicker(time.Second)
	wait:
		for {
			fmt.Println("next attempt in", left)
			select {
			case <-ticker.C:
				if left--; left == 0 {
					ticker.Stop()
					break wait
				}
			}
		}
	}
}

func pauses(name string, n int) {
	for os.Remove(name) != nil { // want `retry loop with constant backoff`
		for i := range n {
			fmt.Print(n-i, " ")
			time.Sleep(time.Second)
		}
	}
}

// steps does something in each pass of the loop inside.
func steps(name string, left int) error {
	for {
		if err := os.Remove(name); err == nil {
			return nil
		}
		for ; left > 0; left-- { // want `retry loop with constant backoff`
			if os.Chmod(name, 0o600) == nil {
				break
			}
			time.Sleep(time.Second)
		}
	}
}
