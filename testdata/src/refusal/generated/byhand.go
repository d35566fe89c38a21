// Package generated has a generated file beside one that was written by hand.
package generated

import (
	"net"
	"time"
)

func ConnectTwice(addr string) (conn net.Conn, err error) {
	for range 2 { // want `retry loop with constant backoff`
		if conn, err = net.Dial("tcp", addr); err == nil {
			return conn, nil
		}
		time.Sleep(time.Second)
	}
	return nil, err
}
