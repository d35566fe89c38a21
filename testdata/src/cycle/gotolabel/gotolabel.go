// Package gotolabel repeats with goto.
package gotolabel

import (
	"errors"
	"io"
	"net"
	"syscall"
	"time"
)

func listen(addr string) (net.Listener, error) {
	tries := 0
again: // want `retry loop with constant backoff`
	ln, err := net.Listen("tcp", addr)
	if errors.Is(err, syscall.EADDRINUSE) && tries < 5 {
		tries++
		time.Sleep(time.Second)
		goto again
	}
	return ln, err
}

func listenForever(addr string) net.Listener {
retry: // want `retry loop with constant backoff`
	ln, err := net.Listen("tcp", addr)
	if err == nil {
		return ln
	}
	time.Sleep(time.Second)
	goto retry
}

// A goto that leads forward repeats nothing.
func listenOnce(addr string) net.Listener {
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		time.Sleep(time.Second)
		goto failed
	}
	return ln
failed:
	return nil
}

// The loop is left after a failure; the goto begins the next message.
func copyMessages(dst io.Writer, src io.Reader) error {
	buf := make([]byte, 512)
next:
	n, err := src.Read(buf)
	if err != nil {
		return err
	}
	if _, err := dst.Write(buf[:n]); err != nil {
		return err
	}
	time.Sleep(time.Millisecond)
	goto next
}
