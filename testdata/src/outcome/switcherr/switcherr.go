// Package switcherr looks at the error in a switch.
package switcherr

import (
	"context"
	"errors"
	"io"
	"net"
	"time"
)

type feed struct{ src io.Reader }

func (f *feed) read(p []byte) (int, error) { return f.src.Read(p) }

func (f *feed) tag(p []byte) (int, error) {
	for { // want `retry loop with constant backoff`
		n, err := f.read(p)
		switch err {
		case nil:
			return n, nil
		case io.EOF:
			return 0, io.ErrUnexpectedEOF
		default:
			time.Sleep(time.Second)
		}
	}
}

func (f *feed) noTag(p []byte) (int, error) {
	for { // want `retry loop with constant backoff`
		n, err := f.read(p)
		switch {
		case err == nil:
			return n, nil
		case errors.Is(err, context.Canceled):
			return 0, err
		}
		time.Sleep(time.Second)
	}
}

func (f *feed) onType(p []byte) (int, error) {
	for { // want `retry loop with constant backoff`
		n, err := f.read(p)
		switch err.(type) {
		case *net.OpError:
			time.Sleep(time.Second)
		default:
			return n, err
		}
	}
}

// Only success waits before the next pass.
func (f *feed) paced(p []byte) error {
	for {
		switch n, err := f.read(p); err {
		case nil:
			println(n)
			time.Sleep(time.Second)
		default:
			return err
		}
	}
}
