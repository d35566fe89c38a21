// Package pace slows down on purpose.
package pace

import (
	"io"
	"log"
	"os"
	"time"
)

type courier struct {
	gap time.Duration
	out io.Writer
}

func (c *courier) sendAll(messages []string) error {
	for _, m := range messages {
		if _, err := io.WriteString(c.out, m); err != nil {
			return err
		}
		time.Sleep(c.gap)
	}
	return nil
}

func (c *courier) sendMost(messages []string) {
	for _, m := range messages {
		if _, err := io.WriteString(c.out, m); err != nil {
			log.Print(err)
		}
		time.Sleep(c.gap)
	}
}

func (c *courier) typewriter(text string) {
	for i := 0; i < len(text); i++ {
		io.WriteString(c.out, text[i:i+1])
		time.Sleep(20 * time.Millisecond)
	}
}

// It slows down after a message that was not sent, and goes on with the next.
func (c *courier) skip(messages []string) {
	for _, m := range messages {
		if _, err := io.WriteString(c.out, m); err != nil {
			log.Print(err)
			time.Sleep(time.Second)
			continue
		}
		log.Print("sent")
	}
}

// Servers are stopped one after the other, with time to drain in between.
func shutdown(servers []*os.Process, grace time.Duration) {
	for _, s := range servers {
		if err := s.Signal(os.Interrupt); err != nil {
			log.Print(err)
		}
		time.Sleep(grace)
		s.Kill()
	}
}
