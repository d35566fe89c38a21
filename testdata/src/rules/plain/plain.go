// Package plain has a linear delay that is reported as a plain retry or
// reconnect when the rule about linear delays is off.
package plain

import (
	"net"
	"os"
	"time"
)

func remove(name string) (err error) {
	for i := range 4 { // want `hand-rolled retry loop with linear backoff: call the shared retry helper \(retry-loop\)`
		if err = os.Remove(name); err == nil {
			return nil
		}
		time.Sleep(time.Duration(i) * time.Second)
	}
	return err
}

// The rule about service loops is off too.
func accept(ln net.Listener, conns chan<- net.Conn) {
	for {
		conn, err := ln.Accept()
		if err != nil {
			time.Sleep(time.Second)
			continue
		}
		conns <- conn
	}
}
