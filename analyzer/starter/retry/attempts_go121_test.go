//go:build !go1.23

package retry

import "context"

// passes is [Do] by a loop.
func passes(ctx context.Context, p Policy, op func() error) (err error) {
	made := 0
	for r := Start(ctx, p); r.Next(); {
		if made++; r.Number() != made {
			panic("the attempts are not counted from 1")
		}
		if err = op(); err == nil {
			break
		}
	}
	return err
}
