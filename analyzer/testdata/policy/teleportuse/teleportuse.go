package teleportuse

import (
	"time"

	"github.com/gravitational/teleport/api/utils/retryutils"
)

func linear() {
	_, _ = retryutils.NewLinear(retryutils.LinearConfig{Step: time.Second, Max: time.Minute}) // want `retry policy with linear backoff by NewLinear: take NewRetryV2 with NewExponentialDriver \(backoff-policy\)`
	config := retryutils.LinearConfig{Step: time.Second, Max: time.Minute}
	_, _ = retryutils.NewLinear(config)                                             // want `by NewLinear: `
	_ = retryutils.Linear{LinearConfig: retryutils.LinearConfig{Step: time.Second}} // want `retry policy with linear backoff by LinearConfig: take RetryV2Config with NewExponentialDriver \(backoff-policy\)`
	_, _ = retryutils.NewConstant(time.Second)                                      // want `retry policy with constant backoff by NewConstant: take NewRetryV2 with NewExponentialDriver \(backoff-policy\)`
}

func fine() {
	_, _ = retryutils.NewRetryV2(retryutils.RetryV2Config{Max: time.Minute, Driver: retryutils.NewExponentialDriver(time.Second)})
}
