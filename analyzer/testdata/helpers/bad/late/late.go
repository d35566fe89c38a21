// Package late is a retry helper that waits behind the last attempt.
package late

import "time"

// Do runs op.
func Do(attempts int, delay time.Duration, op func() error) (err error) {
	for range attempts {
		if err = op(); err == nil {
			return nil
		}
		time.Sleep(delay)
		delay *= 2
	}
	return err
}
