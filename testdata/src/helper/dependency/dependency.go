// Package dependency has func values that are not the operation, or are what a
// type works with: the loop is reported.
package dependency

import (
	"net"
	"os"
	"time"
)

type client struct {
	dial func(address string) (net.Conn, error)
	ping func() error
}

func (c *client) connect(address string) net.Conn {
	for { // want `retry loop with constant backoff`
		if conn, err := c.dial(address); err == nil {
			return conn
		}
		time.Sleep(time.Second)
	}
}

func (c *client) alive() {
	for c.ping() != nil { // want `retry loop with constant backoff`
		time.Sleep(time.Second)
	}
}

type config struct {
	Dial func(address string) (net.Conn, error)
}

func connect(cfg config, address string) net.Conn {
	for { // want `retry loop with constant backoff`
		if conn, err := cfg.Dial(address); err == nil {
			return conn
		}
		time.Sleep(time.Second)
	}
}

func remove(name string, log func(error), final func(error) bool) error {
	for { // want `retry loop with constant backoff`
		err := os.Remove(name)
		if err == nil || final(err) {
			return err
		}
		log(err)
		time.Sleep(time.Second)
	}
}

func list(each func(name string) error) error {
	for { // want `retry loop with constant backoff`
		if err := walk(each); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
}

func walk(each func(name string) error) error {
	entries, err := os.ReadDir(".")
	for _, e := range entries {
		_ = each(e.Name())
	}
	return err
}
