// Package later begins its next pass in a timer or a goroutine.
package later

import (
	"errors"
	"time"
)

type link struct{ up bool }

func (l *link) open() error {
	if l.up {
		return nil
	}
	return errors.New("line is busy")
}

func (l *link) afterFunc() { // want `retry loop with constant backoff`
	if err := l.open(); err != nil {
		time.AfterFunc(time.Second, l.afterFunc)
	}
}

func (l *link) literal(attempt int) { // want `retry loop with linear backoff`
	if err := l.open(); err != nil && attempt < 10 {
		time.AfterFunc(time.Duration(attempt)*time.Second, func() { l.literal(attempt + 1) })
	}
}

func (l *link) goroutine() { // want `retry loop with constant backoff`
	if l.open() == nil {
		return
	}
	go func() {
		time.Sleep(time.Second)
		l.goroutine()
	}()
}

// everySecond goes on whatever open returned.
func (l *link) everySecond() {
	l.up = l.open() == nil
	time.AfterFunc(time.Second, l.everySecond)
}

// afterwards calls another function later, not itself.
func (l *link) afterwards() {
	if err := l.open(); err != nil {
		time.AfterFunc(time.Second, l.close)
	}
}

func (l *link) close() { l.up = false }
