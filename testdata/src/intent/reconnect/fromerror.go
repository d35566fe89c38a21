package reconnect

import (
	"context"
	"log"
	"time"
)

func next(err error, failed *int, regular time.Duration) time.Duration {
	if err == nil {
		*failed = 0
		return regular
	}
	*failed++
	return time.Duration(*failed) * time.Second
}

// renew has its delay computed of the error.
func renew(ctx context.Context, work func(context.Context) error) {
	failed := 0
	timer := time.NewTimer(0)
	for { // want `reconnect loop`
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
			err := work(ctx)
			wait := next(err, &failed, time.Hour)
			if err != nil {
				log.Print(err)
			}
			timer.Reset(wait)
		}
	}
}

// accepted makes an error of an answer that says no.
func accepted(dial func() (bool, error), serve func()) {
	fail := func(err error) {
		log.Print(err)
		time.Sleep(time.Second)
	}
	for { // want `reconnect loop with constant backoff`
		ok, err := dial()
		if err != nil {
			fail(err)
			continue
		}
		if !ok {
			fail(context.Canceled)
			continue
		}
		serve()
	}
}

// join waits longer and longer after a failure, and regularly after success.
func join(enter func() error, regular time.Duration) {
	failed := 0
	for { // want `reconnect loop with exponential backoff`
		if enter() != nil {
			failed++
			time.Sleep(time.Second << min(failed, 5))
		} else {
			failed = 0
			time.Sleep(regular)
		}
	}
}
