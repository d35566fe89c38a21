// Package poll waits for a state. Nothing has failed: the rule that reports
// these loops is off by default.
package poll

import (
	"fmt"
	"net"
	"os"
	"sync/atomic"
	"time"
)

type build struct {
	running atomic.Bool
	state   string
	left    []string
}

func (b *build) status() (string, error) {
	if b.state == "" {
		return "", fmt.Errorf("no such build")
	}
	return b.state, nil
}

func (b *build) untilStopped() {
	for b.running.Load() {
		time.Sleep(time.Millisecond)
	}
}

func (b *build) untilFinished() error {
	for {
		state, err := b.status()
		if err != nil {
			return err
		}
		if state == "finished" {
			return nil
		}
		time.Sleep(time.Second)
	}
}

func (b *build) untilEmpty(timeout time.Duration) bool {
	deadline := time.Now().Add(timeout)
	for len(b.left) > 0 {
		if time.Now().After(deadline) {
			return false
		}
		time.Sleep(10 * time.Millisecond)
	}
	return true
}

// The file is gone once there is an error.
func (b *build) untilRemoved(name string) {
	for {
		if _, err := os.Stat(name); err != nil {
			return
		}
		time.Sleep(time.Second)
	}
}

// Nothing tells online of an error: it looks at what there is, and that where there is a file
// only.
func untilOnline(name string) {
	for {
		info, _ := os.Stat(name)
		if info != nil {
			ready := true
			if info.Size() > 0 {
				ready = online()
			}
			if ready {
				return
			}
		}
		time.Sleep(time.Second)
	}
}

func online() bool {
	found, _ := net.Interfaces()
	for _, i := range found {
		if i.Flags&net.FlagRunning != 0 {
			return true
		}
	}
	return false
}
