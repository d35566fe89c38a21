// Package samedelay waits after success as well, so the delay does not answer
// a failure.
package samedelay

import (
	"log"
	"net/http"
	"time"
)

func heartbeat(url string) {
	for {
		resp, err := http.Get(url)
		if err != nil {
			log.Print(err)
		} else {
			resp.Body.Close()
		}
		time.Sleep(10 * time.Second)
	}
}

func thrice(url string) {
	for range 3 {
		if _, err := http.Head(url); err != nil {
			log.Print(err)
		}
		time.Sleep(time.Second)
	}
}

// It waits in the same way, in two places.
func logged(url string) {
	for {
		if _, err := http.Head(url); err != nil {
			log.Print(err)
			time.Sleep(time.Minute)
			continue
		}
		log.Print("ok")
		time.Sleep(time.Minute)
	}
}

// With a delay of its own, only failure is answered.
func sooner(url string) {
	for { // want `reconnect loop with constant backoff`
		if _, err := http.Head(url); err != nil {
			log.Print(err)
			time.Sleep(time.Second)
			continue
		}
		log.Print("ok")
		time.Sleep(time.Minute)
	}
}
