// Package boolcallee has functions of its own that tell by a bool whether what
// they attempted worked.
package boolcallee

import (
	"io"
	"net"
	"os"
	"strings"
	"time"
)

// reachable attempts to connect.
func reachable(addr string) bool {
	conn, err := net.DialTimeout("tcp", addr, time.Second)
	if err != nil {
		return false
	}
	conn.Close()
	return true
}

// broken is the other way round.
func broken(name string) bool {
	_, err := os.ReadFile(name)
	return err != nil
}

// pid returns nil if there is no file.
func pid(name string) *string {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil
	}
	s := string(data)
	return &s
}

type server struct {
	addr    string
	started bool
}

func (s *server) isStarted() bool { return s.started }

func (s *server) untilReachable() {
	for !reachable(s.addr) { // want `retry loop with constant backoff`
		time.Sleep(time.Second)
	}
}

func (s *server) untilReachableOrTired() bool {
	for range 10 { // want `retry loop with constant backoff`
		if ok := reachable(s.addr); ok {
			return true
		}
		time.Sleep(time.Second)
	}
	return false
}

func (s *server) whileBroken(name string) {
	for broken(name) { // want `retry loop with constant backoff`
		time.Sleep(time.Second)
	}
}

func (s *server) pidOf(name string) string {
	for { // want `retry loop with constant backoff`
		if p := pid(name); p != nil {
			return *p
		}
		time.Sleep(time.Second)
	}
}

// The bool is a state, nothing is attempted.
func (s *server) untilStarted() {
	for !s.isStarted() {
		time.Sleep(time.Second)
	}
}

// dialed tells by a result that has a name.
func dialed(dial func() error) (ok bool) {
	if err := dial(); err != nil {
		return
	}
	ok = true
	return
}

func waitDialed(dial func() error) { // want `retry helper with constant backoff`
	for {
		if dialed(dial) {
			return
		}
		time.Sleep(time.Second)
	}
}

type tail struct {
	name   string
	closed bool
}

// lines says whether there will be no more; it says so neither where the file cannot be
// read nor where there are some.
func (t *tail) lines() (list []string, end bool) {
	data, err := os.ReadFile(t.name)
	if err != nil {
		println(err.Error())
		return
	}
	if list = strings.Fields(string(data)); t.closed && len(list) == 0 {
		end = true
	}
	return
}

// A pass that is not the last works on with what it got: nothing has failed.
func (t *tail) copyTo(w io.Writer) {
	for range time.Tick(time.Second) {
		list, end := t.lines()
		if end {
			break
		}
		if _, err := io.WriteString(w, strings.Join(list, " ")); err != nil {
			println(err.Error())
		}
	}
}

// Only the last pass works with what it got.
func (t *tail) copyTwice(w io.Writer) {
	for { // want `retry loop with constant backoff`
		list, end := t.lines()
		if end {
			_, _ = io.WriteString(w, strings.Join(list, " "))
			return
		}
		time.Sleep(time.Second)
	}
}
