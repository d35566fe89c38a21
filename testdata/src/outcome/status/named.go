package status

import (
	"errors"
	"log"
	"net/http"
	"time"
)

type answer struct {
	Status int
	Body   []byte
}

type api struct {
	get  func(path string) (answer, error)
	push func(path string) (int, error)
}

func transient(status int) bool { return status == 429 || status >= 500 }

// pushed is told the status by the call itself.
func (a api) pushed(path string) error {
	for i := range 5 { // want `retry loop with linear backoff`
		code, err := a.push(path)
		if err == nil && code < http.StatusMultipleChoices {
			return nil
		}
		time.Sleep(time.Duration(i) * time.Second)
	}
	return errors.New("not pushed")
}

// ranges tells several statuses apart.
func (a api) ranges(path string) (answer, error) {
	for { // want `retry loop with constant backoff`
		reply, err := a.get(path)
		if err != nil {
			return reply, err
		}
		switch s := reply.Status; {
		case s >= http.StatusInternalServerError, s == http.StatusTooManyRequests:
			time.Sleep(time.Second)
		default:
			return reply, nil
		}
	}
}

// asked leaves it to a function of the package.
func (a api) asked(path string) (answer, error) {
	for d := time.Second; ; d *= 2 { // want `retry loop with exponential backoff`
		reply, err := a.get(path)
		if err != nil || !transient(reply.Status) {
			return reply, err
		}
		time.Sleep(d)
	}
}

// accepted waits for work that is still going on: that is no failure.
func (a api) accepted(path string) (answer, error) {
	for {
		reply, err := a.get(path)
		if err != nil || reply.Status != http.StatusAccepted {
			return reply, err
		}
		time.Sleep(time.Second)
	}
}

// counted compares numbers that are no statuses.
func counted(jobs func() (int, error)) error {
	for {
		n, err := jobs()
		if err != nil {
			return err
		}
		if n < 500 {
			log.Print("few left")
			return nil
		}
		time.Sleep(time.Second)
	}
}

// unnamed is told that a number is a status by what it is compared with.
func (a api) unnamed(path string) error {
	for range 5 { // want `retry loop with constant backoff`
		n, err := a.push(path)
		if err != nil {
			return err
		}
		if n != 429 && n < 500 {
			return nil
		}
		time.Sleep(time.Second)
	}
	return errors.New("not pushed")
}

// classes tells them apart by their class.
func (a api) classes(path string) error {
	for range 5 { // want `retry loop with constant backoff`
		var n, err = a.push(path)
		if err != nil {
			return err
		}
		switch n {
		case 502, 503, 504:
			time.Sleep(time.Second)
		default:
			return nil
		}
	}
	return errors.New("not pushed")
}

// swapped has the status on the right.
func (a api) swapped(path string) {
	for range 5 { // want `retry loop with constant backoff`
		status, _ := a.push(path)
		if 0 < status && 429 != status && 5 != status/100 {
			return
		}
		time.Sleep(time.Second)
	}
}

// filled asks for the size of a block, and of a full list.
func filled(jobs func() (int, error)) error {
	for {
		n, err := jobs()
		if err != nil {
			return err
		}
		if n == 512 || n >= 500 {
			return nil
		}
		time.Sleep(time.Second)
	}
}
