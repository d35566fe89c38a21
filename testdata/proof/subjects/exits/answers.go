package exits

import (
	"errors"
	"fmt"
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

// Kinds returns errors of two kinds as they are, beside a value.
func Kinds(w *sim.World) (string, error) {
	for n := 1; ; n++ {
		s, err := w.Get()
		if err == nil {
			return s, nil
		}
		if errors.Is(err, sim.ErrFinal) || errors.Is(err, errNotFound) {
			return "", err
		}
		if n == 3 {
			return "", err
		}
		time.Sleep(time.Second)
	}
}

// Answers answers each kind of failure where it meets it.
func Answers(w *sim.World) (string, error) {
	for n := 1; ; n++ {
		s, err := w.Get()
		if err != nil {
			if errors.Is(err, sim.ErrBusy) {
				if n > 3 {
					return "", fmt.Errorf("still busy: %w", err)
				}
				time.Sleep(time.Second)
				continue
			}
			return "", fmt.Errorf("get: %w", err)
		}
		w.Hit("got")
		return s, nil
	}
}

// AnswersForEver does so without end.
func AnswersForEver(w *sim.World) error {
	for {
		err := w.Do()
		if err != nil {
			if !errors.Is(err, sim.ErrFinal) {
				time.Sleep(time.Second)
				continue
			}
			return fmt.Errorf("do: %w", err)
		}
		return nil
	}
}

type conn struct{ name string }

func dial(w *sim.World) (*conn, error) {
	name, err := w.Get()
	if err != nil {
		return nil, fmt.Errorf("dial: %w", err)
	}
	return &conn{name}, nil
}

// NilTells asks for the value, which is nil beside an error.
func NilTells(w *sim.World) (string, error) {
	var c *conn
	var err error
	for range 3 {
		c, err = dial(w)
		if err == nil {
			break
		}
		time.Sleep(time.Second)
	}
	if c == nil {
		return "", errors.New("no connection")
	}
	return c.name, nil
}

// FinalOrLast answers a final error as it does the last one.
func FinalOrLast(w *sim.World) (string, error) {
	for n := 1; ; n++ {
		s, err := w.Get()
		if err == nil {
			return s, nil
		}
		if errors.Is(err, sim.ErrFinal) || n == 3 {
			return "", fmt.Errorf("get: %w", err)
		}
		time.Sleep(time.Second)
	}
}
