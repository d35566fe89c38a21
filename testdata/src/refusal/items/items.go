// Package items works on another item in each pass.
package items

import (
	"bufio"
	"log"
	"os"
	"time"
)

func removeAll(names []string) {
	for _, name := range names {
		if err := os.Remove(name); err != nil {
			log.Print(err)
			time.Sleep(time.Second)
		}
	}
}

func removeFrom(list *os.File) {
	scanner := bufio.NewScanner(list)
	for scanner.Scan() {
		if err := os.Remove(scanner.Text()); err != nil {
			log.Print(err)
			time.Sleep(time.Second)
		}
	}
}

func removeReceived(names <-chan string) {
	for name := range names {
		if err := os.Remove(name); err != nil {
			log.Print(err)
			time.Sleep(time.Second)
		}
	}
}

// The same file each time: the range only counts.
func removeSoon(name string, signs []string) (err error) {
	for range signs { // want `retry loop with constant backoff`
		if err = os.Remove(name); err == nil {
			break
		}
		time.Sleep(time.Second)
	}
	return err
}
