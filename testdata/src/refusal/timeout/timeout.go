// Package timeout uses time.After as a guard: when the time is over, the loop
// is left.
package timeout

import (
	"errors"
	"time"
)

var errTimeout = errors.New("timed out")

type player struct {
	frames chan []byte
	errs   chan error
}

func (p *player) show(frame []byte) error {
	if len(frame) == 0 {
		return errors.New("empty frame")
	}
	return nil
}

func play(p *player) error {
	for {
		select {
		case frame := <-p.frames:
			if err := p.show(frame); err != nil {
				continue
			}
		case <-time.After(time.Second):
			return errTimeout
		}
	}
}

func firstGood(p *player) error {
	deadline := time.After(time.Minute)
	for {
		select {
		case err := <-p.errs:
			if err == nil {
				return nil
			}
		case <-deadline:
			return errTimeout
		}
	}
}

// Here time passes and the loop goes on.
func patient(p *player, frame []byte) error {
	deadline := time.After(time.Minute)
	for { // want `retry loop with constant backoff`
		err := p.show(frame)
		if err == nil {
			return nil
		}
		select {
		case <-time.After(time.Second):
		case <-deadline:
			return err
		}
	}
}
