// Package linear waits longer by a step after each failure. A rule of its own
// reports it.
package linear

import (
	"net"
	"os"
	"time"
)

func times(name string) (err error) {
	for attempt := 1; attempt <= 5; attempt++ { // want `hand-rolled retry loop with linear backoff: call the shared retry helper \(linear-backoff\)`
		if err = os.Remove(name); err == nil {
			return nil
		}
		time.Sleep(time.Duration(attempt) * time.Second)
	}
	return err
}

func added(name string) {
	delay := time.Second
	for os.Remove(name) != nil { // want `retry loop with linear backoff`
		time.Sleep(delay)
		delay += 500 * time.Millisecond
	}
}

func inFunction(name string) (err error) {
	for i := range 5 { // want `retry loop with linear backoff`
		if err = os.Remove(name); err == nil {
			return nil
		}
		time.Sleep(delayOf(i))
	}
	return err
}

func delayOf(attempt int) time.Duration {
	return 100*time.Millisecond + time.Duration(attempt)*time.Second
}

// A service loop with a linear delay falls under the same rule.
func accept(ln net.Listener, conns chan<- net.Conn) {
	failures := 0
	for { // want `hand-rolled reconnect loop with linear backoff: call the shared retry helper \(linear-backoff\)`
		conn, err := ln.Accept()
		if err != nil {
			failures++
			time.Sleep(time.Duration(failures) * time.Second)
			continue
		}
		failures = 0
		conns <- conn
	}
}
