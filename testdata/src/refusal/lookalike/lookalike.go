// Package lookalike has loops that come near a retry or a reconnect.
package lookalike

import (
	"errors"
	"time"
)

type cluster struct {
	members func() ([]string, error)
	ping    func(string) error
}

// ready counts: no members is a state as well as a failure.
func (c *cluster) ready() int {
	members, err := c.members()
	if err != nil {
		return 0
	}
	return len(members)
}

func (c *cluster) waitSingle() {
	for {
		if c.ready() == 1 {
			return
		}
		time.Sleep(time.Second)
	}
}

// report waits for a minute either way.
func report(send func() error) {
	for {
		if err := send(); err != nil {
			time.Sleep(60 * time.Second)
			continue
		}
		time.Sleep(time.Minute)
	}
}

// rotate looks at the result of the next host, not of the one it pinged.
func (c *cluster) rotate(hosts []string, results []error) {
	i := 0
	for {
		results[i] = c.ping(hosts[i])
		i = (i + 1) % len(hosts)
		if results[i] != nil {
			time.Sleep(time.Second)
		}
	}
}

// measure stands in for what another system can do.
func measure() error { return errors.New("not supported on this system") }

func sample(log func(error)) {
	for {
		if err := measure(); err != nil {
			log(err)
		}
		time.Sleep(time.Second)
	}
}

// swapped is given another function before the loop begins.
func swapped(other func() (func() error, error), log func(error)) error {
	op := func() error { return errors.Join(errors.New("first"), nil) }
	op, err := other()
	if err != nil {
		return err
	}
	for {
		if err := op(); err != nil {
			log(err)
		}
		time.Sleep(time.Second)
	}
}

func none(errs ...error) bool { return len(errs) == 0 }

// given is never without an error to look at, even if that is nil.
func given(op func() error) {
	for {
		if err := op(); none(err) {
			return
		}
		time.Sleep(time.Second)
	}
}
