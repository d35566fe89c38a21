// Package testfile waits in its tests.
package testfile

import "errors"

// A Server is ready after some calls of Ping.
type Server struct{ pings int }

func (s *Server) Ping() error {
	if s.pings++; s.pings < 3 {
		return errors.New("starting")
	}
	return nil
}
