// Package terminal tells what a person at a terminal may be shown, and shows
// progress there.
package terminal

import (
	"os"
	"runtime"

	"golang.org/x/term"
)

// A Screen says what may be written to a file that may be a terminal.
type Screen struct {
	Terminal bool // a person reads it
	moves    bool // it knows escape sequences
	Colour   bool // and colours are wanted
}

// ScreenOf returns what f is. Getenv is os.Getenv.
func ScreenOf(f *os.File, getenv func(string) string) Screen {
	if !term.IsTerminal(int(f.Fd())) {
		return Screen{}
	}
	kind := getenv("TERM")
	moves := kind != "" && kind != "dumb"
	if runtime.GOOS == "windows" && kind == "" {
		moves = getenv("WT_SESSION") != "" // the old console shows them as they are
	}
	return Screen{Terminal: true, moves: moves, Colour: moves && getenv("NO_COLOR") == ""}
}
