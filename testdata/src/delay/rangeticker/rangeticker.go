// Package rangeticker waits in the header of a range over a ticker.
package rangeticker

import (
	"net"
	"time"
)

func connect(addr string) net.Conn {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for range ticker.C { // want `retry loop with constant backoff`
		conn, err := net.Dial("tcp", addr)
		if err == nil {
			return conn
		}
	}
	return nil
}

func connectInPlace(addr string) (conn net.Conn) {
	for now := range time.Tick(time.Second) { // want `retry loop with constant backoff`
		c, err := net.Dial("tcp", addr)
		if err != nil {
			println(now.String(), err.Error())
			continue
		}
		conn = c
		break
	}
	return conn
}

// Success does not end it: it dials every second.
func watch(addr string, up chan<- bool) {
	for range time.Tick(time.Second) {
		conn, err := net.Dial("tcp", addr)
		up <- err == nil
		if err == nil {
			conn.Close()
		}
	}
}

// Not a ticker: the channel carries what to dial.
func connectEach(addrs <-chan string) (conns []net.Conn) {
	for addr := range addrs {
		conn, err := net.Dial("tcp", addr)
		if err == nil {
			conns = append(conns, conn)
		}
	}
	return conns
}
