// Package post waits in the post statement of a for loop.
package post

import (
	"net/http"
	"time"
)

func wake(url string) error {
	var err error
	for ; ; time.Sleep(time.Second) { // want `retry loop with constant backoff`
		if _, err = http.Get(url); err == nil {
			return nil
		}
	}
}

// The post statement also runs after success.
func visit(urls chan string) {
	for ; ; time.Sleep(time.Second) {
		if _, err := http.Get(<-urls); err != nil {
			println(err.Error())
		}
	}
}

// The init statement runs once: it spaces no passes.
func wakeLater(url string) {
	for time.Sleep(time.Second); ; {
		if _, err := http.Get(url); err == nil {
			return
		}
	}
}
