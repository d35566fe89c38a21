// Package constant waits as long after each failure.
package constant

import (
	"flag"
	"os"
	"time"
)

const pause = 2 * time.Second

var interval = flag.Duration("interval", time.Second, "time between attempts")

type config struct{ delay time.Duration }

func named(name string) {
	for os.Remove(name) != nil { // want `retry loop with constant backoff: call the shared retry helper \(retry-loop\)`
		time.Sleep(pause)
	}
}

func field(cfg *config, name string) {
	for os.Remove(name) != nil { // want `retry loop with constant backoff`
		time.Sleep(cfg.delay)
	}
}

func fromFlag(name string) {
	for os.Remove(name) != nil { // want `retry loop with constant backoff`
		time.Sleep(*interval)
	}
}

func milliseconds(name string, ms int) {
	for os.Remove(name) != nil { // want `retry loop with constant backoff`
		time.Sleep(time.Duration(ms) * time.Millisecond)
	}
}
