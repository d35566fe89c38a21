// Package helper turns off findings of second helpers.
package helper

import (
	"time"
)

// atDeclaration has the comment where it is reported.
//
//lint:ignore retry-helper the firmware counts these waits
func atDeclaration(op func() error) {
	for op() != nil {
		time.Sleep(time.Second)
	}
}

func atLoop(op func() error) {
	//lint:ignore retry-helper the firmware counts these waits
	for op() != nil {
		time.Sleep(time.Second)
	}
}

func oneOfTwo(op func() error) { // want `hand-rolled retry helper .*\(retry-helper\)`
	//lint:ignore retry-helper the firmware counts these waits
	for op() != nil {
		time.Sleep(time.Second)
	}
	for op() != nil {
		time.Sleep(time.Minute)
	}
}

//nolint:sharedretry
func unreasoned(op func() error) { // want `hand-rolled retry helper .*not suppressed without a reason`
	for op() != nil {
		time.Sleep(time.Second)
	}
}
