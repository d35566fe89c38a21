// Package field keeps the error in a field.
package field

import (
	"errors"
	"time"
)

type reply struct {
	Value string
	Err   error
}

type session struct {
	err  error
	last struct{ err error }
}

func (s *session) ask(question string) reply {
	if question == "" {
		return reply{Err: errors.New("no question")}
	}
	return reply{Value: "42"}
}

func (s *session) tell(text string) error {
	if text == "" {
		return errors.New("no text")
	}
	return nil
}

func ofResult(s *session, question string) string {
	for { // want `retry loop with constant backoff`
		r := s.ask(question)
		if r.Err == nil {
			return r.Value
		}
		time.Sleep(time.Second)
	}
}

func ofReceiver(s *session, text string) {
	for { // want `retry loop with constant backoff`
		s.err = s.tell(text)
		if s.err == nil {
			return
		}
		time.Sleep(time.Second)
	}
}

func nested(s *session, text string) {
	for i := 0; i < 3; i++ { // want `retry loop with constant backoff`
		if s.last.err = s.tell(text); s.last.err == nil {
			break
		}
		time.Sleep(time.Second)
	}
}

// The field is not looked at: every answer is printed.
func printed(s *session, question string) {
	for {
		println(s.ask(question).Value)
		time.Sleep(time.Second)
	}
}
