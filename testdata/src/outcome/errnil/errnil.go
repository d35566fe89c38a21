// Package errnil compares the error with nil.
package errnil

import (
	"os"
	"time"
)

func notNil(name string) ([]byte, error) {
	for i := 0; ; i++ { // want `retry loop with constant backoff`
		data, err := os.ReadFile(name)
		if err != nil {
			if i == 5 {
				return nil, err
			}
			time.Sleep(time.Second)
			continue
		}
		return data, nil
	}
}

func isNil(name string) (data []byte) {
	var err error
	for range 5 { // want `retry loop with constant backoff`
		data, err = os.ReadFile(name)
		if err == nil {
			break
		}
		time.Sleep(time.Second)
	}
	return data
}

// The file is read until it is not empty: a failure leaves the loop.
func notEmpty(name string) ([]byte, error) {
	for {
		data, err := os.ReadFile(name)
		if err != nil || len(data) > 0 {
			return data, err
		}
		time.Sleep(time.Second)
	}
}

// The error is not looked at.
func ignored(name string) {
	for range 5 {
		data, _ := os.ReadFile(name)
		println(len(data))
		time.Sleep(time.Second)
	}
}

// Nobody wants to know why the file is not there: it is waited for.
func untilThere(name string) {
	for {
		if there, _ := exists(name); there {
			return
		}
		time.Sleep(time.Second)
	}
}

func exists(name string) (bool, error) {
	_, err := os.Stat(name)
	return err == nil, err
}
