package emptyresult

import (
	"log"
	"time"
)

type source interface {
	ask() (string, error)
	list() ([]string, error)
}

// waitToken tries again after an error, and where there is nothing yet.
func waitToken(from source) string {
	for range 10 { // want `retry loop with constant backoff`
		token, err := from.ask()
		if err == nil && token != "" {
			return token
		}
		time.Sleep(time.Second)
	}
	return ""
}

func waitPeers(from source) []string {
	for { // want `retry loop with constant backoff`
		peers, err := from.list()
		if err == nil && len(peers) > 0 {
			return peers
		}
		time.Sleep(time.Second)
	}
}

// worker looks at a queue, which is empty now and then, in every pass.
func worker(from source, do func(string)) {
	for {
		jobs, err := from.list()
		if err != nil || len(jobs) == 0 {
			time.Sleep(time.Second)
			continue
		}
		for _, job := range jobs {
			do(job)
		}
		log.Print("done")
	}
}

// waitLeft is not told of a failure: it waits until there is something.
func waitLeft(from source) ([]string, error) {
	for {
		left, err := from.list()
		if err != nil || len(left) > 0 {
			return left, err
		}
		time.Sleep(time.Second)
	}
}
