// Package tests waits in its tests, which are reported if they are asked for.
package tests

import "errors"

// A Server is ready after some calls of Ping.
type Server struct{ pings int }

func (s *Server) Ping() error {
	if s.pings++; s.pings < 3 {
		return errors.New("starting")
	}
	return nil
}
