// Package status looks at the status of an HTTP response.
package status

import (
	"fmt"
	"net/http"
	"time"
)

func notOK(client *http.Client, req *http.Request) (*http.Response, error) {
	for { // want `retry loop with constant backoff`
		resp, err := client.Do(req)
		if err != nil {
			return nil, err
		}
		if resp.StatusCode == http.StatusOK {
			return resp, nil
		}
		resp.Body.Close()
		time.Sleep(time.Second)
	}
}

func overloaded(client *http.Client, req *http.Request) (*http.Response, error) {
	for i := 0; i < 3; i++ { // want `retry loop with constant backoff`
		resp, err := client.Do(req)
		if err == nil && resp.StatusCode < 500 {
			return resp, nil
		}
		time.Sleep(time.Second)
	}
	return nil, fmt.Errorf("%s: overloaded", req.URL)
}

func tooMany(client *http.Client, req *http.Request) (*http.Response, error) {
	for { // want `retry loop with constant backoff`
		resp, err := client.Do(req)
		if err != nil {
			return nil, err
		}
		switch resp.StatusCode {
		case http.StatusTooManyRequests, http.StatusServiceUnavailable:
			resp.Body.Close()
			time.Sleep(time.Second)
			continue
		}
		return resp, nil
	}
}

// The body of a good response tells that the work is not done yet.
func untilDone(client *http.Client, req *http.Request) error {
	for {
		resp, err := client.Do(req)
		if err != nil {
			return err
		}
		resp.Body.Close()
		if resp.Header.Get("X-State") == "done" {
			return nil
		}
		time.Sleep(time.Second)
	}
}
