package cancel

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

// LastInCase makes two calls, and leaves in the last attempt at each.
func LastInCase(ctx context.Context, w *sim.World) error {
pages:
	for page := 0; page < 2; page++ {
		for i := 1; i <= 3; i++ {
			err := w.DoCtx(ctx)
			switch {
			case err == nil:
				continue pages
			case i == 3:
				return fmt.Errorf("page %d: %w", page, err)
			case sim.IsFinal(err):
				return err
			}
			time.Sleep(time.Second)
		}
	}
	return nil
}

// LastOfTwo goes on behind the loop with what only success gives it.
//
//proof:ignores
func LastOfTwo(ctx context.Context, w *sim.World) (string, error) {
	var s string
	var err error
	for i := 1; i <= 3; i++ {
		s, err = w.GetCtx(ctx)
		if err == nil {
			break
		}
		if !sim.IsFinal(err) && i < 3 {
			time.Sleep(time.Second)
			continue
		}
		return "", fmt.Errorf("get: %w", err)
	}
	w.Log("got %c", s[0])
	return s, nil
}

// OnlyBusy tries again what it has a name for.
//
//proof:kinds ignores
func OnlyBusy(ctx context.Context, w *sim.World) error {
	var s string
	var err error
	for range 3 {
		s, err = w.GetCtx(ctx)
		if err == nil {
			break
		}
		if !errors.Is(err, sim.ErrBusy) {
			return fmt.Errorf("get: %w", err)
		}
		time.Sleep(time.Second)
	}
	if err != nil {
		return err
	}
	w.Log("got %s", s)
	return nil
}

// Releases lets go of what it has taken where it gives up.
func Releases(ctx context.Context, w *sim.World) error {
	w.Hit("take")
	for i := 1; ; i++ {
		err := w.DoCtx(ctx)
		if err == nil {
			return nil
		}
		if i == 3 {
			w.Hit("release")
			return err
		}
		time.Sleep(time.Second)
	}
}

// AsksAnew makes two calls, and asks for the error of either behind the loop.
func AsksAnew(ctx context.Context, w *sim.World) error {
	var err error
	for range 3 {
		if err = w.DoCtx(ctx); err != nil {
			time.Sleep(time.Second)
			continue
		}
		if err = w.Do(); err != nil {
			time.Sleep(time.Second)
			continue
		}
		w.Hit("both")
		return nil
	}
	if err != nil {
		return fmt.Errorf("all failed: %w", err)
	}
	return nil
}

// Flagged tells by a flag whether an attempt has worked.
func Flagged(ctx context.Context, w *sim.World) bool {
	up := false
	for i := 0; i < 3; i++ {
		if w.DoCtx(ctx) == nil {
			up = true
			break
		}
		time.Sleep(time.Second)
	}
	return up
}

// MendedBehind has a last attempt that returns, and says something else of final errors.
func MendedBehind(ctx context.Context, w *sim.World) (s string, err error) {
	tries := 0
	for {
		tries++
		s, err = w.GetCtx(ctx)
		if err != nil {
			if sim.IsFinal(err) {
				break
			}
			w.Log("failed: %v", err)
			if tries == 3 {
				return "", err
			}
			time.Sleep(time.Second)
			continue
		}
		return
	}
	return "", errors.New("cannot be mended")
}
