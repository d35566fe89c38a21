// Package variant has functions that only hand the operation on.
package variant

import (
	"context"
	"os"
	"time"
)

func Do(op func() error) error { return DoN(3, op) }

func DoN(n int, op func() error) error {
	return DoContext(context.Background(), n, func(context.Context) error { return op() })
}

func DoContext(ctx context.Context, n int, op func(context.Context) error) (err error) { // want `retry helper with constant backoff, 4 calls in this package: `
	for range n {
		if err = op(ctx); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

func use() {
	_ = Do(func() error { return os.Remove("a") })
	_ = Do(func() error { return os.Remove("b") })
	_ = DoN(5, func() error { return os.Remove("c") })
	_ = DoContext(context.Background(), 5, func(context.Context) error { return os.Remove("d") })
}
