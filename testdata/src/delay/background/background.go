// Package background has delays that keep nobody waiting.
package background

import (
	"os"
	"time"
)

func remind(after time.Duration) {
	time.Sleep(after)
	println("the file is still missing")
}

// Another goroutine sleeps.
func openAndRemind(name string) *os.File {
	for {
		file, err := os.Open(name)
		if err == nil {
			return file
		}
		go remind(time.Second)
	}
}

// The delay comes when the function ends.
func openAndLinger(name string) *os.File {
	for {
		file, err := os.Open(name)
		if err == nil {
			return file
		}
		defer time.Sleep(time.Second)
	}
}

// The function literal is made here and called elsewhere.
func openAndCollect(name string, later *[]func()) *os.File {
	for {
		file, err := os.Open(name)
		if err == nil {
			return file
		}
		*later = append(*later, func() { time.Sleep(time.Second) })
	}
}

// A duration alone does not wait.
func openAndCount(name string) (file *os.File, delay time.Duration) {
	for {
		file, err := os.Open(name)
		if err == nil {
			return file, delay
		}
		delay += time.Second
	}
}
