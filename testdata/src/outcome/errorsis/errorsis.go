// Package errorsis tells failures apart with errors.Is and errors.As.
package errorsis

import (
	"errors"
	"net"
	"os"
	"syscall"
	"time"
)

func is(path string) (*os.File, error) {
	for { // want `retry loop with constant backoff`
		file, err := os.OpenFile(path, os.O_WRONLY, 0)
		if !errors.Is(err, syscall.ETXTBSY) {
			return file, err
		}
		time.Sleep(100 * time.Millisecond)
	}
}

func as(addr string) (net.Conn, error) {
	for { // want `retry loop with constant backoff`
		conn, err := net.Dial("tcp", addr)
		var opErr *net.OpError
		if errors.As(err, &opErr) && opErr.Timeout() {
			time.Sleep(time.Second)
			continue
		}
		return conn, err
	}
}

func asType(addr string) (net.Conn, error) {
	for { // want `retry loop with constant backoff`
		conn, err := net.Dial("tcp", addr)
		if dnsErr, ok := errors.AsType[*net.DNSError](err); !ok || dnsErr.IsNotFound {
			return conn, err
		}
		time.Sleep(time.Second)
	}
}

func typeAssertion(addr string) (net.Conn, error) {
	for { // want `retry loop with constant backoff`
		conn, err := net.Dial("tcp", addr)
		if e, ok := err.(net.Error); ok && e.Timeout() {
			time.Sleep(time.Second)
			continue
		}
		return conn, err
	}
}

func final(path string) (*os.File, error) {
	for range 10 { // want `retry loop with constant backoff`
		file, err := os.Open(path)
		if err == nil || errors.Is(err, os.ErrPermission) {
			return file, err
		}
		time.Sleep(100 * time.Millisecond)
	}
	return nil, os.ErrNotExist
}
