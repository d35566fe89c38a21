// Package shutdown gives others time to end.
package shutdown

import (
	"log"
	"net"
	"os"
	"time"
)

func drain(listeners []net.Listener) {
	for _, ln := range listeners {
		if err := ln.Close(); err != nil {
			log.Print(err)
		}
		time.Sleep(time.Second)
	}
}

// Each signal is stronger than the one before.
func stop(p *os.Process) {
	for _, sig := range []os.Signal{os.Interrupt, os.Kill} {
		if err := p.Signal(sig); err != nil {
			return
		}
		time.Sleep(5 * time.Second)
	}
}

func untilIdle(active func() int) {
	for active() > 0 {
		time.Sleep(100 * time.Millisecond)
	}
}
