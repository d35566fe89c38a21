// Package idle waits where nothing is to be done, not because something failed.
package idle

import "time"

type cleaner struct {
	expired []string
	remove  func(string) error
}

func (c *cleaner) run(quit <-chan struct{}) {
	ticker := time.NewTicker(time.Minute)
	defer ticker.Stop()
	for {
		if len(c.expired) > 0 {
			if err := c.remove(c.expired[0]); err == nil {
				c.expired = c.expired[1:]
				continue
			}
		}
		select {
		case <-ticker.C:
		case <-quit:
			return
		}
	}
}

type conn struct {
	closed bool
	write  func(string) error
}

// ping says whether the connection is closed, not whether the ping arrived.
func (c *conn) ping() (closed bool, err error) {
	if c.closed {
		return true, nil
	}
	return false, c.write("ping")
}

func (c *conn) keepAlive(log func(error)) {
	for range time.Tick(time.Second) {
		closed, err := c.ping()
		if closed {
			return
		}
		if err != nil {
			log(err)
		}
	}
}
