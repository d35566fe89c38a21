package main

import (
	"strings"
	"testing"
)

// A line that a fix makes untrue is pointed out where it is afterwards.
func TestFixPointsOut(t *testing.T) {
	t.Parallel()
	dir := write(t, ownHelper+`-- x.go --
package m

import (
	"log"
	"time"
)

type options struct{ wait time.Duration }

// x waits 5s in between.
func x(op func() error) error {
	var err error
	for i := 0; i < 3; i++ {
		if err = op(); err == nil {
			return nil
		}
		log.Print("5 seconds to go")
		time.Sleep(5 * time.Second)
	}
	return err
}

func y(o options, op func() error) (err error) {
	for i := 0; i < 3; i++ {
		if err = op(); err == nil {
			return nil
		}
		time.Sleep(o.wait)
	}
	return err
}
-- options.go --
package m

import "time"

// withWait sets how long to wait between two attempts.
func withWait(d time.Duration) func(*options) {
	return func(o *options) { o.wait = d }
}
`)
	res := tool(t, dir, "-fix", "./...")
	res.want(t, 0, "2 loops replaced")
	for _, want := range []string{
		`: change this line, which states the old delay: // x waits 5s in between.`,
		`: change this line, which states the old delay: log.Print("5 seconds to go")`,
		`options.go:5: change this line, which states the old delay: // withWait sets how long to wait between two attempts.`,
	} {
		if !strings.Contains(res.stderr, want) {
			t.Errorf("no %q in\n%s", want, res.stderr)
		}
	}
}
