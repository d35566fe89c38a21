package gax

import (
	"time"

	"github.com/googleapis/gax-go/v2"
	"google.golang.org/grpc/codes"
)

func constant() {
	_ = gax.OnCodes([]codes.Code{codes.Unavailable}, gax.Backoff{Initial: time.Second, Multiplier: 1}) // want `retry policy with constant backoff by Backoff.Multiplier: set Multiplier to 2 \(backoff-policy\)`
	bo := gax.Backoff{Initial: time.Second, Max: time.Minute, Multiplier: 1.0}                         // want `set Multiplier to 2`
	_ = bo.Pause()
}

func fine() {
	_ = gax.Backoff{Initial: time.Second}
	_ = gax.Backoff{Initial: time.Second, Multiplier: 1.3}
}
