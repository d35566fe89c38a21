package retry

import "context"

// passes is [Do] by a loop.
func passes(ctx context.Context, p Policy, op func() error) (err error) {
	made := 0
	for attempt := range Attempts(ctx, p) {
		if made++; attempt != made {
			panic("the attempts are not counted from 1")
		}
		if err = op(); err == nil {
			break
		}
	}
	return err
}
