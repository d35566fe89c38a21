package tests

import (
	"testing"
	"time"
)

func TestPing(t *testing.T) {
	s := new(Server)
	for s.Ping() != nil { // want `retry loop with constant backoff`
		time.Sleep(time.Millisecond)
	}
}
