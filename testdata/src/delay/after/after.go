// Package after waits by receiving from time.After.
package after

import (
	"net"
	"time"
)

func dial(addr string) (net.Conn, error) {
	for { // want `retry loop with constant backoff`
		conn, err := net.Dial("tcp", addr)
		if err == nil {
			return conn, nil
		}
		<-time.After(500 * time.Millisecond)
	}
}

func dialTwice(addr string) (conn net.Conn, err error) {
	wait := time.After(time.Second)
	for range 2 { // want `retry loop with constant backoff`
		conn, err = net.Dial("tcp", addr)
		if err == nil {
			return conn, nil
		}
		<-wait
	}
	return nil, err
}

// time.Time has a method After, which does not wait.
func dialUntil(addr string, deadline time.Time) (net.Conn, error) {
	for {
		conn, err := net.Dial("tcp", addr)
		if err == nil || time.Now().After(deadline) {
			return conn, err
		}
	}
}
