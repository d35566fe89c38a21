// Package drain works until there is no more to do, at every tick.
package drain

import "time"

type store struct{ garbage int }

func (s *store) collect() error {
	if s.garbage == 0 {
		return errNothing
	}
	s.garbage--
	return nil
}

type nothing struct{}

func (nothing) Error() string { return "nothing to collect" }

var errNothing error = nothing{}

func (s *store) housekeep(done <-chan struct{}) {
	ticker := time.NewTicker(time.Hour)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			for s.collect() == nil {
			}
		case <-done:
			return
		}
	}
}
