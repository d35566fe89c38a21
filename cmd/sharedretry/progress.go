package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

const (
	progressAfter = 300 * time.Millisecond // what is done by then is not worth a word
	progressEvery = 100 * time.Millisecond
)

// eraseLine removes what stands to the right of the cursor.
const eraseLine = "\x1b[K"

// A progress tells a person at a terminal what takes so long, in one line that
// goes away. A nil one tells nothing.
type progress struct {
	out   io.Writer
	start time.Time
	files atomic.Int64 // read so far
	stage atomic.Value // a string
	quit  chan struct{}
	done  sync.WaitGroup
}

// startProgress starts to tell on standard error, if that is a terminal.
func startProgress() *progress {
	if !screenOf(os.Stderr, os.Getenv).moves {
		return nil
	}
	return newProgress(os.Stderr)
}

func newProgress(out io.Writer) *progress {
	p := &progress{out: out, start: time.Now(), quit: make(chan struct{})}
	p.enter("loading packages")
	p.done.Go(p.run)
	return p
}

// enter begins a stage.
func (p *progress) enter(stage string) {
	if p != nil {
		p.stage.Store(stage)
	}
}

// file counts a file that has been read.
func (p *progress) file() {
	if p != nil {
		p.files.Add(1)
	}
}

// run draws the line until it is told to quit, and removes it.
func (p *progress) run() {
	next := time.NewTimer(progressAfter)
	defer next.Stop()
	drawn := ""
	for {
		select {
		case <-p.quit:
			if drawn != "" {
				io.WriteString(p.out, "\r"+eraseLine)
			}
			return
		case <-next.C:
			if line := p.line(time.Since(p.start)); line != drawn {
				io.WriteString(p.out, "\r"+line+eraseLine)
				drawn = line
			}
			next.Reset(progressEvery)
		}
	}
}

// line returns what is shown after a time.
func (p *progress) line(spent time.Duration) string {
	text := "sharedretry: " + p.stage.Load().(string)
	if n := p.files.Load(); n > 0 {
		text += ", " + count(int(n), "file")
	}
	return fmt.Sprintf("%s (%.0fs)", text, spent.Seconds())
}

// stop removes the line. It may be called more than once.
func (p *progress) stop() {
	if p == nil {
		return
	}
	select {
	case <-p.quit:
	default:
		close(p.quit)
	}
	p.done.Wait()
}
