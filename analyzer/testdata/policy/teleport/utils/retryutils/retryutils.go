// Package retryutils has the types of the library of the same path, no version
// of which module proxies offer with a checksum.
package retryutils

import "time"

type LinearConfig struct {
	First, Step, Max time.Duration
	AutoReset        int64
}

type Linear struct{ LinearConfig }

func NewLinear(cfg LinearConfig) (*Linear, error)         { return &Linear{cfg}, nil }
func NewConstant(interval time.Duration) (*Linear, error) { return &Linear{}, nil }

type Driver interface {
	Duration(attempt int64) time.Duration
	Check() error
}

func NewExponentialDriver(base time.Duration) Driver { return nil }

type RetryV2Config struct {
	First, Max time.Duration
	Driver     Driver
}

type RetryV2 struct{ RetryV2Config }

func NewRetryV2(cfg RetryV2Config) (*RetryV2, error) { return &RetryV2{cfg}, nil }
