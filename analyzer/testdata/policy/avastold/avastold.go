package avastold

import "github.com/avast/retry-go"

func fixed(op func() error) {
	_ = retry.Do(op, retry.DelayType(retry.FixedDelay)) // want `by FixedDelay: take BackOffDelay \(`
}

func fine(op func() error) {
	_ = retry.Do(op, retry.DelayType(retry.BackOffDelay))
}
