package failsafe

import (
	"time"

	"github.com/failsafe-go/failsafe-go"
	"github.com/failsafe-go/failsafe-go/retrypolicy"
)

func delays() {
	_ = failsafe.With(retrypolicy.NewBuilder[any]().WithMaxAttempts(5).WithDelay(time.Second).Build())                        // want `retry policy with constant backoff by Builder.WithDelay: take WithBackoff \(backoff-policy\)`
	_ = failsafe.With(retrypolicy.NewBuilder[any]().WithRandomDelay(time.Second, time.Minute).ReturnLastFailure().Build())    // want `retry policy with random backoff by Builder.WithRandomDelay: take WithBackoff and WithJitter \(backoff-policy\)`
	_ = failsafe.With(retrypolicy.NewBuilder[any]().WithBackoffFactor(time.Second, time.Minute, 1).WithMaxRetries(5).Build()) // want `retry policy with constant backoff by Builder.WithBackoffFactor: set the factor to 2 \(backoff-policy\)`
	_ = failsafe.With(retrypolicy.NewWithDefaults[any]())                                                                     // want `by NewWithDefaults: take NewBuilder and WithBackoff \(`

	b := retrypolicy.NewBuilder[string]()
	b.WithDelay(time.Second) // want `by Builder.WithDelay: take WithBackoff \(`
	_ = b.Build()
}

func fine(f failsafe.DelayFunc[any]) {
	_ = retrypolicy.NewBuilder[any]().WithBackoff(time.Second, time.Minute).Build()
	_ = retrypolicy.NewBuilder[any]().WithBackoffFactor(time.Second, time.Minute, 1.5).Build()
	_ = retrypolicy.NewBuilder[any]().WithDelay(time.Second).WithBackoff(time.Second, time.Minute).Build()
	_ = retrypolicy.NewBuilder[any]().WithDelayFunc(f).WithDelay(time.Second).Build()
	_ = retrypolicy.NewBuilder[any]().WithMaxAttempts(2).WithDelay(time.Second).Build()

	b := retrypolicy.NewBuilder[any]().WithDelay(time.Second)
	b.WithMaxAttempts(5).WithBackoff(time.Second, time.Minute)
	_ = b.Build()
	c := retrypolicy.NewBuilder[any]()
	c.WithDelay(time.Second)
	c.WithDelayFunc(f)
	_ = c.Build()
}
