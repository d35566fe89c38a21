package main

import (
	"errors"
	"strconv"
)

// A fixFlag is the value of -fix: whether to apply fixes, and how many.
type fixFlag struct {
	on    bool
	limit int // 0 is no limit
}

func (f *fixFlag) IsBoolFlag() bool { return true }

func (f *fixFlag) String() string {
	if f.limit > 0 {
		return strconv.Itoa(f.limit)
	}
	return strconv.FormatBool(f.on)
}

// Set takes a number, where 0 is off, or a bool.
func (f *fixFlag) Set(value string) error {
	n, err := strconv.Atoi(value)
	on := n > 0
	if err != nil {
		on, err = strconv.ParseBool(value)
	}
	if err != nil || n < 0 {
		return errors.New("want a number of fixes, true or false")
	}
	f.on, f.limit = on, n
	return nil
}
