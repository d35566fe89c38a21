// Package sentinel compares the error with errors that have names.
package sentinel

import (
	"errors"
	"io"
	"time"
)

var (
	errConflict = errors.New("conflict")
	errLocked   = errors.New("locked")
)

type table struct{ version int }

func (t *table) update(row string) error {
	if t.version++; t.version%2 == 0 {
		return errConflict
	}
	return nil
}

func same(t *table, row string) error {
	for { // want `retry loop with constant backoff`
		err := t.update(row)
		if err == errConflict {
			time.Sleep(10 * time.Millisecond)
			continue
		}
		return err
	}
}

func other(t *table, row string) error {
	for { // want `retry loop with constant backoff`
		if err := t.update(row); err != errConflict && err != errLocked {
			return err
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// The end of the file is where this loop waits for more to be written: reading
// has failed, and is done again after a delay.
func follow(r io.Reader, p []byte) (int, error) {
	for { // want `retry loop with constant backoff`
		n, err := r.Read(p)
		if err != io.EOF {
			return n, err
		}
		time.Sleep(time.Second)
	}
}
