package capped

import (
	"net"
	"time"
)

// behind sets the limit where the delay has grown already.
func behind(l net.Listener, serve func(net.Conn)) {
	var wait time.Duration
	for { // want `reconnect loop with exponential backoff`
		conn, err := l.Accept()
		if err != nil {
			if wait == 0 {
				wait = 5 * time.Millisecond
			} else {
				wait *= 2
			}
			wait = min(wait, time.Second)
			time.Sleep(wait)
			continue
		}
		wait = 0
		go serve(conn)
	}
}
