package analyzer_test

// What an attempt changes, or what would mean something else in a call of the
// helper.
var changingRefusals = []refusalTest{{"LimitChanges", libretry, `type quota struct{ left int }

func (q *quota) use() error { q.left--; return op() }

func f(q *quota) (err error) {
	for n := 0; ; n++ {
		if err = q.use(); err == nil || n >= q.left { // here
			return err
		}
		time.Sleep(time.Second)
	}
}
`}, {"CountNotKnown", "loop", `func f(limit func() int) (err error) {
	for n := 0; n < limit(); n++ { // here
		if err = op(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}
`}, {"LimitChanges", libretry, `func f(open map[string]bool) (err error) {
	for n := 0; n < len(open); n++ { // here
		if err = op(); err == nil {
			return nil
		}
		delete(open, err.Error())
		time.Sleep(time.Second)
	}
	return err
}
`}, {"LimitChanges", libretry, `func spend(limits []int) error { limits[0]--; return op() }

func f(limits []int) (err error) {
	for n := 0; n < limits[0]; n++ { // here
		if err = spend(limits); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}
`}, {"CountNotKnown", libretry, `var tries = 9

func spend() error { tries--; return op() }

func f() (err error) {
	for n := 0; n < tries; n++ { // here
		if err = spend(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}
`}, {"LimitChanges", libretry, `func spend(tries *int) error { *tries--; return op() }

func f(tries *int) (err error) {
	for n := 0; n < *tries; n++ { // here
		if err = spend(tries); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}
`}, {"LimitChanges", libretry, `type dialer struct {
	tries int
	dial  func() error
}

func newDialer() *dialer {
	d := &dialer{tries: 5}
	d.dial = func() error { d.tries--; return op() }
	return d
}

func (d *dialer) run() (err error) {
	for n := 0; n < d.tries; n++ { // here
		if err = d.dial(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}
`}, {"LimitChanges", libretry, `type sender interface{ send() error }

type flaky struct{ tries int }

func (f *flaky) send() error { f.tries--; return op() }

func f(s sender, c *flaky) (err error) {
	for n := 0; n < c.tries; n++ { // here
		if err = s.send(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}
`}, {"LimitChanges", libretry, `type Client struct{ tries int }

func (c *Client) SetTries(n int) { c.tries = n }

func (c *Client) f(try func() error) (err error) {
	for n := 0; n < c.tries; n++ { // here
		if err = try(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}
`}, {"ResetNotKnown", "reset", `func f() (err error) {
	wait := time.Second
	for {
		if err = op(); err == nil {
			return nil
		}
		time.Sleep(wait)
		if final(err) {
			wait = time.Second
		}
		wait *= 2 // here
	}
}
`}, {"LimitChanges", libretry, `func f() (err error) {
	tries := 3
	more := &tries
	for n := 0; n < tries; n++ { // here
		if err = op(more); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}
`}, {"CounterEscapes", libretry, `func f(try func(int) error) (err error) {
	for left := 3; left > 0; left-- {
		left := left - 1 // here
		if err = try(left); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}
`}, {"CounterEscapes", "loop", `func f(try func(int) error) (err error) {
	for i := 0; i < 4; i++ {
		i := i // here
		if err = try(i); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}
`}, {"CounterEscapes", "loop", `func f() (err error) {
	var seen []*int
	for i := range 4 {
		seen = append(seen, &i) // here
		if err = op(seen); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}
`}, {"CounterEscapes", libretry, `func f() (err error) {
	var seen []*int
	for i := 0; i < 4; i++ { // here
		seen = append(seen, &i)
		if err = op(seen); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}
`}, {"OutcomeGiven", libretry, `func f(s string, err error, left int) (string, error) {
	if err == nil || left == 0 {
		return s, err
	}
	time.Sleep(time.Second)
	s2, err2 := get()
	return f(s2, err2, left-1) // here
}
`}, {"AsksFrame", libretry, `func f() (err error) {
	defer func() {
		for range 3 {
			if r := recover(); r == nil { // here
				if err = op(); err == nil {
					return
				}
			}
			time.Sleep(time.Second)
		}
	}()
	return op()
}
`}, {"AsksFrame", libretry, `package m

import (
	"runtime"
	"time"
)

func trace() { runtime.Caller(1) }

func f() (err error) {
	for range 3 {
		trace() // here
		if err = op(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}
`}, {"MarksErrors", libretry, `package m

import (
	"time"

	"github.com/avast/retry-go/v5"
)

func send() error {
	if err := op(); final(err) {
		return retry.Unrecoverable(err) // here
	}
	return nil
}

func f() (err error) {
	for range 3 {
		if err = send(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}
`}, {"Unreasoned", libretry, `func f() (err error) {
	for range 3 { //nolint:sharedretry
		if err = op(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}
`}, {"CountsDelay", "done", `func f(ctx context.Context) error {
	for failures := 0; ; failures++ {
		err := op(ctx)
		if err == nil {
			return nil
		}
		wait := time.Second << failures // here
		if wait > 20*time.Second {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(wait):
		}
	}
}
`}}
