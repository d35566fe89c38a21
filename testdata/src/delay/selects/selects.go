// Package selects waits in a select beside other cases.
package selects

import (
	"context"
	"errors"
	"time"
)

type uploader struct {
	stop   chan struct{}
	closed chan struct{}
	sent   int
}

var errBusy = errors.New("busy")

func (u *uploader) upload(chunk []byte) error {
	if u.sent%2 == 0 {
		return errBusy
	}
	u.sent++
	return nil
}

func (u *uploader) besideContext(ctx context.Context, chunk []byte) error {
	for { // want `retry loop with constant backoff`
		err := u.upload(chunk)
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return errors.Join(err, ctx.Err())
		case <-time.After(time.Second):
		}
	}
}

func (u *uploader) besideStop(chunk []byte) error {
	for { // want `retry loop with constant backoff`
		if err := u.upload(chunk); err == nil {
			return nil
		}
		select {
		case <-u.stop:
			return errors.New("stopped")
		case <-u.closed:
			return errors.New("closed")
		case <-time.After(time.Second):
			continue
		}
	}
}

func (u *uploader) breakOut(ctx context.Context, chunk []byte) error {
	var err error
loop:
	for { // want `retry loop with constant backoff`
		if err = u.upload(chunk); err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			break loop
		case <-time.After(time.Second):
		}
	}
	return err
}

// A default makes the select go on at once: nothing waits.
func (u *uploader) besideDefault(timer *time.Timer, chunk []byte) error {
	for {
		err := u.upload(chunk)
		if err == nil {
			return nil
		}
		select {
		case <-timer.C:
			return err
		default:
		}
	}
}

// The time is a limit: when it is over, the loop is left.
func (u *uploader) limited(chunk []byte) error {
	limit := time.After(time.Minute)
	for {
		err := u.upload(chunk)
		if err == nil {
			return nil
		}
		select {
		case <-limit:
			return err
		case <-u.closed:
		}
	}
}
