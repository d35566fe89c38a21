// Package probe asks for a state; asking in vain ends the loop.
package probe

import (
	"context"
	"errors"
	"os"
	"time"
)

type instance struct{ phase string }

func (i *instance) get(ctx context.Context) (string, error) { return i.phase, ctx.Err() }

func untilRunning(ctx context.Context, i *instance) error {
	for {
		phase, err := i.get(ctx)
		if err != nil {
			return err
		}
		if phase == "running" {
			return nil
		}
		time.Sleep(time.Second)
	}
}

func untilGone(ctx context.Context, name string) error {
	for {
		_, err := os.Stat(name)
		if errors.Is(err, os.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
		}
	}
}

func untilGrown(file *os.File, size int64) error {
	for {
		info, err := file.Stat()
		switch {
		case err != nil:
			return err
		case info.Size() >= size:
			return nil
		}
		time.Sleep(time.Millisecond)
	}
}

// With the failure ignored it is a retry: the first good answer ends it.
func untilAnswer(ctx context.Context, i *instance) string {
	for { // want `retry loop with constant backoff`
		if phase, err := i.get(ctx); err == nil {
			return phase
		}
		time.Sleep(time.Second)
	}
}
