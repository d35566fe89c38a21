package reconnect

import (
	"log"
	"time"
)

// report tries one endpoint after the other, and all of them again.
func report(stopped func() bool, endpoints []string, send func(endpoint string) error) {
	for !stopped() {
		for _, endpoint := range endpoints { // want `reconnect loop with constant backoff`
			if err := send(endpoint); err != nil {
				log.Print(err)
				time.Sleep(time.Second)
			}
		}
	}
}

// probe adds a delay after a failure to the one that always comes.
func probe(wake <-chan struct{}, jitter func() time.Duration, ping func() error) {
	for { // want `reconnect loop with constant backoff`
		select {
		case <-wake:
		case <-time.After(jitter()):
		}
		if err := ping(); err != nil {
			time.Sleep(10 * time.Second)
		}
	}
}
