package avast

import (
	"context"
	"time"

	"github.com/avast/retry-go/v5"
)

func op() error { return nil }

func fixed() {
	_ = retry.New(retry.Attempts(5), retry.Delay(time.Second), retry.MaxDelay(time.Minute), retry.DelayType(retry.FixedDelay)).Do(op) // want `retry policy with constant backoff by FixedDelay: take BackOffDelay \(backoff-policy\)`
	_ = retry.New(retry.DelayType(retry.CombineDelay(retry.FixedDelay, retry.RandomDelay))).Do(op)                                    // want `by FixedDelay: `
	kind := retry.FixedDelay                                                                                                          // want `by FixedDelay: `
	_ = retry.New(retry.DelayType(kind)).Do(op)
	options := []retry.Option{
		retry.Attempts(5),
		retry.DelayType(retry.FixedDelay), // want `by FixedDelay: `
	}
	_ = retry.New(options...).Do(op)
	defaults := struct{ kind retry.DelayTypeFunc }{retry.FixedDelay} // want `by FixedDelay: `
	_ = retry.New(retry.DelayType(defaults.kind)).Do(op)
	_ = retry.New(retry.UntilSucceeded(), retry.DelayType(retry.FixedDelay)).Do(op) // want `by FixedDelay: `
}

// Longer and longer delays for ever are no remedy: no fix.
func endless(ctx context.Context) {
	_ = retry.New(retry.Attempts(0), retry.DelayType(retry.FixedDelay)).Do(op)                          // want `by FixedDelay: `
	_ = retry.New(retry.UntilSucceeded(), retry.Context(ctx), retry.DelayType(retry.FixedDelay)).Do(op) // want `by FixedDelay: `
	kind := retry.FixedDelay                                                                            // want `by FixedDelay: `
	_ = retry.New(retry.Attempts(0), retry.DelayType(kind)).Do(op)
	options := []retry.Option{retry.DelayType(retry.FixedDelay)} // want `by FixedDelay: `
	options = append(options, retry.UntilSucceeded())
	_ = retry.New(options...).Do(op)
	both := retry.FixedDelay // want `by FixedDelay: `
	_ = retry.New(retry.Attempts(0), retry.MaxDelay(time.Minute), retry.DelayType(both)).Do(op)
	_ = retry.New(retry.Attempts(0), retry.DelayType(both)).Do(op)
}

// A limit of the delays is enough for a fix.
func limited() {
	_ = retry.New(retry.UntilSucceeded(), retry.MaxDelay(time.Minute), retry.DelayType(retry.FixedDelay)).Do(op) // want `by FixedDelay: `
}

func random() {
	_ = retry.New(retry.DelayType(retry.RandomDelay)).Do(op)                     // want `retry policy with random backoff by RandomDelay: combine it with BackOffDelay \(backoff-policy\)`
	_ = retry.New(retry.DelayType(retry.CombineDelay(retry.RandomDelay))).Do(op) // want `combine it with BackOffDelay`
	kind := retry.RandomDelay                                                    // want `combine it with BackOffDelay`
	_ = retry.New(retry.DelayType(kind)).Do(op)
}

func fine() {
	_ = retry.New(retry.Attempts(5), retry.Delay(time.Second)).Do(op)
	_ = retry.New(retry.DelayType(retry.BackOffDelay)).Do(op)
	_ = retry.New(retry.DelayType(retry.CombineDelay(retry.BackOffDelay, retry.RandomDelay))).Do(op)
	grows, random := retry.BackOffDelay, retry.RandomDelay
	_ = retry.New(retry.DelayType(retry.CombineDelay(grows, random))).Do(op)
	kinds := []retry.DelayTypeFunc{retry.FullJitterBackoffDelay, retry.FixedDelay}
	_ = retry.New(retry.DelayType(retry.CombineDelay(kinds...))).Do(op)

	// The last one counts.
	_ = retry.New(retry.DelayType(retry.FixedDelay), retry.DelayType(retry.BackOffDelay)).Do(op)
	options := []retry.Option{retry.DelayType(retry.FixedDelay)}
	options = append(options, retry.DelayType(retry.BackOffDelay))
	_ = retry.New(options...).Do(op)

	// One delay does not grow.
	_ = retry.New(retry.Attempts(2), retry.DelayType(retry.FixedDelay)).Do(op)
}
