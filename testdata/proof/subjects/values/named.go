package values

import (
	"context"
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

// NamedNil returns nil by itself, and the last error by its name.
func NamedNil(ctx context.Context, w *sim.World) (err error) {
	for i := 0; i < 3; i++ {
		err = w.DoCtx(ctx)
		if err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return
}

// NamedBoth does so with a value.
func NamedBoth(w *sim.World) (n int, err error) {
	for range 3 {
		n, err = w.Partial()
		if err == nil {
			return n, nil
		}
		time.Sleep(time.Second)
	}
	return
}

// NamedLeft returns what the last attempt has left in a named result.
func NamedLeft(w *sim.World) (n int) {
	var err error
	for i := 1; i <= 3; i++ {
		n, err = w.Partial()
		if err == nil {
			break
		}
		if i < 3 {
			time.Sleep(time.Second)
		}
	}
	if err != nil {
		w.Log("failed: %v", err)
		return
	}
	return
}

// NamedAtOnce does so in the last attempt.
func NamedAtOnce(w *sim.World) (n int) {
	var err error
	for i := 1; ; i++ {
		n, err = w.Partial()
		if err == nil {
			break
		}
		if i == 3 {
			w.Log("failed: %v", err)
			return
		}
		time.Sleep(time.Second)
	}
	w.Log("got %d", n)
	return n
}
