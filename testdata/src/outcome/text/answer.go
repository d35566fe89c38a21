package text

import (
	"bytes"
	"errors"
	"net"
	"strings"
	"time"
)

type shell interface {
	output(command string) ([]byte, error)
	read(command string, into *bytes.Buffer) error
}

// limited is told of one failure by the text of the answer.
func limited(sh shell) error {
	for range 10 { // want `retry loop with constant backoff`
		out, err := sh.output("upload")
		if err == nil && !strings.Contains(string(out), "rate limit") {
			return nil
		} else if strings.Contains(string(out), "rate limit") {
			time.Sleep(time.Minute)
		} else {
			return err
		}
	}
	return errors.New("too many")
}

// address reads what the answer was written to.
func address(sh shell) (net.IP, error) {
	var b bytes.Buffer
	for range 5 { // want `retry loop with constant backoff`
		b.Reset()
		if err := sh.read("address", &b); err == nil {
			if ip := net.ParseIP(b.String()); ip != nil {
				return ip, nil
			}
		}
		time.Sleep(time.Second)
	}
	return nil, errors.New("no address")
}

// running waits for a state that the answer tells.
func running(sh shell) error {
	for {
		out, err := sh.output("status")
		if err != nil {
			return err
		}
		if strings.Contains(string(out), "running") {
			return nil
		}
		time.Sleep(time.Second)
	}
}

// gone waits for a state, and nothing looks at the error: a failure would end it as well.
func gone(sh shell, name string) bool {
	for range 5 {
		out, _ := sh.output("list")
		if !strings.Contains(string(out), name) {
			return true
		}
		time.Sleep(time.Second)
	}
	return false
}

// value looks at what there is instead of the error.
func value(sh shell) []byte {
	for range 5 { // want `retry loop with constant backoff`
		out, _ := sh.output("value")
		if len(out) > 0 {
			return out
		}
		time.Sleep(time.Second)
	}
	return nil
}
