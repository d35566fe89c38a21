// Package out is what the command prints through: what it was asked for to standard
// output, where a print that fails is an error in the end, and notes to standard
// error.
package out

import (
	"bufio"
	"fmt"
	"io"
	"os"

	"github.com/sharedretry/sharedretry/analyzer/visible"
)

// A Writer collects what is printed until it is flushed. A print that fails is
// remembered, and nothing is printed after it.
type Writer struct {
	to     io.Writer
	buffer *bufio.Writer
}

// New returns a Writer that prints to w.
func New(w io.Writer) *Writer { return &Writer{w, bufio.NewWriter(w)} }

// Stdout prints to standard output. It is flushed when the command ends, and before
// something is told on standard error that is to follow it on a terminal.
var Stdout = New(os.Stdout)

// Write prints p as it is, for encoders.
func (w *Writer) Write(p []byte) (int, error) { return w.buffer.Write(p) }

// Printf formats as [fmt.Printf] does. What others wrote has been made visible.
func (w *Writer) Printf(format string, args ...any) {
	_, _ = fmt.Fprintf(w.buffer, format, args...) // Flush returns the error
}

// Print prints text made visible.
func (w *Writer) Print(text string) { w.Printf("%s", visible.Lines(text)) }

// Flush prints what was collected, and returns the first error since the last time:
// each is told once.
func (w *Writer) Flush() error {
	err := w.buffer.Flush()
	if err != nil {
		w.buffer.Reset(w.to)
	}
	return err
}

// Note prints text, made visible, and a line break to standard error. There is nobody
// to tell if that fails.
func Note(text string) { fmt.Fprintln(os.Stderr, visible.Lines(text)) }
