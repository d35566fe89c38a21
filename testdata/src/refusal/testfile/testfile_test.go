package testfile

import (
	"testing"
	"time"
)

func TestPing(t *testing.T) {
	s := new(Server)
	for s.Ping() != nil {
		time.Sleep(time.Millisecond)
	}
}
