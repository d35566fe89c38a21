// Package errorlike has types that tell of failures like an error does.
package errorlike

import (
	"syscall"
	"time"
)

// A fault is an error with a code.
type fault interface {
	error
	Code() int
}

// A failure is a pointer to what went wrong, nil if nothing did.
type failure struct{ reason string }

func (f *failure) Error() string { return f.reason }

type printer struct{ paper int }

func (p *printer) print(text string) *failure {
	if p.paper == 0 {
		return &failure{"out of paper"}
	}
	p.paper--
	return nil
}

func (p *printer) feed() fault { return nil }

func pointer(p *printer, text string) {
	for { // want `retry loop with constant backoff`
		if f := p.print(text); f == nil {
			return
		}
		time.Sleep(time.Minute)
	}
}

func wider(p *printer) {
	for { // want `retry loop with constant backoff`
		f := p.feed()
		if f == nil || f.Code() == 42 {
			return
		}
		time.Sleep(time.Minute)
	}
}

func number(lock func(fd int) syscall.Errno, fd int) syscall.Errno { // want `retry helper with constant backoff`
	for {
		errno := lock(fd)
		if errno != syscall.EAGAIN {
			return errno
		}
		time.Sleep(time.Second)
	}
}

// A count is not an error, although zero is good.
func count(remaining func() int) {
	for {
		if n := remaining(); n == 0 {
			return
		}
		time.Sleep(time.Second)
	}
}
