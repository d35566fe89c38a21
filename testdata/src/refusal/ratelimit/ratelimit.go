// Package ratelimit keeps to a rate.
package ratelimit

import (
	"log"
	"net/http"
	"time"
)

type crawler struct {
	every time.Duration
	queue chan string
}

func (c *crawler) byTicker(urls []string) {
	limit := time.NewTicker(c.every)
	defer limit.Stop()
	for _, url := range urls {
		<-limit.C
		if _, err := http.Get(url); err != nil {
			log.Print(err)
		}
	}
}

func (c *crawler) byRest() {
	for url := range c.queue {
		start := time.Now()
		if _, err := http.Get(url); err != nil {
			log.Print(err)
		}
		if rest := c.every - time.Since(start); rest > 0 {
			time.Sleep(rest)
		}
	}
}

func (c *crawler) stagger(workers int) {
	for i := 0; i < workers; i++ {
		go c.byRest()
		time.Sleep(c.every / time.Duration(workers))
	}
}

// take waits for a token; nothing can fail.
func take(tokens func() int, every time.Duration) {
	for tokens() == 0 {
		time.Sleep(every)
	}
}
