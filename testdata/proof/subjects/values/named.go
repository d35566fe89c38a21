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
