package grpcold

import (
	"time"

	grpc_retry "github.com/grpc-ecosystem/go-grpc-middleware/retry"
)

func constant(d time.Duration) {
	_ = grpc_retry.WithBackoff(grpc_retry.BackoffLinear(d))                // want `by BackoffLinear: take BackoffExponential \(`
	_ = grpc_retry.WithBackoff(grpc_retry.BackoffLinearWithJitter(d, 0.1)) // want `by BackoffLinearWithJitter: take BackoffExponentialWithJitter \(`
}

func fine(d time.Duration) {
	_ = grpc_retry.WithBackoff(grpc_retry.BackoffExponential(d))
}
