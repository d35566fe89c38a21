package terminal

import (
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/words"
)

const (
	progressAfter = 300 * time.Millisecond // what is done by then is not worth a word
	progressEvery = 100 * time.Millisecond
)

// eraseLine removes what stands to the right of the cursor.
const eraseLine = "\x1b[K"

// A Progress tells a person at a terminal what takes so long, in one line that
// goes away. A nil one tells nothing.
type Progress struct {
	show  func(text string)
	start time.Time
	files atomic.Int64 // read so far
	stage atomic.Value // a string
	quit  chan struct{}
	done  sync.WaitGroup
}

// StartProgress starts to tell on standard error, if that is a terminal.
func StartProgress() *Progress {
	if !ScreenOf(os.Stderr, os.Getenv).moves {
		return nil
	}
	return newProgress(func(text string) { fmt.Fprint(os.Stderr, text) })
}

func newProgress(show func(text string)) *Progress {
	p := &Progress{show: show, start: time.Now(), quit: make(chan struct{})}
	p.Enter("loading packages")
	p.done.Go(p.run)
	return p
}

// Enter begins a stage.
func (p *Progress) Enter(stage string) {
	if p != nil {
		p.stage.Store(stage)
	}
}

// File counts a file that has been read.
func (p *Progress) File() {
	if p != nil {
		p.files.Add(1)
	}
}

// run draws the line until it is told to quit, and removes it.
func (p *Progress) run() {
	next := time.NewTimer(progressAfter)
	defer next.Stop()
	drawn := ""
	for {
		select {
		case <-p.quit:
			if drawn != "" {
				p.show("\r" + eraseLine)
			}
			return
		case <-next.C:
			if line := p.line(time.Since(p.start)); line != drawn {
				p.show("\r" + line + eraseLine)
				drawn = line
			}
			next.Reset(progressEvery)
		}
	}
}

// line returns what is shown after a time.
func (p *Progress) line(spent time.Duration) string {
	text := "sharedretry: " + p.stage.Load().(string)
	if n := p.files.Load(); n > 0 {
		text += ", " + words.Count(int(n), "file")
	}
	return fmt.Sprintf("%s (%.0fs)", text, spent.Seconds())
}

// Stop removes the line. It may be called more than once.
func (p *Progress) Stop() {
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
