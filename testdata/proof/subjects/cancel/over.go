package cancel

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

// Over has the context of what has been done before, which is over.
func Over(w *sim.World) error {
	before, stop := context.WithTimeout(context.Background(), time.Second)
	w.Tell("before: %v", before.Err())
	stop()
	var err error
	for i := 0; i < 3; i++ {
		if err = w.Do(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// Ended begins where the context has ended.
//
//proof:ignores
func Ended(ctx context.Context, w *sim.World) error {
	select {
	case <-ctx.Done():
	case <-time.After(time.Minute):
	}
	var err error
	for i := 0; i < 3; i++ {
		if err = w.Do(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// Unasked may be given no context at all.
//
//proof:ignores
func Unasked(ctx context.Context, w *sim.World) error {
	if ctx == nil {
		w.Tell("no context")
	}
	var err error
	for i := 0; i < 3; i++ {
		if err = w.Do(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// Other returns an error that the attempts do not set.
func Other(ctx context.Context, w *sim.World) error {
	var err error
	for i := 0; i < 3; i++ {
		s, err := w.GetCtx(ctx)
		if err == nil {
			w.Tell("got %s", s)
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// Both returns both errors.
func Both(ctx context.Context, w *sim.World) error {
	for i := 0; ; i++ {
		err := w.DoCtx(ctx)
		if err == nil || i == 2 {
			return err
		}
		select {
		case <-ctx.Done():
			return errors.Join(ctx.Err(), err)
		case <-time.After(time.Second):
		}
	}
}

// Shared keeps the error of the wait where that of the attempt was.
func Shared(ctx context.Context, w *sim.World) error {
	for {
		err := w.DoCtx(ctx)
		if err == nil {
			return nil
		}
		if err = pauses(ctx, time.Second); err != nil {
			return err
		}
	}
}

// Locked lets go of a lock while it waits.
//
//proof:ignores
func Locked(ctx context.Context, w *sim.World) error {
	var mu sync.Mutex
	mu.Lock()
	defer mu.Unlock()
	var err error
	for i := 0; i < 3; i++ {
		if err = w.DoCtx(ctx); err == nil {
			return nil
		}
		mu.Unlock()
		time.Sleep(time.Second)
		mu.Lock()
	}
	return err
}

func pauses(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
