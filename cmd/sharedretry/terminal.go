package main

import (
	"os"
	"runtime"

	"golang.org/x/term"
)

// A screen says what may be written to a file that may be a terminal.
type screen struct {
	terminal bool // a person reads it
	moves    bool // it knows escape sequences
	colour   bool // and colours are wanted
}

// screenOf returns what f is. Getenv is os.Getenv.
func screenOf(f *os.File, getenv func(string) string) screen {
	if !term.IsTerminal(int(f.Fd())) {
		return screen{}
	}
	kind := getenv("TERM")
	moves := kind != "" && kind != "dumb"
	if runtime.GOOS == "windows" && kind == "" {
		moves = getenv("WT_SESSION") != "" // the old console shows them as they are
	}
	return screen{terminal: true, moves: moves, colour: moves && getenv("NO_COLOR") == ""}
}
