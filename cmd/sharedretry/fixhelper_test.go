package main

// helperConfig describes the helper that helperCode is.
const helperConfig = `-- .sharedretry.yml --
tests: true
helper: acme
helpers:
  - name: acme
    shape: callback
    imports: {retry: example.com/m/retry}
    call: retry.Do({{ctx}}, {{attempts}}, {{delay}}, {{op}})
    permanent: retry.Final({{err}})
`

const helperCode = `-- retry/retry.go --
// Package retry is the helper.
package retry

import (
	"context"
	"errors"
	"time"
)

type final struct{ error }

// Final marks an error that ends the attempts.
func Final(err error) error { return final{err} }

// Do calls op until it succeeds.
func Do(ctx context.Context, attempts int, delay time.Duration, op func() error) error {
	for n := 1; ; n++ {
		err := op()
		if f, ok := errors.AsType[final](err); ok {
			return f.error
		}
		if err == nil || n >= attempts {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(delay):
			delay *= 2
		}
	}
}
`

// libraryModule requires a retry library: one of the same interface, which needs
// no network.
const libraryModule = `-- go.mod --
module example.com/m

go 1.26

require github.com/avast/retry-go/v5 v5.1.0

replace github.com/avast/retry-go/v5 => ./avast
-- avast/go.mod --
module github.com/avast/retry-go/v5

go 1.26
-- avast/retry.go --
package retry

import (
	"context"
	"time"
)

type (
	Retrier   struct{}
	Option    func()
)

func New(...Option) *Retrier             { return nil }
func (*Retrier) Do(op func() error) error { return op() }
func Context(context.Context) Option     { return nil }
func Attempts(uint) Option               { return nil }
func UntilSucceeded() Option             { return nil }
func Delay(time.Duration) Option         { return nil }
func MaxDelay(time.Duration) Option      { return nil }
func LastErrorOnly(bool) Option          { return nil }
func BackOffDelay()                       {}
func DelayType(func()) Option            { return nil }
func Unrecoverable(err error) error      { return err }

type RetrierWithData[T any] struct{}

func NewWithData[T any](...Option) *RetrierWithData[T]       { return nil }
func (*RetrierWithData[T]) Do(op func() (T, error)) (T, error) { return op() }
`

// withLibrary has loops that call the library when they are fixed.
const withLibrary = libraryModule + `-- x.go --
package m

import (
	"context"
	"time"
)

func get(context.Context) error { return nil }

func inContext(ctx context.Context) error {
	var err error
	for range 3 {
		if err = get(ctx); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

func without() error {
	var err error
	for range 3 {
		if err = get(nil); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}
`
