package out

import (
	"errors"
	"strings"
	"testing"
)

// A disk is full behind some bytes.
type disk struct {
	strings.Builder
	size int
}

var errFull = errors.New("full")

func (d *disk) Write(p []byte) (int, error) {
	n, _ := d.Builder.Write(p[:min(len(p), d.size-d.Len())])
	if n < len(p) {
		return n, errFull
	}
	return n, nil
}

func TestWriter(t *testing.T) {
	d := disk{size: 10}
	w := New(&d)
	w.Print("a\x1b\n")
	w.Printf("%d\n", 1)
	if err := w.Flush(); d.String() != "a\\x1b\n1\n" || err != nil {
		t.Errorf("got %q, %v", d.String(), err)
	}
	w.Printf("three")
	w.Printf("more")
	if err := w.Flush(); !errors.Is(err, errFull) || d.Len() != d.size {
		t.Errorf("got %q, %v of a disk that is full", d.String(), err)
	}
	if err := w.Flush(); err != nil {
		t.Errorf("the error is told twice: %v", err)
	}
}
