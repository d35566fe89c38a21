// Package several has operations that several goroutines or passes of a loop run: a
// list, a flag or a count tells of their outcomes.
package several

import (
	"errors"
	"log"
	"os"
	"sync"
	"time"
)

type node struct{ addr string }

func (n node) sync() error { return os.Remove(n.addr) }

type cluster struct{ nodes []node }

func (c cluster) listed() error {
	for i := range 5 { // want `retry loop with linear backoff`
		errs := make([]error, len(c.nodes))
		var wg sync.WaitGroup
		for i, n := range c.nodes {
			wg.Add(1)
			go func() {
				defer wg.Done()
				errs[i] = n.sync()
			}()
		}
		wg.Wait()
		if errors.Join(errs...) == nil {
			return nil
		}
		time.Sleep(time.Duration(i) * time.Second)
	}
	return errors.New("not synced")
}

func (c cluster) flagged() {
	for { // want `retry loop with constant backoff`
		failed := false
		var wg sync.WaitGroup
		for _, n := range c.nodes {
			wg.Go(func() {
				if err := n.sync(); err != nil {
					log.Print(err)
					failed = true
				}
			})
		}
		wg.Wait()
		if !failed {
			return
		}
		time.Sleep(time.Second)
	}
}

func (c cluster) quorum() {
	for { // want `retry loop with constant backoff`
		var mu sync.Mutex
		var wg sync.WaitGroup
		synced := 0
		for _, n := range c.nodes {
			wg.Add(1)
			go func(n node) {
				defer wg.Done()
				if n.sync() == nil {
					mu.Lock()
					synced++
					mu.Unlock()
				}
			}(n)
		}
		wg.Wait()
		if synced > len(c.nodes)/2 {
			return
		}
		time.Sleep(time.Second)
	}
}

func (c cluster) counted() error {
	for { // want `retry loop with constant backoff`
		synced := 0
		for _, n := range c.nodes {
			if err := n.sync(); err != nil {
				log.Print(err)
				continue
			}
			synced++
		}
		if synced == len(c.nodes) {
			return nil
		}
		time.Sleep(time.Second)
	}
}

func (c cluster) failures() {
	for { // want `retry loop with constant backoff`
		failed := 0
		for _, n := range c.nodes {
			if n.sync() != nil {
				failed++
			}
		}
		if failed == 0 {
			return
		}
		time.Sleep(time.Second)
	}
}

func (n node) ready() (bool, error) { return n.addr != "", n.sync() }

// waitReady counts what is ready: that is a state, and a failure ends it.
func (c cluster) waitReady() error {
	for {
		ready := 0
		for _, n := range c.nodes {
			ok, err := n.ready()
			if err != nil {
				return err
			}
			if ok {
				ready++
			}
		}
		if ready == len(c.nodes) {
			return nil
		}
		time.Sleep(time.Second)
	}
}

// report goes on for ever, whether or not something failed.
func (c cluster) report() {
	for {
		failed := 0
		for _, n := range c.nodes {
			if n.sync() != nil {
				failed++
			}
		}
		log.Print(failed, " failed")
		time.Sleep(time.Minute)
	}
}
