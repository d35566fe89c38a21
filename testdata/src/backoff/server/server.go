// Package server waits for as long as the other side asks for.
package server

import (
	"errors"
	"net/http"
	"strconv"
	"time"
)

func retryAfter(url string) (*http.Response, error) {
	for { // want `retry loop with server backoff: call the shared retry helper \(retry-loop\)`
		resp, err := http.Get(url)
		if err != nil {
			return nil, err
		}
		if resp.StatusCode == http.StatusOK {
			return resp, nil
		}
		resp.Body.Close()
		seconds, err := strconv.Atoi(resp.Header.Get("Retry-After"))
		if err != nil {
			return nil, err
		}
		time.Sleep(time.Duration(seconds) * time.Second)
	}
}

type throttled struct{ wait time.Duration }

func (*throttled) Error() string { return "throttled" }

func inError(send func() error) error { // want `retry helper with server backoff`
	for {
		err := send()
		var t *throttled
		if !errors.As(err, &t) {
			return err
		}
		time.Sleep(t.wait)
	}
}
