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

func (h *hub) alive() error {
	_, err := h.ln.Accept()
	return err
}

// watch returns only errors, as watchBlock, watchPaused and watchUntil do.
func (h *hub) watch(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Minute):
		}
		if err := h.alive(); err != nil {
			return err
		}
	}
}

func (h *hub) watchBlock(ctx context.Context) error {
	for {
		{
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(time.Minute):
			}
			if err := h.alive(); err != nil {
				return err
			}
		}
	}
}

func pause(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

func (h *hub) watchPaused(ctx context.Context) error {
	for {
		if !pause(ctx, time.Minute) {
			return ctx.Err()
		}
		if err := h.alive(); err != nil {
			return err
		}
	}
}

func (h *hub) watchUntil(ctx context.Context) error {
	for ctx.Err() == nil {
		if err := h.alive(); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// settle ends by itself: it waits until nothing more can be told.
func (h *hub) settle(last func() error) error {
	for {
		if h.lines == nil {
			return last()
		}
		time.Sleep(time.Minute)
	}
}

func (h *hub) watchForever(ctx context.Context) {
	for { // want `reconnect loop with constant backoff`
		if err := h.watch(ctx); err != nil {
			log.Print(err)
		}
		time.Sleep(time.Second)
	}
}

func (h *hub) watchBlockForever(ctx context.Context) {
	for { // want `reconnect loop with constant backoff`
		if err := h.watchBlock(ctx); err != nil {
			log.Print(err)
		}
		time.Sleep(time.Second)
	}
}

func (h *hub) watchPausedForever(ctx context.Context) {
	for { // want `reconnect loop with constant backoff`
		if err := h.watchPaused(ctx); err != nil {
			log.Print(err)
		}
		time.Sleep(time.Second)
	}
}

func (h *hub) watchUntilForever(ctx context.Context) {
	for { // want `reconnect loop with constant backoff`
		if err := h.watchUntil(ctx); err != nil {
			log.Print(err)
		}
		time.Sleep(time.Second)
	}
}

func (h *hub) settleForever(last func() error) {
	for {
		if err := h.settle(last); err != nil {
			log.Print(err)
		}
		time.Sleep(time.Second)
	}
}
