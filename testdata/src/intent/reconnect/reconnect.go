// Package reconnect has service loops that success does not end and that wait
// only after a failure.
package reconnect

import (
	"bufio"
	"context"
	"errors"
	"log"
	"net"
	"time"
)

type hub struct {
	ln    net.Listener
	lines chan string
}

func (h *hub) serve(conn net.Conn) { conn.Close() }

func (h *hub) accept() error {
	for { // want `hand-rolled reconnect loop with constant backoff: call the shared retry helper \(reconnect-loop\)`
		conn, err := h.ln.Accept()
		if errors.Is(err, net.ErrClosed) {
			return err
		}
		if err != nil {
			log.Print(err)
			time.Sleep(50 * time.Millisecond)
			continue
		}
		go h.serve(conn)
	}
}

func (h *hub) acceptSlower() error {
	var delay time.Duration
	for { // want `reconnect loop with exponential backoff`
		conn, err := h.ln.Accept()
		if err != nil {
			if delay == 0 {
				delay = 5 * time.Millisecond
			} else {
				delay *= 2
			}
			time.Sleep(delay)
			continue
		}
		delay = 0
		go h.serve(conn)
	}
}

// consume reads until the connection breaks.
func (h *hub) consume(conn net.Conn) error {
	scanner := bufio.NewScanner(conn)
	for scanner.Scan() {
		h.lines <- scanner.Text()
	}
	return scanner.Err()
}

func (h *hub) subscribe(ctx context.Context, addr string) {
	for ctx.Err() == nil { // want `reconnect loop with constant backoff`
		conn, err := net.Dial("tcp", addr)
		if err != nil {
			time.Sleep(time.Second)
			continue
		}
		if err := h.consume(conn); err != nil {
			log.Print(err)
		}
		conn.Close()
	}
}

// stream serves for as long as all is well: it returns only errors.
func (h *hub) stream(addr string) error {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	scanner := bufio.NewScanner(conn)
	for scanner.Scan() {
		h.lines <- scanner.Text()
	}
	return errors.New("stream ended")
}

func (h *hub) streamForever(addr string) {
	for { // want `reconnect loop with constant backoff`
		if err := h.stream(addr); err != nil {
			log.Print(err)
		}
		time.Sleep(5 * time.Second)
	}
}

func (h *hub) publish(lines <-chan string, send func(string) error) {
	for line := range lines {
		if err := send(line); err != nil {
			log.Print(err)
		}
	}
}
