package grpc

import (
	"time"

	"github.com/grpc-ecosystem/go-grpc-middleware/v2/interceptors/retry"
)

func constant(d time.Duration) {
	_ = retry.WithBackoff(retry.BackoffLinear(time.Second))                                    // want `retry policy with constant backoff by BackoffLinear: take BackoffExponential \(backoff-policy\)`
	_ = retry.WithBackoff(retry.BackoffLinearWithJitter(d, 0.1))                               // want `by BackoffLinearWithJitter: take BackoffExponentialWithJitter \(`
	options := []retry.CallOption{retry.WithMax(5), retry.WithBackoff(retry.BackoffLinear(d))} // want `by BackoffLinear: take BackoffExponential \(`
	_ = retry.UnaryClientInterceptor(options...)
}

func fine(d time.Duration) {
	_ = retry.WithBackoff(retry.BackoffExponential(d))
	_ = retry.WithBackoff(retry.BackoffExponentialWithJitter(d, 0.1))
	_ = retry.UnaryClientInterceptor(retry.WithMax(2), retry.WithBackoff(retry.BackoffLinear(d))) // one delay
}
