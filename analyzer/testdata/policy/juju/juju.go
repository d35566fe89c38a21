package juju

import (
	"time"

	"github.com/juju/retry"
)

func constant(op func() error) {
	_ = retry.Call(retry.CallArgs{Func: op, Attempts: 5, Delay: time.Second})                   // want `retry policy with constant backoff by CallArgs without BackoffFunc: set BackoffFunc to DoubleDelay \(backoff-policy\)`
	_ = retry.Call(retry.CallArgs{Func: op, Attempts: 5, Delay: time.Second, BackoffFunc: nil}) // want `set BackoffFunc to DoubleDelay`
	args := retry.CallArgs{Func: op, Attempts: 5, Delay: time.Second}                           // want `set BackoffFunc to DoubleDelay`
	args.MaxDelay = time.Minute
	_ = retry.Call(args)
}

func fine(op func() error) {
	_ = retry.Call(retry.CallArgs{Func: op, Attempts: 5, Delay: time.Second, BackoffFunc: retry.DoubleDelay})
	args := retry.CallArgs{Func: op, Attempts: 5, Delay: time.Second}
	args.BackoffFunc = retry.ExpBackoff(time.Second, time.Minute, 2, true)
	_ = retry.Call(args)
	_ = retry.CallArgs{}
}
