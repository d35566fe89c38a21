// Package periodic does its work every interval, whatever happened the last
// time.
package periodic

import (
	"context"
	"log"
	"os"
	"time"
)

type janitor struct {
	dir      string
	interval time.Duration
	stop     chan struct{}
}

func (j *janitor) sweep() error { return os.RemoveAll(j.dir) }

func (j *janitor) sleeping() {
	for {
		if err := j.sweep(); err != nil {
			log.Print(err)
		}
		time.Sleep(j.interval)
	}
}

func (j *janitor) ticking(ctx context.Context) {
	ticker := time.NewTicker(j.interval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			if err := j.sweep(); err != nil {
				log.Print(err)
				continue
			}
			log.Print("swept")
		}
	}
}

func (j *janitor) stoppable() {
	for {
		err := j.sweep()
		if err != nil {
			log.Print(err)
		}
		select {
		case <-j.stop:
			return
		case <-time.After(j.interval):
		}
	}
}

// It sleeps as long after a failure as after success, in two places.
func (j *janitor) twoPlaces() {
	for {
		if err := j.sweep(); err != nil {
			log.Print(err)
			time.Sleep(j.interval)
			continue
		}
		log.Print("swept")
		time.Sleep(j.interval)
	}
}
