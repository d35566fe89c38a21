package terminal

import (
	"bytes"
	"testing"
	"testing/synctest"
	"time"
)

// Nothing is shown of what does not take long; else the line goes away.
func TestProgress(t *testing.T) {
	for _, test := range []struct {
		name  string
		spent time.Duration
		want  string
	}{
		{"fast", progressAfter - 1, ""},
		{"slow", progressAfter + 1, "\rsharedretry: analysing 2 packages, 3 files (0s)" + eraseLine + "\r" + eraseLine},
		{"slower", time.Second + progressAfter, "\rsharedretry: analysing 2 packages, 3 files (0s)" + eraseLine +
			"\rsharedretry: analysing 2 packages, 3 files (1s)" + eraseLine + "\r" + eraseLine},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var b bytes.Buffer
				p := newProgress(func(text string) { b.WriteString(text) })
				for range 3 {
					p.File()
				}
				p.Enter("analysing 2 packages")
				time.Sleep(test.spent)
				p.Stop()
				p.Stop()
				if b.String() != test.want {
					t.Errorf("got %q\nwant %q", b.String(), test.want)
				}
			})
		})
	}
}

// Where nobody looks, nothing is told.
func TestNoProgress(t *testing.T) {
	var p *Progress
	p.Enter("loading")
	p.File()
	p.Stop()
}
