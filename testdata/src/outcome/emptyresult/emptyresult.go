// Package emptyresult has functions that tell of a failure by returning nothing.
package emptyresult

import (
	"net"
	"time"
)

func freeAddr() string {
	l, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		return ""
	}
	defer l.Close()
	return l.Addr().String()
}

func connect(addr string) net.Conn {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return nil
	}
	return c
}

func waitAddr() string {
	for range 10 { // want `retry loop with constant backoff`
		if addr := freeAddr(); addr != "" {
			return addr
		}
		time.Sleep(time.Second)
	}
	return ""
}

func waitConn(addr string) net.Conn {
	for { // want `retry loop with constant backoff`
		c := connect(addr)
		if c != nil {
			return c
		}
		time.Sleep(time.Second)
	}
}

var leader string

func currentLeader() string { return leader }

// waitLeader asks for a state: nothing is attempted.
func waitLeader() string {
	for {
		if l := currentLeader(); l != "" {
			return l
		}
		time.Sleep(time.Second)
	}
}
