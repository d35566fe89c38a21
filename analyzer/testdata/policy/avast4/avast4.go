package avast4

import (
	"context"
	"time"

	"github.com/avast/retry-go/v4"
)

func op() error { return nil }

func fixed() {
	_ = retry.Do(op, retry.Attempts(5), retry.Delay(time.Second), retry.MaxDelay(time.Minute), retry.DelayType(retry.FixedDelay)) // want `retry policy with constant backoff by FixedDelay: take BackOffDelay \(backoff-policy\)`
	_ = retry.Do(op, retry.DelayType(retry.CombineDelay(retry.FixedDelay, retry.RandomDelay)))                                    // want `by FixedDelay: `
	kind := retry.FixedDelay                                                                                                      // want `by FixedDelay: `
	_ = retry.Do(op, retry.DelayType(kind))
	options := []retry.Option{
		retry.Attempts(5),
		retry.DelayType(retry.FixedDelay), // want `by FixedDelay: `
	}
	_ = retry.Do(op, options...)
	defaults := struct{ kind retry.DelayTypeFunc }{retry.FixedDelay} // want `by FixedDelay: `
	_ = retry.Do(op, retry.DelayType(defaults.kind))
	_ = retry.Do(op, retry.UntilSucceeded(), retry.DelayType(retry.FixedDelay)) // want `by FixedDelay: `
}

// Longer and longer delays for ever are no remedy: no fix.
func endless(ctx context.Context) {
	_ = retry.Do(op, retry.Attempts(0), retry.DelayType(retry.FixedDelay))                          // want `by FixedDelay: `
	_ = retry.Do(op, retry.UntilSucceeded(), retry.Context(ctx), retry.DelayType(retry.FixedDelay)) // want `by FixedDelay: `
	kind := retry.FixedDelay                                                                        // want `by FixedDelay: `
	_ = retry.Do(op, retry.Attempts(0), retry.DelayType(kind))
	options := []retry.Option{retry.DelayType(retry.FixedDelay)} // want `by FixedDelay: `
	options = append(options, retry.UntilSucceeded())
	_ = retry.Do(op, options...)
}

// A limit of the delays is enough for a fix.
func limited() {
	_ = retry.Do(op, retry.UntilSucceeded(), retry.MaxDelay(time.Minute), retry.DelayType(retry.FixedDelay)) // want `by FixedDelay: `
}

func random() {
	_ = retry.Do(op, retry.DelayType(retry.RandomDelay))                     // want `retry policy with random backoff by RandomDelay: combine it with BackOffDelay \(backoff-policy\)`
	_ = retry.Do(op, retry.DelayType(retry.CombineDelay(retry.RandomDelay))) // want `combine it with BackOffDelay`
	kind := retry.RandomDelay                                                // want `combine it with BackOffDelay`
	_ = retry.Do(op, retry.DelayType(kind))
}

func fine() {
	_ = retry.Do(op, retry.Attempts(5), retry.Delay(time.Second))
	_ = retry.Do(op, retry.DelayType(retry.BackOffDelay))
	_ = retry.Do(op, retry.DelayType(retry.CombineDelay(retry.BackOffDelay, retry.RandomDelay)))
	grows, random := retry.BackOffDelay, retry.RandomDelay
	_ = retry.Do(op, retry.DelayType(retry.CombineDelay(grows, random)))
	kinds := []retry.DelayTypeFunc{retry.FullJitterBackoffDelay, retry.FixedDelay}
	_ = retry.Do(op, retry.DelayType(retry.CombineDelay(kinds...)))

	// The last one counts.
	_ = retry.Do(op, retry.DelayType(retry.FixedDelay), retry.DelayType(retry.BackOffDelay))
	options := []retry.Option{retry.DelayType(retry.FixedDelay)}
	options = append(options, retry.DelayType(retry.BackOffDelay))
	_ = retry.Do(op, options...)

	// One delay does not grow.
	_ = retry.Do(op, retry.Attempts(2), retry.DelayType(retry.FixedDelay))
}
