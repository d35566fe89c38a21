// Package assigned gets the error in a variable that a closure or a callee
// assigns.
package assigned

import (
	"errors"
	"sync"
	"time"
)

type vault struct {
	mu     sync.Mutex
	sealed bool
}

func (v *vault) unseal(key string) error {
	if v.sealed {
		return errors.New("wrong key")
	}
	return nil
}

func (v *vault) locked(f func()) {
	v.mu.Lock()
	defer v.mu.Unlock()
	f()
}

func (v *vault) unsealInto(key string, err *error) { *err = v.unseal(key) }

func inClosure(v *vault, key string) error {
	var err error
	for range 3 { // want `retry loop with constant backoff`
		v.locked(func() { err = v.unseal(key) })
		if err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

func inLiteral(v *vault, key string) (err error) {
	for range 3 { // want `retry loop with constant backoff`
		func() {
			v.mu.Lock()
			defer v.mu.Unlock()
			err = v.unseal(key)
		}()
		if err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

func throughPointer(v *vault, key string) (err error) {
	for range 3 { // want `retry loop with constant backoff`
		v.unsealInto(key, &err)
		if err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

func (v *vault) lockedErr(f func() error) error {
	if !v.mu.TryLock() {
		return errors.New("busy")
	}
	defer v.mu.Unlock()
	return f()
}

// It may fail although what it is given does not.
func failsByItself(v *vault, key string) error {
	for range 3 { // want `retry loop with constant backoff`
		var keyErr error
		err := v.lockedErr(func() error {
			keyErr = v.unseal(key)
			return keyErr
		})
		if err == nil || keyErr != nil {
			return err
		}
		time.Sleep(time.Second)
	}
	return errors.New("busy")
}

func returnedByLiteral(v *vault, key string) {
	for { // want `retry loop with constant backoff`
		err := func() error {
			v.mu.Lock()
			defer v.mu.Unlock()
			return v.unseal(key)
		}()
		if err == nil {
			return
		}
		time.Sleep(time.Second)
	}
}
