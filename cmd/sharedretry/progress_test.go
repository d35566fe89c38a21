package main

import (
	"bytes"
	"strings"
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
				p := newProgress(&b)
				for range 3 {
					p.file()
				}
				p.enter("analysing 2 packages")
				time.Sleep(test.spent)
				p.stop()
				p.stop()
				if b.String() != test.want {
					t.Errorf("got %q\nwant %q", b.String(), test.want)
				}
			})
		})
	}
}

// Where nobody looks, nothing is told.
func TestNoProgress(t *testing.T) {
	var p *progress
	p.enter("loading")
	p.file()
	p.stop()
	dir := write(t, modFile+"-- x.go --\n"+retryCode)
	if res := tool(t, dir, "."); strings.Contains(res.stdout+res.stderr, "loading") || strings.Contains(res.stdout+res.stderr, "\x1b") {
		t.Errorf("got %q and %q", res.stdout, res.stderr)
	}
}
